import type {Tradeoffs, WeightStability} from '../../model/plan.ts';
import {type Check, list, nullable, number, object, text} from './shape.ts';

/** The parts of a plan the ranges of weights are checked against. */
export interface WeightsClaim {
  sites: {id: string}[];
  decisions: {workload: string}[];
}

const told: Check = object({
  workloads: list(object({workload: text, site: nullable(text)})),
  total: number,
});
const shape = list(
  object({
    weight: text,
    value: number,
    lo: number,
    hi: number,
    step: number,
    loEnd: text,
    hiEnd: text,
    below: told,
    above: told,
  }),
);

/** Share of a step that decimals may be off. */
const NEAR = 1e-6;

/** So many workloads are named at an end that has more. */
const NAMED = 20;

/**
 * Whether the range of every weight is one: around its value, in whole steps, and with somebody who goes elsewhere where it
 * is said to end for that reason. The problem at other weights needs the inputs and is not solved here. Returns what is
 * wrong, in words.
 */
export function weightProblems({weights}: Pick<Tradeoffs, 'weights'>, run: WeightsClaim): string[] {
  if (weights === undefined) return [];
  const found: string[] = [];
  shape(weights, 'weights', found);
  if (found.length > 0) return found;
  const names = weights.map(({weight}) => weight);
  if (new Set(names).size !== names.length) found.push('a weight is told twice');
  const workloads = new Set(run.decisions.map(({workload}) => workload));
  const sites = new Set(run.sites.map(({id}) => id));
  for (const one of weights) {
    for (const problem of rangeProblems(one)) found.push(`weight ${one.weight} ${problem}`);
    for (const {workload, site} of [...one.below.workloads, ...one.above.workloads])
      if (!workloads.has(workload) || (site !== null && !sites.has(site)))
        found.push(`weight ${one.weight} sends ${workload} to ${site}, and the plan does not know both`);
  }
  return found;
}

function rangeProblems(one: WeightStability): string[] {
  const {value, lo, hi, step} = one;
  const found: string[] = [];
  if (!(step > 0)) found.push('has no step');
  if (!(lo >= 0 && lo <= value && value <= hi))
    found.push(`is ${value}, which is not between ${lo} and ${hi}`);
  for (const end of [lo, hi]) {
    const steps = Math.abs(end - value) / step;
    if (end !== 0 && Math.abs(steps - Math.round(steps)) > NEAR * Math.max(1, steps))
      found.push(`ends at ${end}, which is no whole step from ${value}`);
  }
  for (const [name, end, {workloads, total}] of [
    ['lower', one.loEnd, one.below],
    ['upper', one.hiEnd, one.above],
  ] as const) {
    if ((end === 'flips') !== total > 0)
      found.push(`changes ${total} workloads beyond its ${name} end, which is there for ${end}`);
    if (workloads.length !== Math.min(total, NAMED))
      found.push(`names ${workloads.length} of ${total} workloads beyond its ${name} end`);
  }
  return found;
}
