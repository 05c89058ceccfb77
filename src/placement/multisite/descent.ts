import type {Arranged} from './arrange.ts';

/**
 * Single units go where they pay least as long as one gains (Besag's iterated conditional modes, 1986). Changes `chosen`;
 * returns whether it is better now. Ends because the value falls with every change.
 */
export function descend(arranged: Arranged, chosen: Uint16Array): boolean {
  const {units, first, head, tail, back, backFirst} = arranged;
  const queued = new Uint8Array(units).fill(1);
  let queue = Uint32Array.from({length: units}, (_, u) => u);
  let better = false;
  while (queue.length > 0) {
    const next: number[] = [];
    const again = (v: number): void => {
      if (queued[v] === 1) return;
      queued[v] = 1;
      next.push(v);
    };
    for (const u of queue) {
      queued[u] = 0;
      const site = bestSite(arranged, chosen, u);
      if (site === chosen[u]) continue;
      chosen[u] = site;
      better = true;
      for (let e = first[u]!; e < first[u + 1]!; e++) again(head[e]!);
      for (let k = backFirst[u]!; k < backFirst[u + 1]!; k++) again(tail[back[k]!]!);
    }
    queue = Uint32Array.from(next).sort();
  }
  return better;
}

/** Where a unit pays least while all others stay; where it is, if nothing is strictly better. */
function bestSite(arranged: Arranged, chosen: Uint16Array, u: number): number {
  const {sites} = arranged;
  const own = chosen[u]!;
  let best = own;
  let least = paidAt(arranged, chosen, u, own);
  for (let s = 0; s < sites; s++) {
    if (s === own || arranged.unary[u * sites + s] === Infinity) continue;
    const paid = paidAt(arranged, chosen, u, s);
    if (paid >= least) continue;
    best = s;
    least = paid;
  }
  return best;
}

/** What a unit and its edges pay with it at a site. */
function paidAt(
  {sites, unary, first, head, tail, back, backFirst, weight, table, tables}: Arranged,
  chosen: Uint16Array,
  u: number,
  site: number,
): number {
  let paid = unary[u * sites + site]!;
  for (let e = first[u]!; e < first[u + 1]!; e++)
    paid += weight[e]! * tables[table[e]!]!.costs[site * sites + chosen[head[e]!]!]!;
  for (let k = backFirst[u]!; k < backFirst[u + 1]!; k++) {
    const e = back[k]!;
    paid += weight[e]! * tables[table[e]!]!.costs[chosen[tail[e]!]! * sites + site]!;
  }
  return paid;
}
