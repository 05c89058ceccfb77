import {bottleneck} from '../graph/bottleneck.ts';
import type {Certainty} from '../model/common.ts';
import {GRADE, type GraphIndex} from './index-graph.ts';

/**
 * δ of every node from a start set: the smallest possible highest edge level on a path, 0 … 3; 255 = not reached. Access
 * counts as reached, and gates open when enough of their inputs are reached by the set together.
 * @param mask the least certainty an edge may have (`conditional` = certain and conditional edges)
 * @param maxLevel edges above it do not exist, default 3
 * Unknown start ids are ignored.
 * @returns by node number
 */
export function reachOf(
  index: GraphIndex,
  startIds: Iterable<string>,
  mask: Certainty,
  maxLevel: number = 3,
): Uint8Array {
  const {delta} = bottleneck(index.forward, numbersOf(index, startIds), {maxGrade: GRADE[mask], maxLevel});
  for (let node = index.graph.nodes.length; node < delta.length; node++) {
    delta[index.owner(node)] = delta[node]!;
  }
  return delta;
}

/** Node numbers of those ids that are in the graph. */
export function numbersOf(index: GraphIndex, ids: Iterable<string>): number[] {
  return [...ids].map((id) => index.find(id)).filter((number) => number >= 0);
}
