import type {Csr} from './csr.ts';

export interface EdgeCutOptions {
  maxGrade: number;
  /** Most edges a cut may have. */
  limit: number;
  /** By edge number; 1 = may be removed. */
  removable: Uint8Array;
}

/**
 * The fewest edges whose removal parts `target` from `start`, as edge numbers; null when more than `limit` are needed or
 * none of those that may be removed does it. Of all smallest cuts the one nearest to the start, in ascending order.
 * Unit flow along shortest paths, at most limit + 1 searches of O(nodes + edges) (L. Ford, D. Fulkerson, "Maximal flow
 * through a network", Canad. J. Math. 8, 1956; J. Edmonds, R. Karp, JACM 19(2), 1972).
 */
export function smallestCut(
  forward: Csr,
  reverse: Csr,
  start: number,
  target: number,
  {maxGrade, limit, removable}: EdgeCutOptions,
): number[] | null {
  if (start === target) return null;
  const flow = new Map<number, number>();
  const seen = new Uint8Array(forward.nodes);
  const queue = new Uint32Array(forward.nodes);
  /** Edge and node over which each node was found, and whether against the edge. */
  const edgeTo = new Uint32Array(forward.nodes);
  const before = new Uint32Array(forward.nodes);
  const against = new Uint8Array(forward.nodes);

  const search = (): number => {
    seen.fill(0);
    seen[start] = 1;
    queue[0] = start;
    let top = 1;
    const find = (v: number, u: number, edge: number, back: 0 | 1): void => {
      seen[v] = 1;
      before[v] = u;
      edgeTo[v] = edge;
      against[v] = back;
      queue[top++] = v;
    };
    for (let head = 0; head < top && seen[target] === 0; head++) {
      const u = queue[head]!;
      for (let at = forward.offsets[u]!; at < forward.offsets[u + 1]!; at++) {
        const edge = forward.edge[at]!;
        const v = forward.heads[at]!;
        if (seen[v] === 1 || forward.grade[at]! > maxGrade) continue;
        if (removable[edge] === 1 && (flow.get(edge) ?? 0) > 0) continue;
        find(v, u, edge, 0);
      }
      if (flow.size === 0) continue;
      for (let at = reverse.offsets[u]!; at < reverse.offsets[u + 1]!; at++) {
        const edge = reverse.edge[at]!;
        const v = reverse.heads[at]!;
        if (seen[v] === 0 && (flow.get(edge) ?? 0) > 0) find(v, u, edge, 1);
      }
    }
    return top;
  };

  for (let units = 0; units <= limit; units++) {
    const top = search();
    if (seen[target] === 0) return cutOf(queue.subarray(0, top));
    let anyRemovable = false;
    for (let v = target; v !== start; v = before[v]!) {
      const edge = edgeTo[v]!;
      if (removable[edge] === 1) anyRemovable = true;
      flow.set(edge, (flow.get(edge) ?? 0) + (against[v] === 1 ? -1 : 1));
    }
    // A way without anything to remove stays open whatever else goes.
    if (!anyRemovable) return null;
  }
  return null;

  /** Saturated edges out of what the last search still reached. */
  function cutOf(reached: Uint32Array): number[] {
    const cut: number[] = [];
    for (const u of reached) {
      for (let at = forward.offsets[u]!; at < forward.offsets[u + 1]!; at++) {
        if (seen[forward.heads[at]!] === 0 && forward.grade[at]! <= maxGrade) cut.push(forward.edge[at]!);
      }
    }
    return cut.sort((a, b) => a - b);
  }
}
