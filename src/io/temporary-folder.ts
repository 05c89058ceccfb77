import {rmSync} from 'node:fs';
import {mkdtemp, rm} from 'node:fs/promises';
import process from 'node:process';

/**
 * Runs `work` in a new folder whose path begins with `prefix`, and removes what is left of it afterwards: also when
 * the work fails, and when the process is interrupted meanwhile.
 */
export async function withTemporaryFolder<T>(
  prefix: string,
  work: (folder: string) => Promise<T>,
): Promise<T> {
  const folder = await mkdtemp(prefix);
  const remove = (): void => rmSync(folder, {recursive: true, force: true});
  process.once('exit', remove);
  try {
    return await work(folder);
  } finally {
    process.off('exit', remove);
    await rm(folder, {recursive: true, force: true});
  }
}
