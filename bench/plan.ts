/**
 * A whole plan, stage by stage, against plain parsing of the same files in the same process: JSON.parse of every
 * JSON file and a split of every CSV line. Runs on the sources by type stripping.
 * Run: `node bench/plan.ts [WORKLOADS …] [--seed N] [--dir WORKSPACE] [--keep]`; default sizes 10000 and 100000.
 * With `--dir` an existing workspace is measured. Prints `stage | CPU s | wall s | RSS MB | × parse` per size and the goals.
 */
import {spawnSync} from 'node:child_process';
import {mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join, resolve} from 'node:path';
import {fileURLToPath} from 'node:url';
import {parseArgs} from 'node:util';
import {generateEstate} from './estate/generate.ts';
import type {Measured} from './plan-stages.ts';

const {values, positionals} = parseArgs({
  allowPositionals: true,
  options: {
    seed: {type: 'string', default: '7'},
    dir: {type: 'string'},
    keep: {type: 'boolean', default: false},
  },
});
const sizes = positionals.length > 0 ? positionals.map(Number) : [10_000, 100_000];
const results: Measured[] = [];
if (values.dir === undefined) {
  for (const size of sizes) {
    const folder = mkdtempSync(join(tmpdir(), 'bulkhead-bench-'));
    generateEstate(folder, size, Number(values.seed));
    results.push(measure(folder));
    if (values.keep) console.log(`kept: ${folder}`);
    else rmSync(folder, {recursive: true});
  }
} else results.push(measure(resolve(values.dir)));
for (const result of results) print(result);
goals(results);

/** A process of its own per size, so that peak memory is that size's alone. */
function measure(folder: string): Measured {
  const script = fileURLToPath(new URL('plan-stages.ts', import.meta.url));
  const done = spawnSync(process.execPath, ['--expose-gc', script, folder], {
    stdio: ['ignore', 'pipe', 'inherit'],
    encoding: 'utf8',
  });
  if (done.status !== 0) throw new Error(`the run on ${folder} ended with ${done.status ?? done.signal}`);
  return JSON.parse(done.stdout) as Measured;
}

function print(result: Measured): void {
  const {workloads, dependencies, files, megabytes, stages, findings, decisions, runMegabytes} = result;
  console.log(
    `\n${workloads} workloads, ${dependencies} dependencies, ${files} files of ${megabytes.toFixed(0)} MB → ${decisions} decisions, ${findings} findings, run.json ${runMegabytes.toFixed(0)} MB`,
  );
  console.log('stage'.padEnd(24) + '  CPU s  wall s  RSS MB  × parse');
  const base = result.baseline.cpu;
  for (const {name, cpu, wall, rss} of [...stages, total(result)])
    console.log(
      name.padEnd(24) +
        cpu.toFixed(2).padStart(7) +
        wall.toFixed(2).padStart(8) +
        rss.toFixed(0).padStart(8) +
        (cpu / base).toFixed(2).padStart(9),
    );
}

function total(result: Measured) {
  const sum = (of: 'cpu' | 'wall'): number => result.stages.reduce((all, stage) => all + stage[of], 0);
  return {
    name: 'import + plan',
    cpu: sum('cpu') - result.baseline.cpu,
    wall: sum('wall') - result.baseline.wall,
    rss: result.peak,
  };
}

function goals(all: Measured[]): void {
  console.log('\n' + 'goal'.padEnd(48) + '| measured | ratio');
  const line = (goal: string, measured: string, ratio: string): void =>
    console.log(`${goal.padEnd(48)}| ${measured.padStart(8)} | ${ratio}`);
  for (const result of all) {
    const {cpu, rss} = total(result);
    const plan = `${result.workloads} workloads:`;
    line(
      `${plan} import + plan ≤ 1.5 × parse`,
      `${cpu.toFixed(1)} s`,
      `${(cpu / result.baseline.cpu).toFixed(1)} ×`,
    );
    const bytes = (1e6 * (rss - result.baseline.rss)) / result.workloads;
    line(
      `${plan} peak memory ≤ 750 B each`,
      `${rss.toFixed(0)} MB`,
      `${bytes.toFixed(0)} B per workload beyond parsing`,
    );
  }
  for (let at = 1; at < all.length; at++) {
    const [small, large] = [all[at - 1]!, all[at]!];
    const growth = large.workloads / small.workloads;
    const ratio = total(large).cpu / total(small).cpu;
    line(
      `${growth.toFixed(0)} × estate ≤ ${(growth * 1.1).toFixed(0)} × time`,
      `${total(large).cpu.toFixed(1)} s`,
      `${ratio.toFixed(1)} ×`,
    );
  }
}
