import type {Control, Stop} from '../../solve/task.ts';
import {type DualPoint, evaluateDual, rounded} from '../dual.ts';
import type {Kept} from '../lagrange.ts';
import {type ChoiceModel, excess, usedBy, valueOf} from '../model.ts';
import {incidences, LocalSearch} from '../search.ts';
import {branch} from './branch.ts';
import {joined} from './components.ts';
import {dive} from './dive.ts';
import {pairModel, pairValues} from './pairs.ts';
import {reduce} from './reduce.ts';
import {roofDual} from './roof.ts';

/** What is known of a model whose limits are pairs that must be apart. */
export interface Apart {
  best: Kept | null;
  /** The choice with the fewest pairs together when none keeps all apart. */
  least: Uint32Array;
  /** The bound of the relaxation, as prices that anybody can check. */
  dual: DualPoint;
  /** How many units have their class proven by the relaxation alone. */
  proven: number;
  /** How many more the search settled. */
  searched: number;
  /** How many levels, from the first one, are proven optimal; the proof of the searched ones is not in the prices. */
  levels: number;
  /** True when it is proven that not all pairs can be apart. */
  impossible: boolean;
  stopped: Stop | null;
}

/** Largest set of joined units that is searched, and the work all searches get. */
const LARGEST = 400;
const WORK = 4e6;

/**
 * Pairs that must be apart: roof duality settles most classes with proof, branch and bound the rest where it is small,
 * and a dive what is left. Pairs that can be kept apart within a class are settled by those, too.
 * @param first a choice whose classes stand in where nothing is known
 */
export function solveApart(model: ChoiceModel, first: Uint32Array, control: Control): Apart {
  const {problem, pick} = pairModel(model);
  const roof = roofDual(problem);
  const labels = roof.labels.slice();
  const open = labels.reduce((sum, label) => sum + (label === -1 ? 1 : 0), 0);
  let exact = true;
  let searched = 0;
  let work = WORK;
  for (const members of open > 0 ? joined(problem, labels, false) : []) {
    const only = new Uint8Array(model.units);
    for (const u of members) only[u] = 1;
    if (members.length > LARGEST || work <= 0 || control.expired()) {
      exact = false;
      continue;
    }
    const part = reduce(problem, roof.labels, only);
    const found = branch(part.problem, work);
    work -= found.work;
    exact &&= found.exact;
    if (found.exact) searched += members.length;
    found.labels.forEach((label, k) => (labels[part.unitOf[k]!] = label));
  }
  const classes = labels.includes(-1)
    ? dive(
        problem,
        labels,
        Uint8Array.from(first, (o) => model.label[o]!),
      )
    : Uint8Array.from(labels);
  const chosen = Uint32Array.from(classes, (label, u) => pick[2 * u + label]!);
  const proposed = pairValues(problem, classes);
  const best = repaired(model, chosen);
  return {
    best: best && excess(model, usedBy(model, best.chosen)) === 0 ? best : null,
    least: chosen,
    dual: priced(model, problem.pairs.resource, roof.prices),
    proven: model.units - open,
    searched,
    levels: best ? sameLevels(best.values, proposed, roof.flows, exact) : 0,
    impossible: exact && proposed[0]! > 0,
    stopped: control.expired(),
  };
}

/** The choice with what breaks a limit moved elsewhere, then improved unit by unit; null when that fails. */
function repaired(model: ChoiceModel, chosen: Uint32Array): Kept | null {
  const search = new LocalSearch(model, chosen, incidences(model));
  if (!search.repair()) return null;
  search.improve(4, 0);
  return {chosen: search.chosen, values: model.levels.map((_, k) => valueOf(model, k, search.chosen))};
}

/** How many levels the values meet what is proven: the search when it was complete, else the relaxation alone. */
function sameLevels(values: number[], proposed: number[], flows: number[], exact: boolean): number {
  const proven = exact ? proposed : flows.map((flow) => flow / 2);
  if (proven[0] !== 0) return 0;
  const differs = values.findIndex((value, k) => value !== proven[k + 1]);
  return differs === -1 ? values.length : differs;
}

function priced(model: ChoiceModel, resource: Uint32Array, twice: Float64Array): DualPoint {
  const prices = new Float64Array(model.resources.length);
  resource.forEach((r, p) => (prices[r] = prices[r]! + twice[p]! / 2));
  return evaluateDual(model, rounded(model, prices));
}
