import type {Csr} from './csr.ts';

/** A path as row entries (indexes into `csr.heads`), first edge first. */
export type EntryPath = number[];

export interface PathFilter {
  /** Only edges with `grade ≤ maxGrade` and `level ≤ maxLevel`. */
  maxGrade: number;
  maxLevel: number;
  /** Nodes that must not be entered (1 = yes). */
  closed?: Uint8Array;
}

/**
 * The paths of fewest edges between two nodes, each node at most once, no two over the same nodes; fewer when there are
 * fewer. J. Y. Yen, "Finding the k shortest loopless paths in a network", Management Science 17(11), 1971, with
 * breadth-first search as every edge counts one. Ties go by row order, so the answer is deterministic.
 * Cost: at most k × (edges on a path) searches, O(nodes + edges) each.
 */
export function* shortestPaths(
  csr: Csr,
  from: number,
  to: number,
  filter: PathFilter,
): Generator<EntryPath, void> {
  if (from === to) return;
  const found: {path: EntryPath; nodes: number[]}[] = [];
  const waiting: {path: EntryPath; nodes: number[]; key: string}[] = [];
  const seen = new Set<string>();
  const offer = (path: EntryPath | null): void => {
    if (path === null) return;
    const nodes = [from, ...path.map((entry) => csr.heads[entry]!)];
    const key = nodes.join(' ');
    if (seen.has(key)) return;
    seen.add(key);
    waiting.push({path, nodes, key});
  };
  offer(search(csr, from, to, filter, new Set(), new Set()));
  while (waiting.length > 0) {
    waiting.sort((a, b) => a.path.length - b.path.length || compareNodes(a.nodes, b.nodes));
    const next = waiting.shift()!;
    found.push(next);
    yield next.path;
    for (let at = 0; at < next.path.length; at++) {
      // Leave the path at this node over another edge than every found path with the same beginning.
      const barred = new Set(
        found.filter((path) => sameStart(path.nodes, next.nodes, at)).map((path) => path.nodes[at + 1]!),
      );
      const passed = new Set(next.nodes.slice(0, at));
      const rest = search(csr, next.nodes[at]!, to, filter, passed, barred);
      offer(rest && [...next.path.slice(0, at), ...rest]);
    }
  }
}

/** Fewest edges from one node to another; `barred` nodes may not be the first step, `passed` ones not at all. */
function search(
  {nodes, offsets, heads, level, grade}: Csr,
  from: number,
  to: number,
  {maxGrade, maxLevel, closed}: PathFilter,
  passed: ReadonlySet<number>,
  barred: ReadonlySet<number>,
): EntryPath | null {
  const parent = new Int32Array(nodes).fill(-1);
  const tail = new Map<number, number>();
  const queue = [from];
  const visited = new Uint8Array(nodes);
  visited[from] = 1;
  for (const node of passed) visited[node] = 1;
  for (let read = 0; read < queue.length; read++) {
    const u = queue[read]!;
    for (let at = offsets[u]!; at < offsets[u + 1]!; at++) {
      const v = heads[at]!;
      if (visited[v] === 1 || level[at]! > maxLevel || grade[at]! > maxGrade || closed?.[v] === 1) continue;
      if (u === from && barred.has(v)) continue;
      visited[v] = 1;
      parent[v] = at;
      tail.set(v, u);
      if (v === to) return trace(parent, tail, from, to);
      queue.push(v);
    }
  }
  return null;
}

function trace(parent: Int32Array, tail: ReadonlyMap<number, number>, from: number, to: number): EntryPath {
  const path: EntryPath = [];
  for (let v = to; v !== from; v = tail.get(v)!) path.push(parent[v]!);
  return path.reverse();
}

function sameStart(a: readonly number[], b: readonly number[], last: number): boolean {
  for (let at = 0; at <= last; at++) if (a[at] !== b[at]) return false;
  return a.length > last + 1;
}

function compareNodes(a: readonly number[], b: readonly number[]): number {
  for (let at = 0; at < a.length && at < b.length; at++) if (a[at] !== b[at]) return a[at]! - b[at]!;
  return a.length - b.length;
}
