import type {Decision, Flip} from '../../../model/plan.ts';
import type {Steps} from '../../solve/task.ts';
import {flipAt, type Trial} from './trial.ts';

/** A root that no longer reaches a site, asked once for all workloads. */
export function createRootFlips(trial: Trial): (workload: number) => Steps<Flip[]> {
  const {model, input} = trial.plan.problem;
  let answers: {flip: Omit<Flip, 'site'>; there: Int32Array}[] | null = null;
  return function* flipsOf(workload) {
    answers ??= yield* tried();
    const found: Flip[] = [];
    for (const {flip, there} of answers) found.push(...(yield* flipAt(trial, workload, there, flip)));
    return found;
  };

  function* tried(): Steps<NonNullable<typeof answers>> {
    const found: NonNullable<typeof answers> = [];
    for (const cut of trial.cuts) {
      const there = yield* trial.afterCut(cut);
      const {id, name} = model.roots[cut.root]!;
      const change = `${name} cut from ${input.sites[cut.site]!.id}`;
      if (there) found.push({there, flip: {kind: 'root', change, id}});
    }
    return found;
  }
}

/** Where cost decides, the price difference at which it turns. */
export function* priceFlips(
  trial: Trial,
  workload: number,
  regret: Decision['regret'],
  currency: string | null,
): Steps<Flip[]> {
  const {problem} = trial.plan;
  const {settings} = problem.input;
  if (!regret || settings.objective !== 'lexicographic' || currency === null) return [];
  if (regret.risk !== 0 || (regret.latency ?? 0) !== 0 || regret.cost <= 0) return [];
  const dearer = regret.cost + 1;
  const unit = problem.unitOf[workload]!;
  const {site} = problem.units[unit]!;
  const [at, other] = [trial.sites[workload]!, site[1 - trial.plan.solution.labels[unit]!]!].map(
    (own) => trial.nameOf(own) ?? 'its place',
  );
  const there = yield* trial.dearer(unit, dearer);
  return yield* flipAt(trial, workload, there, {
    kind: 'price',
    change: `${(dearer / 100).toFixed(2)} ${currency} per month more at ${at}, or as much less at ${other}`,
  });
}
