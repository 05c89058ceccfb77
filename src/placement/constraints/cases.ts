import {climb, type Ascent, type Climb} from './ascent.ts';
import type {DualPoint, Leaf} from './dual.ts';
import type {ChoiceModel} from './model.ts';

/** Most cases a bound is made of, numbers all of them may write into the plan, and the price steps of each. */
const MOST = 48;
const NUMBERS = 5e5;
const STEPS = 25;
/** Units and arcs looked at in all steps together. */
const WORK = 2e7;
/** Every so many steps a plan is made of the minimum: that takes longer than the minimum. */
const OFFER = 5;

interface Open {
  held: Leaf['held'];
  ascent: Ascent;
}

/**
 * Raises a bound by cases: the one with the smallest bound is divided in two, by the class of a unit that counts for much
 * of the limits and leans to neither class, until the smallest bound is high enough or there are enough cases.
 * What each case proves is kept, so that the whole can be checked.
 */
export function byCases(
  model: ChoiceModel,
  root: Ascent,
  told: Omit<Climb, 'steps' | 'prices' | 'held'>,
  report: (bound: number) => void,
): DualPoint {
  const weight = weights(model);
  const visit = (step: number, chosen: Uint32Array): void => {
    if (step % OFFER === 0) told.visit(0, chosen);
  };
  const cost = STEPS * (model.units + model.levels[0]!.tail.length);
  const most = Math.min(MOST, NUMBERS / (3 * model.units + model.levels[0]!.tail.length));
  let cases: Open[] = [{held: [], ascent: root}];
  for (let left = WORK; cases.length < most && left > 2 * cost; left -= 2 * cost) {
    const lowest = cases.reduce((best, one) => (one.ascent.dual.bound < best.ascent.dual.bound ? one : best));
    report(lowest.ascent.dual.bound);
    if (told.enough(lowest.ascent.dual.bound) || told.expired()) break;
    const unit = divider(model, lowest, weight);
    if (unit === -1) break;
    const {multipliers, scale} = lowest.ascent.dual;
    const prices = multipliers.map((multiplier) => multiplier / scale);
    const halves = ([0, 1] as const).map((label): Open => {
      const held = [...lowest.held, {unit, label}];
      return {held, ascent: climb(model, {...told, visit, steps: STEPS, prices, held})};
    });
    cases = cases.flatMap((one) => (one === lowest ? halves : [one]));
  }
  if (cases.length === 1) return root.dual;
  const leaves = cases.map(({held, ascent}): Leaf => ({held, point: ascent.dual}));
  return {...root.dual, bound: Math.min(...leaves.map(({point}) => point.bound)), leaves};
}

/** The largest difference, as a share of a limit, that the class of each unit makes to what is used. */
function weights({units, start, label, useStart, useOf, amount, resources}: ChoiceModel): Float64Array {
  return Float64Array.from({length: units}, (_, u) => {
    let [least, most] = [Infinity, 0];
    const seen = [false, false];
    for (let o = start[u]!; o < start[u + 1]!; o++) {
      seen[label[o]!] = true;
      let sum = 0;
      for (let k = useStart[o]!; k < useStart[o + 1]!; k++)
        sum += amount[k]! / Math.max(1, resources[useOf[k]!]!.limit);
      least = Math.min(least, sum);
      most = Math.max(most, sum);
    }
    return seen[0] && seen[1] ? most - least : 0;
  });
}

function divider({units}: ChoiceModel, {held, ascent: {leaning}}: Open, weight: Float64Array): number {
  const taken = new Set(held.map(({unit}) => unit));
  let best = -1;
  let most = 0;
  for (let u = 0; u < units; u++) {
    const undecided = Math.min(leaning[u]!, 1 - leaning[u]!);
    const score = weight[u]! * undecided;
    if (score <= most || taken.has(u)) continue;
    [best, most] = [u, score];
  }
  return best;
}
