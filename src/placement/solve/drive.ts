import {solveApart} from '../constraints/apart/solve.ts';
import {lagrange} from '../constraints/lagrange.ts';
import {solveExactly} from '../constraints/milp.ts';
import {solveSites} from '../multisite/solve-sites.ts';
import type {Milp} from '../../model/milp.ts';
import type {Control, SolveAnswer, SolveTask, Steps} from './task.ts';

/** Does one task here and now. `milp` = solver for small models, where there is one. */
export function solveTask(task: SolveTask, control: Control, milp: Milp | null): SolveAnswer {
  if (task.kind === 'exact')
    return milp && {by: milp.name, result: solveExactly(task.model, milp, task.seconds)};
  if (task.kind === 'sites') return solveSites(task.problem, {...control, ...task});
  if (task.kind === 'apart') return solveApart(task.model, task.first, control);
  const {model, first, steps, maxGap, known} = task;
  return lagrange(model, first, {...control, steps, maxGap, ...(known ? {known} : {})});
}

/** Runs to the end, doing every task at once. */
export function drive<T>(steps: Steps<T>, solve: (task: SolveTask) => SolveAnswer): T {
  let state = steps.next();
  while (!state.done) state = steps.next(solve(state.value));
  return state.value;
}

/** Runs to the end, waiting for every task. */
export async function driveWith<T>(
  steps: Steps<T>,
  solve: (task: SolveTask) => Promise<SolveAnswer>,
): Promise<T> {
  let state = steps.next();
  while (!state.done) state = steps.next(await solve(state.value));
  return state.value;
}
