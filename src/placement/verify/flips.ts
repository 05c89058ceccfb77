import type {ChoiceTable, Decision, Flip, PlanRun} from '../../model/plan.ts';

/** The parts of a plan that say what would change its decisions. */
export interface FlipClaim {
  sites: Pick<PlanRun['sites'][number], 'id'>[];
  decisions: (Pick<Decision, 'workload' | 'recommended'> & {
    flips?: Decision['flips'] | undefined;
    flipsWithinLimits?: Decision['flipsWithinLimits'] | undefined;
  })[];
  unitMembers: string[][];
  problem: {choice?: ChoiceTable | undefined};
  certificate: {dual?: unknown} | null;
}

/**
 * Whether every change leads to another site that exists, and every larger limit is one of the plan's and large enough for
 * what it makes room for. The changed problems need the inputs and are not solved here.
 */
export function flipProblems(run: FlipClaim): string[] {
  const {sites, decisions, unitMembers, problem, certificate} = run;
  const known = new Set(sites.map(({id}) => id));
  const unitOf = new Map(unitMembers.flatMap((ids, u) => ids.map((id) => [id, u] as const)));
  return decisions.flatMap(({workload, recommended, flips = [], flipsWithinLimits}) => {
    const limited = flips.some(({kind}) => kind === 'capacity');
    const wrong: string[] = [];
    if (limited && !flipsWithinLimits)
      wrong.push(`${workload}: a limit is said to hold it back, but not that it was solved within limits`);
    if (flipsWithinLimits && certificate !== null && certificate.dual === undefined)
      wrong.push(`${workload}: it is said to be solved within limits, but no limit moves the plan`);
    for (const flip of flips) {
      const {kind, site, change} = flip;
      if (site === recommended)
        wrong.push(`${workload}: “${change}” is said to change it, but leads where it goes anyway`);
      if (site !== null && !known.has(site))
        wrong.push(`${workload}: “${change}” leads to ${site}, which does not exist`);
      if (kind !== 'capacity') continue;
      if (flipsWithinLimits?.untried.includes(kind))
        wrong.push(`${workload}: “${change}” is told, and also that no such change was tried`);
      const problemOf = roomProblem(problem.choice, unitOf.get(workload), flip);
      if (problemOf) wrong.push(`${workload}: “${change}” ${problemOf}`);
    }
    return wrong;
  });
}

/** What is wrong with a larger limit by itself; null = nothing. */
function roomProblem(choice: ChoiceTable | undefined, unit: number | undefined, flip: Flip): string | null {
  const {id, raise = 0, site} = flip;
  const r = choice?.limits.findIndex((limit) => limit.id === id) ?? -1;
  if (!choice || r < 0) return `names ${id ?? 'no limit'}, which is no limit of the plan`;
  if (!(raise > 0)) return 'makes no limit larger';
  const {most, scale} = choice.limits[r]!;
  if (unit === undefined) return null;
  for (let o = choice.start[unit]!; o < choice.start[unit + 1]!; o++) {
    if (choice.site[o] !== site) continue;
    for (let k = choice.useStart[o]!; k < choice.useStart[o + 1]!; k++)
      if (choice.limit[k] === r && choice.amount[k]! > most + raise * scale + 0.5)
        return `leaves no room for it at ${site ?? 'its place'}`;
    return null;
  }
  return `leads to ${site ?? 'its place'}, which is not open to it`;
}
