import {UNREACHED} from '../graph/bottleneck.ts';
import {type Csr, forwardCsr} from '../graph/csr.ts';
import {type Barrier, bottleneckMatrix, lanesMatrix, startLanes} from '../graph/lanes.ts';
import {stronglyConnected} from '../graph/scc.ts';
import type {Certainty} from '../model/common.ts';
import {GRADE, type GraphIndex, UNUSABLE} from './index-graph.ts';
import {nodeNumbers, type RootSets} from './site-roots.ts';

/** Workloads searched at a time where only a search of their own is exact. */
const BATCH = 256;

/**
 * Which roots reach each workload because of itself: no path may end over a place-bound edge into it. These stay wherever it
 * moves. Exact also where the workload lies on the way to itself (a domain controller reached over its host, then
 * again as a member of its domain): there the plain answer is kept only where a lower bound equals it, else searched anew.
 * @param how `value` (default) counts access without control as well, `control` does not
 */
export function ownRoots(
  index: GraphIndex,
  workloadIds: string[],
  mask: Certainty,
  how: 'value' | 'control' = 'value',
): RootSets {
  const target = how === 'value' ? index.target : (node: number): number => node;
  const numbers = nodeNumbers(index, workloadIds);
  const all = [...numbers].filter((number) => number >= 0);
  const whole = {index, present: all, target, bound: placeBound(index), maxGrade: GRADE[mask]};
  const {groupOf, first, cyclic} = groupsOf(whole);
  const search = {...whole, present: first.map((t) => all[t]!)};
  const count = first.length;
  const delta = rootMatrix(search, cyclic);
  const roots = [...index.roots].map((root) => index.graph.nodes[root]!.id);
  const sets = first.map((_, t) => Uint8Array.from(roots, (_root, r) => delta[r * count + t]!));
  const setOf = new Uint32Array(numbers.length);
  let p = 0;
  numbers.forEach((node, at) => (setOf[at] = node < 0 ? count : groupOf[p++]!));
  if (all.length < numbers.length) sets.push(new Uint8Array(roots.length).fill(UNREACHED));
  return {roots, setOf, sets};
}

/**
 * Workloads with the same own edges are reached by the same roots, but for those that lie on a cycle over one of them: each
 * of these is a group of its own. `first` = one column of each group, `cyclic` = groups on a cycle.
 */
function groupsOf(search: Search): {groupOf: Uint32Array; first: number[]; cyclic: number[]} {
  const alone = new Set(onOwnCycle(search));
  const groupOf = new Uint32Array(search.present.length);
  const first: number[] = [];
  const cyclic: number[] = [];
  const known = new Map<string, number>();
  search.present.forEach((u, t) => {
    if (alone.has(t)) cyclic.push(first.length);
    const key = alone.has(t) ? `cycle ${t}` : edgesKey(search, u);
    const group = known.get(key) ?? first.push(t) - 1;
    known.set(key, group);
    groupOf[t] = group;
  });
  return {groupOf, first, cyclic};
}

function edgesKey(search: Search, u: number): string {
  const {reverse} = search.index;
  let key = '';
  eachEdgeInto(search, u, (at) => {
    if (search.bound[at] === 0) key += `${reverse.heads[at]!}/${reverse.level[at]!} `;
  });
  return key;
}

/** δ of all roots to the columns: `delta[root * columns + column]`. `cyclic` = columns on a cycle. */
function rootMatrix(search: Search, cyclic: number[]): Uint8Array {
  const {index, present} = search;
  const upper = overOwnEdges(search, index.forward);
  if (cyclic.length === 0) return upper;
  // Without any place-bound edge into any of these workloads, no path can have used one.
  const lower = overOwnEdges(search, withoutPlaceEdges(search, cyclic));
  const open = cyclic.filter((t) => !sameColumn(upper, lower, t, present.length));
  searchAnew(search, open, upper);
  if (index.gates.length === 0) return upper;
  // Against the edges gates cannot be counted: where that may have mattered, once more along the edges.
  for (const t of open) if (!sameColumn(upper, lower, t, present.length)) searchForward(search, t, upper);
  return upper;
}

interface Search {
  index: GraphIndex;
  /** Node numbers of the columns. */
  present: number[];
  /** Node whose being reached counts for a column's node. */
  target: (node: number) => number;
  /** 1 = entry of the reverse rows is place-bound. */
  bound: Uint8Array;
  maxGrade: number;
}

function placeBound({graph, reverse}: GraphIndex): Uint8Array {
  const bound = new Uint8Array(reverse.heads.length);
  for (let at = 0; at < bound.length; at++) {
    if (graph.edges[reverse.edge[at]!]?.bound === 'place') bound[at] = 1;
  }
  return bound;
}

