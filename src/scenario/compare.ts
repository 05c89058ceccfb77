import {moveWorkloads} from '../exposure/move.ts';
import type {IdentityGraph} from '../model/exposure.ts';
import type {Decision} from '../model/plan.ts';
import type {ScenarioRun, Verdict} from '../model/scenario.ts';

/** Verdicts today and after the moves of a plan. */
export interface BeforeAfter {
  workload: string;
  name: string;
  before: Verdict;
  after: Verdict;
}

/** The graph after all moves that the plan recommends. */
export function graphAfter(graph: IdentityGraph, decisions: readonly Decision[]): IdentityGraph {
  const moves = new Map(
    decisions.flatMap(({workload, current, recommended}): [string, string][] =>
      recommended !== null && recommended !== current ? [[workload, recommended]] : [],
    ),
  );
  return moveWorkloads(graph, moves);
}

/** Workloads whose verdict changes, in the order of the estate. */
export function compareRuns(before: ScenarioRun, after: ScenarioRun): BeforeAfter[] {
  return before.results.flatMap(({workload, name, verdict}, at) => {
    const then = after.results[at]!.verdict;
    return then === verdict ? [] : [{workload, name, before: verdict, after: then}];
  });
}
