import {type Bottleneck, NO_EDGE, UNREACHED, bottleneck, witness} from '../graph/bottleneck.ts';
import type {Certainty} from '../model/common.ts';
import type {GraphNode, PathStep} from '../model/exposure.ts';
import {GRADE, type GraphIndex} from './index-graph.ts';

const MASKS: Certainty[] = ['certain', 'conditional', 'unknown'];

/**
 * A witness path from one node to another of smallest δ under the mask, and among the certainties that attain this δ
 * the surest. Empty when the ends are the same node; null when there is no path.
 */
export function evidencePath(
  index: GraphIndex,
  from: string,
  to: string,
  mask: Certainty,
): PathStep[] | null {
  const start = index.find(from);
  const target = index.find(to);
  if (start < 0 || target < 0) return null;
  let best: Bottleneck | null = null;
  for (const certainty of MASKS.slice(0, GRADE[mask] + 1)) {
    const found = bottleneck(index.forward, [start], {maxGrade: GRADE[certainty]});
    if (best === null || found.delta[target]! < best.delta[target]!) best = found;
  }
  if (best === null) return null;
  const entries = witness(best, target, (entry) => index.list.from[index.forward.edge[entry]!]!);
  return entries?.map((entry) => step(index, index.forward.edge[entry]!)) ?? null;
}

export interface Reacher {
  node: GraphNode;
  /** δ from this node to the target, 0 … 3. */
  delta: number;
  /** First step of the witness path from this node; follow `to` until the target. */
  first: PathStep;
}

/** Everything that reaches a node, by δ, then id. One search against the edges. */
export function whoReaches(index: GraphIndex, to: string, mask: Certainty): Reacher[] {
  const target = index.find(to);
  if (target < 0) return [];
  const {delta, parent} = bottleneck(index.reverse, [target], {maxGrade: GRADE[mask]});
  const found: Reacher[] = [];
  index.graph.nodes.forEach((node, i) => {
    if (i === target || delta[i] === UNREACHED || parent[i] === NO_EDGE) return;
    found.push({node, delta: delta[i]!, first: step(index, index.reverse.edge[parent[i]!]!)});
  });
  return found.sort((a, b) => a.delta - b.delta || (a.node.id < b.node.id ? -1 : 1));
}

function step({graph}: GraphIndex, edge: number): PathStep {
  const {kind, from, to, level, certainty, evidence} = graph.edges[edge]!;
  return {edge: kind, from, to, level, certainty, evidence};
}
