import {ascending, type Dag} from './condense.ts';

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
  const count = rows.rowOf.length;
  const needed = new Uint8Array(count);
  for (let u = 0; u < dag.nodes; u++) if (wanted[u] === 1) needed[canon[u]!] = 1;

  const mapWords = Math.ceil(count / 32);
  const sums = new Float64Array(count);
  /** At least the number of nodes in reach; counts shared ones repeatedly. */
  const bound = new Float64Array(count);
  const hubOf = new Uint32Array(count).fill(NONE);
  const hubs = new Map<number, Uint32Array>();
  const search = createSearch(rows, own);
  /** Sum per row, −1 = not known. */
  const bySuccessors = new Float64Array(rows.starts.length - 1).fill(-1);

  for (let c = 0; c < count; c++) {
    const row = rows.rowOf[c]!;
    const end = rows.starts[row + 1]!;
    let size = 1;
    let hub = NONE;
    for (let at = rows.starts[row]!; at < end; at++) {
      const d = rows.items[at]!;
      size += bound[d]!;
      const below = hubOf[d]!;
      if (below !== NONE && (hub === NONE || sums[below]! > sums[hub]!)) hub = below;
    }
    bound[c] = size;
    hubOf[c] = hub;
    if (bySuccessors[row]! >= 0) {
      sums[c] = bySuccessors[row]! + own[c]!;
      continue;
    }
    if (needed[c] === 0 && size <= threshold) continue;
    const below = hub === NONE ? null : hubs.get(hub)!;
    const {sum, visited} = search(row, c, below);
    const total = sum + (hub === NONE ? 0 : sums[hub]!);
    bySuccessors[row] = total;
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

/** A search over the smaller graph from a row, outside a bitmap. `id` must be new in each call; what it gives is valid until the next. */
function createSearch({items, starts, rowOf}: Rows, own: Float64Array) {
  const stamp = new Uint32Array(rowOf.length).fill(NONE);
  const visited: number[] = [];
  return (from: number, id: number, outside: Uint32Array | null): {sum: number; visited: number[]} => {
    visited.length = 0;
    let sum = 0;
    let row = from;
    for (let head = 0; ; head++) {
      const end = starts[row + 1]!;
      for (let at = starts[row]!; at < end; at++) {
        const v = items[at]!;
        if (stamp[v] === id) continue;
        stamp[v] = id;
        if (outside !== null && (outside[v >>> 5]! & (1 << (v & 31))) !== 0) continue;
        sum += own[v]!;
        visited.push(v);
      }
      if (head === visited.length) return {sum, visited};
      row = rowOf[visited[head]!]!;
    }
  };
}

/** Successors of the smaller graph: row `r` is `items[starts[r]] … items[starts[r+1]−1]`; equal sets are the same row. */
interface Rows {
  items: Uint32Array;
  starts: Uint32Array;
  /** Row of each node. */
  rowOf: Uint32Array;
}

interface Compressed {
  rows: Rows;
  own: Float64Array;
  /** Node of the smaller graph for each node of the graph. */
  canon: Uint32Array;
}

/** Merges what cannot be told apart by the weight it reaches. Node 0 stands for all that reaches no weight. */
function compress(dag: Dag, weight: Float64Array): Compressed {
  const rowOf: number[] = [0];
  const own: number[] = [0];
  const canon = new Uint32Array(dag.nodes);
  const sets = createSets(dag.heads.length);
  /** Weightless node per row; the first row is empty and belongs to node 0. */
  const weightless: number[] = [];
  for (let u = 0; u < dag.nodes; u++) {
    const length = sets.stage(dag, u, canon);
    const weighs = weight[u]! > 0;
    if (!weighs && length <= 1) {
      canon[u] = length === 0 ? 0 : sets.staged();
      continue;
    }
    const row = length === 0 ? 0 : sets.keep(length);
    const twin = weighs ? undefined : weightless[row];
    canon[u] = twin ?? rowOf.length;
    if (twin !== undefined) continue;
    rowOf.push(row);
    own.push(weight[u]!);
    if (!weighs) weightless[row] = canon[u]!;
  }
  return {rows: {...sets.rows(), rowOf: Uint32Array.from(rowOf)}, own: Float64Array.from(own), canon};
}

/** Rows one after the other in one array, each content once. Row 0 is empty. */
function createSets(most: number) {
  const items = new Uint32Array(most);
  const starts: number[] = [0, 0];
  /** First row of each hash, and per row the next of the same hash. */
  const first = new Map<number, number>();
  const next: number[] = [-1];
  let top = 0;
  const equal = (row: number, length: number): boolean => {
    const begin = starts[row]!;
    if (starts[row + 1]! - begin !== length) return false;
    for (let i = 0; i < length; i++) if (items[begin + i] !== items[top + i]) return false;
    return true;
  };
  return {
    /** Writes the successors of `u` in the smaller graph behind the rows: ascending, without repeats and without node 0. */
    stage(dag: Dag, u: number, canon: Uint32Array): number {
      const begin = dag.offsets[u]!;
      const end = dag.offsets[u + 1]!;
      for (let at = begin; at < end; at++) items[top + at - begin] = canon[dag.heads[at]!]!;
      ascending(items, top, top + end - begin);
      let length = 0;
      for (let at = top; at < top + end - begin; at++) {
        const d = items[at]!;
        if (d !== 0 && (length === 0 || items[top + length - 1] !== d)) items[top + length++] = d;
      }
      return length;
    },
    /** The only successor that was written. */
    staged: () => items[top]!,
    /** The one row that stands for all with the content that was written. */
    keep(length: number): number {
      let hash = length;
      for (let i = 0; i < length; i++) {
        const d = items[top + i]!;
        hash = (Math.imul(hash ^ d, 0x9e3779b1) >>> 7) ^ Math.imul(d, 0x85ebca6b);
      }
      const head = first.get(hash) ?? -1;
      for (let row = head; row >= 0; row = next[row]!) if (equal(row, length)) return row;
      const row = starts.length - 1;
      top += length;
      starts.push(top);
      next.push(head);
      first.set(hash, row);
      return row;
    },
    rows: () => ({items, starts: Uint32Array.from(starts)}),
  };
}
