import {spawnSync} from 'node:child_process';

const BLOCK = /(<!-- output: bulkhead (?<args>[^>]*?) -->\n```text\n)[\s\S]*?(```\n<!-- \/output -->)/g;

/** The README with every output block replaced by what the built command prints today. */
export function withOutputs(readme: string, root: string): string {
  return readme.replaceAll(BLOCK, (_all, head: string, args: string, tail: string) => {
    const ran = spawnSync(process.execPath, ['dist/src/bin.js', ...args.split(' '), '--now', '2026-11-22'], {
      cwd: root,
      encoding: 'utf8',
    });
    if (ran.status !== 0) throw new Error(`bulkhead ${args} ended with ${ran.status}: ${ran.stderr}`);
    return `${head}${ran.stdout}${tail}`;
  });
}
