import type {Decision, Flip} from '../../../model/plan.ts';
import type {PlanQuestions} from '../../../model/questions.ts';
import type {Steps} from '../../solve/task.ts';
import type {SiteCut} from '../cuts.ts';
import {createCapacityFlips} from './capacity.ts';
import {createLimitedTrial, type WithinLimits} from './limited-trial.ts';
import {needFlips} from './needs.ts';
import {priceFlipsWithinLimits} from './prices-within-limits.ts';
import {createRootFlips} from './roots-and-prices.ts';
import {ruleFlips} from './rules.ts';

type Kind = Flip['kind'];

/** Anything but a larger limit is tried up to so many units. */
const SMALL = 500;

/**
 * The decisions of a plan that limits move, with what would change them as far as the work goes: a larger limit first.
 * Without names only workloads that limits keep from their place are looked at, and only for that.
 */
export function* withFlipsWithinLimits(
  plan: WithinLimits,
  cuts: SiteCut[],
  decisions: Decision[],
  {work, workWithinLimits = work, workloads}: NonNullable<PlanQuestions['flips']>,
): Steps<Decision[]> {
  const {problem, limited} = plan;
  const {units, unitOf, input, facts} = problem;
  const trial = createLimitedTrial(plan, cuts, workWithinLimits);
  const capacityFlips = createCapacityFlips(trial);
  const rootFlips = createRootFlips(trial);
  const found = new Map<number, Required<Pick<Decision, 'flips' | 'flipsWithinLimits'>>>();
  for (const w of asked()) {
    if (trial.spent()) break;
    const told = yield* flipsOf(w);
    if (told) found.set(w, told);
  }
  return decisions.map((decision, w) => ({...decision, ...found.get(w)}));

  function* flipsOf(w: number) {
    const {removed, status, regretRange, recommended} = decisions[w]!;
    const flips: Flip[] = [];
    const untried: Kind[] = [];
    let tried = false;
    const open = workloads !== undefined && units.length <= SMALL;
    const blocked = status === 'blocked';
    const all: [kinds: Kind[], possible: boolean, search: () => Steps<Flip[]>][] = [
      [['capacity'], !blocked, () => capacityFlips(w)],
      [['rule', 'site-fact'], open, () => ruleFlips(trial, w, removed)],
      [['need'], open && !blocked && input.rejudge !== undefined, () => needFlips(trial, w)],
      [
        ['price'],
        open && !blocked,
        () => priceFlipsWithinLimits(trial, w, regretRange, facts.money.currency),
      ],
      [['root'], open && !blocked, () => rootFlips(w)],
    ];
    for (const [kinds, possible, search] of all) {
      const before = trial.refused();
      const some = possible && !trial.spent() ? yield* search() : null;
      // What was cut short would pass for all there is.
      if (some && trial.refused() === before) {
        tried = true;
        flips.push(...some);
      } else if (possible || !blocked) untried.push(...kinds);
    }
    // Each weight takes a search of its own.
    if (!blocked) untried.push('weight');
    if (!tried) return null;
    return {flips: flips.filter(({site}) => site !== recommended), flipsWithinLimits: {untried}};
  }

  function asked(): number[] {
    const positions = decisions.map((_, w) => w);
    if (workloads) {
      const names = new Set(workloads);
      return positions.filter((w) => names.has(decisions[w]!.workload));
    }
    const priority = new Map(input.exposure.workloads.map(({workload, priority: own}) => [workload, own]));
    const rank = (w: number): number => priority.get(decisions[w]!.workload) ?? 0;
    return positions
      .filter((w) => trial.wanted[unitOf[w]!] !== limited.result.chosen[unitOf[w]!])
      .sort((a, b) => rank(b) - rank(a) || a - b);
  }
}
