import {open} from 'node:fs/promises';
import type {DecodeLimits} from './limits.ts';
import {problem, Unreadable, type IoCode} from './problem.ts';

const REASONS: Record<string, [IoCode, string, string]> = {
  ENOENT: [
    'BH-IO-001',
    'the file does not exist',
    'Check the path; globs in bulkhead.yaml are relative to it.',
  ],
  ENOTDIR: ['BH-IO-001', 'the file does not exist', 'Check the path: a part of it is a file, not a folder.'],
  EACCES: ['BH-IO-002', 'the file may not be read', 'Give the current user read permission on it.'],
  EPERM: ['BH-IO-002', 'the file may not be read', 'Give the current user read permission on it.'],
  EISDIR: ['BH-IO-003', 'this is a folder', 'Give the files inside, e.g. `folder/*`.'],
};

/**
 * Reads a whole file within the size limit.
 * @throws Unreadable BH-IO-001 … -005, -028
 */
export async function readBytes(path: string, file: string, limits: DecodeLimits): Promise<Buffer> {
  try {
    const handle = await open(path, 'r');
    try {
      const info = await handle.stat();
      if (info.isDirectory()) throw Object.assign(new Error('directory'), {code: 'EISDIR'});
      if (info.size > limits.fileBytes) throw tooLarge(file, info.size, limits.fileBytes);
      const data = await handle.readFile();
      if (data.length === 0) {
        throw new Unreadable(problem('BH-IO-004', {file}, 'the file is empty', 'Export the file again.'));
      }
      return data;
    } finally {
      await handle.close();
    }
  } catch (error) {
    if (error instanceof Unreadable) throw error;
    const code = (error as NodeJS.ErrnoException).code ?? '';
    const [id, message, remedy] = REASONS[code] ?? [
      'BH-IO-028',
      `the file cannot be read (${code || (error instanceof Error ? error.message : String(error))})`,
      'Copy it to a local disk and try again.',
    ];
    throw new Unreadable(problem(id, {file}, message, remedy));
  }
}

/** The refusal of a file beyond `limit` bytes. */
export function tooLarge(file: string, size: number, limit: number): Unreadable {
  return new Unreadable(
    problem(
      'BH-IO-005',
      {file},
      `the file has ${Math.ceil(size / 1024 / 1024)} MiB, at most ${Math.floor(limit / 1024 / 1024)} MiB are read`,
      'Split it, e.g. one export per subscription, account or vCenter.',
    ),
  );
}
