import type {Control, Stop} from '../solve/task.ts';
import {pairModel} from './apart/pairs.ts';
import {roofDual} from './apart/roof.ts';
import {contradiction} from './conflict.ts';
import {climb} from './ascent.ts';
import {byCases} from './cases.ts';
import type {DualPoint} from './dual.ts';
import {type ChoiceModel, compareValues, excess, usedBy, valueOf} from './model.ts';
import {incidences, LocalSearch} from './search.ts';

/** When to stop. Deterministic by default: without a clock only steps and the gap count. */
export interface Effort extends Control {
  steps: number;
  /** Stop as soon as the gap is at most this share of the value. */
  maxGap: number;
  /** A choice that keeps the limits, if one is known. */
  known?: Uint32Array;
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

/** Up to so many units, exchanges are tried. */
const SMALL = 3000;

/**
 * Limits priced instead of enforced: every price vector gives a lower bound by one minimum cut, and its optimum, repaired,
 * a choice that keeps the limits. What prices alone leave between the two is narrowed by cases.
 * @param first the exact optimum without limits, from which the first choice is repaired
 */
export function lagrange(model: ChoiceModel, first: Uint32Array, effort: Effort): Priced {
  const impossible = contradiction(model);
  const incident = incidences(model);
  let exchanges = model.units <= SMALL ? EXCHANGES : 0;
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
  if (effort.known) offer(effort.known);

  const value = (): number | null => best?.values[0] ?? null;
  const every = model.units > 200_000 ? 6 : model.units > 20_000 ? 3 : 1;
  const told = {
    expired: effort.expired,
    target: value,
    enough: (bound: number): boolean => {
      const known = value();
      return known !== null && known - bound <= effort.maxGap * known;
    },
    visit: (step: number, chosen: Uint32Array): void => {
      if (step % every === 0) offer(chosen);
    },
  };
  const report = (bound: number): void => {
    const known = value();
    if (known !== null) effort.progress((known - bound) / Math.max(1, known));
  };
  const root = climb(model, {
    ...told,
    steps: impossible ? 0 : effort.steps,
    prices: apartPrices(model),
    held: [],
    enough: (bound) => {
      report(bound);
      return told.enough(bound);
    },
  });
  offer(root.dual.chosen);
  const divide = best !== null && root.stopped === null;
  const dual = divide ? byCases(model, root, told, report) : root.dual;
  return {
    best: impossible ? null : best,
    least,
    dual,
    contradiction: impossible,
    steps: root.steps,
    stopped: root.stopped ?? (divide ? effort.expired() : null),
  };
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
