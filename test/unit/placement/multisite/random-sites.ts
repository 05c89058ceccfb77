import type {SiteProblem} from '../../../../src/placement/multisite/site-problem.ts';
import {random} from '../../../../bench/min-cut-estate.ts';

/** What the tables of a random problem look like. */
export type Tables = 'potts' | 'metric' | 'senders' | 'arbitrary' | 'apart';

/** A seeded problem of `units` units: some sites closed, values and weights small so that ties are frequent. */
export function seededSites(
  units: number,
  sites: number,
  seed: number,
  kind: Tables,
  density = 2,
): SiteProblem {
  const uniform = random(seed);
  const integer = (below: number): number => Math.floor(uniform() * below);
  const unary = Float64Array.from({length: units * sites}, () => (uniform() < 0.15 ? Infinity : integer(30)));
  for (let u = 0; u < units; u++) {
    const row = unary.subarray(u * sites, (u + 1) * sites);
    if (row.every((value) => value === Infinity)) row[integer(sites)] = integer(30);
  }
  const edges = units < 2 ? 0 : integer(density * units + 1);
  const tail = Uint32Array.from({length: edges}, () => integer(units));
  const head = tail.map((t) => (t + 1 + integer(units - 1)) % units);
  const tables = [0, 1].map(() => tableOf(kind, sites, integer));
  return {
    units,
    sites,
    unary,
    tail,
    head,
    weight: Float64Array.from(tail, () => integer(7)),
    table: Uint8Array.from(tail, () => integer(tables.length)),
    tables,
  };
}

function tableOf(kind: Tables, sites: number, integer: (below: number) => number): Float64Array {
  const at = Array.from({length: sites}, () => [integer(5), integer(5)] as const);
  const price = at.map(() => integer(6));
  return Float64Array.from({length: sites * sites}, (_, i) => {
    const [a, b] = [Math.floor(i / sites), i % sites];
    if (kind === 'arbitrary') return integer(6);
    if (kind === 'apart') return a === b ? 5 : 0;
    if (a === b) return 0;
    if (kind === 'potts') return 3;
    if (kind === 'senders') return price[a]!;
    return Math.abs(at[a]![0] - at[b]![0]) + Math.abs(at[a]![1] - at[b]![1]);
  });
}

/** The same problem with its edges in another order and some of them turned around. */
export function shuffled(problem: SiteProblem, seed: number): {problem: SiteProblem; order: Uint32Array} {
  const uniform = random(seed);
  const keys = Float64Array.from(problem.tail, () => uniform());
  const order = Uint32Array.from(problem.tail, (_, e) => e).sort((a, b) => keys[a]! - keys[b]!);
  const {sites, tables} = problem;
  const count = tables.length;
  const turn = Uint8Array.from(order, () => (uniform() < 0.5 ? 1 : 0));
  const turned = tables.map((costs) =>
    costs.map((_, i) => costs[(i % sites) * sites + Math.floor(i / sites)]!),
  );
  return {
    order,
    problem: {
      ...problem,
      tail: order.map((e, k) => (turn[k] === 1 ? problem.head[e]! : problem.tail[e]!)),
      head: order.map((e, k) => (turn[k] === 1 ? problem.tail[e]! : problem.head[e]!)),
      weight: Float64Array.from(order, (e) => problem.weight[e]!),
      table: Uint8Array.from(order, (e, k) => problem.table[e]! + (turn[k] === 1 ? count : 0)),
      tables: [...tables, ...turned],
    },
  };
}

/** Least value over every choice. */
export function tryAll({units, sites, unary, tail, head, weight, table, tables}: SiteProblem): number {
  let least = Infinity;
  const chosen = new Uint8Array(units);
  for (;;) {
    let sum = 0;
    for (let u = 0; u < units; u++) sum += unary[u * sites + chosen[u]!]!;
    for (let e = 0; e < tail.length; e++)
      sum += weight[e]! * tables[table[e]!]![chosen[tail[e]!]! * sites + chosen[head[e]!]!]!;
    least = Math.min(least, sum);
    let u = 0;
    while (u < units && ++chosen[u]! === sites) chosen[u++] = 0;
    if (u === units) return least;
  }
}
