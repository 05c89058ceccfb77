import {spawnSync} from 'node:child_process';
import {mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {fileURLToPath} from 'node:url';
import {MultiDirectedGraph} from 'graphology';
import {stronglyConnectedComponents} from 'graphology-components';
import {bfsFromNode} from 'graphology-traversal';
import type {BenchGraph} from './identity-graph.ts';

/** CPU seconds of one library. `reach` is per root, from a few roots. */
interface Peer {
  name: string;
  build?: number;
  reach?: number;
  components?: number;
  dominators?: number;
  /** Why there are no figures. */
  note?: string;
}

const ROOTS = 5;
/** Objects of a JavaScript or Python graph take about a gigabyte per million edges. */
const OBJECTS_UP_TO = 1_000_000;

/** The same jobs elsewhere. `reach` = our milliseconds for all roots, rows and condensation included. */
export function peers(graph: BenchGraph, ours: {reach: number}): void {
  const all = [graphology(graph), ...python(graph)];
  console.log(
    'library | build, s | value reached by 1,000 roots, s (scaled from 5) | × ours | components, s | dominators, s',
  );
  for (const {name, note, build, reach, components, dominators} of all) {
    if (note !== undefined) {
      console.log(`${name} | ${note}`);
      continue;
    }
    const scaled = reach === undefined ? undefined : reach * graph.roots.length;
    const cells = [
      name,
      seconds(build),
      seconds(scaled),
      scaled === undefined ? '–' : ((scaled * 1000) / ours.reach).toFixed(0),
      seconds(components),
      seconds(dominators),
    ];
    console.log(cells.join(' | '));
  }
}

function seconds(value: number | undefined): string {
  return value === undefined ? '–' : value.toFixed(2);
}

function cpu(work: () => void): number {
  const before = process.cpuUsage();
  work();
  const {user, system} = process.cpuUsage(before);
  return (user + system) / 1e6;
}

function graphology({list, roots, weight}: BenchGraph): Peer {
  const name = 'graphology';
  if (list.from.length > OBJECTS_UP_TO) return {name, note: 'too large for objects; run with --small'};
  const graph = new MultiDirectedGraph();
  const build = cpu(() => {
    for (let u = 0; u < list.nodes; u++) graph.addNode(String(u));
    for (let e = 0; e < list.from.length; e++) graph.addEdge(String(list.from[e]!), String(list.to[e]!));
  });
  let sum = 0;
  const reach = cpu(() => {
    for (const root of roots.subarray(0, ROOTS))
      bfsFromNode(graph, String(root), (u) => void (sum += weight[Number(u)]!));
  });
  const components = cpu(() => void stronglyConnectedComponents(graph));
  return {name, build, reach: reach / ROOTS, components};
}

/** Libraries of Debian's Python; each says itself whether it is there. */
function python({list, roots, weight}: BenchGraph): Peer[] {
  const folder = mkdtempSync(join(tmpdir(), 'bulkhead-bench-'));
  try {
    const bytes = (array: Uint32Array | Float64Array): Uint8Array =>
      new Uint8Array(array.buffer, array.byteOffset, array.byteLength);
    writeFileSync(join(folder, 'from'), bytes(list.from));
    writeFileSync(join(folder, 'to'), bytes(list.to));
    writeFileSync(join(folder, 'weight'), bytes(weight));
    writeFileSync(join(folder, 'roots'), bytes(roots.slice(0, ROOTS)));
    const script = fileURLToPath(new URL('graph-peers.py', import.meta.url));
    for (const command of ['/usr/bin/python3', 'python3']) {
      const child = spawnSync(command, [script, folder, String(list.nodes), String(OBJECTS_UP_TO)], {
        encoding: 'utf8',
        stdio: ['ignore', 'pipe', 'inherit'],
      });
      if (child.status === 0) return JSON.parse(child.stdout) as Peer[];
    }
    return [{name: 'igraph, scipy, networkx', note: 'python3 is not installed'}];
  } finally {
    rmSync(folder, {recursive: true});
  }
}
