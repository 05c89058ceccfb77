/**
 * Pairs that must be apart in a two-class estate, by roof duality: how many classes it proves, in what time (CPU) and
 * memory; and what gap is left of the whole problem after branch and bound and repair. Each row in a process of its own.
 * Pairs join workloads of one application that would be in one class anyway. The ratio compares with the minimum cut of
 * the same estate without pairs, in the same process. Run: `node bench/apart.ts [SEED]`.
 */
import {spawnSync} from 'node:child_process';
import {fileURLToPath} from 'node:url';
import {pairModel} from '../src/placement/constraints/apart/pairs.ts';
import {roofDual} from '../src/placement/constraints/apart/roof.ts';
import {solveApart} from '../src/placement/constraints/apart/solve.ts';
import {evaluateDual} from '../src/placement/constraints/dual.ts';
import type {ChoiceModel} from '../src/placement/constraints/model.ts';
import {estateNetwork, random} from './min-cut-estate.ts';

const ROWS: [number, number][] = [
  [1e4, 0.005],
  [1e4, 0.02],
  [1e4, 0.05],
  [1e4, 0.2],
  [1e6, 0.02],
];
const GOALS = ['99.0', '97.9', '95.4', '82.4', '98.6'];

interface Row {
  proven: number;
  seconds: number;
  cut: number;
  megabytes: number;
  gap: number | null;
  together: number;
  whole: number | null;
}

if (process.argv[2] === 'one') one(Number(process.argv[3]), Number(process.argv[4]), Number(process.argv[5]));
else all(Number(process.argv[2] ?? 1));

function all(seed: number): void {
  console.log('workloads | pairs % | proven % (goal) | CPU s | × cut | peak MB | whole: CPU s | gap %');
  ROWS.forEach(([n, share], k) => {
    const args = [fileURLToPath(import.meta.url), 'one', String(n), String(share), String(seed)];
    const child = spawnSync(process.execPath, args, {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const row = JSON.parse(child.stdout) as Row;
    const cells = [
      n.toExponential(0),
      (100 * share).toFixed(1),
      `${(100 * row.proven).toFixed(2)} (${GOALS[k]})`,
      row.seconds.toFixed(2),
      (row.seconds / row.cut).toFixed(1),
      row.megabytes.toFixed(0),
      row.whole?.toFixed(2) ?? '–',
      row.gap === null ? `– (${row.together} pairs together)` : (100 * row.gap).toFixed(4),
    ];
    console.log(cells.join(' | '));
  });
}

function one(n: number, share: number, seed: number): void {
  const model = apartEstate(n, share, seed);
  const free = {scale: 1, multipliers: new Float64Array(model.resources.length)};
  const [cut, {chosen}] = timed(() => evaluateDual(model, free));
  const [seconds, roof] = timed(() => roofDual(pairModel(model).problem));
  const megabytes = process.resourceUsage().maxRSS / 1024;
  const proven = roof.labels.reduce((sum, label) => sum + (label === -1 ? 0 : 1), 0) / n;
  const [whole, found] = timed(() =>
    solveApart(model, chosen, {expired: () => null, progress: () => undefined}),
  );
  const value = found.best?.values[0] ?? null;
  const row: Row = {
    proven,
    seconds,
    cut,
    megabytes,
    gap: value === null ? null : (value - found.dual.bound) / value,
    together: model.resources.length,
    whole,
  };
  console.log(JSON.stringify(row));
}

/** CPU seconds of this process. */
function timed<T>(work: () => T): [number, T] {
  const before = process.cpuUsage();
  const value = work();
  const {user, system} = process.cpuUsage(before);
  return [(user + system) / 1e6, value];
}

/** The synthetic estate of the minimum-cut benchmark, one site per class, with `share · n` random pairs apart. */
function apartEstate(n: number, share: number, seed: number): ChoiceModel {
  const {source, sink, tail, head, forward, backward} = estateNetwork(n, seed);
  const uniform = random(seed + 7);
  const pairsOf: number[][] = Array.from({length: n}, () => []);
  const pairs = Math.round(share * n);
  const open = (u: number, v: number): boolean =>
    u !== v &&
    source[u] !== Infinity &&
    sink[u] !== Infinity &&
    source[v] !== Infinity &&
    sink[v] !== Infinity;
  for (let p = 0; p < pairs;) {
    const [u, v] = [Math.floor(uniform() * n), Math.floor(uniform() * n)];
    if (!open(u, v)) continue;
    pairsOf[u]!.push(p);
    pairsOf[v]!.push(p);
    p++;
  }
  const start = [0];
  const [site, label, values, useStart, useOf]: number[][] = [[], [], [], [0], []];
  for (let u = 0; u < n; u++) {
    for (const c of [0, 1]) {
      const cost = c === 0 ? sink[u]! : source[u]!;
      if (cost === Infinity) continue;
      site!.push(c);
      label!.push(c);
      values!.push(cost);
      for (const p of pairsOf[u]!) useOf!.push(2 * p + c);
      useStart!.push(useOf!.length);
    }
    start.push(site!.length);
  }
  return {
    units: n,
    start: Uint32Array.from(start),
    site: Int32Array.from(site!),
    label: Uint8Array.from(label!),
    values: [Float64Array.from(values!)],
    levels: [{name: 'risk', unary: new Float64Array(0), tail, head, forward, backward}],
    resources: Array.from({length: 2 * pairs}, (_, r) => ({
      id: `apart:${r}`,
      kind: 'apart',
      text: `pair ${r}`,
      unit: 'place',
      scale: 1,
      limit: 1,
      site: r & 1,
    })),
    useStart: Uint32Array.from(useStart!),
    useOf: Uint32Array.from(useOf!),
    amount: new Float64Array(useOf!.length).fill(1),
  };
}
