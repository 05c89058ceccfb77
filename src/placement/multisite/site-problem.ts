/**
 * Every unit takes one of `sites` sites: Σ unary + Σ weight · table[site of tail, site of head]. All numbers are integers
 * ≥ 0 and their total stays below 2^51. Units are numbered in an order that means something to the caller (ids, say);
 * the answer does not depend on the order or direction in which edges are given.
 */
export interface SiteProblem {
  units: number;
  sites: number;
  /** `unary[u * sites + s]`; `Infinity` = the site is closed. Every unit has an open site. */
  unary: Float64Array;
  /** Two different units. */
  tail: Uint32Array;
  head: Uint32Array;
  weight: Float64Array;
  /** Position in `tables` of each edge. */
  table: Uint8Array | Uint16Array | Uint32Array;
  /** `table[a * sites + b]`: tail at site a, head at site b. */
  tables: Float64Array[];
}

/** When to stop. Deterministic as long as nothing expires: only steps and the gap count. */
export interface SiteEffort {
  /** Good enough: a proven gap of at most this share of the value. */
  maxGap: number;
  /** Most passes of messages over all edges, forth and back. */
  steps: number;
  /** Not null = the best so far is to be taken. */
  expired: () => unknown;
  /** Told the proven gap as a share of the value whenever it is known anew. */
  progress: (gap: number | null) => void;
  /** A choice to improve first, e.g. where everything stands now. */
  start?: Uint32Array;
  /** Group of each unit, e.g. its application: groups are placed as a whole first. */
  groups?: Uint32Array;
}

export interface SiteSolution {
  /** Site of each unit. */
  chosen: Uint32Array;
  value: number;
  /** No choice is worth less than this. */
  bound: number;
  /** value − bound; 0 = optimal. */
  gap: number;
  /**
   * What the edge adds to its head at each site, `messages[e * sites + s]`, integers in units of 1/`scale`: the tail gets
   * what is left of the edge, and the sum of what every unit pays at least is the bound. 0 at closed sites.
   */
  messages: Float64Array;
  scale: number;
  /**
   * Groups so small that every choice was tried, with what messages of other edges add to their units: their optimum, not
   * messages, is in the bound.
   */
  tried: number[][];
  /** Passes of messages that were made. */
  steps: number;
}

/** Connected components of at most this many choices are solved by trying all. */
export const MOST_TRIED = 20_000;

/** Largest total the exact integer arithmetic may reach. */
export const LARGEST_TOTAL = 2 ** 51;

/** Σ unary + Σ edges; `Infinity` when a closed site is chosen. */
export function siteValue(problem: SiteProblem, chosen: ArrayLike<number>): number {
  const {sites, unary, tail, head, weight, table, tables} = problem;
  let sum = 0;
  for (let u = 0; u < problem.units; u++) sum += unary[u * sites + chosen[u]!]!;
  for (let e = 0; e < tail.length; e++) {
    const price = tables[table[e]!]![chosen[tail[e]!]! * sites + chosen[head[e]!]!]!;
    if (price !== 0) sum += weight[e]! * price;
  }
  return sum;
}
