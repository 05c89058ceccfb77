import {UNREACHED, bottleneck} from '../graph/bottleneck.ts';
import {bottleneckMatrix} from '../graph/lanes.ts';
import {stronglyConnected} from '../graph/scc.ts';
import type {GraphIndex} from './index-graph.ts';
import type {OutboundSums} from './outbound.ts';

/** Searches at a time: bounds the δ matrix to this many bytes per workload. */
const BLOCK = 64;

/**
 * Corrects the sums of the workloads from which an input of a gate can be seen: behind a gate, what a component reaches
 * is no longer the union of what its successors reach, so each is searched for itself. Workloads that rule each other
 * with all gates shut share a search. Cost: one lane of a bit-parallel search per such group.
 */
export function outboundOverGates(
  index: GraphIndex,
  nodes: Uint32Array,
  weights: Float64Array,
  maxGrade: number,
  sums: OutboundSums,
): void {
  const seeing = bottleneck(index.reverse, index.gates, {maxGrade}).delta;
  const groups = new Map<number, number[]>();
  const {of} = stronglyConnected(index.shut, {maxLevel: 0, maxGrade});
  nodes.forEach((u, i) => {
    if (seeing[u] === UNREACHED) return;
    const group = groups.get(of[u]!);
    if (group) group.push(i);
    else groups.set(of[u]!, [i]);
  });
  const all = [...groups.values()];
  const targets = nodes.map((node) => index.target(node));
  for (let begin = 0; begin < all.length; begin += BLOCK) {
    const block = all.slice(begin, begin + BLOCK);
    const starts = block.map(([first]) => nodes[first!]!);
    const delta = bottleneckMatrix(index.forward, starts, targets, maxGrade);
    block.forEach((group, row) => {
      const first = [0, 0, 0, 0];
      for (let i = 0; i < nodes.length; i++) {
        const reached = delta[row * nodes.length + i]!;
        if (reached !== UNREACHED) first[reached]! += weights[i]!;
      }
      let total = 0;
      for (let level = 0; level < 4; level++) {
        total += first[level]!;
        for (const i of group) sums[level]![i] = total - weights[i]!;
      }
    });
  }
}
