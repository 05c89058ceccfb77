/**
 * Two-class placement beside HiGHS (optional package `highs`) solving the linear relaxation of the same problem, which is
 * totally unimodular: both must reach the same optimum. CPU seconds, median of five for the cut, the runs interleaved in
 * one process; each size runs in a process of its own for its peak memory.
 * Run: `node bench/min-cut-peers.ts [SEED] [SIZES]`, e.g. `node bench/min-cut-peers.ts 1 1000,10000`.
 */
import {spawnSync} from 'node:child_process';
import {fileURLToPath} from 'node:url';
import type {Highs} from 'highs';
import {maxFlow, type FlowNetwork} from '../src/graph/max-flow.ts';
import {estateNetwork} from './min-cut-estate.ts';

const GOAL = 25;

if (process.argv[2] === 'one') await one(Number(process.argv[3]), Number(process.argv[4]), process.argv[5]!);
else all(Number(process.argv[2] ?? 1), (process.argv[3] ?? '1000,3000,10000').split(',').map(Number));

interface Row {
  cut: number;
  highs: number;
  same: boolean;
  peak: number;
}

function all(seed: number, sizes: number[]): void {
  console.log('workloads | cut s | HiGHS LP s | ratio | same optimum | peak MB: cut | HiGHS');
  for (const n of sizes) {
    const run = (what: string): Row => {
      const script = fileURLToPath(import.meta.url);
      const child = spawnSync(process.execPath, [script, 'one', String(n), String(seed), what], {
        encoding: 'utf8',
        stdio: ['ignore', 'pipe', 'inherit'],
      });
      return JSON.parse(child.stdout) as Row;
    };
    const alone = run('cut');
    const both = run('both');
    const cells = [
      String(n),
      both.cut.toFixed(4),
      both.highs.toFixed(2),
      `${(both.highs / both.cut).toFixed(0)} ×`,
      both.same ? 'yes' : 'NO',
      alone.peak.toFixed(0),
      both.peak.toFixed(0),
    ];
    console.log(cells.join(' | '));
  }
  console.log(`goal from 1e4 on: ≥ ${GOAL} ×`);
}

async function one(n: number, seed: number, what: string): Promise<void> {
  const network = estateNetwork(n, seed);
  const cuts: number[] = [];
  let flow = 0;
  const cut = (): void => {
    const [seconds, result] = timed(() => maxFlow(network));
    cuts.push(seconds);
    flow = result.flow;
  };
  const row: Row = {cut: 0, highs: 0, same: true, peak: 0};
  cut();
  cut();
  if (what === 'both') {
    // Its types describe a CommonJS module; what is loaded here is the ES module with one default export.
    const {default: load} = (await import('highs')) as unknown as {default: () => Promise<Highs>};
    const highs = await load();
    const [seconds, value] = timed(() => relaxation(highs, network));
    row.highs = seconds;
    row.same = Math.abs(value - flow) < 0.5;
  }
  for (let k = 0; k < 3; k++) cut();
  row.cut = cuts.sort((a, b) => a - b)[2]!;
  row.peak = process.resourceUsage().maxRSS / 1024;
  console.log(JSON.stringify(row));
}

/** CPU seconds of this process; other load on the machine counts less than with a clock. */
function timed<T>(work: () => T): [number, T] {
  const before = process.cpuUsage();
  const value = work();
  const {user, system} = process.cpuUsage(before);
  return [(user + system) / 1e6, value];
}

/** min Σ source·x + sink·(1 − x) + weight·y with y ≥ ±(x_tail − x_head): the optimum of the cut as a linear program. */
function relaxation(highs: Highs, {nodes, source, sink, tail, head, forward}: FlowNetwork): number {
  const edges = tail.length;
  const columns = nodes + edges;
  const cost = new Float64Array(columns);
  const lower = new Float64Array(columns);
  const upper = new Float64Array(columns).fill(1);
  let offset = 0;
  for (let i = 0; i < nodes; i++) {
    if (source[i] === Infinity) upper[i] = 0;
    else cost[i]! += source[i]!;
    if (sink[i] === Infinity) lower[i] = 1;
    else {
      cost[i]! -= sink[i]!;
      offset += sink[i]!;
    }
  }
  cost.set(forward, nodes);
  const starts = Int32Array.from({length: 2 * edges + 1}, (_, r) => 3 * r);
  const indices = new Int32Array(6 * edges);
  const values = new Float64Array(6 * edges);
  for (let e = 0; e < edges; e++) {
    indices.set([tail[e]!, head[e]!, nodes + e, tail[e]!, head[e]!, nodes + e], 6 * e);
    values.set([1, -1, -1, -1, 1, -1], 6 * e);
  }
  const rows = 2 * edges;
  return highs.withModel(
    {
      numCols: columns,
      numRows: rows,
      offset,
      colCost: cost,
      colLower: lower,
      colUpper: upper,
      rowLower: new Float64Array(rows).fill(-highs.infinity),
      rowUpper: new Float64Array(rows),
      matrix: {format: 'csr', numRows: rows, numCols: columns, starts, indices, values},
    },
    (model) => {
      model.options.set({output_flag: false});
      model.run();
      return model.getObjectiveValue();
    },
  );
}
