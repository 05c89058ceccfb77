/**
 * Choosing among five sites: tree-reweighted messages and alpha-expansion. Prints the proven gap, time (CPU) and peak memory
 * for each size and coupling, and for small estates the optimum of HiGHS (optional package) beside it. From 1e6 workloads
 * on, applications are placed as a whole first; `without` = not, for comparison. Each row runs in a process of its own.
 * Run: `node bench/sites.ts [SEED] [SIZES] [COUPLINGS] [without]`.
 */
import {spawnSync} from 'node:child_process';
import {fileURLToPath} from 'node:url';
import {loadHighs} from '../src/io/highs.ts';
import {solveSitesExactly} from '../src/placement/multisite/milp.ts';
import {solveSites} from '../src/placement/multisite/solve-sites.ts';
import {siteEstate} from './site-estate.ts';

if (process.argv[2] === 'one') await one(process.argv.slice(3));
else all(process.argv.slice(2));

interface Row {
  gap: number;
  steps: number;
  seconds: number;
  megabytes: number;
  exact: {seconds: number; gap: number} | null;
}

/** Largest proven gap that is good, as a share. */
function goal(n: number): number {
  return n <= 300 ? 0.0035 : 0.0015;
}

function all([
  seed = '1',
  sizes = '100,300,1000,10000,100000',
  couplings = '0.25,1,3',
  without = '',
]: string[]): void {
  console.log(
    'workloads | coupling | goal: gap % | measured % | measured/goal | rounds | CPU s | peak MB | HiGHS s | HiGHS/own | true gap %',
  );
  for (const n of sizes.split(',')) {
    for (const coupling of couplings.split(',')) {
      const child = spawnSync(
        process.execPath,
        ['--max-old-space-size=8000', fileURLToPath(import.meta.url), 'one', n, seed, coupling, without],
        {encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit']},
      );
      const row = JSON.parse(child.stdout) as Row;
      const percent = (share: number): string => (100 * share).toFixed(4);
      const cells = [
        Number(n).toExponential(0),
        coupling,
        percent(goal(Number(n))),
        percent(row.gap),
        (row.gap / goal(Number(n))).toFixed(2),
        row.steps,
        row.seconds.toFixed(2),
        row.megabytes.toFixed(0),
        row.exact?.seconds.toFixed(2) ?? '–',
        row.exact ? (row.exact.seconds / row.seconds).toFixed(1) : '–',
        row.exact ? percent(row.exact.gap) : '–',
      ];
      console.log(cells.join(' | '));
    }
  }
}

async function one([size, seed, coupling, without]: string[]): Promise<void> {
  const n = Number(size);
  const {applications, ...problem} = siteEstate(n, Number(seed), Number(coupling));
  const grouped = n >= 1e6 && without !== 'without';
  const [seconds, {value, gap, steps}] = timed(() =>
    solveSites(problem, {
      maxGap: 0,
      steps: n >= 1e6 ? 20 : 120,
      expired: () => null,
      progress: () => undefined,
      ...(grouped ? {groups: applications} : {}),
    }),
  );
  const row: Row = {
    gap: gap / value,
    steps,
    seconds,
    megabytes: process.resourceUsage().maxRSS / 1024,
    exact: null,
  };
  const milp = n <= 1000 ? await loadHighs() : null;
  if (milp) {
    const [spent, exact] = timed(() => solveSitesExactly(problem, milp, 60));
    if (exact.status === 'optimal') row.exact = {seconds: spent, gap: (value - exact.value) / exact.value};
  }
  console.log(JSON.stringify(row));
}

/** CPU seconds of this process. */
function timed<T>(work: () => T): [number, T] {
  const before = process.cpuUsage();
  const value = work();
  const {user, system} = process.cpuUsage(before);
  return [(user + system) / 1e6, value];
}
