import {UNREACHED} from '../graph/bottleneck.ts';
import {type Csr, forwardCsr} from '../graph/csr.ts';
import {bottleneckMatrix} from '../graph/lanes.ts';
import {stronglyConnected} from '../graph/scc.ts';
import type {Certainty} from '../model/common.ts';
import {GRADE, type GraphIndex} from './index-graph.ts';
import {type RootMatrix, fillMatrix} from './root-matrix.ts';

/** Workloads searched at a time where only a search of their own is exact. */
const BATCH = 256;

/**
 * Which roots reach each workload because of itself: no path may end over a place-bound edge into it. These stay wherever it
 * moves. Exact also where the workload lies on the way to itself (a domain controller reached over its host, then
 * again as a member of its domain): there the plain answer is kept only where a lower bound equals it, else searched anew.
 */
export function ownRoots(index: GraphIndex, workloadIds: string[], mask: Certainty): RootMatrix {
  const maxGrade = GRADE[mask];
  return fillMatrix(index, workloadIds, (present) => {
    const {bound, cyclic} = classify(index, present, maxGrade);
    const upper = overOwnEdges(index, index.forward, present, bound, maxGrade);
    if (cyclic.length === 0) return upper;
    // Without any place-bound edge into any of these workloads, no path can have used one.
    const cut = withoutPlaceEdges(index, present, cyclic, bound);
    const lower = overOwnEdges(index, cut, present, bound, maxGrade);
    const open = cyclic.filter((t) => !sameColumn(upper, lower, t, present.length));
    searchAnew(index, present, open, bound, maxGrade, upper);
    return upper;
  });
}

interface Classes {
  /** 1 = entry of the reverse rows is place-bound. */
  bound: Uint8Array;
  /** Columns of workloads with a place-bound edge that lie on a cycle over one of their own edges. */
  cyclic: number[];
}

function classify({graph, forward, reverse}: GraphIndex, present: number[], maxGrade: number): Classes {
  const bound = new Uint8Array(reverse.heads.length);
  for (let at = 0; at < bound.length; at++) {
    if (graph.edges[reverse.edge[at]!]!.bound === 'place') bound[at] = 1;
  }
  const {of} = stronglyConnected(forward, {maxLevel: 3, maxGrade});
  const cyclic: number[] = [];
  present.forEach((u, t) => {
    let placed = false;
    let loops = false;
    for (let at = reverse.offsets[u]!; at < reverse.offsets[u + 1]!; at++) {
      if (reverse.grade[at]! > maxGrade) continue;
      if (bound[at] === 1) placed = true;
      else if (of[reverse.heads[at]!] === of[u]) loops = true;
    }
    if (placed && loops) cyclic.push(t);
  });
  return {bound, cyclic};
}

/** Best over a workload's own edges of the higher of δ(root, tail) and the edge's level. */
function overOwnEdges(
  {reverse, roots}: GraphIndex,
  rows: Csr,
  present: number[],
  bound: Uint8Array,
  maxGrade: number,
): Uint8Array {
  const delta = new Uint8Array(roots.length * present.length).fill(UNREACHED);
  const column = new Map<number, number>();
  const eachOwnEdge = (u: number, visit: (tail: number, level: number) => void): void => {
    for (let at = reverse.offsets[u]!; at < reverse.offsets[u + 1]!; at++) {
      if (reverse.grade[at]! <= maxGrade && bound[at] === 0) visit(reverse.heads[at]!, reverse.level[at]!);
    }
  };
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

function withoutPlaceEdges(
  {list, reverse}: GraphIndex,
  present: number[],
  cyclic: number[],
  bound: Uint8Array,
): Csr {
  const grade = list.grade.slice();
  for (const t of cyclic) {
    const u = present[t]!;
    for (let at = reverse.offsets[u]!; at < reverse.offsets[u + 1]!; at++) {
      if (bound[at] === 1) grade[reverse.edge[at]!] = UNREACHED;
    }
  }
  return forwardCsr({...list, grade});
}

function sameColumn(a: Uint8Array, b: Uint8Array, column: number, columns: number): boolean {
  for (let cell = column; cell < a.length; cell += columns) if (a[cell] !== b[cell]) return false;
  return true;
}

/** One search per workload against the edges, many at a time; each may not leave its own start over a place-bound edge. */
function searchAnew(
  {reverse, roots}: GraphIndex,
  present: number[],
  open: number[],
  bound: Uint8Array,
  maxGrade: number,
  delta: Uint8Array,
): void {
  for (let begin = 0; begin < open.length; begin += BATCH) {
    const batch = open.slice(begin, begin + BATCH);
    const starts = batch.map((t) => present[t]!);
    const found = bottleneckMatrix(reverse, starts, roots, maxGrade, bound);
    batch.forEach((t, row) => {
      for (let r = 0; r < roots.length; r++) {
        delta[r * present.length + t] = found[row * roots.length + r]!;
      }
    });
  }
}