/** Columns of workloads with a place-bound edge that lie on a cycle over one of their own edges. */
function onOwnCycle(search: Search): number[] {
  const {index, present, bound, maxGrade} = search;
  const {reverse} = index;
  const {of} = stronglyConnected(withoutInternal(index), {maxLevel: 3, maxGrade});
  const cyclic: number[] = [];
  present.forEach((u, t) => {
    let placed = false;
    let loops = false;
    eachEdgeInto(search, u, (at) => {
      if (bound[at] === 1) placed = true;
      else if (of[reverse.heads[at]!] === of[u]) loops = true;
    });
    if (placed && loops) cyclic.push(t);
  });
  return cyclic;
}

/** Rows in which access leads to its head like control does: more cycles than there are, never fewer. */
function withoutInternal({list, graph, forward, owner}: GraphIndex): Csr {
  if (list.from.length === graph.edges.length) return forward;
  return forwardCsr({...list, to: list.to.map(owner)});
}

/** Reverse row entries that end in a workload, or in the node beside it that access leads to; internal ones left out. */
function eachEdgeInto({index, target, maxGrade}: Search, u: number, visit: (entry: number) => void): void {
  const {reverse, graph} = index;
  for (const node of new Set([u, target(u)])) {
    for (let at = reverse.offsets[node]!; at < reverse.offsets[node + 1]!; at++) {
      if (reverse.grade[at]! <= maxGrade && reverse.edge[at]! < graph.edges.length) visit(at);
    }
  }
}

/** Best over a workload's own edges of the higher of δ(root, tail) and the edge's level. */
function overOwnEdges(search: Search, rows: Csr): Uint8Array {
  const {index, present, bound, maxGrade} = search;
  const {reverse, roots} = index;
  const delta = new Uint8Array(roots.length * present.length).fill(UNREACHED);
  const column = new Map<number, number>();
  const eachOwnEdge = (u: number, visit: (tail: number, level: number) => void): void =>
    eachEdgeInto(search, u, (at) => {
      if (bound[at] === 0) visit(reverse.heads[at]!, reverse.level[at]!);
    });
  for (const u of present) {
    eachOwnEdge(u, (tail) => {
      if (!column.has(tail)) column.set(tail, column.size);
    });
  }
  const above = bottleneckMatrix(rows, roots, [...column.keys()], maxGrade);
  present.forEach((u, t) => {
    eachOwnEdge(u, (tail, level) => {
      const from = column.get(tail)!;
      for (let r = 0; r < roots.length; r++) {
        const reached = above[r * column.size + from]!;
        if (reached === UNREACHED) continue;
        const cell = r * present.length + t;
        delta[cell] = Math.min(delta[cell]!, Math.max(reached, level));
      }
    });
  });
  return delta;
}

function withoutPlaceEdges(search: Search, columns: number[]): Csr {
  const {index, present, bound} = search;
  const grade = index.list.grade.slice();
  for (const t of columns) {
    eachEdgeInto(search, present[t]!, (at) => {
      if (bound[at] === 1) grade[index.reverse.edge[at]!] = UNUSABLE;
    });
  }
  return forwardCsr({...index.list, grade});
}

function sameColumn(a: Uint8Array, b: Uint8Array, column: number, columns: number): boolean {
  for (let cell = column; cell < a.length; cell += columns) if (a[cell] !== b[cell]) return false;
  return true;
}

/** One search per workload against the edges, many at a time; each may not leave its own start over a place-bound edge. */
function searchAnew(
  {index, present, target, bound, maxGrade}: Search,
  open: number[],
  delta: Uint8Array,
): void {
  const {reverse, roots} = index;
  for (let begin = 0; begin < open.length; begin += BATCH) {
    const batch = open.slice(begin, begin + BATCH);
    const starts = startLanes(
      reverse.nodes,
      batch.map((t) => target(present[t]!)),
    );
    const own = new Map<number, Uint32Array>();
    batch.forEach((t, s) => {
      // Reached by access or by control: the search begins at both.
      for (const node of [present[t]!, target(present[t]!)]) {
        starts.bits[node * starts.words + (s >>> 5)]! |= 1 << (s & 31);
        const lanes = own.get(node) ?? new Uint32Array(starts.words);
        lanes[s >>> 5]! |= 1 << (s & 31);
        own.set(node, lanes);
      }
    });
    const barrier: Barrier = {marked: bound, lanes: (_, tail) => own.get(tail) ?? null};
    const found = lanesMatrix(reverse, starts, roots, maxGrade, barrier);
    batch.forEach((t, row) => {
      for (let r = 0; r < roots.length; r++) {
        delta[r * present.length + t] = found[row * roots.length + r]!;
      }
    });
  }
}

/** All roots along the edges to one workload whose place-bound edges are gone. */
function searchForward(search: Search, column: number, delta: Uint8Array): void {
  const {index, present, target, maxGrade} = search;
  const rows = withoutPlaceEdges(search, [column]);
  const found = bottleneckMatrix(rows, index.roots, [target(present[column]!)], maxGrade);
  found.forEach((reached, r) => (delta[r * present.length + column] = reached));
}
