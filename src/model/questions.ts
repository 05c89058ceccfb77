/**
 * What may be asked of a plan beyond itself. Each question has a budget of work in visits of units and arcs, about a million
 * per second, so that the answer does not depend on the machine.
 */
export interface PlanQuestions {
  /** Waves even of so many moves that they take long. */
  manyWaves?: boolean;
  /** The front of risk × cost × churn, at most so many plans of it. */
  front?: {work: number; plans: number};
  /** How far each weight can be changed without another plan. */
  weights?: {work: number};
  /**
   * What would send a workload elsewhere; without names those that move first, then the most exposed. Where limits move the
   * plan each try takes hundreds of times as long, so more work may be allowed for it; without names only a larger limit is
   * tried then, for those kept from their place.
   */
  flips?: {work: number; workWithinLimits?: number; workloads?: string[]};
}
