import type {Decision, PlanRun} from '../../model/plan.ts';

/** The parts of a plan that say what would change its decisions. */
export interface FlipClaim {
  sites: Pick<PlanRun['sites'][number], 'id'>[];
  decisions: (Pick<Decision, 'workload' | 'recommended'> & {flips?: Decision['flips'] | undefined})[];
}

/** Whether every change leads to another site that exists. The changed problems need the inputs and are not solved here. */
export function flipProblems({sites, decisions}: FlipClaim): string[] {
  const known = new Set(sites.map(({id}) => id));
  return decisions.flatMap(({workload, recommended, flips = []}) =>
    flips.flatMap(({site, change}) => {
      if (site === recommended)
        return [`${workload}: “${change}” is said to change it, but leads where it goes anyway`];
      if (site !== null && !known.has(site))
        return [`${workload}: “${change}” leads to ${site}, which does not exist`];
      return [];
    }),
  );
}
