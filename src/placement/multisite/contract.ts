import type {SiteProblem} from './site-problem.ts';

/** A problem whose units are groups of the units of another one. */
export interface Contracted {
  problem: SiteProblem;
  /** Coarse unit of each unit. */
  groupOf: Uint32Array;
}

/**
 * Groups of units that go to one site together. Members that may not go to the same sites are kept apart, so that no group
 * is torn by what is closed to one of them. Null where nothing would get smaller.
 */
export function contract(problem: SiteProblem, groups: Uint32Array): Contracted | null {
  const {units, sites, unary} = problem;
  const names = new Map<string, number>();
  const groupOf = new Uint32Array(units);
  for (let u = 0; u < units; u++) {
    let open = `${groups[u]}`;
    for (let s = 0; s < sites; s++) open += unary[u * sites + s] === Infinity ? '-' : '+';
    let group = names.get(open);
    if (group === undefined) names.set(open, (group = names.size));
    groupOf[u] = group;
  }
  if (names.size > 0.7 * units) return null;
  const sums = new Float64Array(names.size * sites);
  for (let u = 0; u < units; u++)
    for (let s = 0; s < sites; s++) sums[groupOf[u]! * sites + s]! += unary[u * sites + s]!;
  const pairs = new Map<number, number>();
  for (let e = 0; e < problem.tail.length; e++) {
    const [t, h] = [groupOf[problem.tail[e]!]!, groupOf[problem.head[e]!]!];
    const costs = problem.tables[problem.table[e]!]!;
    if (t === h) {
      for (let s = 0; s < sites; s++) sums[t * sites + s]! += problem.weight[e]! * costs[s * sites + s]!;
      continue;
    }
    const key = (t * names.size + h) * problem.tables.length + problem.table[e]!;
    pairs.set(key, (pairs.get(key) ?? 0) + problem.weight[e]!);
  }
  const tail = new Uint32Array(pairs.size);
  const head = new Uint32Array(pairs.size);
  const table = new Uint32Array(pairs.size);
  const weight = new Float64Array(pairs.size);
  let at = 0;
  for (const [key, sum] of pairs) {
    const ends = Math.floor(key / problem.tables.length);
    tail[at] = Math.floor(ends / names.size);
    head[at] = ends % names.size;
    table[at] = key % problem.tables.length;
    weight[at++] = sum;
  }
  return {
    groupOf,
    problem: {units: names.size, sites, unary: sums, tail, head, weight, table, tables: problem.tables},
  };
}
