import type {Bottleneck} from '../graph/bottleneck.ts';
import {witness} from '../graph/witness.ts';
import type {PathStep} from '../model/exposure.ts';
import type {GraphIndex} from './index-graph.ts';

/**
 * The witness of a search along the edges as readable steps. Without a gate it is a path. An edge into a gate says which
 * input it is: the steps to input 1 come first, then those to input 2, …, then what the open gate leads to.
 */
export function stepsTo(index: GraphIndex, search: Bottleneck, node: number): PathStep[] {
  const {forward, list} = index;
  const entries = witness(search, node, (entry) => list.from[forward.edge[entry]!]!) ?? [];
  return pathSteps(
    index,
    entries.map((entry) => forward.edge[entry]!),
  );
}

/** Edge numbers as steps; internal ones say nothing and are left out. */
export function pathSteps({graph, list, forward}: GraphIndex, edges: number[]): PathStep[] {
  const inputs = new Map<number, number>();
  return edges.flatMap((number): PathStep[] => {
    const edge = graph.edges[number];
    if (edge === undefined) return [];
    const {kind, from, to, level, certainty, evidence, caps} = edge;
    const head = list.to[number]!;
    const of = forward.threshold?.[head] ?? 0;
    const input = (inputs.get(head) ?? 0) + 1;
    if (of > 1) inputs.set(head, input);
    return [
      {
        edge: kind,
        from,
        to,
        level,
        certainty,
        evidence,
        ...(caps ? {caps} : {}),
        ...(of > 1 ? {input: {number: input, of}} : {}),
      },
    ];
  });
}
