import {mkdtempSync, rmSync} from 'node:fs';
import {rm} from 'node:fs/promises';
import process from 'node:process';

/**
 * Runs `work` in a new folder whose path begins with `prefix`, and removes what is left of it afterwards: also when
 * the work fails, and when the process is interrupted meanwhile.
 */
export async function withTemporaryFolder<T>(
  prefix: string,
  work: (folder: string) => Promise<T>,
): Promise<T> {
  // At once: an interrupt between making the folder and watching for the end would leave it behind.
  const folder = mkdtempSync(prefix);
  // A write under way may put a file into the folder while it is removed.
  const remove = (): void => rmSync(folder, {recursive: true, force: true, maxRetries: 5, retryDelay: 20});
  process.once('exit', remove);
  try {
    return await work(folder);
  } finally {
    process.off('exit', remove);
    await rm(folder, {recursive: true, force: true});
  }
}
