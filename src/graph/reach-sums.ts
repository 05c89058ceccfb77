import type {Dag} from './condense.ts';

export interface ReachSumOptions {
  /** A search that visits more nodes than this keeps its result as a bitmap for its predecessors. Default 2,000. */
  hubThreshold?: number;
  /** Memory for bitmaps, bytes; beyond it searches stay exact and become slower. Default 64 MiB. */
  hubBytes?: number;
}

const NONE = 0xffffffff;

/**
 * Weight of everything that can be reached from each node of an acyclic graph, the node itself included.
 * Only for nodes with `wanted[u] = 1`; 0 elsewhere. Weights are non-negative integers, so that sums are exact and do not
 * depend on the order of visits.
 *
 * Exact hub-pruned search, sinks first, over a smaller equivalent graph: a weightless node with one successor
 * is that successor, weightless nodes with equal successor sets are one node, and equal successor sets share one
 * search. A search starts from the sum of the largest hub below and visits only what the hub's bitmap lacks.
 * `dag` must have every edge go to a smaller number (see `condense`).
 */
export function reachSums(
  dag: Dag,
  weight: Float64Array,
  wanted: Uint8Array,
  options: ReachSumOptions = {},
): Float64Array {
  const threshold = options.hubThreshold ?? 2_000;
  let budget = options.hubBytes ?? 64 * 1024 * 1024;
  const {rows, own, canon} = compress(dag, weight);
  const count = rows.length;
  const needed = new Uint8Array(count);
  for (let u = 0; u < dag.nodes; u++) if (wanted[u] === 1) needed[canon[u]!] = 1;

  const mapWords = Math.ceil(count / 32);
  const sums = new Float64Array(count);
  /** At least the number of nodes in reach; counts shared ones repeatedly. */
  const bound = new Float64Array(count);
  const hubOf = new Uint32Array(count).fill(NONE);
  const hubs = new Map<number, Uint32Array>();
  const search = createSearch(rows, own);
  const bySuccessors = new Map<Uint32Array, number>();

  for (let c = 0; c < count; c++) {
    const row = rows[c]!;
    let size = 1;
    let hub = NONE;
    for (const d of row) {
      size += bound[d]!;
      const below = hubOf[d]!;
      if (below !== NONE && (hub === NONE || sums[below]! > sums[hub]!)) hub = below;
    }
    bound[c] = size;
    hubOf[c] = hub;
    const known = bySuccessors.get(row);
    if (known !== undefined) {
      sums[c] = known + own[c]!;
      continue;
    }
    if (needed[c] === 0 && size <= threshold) continue;
    const below = hub === NONE ? null : hubs.get(hub)!;
    const {sum, visited} = search(row, c, below);
    const total = sum + (hub === NONE ? 0 : sums[hub]!);
    bySuccessors.set(row, total);
    sums[c] = total + own[c]!;
    if (visited.length <= threshold || mapWords * 4 > budget) continue;
    budget -= mapWords * 4;
    const map = below ? below.slice() : new Uint32Array(mapWords);
    for (const v of visited) map[v >>> 5]! |= 1 << (v & 31);
    map[c >>> 5]! |= 1 << (c & 31);
    hubs.set(c, map);
    hubOf[c] = c;
  }
  const result = new Float64Array(dag.nodes);
  for (let u = 0; u < dag.nodes; u++) if (wanted[u] === 1) result[u] = sums[canon[u]!]!;
  return result;
}

/** A search over the smaller graph from a successor set, outside a bitmap. `id` must be new in each call. */
function createSearch(rows: Uint32Array[], own: Float64Array) {
  const stamp = new Uint32Array(rows.length).fill(NONE);
  return (from: Uint32Array, id: number, outside: Uint32Array | null): {sum: number; visited: number[]} => {
    const visited: number[] = [];
    let sum = 0;
    const admit = (row: Uint32Array): void => {
      for (const v of row) {
        if (stamp[v] === id) continue;
        stamp[v] = id;
        if (outside !== null && (outside[v >>> 5]! & (1 << (v & 31))) !== 0) continue;
        sum += own[v]!;
        visited.push(v);
      }
    };
    admit(from);
    for (let head = 0; head < visited.length; head++) admit(rows[visited[head]!]!);
    return {sum, visited};
  };
}

interface Compressed {
  /** Successors of each node of the smaller graph; equal sets are the same array. */
  rows: Uint32Array[];
  own: Float64Array;
  /** Node of the smaller graph for each node of the graph. */
  canon: Uint32Array;
}

const EMPTY = new Uint32Array(0);

/** Merges what cannot be told apart by the weight it reaches. Node 0 stands for all that reaches no weight. */
function compress(dag: Dag, weight: Float64Array): Compressed {
  const rows: Uint32Array[] = [EMPTY];
  const own: number[] = [0];
  const canon = new Uint32Array(dag.nodes);
  const sets = new Map<number, Uint32Array[]>();
  const weightless = new Map<Uint32Array, number>();
  for (let u = 0; u < dag.nodes; u++) {
    const successors = canonicalRow(dag, u, canon);
    const weighs = weight[u]! > 0;
    if (!weighs && successors.length <= 1) {
      canon[u] = successors[0] ?? 0;
      continue;
    }
    const row = successors.length === 0 ? EMPTY : unique(successors, sets);
    const twin = weighs ? undefined : weightless.get(row);
    canon[u] = twin ?? rows.length;
    if (twin !== undefined) continue;
    rows.push(row);
    own.push(weight[u]!);
    if (!weighs) weightless.set(row, canon[u]!);
  }
  return {rows, own: Float64Array.from(own), canon};
}

/** The one array that stands for all rows with this content. */
function unique(row: Uint32Array, sets: Map<number, Uint32Array[]>): Uint32Array {
  let hash = row.length;
  for (const d of row) hash = (Math.imul(hash ^ d, 0x9e3779b1) >>> 7) ^ Math.imul(d, 0x85ebca6b);
  const bucket = sets.get(hash);
  const known = bucket?.find((other) => other.length === row.length && other.every((d, i) => d === row[i]));
  if (known) return known;
  if (bucket) bucket.push(row);
  else sets.set(hash, [row]);
  return row;
}

/** Successors in the smaller graph, ascending, without repeats and without node 0. */
function canonicalRow(dag: Dag, u: number, canon: Uint32Array): Uint32Array {
  const begin = dag.offsets[u]!;
  const end = dag.offsets[u + 1]!;
  if (begin === end) return EMPTY;
  const row = new Uint32Array(end - begin);
  for (let at = begin; at < end; at++) row[at - begin] = canon[dag.heads[at]!]!;
  row.sort();
  let top = 0;
  for (const d of row) if (d !== 0 && (top === 0 || row[top - 1] !== d)) row[top++] = d;
  return row.subarray(0, top);
}
