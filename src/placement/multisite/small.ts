import type {Arranged} from './arrange.ts';
import {passOn} from './pair-table.ts';

/**
 * Exact choice on a tree, leaves first (dynamic programming). Writes the sites of its units, and messages towards the
 * earlier unit of each edge that prove them.
 */
export function solveTree(
  arranged: Arranged,
  units: number[],
  chosen: Uint16Array,
  messages: Float64Array,
): void {
  const {sites, unary, first, backFirst, back, tail, head, weight, table, tables} = arranged;
  const up = new Map<number, number>([[units[0]!, -1]]);
  const order = [units[0]!];
  for (let at = 0; at < order.length; at++) {
    const u = order[at]!;
    for (const e of edgesOf(u)) {
      const v = tail[e] === u ? head[e]! : tail[e]!;
      if (up.has(v)) continue;
      up.set(v, e);
      order.push(v);
    }
  }
  const sums = new Map(order.map((u) => [u, unary.slice(u * sites, (u + 1) * sites)]));
  const passed = new Float64Array(sites);
  for (const u of order.toReversed()) {
    const e = up.get(u)!;
    if (e < 0) continue;
    const own = sums.get(u)!;
    const forward = tail[e] === u;
    const parent = forward ? head[e]! : tail[e]!;
    passOn(tables[table[e]! ^ (forward ? 0 : 1)]!, weight[e]!, own, passed);
    const above = sums.get(parent)!;
    for (let s = 0; s < sites; s++) {
      above[s]! += passed[s]!;
      const message = forward ? -own[s]! : passed[s]!;
      const end = unary[(forward ? u : parent) * sites + s];
      messages[e * sites + s] = end === Infinity ? 0 : message;
    }
  }
  for (const u of order) {
    const e = up.get(u)!;
    const own = sums.get(u)!;
    let best = -1;
    let least = Infinity;
    for (let s = 0; s < sites; s++) {
      let value = own[s]!;
      if (e >= 0) {
        const forward = tail[e] === u;
        const parent = chosen[forward ? head[e]! : tail[e]!]!;
        const {costs} = tables[table[e]!]!;
        value += weight[e]! * costs[forward ? s * sites + parent : parent * sites + s]!;
      }
      if (value >= least) continue;
      best = s;
      least = value;
    }
    chosen[u] = best;
  }

  function edgesOf(u: number): number[] {
    const found: number[] = [];
    for (let e = first[u]!; e < first[u + 1]!; e++) found.push(e);
    for (let k = backFirst[u]!; k < backFirst[u + 1]!; k++) found.push(back[k]!);
    return found;
  }
}

/** Tries every choice of a few units, except where what is paid already is too much. Writes the best; returns its value. */
export function solveByTrying(arranged: Arranged, units: number[], chosen: Uint16Array): number {
  const {sites, unary, backFirst, back, tail, weight, table, tables} = arranged;
  let least = Infinity;
  let best: number[] = [];
  const now = new Map<number, number>();
  const visit = (at: number, paid: number): void => {
    if (paid >= least) return;
    if (at === units.length) {
      least = paid;
      best = units.map((u) => now.get(u)!);
      return;
    }
    const u = units[at]!;
    for (let s = 0; s < sites; s++) {
      let sum = paid + unary[u * sites + s]!;
      if (sum >= least) continue;
      for (let k = backFirst[u]!; k < backFirst[u + 1]!; k++) {
        const e = back[k]!;
        sum += weight[e]! * tables[table[e]!]!.costs[now.get(tail[e]!)! * sites + s]!;
      }
      now.set(u, s);
      visit(at + 1, sum);
    }
  };
  visit(0, 0);
  units.forEach((u, at) => (chosen[u] = best[at]!));
  return least;
}
