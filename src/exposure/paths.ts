import {type Bottleneck, UNREACHED, bottleneck} from '../graph/bottleneck.ts';
import type {Certainty} from '../model/common.ts';
import type {GraphNode, PathStep} from '../model/exposure.ts';
import {GRADE, type GraphIndex} from './index-graph.ts';
import {reachersOf} from './reachers.ts';
import {stepsTo} from './steps.ts';

const MASKS: Certainty[] = ['certain', 'conditional', 'unknown'];

/**
 * A witness path from one node to another of smallest δ under the mask, and among the certainties that attain this δ
 * the surest; control rather than access where both attain it. A step with `caps` is access and always the last one. Where
 * a gate must open, the steps are a tree: each starts at `from` or where an earlier step ended, and steps into a gate carry
 * `input`. Empty when the ends are the same node; null when there is no path.
 */
export function evidencePath(
  index: GraphIndex,
  from: string,
  to: string,
  mask: Certainty,
): PathStep[] | null {
  const start = index.find(from);
  const node = index.find(to);
  if (start < 0 || node < 0) return null;
  const target = index.target(node);
  let best: Bottleneck | null = null;
  for (const certainty of MASKS.slice(0, GRADE[mask] + 1)) {
    const found = bottleneck(index.forward, [start], {maxGrade: GRADE[certainty]});
    if (best === null || found.delta[target]! < best.delta[target]!) best = found;
  }
  if (best === null || best.delta[target] === UNREACHED) return null;
  return stepsTo(index, best, best.delta[node] === best.delta[target] ? node : target);
}

export interface Reacher {
  node: GraphNode;
  /** δ from this node to the target, 0 … 3. */
  delta: number;
  /** Witness path from this node to the target. */
  path: () => PathStep[];
}

/** Everything that reaches a node, by control or access, by δ, then id. */
export function whoReaches(index: GraphIndex, to: string, mask: Certainty): Reacher[] {
  const end = index.find(to);
  if (end < 0) return [];
  const {delta, pathFrom} = reachersOf(index, end, index.target(end), GRADE[mask]);
  return index.graph.nodes
    .flatMap((node, i): Reacher[] =>
      i === end || delta[i] === UNREACHED ? [] : [{node, delta: delta[i]!, path: () => pathFrom(i)}],
    )
    .sort((a, b) => a.delta - b.delta || (a.node.id < b.node.id ? -1 : 1));
}
