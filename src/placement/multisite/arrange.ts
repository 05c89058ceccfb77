import type {Settled} from './settle.ts';
import type {SiteProblem} from './site-problem.ts';
import {type PairTable, pairTable} from './pair-table.ts';

/**
 * The units that have a choice, with what units without one make them pay, and the edges between them in compressed rows.
 * Edges run from the earlier to the later unit in one order, however they were given.
 */
export interface Arranged {
  units: number;
  sites: number;
  /** Number of each unit in the problem. */
  original: Uint32Array;
  unary: Float64Array;
  /** Edges of unit `u` to later ones: `first[u] … first[u+1]-1`. */
  first: Uint32Array;
  tail: Uint32Array;
  head: Uint32Array;
  weight: Float64Array;
  /** Position in `tables`, as seen from the earlier unit. */
  table: Uint32Array;
  tables: PairTable[];
  /** Edges of unit `u` to earlier ones: `back[backFirst[u]] … back[backFirst[u+1]-1]`. */
  backFirst: Uint32Array;
  back: Uint32Array;
  /** Number of each edge in the problem. */
  origin: Uint32Array;
}

/** Folds settled units into their neighbours and sorts the rest. O(units · sites + edges · sites). */
export function arrange(problem: SiteProblem, {site: only}: Settled): Arranged {
  const {sites} = problem;
  const place = new Int32Array(problem.units).fill(-1);
  const original: number[] = [];
  for (let u = 0; u < problem.units; u++) if (only[u]! < 0) place[u] = original.push(u) - 1;
  const units = original.length;
  const unary = new Float64Array(units * sites);
  original.forEach((u, i) => {
    for (let s = 0; s < sites; s++) unary[i * sites + s] = problem.unary[u * sites + s]!;
  });
  const kept = fold(problem, only, place, unary);
  const order = sorted(problem, place, kept, units);
  const edges = order.length;
  const tables = problem.tables.flatMap((table) => {
    const straight = pairTable(table, sites);
    return [straight, pairTable(turned(table, sites), sites)];
  });
  const result: Arranged = {
    units,
    sites,
    original: Uint32Array.from(original),
    unary,
    first: new Uint32Array(units + 1),
    tail: new Uint32Array(edges),
    head: new Uint32Array(edges),
    weight: new Float64Array(edges),
    table: new Uint32Array(edges),
    tables,
    backFirst: new Uint32Array(units + 1),
    back: new Uint32Array(edges),
    origin: order,
  };
  const {first, backFirst, back} = result;
  order.forEach((e, at) => {
    const [t, h] = [place[problem.tail[e]!]!, place[problem.head[e]!]!];
    const turn = h < t;
    result.tail[at] = turn ? h : t;
    result.head[at] = turn ? t : h;
    result.weight[at] = problem.weight[e]!;
    result.table[at] = 2 * problem.table[e]! + (turn ? 1 : 0);
    first[result.tail[at] + 1]!++;
    backFirst[result.head[at] + 1]!++;
  });
  for (let u = 0; u < units; u++) {
    first[u + 1]! += first[u]!;
    backFirst[u + 1]! += backFirst[u]!;
  }
  const cursor = backFirst.slice(0, units);
  for (let at = 0; at < edges; at++) back[cursor[result.head[at]!]!++] = at;
  return result;
}

/** Adds edges with one settled end to the other end's values. Returns the edges that are left. */
function fold(problem: SiteProblem, only: Int32Array, place: Int32Array, unary: Float64Array): Uint32Array {
  const {sites, tail, head, weight, table, tables} = problem;
  const kept = new Uint32Array(tail.length);
  let count = 0;
  for (let e = 0; e < tail.length; e++) {
    const [t, h] = [tail[e]!, head[e]!];
    if (weight[e] === 0) continue;
    const costs = tables[table[e]!]!;
    const [a, b] = [place[t]!, place[h]!];
    if (a >= 0 && b >= 0) kept[count++] = e;
    else if (a >= 0)
      for (let s = 0; s < sites; s++) unary[a * sites + s]! += weight[e]! * costs[s * sites + only[h]!]!;
    else if (b >= 0)
      for (let s = 0; s < sites; s++) unary[b * sites + s]! += weight[e]! * costs[only[t]! * sites + s]!;
  }
  return kept.slice(0, count);
}

/**
 * By earlier unit, later unit, and for parallel edges by what they cost, as seen from the earlier one: what is equal in all
 * is interchangeable. Two counting sorts, then the runs of parallel edges.
 */
function sorted(problem: SiteProblem, place: Int32Array, kept: Uint32Array, units: number): Uint32Array {
  const {sites, tail, head, weight, table, tables} = problem;
  const low = (e: number): number => Math.min(place[tail[e]!]!, place[head[e]!]!);
  const high = (e: number): number => Math.max(place[tail[e]!]!, place[head[e]!]!);
  const cost = (e: number, a: number, b: number): number => {
    const turned = place[head[e]!]! < place[tail[e]!]!;
    return weight[e]! * tables[table[e]!]![turned ? b * sites + a : a * sites + b]!;
  };
  const compare = (x: number, y: number): number => {
    for (let a = 0; a < sites; a++)
      for (let b = 0; b < sites; b++)
        if (cost(x, a, b) !== cost(y, a, b)) return cost(x, a, b) - cost(y, a, b);
    return 0;
  };
  const order = byKey(byKey(kept, high, units), low, units);
  for (let start = 0; start < order.length;) {
    let end = start + 1;
    const e = order[start]!;
    while (end < order.length && low(order[end]!) === low(e) && high(order[end]!) === high(e)) end++;
    if (end - start > 1) order.subarray(start, end).sort(compare);
    start = end;
  }
  return order;
}

function byKey(edges: Uint32Array, key: (edge: number) => number, keys: number): Uint32Array {
  const next = new Uint32Array(keys + 1);
  for (let i = 0; i < edges.length; i++) next[key(edges[i]!) + 1]!++;
  for (let k = 0; k < keys; k++) next[k + 1]! += next[k]!;
  const order = new Uint32Array(edges.length);
  for (let i = 0; i < edges.length; i++) order[next[key(edges[i]!)]!++] = edges[i]!;
  return order;
}

function turned(table: Float64Array, sites: number): Float64Array {
  const result = new Float64Array(sites * sites);
  for (let a = 0; a < sites; a++)
    for (let b = 0; b < sites; b++) result[b * sites + a] = table[a * sites + b]!;
  return result;
}
