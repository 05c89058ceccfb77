/**
 * The kernels of the identity graph on one synthetic estate, each beside a scan: one pass over the edge arrays in the same
 * process, taking turns with what is measured. CPU time, medians. Then the same job in other libraries, where they are
 * installed: graphology (npm), igraph, scipy and networkx (Debian: python3-igraph, python3-scipy, python3-networkx).
 * Run: `node bench/graph.ts [--small] [--seed N] [--repeats N] [--no-peers]`; the full size needs 2 GB.
 */
import {parseArgs} from 'node:util';
import {bottleneck, UNREACHED} from '../src/graph/bottleneck.ts';
import {condense} from '../src/graph/condense.ts';
import {forwardCsr, reverseCsr} from '../src/graph/csr.ts';
import {dominatedWeight, dominators} from '../src/graph/dominators.ts';
import {reachSums} from '../src/graph/reach-sums.ts';
import {reachWeights} from '../src/graph/reach-weights.ts';
import {stronglyConnected} from '../src/graph/scc.ts';
import {peers} from './graph-peers.ts';
import {type BenchGraph, identityGraph} from './identity-graph.ts';

const {values} = parseArgs({
  options: {
    small: {type: 'boolean', default: false},
    seed: {type: 'string', default: '1'},
    repeats: {type: 'string', default: '5'},
    peers: {type: 'boolean', default: true},
  },
  allowNegative: true,
});
const workloads = values.small ? 100_000 : 1_000_000;
const ALL = {maxLevel: 3, maxGrade: 0};

/** Rows of the table and their goals in scans; the last one is a ratio of times. */
const GOALS = {
  'value reached by 1,000 roots, exact': 160,
  'value reached by all identities, exact': 400,
  'rows, components, condensation': 110,
  'dominators of all nodes': 100,
} as const;
type Row = keyof typeof GOALS;

interface Measured {
  scan: number;
  rows: Record<Row, number>;
  roots: Float64Array;
}

const repeats = Math.max(5, Number(values.repeats));
const small = measure(estate(workloads / 10), repeats);
const graph = estate(workloads);
const full = measure(graph, repeats);
print(full, small);
check(graph, full);
const {rows} = full;
if (values.peers) {
  peers(graph, {reach: rows['value reached by 1,000 roots, exact'] + rows['rows, components, condensation']});
}

function estate(size: number): BenchGraph {
  return identityGraph(
    {workloads: size, identities: size / 5, edges: 5 * size, roots: 1000},
    Number(values.seed),
  );
}

function measure(from: BenchGraph, times: number): Measured {
  const {list, roots, identities, weight} = from;
  const taken = new Map<string, number[]>();
  const timed = <T>(name: string, work: () => T): T => {
    const before = process.cpuUsage();
    const value = work();
    const {user, system} = process.cpuUsage(before);
    taken.set(name, [...(taken.get(name) ?? []), (user + system) / 1e3]);
    return value;
  };
  const scanned = (): unknown => timed('scan', () => scan(list.from, list.to));
  let reached = new Float64Array(0);
  for (let repeat = 0; repeat < times; repeat++) {
    scanned();
    const [csr, components, dag] = timed('rows, components, condensation', () => {
      const forward = forwardCsr(list);
      const found = stronglyConnected(forward, ALL);
      return [forward, found, condense(forward, found, ALL)] as const;
    });
    scanned();
    const heavy = new Float64Array(components.count);
    components.of.forEach((c, u) => (heavy[c]! += weight[u]!));
    const starts = roots.map((root) => components.of[root]!);
    reached = timed('value reached by 1,000 roots, exact', () =>
      reachWeights(dag, heavy, starts),
    ) as typeof reached;
    scanned();
    const wanted = new Uint8Array(components.count);
    for (const identity of identities) wanted[components.of[identity]!] = 1;
    timed('value reached by all identities, exact', () => reachSums(dag, heavy, wanted));
    scanned();
    const reverse = reverseCsr(list);
    timed('dominators of all nodes', () => dominatedWeight(dominators(csr, reverse, roots, ALL), weight));
  }
  const median = (name: string): number => {
    const sorted = taken.get(name)!.toSorted((a, b) => a - b);
    return sorted[sorted.length >> 1]!;
  };
  const rows = Object.fromEntries(Object.keys(GOALS).map((name) => [name, median(name)]));
  return {scan: median('scan'), rows: rows as Measured['rows'], roots: reached};
}

/** What any use of the edges must at least do. A sum instead of the maximum takes three times as long. */
function scan(from: Uint32Array, to: Uint32Array): number {
  let most = 0;
  for (let i = 0; i < from.length; i++) {
    const both = from[i]! ^ to[i]!;
    if (both > most) most = both;
  }
  return most;
}

function print(large: Measured, tenth: Measured): void {
  console.log(
    `${graph.list.nodes} nodes, ${graph.list.from.length} edges; one scan ${large.scan.toFixed(1)} ms CPU, medians of ${repeats}`,
  );
  console.log('what | goal, scans | measured, ms | measured, scans');
  for (const [name, goal] of Object.entries(GOALS)) {
    const ms = large.rows[name as Row];
    const scans = ms / large.scan;
    console.log(
      `${name} | ≤ ${goal} | ${ms.toFixed(0)} | ${scans.toFixed(0)}${scans > goal ? ' MISSED' : ''}`,
    );
  }
  const sum = ({rows}: Measured): number => Object.values(rows).reduce((total, ms) => total + ms, 0);
  const ratio = sum(large) / sum(tenth);
  console.log(
    `ten times the estate, all rows | ≤ 11 × the time | ${sum(tenth).toFixed(0)} → ${sum(large).toFixed(0)} | ${ratio.toFixed(1)} ×${ratio > 11 ? ' MISSED' : ''}`,
  );
}

/** The sums of a few roots once more by one search each. */
function check({list, roots, weight}: BenchGraph, measured: Measured): void {
  const csr = forwardCsr(list);
  const wrong = [0, 1, 2, 500, 999].filter((r) => {
    const {delta} = bottleneck(csr, [roots[r]!], {maxGrade: 0});
    const sum = weight.reduce((total, w, u) => total + (delta[u] === UNREACHED ? 0 : w), 0);
    return sum !== measured.roots[r];
  });
  console.log(
    wrong.length === 0 ? 'sums agree with single searches' : `WRONG SUMS of roots ${wrong.join(', ')}`,
  );
}
