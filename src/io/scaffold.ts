import {cp, mkdir, readdir, stat} from 'node:fs/promises';
import {join, sep} from 'node:path';
import {packageRoot} from './package-files.ts';

/** Copies the blank workspace into `folder`. Existing files are never overwritten. */
export async function scaffold(folder: string): Promise<{folder: string; created: string[]; kept: string[]}> {
  const template = join(packageRoot(), 'examples/blank');
  const created: string[] = [];
  const kept: string[] = [];
  await mkdir(join(folder, 'inventory'), {recursive: true});
  for (const name of (await readdir(template, {recursive: true})).toSorted()) {
    if (!(await stat(join(template, name))).isFile()) continue;
    // npm leaves dot-files named .gitignore out of packages, so the template has another name.
    const target = name === 'gitignore' ? '.gitignore' : name;
    const exists = await stat(join(folder, target)).then(
      () => true,
      () => false,
    );
    (exists ? kept : created).push(target.split(sep).join('/'));
    if (!exists) await cp(join(template, name), join(folder, target), {errorOnExist: true});
  }
  return {folder, created, kept};
}
