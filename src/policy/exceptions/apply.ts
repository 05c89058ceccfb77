import type {Finding} from '../../model/common.ts';
import type {ExceptionMark, ExceptionRecord, RuleEvaluation} from '../../model/policy.ts';
import type {CompiledRule} from '../rule.ts';
import type {ExceptionTerms} from '../profile/terms.ts';
import type {CompiledException} from './compile.ts';
import {exceptionState} from './state.ts';

export interface Excepted {
  rules: RuleEvaluation[];
  exceptions: ExceptionRecord[];
  findings: Finding[];
}

/**
 * Marks the failures that exceptions in force cover. No outcome changes. Where it is not known whether an exception
 * covers a workload, it does not; of several that do, the first in the order of the documents is named.
 */
export function applyExceptions(
  exceptions: readonly CompiledException[],
  rules: RuleEvaluation[],
  evaluate: (match: CompiledRule) => RuleEvaluation,
  options: {now: Date; ignore: boolean; terms?: ExceptionTerms},
): Excepted {
  const infos = rules.map(({rule}) => rule);
  const marks = rules.map(() => new Map<number, Marks>());
  const findings: Finding[] = [];
  const records = exceptions.map((exception): ExceptionRecord => {
    const state = exceptionState(exception, infos, options.now, options.terms);
    findings.push(...state.findings);
    const status = options.ignore && state.status === 'in-force' ? 'ignored' : state.status;
    const record = recordOf(exception, infos, status);
    if (status !== 'in-force' || exception.rules.length === 0) return record;
    const covered = evaluate(exception.match);
    if (!matchesSomething(covered)) {
      findings.push(idle(exception, 'matches no workload of this estate'));
      return record;
    }
    for (const rule of exception.rules)
      if (infos[rule]!.enforcement !== 'mandatory')
        record.covers += mark(rules[rule]!, covered, marks[rule]!, markOf(record));
    if (record.covers === 0)
      findings.push(idle(exception, 'is not needed: its rules fail nowhere it covers'));
    return record;
  });
  const ignored = records.filter(({status}) => status === 'ignored').length;
  if (ignored > 0) findings.push(leftOut(ignored));
  return {
    rules: rules.map((rule, index) => (marks[index]!.size > 0 ? {...rule, excepted: marks[index]!} : rule)),
    exceptions: records,
    findings,
  };
}

function markOf({id, owner, expiresOn, category}: ExceptionRecord): ExceptionMark {
  return {id, owner, expiresOn, category};
}

function recordOf(
  {id, source, rules, place}: CompiledException,
  infos: readonly RuleEvaluation['rule'][],
  status: ExceptionRecord['status'],
): ExceptionRecord {
  return {
    id,
    owner: source.owner,
    expiresOn: source.expiresOn,
    category: source.category,
    rules: rules.map((rule) => infos[rule]!.id),
    reason: source.reason,
    approvedBy: source.approvedBy ?? [],
    createdOn: source.createdOn ?? null,
    compensatingControls: source.compensatingControls ?? [],
    status,
    covers: 0,
    place,
  };
}

function matchesSomething({tuples}: RuleEvaluation): boolean {
  return tuples.some(({outcomes}) => outcomes.includes('fail'));
}

type Marks = readonly (ExceptionMark | null)[];

/**
 * Marks what `rule` fails (or cannot tell) where the exception applies; returns how many pairs. Workloads that are alike
 * share one list: an exception may cover a million of them.
 */
function mark(
  rule: RuleEvaluation,
  covered: RuleEvaluation,
  marks: Map<number, Marks>,
  one: ExceptionMark,
): number {
  const sitesOf = new Map<number, number[]>();
  const merged = new Map<Marks | undefined, Map<number, Marks>>();
  let count = 0;
  for (let w = 0; w < rule.tupleOf.length; w++) {
    const [own, other] = [rule.tupleOf[w]!, covered.tupleOf[w]!];
    const key = own * covered.tuples.length + other;
    let sites = sitesOf.get(key);
    if (!sites) sitesOf.set(key, (sites = coveredSites(rule, own, covered, other)));
    if (sites.length === 0) continue;
    count += sites.length;
    const known = marks.get(w);
    let byKey = merged.get(known);
    if (!byKey) merged.set(known, (byKey = new Map()));
    let list = byKey.get(key);
    if (!list) byKey.set(key, (list = withMark(known, sites, one, covered.tuples[other]!.outcomes.length)));
    marks.set(w, list);
  }
  return count;
}

/** The exceptions known so far stay; the new one is put where there is none. */
function withMark(
  known: Marks | undefined,
  sites: readonly number[],
  one: ExceptionMark,
  size: number,
): Marks {
  return Array.from({length: size}, (_, s) => known?.[s] ?? (sites.includes(s) ? one : null));
}

function coveredSites(rule: RuleEvaluation, own: number, covered: RuleEvaluation, other: number): number[] {
  const {outcomes, planned = outcomes} = rule.tuples[own]!;
  return covered.tuples[other]!.outcomes.flatMap((applies, s) => {
    const bad = [outcomes[s], planned[s]].some((outcome) => outcome === 'fail' || outcome === 'unknown');
    return applies === 'fail' && bad ? [s] : [];
  });
}

function idle(exception: CompiledException, what: string): Finding {
  return {
    code: 'BH-EXC-004',
    severity: 'low',
    message: `exception ${exception.id} ${what}`,
    where: {...exception.document.place(['spec', 'match', 'expression']), id: exception.id},
    remedy: 'Correct its expression, or remove the exception.',
  };
}

function leftOut(count: number): Finding {
  return {
    code: 'BH-EXC-013',
    severity: 'info',
    message: `${count} ${count === 1 ? 'exception is' : 'exceptions are'} left out of this run, as asked`,
    where: {},
  };
}
