/**
 * Start-up of every command (`--help`) and of `--version` against `node -e 0`, whole processes in turn.
 * Prints `command | median ms | ratio`. Run: `npm run build && node bench/start-up.ts [RUNS]`.
 */
import {spawnSync} from 'node:child_process';
import {readFileSync} from 'node:fs';
import {fileURLToPath} from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const runs = Number(process.argv[2] ?? 7);
const manifest = JSON.parse(readFileSync(`${root}/oclif.manifest.json`, 'utf8')) as {
  commands: Record<string, unknown>;
};
const bin = `${root}/dist/src/bin.js`;
const subjects: [string, string[]][] = [
  ['node -e 0', ['-e', '0']],
  ['--version', [bin, '--version']],
  ...Object.keys(manifest.commands)
    .toSorted()
    .map((id): [string, string[]] => [
      `${id.replaceAll(':', ' ')} --help`,
      [bin, ...id.split(':'), '--help'],
    ]),
];
const times = subjects.map(() => [] as number[]);
for (let run = -1; run < runs; run++) {
  subjects.forEach(([, args], s) => {
    const began = performance.now();
    spawnSync(process.execPath, args, {stdio: 'ignore'});
    if (run >= 0) times[s]!.push(performance.now() - began);
  });
}
const median = (values: number[]): number => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]!;
const base = median(times[0]!);
console.log(`goal ≤ 4.2 × node -e 0, median of ${runs}`);
subjects.forEach(([name], s) => {
  const ms = median(times[s]!);
  console.log(`${name.padEnd(28)} ${ms.toFixed(0).padStart(5)} ms  ${(ms / base).toFixed(2)} ×`);
});
