import {Worker} from 'node:worker_threads';

/** What the thread is told when it is started. */
export interface ThreadStart {
  /** URL of the module whose `solveTask` does the work. */
  module: string;
  /** One whole number: not 0 = take the best so far. Shared, so that the thread sees it without a message. */
  flag: SharedArrayBuffer;
  /** Milliseconds since 1970 after which the best so far is taken; Infinity = never. */
  deadline: number;
}

/** What the thread says. */
export type ThreadMessage = {gap: number | null} | {answer: unknown};

export interface SolverThread {
  /**
   * Does one task in the thread, which is started for the first one. With `orNull` an interrupt does not wait for an
   * answer: the thread is ended, and the answer is null. An error in the thread is thrown here.
   */
  solve(task: object, options: {orNull: boolean}): Promise<unknown>;
  close(): Promise<void>;
}

/** A thread for work that would keep this one from hearing an interrupt. `interrupt` asks it for the best so far. */
export function solverThread(
  start: Omit<ThreadStart, 'flag'>,
  interrupt: AbortSignal,
  progress: (gap: number | null) => void,
): SolverThread {
  const workerData: ThreadStart = {...start, flag: new SharedArrayBuffer(4)};
  const raise = (): void => void Atomics.store(new Int32Array(workerData.flag), 0, 1);
  if (interrupt.aborted) raise();
  interrupt.addEventListener('abort', raise, {once: true});
  let worker: Worker | null = null;
  const close = async (): Promise<void> => {
    interrupt.removeEventListener('abort', raise);
    await worker?.terminate();
    worker = null;
  };
  return {
    async solve(task, {orNull}) {
      if (orNull && interrupt.aborted) return null;
      worker ??= new Worker(new URL(`solver-thread-work${extension()}`, import.meta.url), {workerData});
      worker.postMessage(task, []);
      const said = await answered(worker, orNull ? interrupt : null, progress);
      if (said === null) await close();
      return said?.answer ?? null;
    },
    close,
  };
}

/** The next answer; null when the interrupt came first. */
function answered(
  worker: Worker,
  interrupt: AbortSignal | null,
  progress: (gap: number | null) => void,
): Promise<{answer: unknown} | null> {
  return new Promise((resolve, reject) => {
    const settle = (how: () => void) => (): void => {
      worker.off('message', hear).off('error', fail).off('exit', ended);
      interrupt?.removeEventListener('abort', giveUp);
      how();
    };
    const hear = (message: ThreadMessage): void => {
      if ('answer' in message) settle(() => resolve(message))();
      else progress(message.gap);
    };
    const fail = (error: Error): void => settle(() => reject(error))();
    const ended = settle(() => reject(new Error('the solver thread ended without an answer')));
    const giveUp = settle(() => resolve(null));
    worker.on('message', hear).on('error', fail).on('exit', ended);
    interrupt?.addEventListener('abort', giveUp);
  });
}

/** This module's own ending: the sources run as they are, too. */
function extension(): string {
  return import.meta.url.endsWith('.ts') ? '.ts' : '.js';
}
