import type {Finding, Outcome} from '../../model/common.ts';
import {checksum} from '../checksum.ts';
import type {CutCertificate} from '../../model/plan.ts';
import {certificateProblems, energyOf} from './certificate.ts';
import {combinedProblems} from './combined.ts';
import {decisionProblems} from './decision-checks.ts';
import {exceptionProblems} from './exception-checks.ts';
import {siteChoiceProblems} from './site-choice.ts';
import {firmnessProblems, rangeProblems} from './firmness.ts';
import {flipProblems} from './flips.ts';
import {frontProblems} from './front.ts';
import {dualProblems} from './cases.ts';
import {choiceProblems} from './limits.ts';
import {migrationProblems} from './migration.ts';
import {type Checkable, shapeProblems} from './shape.ts';
import {statusProblems} from './status.ts';
import {checkWaves} from './waves.ts';
import {weightProblems} from './weights.ts';

export interface VerifyReport {
  /** True when every check was made and held. */
  ok: boolean;
  checks: {name: string; status: 'pass' | 'fail' | 'not-checked'; detail: string}[];
}

/** At most this many findings per check; the count tells the rest. */
const MOST = 10;

/**
 * Recomputes from a written plan everything that can be recomputed without its inputs: the optimum of every level, hard
 * rules, the sums of reasons, regret, exposure and the summary. Shares no code with what made the plan. Whatever the
 * document is, the answer is a report; input hashes are for the caller to compare.
 */
export function verifyRun(run: unknown): Outcome<VerifyReport> {
  const shape = shapeProblems(run);
  const checks: [string, string[] | null][] = [['document', shape.problems]];
  const read = shape.run;
  checks.push(['checksum', read ? checksumProblems(read) : null]);
  checks.push(['optimality', read ? optimalityProblems(read) : null]);
  checks.push([
    'decisions',
    read
      ? [
          ...decisionProblems(read),
          ...statusProblems(read),
          ...exceptionProblems(read),
          ...firmnessProblems(read),
          ...rangeProblems(read),
          ...flipProblems(read),
        ]
      : null,
  ]);
  if (read?.problem.choice) checks.push(['limits', choiceProblems({...read, limits: read.limits ?? []})]);
  else if (read?.limits) checks.push(['limits', ['the plan states limits, but not what uses them']]);
  checks.push(['summary', read ? summaryProblems(read) : null]);
  if (read?.siteChoice) checks.push(['sites', siteChoiceProblems({...read, siteChoice: read.siteChoice})]);
  else if (read?.optimality.sites) checks.push(['sites', ['sites were chosen, but not between what']]);
  const front = read?.tradeoffs ? frontProblems(read.tradeoffs, read) : null;
  if (front) checks.push(['tradeoffs', [...front.problems, ...weightProblems(read!.tradeoffs!, read!)]]);
  const details: Record<string, string> = front ? {tradeoffs: front.detail} : {};
  const waves = read ? checkWaves(run, read) : null;
  if (waves) checks.push(['waves', waves.problems]);
  if (waves) details['waves'] = waves.detail;
  const combined = read?.combined ? combinedProblems(read) : null;
  if (combined) {
    checks.push(['combined', combined.problems]);
    details['combined'] = combined.detail;
  }
  const findings = checks.flatMap(([name, problems]) => findingsOf(name, problems ?? []));
  return {
    value: {
      ok: findings.length === 0,
      checks: checks.map(([name, problems]) => ({
        name,
        status: problems === null ? 'not-checked' : problems.length > 0 ? 'fail' : 'pass',
        detail: (problems?.length === 0 && details[name]) || detailOf(name, read, problems),
      })),
    },
    findings,
  };
}

function checksumProblems(run: Checkable): string[] {
  const found = checksum(run);
  return found === run.checksum ? [] : [`the content has checksum ${found}, the plan states ${run.checksum}`];
}

function optimalityProblems(run: Checkable): string[] {
  const {problem, labels, certificate, optimality} = run;
  if (certificate === null) {
    return ['the plan carries no certificate, so its optimality cannot be checked'];
  }
  if (certificate.dual) return boundProblems(run, certificate.dual);
  const found = certificateProblems({problem, labels, certificate});
  problem.levels.forEach((level, k) => {
    const energy = energyOf(level, labels);
    if (optimality.value[level.name] !== energy) {
      found.push(
        `optimality states ${optimality.value[level.name]} for ${level.name}, the labels pay ${energy}`,
      );
    }
    if (optimality.bound[level.name] !== certificate.levels[k]?.flow) {
      found.push(`optimality states a bound for ${level.name} that its flow does not carry`);
    }
  });
  if (problem.levels.length === 0) found.push('the problem has no level');
  if (Object.keys(optimality.value).length !== problem.levels.length)
    found.push('optimality names other levels');
  if (optimality.gap !== 0) found.push(`the stated gap is ${optimality.gap}, a proven optimum has none`);
  if (optimality.limited && optimality.limited.gapShare !== 0)
    found.push(`the stated gap is ${optimality.limited.gapShare} of the value, a proven optimum has none`);
  if (optimality.certificate !== 'verified') found.push('the plan itself calls its certificate unverified');
  return found;
}

