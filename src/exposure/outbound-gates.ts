import {UNREACHED, bottleneck} from '../graph/bottleneck.ts';
import {bottleneckMatrix} from '../graph/lanes.ts';
import {stronglyConnected} from '../graph/scc.ts';
import type {ScoreParameters} from '../model/exposure.ts';
import type {GraphIndex} from './index-graph.ts';

/** Searches at a time: bounds the δ matrix to this many bytes per workload. */
const BLOCK = 64;

/**
 * Corrects V({d}) − w(d) of the workloads from which an input of a gate can be seen: behind a gate, what a component reaches
 * is no longer the union of what its successors reach, so each is searched for itself. Workloads that rule each other
 * with all gates shut share a search. Cost: one lane of a bit-parallel search per such group.
 */
export function outboundOverGates(
  index: GraphIndex,
  nodes: Uint32Array,
  weights: Float64Array,
  {attenuation}: Pick<ScoreParameters, 'attenuation'>,
  maxGrade: number,
  outbound: Float64Array,
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
      const sums = [0, 0, 0, 0];
      for (let i = 0; i < nodes.length; i++) {
        const reached = delta[row * nodes.length + i]!;
        if (reached !== UNREACHED) sums[reached]! += weights[i]!;
      }
      // α_0 of a member's own weight is always in sums[0]: it rules itself.
      for (const i of group) {
        sums[0]! -= weights[i]!;
        outbound[i] = attenuation.reduce((v, alpha, level) => v + alpha * sums[level]!, 0);
        sums[0]! += weights[i]!;
      }
    });
  }
}
