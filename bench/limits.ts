/**
 * Placement with limited room: three resources at the dedicated site, which has 70 % of what the optimum without limits
 * would use there. Prices (one minimum cut each) and repair; prints the proven gap, time (CPU) and peak memory, and for
 * small estates the optimum of HiGHS (optional package) beside it. Each size runs in a process of its own.
 * Run: `node bench/limits.ts [SEED] [SIZES]`.
 */
import {spawnSync} from 'node:child_process';
import {fileURLToPath} from 'node:url';
import {loadHighs} from '../src/io/highs.ts';
import {evaluateDual} from '../src/placement/constraints/dual.ts';
import {lagrange} from '../src/placement/constraints/lagrange.ts';
import {solveExactly} from '../src/placement/constraints/milp.ts';
import {type ChoiceModel, usedBy} from '../src/placement/constraints/model.ts';
import {estateNetwork, random} from './min-cut-estate.ts';

if (process.argv[2] === 'one') await one(Number(process.argv[3]), Number(process.argv[4]));
else
  all(Number(process.argv[2] ?? 1), (process.argv[3] ?? '100,300,1000,10000,100000').split(',').map(Number));

interface Row {
  seconds: number;
  megabytes: number;
  gap: number | null;
  steps: number;
  exact: {seconds: number; gap: number} | null;
}

function all(seed: number, sizes: number[]): void {
  console.log('workloads | proven gap % | prices | CPU s | peak MB | HiGHS s | true gap %');
  for (const n of sizes) {
    const child = spawnSync(
      process.execPath,
      [fileURLToPath(import.meta.url), 'one', String(n), String(seed)],
      {
        encoding: 'utf8',
        stdio: ['ignore', 'pipe', 'inherit'],
      },
    );
    const row = JSON.parse(child.stdout) as Row;
    const percent = (share: number | null | undefined): string =>
      typeof share === 'number' ? (100 * share).toFixed(4) : '–';
    const cells = [
      n.toExponential(0),
      percent(row.gap),
      row.steps,
      row.seconds.toFixed(2),
      row.megabytes.toFixed(0),
      row.exact?.seconds.toFixed(2) ?? '–',
      percent(row.exact?.gap),
    ];
    console.log(cells.join(' | '));
  }
  console.log('goal: ≤ 0.4 % at 1e2–1e3, ≤ 0.05 % at 1e5');
}

async function one(n: number, seed: number): Promise<void> {
  const model = limitedEstate(n, seed);
  const first = evaluateDual(model, {scale: 1, multipliers: new Float64Array(3)}).chosen;
  usedBy(model, first).forEach((used, r) => (model.resources[r]!.limit = Math.floor(0.7 * used)));
  const [seconds, {best, dual, steps}] = timed(() =>
    lagrange(model, first, {
      steps: n > 50_000 ? 40 : 80,
      maxGap: 0.0002,
      expired: () => null,
      progress: () => undefined,
    }),
  );
  const megabytes = process.resourceUsage().maxRSS / 1024;
  const value = best?.values[0] ?? null;
  const row: Row = {
    seconds,
    megabytes,
    gap: value === null ? null : (value - dual.bound) / value,
    steps,
    exact: null,
  };
  const milp = n <= 300 ? await loadHighs() : null;
  if (milp && value !== null) {
    const [spent, exact] = timed(() => solveExactly(model, milp, 60));
    const optimum = exact.status === 'optimal' ? exact.best.values[0]! : null;
    if (optimum !== null) row.exact = {seconds: spent, gap: (value - optimum) / optimum};
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

/** The synthetic estate of the minimum-cut benchmark with log-normal sizes in three resources of the dedicated class. */
function limitedEstate(n: number, seed: number): ChoiceModel {
  const network = estateNetwork(n, seed);
  const uniform = random(seed + 99);
  const normal = (): number => Math.sqrt(-2 * Math.log(1 - uniform())) * Math.cos(2 * Math.PI * uniform());
  const start = [0];
  const [site, label, values, useStart, useOf, amount]: number[][] = [[], [], [], [0], [], []];
  for (let u = 0; u < n; u++) {
    const sizes = [2, 8, 100].map((scale) => Math.max(1, Math.round(scale * Math.exp(0.8 * normal()))));
    for (const c of [0, 1]) {
      const cost = c === 0 ? network.sink[u]! : network.source[u]!;
      if (cost === Infinity) continue;
      site!.push(c);
      label!.push(c);
      values!.push(cost);
      if (c === 1) {
        sizes.forEach((size, r) => {
          useOf!.push(r);
          amount!.push(size);
        });
      }
      useStart!.push(useOf!.length);
    }
    start.push(site!.length);
  }
  const {tail, head, forward, backward} = network;
  return {
    units: n,
    start: Uint32Array.from(start),
    site: Int32Array.from(site!),
    label: Uint8Array.from(label!),
    values: [Float64Array.from(values!)],
    levels: [{name: 'risk', unary: new Float64Array(0), tail, head, forward, backward}],
    resources: ['vCPU', 'memory', 'storage'].map((text) => ({
      id: text,
      kind: 'capacity',
      text,
      unit: text,
      scale: 1,
      limit: 0,
      site: 1,
    })),
    useStart: Uint32Array.from(useStart!),
    useOf: Uint32Array.from(useOf!),
    amount: Float64Array.from(amount!),
  };
}
