import type {Decision} from '../../model/plan.ts';
import {evaluateDual} from '../constraints/dual.ts';
import type {LimitedPlan} from '../constraints/limited-plan.ts';
import {type ChoiceModel, valueOf} from '../constraints/model.ts';
import {withResources} from '../constraints/options.ts';
import {incidences, LocalSearch} from '../constraints/search.ts';

/** Visits of units, arcs and options; later decisions keep no range. */
const WORK = 1e6;

/** More than any class is worse by, and small enough for exact sums. */
const PROHIBITIVE = 2 ** 40;

/**
 * What the best plan within the limits would be worse by on the first level with a unit in its other class, moves first: at
 * least what the prices of the limits prove with that class held (one minimum cut), at most what one such plan that
 * keeps the limits costs. Below zero = a better plan may exist, as far as the plan's own gap is open.
 */
export function withRegretRanges(
  limited: LimitedPlan,
  decisions: Decision[],
  unitOf: ArrayLike<number>,
): Decision[] {
  const {built, enforced, planned, result} = limited;
  const {dual} = result;
  if (!dual || result.stopped) return decisions;
  const model = withResources({...built.model, resources: [...planned]}, enforced);
  const incident = incidences(model);
  const value = valueOf(model, 0, result.chosen);
  const perUnit =
    2 * model.units + model.site.length + 2 * model.levels.reduce((sum, {tail}) => sum + tail.length, 0);
  const known = new Map<number, Decision['regretRange'] | null>();
  const order = decisions
    .map((_, w) => w)
    .sort((a, b) => Number(decisions[b]!.move) - Number(decisions[a]!.move) || a - b);
  for (const w of order) {
    const u = unitOf[w]!;
    if (known.has(u) || (known.size + 1) * perUnit > WORK) continue;
    known.set(u, rangeOf(u));
  }
  return decisions.map((decision, w) => {
    const regretRange = known.get(unitOf[w]!);
    return regretRange ? {...decision, regretRange} : decision;
  });

  function rangeOf(u: number): Decision['regretRange'] | null {
    const own = model.label[result.chosen[u]!]!;
    const other = firstOf(model, u, own === 1 ? 0 : 1);
    if (other < 0) return null;
    const held = evaluateDual(model, dual!, [{unit: u, label: own === 1 ? 0 : 1}]);
    const search = new LocalSearch(without(model, u, own), result.chosen.with(u, other), incident);
    const kept = search.repair();
    if (kept) search.improve(2, 0);
    const there = kept && model.label[search.chosen[u]!] !== own;
    return {
      level: model.levels[0]!.name,
      lo: Math.max(held.bound, dual!.bound) - value,
      hi: there ? valueOf(model, 0, search.chosen) - value : null,
    };
  }
}

/** First option of a class, or −1. */
function firstOf({start, label}: ChoiceModel, u: number, wanted: number): number {
  for (let o = start[u]!; o < start[u + 1]!; o++) if (label[o] === wanted) return o;
  return -1;
}

/** The model in which a unit takes a class only if nothing else keeps the limits. */
function without(model: ChoiceModel, u: number, label: number): ChoiceModel {
  const first = model.values[0]!.slice();
  for (let o = model.start[u]!; o < model.start[u + 1]!; o++)
    if (model.label[o] === label) first[o]! += PROHIBITIVE;
  return {...model, values: [first, ...model.values.slice(1)]};
}
