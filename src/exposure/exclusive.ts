import {UNREACHED, bottleneck} from '../graph/bottleneck.ts';
import {bottleneckMatrix} from '../graph/lanes.ts';
import {reachWithout} from '../graph/leave-out.ts';
import type {Interval} from '../model/common.ts';
import type {ScoreParameters} from '../model/exposure.ts';
import type {GraphIndex} from './index-graph.ts';

/** Roots at a time: bounds each δ matrix to this many bytes per workload. */
const BLOCK = 64;

/**
 * DV of every root, in the order of `index.roots`, unit of `weights`: what disappears from the reach of all roots together
 * when one root is cut out of the graph. Three masks of one graph are not ordered in it (an unknown edge may be the second
 * way that makes a root dispensable), so the ends are bounds over all graphs between the certain edges and all edges:
 * `lo` counts what is certainly reached and not without the root even over all edges, `hi` what the root may reach and no
 * certain path reaches without it. Cost: six bit-parallel searches per 64 roots.
 * @param targets the node per workload whose being reached counts
 */
export function exclusiveValues(
  index: GraphIndex,
  targets: Uint32Array,
  weights: Float64Array,
  {attenuation}: Pick<ScoreParameters, 'attenuation'>,
): Interval[] {
  const {forward, roots} = index;
  const alpha = Float64Array.from({length: 256}, (_, delta) => attenuation[delta] ?? 0);
  alpha[UNREACHED] = 0;
  const all = [0, 1].map((maxGrade) => bottleneck(forward, roots, {maxGrade}).delta);
  const result: Interval[] = [];
  for (let begin = 0; begin < roots.length; begin += BLOCK) {
    const block = roots.subarray(begin, begin + BLOCK);
    const cuts = Array.from(block, (root) => ({nodes: [root]}));
    const without = [0, 1, 2].map((maxGrade) => reachWithout(forward, roots, cuts, targets, maxGrade));
    // Together with others a root may open a gate it could not open alone: what lies behind any of its inputs may be lost.
    const own = bottleneckMatrix({...forward, threshold: null}, block, targets, 2);
    const sum = (row: number, before: (t: number) => number, after: Uint8Array): number => {
      let total = 0;
      for (let t = 0; t < targets.length; t++) {
        const lost = alpha[before(t)]! - alpha[after[row * targets.length + t]!]!;
        if (lost > 0) total += weights[t]! * lost;
      }
      return total;
    };
    block.forEach((_, row) => {
      const value = sum(row, (t) => all[1]![targets[t]!]!, without[1]!);
      const lo = sum(row, (t) => all[0]![targets[t]!]!, without[2]!);
      const hi = sum(row, (t) => own[row * targets.length + t]!, without[0]!);
      // Sums of the same numbers in another order: rounding must not turn the ends around.
      result.push({value, lo: Math.min(lo, value), hi: Math.max(hi, value)});
    });
  }
  return result;
}
