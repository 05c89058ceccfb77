import {incidence} from '../incidence.ts';
import {onlySites} from './only-sites.ts';
import type {SiteProblem} from './site-problem.ts';

/** Units whose site is known before any search. */
export interface Settled {
  /** Site of each unit, −1 = open. */
  site: Int32Array;
  /** Position in the order in which they were settled; what was settled earlier is taken as given by the later ones. */
  rank: Uint32Array;
}

/**
 * Settles every unit that pays least at one site whatever its open neighbours do, with those settled before as given (dead
 * ends are left out: Desmet et al., Nature 356, 1992; Goldstein 1994). Some best choice has all of these sites, and
 * messages can say so: a settled unit hands all its edges cost to the other end, and still has no better site.
 * @param start of equals, this site
 */
export function settle(problem: SiteProblem, start: Uint32Array | undefined): Settled {
  const {units, sites, unary, tail, head, weight, table, tables} = problem;
  const site = onlySites(problem);
  const rank = new Uint32Array(units);
  const rows = incidence(units, problem);
  const queued = new Uint8Array(units).fill(1);
  let queue: number[] = Array.from({length: units}, (_, u) => u);
  let next = 1;
  const given = new Float64Array(sites);
  while (queue.length > 0) {
    const again: number[] = [];
    for (const u of queue) {
      queued[u] = 0;
      if (site[u]! >= 0) continue;
      const found = bestAnyway(u);
      if (found < 0) continue;
      site[u] = found;
      rank[u] = next++;
      for (const e of rows.edges(u)) {
        const v = tail[e] === u ? head[e]! : tail[e]!;
        if (queued[v] === 1 || site[v]! >= 0) continue;
        queued[v] = 1;
        again.push(v);
      }
    }
    queue = again.sort((a, b) => a - b);
  }
  return {site, rank};

  /** The site that is no worse than any other whatever open neighbours do, or −1. */
  function bestAnyway(u: number): number {
    for (let s = 0; s < sites; s++) given[s] = unary[u * sites + s]!;
    for (const e of rows.edges(u)) {
      const isTail = tail[e] === u;
      const other = site[isTail ? head[e]! : tail[e]!]!;
      if (other < 0) continue;
      const costs = tables[table[e]!]!;
      for (let s = 0; s < sites; s++)
        given[s]! += weight[e]! * costs[isTail ? s * sites + other : other * sites + s]!;
    }
    let candidate = start ? start[u]! : 0;
    if (given[candidate] === Infinity) candidate = 0;
    for (let s = 0; s < sites; s++) if (given[s]! < given[candidate]!) candidate = s;
    for (let s = 0; s < sites; s++)
      if (s !== candidate && given[s] !== Infinity && !isNoBetter(u, s, candidate)) return -1;
    return candidate;
  }

  function isNoBetter(u: number, s: number, candidate: number): boolean {
    let more = given[s]! - given[candidate]!;
    for (const e of rows.edges(u)) {
      const isTail = tail[e] === u;
      const v = isTail ? head[e]! : tail[e]!;
      if (site[v]! >= 0) continue;
      const costs = tables[table[e]!]!;
      let least = Infinity;
      for (let b = 0; b < sites; b++) {
        if (unary[v * sites + b] === Infinity) continue;
        const change = isTail
          ? costs[s * sites + b]! - costs[candidate * sites + b]!
          : costs[b * sites + s]! - costs[b * sites + candidate]!;
        if (change < least) least = change;
      }
      more += weight[e]! * least;
    }
    return more >= 0;
  }
}