/** A plan that limits keep from the optimum claims a bound on the first level, and how far it is from it. */
function boundProblems(run: Checkable, dual: NonNullable<CutCertificate['dual']>): string[] {
  const {problem, labels, optimality} = run;
  if (!problem.choice) return ['prices are stated, but not what they are paid for'];
  const found = dualProblems(problem, dual);
  problem.levels.forEach((level) => {
    const energy = energyOf(level, labels);
    if (optimality.value[level.name] !== energy)
      found.push(
        `optimality states ${optimality.value[level.name]} for ${level.name}, the labels pay ${energy}`,
      );
  });
  const first = problem.levels[0]!.name;
  const value = optimality.value[first]!;
  if (optimality.bound[first] !== dual.bound || Object.keys(optimality.bound).length !== 1)
    found.push(`optimality states a bound that the prices do not prove`);
  if (optimality.gap !== value - dual.bound)
    found.push(`the gap is ${value - dual.bound}, not ${optimality.gap}`);
  const share = value === 0 ? 0 : (value - dual.bound) / value;
  if (optimality.limited?.gapShare !== share)
    found.push(`the gap is ${share} of the value, the plan says otherwise`);
  if (optimality.certificate !== 'verified') found.push('the plan itself calls its certificate unverified');
  return found;
}

function summaryProblems({decisions, summary, residual, migration}: Checkable): string[] {
  const count = (which: (decision: Checkable['decisions'][number]) => boolean): number =>
    decisions.filter(which).length;
  const counted = {
    workloads: decisions.length,
    moves: count((decision) => decision.move),
    gainsNothing: count((decision) => decision.gainsNothing !== null),
    blocked: count((decision) => decision.status === 'blocked'),
    needsData: count((decision) => decision.status === 'needs-data'),
    ties: count((decision) => decision.status === 'tie'),
    unknownSensitivity: count((decision) =>
      decision.dataGaps.some((gap) => gap.field === 'workload.sensitivity'),
    ),
  };
  const found = Object.entries(counted).flatMap(([name, value]) => {
    const claimed = summary[name as keyof typeof counted];
    return claimed === value ? [] : [`${name} is ${value}, the summary says ${claimed}`];
  });
  const add = (of: (decision: Checkable['decisions'][number]) => number): number =>
    decisions.reduce((total, decision) => total + of(decision), 0);
  const {linearised, recomputed} = residual.total;
  const sums: [string, number, number][] = [
    ['recomputed exposure before', recomputed.before.value, add((one) => one.exposure.before)],
    ['recomputed exposure after', recomputed.after.value, add((one) => one.exposure.after)],
    ['linear exposure before', linearised.before, add((one) => one.exposure.linear.before)],
    ['linear exposure after', linearised.after, add((one) => one.exposure.linear.after)],
  ];
  for (const [name, claimed, value] of sums) {
    if (claimed !== value) found.push(`${name} is ${value} over all decisions, the plan says ${claimed}`);
  }
  const intervals = [
    recomputed.before,
    recomputed.after,
    ...residual.roots.flatMap((root) => [root.before, root.after]),
  ];
  if (intervals.some(({lo, value, hi}) => lo > value || value > hi))
    found.push('an interval does not hold its value');
  found.push(...migrationProblems({decisions, ...(migration ? {migration} : {})}));
  return found;
}

function findingsOf(name: string, problems: string[]): Finding[] {
  const code =
    {
      document: '001',
      optimality: '002',
      decisions: '003',
      summary: '004',
      checksum: '005',
      limits: '006',
      tradeoffs: '007',
      sites: '011',
      waves: '008',
      combined: '010',
    }[name] ?? '009';
  const more = problems.length > MOST ? [`${problems.length - MOST} more`] : [];
  return [...problems.slice(0, MOST), ...more].map((message) => ({
    code: `BH-VERIFY-${code}`,
    severity: 'critical',
    message: `${name}: ${message}`,
    where: {},
    remedy: 'Do not rely on this document; make the plan again from its inputs.',
  }));
}

function detailOf(name: string, run: Checkable | null, problems: string[] | null): string {
  if (problems === null) return 'not checked: the document cannot be read';
  if (problems.length > 0) return problems[0]!;
  if (run === null) return '';
  const units = run.problem.units.length;
  switch (name) {
    case 'checksum':
      return run.checksum;
    case 'limits':
      return `${run.problem.choice?.limits.length ?? 0} limits: what the plan uses of each adds up`;
    case 'optimality':
      if (run.certificate?.dual)
        return `prices prove that no plan within the limits is below ${run.certificate.dual.bound}, for this model and these inputs`;
      return `flow = cut = energy on ${run.problem.levels.map((level) => level.name).join(', ')}, for this model and these inputs`;
    case 'decisions':
      return `${run.decisions.length} decisions over ${units} units keep all hard rules; reasons and regret add up`;
    case 'sites':
      return `${run.siteChoice?.units.length ?? 0} units chose a site of their class; what they pay adds up, and messages prove that no such choice costs less than ${(run.siteChoice?.bound ?? 0) / 100} of the plan's currency per month${run.siteChoice?.penalty ? `, each breach counted as ${run.siteChoice.penalty / 100}` : ''}`;
    case 'summary':
      return 'counts and exposure sums agree with the decisions';
    default:
      return `${units} units, ${run.problem.levels.length} levels`;
  }
}
