/**
 * Trade-offs of the synthetic estate: the front of risk × cost (two objectives, dichotomic) and of risk × cost × moves, at
 * most 100 plans and a fixed budget of work, and one cut of the same network beside them. Plans, cuts, CPU seconds and
 * peak memory. Each size runs in a process of its own. Run: `node bench/tradeoffs.ts [SEED] [SIZES]`.
 */
import {spawnSync} from 'node:child_process';
import {fileURLToPath} from 'node:url';
import type {Level} from '../src/placement/solve/level.ts';
import {solveLexicographic} from '../src/placement/solve/lexicographic.ts';
import {type Front, frontOf} from '../src/placement/tradeoffs/front.ts';
import {estateNetwork, random} from './min-cut-estate.ts';

interface Row {
  name: string;
  seconds: number;
  cut: number;
  megabytes: number;
  plans: number;
  cuts: number;
  complete: Front['complete'];
}

if (process.argv[2] === 'one') one(Number(process.argv[3]), Number(process.argv[4]), process.argv[5] === '3');
else all(Number(process.argv[2] ?? 1), (process.argv[3] ?? '1000,10000,100000').split(',').map(Number));

function all(seed: number, sizes: number[]): void {
  console.log('objectives | workloads | plans | complete | cuts | CPU s | one cut s | peak MB');
  for (const objectives of ['2', '3']) {
    for (const n of sizes) {
      const child = spawnSync(
        process.execPath,
        [fileURLToPath(import.meta.url), 'one', String(n), String(seed), objectives],
        {encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit']},
      );
      const {plans, complete, cuts, seconds, cut, megabytes} = JSON.parse(child.stdout) as Row;
      console.log(
        [
          objectives,
          n.toExponential(0),
          plans,
          complete,
          cuts,
          seconds.toFixed(2),
          cut.toFixed(3),
          megabytes.toFixed(0),
        ].join(' | '),
      );
    }
  }
}

function one(n: number, seed: number, moves: boolean): void {
  const levels = objectivesOf(n, seed, moves);
  const perCut = n + levels.reduce((sum, {tail}) => sum + tail.length, 0);
  const [cut, {labels}] = timed(() => solveLexicographic(n, levels.slice(0, 1)));
  const work = perCut * (n >= 100_000 ? 60 : 400);
  const [seconds, front] = timed(() => frontOf(n, levels, labels, {work, plans: 100}));
  const {plans, cuts, complete} = front!;
  const megabytes = process.resourceUsage().maxRSS / 1024;
  console.log(JSON.stringify({seconds, cut, megabytes, plans: plans.length, cuts, complete}));
}

/** Risk with all dependencies; cost against it with prices of its own; every workload that leaves its class is a move. */
function objectivesOf(n: number, seed: number, moves: boolean): [Level, Level, Level] {
  const {source, sink, tail, head, forward, backward} = estateNetwork(n, seed);
  const uniform = random(seed + 7);
  const none = {
    tail: new Uint32Array(0),
    head: new Uint32Array(0),
    forward: new Float64Array(0),
    backward: new Float64Array(0),
  };
  const risk = new Float64Array(2 * n);
  const cost = new Float64Array(2 * n);
  const churn = new Float64Array(2 * n);
  for (let u = 0; u < n; u++) {
    risk[2 * u] = sink[u]!;
    risk[2 * u + 1] = source[u]!;
    cost[2 * u + 1] = Math.round(500 + 4000 * uniform());
    if (moves) churn[2 * u + (uniform() < 0.6 ? 1 : 0)] = 1;
  }
  return [
    {name: 'risk', unary: risk, tail, head, forward, backward},
    {name: 'cost', unary: cost, ...none},
    {name: 'churn', unary: churn, ...none},
  ];
}

/** CPU seconds of this process. */
function timed<T>(work: () => T): [number, T] {
  const before = process.cpuUsage();
  const value = work();
  const {user, system} = process.cpuUsage(before);
  return [(user + system) / 1e6, value];
}
