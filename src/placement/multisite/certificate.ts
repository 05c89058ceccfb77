import type {Arranged} from './arrange.ts';
import type {Settled} from './settle.ts';
import {LARGEST_TOTAL, type SiteProblem} from './site-problem.ts';

/** Largest power of two by which all sums over the problem stay exact. */
export function scaleOf({unary, weight, table, tables}: SiteProblem): number {
  const most = tables.map((costs) => costs.reduce((a, b) => Math.max(a, b), 0));
  let total = 1;
  for (let i = 0; i < unary.length; i++) if (unary[i] !== Infinity) total += unary[i]!;
  for (let e = 0; e < weight.length; e++) total += weight[e]! * most[table[e]!]!;
  return 2 ** Math.max(0, Math.min(20, Math.floor(Math.log2(LARGEST_TOTAL / 4 / total))));
}

/**
 * Integer messages of the problem's own edges, towards their heads, from the solver's: rounded, the other end takes what
 * is left of the edge, so that nothing is lost but the rounding.
 */
export function writtenMessages(
  problem: SiteProblem,
  arranged: Arranged,
  {site, rank}: Settled,
  solved: Float64Array,
  scale: number,
): Float64Array {
  const {sites} = problem;
  const messages = new Float64Array(problem.tail.length * sites);
  for (let e = 0; e < problem.tail.length; e++) {
    const [t, h] = [problem.tail[e]!, problem.head[e]!];
    const [a, b] = [site[t]!, site[h]!];
    if (a < 0 && b < 0) continue;
    const costs = problem.tables[problem.table[e]!]!;
    // Whoever was settled first hands the whole edge over.
    const fromTail = a >= 0 && (b < 0 || rank[t]! <= rank[h]!);
    for (let s = 0; s < sites; s++) {
      if (problem.unary[h * sites + s] === Infinity) continue;
      messages[e * sites + s] =
        scale * problem.weight[e]! * (fromTail ? costs[a * sites + s]! : leastMore(problem, costs, t, s, b));
    }
  }
  const early = new Float64Array(sites);
  const late = new Float64Array(sites);
  for (let at = 0; at < arranged.origin.length; at++) {
    const e = arranged.origin[at]!;
    const [u, v] = [arranged.tail[at]! * sites, arranged.head[at]! * sites];
    for (let s = 0; s < sites; s++)
      early[s] = arranged.unary[u + s] === Infinity ? Infinity : Math.round(scale * solved[at * sites + s]!);
    const turned = arranged.original[arranged.tail[at]!] === problem.head[e];
    if (!turned) rest(arranged.tables[arranged.table[at]!]!.costs, scale * problem.weight[e]!, early, late);
    const towards = turned ? early : late;
    for (let s = 0; s < sites; s++) {
      const open = arranged.unary[(turned ? u : v) + s] !== Infinity;
      messages[e * sites + s] = open ? towards[s]! : 0;
    }
  }
  return messages;
}

/** Least of what an edge pays more with its head at `s` than at `b`, wherever its tail is. */
function leastMore(
  {sites, unary}: SiteProblem,
  costs: Float64Array,
  tail: number,
  s: number,
  b: number,
): number {
  let least = Infinity;
  for (let a = 0; a < sites; a++) {
    if (unary[tail * sites + a] === Infinity) continue;
    least = Math.min(least, costs[a * sites + s]! - costs[a * sites + b]!);
  }
  return least;
}

/** `rest[b]` = least over open `a` of weight · cost(a, b) − given[a]: all that the other end can be given. */
function rest(costs: Float64Array, weight: number, given: Float64Array, into: Float64Array): void {
  const sites = given.length;
  for (let b = 0; b < sites; b++) {
    let least = Infinity;
    for (let a = 0; a < sites; a++) {
      if (given[a] === Infinity) continue;
      const left = weight * costs[a * sites + b]! - given[a]!;
      if (left < least) least = left;
    }
    into[b] = least;
  }
}

/** What every unit pays at least by these messages, in units of 1/`scale`. Their sum is a lower bound of the value. */
export function leastPaid(problem: SiteProblem, messages: Float64Array, scale: number): Float64Array {
  const {units, sites, unary, tail, head, weight, table, tables} = problem;
  const sums = unary.map((value) => value * scale);
  const turned = tables.map((costs) => {
    const result = new Float64Array(sites * sites);
    for (let a = 0; a < sites; a++)
      for (let b = 0; b < sites; b++) result[b * sites + a] = costs[a * sites + b]!;
    return result;
  });
  const given = new Float64Array(sites);
  const left = new Float64Array(sites);
  for (let e = 0; e < tail.length; e++) {
    const [t, h] = [tail[e]! * sites, head[e]! * sites];
    for (let s = 0; s < sites; s++) {
      given[s] = unary[h + s] === Infinity ? Infinity : messages[e * sites + s]!;
      if (given[s] !== Infinity) sums[h + s]! += given[s]!;
    }
    rest(turned[table[e]!]!, scale * weight[e]!, given, left);
    for (let s = 0; s < sites; s++) sums[t + s]! += left[s]!;
  }
  return Float64Array.from({length: units}, (_, u) => {
    let least = Infinity;
    for (let s = 0; s < sites; s++) if (sums[u * sites + s]! < least) least = sums[u * sites + s]!;
    return least;
  });
}
