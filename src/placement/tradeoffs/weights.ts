import type {Flipped, WeightStability} from '../../model/plan.ts';
import {levers} from './levers.ts';
import type {Solved} from './replan.ts';
import {type Reach, stabilitySearch} from './stability.ts';

/** Workloads named per end. */
const NAMED = 20;

/** How far each weight can be changed alone without another plan. */
export function weightStability(plan: Solved, work: number): {weights: WeightStability[]; solved: number} {
  const {input} = plan.problem;
  const search = stabilitySearch(plan);
  const all = levers(input);
  const weights = all.map((lever, k): WeightStability => {
    const share = (done: number): number => (work - search.spent()) / (2 * (all.length - k) - done);
    const [below, above] = [search.reach(lever, -1, share(0)), search.reach(lever, 1, share(1))];
    const {weight, value, unit, step} = lever;
    return {
      weight,
      value,
      unit,
      lo: below.value,
      hi: above.value,
      step,
      loEnd: below.end,
      hiEnd: above.end,
      below: named(below),
      above: named(above),
    };
  });
  return {weights, solved: search.solved()};

  function named({flips}: Reach): {workloads: Flipped[]; total: number} {
    const workloads = flips.slice(0, NAMED).map(({workload, site}) => ({
      workload: input.estate.workloads[workload]!.id,
      site: input.sites[site]?.id ?? null,
    }));
    return {workloads, total: flips.length};
  }
}
