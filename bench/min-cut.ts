/**
 * Two-class placement as one minimum cut with its proof, on synthetic estates of 1e4, 1e5 and 1e6 workloads and four times
 * as many dependencies. Each size runs in a process of its own. Prints time (CPU), peak memory, whether flow = cut with
 * every capacity kept and every node balanced, and the ratio to one pass over the dependencies (scan) and to JSON.parse of
 * the same problem. Run: `node bench/min-cut.ts [SEED]`.
 */
import {spawnSync} from 'node:child_process';
import {fileURLToPath} from 'node:url';
import {maxFlow, SINK, type FlowNetwork, type FlowResult} from '../src/graph/max-flow.ts';
import {estateNetwork} from './min-cut-estate.ts';

const GOAL = {seconds: 3.5, megabytes: 450};

if (process.argv[2] === 'one') one(Number(process.argv[3]), Number(process.argv[4]));
else all(Number(process.argv[2] ?? 1));

interface Row {
  seconds: number;
  megabytes: number;
  proven: boolean;
  dedicated: number;
  scan: number;
  parse: number;
}

function all(seed: number): void {
  console.log('workloads | CPU s | peak MB | flow = cut | dedicated | × scan | × JSON.parse');
  for (const n of [1e4, 1e5, 1e6]) {
    const child = spawnSync(
      process.execPath,
      [fileURLToPath(import.meta.url), 'one', String(n), String(seed)],
      {
        encoding: 'utf8',
        stdio: ['ignore', 'pipe', 'inherit'],
      },
    );
    const row = JSON.parse(child.stdout) as Row;
    const cells = [
      n.toExponential(0),
      row.seconds.toFixed(3),
      row.megabytes.toFixed(0),
      row.proven ? 'yes' : 'NO',
      `${((100 * row.dedicated) / n).toFixed(1)} %`,
      (row.seconds / row.scan).toFixed(0),
      (row.seconds / row.parse).toFixed(2),
    ];
    console.log(cells.join(' | '));
  }
  console.log(`goal at 1e6: ≤ ${GOAL.seconds} s, ≤ ${GOAL.megabytes} MB`);
}

function one(n: number, seed: number): void {
  const network = estateNetwork(n, seed);
  const [seconds, result] = timed(() => maxFlow(network));
  const megabytes = process.resourceUsage().maxRSS / 1024;
  const text = JSON.stringify({
    source: finite(network.source),
    sink: finite(network.sink),
    tail: Array.from(network.tail),
    head: Array.from(network.head),
    weight: Array.from(network.forward),
  });
  const [parse] = timed(() => JSON.parse(text) as unknown);
  const scans = Array.from({length: 9}, () => timed(() => cut(network, result.side))[0]).sort(
    (a, b) => a - b,
  );
  const row: Row = {
    seconds,
    megabytes,
    proven: proven(network, result),
    dedicated: result.side.reduce((sum, side) => sum + (side === SINK ? 1 : 0), 0),
    scan: scans[4]!,
    parse,
  };
  console.log(JSON.stringify(row));
}

/** CPU seconds of this process; other load on the machine counts less than with a clock. */
function timed<T>(work: () => T): [number, T] {
  const before = process.cpuUsage();
  const value = work();
  const {user, system} = process.cpuUsage(before);
  return [(user + system) / 1e6, value];
}

function finite(values: Float64Array): number[] {
  return Array.from(values, (value) => (value === Infinity ? -1 : value));
}

/** One pass over all dependencies. */
function cut({tail, head, forward, backward}: FlowNetwork, side: Uint8Array): number {
  let paid = 0;
  for (let e = 0; e < tail.length; e++) {
    const a = side[tail[e]!] === SINK;
    const b = side[head[e]!] === SINK;
    if (a !== b) paid += a ? backward[e]! : forward[e]!;
  }
  return paid;
}

function proven(network: FlowNetwork, {flow, source, sink, net, side}: FlowResult): boolean {
  const balance = source.map((value, i) => value - sink[i]!);
  let paid = cut(network, side);
  for (let i = 0; i < network.nodes; i++) {
    paid += side[i] === SINK ? network.source[i]! : network.sink[i]!;
    if (source[i]! < 0 || source[i]! > network.source[i]!) return false;
    if (sink[i]! < 0 || sink[i]! > network.sink[i]!) return false;
  }
  for (let e = 0; e < net.length; e++) {
    if (net[e]! > network.forward[e]! || -net[e]! > network.backward[e]!) return false;
    balance[network.tail[e]!]! -= net[e]!;
    balance[network.head[e]!]! += net[e]!;
  }
  return paid === flow && balance.every((value) => value === 0);
}
