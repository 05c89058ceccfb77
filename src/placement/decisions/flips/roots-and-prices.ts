import type {Decision, Flip} from '../../../model/plan.ts';
import {flipAt, type Trial} from './trial.ts';

/** A root that no longer reaches a site, asked once for all workloads. */
export function createRootFlips(trial: Trial): (workload: number) => Flip[] {
  const {model, base, input} = trial.plan.problem;
  let answers: {flip: Omit<Flip, 'site'>; there: Int32Array}[] | null = null;
  const tried = (): NonNullable<typeof answers> =>
    trial.cuts.flatMap(({site, root, profile}) => {
      const sites = model.sites.slice();
      sites[site] = profile;
      const there = trial.withRoots({weights: base.weights, sites});
      const {id, name} = model.roots[root]!;
      const change = `${name} cut from ${input.sites[site]!.id}`;
      return there ? [{there, flip: {kind: 'root' as const, change, id}}] : [];
    });
  return (workload) => {
    answers ??= tried();
    return answers.flatMap(({flip, there}) => flipAt(trial, workload, there, flip));
  };
}

/** Where cost decides, the price difference at which it turns. */
export function priceFlips(
  trial: Trial,
  workload: number,
  regret: Decision['regret'],
  currency: string | null,
): Flip[] {
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
  const there = trial.dearer(unit, dearer);
  return flipAt(trial, workload, there, {
    kind: 'price',
    change: `${(dearer / 100).toFixed(2)} ${currency} per month more at ${at}, or as much less at ${other}`,
  });
}
