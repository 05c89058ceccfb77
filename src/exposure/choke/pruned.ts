import {UNREACHED, bottleneck} from '../../graph/bottleneck.ts';
import type {Csr} from '../../graph/csr.ts';
import {type GraphIndex, UNUSABLE} from '../index-graph.ts';

/** What is asked about: the reach of one root over certain and conditional edges, in units of value. */
export interface ChokeQuestion {
  index: GraphIndex;
  root: number;
  /** By node number; each workload's value stands at the node whose being reached counts. */
  weight: Float64Array;
  attenuation: readonly [number, number, number, number];
  maxGrade: number;
  /** By edge number: 1 = somebody can remove it. */
  removable: Uint8Array;
}

/** Rows in which the edges that are gone have a grade no search takes. */
export function pruned({index}: ChokeQuestion, gone: ReadonlySet<number>): {forward: Csr; reverse: Csr} {
  const {forward, reverse, list} = index;
  if (gone.size === 0) return {forward, reverse};
  return {forward: without(forward, list.from, gone), reverse: without(reverse, list.to, gone)};
}

/** @param row node in whose row each edge stands */
function without(csr: Csr, row: Uint32Array, gone: ReadonlySet<number>): Csr {
  const grade = csr.grade.slice();
  for (const edge of gone) {
    const u = row[edge]!;
    for (let at = csr.offsets[u]!; at < csr.offsets[u + 1]!; at++) {
      if (csr.edge[at] === edge) grade[at] = UNUSABLE;
    }
  }
  return {...csr, grade};
}

/** V of the root without some edges: one search, exact, gates counted. */
export function valueWithout(question: ChokeQuestion, gone: ReadonlySet<number>): number {
  const {index, maxGrade, root} = question;
  const rows = gone.size === 0 ? index.forward : without(index.forward, index.list.from, gone);
  return valueOf(question, bottleneck(rows, [root], {maxGrade}).delta);
}

/** The least that any cut can leave: V over what nobody can remove. */
export function valueOfStructure(question: ChokeQuestion): number {
  const {index, removable, maxGrade, root} = question;
  const skip = (at: number): boolean => removable[index.forward.edge[at]!] === 1;
  return valueOf(question, bottleneck(index.forward, [root], {maxGrade, skip}).delta);
}

function valueOf({weight, attenuation}: ChokeQuestion, delta: Uint8Array): number {
  const sums = [0, 0, 0, 0];
  for (let u = 0; u < delta.length; u++) if (delta[u] !== UNREACHED) sums[delta[u]!]! += weight[u]!;
  return attenuation.reduce((v, alpha, level) => v + alpha * sums[level]!, 0);
}
