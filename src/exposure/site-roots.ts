import {UNREACHED} from '../graph/bottleneck.ts';
import {reachSets} from '../graph/reach-sets.ts';
import type {Certainty} from '../model/common.ts';
import {GRADE, type GraphIndex} from './index-graph.ts';

/** δ of all roots to many nodes; nodes that the same roots reach in the same way share one set. */
export interface RootSets {
  /** Ids of the roots, in node order. */
  roots: string[];
  /** Set of each node. */
  setOf: Uint32Array;
  /** Per set the δ of each root, 255 = not reached. */
  sets: Uint8Array[];
}

/** Numbers of nodes by id; −1 = not in the graph. */
export function nodeNumbers(index: GraphIndex, ids: string[]): Int32Array {
  return Int32Array.from(ids, (id) => index.find(id));
}

/**
 * Which roots reach each of the nodes, over all edges of the mask. Nothing reaches a node that is not there.
 * @param how `value` (default) counts access without control as well, `control` does not
 */
export function rootsReaching(
  index: GraphIndex,
  nodes: Int32Array,
  mask: Certainty,
  how: 'value' | 'control' = 'value',
): RootSets {
  const roots = [...index.roots].map((root) => index.graph.nodes[root]!.id);
  const present = nodes.filter((node) => node >= 0);
  if (how === 'value') present.forEach((node, at) => (present[at] = index.target(node)));
  const found = reachSets(index.forward, index.roots, present, GRADE[mask]);
  if (present.length === nodes.length) return {roots, setOf: found.setOf, sets: found.rows};
  const nothing = found.rows.length;
  const setOf = new Uint32Array(nodes.length);
  let p = 0;
  nodes.forEach((node, at) => (setOf[at] = node < 0 ? nothing : found.setOf[p++]!));
  return {roots, setOf, sets: [...found.rows, new Uint8Array(roots.length).fill(UNREACHED)]};
}

/** The roots that reach one node with their δ, in node order. */
export function rootsOf({roots, setOf, sets}: RootSets, node: number): {root: string; delta: number}[] {
  const row = sets[setOf[node]!]!;
  return roots.flatMap((root, r) => (row[r] === UNREACHED ? [] : [{root, delta: row[r]!}]));
}
