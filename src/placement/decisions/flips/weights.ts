import type {Flip} from '../../../model/plan.ts';
import {type Lever, levers} from '../../tradeoffs/levers.ts';
import {flipAt, type Trial} from './trial.ts';

/** Weights named per decision. */
const MOST = 2;

/**
 * Weights whose change alone sends a workload elsewhere, those that need least of it first: tried at the end of their
 * range, then halved down to one step. What is told was solved; a smaller change in between is possible.
 */
export function createWeightFlips(trial: Trial): (workload: number) => Flip[] {
  const all = levers(trial.plan.problem.input);
  const known = new Map<string, Int32Array>();
  const at = (lever: Lever, steps: number): Int32Array | null => {
    const key = `${lever.weight} ${steps}`;
    const found = known.get(key) ?? trial.of(lever.at(valueOf(lever, steps)));
    if (found) known.set(key, found);
    return found;
  };
  return (workload) => {
    const found = all.flatMap((lever) =>
      ([-1, 1] as const).flatMap((direction) => {
        const end = direction > 0 ? lever.to : lever.from;
        let far = direction * Math.floor(Math.abs(end - lever.value) / lever.step + 1e-9);
        let there = far === 0 ? null : at(lever, far);
        if (!there || there[workload] === trial.sites[workload]) return [];
        for (let near = 0; Math.abs(far - near) > 1;) {
          const middle = Math.trunc((near + far) / 2);
          const sites = at(lever, middle);
          if (!sites) return [];
          if (sites[workload] === trial.sites[workload]) near = middle;
          else [far, there] = [middle, sites];
        }
        const value = valueOf(lever, far);
        const change = `${lever.weight} at ${value} instead of ${lever.value} ${lever.unit}`;
        const flip = {kind: 'weight' as const, change, id: lever.weight};
        return flipAt(trial, workload, there, flip).map((told) => ({
          told,
          far: Math.abs(value - lever.value) / lever.value,
        }));
      }),
    );
    return found
      .toSorted((a, b) => a.far - b.far)
      .slice(0, MOST)
      .map(({told}) => told);
  };
}

function valueOf({value, step}: Lever, steps: number): number {
  return Math.max(0, Number((value + steps * step).toFixed(9)));
}
