import type {Milp, MilpModel} from '../../model/milp.ts';
import {type SiteProblem, siteValue} from './site-problem.ts';

export interface ExactSites {
  status: 'optimal' | 'stopped';
  /** Best choice found; null = none. */
  chosen: Uint32Array | null;
  value: number;
}

/**
 * Solves a small problem by an outside solver. Columns: one per unit and open site, and one per edge and pair of open sites
 * that sums up to the choices of either end (the local polytope, which is tight once choices are integer).
 */
export function solveSitesExactly(problem: SiteProblem, milp: Milp, seconds: number): ExactSites {
  const found = milp.solve(asMilp(problem), seconds);
  if (!found.columns) return {status: 'stopped', chosen: null, value: Infinity};
  const {units, sites} = problem;
  const chosen = Uint32Array.from({length: units}, (_, u) => {
    let best = 0;
    for (let s = 1; s < sites; s++)
      if (found.columns![u * sites + s]! > found.columns![u * sites + best]!) best = s;
    return best;
  });
  return {
    status: found.status === 'optimal' ? 'optimal' : 'stopped',
    chosen,
    value: siteValue(problem, chosen),
  };
}

function asMilp({units, sites, unary, tail, head, weight, table, tables}: SiteProblem): MilpModel {
  const choices = units * sites;
  const columns = choices + tail.length * sites * sites;
  const cost = new Float64Array(columns);
  const rows: {entries: [number, number][]; side: number}[] = [];
  const isOpen = (u: number, s: number): boolean => unary[u * sites + s] !== Infinity;
  const all = Array.from({length: sites}, (_, s) => s);
  for (let u = 0; u < units; u++) {
    const open = all.filter((s) => isOpen(u, s));
    rows.push({entries: open.map((s) => [u * sites + s, 1]), side: 1});
    for (const s of all) {
      if (isOpen(u, s)) cost[u * sites + s] = unary[u * sites + s]!;
      else rows.push({entries: [[u * sites + s, 1]], side: 0});
    }
  }
  for (let e = 0; e < tail.length; e++) {
    const [t, h] = [tail[e]!, head[e]!];
    const pair = (a: number, b: number): number => choices + (e * sites + a) * sites + b;
    const [from, to] = [all.filter((s) => isOpen(t, s)), all.filter((s) => isOpen(h, s))];
    for (const a of from) {
      rows.push({
        entries: [...to.map((b): [number, number] => [pair(a, b), 1]), [t * sites + a, -1]],
        side: 0,
      });
      for (const b of to) cost[pair(a, b)] = weight[e]! * tables[table[e]!]![a * sites + b]!;
    }
    for (const b of to)
      rows.push({
        entries: [...from.map((a): [number, number] => [pair(a, b), 1]), [h * sites + b, -1]],
        side: 0,
      });
  }
  const starts = [0];
  for (const {entries} of rows) starts.push(starts.at(-1)! + entries.length);
  const side = Float64Array.from(rows, (row) => row.side);
  return {
    columns,
    cost,
    integer: Uint8Array.from({length: columns}, (_, c) => Number(c < choices)),
    rows: {
      starts: Int32Array.from(starts),
      indices: Int32Array.from(rows.flatMap(({entries}) => entries.map(([column]) => column))),
      values: Float64Array.from(rows.flatMap(({entries}) => entries.map(([, value]) => value))),
      lower: side,
      upper: side.slice(),
    },
  };
}
