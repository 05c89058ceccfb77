/** Edges of a level by unit, in both directions. */
export interface Incidence {
  edges(unit: number): Uint32Array;
  neighbours(unit: number): number[];
}

/** Sorts the edges by their ends, O(units + edges). */
export function incidence(
  units: number,
  {tail, head}: {tail: ArrayLike<number>; head: ArrayLike<number>},
): Incidence {
  const first = new Uint32Array(units + 1);
  for (let e = 0; e < tail.length; e++) {
    first[tail[e]! + 1]!++;
    first[head[e]! + 1]!++;
  }
  for (let u = 0; u < units; u++) first[u + 1]! += first[u]!;
  const cursor = first.slice(0, units);
  const rows = new Uint32Array(2 * tail.length);
  for (let e = 0; e < tail.length; e++) {
    rows[cursor[tail[e]!]!++] = e;
    rows[cursor[head[e]!]!++] = e;
  }
  const edges = (u: number): Uint32Array => rows.subarray(first[u], first[u + 1]);
  return {edges, neighbours: (u) => Array.from(edges(u), (e) => (tail[e] === u ? head[e]! : tail[e]!))};
}
