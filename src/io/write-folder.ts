import {mkdir, open, rename, stat, writeFile} from 'node:fs/promises';
import {basename, dirname, join, resolve} from 'node:path';
import {withTemporaryFolder} from './temporary-folder.ts';

/**
 * Writes files into a folder so that each is either whole or absent: all are written to a temporary folder beside it
 * first and then renamed into place. Nothing is left behind when writing fails. Other files of the folder stay.
 * @param files content may come in pieces
 */
export async function writeFolder(
  folder: string,
  files: {name: string; content: string | Iterable<string>}[],
): Promise<string[]> {
  const target = resolve(folder);
  await makeFolder(target);
  return withTemporaryFolder(join(dirname(target), `.${basename(target)}-`), async (temporary) => {
    for (const {name, content} of files) await write(join(temporary, name), content);
    for (const {name} of files) await rename(join(temporary, name), join(target, name));
    return files.map(({name}) => join(folder, name));
  });
}

/** Pieces go through one buffer: each as one of its own would be hundreds of megabytes to clean up after. */
async function write(path: string, content: string | Iterable<string>): Promise<void> {
  if (typeof content === 'string') return writeFile(path, content);
  const file = await open(path, 'w');
  try {
    const buffer = Buffer.allocUnsafe(1 << 20);
    for (const piece of content) {
      const fits = piece.length * 3 <= buffer.length;
      await file.writeFile(fits ? buffer.subarray(0, buffer.write(piece)) : piece);
    }
  } finally {
    await file.close();
  }
}

/** Level by level: asked to make parents as well, Node never returns where a file system denies a folder that cannot be. */
async function makeFolder(path: string): Promise<void> {
  try {
    await mkdir(path);
  } catch (error) {
    const {code} = error as NodeJS.ErrnoException;
    const is = await stat(path).catch(() => null);
    if (is?.isDirectory()) return;
    const parent = dirname(path);
    if (code !== 'ENOENT' || parent === path || (await stat(parent).catch(() => null)) !== null) throw error;
    await makeFolder(parent);
    await mkdir(path);
  }
}
