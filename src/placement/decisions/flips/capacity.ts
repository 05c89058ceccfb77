import type {Flip} from '../../../model/plan.ts';
import {type Raise, raiseOf, useOf} from '../../constraints/raise.ts';
import type {Steps} from '../../solve/task.ts';
import type {LimitedTrial} from './limited-trial.ts';
import {roomByPrices} from './room-by-prices.ts';
import {smallest} from './smallest.ts';

type Within = {sites: Int32Array; exceeded: string[]};

/**
 * For a workload that limits keep from its place: by how much one limit alone would have to be larger for the plan found
 * then to have it elsewhere, and that limit kept. Prices show where to look; that the raise does it, and one step less does not, is found by plans
 * made as this one was.
 */
export function createCapacityFlips(trial: LimitedTrial): (workload: number) => Steps<Flip[]> {
  const {problem} = trial.plan;
  const {limited, wanted} = trial;
  const {built, enforced, result} = limited;
  const {model} = built;
  const {resources} = model;
  const raises = new Map<number, Raise | null>();
  const known = new Map<string, Within>();
  return function* flipsOf(workload) {
    const found: Flip[] = [];
    for (const r of holdingBack(problem.unitOf[workload]!)) {
      if (!raises.has(r)) raises.set(r, raiseOf(problem.input, model, r));
      const raise = raises.get(r);
      if (raise) found.push(...(yield* raised(workload, r, raise)));
    }
    return found;
  };

  /** Limits on what it would use without them; of a unit that uses none, those that have a price for others. */
  function holdingBack(unit: number): number[] {
    const [first, chosen] = [wanted[unit]!, result.chosen[unit]!];
    if (first === chosen) return [];
    const own = enforced.filter((r) => useOf(model, first, r) > useOf(model, chosen, r));
    return own.length > 0 ? own : enforced.filter((_, k) => (result.dual?.multipliers[k] ?? 0) > 0);
  }

  function* raised(workload: number, r: number, raise: Raise): Steps<Flip[]> {
    const there = yield* at(r, raise, raise.most);
    const site = there?.sites[workload];
    if (site === undefined || site === trial.sites[workload]) return [];
    const {id, where} = resources[r]!;
    const unit = problem.unitOf[workload]!;
    const option = wanted[unit]!;
    const near = raise.stepsFor(roomByPrices(limited, unit, option, r) ?? useOf(model, option, r));
    const steps = yield* smallest(raise.most, near, function* tried(more) {
      const found = yield* at(r, raise, more);
      return found && found.sites[workload] === site && !found.exceeded.includes(id);
    });
    if (steps === null) return [];
    return [
      {
        kind: 'capacity',
        change: raise.tell(steps),
        id,
        ...(where ? {where} : {}),
        raise: raise.amount(steps),
        site: trial.nameOf(site),
      },
    ];
  }

  function* at(r: number, raise: Raise, steps: number): Steps<Within | null> {
    const key = `${r} ${steps}`;
    const found = known.get(key) ?? (yield* trial.within(raise.at(steps)));
    if (found) known.set(key, found);
    return found;
  }
}
