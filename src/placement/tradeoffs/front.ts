import type {Level} from '../solve/level.ts';
import {type Values, WeightSpace} from './weight-space.ts';
import {type WeightedCuts, weightedCuts, type Weights} from './weighted-cut.ts';

/** One plan of the front. */
export interface FrontPlan {
  labels: Uint8Array;
  values: Values;
  /** Whole weights of risk, cost, churn at which no plan is better, by a cut; null = reached in order of importance only. */
  weights: [number, number, number] | null;
}

export interface Front {
  plans: FrontPlan[];
  /** Position of the plan at hand. */
  chosen: number;
  /**
   * `all`: every corner of the supported front was found. `rounded`: some weights had to be rounded to stay exact, so plans
   * that are best within less than that rounding may be missing. `work`: the work was spent or enough plans were found before the end; those
   * shown are spread over the front.
   */
  complete: 'all' | 'rounded' | 'work';
  cuts: number;
}

/** What may be spent. */
export interface Effort {
  /** Visits of units and arcs. */
  work: number;
  plans: number;
}

/** With fewer cuts than this there is no front worth showing. */
const LEAST_CUTS = 40;

/**
 * The supported front of risk × cost × churn: every plan that is the only best one in all three values at some positive
 * weights, i.e. the corners of the convex hull of all plans that no other plan dominates (dichotomic search after Aneja &
 * Nair 1979 for two objectives; for three, corners of the weight map after Benson 1998). Plans inside the hull exist and
 * are not found by weights. One cut per corner tried, four levels per plan found.
 * @param labels the plan at hand; it is on the front, whatever its place
 * Null when there is too little work for anything to show.
 */
export function frontOf(
  units: number,
  levels: [Level, Level, Level],
  labels: Uint8Array,
  most: Effort,
): Front | null {
  const cuts = weightedCuts(units, levels);
  const perCut = units + levels.reduce((sum, {tail}) => sum + tail.length, 0);
  if (most.work < LEAST_CUTS * perCut) return null;
  const plans: FrontPlan[] = [{labels, values: cuts.valuesOf(labels), weights: null}];
  const ends = (
    [
      [0, 1, 2],
      [1, 0, 2],
      [2, 0, 1],
    ] as [number, number, number][]
  ).map((order) => cuts.first(order));
  for (const end of ends) offer(plans, {...end, weights: null});
  const space = new WeightSpace(rangeOf(plans.map(({values}) => values)));
  for (const {values} of plans) space.add(values);
  const {complete} = explore(space, plans, cuts, most);
  return {plans, chosen: 0, complete, cuts: cuts.spent().cuts};
}

/** Tries corner after corner of the weight map, those of the largest cells first, until none is left that could hide a plan. */
function explore(
  space: WeightSpace,
  plans: FrontPlan[],
  cuts: WeightedCuts,
  most: Effort,
): {complete: Front['complete']} {
  const tried = new Set<string>();
  let rounded = false;
  let complete: Front['complete'] | null = null;
  while (complete === null) {
    const next = nextCorner();
    if (!next) complete = rounded ? 'rounded' : 'all';
    else if (cuts.spent().work > most.work || plans.length >= most.plans) complete = 'work';
    else {
      improve(next, space, plans, cuts);
      rounded ||= !next.exact;
    }
  }
  plans.forEach((plan, own) => (plan.weights = ownWeights(space, plan, own, cuts) ?? plan.weights));
  return {complete};

  function nextCorner(): Weights | null {
    const order = plans.map((_, own) => ({own, area: space.area(own)}));
    order.sort((a, b) => b.area - a.area || a.own - b.own);
    for (const {own} of order) {
      for (const corner of space.corners(own)) {
        const weights = cuts.fit(corner);
        const key = weights.values.join();
        if (tried.has(key)) continue;
        tried.add(key);
        return weights;
      }
    }
    return null;
  }
}

/** Weights in the middle of the plan's cell, short ones if they will do. That it is best there is solved again. */
function ownWeights(
  space: WeightSpace,
  {values}: FrontPlan,
  own: number,
  cuts: WeightedCuts,
): FrontPlan['weights'] {
  const middle = space.middle(own);
  if (!middle) return null;
  const short = middle.map((weight) => Math.ceil((weight * 2 ** 16) / Math.max(...middle)));
  const found = [cuts.fit(short), cuts.fit(middle)].find(
    (weights) => cuts.least(weights) === worth(values, weights),
  );
  return found?.values ?? null;
}

/** Adds the plan that is better at these weights than all known ones, if there is one. */
function improve(weights: Weights, space: WeightSpace, plans: FrontPlan[], cuts: WeightedCuts): void {
  const known = plans.reduce((least, {values}) => Math.min(least, worth(values, weights)), Infinity);
  if (cuts.least(weights) >= known) return;
  const found = cuts.best(weights);
  if (offer(plans, {...found, weights: weights.values})) space.add(found.values);
}

function offer(plans: FrontPlan[], plan: FrontPlan): boolean {
  if (plans.some(({values}) => values.every((value, k) => value === plan.values[k]))) return false;
  plans.push(plan);
  return true;
}

function worth(values: Values, {values: weights}: Weights): number {
  return values.reduce((sum, value, k) => sum + value * weights[k]!, 0);
}

function rangeOf(known: Values[]): [number, number, number] {
  return [0, 1, 2].map((k) => {
    const of = known.map((values) => values[k]!);
    return Math.max(1, Math.max(...of) - Math.min(...of));
  }) as [number, number, number];
}
