import type {PairProblem} from './pairs.ts';

/** Open units (label −1) joined by pairs, and by arcs unless only pairs count, set by set in the order of their first units. */
export function joined({levels, pairs}: PairProblem, labels: Int8Array, byPairs: boolean): number[][] {
  const parent = Int32Array.from(labels, (_, u) => u);
  const root = (start: number): number => {
    let u = start;
    while (parent[u] !== u) u = parent[u] = parent[parent[u]!]!;
    return u;
  };
  const join = (a: number, b: number): void => {
    if (labels[a] !== -1 || labels[b] !== -1) return;
    const [s, t] = [root(a), root(b)];
    parent[Math.max(s, t)] = Math.min(s, t);
  };
  for (const {tail, head} of byPairs ? [] : levels)
    for (let e = 0; e < tail.length; e++) join(tail[e]!, head[e]!);
  for (let p = 0; p < pairs.a.length; p++) join(pairs.a[p]!, pairs.b[p]!);
  const sets = new Map<number, number[]>();
  labels.forEach((label, u) => {
    if (label !== -1) return;
    const known = sets.get(root(u));
    if (known) known.push(u);
    else sets.set(root(u), [u]);
  });
  return [...sets.values()];
}
