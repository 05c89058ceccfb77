import {spawn} from 'node:child_process';
import {constants, totalmem} from 'node:os';
import process from 'node:process';
import v8 from 'node:v8';
import {LARGER, type Memory, roomFor, shortText} from './heap-room.ts';

/** Settings of Node.js that state a heap limit. */
const LIMITS = /--max[-_](?:old[-_]space|heap)[-_]size/;

/**
 * Sees to it that inputs of so many bytes fit into memory. The engine's limit cannot be raised while it runs (4 GB by default,
 * whatever the machine has; beyond it the process is aborted): where it is too low, the same command is started again with
 * a higher one, and this process only passes on signals and the exit code. That takes a tenth of a second of a run of minutes.
 * @param tell where to say that memory may be short
 */
export async function makeRoom(bytes: number, tell: (text: string) => void): Promise<void> {
  const memory = memoryNow();
  const room = roomFor(bytes, memory);
  if (room.verdict === 'short') tell(shortText(room.needed, memory));
  if (room.verdict !== 'raise') return;
  const code = await again(room.to);
  if (code === ABORTED)
    tell(`that was more than the ${(room.to / 1e9).toFixed(1)} GB the run may take; ${LARGER}`);
  process.exit(code);
}

function memoryNow(): Memory {
  // 0 or absurdly much = there is no container that limits it.
  const limited = process.constrainedMemory();
  return {
    limit: v8.getHeapStatistics().heap_size_limit,
    total: limited > 0 ? Math.min(limited, totalmem()) : totalmem(),
    stated: [...process.execArgv, process.env.NODE_OPTIONS ?? ''].some((option) => LIMITS.test(option)),
  };
}

/** What a process ends with that V8 aborted. */
const ABORTED = 128 + constants.signals.SIGABRT;

/** Runs this very command with another limit; resolves to its exit code. */
function again(limit: number): Promise<number> {
  const options = [...process.execArgv, `--max-old-space-size=${Math.floor(limit / 2 ** 20)}`];
  const child = spawn(process.execPath, [...options, ...process.argv.slice(1)], {stdio: 'inherit'});
  // A terminal sends Ctrl-C to both, and the child decides what it means; other signals reach this process alone.
  process.removeAllListeners('SIGINT').on('SIGINT', () => undefined);
  process.removeAllListeners('SIGTERM').on('SIGTERM', () => child.kill('SIGTERM'));
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code, signal) => resolve(code ?? 128 + (signal ? constants.signals[signal] : 0)));
  });
}
