import type {Csr} from './csr.ts';

/** δ of a node no path leads to. */
export const UNREACHED = 255;
/** No parent: a start node or a node that was not reached. */
export const NO_EDGE = 0xffffffff;

const LEVELS = 4;

export interface Bottleneck {
  /** Smallest possible maximum level on a path from any start, 0 … 3; {@link UNREACHED} when there is none. */
  delta: Uint8Array;
  /** Row entry (index into `csr.heads`) over which each node was settled; {@link NO_EDGE} for starts. */
  parent: Uint32Array;
}

export interface BottleneckOptions {
  /** Only edges with `grade ≤ maxGrade`. */
  maxGrade: number;
  /** Level cap; edges above it do not exist. Default 3. */
  maxLevel?: number;
  /** Row entries that must not be taken (e.g. an edge removed in a what-if). */
  skip?: (entry: number) => boolean;
}

/**
 * Bottleneck (minimax) distances from a start set: Dijkstra's order with a queue per level, so that each
 * admitted edge is relaxed exactly once, O(nodes + edges). After R. Dial, "Algorithm 360: shortest-path forest
 * with topological ordering", CACM 12(11), 1969, with maximum in place of sum.
 * Within one level nodes settle in order of discovery, so witness paths are deterministic.
 */
export function bottleneck(csr: Csr, starts: Iterable<number>, options: BottleneckOptions): Bottleneck {
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
  return {delta, parent};
}

/**
 * Row entries of the witness path that settled `target`, start first; empty for a start itself.
 * `tailOf` gives the tail of a row entry (rows do not store it).
 */
export function witness(
  result: Bottleneck,
  target: number,
  tailOf: (entry: number) => number,
): number[] | null {
  if (result.delta[target] === UNREACHED) return null;
  const path: number[] = [];
  for (let v = target; result.parent[v] !== NO_EDGE; v = tailOf(result.parent[v]!))
    path.push(result.parent[v]!);
  return path.reverse();
}
