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
  const {forward, reverse} = index;
  if (gone.size === 0) return {forward, reverse};
  const without = (csr: Csr): Csr => ({
    ...csr,
    grade: csr.grade.map((grade, at) => (gone.has(csr.edge[at]!) ? UNUSABLE : grade)),
  });
  return {forward: without(forward), reverse: without(reverse)};
}

/** V of the root without some edges: one search, exact, gates counted. */
export function valueWithout(question: ChokeQuestion, gone: ReadonlySet<number>): number {
  const {index, root, weight, attenuation, maxGrade} = question;
  const skip = gone.size === 0 ? {} : {skip: (at: number) => gone.has(index.forward.edge[at]!)};
  const {delta} = bottleneck(index.forward, [root], {maxGrade, ...skip});
  const sums = [0, 0, 0, 0];
  for (let u = 0; u < delta.length; u++) if (delta[u] !== UNREACHED) sums[delta[u]!]! += weight[u]!;
  return attenuation.reduce((v, alpha, level) => v + alpha * sums[level]!, 0);
}
