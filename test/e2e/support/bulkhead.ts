import {spawnSync} from 'node:child_process';
import {mkdirSync, mkdtempSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {dirname, join} from 'node:path';
import {fileURLToPath} from 'node:url';

export const ROOT = fileURLToPath(new URL('../../..', import.meta.url));
export const EXAMPLE = join(ROOT, 'examples/harbor-clinic');

export interface Ran {
  code: number | null;
  stdout: string;
  stderr: string;
  /** stdout as JSON. */
  json: () => Record<string, never>;
}

/** Runs the built command as a user would, without a terminal. `nodeArgs` come before the script. */
export function bulkhead(
  args: string[],
  options: {cwd?: string; env?: Record<string, string>; nodeArgs?: string[]} = {},
): Ran {
  const {cwd = ROOT, env = {}, nodeArgs = []} = options;
  const ran = spawnSync(process.execPath, [...nodeArgs, join(ROOT, 'dist/src/bin.js'), ...args], {
    cwd,
    encoding: 'utf8',
    env: {...process.env, SOURCE_DATE_EPOCH: '1795996800', NO_COLOR: '1', ...env},
    maxBuffer: 256 * 1024 * 1024,
  });
  return {
    code: ran.status,
    stdout: ran.stdout,
    stderr: ran.stderr,
    json: () => JSON.parse(ran.stdout) as Record<string, never>,
  };
}

/** A temporary folder with these files; folders in names are made. */
export function folderWith(files: Record<string, string | Uint8Array>): string {
  const folder = mkdtempSync(join(tmpdir(), 'bulkhead-'));
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), {recursive: true});
    writeFileSync(join(folder, name), content);
  }
  return folder;
}
