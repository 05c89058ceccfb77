import type {Decision} from '../../model/plan.ts';

/** The parts of a plan that say how firm its decisions are. */
export interface FirmnessClaim {
  decisions: (Pick<Decision, 'workload' | 'status' | 'regret'> & {
    confidence?: Decision['confidence'] | undefined;
  })[];
  problem: {levels: {name: string}[]};
}

/** The parts of a plan within limits whose regret is a range. */
export interface RangeClaim {
  decisions: (Pick<Decision, 'workload'> & {regretRange?: Decision['regretRange'] | undefined})[];
  problem: {levels: {name: string}[]};
  optimality: {value: Record<string, number>};
  certificate: {dual?: {bound: number} | undefined} | null;
}

/** Whether every range of regret is one, and starts no lower than the proven bound of the whole plan. */
export function rangeProblems({decisions, problem, optimality, certificate}: RangeClaim): string[] {
  const first = problem.levels[0]?.name;
  return decisions.flatMap(({workload, regretRange}) => {
    if (!regretRange) return [];
    const {level, lo, hi} = regretRange;
    if (level !== first) return [`${workload}: its regret is of level ${level}, which does not come first`];
    if (hi !== null && hi < lo) return [`${workload}: its regret is at least ${lo} and at most ${hi}`];
    const bound = certificate?.dual?.bound;
    if (bound !== undefined && lo < bound - optimality.value[level]!)
      return [`${workload}: its least regret is below what is proven of the whole plan`];
    return [];
  });
}

/** Whether every verdict follows from its own numbers, and its margin is the regret. Returns what is wrong, in words. */
export function firmnessProblems({decisions, problem}: FirmnessClaim): string[] {
  const inOrder = problem.levels.some(({name}) => name === 'risk');
  return decisions.flatMap(({workload, status, regret, confidence}) => {
    if (!confidence) return [];
    const {verdict, margin, uncertainty} = confidence;
    const found: string[] = [];
    if ((margin === null) !== (regret === null) || (margin === null) !== (uncertainty === null))
      found.push(`${workload}: margin and uncertainty are stated without a regret, or the other way round`);
    if (inOrder && margin !== null && margin !== regret?.risk)
      found.push(`${workload}: its margin is ${margin}, its regret says ${regret?.risk}`);
    if (uncertainty !== null && uncertainty < 0) found.push(`${workload}: its uncertainty is negative`);
    const firm =
      margin === null || uncertainty === null || margin > uncertainty || (margin === 0 && uncertainty === 0);
    if (verdict === 'stable' && (!firm || status === 'needs-data' || status === 'blocked'))
      found.push(`${workload} is called stable, but its margin does not exceed what is not known`);
    if (
      verdict === 'fragile' &&
      status === 'decided' &&
      inOrder &&
      margin !== null &&
      margin > (uncertainty ?? 0)
    )
      found.push(`${workload} is called fragile, but its margin exceeds what is not known`);
    return found;
  });
}
