import {maxFlow, SINK, type FlowResult} from '../../graph/max-flow.ts';
import type {ChoiceModel} from './model.ts';

/** Sums of scaled numbers stay exact below this. */
const LARGEST = 2 ** 50;

/** Prices as fractions `multipliers[r] / scale`, milli-points per integer unit of use. */
export interface Prices {
  scale: number;
  multipliers: Float64Array;
}

/** One evaluation of the Lagrangian dual of the first level: the minimum of value plus priced use. */
export interface DualPoint extends Prices {
  /** No choice that keeps all limits is worth less than this. */
  bound: number;
  flow: FlowResult;
  /** The minimising option of every unit. */
  chosen: Uint32Array;
  /** Cheapest option per `2*u + class` at these prices. */
  pick: Int32Array;
  /** Priced cost of that option, times `scale`; `Infinity` = class closed. */
  unary: Float64Array;
  /** Present when the bound is that of cases that cover all choices: the smallest of theirs. */
  leaves?: Leaf[];
}

/** One case: some units are held to a class. */
export interface Leaf {
  held: {unit: number; label: 0 | 1}[];
  point: DualPoint;
}

/**
 * Integer multipliers near the given prices, with the largest power of two as scale, up to 2^20, that keeps all sums exact:
 * of the first level and of all use at these prices.
 */
export function rounded(model: ChoiceModel, prices: Float64Array): Prices {
  const {resources, useOf, amount} = model;
  const most = new Float64Array(resources.length);
  for (let k = 0; k < useOf.length; k++) most[useOf[k]!]! += amount[k]!;
  let total = levelTotal(model);
  for (let r = 0; r < most.length; r++)
    total += Math.max(0, prices[r]!) * Math.max(1, most[r]!, resources[r]!.limit);
  const scale = 2 ** Math.max(0, Math.min(20, Math.floor(Math.log2(LARGEST / 2 / total))));
  const room = LARGEST / 2 / Math.max(1, resources.length);
  // Beyond that, which only prices no limit is worth reach, they are cut to what is still exact.
  const fits = total * scale <= LARGEST / 2;
  const multipliers = prices.map((price, r) => {
    const near = Math.max(0, Math.round(price * scale));
    return fits ? near : Math.min(near, Math.floor(room / Math.max(1, most[r]!, resources[r]!.limit)));
  });
  return {scale, multipliers};
}

function levelTotal({values, levels}: ChoiceModel): number {
  const {forward, backward} = levels[0]!;
  let total = 1;
  for (const part of [values[0]!, forward, backward]) for (const value of part) total += value;
  return total;
}

/**
 * L(λ) by one minimum cut: with prices in place of limits every unit takes its cheapest site of either class.
 * @param held units that may take one class only
 */
export function evaluateDual(
  model: ChoiceModel,
  {scale, multipliers}: Prices,
  held: Leaf['held'] = [],
): DualPoint {
  const {units} = model;
  const {unary, pick} = pricedUnary(model, {scale, multipliers});
  for (const {unit, label} of held) unary[2 * unit + 1 - label] = Infinity;
  const source = new Float64Array(units);
  const sink = new Float64Array(units);
  for (let u = 0; u < units; u++) {
    source[u] = unary[2 * u + 1]!;
    sink[u] = unary[2 * u]!;
  }
  const {tail, head, forward, backward} = model.levels[0]!;
  const times = (value: number): number => value * scale;
  const flow = maxFlow({
    nodes: units,
    source,
    sink,
    tail,
    head,
    forward: forward.map(times),
    backward: backward.map(times),
  });
  const chosen = new Uint32Array(units);
  for (let u = 0; u < units; u++) chosen[u] = pick[2 * u + (flow.side[u] === SINK ? 1 : 0)]!;
  let paid = flow.flow;
  model.resources.forEach(({limit}, r) => (paid -= multipliers[r]! * limit));
  return {scale, multipliers, bound: Math.ceil(paid / scale), flow, chosen, pick, unary};
}

/** Cheapest option of each class at these prices; the earlier one of equals. */
export function pricedUnary(
  {units, start, label, values, useStart, useOf, amount}: ChoiceModel,
  {scale, multipliers}: Prices,
): {unary: Float64Array; pick: Int32Array} {
  const unary = new Float64Array(2 * units).fill(Infinity);
  const pick = new Int32Array(2 * units).fill(-1);
  const first = values[0]!;
  for (let u = 0; u < units; u++) {
    for (let o = start[u]!; o < start[u + 1]!; o++) {
      let cost = scale * first[o]!;
      for (let k = useStart[o]!; k < useStart[o + 1]!; k++) cost += multipliers[useOf[k]!]! * amount[k]!;
      const slot = 2 * u + label[o]!;
      if (cost >= unary[slot]!) continue;
      unary[slot] = cost;
      pick[slot] = o;
    }
  }
  return {unary, pick};
}
