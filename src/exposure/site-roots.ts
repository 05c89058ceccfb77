import {UNREACHED, bottleneck} from '../graph/bottleneck.ts';
import {bottleneckMatrix} from '../graph/lanes.ts';
import {stronglyConnected} from '../graph/scc.ts';
import type {Certainty} from '../model/common.ts';
import {GRADE, type GraphIndex} from './index-graph.ts';

/** δ of all roots to many nodes: `delta[root * targets.length + target]`, 255 = not reached. */
export interface RootMatrix {
  /** Ids of the rows, in node order. */
  roots: string[];
  /** Ids of the columns, as given. */
  targets: string[];
  delta: Uint8Array;
}

/** Which roots reach each of the nodes, over all edges of the mask. Ids that are not in the graph get an empty column. */
export function rootsReaching(index: GraphIndex, nodeIds: string[], mask: Certainty): RootMatrix {
  return place(index, nodeIds, (present) =>
    bottleneckMatrix(index.forward, index.roots, present, GRADE[mask]),
  );
}

/**
 * Which roots reach each workload because of itself: no path may end over a place-bound edge into it. These stay wherever it
 * moves. Exact also where the workload lies on the way to itself (a domain controller reached over its host, then
 * again as a member of its domain).
 */
export function ownRoots(index: GraphIndex, workloadIds: string[], mask: Certainty): RootMatrix {
  const {graph, reverse, roots} = index;
  const maxGrade = GRADE[mask];
  const placeBound = (entry: number): boolean => graph.edges[reverse.edge[entry]!]!.bound === 'place';
  return place(index, workloadIds, (present) => {
    const delta = new Uint8Array(roots.length * present.length).fill(UNREACHED);
    const components = stronglyConnected(index.forward, {maxLevel: 3, maxGrade});
    const tails: number[] = [];
    const column = new Map<number, number>();
    const exact: number[] = [];
    present.forEach((u, t) => {
      for (let at = reverse.offsets[u]!; at < reverse.offsets[u + 1]!; at++) {
        const tail = reverse.heads[at]!;
        if (reverse.grade[at]! > maxGrade || placeBound(at)) continue;
        if (components.of[tail] === components.of[u]) {
          exact.push(t);
          return;
        }
      }
      for (let at = reverse.offsets[u]!; at < reverse.offsets[u + 1]!; at++) {
        const tail = reverse.heads[at]!;
        if (reverse.grade[at]! > maxGrade || placeBound(at) || column.has(tail)) continue;
        column.set(tail, tails.length);
        tails.push(tail);
      }
    });
    // Outside its own cycle a path to the tail cannot have used the workload: take the tails' columns.
    const above = bottleneckMatrix(index.forward, roots, tails, maxGrade);
    const done = new Set(exact);
    present.forEach((u, t) => {
      if (done.has(t)) return;
      for (let at = reverse.offsets[u]!; at < reverse.offsets[u + 1]!; at++) {
        const from = column.get(reverse.heads[at]!);
        if (reverse.grade[at]! > maxGrade || placeBound(at) || from === undefined) continue;
        for (let r = 0; r < roots.length; r++) {
          const reached = above[r * tails.length + from]!;
          if (reached === UNREACHED) continue;
          const cell = r * present.length + t;
          delta[cell] = Math.min(delta[cell]!, Math.max(reached, reverse.level[at]!));
        }
      }
    });
    for (const t of exact) {
      const u = present[t]!;
      const [begin, end] = [reverse.offsets[u]!, reverse.offsets[u + 1]!];
      const back = bottleneck(reverse, [u], {
        maxGrade,
        skip: (entry) => entry >= begin && entry < end && placeBound(entry),
      });
      roots.forEach((root, r) => void (delta[r * present.length + t] = back.delta[root]!));
    }
    return delta;
  });
}

/** Runs a search over the nodes that exist and puts the columns where the caller wants them. */
function place(index: GraphIndex, ids: string[], search: (present: number[]) => Uint8Array): RootMatrix {
  const numbers = ids.map((id) => index.find(id));
  const present = numbers.filter((number) => number >= 0);
  const found = search(present);
  const count = index.roots.length;
  const roots = [...index.roots].map((root) => index.graph.nodes[root]!.id);
  if (present.length === ids.length) return {roots, targets: [...ids], delta: found};
  const delta = new Uint8Array(count * ids.length).fill(UNREACHED);
  let p = 0;
  numbers.forEach((number, t) => {
    if (number < 0) return;
    for (let r = 0; r < count; r++) delta[r * ids.length + t] = found[r * present.length + p]!;
    p++;
  });
  return {roots, targets: [...ids], delta};
}

/** The roots of one column with their δ, in row order. */
export function rootsOf(matrix: RootMatrix, target: number): {root: string; delta: number}[] {
  const {roots, targets, delta} = matrix;
  return roots.flatMap((root, r) => {
    const reached = delta[r * targets.length + target]!;
    return reached === UNREACHED ? [] : [{root, delta: reached}];
  });
}
