import {UNREACHED} from '../graph/bottleneck.ts';
import type {GraphIndex} from './index-graph.ts';

/** δ of all roots to many nodes: `delta[root * targets.length + target]`, 255 = not reached. */
export interface RootMatrix {
  /** Ids of the rows, in node order. */
  roots: string[];
  /** Ids of the columns, as given. */
  targets: string[];
  delta: Uint8Array;
}

/** Runs a search over the nodes that exist and puts the columns where the caller wants them. */
export function fillMatrix(
  index: GraphIndex,
  ids: string[],
  search: (present: number[]) => Uint8Array,
): RootMatrix {
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
