import {bottleneckOverGates} from './bottleneck-gates.ts';
import type {Csr} from './csr.ts';
import {type Bottleneck, type BottleneckOptions, LEVELS, NO_EDGE, UNREACHED} from './search.ts';

export {NO_EDGE, UNREACHED, type Bottleneck, type BottleneckOptions} from './search.ts';

/**
 * Bottleneck (minimax) distances from a start set: Dijkstra's order with a queue per level, so that each
 * admitted edge is relaxed exactly once, O(nodes + edges). After R. Dial, "Algorithm 360: shortest-path forest
 * with topological ordering", CACM 12(11), 1969, with maximum in place of sum.
 * Within one level nodes settle in order of discovery, so witness paths are deterministic.
 * Where nodes have thresholds, the same with counters (see `bottleneckOverGates`).
 */
export function bottleneck(csr: Csr, starts: Iterable<number>, options: BottleneckOptions): Bottleneck {
  if (csr.threshold !== null) return bottleneckOverGates(csr, csr.threshold, starts, options);
  const {offsets, heads, level, grade} = csr;
  const {maxGrade, skip} = options;
  const maxLevel = Math.min(options.maxLevel ?? LEVELS - 1, LEVELS - 1);
  const delta = new Uint8Array(csr.nodes).fill(UNREACHED);
  const parent = new Uint32Array(csr.nodes).fill(NO_EDGE);
  const settled = new Uint8Array(csr.nodes);
  const queues: number[][] = Array.from({length: LEVELS}, () => []);
  for (const start of starts) {
    if (delta[start] === 0) continue;
    delta[start] = 0;
    queues[0]!.push(start);
  }
  for (let now = 0; now <= maxLevel; now++) {
    const queue = queues[now]!;
    for (let head = 0; head < queue.length; head++) {
      const u = queue[head]!;
      if (settled[u] === 1) continue;
      settled[u] = 1;
      for (let at = offsets[u]!; at < offsets[u + 1]!; at++) {
        if (grade[at]! > maxGrade) continue;
        const reached = level[at]! > now ? level[at]! : now;
        const v = heads[at]!;
        if (reached > maxLevel || reached >= delta[v]! || skip?.(at)) continue;
        delta[v] = reached;
        parent[v] = at;
        queues[reached]!.push(v);
      }
    }
  }
  return {delta, parent, inputs: null};
}
