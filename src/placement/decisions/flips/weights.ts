import type {Flip} from '../../../model/plan.ts';
import {type Lever, levers} from '../../tradeoffs/levers.ts';
import type {Steps} from '../../solve/task.ts';
import {flipAt, type Trial} from './trial.ts';

/** Weights named per decision. */
const MOST = 2;

/**
 * Weights whose change alone sends a workload elsewhere, those that need least of it first: tried at the end of their
 * range, then halved down to one step. What is told was solved; a smaller change in between is possible.
 */
export function createWeightFlips(trial: Trial): (workload: number) => Steps<Flip[]> {
  const all = levers(trial.plan.problem.input);
  const known = new Map<string, Int32Array>();
  return function* flipsOf(workload) {
    const found: {told: Flip; far: number}[] = [];
    for (const lever of all)
      for (const direction of [-1, 1] as const) found.push(...(yield* nearest(workload, lever, direction)));
    return found
      .toSorted((a, b) => a.far - b.far)
      .slice(0, MOST)
      .map(({told}) => told);
  };

  function* at(lever: Lever, steps: number): Steps<Int32Array | null> {
    const key = `${lever.weight} ${steps}`;
    const found = known.get(key) ?? (yield* trial.of(lever.at(valueOf(lever, steps))));
    if (found) known.set(key, found);
    return found;
  }

  function* nearest(workload: number, lever: Lever, direction: -1 | 1): Steps<{told: Flip; far: number}[]> {
    const end = direction > 0 ? lever.to : lever.from;
    let far = direction * Math.floor(Math.abs(end - lever.value) / lever.step + 1e-9);
    let there = far === 0 ? null : yield* at(lever, far);
    if (!there || there[workload] === trial.sites[workload]) return [];
    for (let near = 0; Math.abs(far - near) > 1;) {
      const middle = Math.trunc((near + far) / 2);
      const sites = yield* at(lever, middle);
      if (!sites) return [];
      if (sites[workload] === trial.sites[workload]) near = middle;
      else [far, there] = [middle, sites];
    }
    const value = valueOf(lever, far);
    const change = `${lever.weight} at ${value} instead of ${lever.value} ${lever.unit}`;
    const told = yield* flipAt(trial, workload, there, {kind: 'weight', change, id: lever.weight});
    return told.map((one) => ({told: one, far: Math.abs(value - lever.value) / lever.value}));
  }
}

function valueOf({value, step}: Lever, steps: number): number {
  return Math.max(0, Number((value + steps * step).toFixed(9)));
}
