import {type CutProblem, type Decision, FORBIDDEN} from '../../model/plan.ts';

/** The parts of a plan the state of its decisions is checked against. */
export interface StatusClaim {
  decisions: Pick<Decision, 'workload' | 'status' | 'recommended' | 'current' | 'regret'>[];
  problem: Pick<CutProblem, 'levels'>;
  labels: number[];
  unitMembers: string[][];
}

const STATES = new Set<string>(['decided', 'tie', 'blocked', 'needs-data']);

/**
 * Whether who is called blocked has nowhere else to go in the problem, and who is called a tie has another class to go to
 * that is not worse. Returns what is wrong, in words.
 */
export function statusProblems({decisions, problem, labels, unitMembers}: StatusClaim): string[] {
  const [first] = problem.levels;
  const unitOf = new Map(unitMembers.flatMap((ids, u) => ids.map((id) => [id, u] as const)));
  return decisions.flatMap(({workload, status, recommended, current, regret}) => {
    const u = unitOf.get(workload);
    if (!STATES.has(status)) return [`${workload} is ${status}, which is no state of a decision`];
    if (u === undefined || !first) return [];
    const closed = first.unary[2 * u + 1 - labels[u]!] === FORBIDDEN;
    if (status === 'blocked') {
      if (recommended !== current) return [`${workload} is blocked, but not recommended to stay`];
      return closed && unitMembers[u]!.length === 1
        ? []
        : [`${workload} is called blocked, but has a choice`];
    }
    if (status !== 'tie') return [];
    if (closed) return [`${workload} is called a tie, but its other class is closed`];
    // In one weighted sum the parts may differ where the sum does not.
    const worse = first.name !== 'weighted' && Object.values(regret ?? {}).some((value) => value !== 0);
    return worse ? [`${workload} is called a tie, but its other class is worse`] : [];
  });
}
