import type {Finding} from '../../model/common.ts';
import type {PlanRun} from '../../model/plan.ts';
import type {PlacementInput} from '../input.ts';
import type {LimitedPlan} from './limited-plan.ts';

type Optimality = PlanRun['optimality'];

/** What is claimed of a plan with limits, in place of the plain optimum. */
export function limitedOptimality(
  plain: Optimality,
  {result, limits, conflict}: LimitedPlan,
  proven: boolean,
): Optimality {
  const {method, dual, exactBy, stopped, settled} = result;
  const about = (gapShare: number | null): Pick<Optimality, 'limited'> => ({
    limited: {
      method,
      gapShare,
      exactBy,
      ...(stopped ? {stopped} : {}),
      ...(settled ? {settled} : {}),
      conflict,
    },
  });
  const broken = limits.filter(({status}) => status === 'exceeded').length;
  if (method === 'unlimited-optimum') {
    const all =
      broken === 0 ? `It keeps all ${limits.length} limits` : `It keeps every limit that can be kept`;
    const known = limits.some(({unknown}) => unknown > 0) ? ', as far as sizes are known' : '';
    return {...plain, statement: `${plain.statement} ${all}${known}.`, ...about(0)};
  }
  const first = Object.keys(plain.value)[0]!;
  const value = plain.value[first]!;
  if (!dual) return {...plain, bound: {}, gap: 0, certificate: 'none', ...about(null)};
  const gap = value - dual.bound;
  const share = value === 0 ? 0 : gap / value;
  const cases = dual.leaves ? `; ${dual.leaves.length} cases for the bound` : '';
  const how =
    method === 'roof-duality'
      ? 'roof duality for pairs that must be apart (one minimum cut per level), branch and bound for what it leaves open'
      : method === 'milp'
        ? `prices for limits with one minimum cut each, then ${exactBy ?? 'an outside solver'} on the whole model`
        : 'prices for limits (Lagrangian), one minimum cut each, and repair' + cases;
  const which =
    broken === 0
      ? 'all limits'
      : 'all limits that are not marked exceeded, with no more use of the others than here';
  const lower =
    settled && settled.levels === Object.keys(plain.value).length
      ? ' Lower levels are optimal, too; that proof is not part of the plan.'
      : ' Lower levels were improved without proof.';
  const optimal = exactBy ? ` ${exactBy} proved it optimal; that proof is not part of the plan.` : '';
  return {
    ...plain,
    method: how,
    bound: {[first]: dual.bound},
    gap,
    certificate: proven ? 'verified' : 'none',
    statement:
      gap === 0
        ? `Optimal on ${first} for this model and these inputs within ${which}: the prices of the limits prove that no plan within them can be better.${lower}`
        : `Within ${(100 * share).toFixed(3)} % of the best possible ${first} for this model and these inputs within ${which}: the prices of the limits prove that no plan within them can be better than that.${optimal}${lower}`,
    ...about(share),
  };
}

/** Limits that no plan can keep, that this one does not keep, and sizes nobody stated. */
export function limitFindings({estate, sites}: PlacementInput, plan: LimitedPlan): Finding[] {
  const {limits, conflict, built, result} = plan;
  const findings: Finding[] = result.stopped === 'interrupt' ? [interrupted(result)] : [];
  const told = conflict.map(({id, where}) => (where ? `${id} (${where})` : id));
  if (conflict.length > 0) {
    findings.push({
      code: 'BH-PLACE-013',
      severity: 'critical',
      message: `no plan can keep all of these: ${told.join('; ')}`,
      where: placeOf(conflict.find(({where}) => where)?.where),
      remedy:
        'Raise one of the limits or relax one of the rules named; leaving any one of them out is enough.',
      partial: true,
    });
  }
  for (const {id, text, used, limit, unit, status, where, least} of limits) {
    if (status === 'kept') continue;
    findings.push({
      code: 'BH-PLACE-014',
      severity: 'high',
      message: `${text}: ${short(used)} ${unit} are used in this plan, ${short(limit)} are there${leastText(used, least, unit)}`,
      where: {...placeOf(where), id},
      remedy:
        conflict.length > 0
          ? 'See the limits and rules that cannot all hold.'
          : 'Raise the limit, or relax a rule that keeps workloads there.',
    });
  }
  built.unknown.forEach((workloads, r) => {
    const {text, id, kind, where} = built.model.resources[r]!;
    if (workloads.length === 0) return;
    const example = estate.workloads[workloads[0]!]!;
    findings.push({
      code: 'BH-PLACE-015',
      severity: 'low',
      message: `${text}: what ${workloads.length} ${workloads.length === 1 ? 'workload' : 'workloads'} would use is not known (for example ${example.name}) and counts as nothing`,
      where: {...placeOf(where), id},
      remedy:
        kind === 'capacity'
          ? 'Import their sizes (vCPU, memory, storage), or declare them.'
          : 'Fill in what the measure reads for them.',
    });
  });
  return [...findings, ...unstated(sites)];
}

function interrupted({values, dual}: LimitedPlan['result']): Finding {
  const gap = dual ? (100 * (values[0]! - dual.bound)) / Math.max(1, values[0]!) : null;
  const proven = gap === null ? 'nothing is proven of it' : `proven gap ${gap.toFixed(3)} %`;
  return {
    code: 'BH-PLACE-019',
    severity: 'high',
    message: `interrupted: best plan so far, ${proven}`,
    where: {},
    remedy: 'Let it run to the end, or set --time-limit or --max-gap to what you can wait for.',
  };
}

/** A dedicated site without numbers beside one with numbers: it takes everything that is sent there. */
function unstated(sites: PlacementInput['sites']): Finding[] {
  if (!sites.some(({capacity}) => capacity !== null)) return [];
  return sites
    .filter(({capacity, receives, class: kind}) => receives && kind === 'dedicated' && capacity === null)
    .map(({id, place}) => ({
      code: 'BH-PLACE-016',
      severity: 'low',
      message: `the free capacity of ${id} is not stated: it is planned as if it had room for everything`,
      where: {...(place.file ? {file: place.file} : {}), ...(place.line ? {line: place.line} : {}), id},
      remedy: 'State `capacity` of the site, or leave it out on purpose where the site is elastic.',
    }));
}

/** How little it could be: proven by what each workload uses at its cheapest site, or only the least that was found. */
function leastText(used: number, least: number | undefined, unit: string): string {
  if (least === undefined) return '';
  if (least === used) return '; no choice of sites uses less';
  return `; the least that was found, at least ${short(least)} ${unit} in any case`;
}

function placeOf(where: string | undefined): Finding['where'] {
  const parts = where === undefined ? null : /^(.*):(\d+)$/.exec(where);
  return parts ? {file: parts[1]!, line: Number(parts[2])} : {};
}

function short(value: number): string {
  return String(Math.round(value * 100) / 100);
}
