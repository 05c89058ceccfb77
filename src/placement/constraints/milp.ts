import type {Milp, MilpModel} from '../../model/milp.ts';
import {type ChoiceModel, compareValues, excess, usedBy, valueOf} from './model.ts';
import type {Kept} from './lagrange.ts';

export type ExactResult =
  | {status: 'optimal'; best: Kept}
  | {status: 'infeasible' | 'stopped'; best: Kept | null};

/** Solves the levels one after the other, each among the optima of those before. Small models only. */
export function solveExactly(model: ChoiceModel, milp: Milp, seconds: number): ExactResult {
  let best: Kept | null = null;
  let status: ExactResult['status'] = 'optimal';
  const caps: number[] = [];
  for (let k = 0; k < model.levels.length; k++) {
    const found = milp.solve(asMilp(model, k, caps), seconds);
    if (found.status === 'infeasible' && k === 0) return {status: 'infeasible', best: null};
    if (found.columns) {
      const chosen = chosenBy(model, found.columns);
      const values = model.levels.map((_, level) => valueOf(model, level, chosen));
      if (excess(model, usedBy(model, chosen)) === 0 && (!best || compareValues(values, best.values) < 0))
        best = {chosen, values};
    }
    // What holds of the first level is what is claimed; later levels only choose among its optima.
    if (found.status !== 'optimal') {
      if (k === 0) status = 'stopped';
      break;
    }
    if (!best) return {status: 'stopped', best};
    caps.push(best.values[k]!);
  }
  return status === 'optimal' && best ? {status, best} : {status: 'stopped', best};
}

/** Columns: one per option, then one per arc that costs something. */
function asMilp(model: ChoiceModel, level: number, caps: number[]): MilpModel {
  const options = model.site.length;
  const arcs = model.levels.map(({tail, head, forward, backward}, k) => {
    if (k > caps.length) return [];
    return Array.from(tail, (t, e) => [t, head[e]!, e] as const).flatMap(([t, h, e]) => [
      ...(forward[e]! > 0 ? [{from: t, to: h, weight: forward[e]!}] : []),
      ...(backward[e]! > 0 ? [{from: h, to: t, weight: backward[e]!}] : []),
    ]);
  });
  const first = arcs.map((_, k) => options + arcs.slice(0, k).reduce((sum, list) => sum + list.length, 0));
  const columns = options + arcs.reduce((sum, list) => sum + list.length, 0);
  const rows: {entries: [number, number][]; lower: number; upper: number}[] = [];
  const dedicated = (u: number, sign: number): [number, number][] => {
    const found: [number, number][] = [];
    for (let o = model.start[u]!; o < model.start[u + 1]!; o++)
      if (model.label[o] === 1) found.push([o, sign]);
    return found;
  };
  for (let u = 0; u < model.units; u++) {
    const entries: [number, number][] = [];
    for (let o = model.start[u]!; o < model.start[u + 1]!; o++) entries.push([o, 1]);
    rows.push({entries, lower: 1, upper: 1});
  }
  arcs.forEach((list, k) =>
    list.forEach(({from, to}, a) => {
      // Paid when `from` is public and `to` dedicated.
      rows.push({
        entries: [...dedicated(to, 1), ...dedicated(from, -1), [first[k]! + a, -1]],
        lower: -Infinity,
        upper: 0,
      });
    }),
  );
  const uses: [number, number][][] = model.resources.map(() => []);
  for (let o = 0; o < options; o++)
    for (let k = model.useStart[o]!; k < model.useStart[o + 1]!; k++)
      uses[model.useOf[k]!]!.push([o, model.amount[k]!]);
  uses.forEach((entries, r) => {
    const {limit} = model.resources[r]!;
    const size = Math.max(1, limit);
    rows.push({
      entries: entries.map(([o, value]) => [o, value / size]),
      lower: -Infinity,
      upper: limit / size,
    });
  });
  const costOf = (k: number): [number, number][] => [
    ...Array.from(model.values[k]!, (value, o): [number, number] => [o, value]),
    ...arcs[k]!.map(({weight}, a): [number, number] => [first[k]! + a, weight]),
  ];
  caps.forEach((cap, k) => {
    const size = Math.max(1, cap);
    rows.push({
      entries: costOf(k)
        .filter(([, value]) => value !== 0)
        .map(([column, value]) => [column, value / size]),
      lower: -Infinity,
      upper: (cap + 0.5) / size,
    });
  });
  const cost = new Float64Array(columns);
  for (const [column, value] of costOf(level)) cost[column] = value;
  const starts = [0];
  for (const {entries} of rows) starts.push(starts.at(-1)! + entries.length);
  return {
    columns,
    cost,
    integer: Uint8Array.from({length: columns}, (_, c) => Number(c < options)),
    rows: {
      starts: Int32Array.from(starts),
      indices: Int32Array.from(rows.flatMap(({entries}) => entries.map(([column]) => column))),
      values: Float64Array.from(rows.flatMap(({entries}) => entries.map(([, value]) => value))),
      lower: Float64Array.from(rows, ({lower}) => lower),
      upper: Float64Array.from(rows, ({upper}) => upper),
    },
  };
}

function chosenBy(model: ChoiceModel, columns: Float64Array): Uint32Array {
  return Uint32Array.from({length: model.units}, (_, u) => {
    let best = model.start[u]!;
    for (let o = best; o < model.start[u + 1]!; o++) if (columns[o]! > columns[best]!) best = o;
    return best;
  });
}
