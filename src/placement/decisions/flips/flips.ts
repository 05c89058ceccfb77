import type {Decision, Flip} from '../../../model/plan.ts';
import type {PlanQuestions} from '../../../model/questions.ts';
import type {Steps} from '../../solve/task.ts';
import type {Solved} from '../../tradeoffs/replan.ts';
import type {SiteCut} from '../cuts.ts';
import {needFlips} from './needs.ts';
import {createRootFlips, priceFlips} from './roots-and-prices.ts';
import {ruleFlips} from './rules.ts';
import {createTrial, type Whole} from './trial.ts';
import {createWeightFlips} from './weights.ts';

/**
 * The decisions with what would change them, as far as the work goes: moves first, then the most exposed. A workload is
 * either done with or left out. Needs are varied only for workloads asked for by name: all rules are evaluated again for each.
 */
export function* withFlips(
  plan: Solved,
  cuts: SiteCut[],
  decisions: Decision[],
  {work, workloads}: NonNullable<PlanQuestions['flips']>,
  whole: Whole | null = null,
): Steps<Decision[]> {
  const {input, facts} = plan.problem;
  const trial = createTrial(plan, cuts, work, whole);
  const rootFlips = createRootFlips(trial);
  const weightFlips = createWeightFlips(trial);
  const found = new Map<number, Flip[]>();
  for (const w of order(plan, decisions, workloads)) {
    const {status, removed, regret} = decisions[w]!;
    if (trial.spent()) break;
    const flips =
      status === 'blocked'
        ? yield* ruleFlips(trial, w, removed)
        : [
            ...(yield* ruleFlips(trial, w, removed)),
            ...(workloads ? yield* needFlips(trial, w) : []),
            ...(yield* rootFlips(w)),
            ...(yield* priceFlips(trial, w, regret, facts.money.currency)),
            ...(yield* weightFlips(w)),
          ];
    // What was cut short would pass for all there is.
    if (!trial.spent())
      found.set(
        w,
        flips.filter(({site}) => site !== decisions[w]!.recommended),
      );
  }
  return decisions.map((decision, w) => {
    const flips = found.get(w);
    return flips ? {...decision, flips} : decision;
  });

  function order({problem}: Solved, all: Decision[], wanted: string[] | undefined): number[] {
    const positions = all.map((_, w) => w);
    if (wanted) {
      const names = new Set(wanted);
      return positions.filter((w) => names.has(all[w]!.workload));
    }
    const priority = new Map(input.exposure.workloads.map(({workload, priority: own}) => [workload, own]));
    const rank = (w: number): number => (priority.get(all[w]!.workload) ?? 0) + (all[w]!.move ? 100 : 0);
    return positions
      .filter((w) => problem.units[problem.unitOf[w]!]!.members.length > 0)
      .sort((a, b) => rank(b) - rank(a) || a - b);
  }
}
