import type {Decision, Flip} from '../../../model/plan.ts';
import type {Level} from '../../solve/level.ts';
import type {Steps} from '../../solve/task.ts';
import type {LimitedTrial} from './limited-trial.ts';
import {smallest} from './smallest.ts';
import {flipAt} from './trial.ts';

/**
 * Where a plan is known that is no worse on the first level with the workload in its other class: by how much, in whole
 * units of the currency, its class would have to be dearer for it to go there.
 */
export function* priceFlipsWithinLimits(
  trial: LimitedTrial,
  workload: number,
  regretRange: Decision['regretRange'],
  currency: string | null,
): Steps<Flip[]> {
  const {problem} = trial.plan;
  const {settings, sites} = problem.input;
  if (settings.objective !== 'lexicographic' || currency === null) return [];
  if (!regretRange || regretRange.hi === null || regretRange.hi > 0) return [];
  const unit = problem.unitOf[workload]!;
  const {start, site} = trial.limited.built.model;
  const own = sites[trial.sites[workload]!];
  if (!own) return [];
  const options = Array.from(site.subarray(start[unit], start[unit + 1]));
  const same = options.filter((s) => sites[s]?.class === own.class);
  const most = Math.ceil(everything(problem.cost) / 100) + 1;
  const there = yield* trial.dearer(unit, 100 * most);
  if ((yield* flipAt(trial, workload, there, {kind: 'price', change: ''})).length === 0) return [];
  const steps = yield* smallest(most, 1, function* tried(dearer) {
    const at = yield* trial.dearer(unit, 100 * dearer);
    return at && at[workload] === there![workload];
  });
  if (steps === null) return [];
  const where = same.length > 1 ? `any ${own.class} site` : own.id;
  const change = `${steps}.00 ${currency} per month more at ${where}`;
  return yield* flipAt(trial, workload, there, {kind: 'price', change});
}

/** More than any two plans differ by on a level. */
function everything({unary, forward, backward}: Level): number {
  const sum = (values: Float64Array): number =>
    values.reduce((total, value) => total + (value === Infinity ? 0 : Math.abs(value)), 0);
  return sum(unary) + sum(forward) + sum(backward);
}
