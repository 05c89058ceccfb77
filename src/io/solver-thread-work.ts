import {parentPort, workerData} from 'node:worker_threads';
import type {Milp} from '../model/milp.ts';
import {loadHighs} from './highs.ts';
import type {ThreadMessage, ThreadStart} from './solver-thread.ts';

/** What a module of solvers offers: one task in, its answer out. */
interface Solvers {
  solveTask: (
    task: {kind: string},
    control: {expired: () => 'time-limit' | 'interrupt' | null; progress: (gap: number | null) => void},
    milp: Milp | null,
  ) => unknown;
}

const port = parentPort;
const {module, flag, deadline} = workerData as ThreadStart;
const flags = new Int32Array(flag);
const {solveTask} = (await import(module)) as Solvers;
const say = (message: ThreadMessage): void => port?.postMessage(message);
const control = {
  expired: () =>
    Atomics.load(flags, 0) !== 0
      ? ('interrupt' as const)
      : Date.now() > deadline
        ? ('time-limit' as const)
        : null,
  progress: (gap: number | null) => say({gap}),
};

port?.on('message', (task: {kind: string}) => {
  void (async () =>
    say({answer: solveTask(task, control, task.kind === 'exact' ? await loadHighs() : null)}))();
});
