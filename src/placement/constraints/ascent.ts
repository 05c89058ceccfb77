import type {Stop} from '../solve/task.ts';
import {type DualPoint, evaluateDual, type Leaf, rounded} from './dual.ts';
import {type ChoiceModel, usedBy} from './model.ts';

/** The highest bound found, and what led there. */
export interface Ascent {
  dual: DualPoint;
  /** Per unit: how often it was dedicated in the minima passed, later ones counting more; 0 … 1. */
  leaning: Float64Array;
  steps: number;
  stopped: Stop | null;
}

/** What an ascent is told and asks. */
export interface Climb {
  steps: number;
  /** Prices to begin with. */
  prices: Float64Array;
  held: Leaf['held'];
  expired: () => Stop | null;
  /** Value of the best choice known; null = none. */
  target: () => number | null;
  /** True when this bound is high enough. */
  enough: (bound: number) => boolean;
  /** Told the minimum of every step. */
  visit: (step: number, chosen: Uint32Array) => void;
}

/**
 * Raises the bound of the first level by a deflected subgradient with Polyak's step (Held, Wolfe & Crowder 1974;
 * Camerini, Fratta & Maffioli 1975). The bound is that of integer multipliers, so it can be checked exactly.
 */
export function climb(model: ChoiceModel, {held, ...told}: Climb): Ascent {
  const {resources} = model;
  const size = resources.map(({limit}) => Math.max(1, limit));
  const prices = told.prices.slice();
  const leaning = new Float64Array(model.units);
  let direction = new Float64Array(resources.length);
  let dual = evaluateDual(model, rounded(model, prices), held);
  let point = dual;
  let theta = 1;
  let idle = 0;
  let step = 0;
  let stopped: Stop | null = null;
  for (; step < told.steps; step++) {
    stopped = told.expired();
    if (stopped || told.enough(dual.bound)) break;
    const weight = Math.max(0.1, 1 / (step + 1));
    for (let u = 0; u < leaning.length; u++)
      leaning[u] = (1 - weight) * leaning[u]! + weight * model.label[point.chosen[u]!]!;
    const used = usedBy(model, point.chosen);
    const slope = resources.map(({limit}, r) => {
      const raw = (used[r]! - limit) / size[r]!;
      return raw < 0 && prices[r] === 0 ? 0 : raw;
    });
    direction = direction.map((old, r) => slope[r]! + 0.5 * old);
    const norm = direction.reduce((sum, value) => sum + value * value, 0);
    if (norm < 1e-18) break;
    const target = told.target() ?? dual.bound + 0.05 * Math.abs(dual.bound) + 1000;
    const length = (theta * Math.max(1, target - point.bound)) / norm;
    for (let r = 0; r < prices.length; r++)
      prices[r] = Math.max(0, prices[r]! + (length * direction[r]!) / size[r]!);
    point = evaluateDual(model, rounded(model, prices), held);
    if (point.bound > dual.bound) {
      dual = point;
      idle = 0;
    } else if (++idle >= 5) {
      theta /= 2;
      idle = 0;
      prices.set(dual.multipliers.map((multiplier) => multiplier / dual.scale));
      direction.fill(0);
      point = dual;
    }
    told.visit(step, point.chosen);
  }
  return {dual, leaning, steps: step, stopped};
}
