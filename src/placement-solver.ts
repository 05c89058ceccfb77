import type {Request} from './inputs/intake.ts';
import type {SolverThread} from './io/solver-thread.ts';
import type {SolveAnswer, SolveTask} from './placement/solve/task.ts';

/** Models with more options are solved in a thread of their own: below, an interrupt need not wait for long. */
const SMALL = 1000;

type Solve = (task: SolveTask) => Promise<SolveAnswer>;

/**
 * Gives `plan` a solver for its heavy work: small tasks here, large ones and the outside solver in a thread, so that this
 * one hears an interrupt. It, or the end of the time that was given, asks for the best so far.
 */
export function placementSolver<T>(
  {timeLimit = Infinity, stage, interruptible = (work) => work(new AbortController().signal)}: Request,
  plan: (solve: Solve) => Promise<T>,
): Promise<T> {
  return interruptible(async (interrupt) => {
    const deadline = Date.now() + timeLimit * 1000;
    let told = Infinity;
    const progress = (gap: number | null): void => {
      if (gap === null || gap > told / 2) return;
      told = gap;
      stage(`placing workloads (proven gap ${(100 * gap).toFixed(3)} %, Ctrl-C takes the best so far)`);
    };
    const expired = () =>
      interrupt.aborted ? ('interrupt' as const) : Date.now() > deadline ? ('time-limit' as const) : null;
    let thread: SolverThread | null = null;
    const solve: Solve = async (task) => {
      if (task.kind !== 'exact' && sizeOf(task) <= SMALL) {
        const {solveTask} = await import('./placement/solve/drive.ts');
        return solveTask(task, {expired, progress}, null);
      }
      const {solverThread} = await import('./io/solver-thread.ts');
      thread ??= solverThread({module: solvers(), deadline}, interrupt, progress);
      return (await thread.solve(task, {orNull: task.kind === 'exact'})) as SolveAnswer;
    };
    try {
      return await plan(solve);
    } finally {
      await (thread as SolverThread | null)?.close();
    }
  });
}

/** Options of all units together. */
function sizeOf(task: SolveTask): number {
  return task.kind === 'sites' ? task.problem.unary.length : task.model.site.length;
}

/** Of the module that does tasks, as it is on disk: the sources run as they are, too. */
function solvers(): string {
  const ending = import.meta.url.endsWith('.ts') ? '.ts' : '.js';
  return new URL(`placement/solve/drive${ending}`, import.meta.url).href;
}
