import {maxFlow} from '../../graph/max-flow.ts';
import {combine, energy, type Level} from '../solve/level.ts';
import {solveLexicographic} from '../solve/lexicographic.ts';
import type {Values} from './weight-space.ts';

/** Largest sum the cuts may reach. */
const LARGEST = 2 ** 50;

/** Whole weights of the levels; `exact` = in the very proportions asked for. */
export interface Weights {
  values: [number, number, number];
  exact: boolean;
}

/** Three objectives that can be weighed against each other, one minimum cut per question. */
export interface WeightedCuts {
  /** Least weighted sum over all plans. */
  least(weights: Weights): number;
  /** The plan of least weighted sum; of equals the one of least risk, then cost, then churn, and so a corner of the front. */
  best(weights: Weights): {labels: Uint8Array; values: Values};
  /** The plan of least value on one objective, then on the others in order. */
  first(order: [number, number, number]): {labels: Uint8Array; values: Values};
  valuesOf(labels: ArrayLike<number>): Values;
  /** Whole weights near the given proportions, small enough for exact sums. */
  fit(weights: readonly bigint[] | readonly number[]): Weights;
  /** Cuts made so far, and what they cost in visits of units and arcs. */
  spent(): {cuts: number; work: number};
}

export function weightedCuts(units: number, levels: [Level, Level, Level]): WeightedCuts {
  const offsets = levels.map(offset);
  // What both classes pay is left out, so that larger weights stay exact; any level may come first, so all of them forbid.
  const plain = levels.map((level) => withoutOffset(level, levels[0].unary));
  const totals = plain.map(total);
  const perCut = units + levels.reduce((sum, {tail}) => sum + tail.length, 0);
  let [cuts, work] = [0, 0];
  const valuesOf = (labels: ArrayLike<number>): Values =>
    levels.map((level) => energy(level, labels)) as [number, number, number];
  const solve = (order: Level[]): {labels: Uint8Array; values: Values} => {
    cuts += order.length;
    work += order.length * perCut;
    const {labels} = solveLexicographic(units, order);
    return {labels, values: valuesOf(labels)};
  };
  return {
    valuesOf,
    spent: () => ({cuts, work}),
    first: (order) => solve(order.map((k) => plain[k]!)),
    best: ({values}) => solve([combine('weighted', plain, values), ...plain]),
    least({values}) {
      cuts++;
      work += perCut;
      const {unary, tail, head, forward, backward} = combine('weighted', plain, values);
      const source = Float64Array.from({length: units}, (_, u) => unary[2 * u + 1]!);
      const sink = Float64Array.from({length: units}, (_, u) => unary[2 * u]!);
      const {flow} = maxFlow({nodes: units, source, sink, tail, head, forward, backward});
      return values.reduce((sum, weight, k) => sum + weight * offsets[k]!, flow);
    },
    fit(weights) {
      const given = weights.map(Number);
      const fits = (tried: number[]): boolean =>
        tried.reduce((sum, weight, k) => sum + weight * (totals[k]! + offsets[k]!), 0) <= LARGEST;
      const whole = given.every((weight) => Number.isSafeInteger(weight));
      if (whole && fits(given)) return {values: given as Weights['values'], exact: true};
      const sum = given.reduce((all, weight, k) => all + weight * (totals[k]! + offsets[k]! + 1), 0);
      const scale = LARGEST / 2 / sum;
      const near = given.map((weight) => (weight > 0 ? Math.max(1, Math.round(weight * scale)) : 0));
      return {values: near as Weights['values'], exact: false};
    },
  };
}

function offset({unary}: Level): number {
  let sum = 0;
  for (let u = 0; u < unary.length; u += 2) sum += Math.min(unary[u]!, unary[u + 1]!);
  return sum;
}

function withoutOffset(level: Level, forbids: Float64Array): Level {
  const unary = level.unary.map((value, k) => {
    const least = Math.min(level.unary[k - (k % 2)]!, level.unary[k - (k % 2) + 1]!);
    return forbids[k] === Infinity ? Infinity : value - least;
  });
  return {...level, unary};
}

function total({unary, forward, backward}: Level): number {
  let sum = 0;
  for (const list of [unary, forward, backward])
    for (const value of list) if (value !== Infinity) sum += value;
  return sum;
}
