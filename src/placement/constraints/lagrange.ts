import type {Control, Stop} from '../solve/task.ts';
import {pairModel} from './apart/pairs.ts';
import {roofDual} from './apart/roof.ts';
import {contradiction} from './conflict.ts';
import {evaluateDual, rounded, scaleOf, type DualPoint} from './dual.ts';
import {type ChoiceModel, compareValues, excess, usedBy, valueOf} from './model.ts';
import {incidences, LocalSearch} from './search.ts';

/** When to stop. Deterministic by default: without a clock only steps and the gap count. */
export interface Effort extends Control {
  steps: number;
  /** Stop as soon as the gap is at most this share of the value. */
  maxGap: number;
}

/** A choice that keeps all limits, level by level the best that was found. */
export interface Kept {
  chosen: Uint32Array;
  values: number[];
}

export interface Priced {
  best: Kept | null;
  /** The choice with the least excess when none keeps all limits. */
  least: Uint32Array;
  dual: DualPoint;
  /** Prices that prove that nothing keeps all limits; null = none were found. */
  contradiction: Float64Array | null;
  steps: number;
  /** Set when it was ended before it was done. */
  stopped: Stop | null;
}

/** Changes looked at in exchanges, in all repairs of a run together. */
const EXCHANGES = 4e6;

/**
 * Limits priced instead of enforced: every price vector gives a lower bound by one minimum cut, and its optimum, repaired,
 * a choice that keeps the limits. Prices follow a deflected subgradient with Polyak's step (Held, Wolfe & Crowder 1974;
 * Camerini, Fratta & Maffioli 1975). The bound is that of integer multipliers, so it can be checked exactly.
 * @param first the exact optimum without limits, from which the first choice is repaired
 */
export function lagrange(model: ChoiceModel, first: Uint32Array, effort: Effort): Priced {
  const impossible = contradiction(model);
  const {resources} = model;
  const scale = scaleOf(model);
  const incident = incidences(model);
  const size = resources.map(({limit}) => Math.max(1, limit));
  const most = impossible ? 0 : effort.steps;
  let exchanges = model.units <= 3000 ? EXCHANGES : 0;
  let best: Kept | null = null;
  let least = first;
  const offer = (chosen: Uint32Array): void => {
    const search = new LocalSearch(model, chosen, incident);
    const kept = search.repair();
    if (!kept) {
      if (excess(model, search.used) < excess(model, usedBy(model, least))) least = search.chosen;
      return;
    }
    search.improve(4, Math.min(exchanges, EXCHANGES / 20));
    exchanges -= Math.min(exchanges, EXCHANGES / 20);
    const values = model.levels.map((_, k) => valueOf(model, k, search.chosen));
    if (!best || compareValues(values, best.values) < 0) best = {chosen: search.chosen, values};
  };
  offer(first);

  const prices = apartPrices(model);
  let direction = new Float64Array(resources.length);
  let dual = evaluateDual(model, rounded(model, scale, prices));
  let point = dual;
  let theta = 1;
  let idle = 0;
  let step = 0;
  const every = model.units > 200_000 ? 6 : model.units > 20_000 ? 3 : 1;
  let stopped: Stop | null = null;
  for (; step < most; step++) {
    stopped = effort.expired();
    if (stopped) break;
    const gap = best ? (best as Kept).values[0]! - dual.bound : null;
    effort.progress(gap === null ? null : gap / Math.max(1, (best as Kept | null)!.values[0]!));
    if (gap !== null && gap <= effort.maxGap * (best as Kept | null)!.values[0]!) break;
    const used = usedBy(model, point.chosen);
    const slope = resources.map(({limit}, r) => {
      const raw = (used[r]! - limit) / size[r]!;
      return raw < 0 && prices[r] === 0 ? 0 : raw;
    });
    direction = direction.map((old, r) => slope[r]! + 0.5 * old);
    const norm = direction.reduce((sum, value) => sum + value * value, 0);
    if (norm < 1e-18) break;
    const target = best ? (best as Kept).values[0]! : dual.bound + 0.05 * Math.abs(dual.bound) + 1000;
    const length = (theta * Math.max(1, target - point.bound)) / norm;
    for (let r = 0; r < prices.length; r++)
      prices[r] = Math.max(0, prices[r]! + (length * direction[r]!) / size[r]!);
    point = evaluateDual(model, rounded(model, scale, prices));
    if (point.bound > dual.bound) {
      dual = point;
      idle = 0;
    } else if (++idle >= 5) {
      theta /= 2;
      idle = 0;
      prices.set(dual.multipliers.map((multiplier) => multiplier / scale));
      direction.fill(0);
      point = dual;
    }
    if (step % every === 0) offer(point.chosen);
  }
  offer(dual.chosen);
  return {best: impossible ? null : best, least, dual, contradiction: impossible, steps: step, stopped};
}

/** Prices to begin with: those of roof duality for pairs that must be apart, none for everything else. */
function apartPrices(model: ChoiceModel): Float64Array {
  const prices = new Float64Array(model.resources.length);
  if (!model.resources.some(({kind}) => kind === 'apart')) return prices;
  const {problem} = pairModel(model);
  const twice = roofDual(problem).prices;
  problem.pairs.resource.forEach((r, p) => (prices[r] = prices[r]! + twice[p]! / 2));
  return prices;
}
