import {NO_EDGE, UNREACHED, bottleneck, witness} from '../graph/bottleneck.ts';
import type {Certainty} from '../model/common.ts';
import type {GraphNode, PathStep} from '../model/exposure.ts';
import {GRADE, type GraphIndex} from './index-graph.ts';

/** A node that a start reaches, over the surest certainty that reaches it at all. */
export interface Reached {
  node: GraphNode;
  /** δ at that certainty, 0 … 3. */
  delta: 0 | 1 | 2 | 3;
  certainty: Certainty;
  /** Witness path with evidence, from the start to the node. */
  path: () => PathStep[];
}

const CERTAINTIES: Certainty[] = ['certain', 'conditional', 'unknown'];

/**
 * Everything a node reaches, forwards, or everything that reaches it, backwards: three searches, one per
 * certainty, whatever the number of answers. Sorted by certainty, δ, then id.
 */
export function reachedFrom(index: GraphIndex, from: string, direction: 'forward' | 'reverse'): Reached[] {
  const start = index.find(from);
  if (start < 0) return [];
  const csr = index[direction];
  const searches = CERTAINTIES.map((certainty) => bottleneck(csr, [start], {maxGrade: GRADE[certainty]}));
  const {nodes, edges} = index.graph;
  const tailOf = (entry: number): number =>
    (direction === 'forward' ? index.list.from : index.list.to)[csr.edge[entry]!]!;
  const found = nodes.flatMap((node, i): (Reached & {grade: number})[] => {
    const grade = searches.findIndex((search) => search.delta[i] !== UNREACHED);
    if (i === start || grade < 0 || searches[grade]!.parent[i] === NO_EDGE) return [];
    const search = searches[grade]!;
    const path = (): PathStep[] => {
      const steps = (witness(search, i, tailOf) ?? []).map((entry) => {
        const {kind, from: tail, to, level, certainty, evidence} = edges[csr.edge[entry]!]!;
        return {edge: kind, from: tail, to, level, certainty, evidence};
      });
      return direction === 'forward' ? steps : steps.toReversed();
    };
    return [{node, delta: search.delta[i] as 0 | 1 | 2 | 3, certainty: CERTAINTIES[grade]!, path, grade}];
  });
  return found
    .toSorted((a, b) => a.grade - b.grade || a.delta - b.delta || (a.node.id < b.node.id ? -1 : 1))
    .map(({node, delta, certainty, path}) => ({node, delta, certainty, path}));
}
