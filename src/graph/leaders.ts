/** Smallest node of the connected component of every node, edges taken in both directions. O(nodes + edges), nearly. */
export function leaders(
  nodes: number,
  {tail, head}: {tail: ArrayLike<number>; head: ArrayLike<number>},
): Uint32Array {
  const leader = Uint32Array.from({length: nodes}, (_, u) => u);
  const find = (start: number): number => {
    let u = start;
    while (leader[u] !== u) {
      leader[u] = leader[leader[u]!]!;
      u = leader[u]!;
    }
    return u;
  };
  for (let e = 0; e < tail.length; e++) {
    const [a, b] = [find(tail[e]!), find(head[e]!)];
    leader[Math.max(a, b)] = Math.min(a, b);
  }
  return leader.map((_, u) => find(u));
}
