import process from 'node:process';

/**
 * Runs work that may be cut short with what it has: the first Ctrl-C aborts the signal it is given, the second one ends
 * the process at once. What hears interrupts otherwise hears nothing meanwhile.
 */
export async function interruptible<T>(work: (interrupt: AbortSignal) => Promise<T>): Promise<T> {
  const others = process.listeners('SIGINT');
  const asked = new AbortController();
  // After the first one nobody listens: the system then ends the process even while it is busy.
  const first = (): void => asked.abort();
  process.removeAllListeners('SIGINT').once('SIGINT', first);
  try {
    return await work(asked.signal);
  } finally {
    process.off('SIGINT', first);
    for (const listener of others) process.on('SIGINT', listener);
  }
}
