import type {Csr} from './csr.ts';
import {type Bottleneck, type BottleneckOptions, LEVELS, NO_EDGE, UNREACHED} from './search.ts';

/** An edge that arrived at a gate which was still shut. */
interface Arrival {
  entry: number;
  tail: number;
}

/**
 * Bottleneck distances where some nodes are gates: a gate opens when `threshold` different tails are reached, at the k-th
 * smallest of max(δ(tail), level of the edge). Levels are worked off in order; edges into gates wait in a queue per level and
 * are counted when it is their level's turn, so every count is final. Several edges of one tail count once. A start
 * that is a gate is open. O(nodes + edges), like the search without gates (W. Dowling, J. Gallier, "Linear-time
 * algorithms for testing the satisfiability of propositional Horn formulae", J. Logic Programming 1(3), 1984).
 */
export function bottleneckOverGates(
  csr: Csr,
  threshold: Uint32Array,
  starts: Iterable<number>,
  options: BottleneckOptions,
): Bottleneck {
  const {offsets, heads, level, grade} = csr;
  const {maxGrade, skip} = options;
  const maxLevel = Math.min(options.maxLevel ?? LEVELS - 1, LEVELS - 1);
  const delta = new Uint8Array(csr.nodes).fill(UNREACHED);
  const parent = new Uint32Array(csr.nodes).fill(NO_EDGE);
  const settled = new Uint8Array(csr.nodes);
  const queues: number[][] = Array.from({length: LEVELS}, () => []);
  const arrivals: Arrival[][] = Array.from({length: LEVELS}, () => []);
  const inputs = new Map<number, number[]>();
  const counted = new Map<number, Set<number>>();
  for (const start of starts) {
    if (delta[start] === 0) continue;
    delta[start] = 0;
    queues[0]!.push(start);
  }
  for (let now = 0; now <= maxLevel; now++) {
    const queue = queues[now]!;
    const waiting = arrivals[now]!;
    let head = 0;
    for (let next = 0; head < queue.length || next < waiting.length;) {
      if (head < queue.length) settle(queue[head++]!, now);
      else count(waiting[next++]!, now);
    }
  }
  return {delta, parent, inputs};

  function settle(u: number, now: number): void {
    if (settled[u] === 1) return;
    settled[u] = 1;
    for (let at = offsets[u]!; at < offsets[u + 1]!; at++) {
      if (grade[at]! > maxGrade) continue;
      const reached = level[at]! > now ? level[at]! : now;
      const v = heads[at]!;
      if (reached > maxLevel || reached >= delta[v]! || skip?.(at)) continue;
      if (threshold[v]! > 1) {
        arrivals[reached]!.push({entry: at, tail: u});
        continue;
      }
      delta[v] = reached;
      parent[v] = at;
      queues[reached]!.push(v);
    }
  }

  function count({entry, tail}: Arrival, now: number): void {
    const gate = heads[entry]!;
    if (delta[gate] !== UNREACHED) return;
    const tails = counted.get(gate) ?? new Set();
    if (tails.has(tail)) return;
    counted.set(gate, tails.add(tail));
    const entries = inputs.get(gate) ?? [];
    inputs.set(gate, entries);
    entries.push(entry);
    if (tails.size < threshold[gate]!) return;
    delta[gate] = now;
    parent[gate] = entry;
    queues[now]!.push(gate);
  }
}
