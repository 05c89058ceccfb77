import {spawnSync} from 'node:child_process';

const BLOCK =
  /(<!-- output: bulkhead (?<args>[^\n]*?)(?: \| (?<end>head|tail) -(?<count>\d+))? -->\n```text\n)[\s\S]*?(```\n<!-- \/output -->)/g;

/** The README with every output block replaced by what the built command prints today; `| head -N` and `| tail -N` cut it. */
export function withOutputs(readme: string, root: string): string {
  return readme.replaceAll(
    BLOCK,
    (_all, head: string, args: string, end: string | undefined, count: string | undefined, tail: string) => {
      const ran = spawnSync(
        process.execPath,
        ['dist/src/bin.js', ...args.split(' '), '--now', '2026-11-22'],
        {
          cwd: root,
          encoding: 'utf8',
        },
      );
      if (ran.status !== 0) throw new Error(`bulkhead ${args} ended with ${ran.status}: ${ran.stderr}`);
      return `${head}${part(ran.stdout, end, Number(count))}${tail}`;
    },
  );
}

function part(text: string, end: string | undefined, count: number): string {
  if (end === undefined) return text;
  const lines = text.trimEnd().split('\n');
  return `${(end === 'head' ? lines.slice(0, count) : lines.slice(-count)).join('\n').trim()}\n`;
}
