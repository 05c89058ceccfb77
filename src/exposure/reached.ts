import {UNREACHED, bottleneck} from '../graph/bottleneck.ts';
import type {Certainty} from '../model/common.ts';
import type {GraphNode, PathStep} from '../model/exposure.ts';

import {GRADE, type GraphIndex} from './index-graph.ts';
import {reachersOf} from './reachers.ts';
import {stepsTo} from './steps.ts';

/** A node that a start reaches, over the surest certainty that reaches it at all. */
export interface Reached {
  node: GraphNode;
  /** δ at that certainty, 0 … 3. */
  delta: 0 | 1 | 2 | 3;
  certainty: Certainty;
  /** True: controlled. False: only accessed, so nothing follows from it. Backwards it is about the end of the chain. */
  control: boolean;
  /** Witness path with evidence, from the start to the node. A gate on it shows all its inputs (see `PathStep.input`). */
  path: () => PathStep[];
}

const CERTAINTIES: Certainty[] = ['certain', 'conditional', 'unknown'];

/**
 * Everything a node reaches, forwards, or everything that reaches it, backwards: three searches, one per
 * certainty, whatever the number of answers. Sorted by certainty, δ, then id. Access without control counts as reached;
 * where control is as sure and as strong, it is shown instead.
 * @param how `control` leaves out what is only accessed
 */
export function reachedFrom(
  index: GraphIndex,
  from: string,
  direction: 'forward' | 'reverse',
  how: 'value' | 'control' = 'value',
): Reached[] {
  const start = index.find(from);
  if (start < 0) return [];
  const targetOf = how === 'value' ? index.target : (node: number): number => node;
  const found =
    direction === 'forward' ? forwards(index, start, targetOf) : backwards(index, start, targetOf(start));
  return found
    .toSorted((a, b) => a.grade - b.grade || a.delta - b.delta || (a.node.id < b.node.id ? -1 : 1))
    .map(({node, delta, certainty, control, path}) => ({node, delta, certainty, control, path}));
}

type Graded = Reached & {grade: number};

function forwards(index: GraphIndex, start: number, targetOf: (node: number) => number): Graded[] {
  const {nodes} = index.graph;
  const searches = CERTAINTIES.map((certainty) =>
    bottleneck(index.forward, [start], {maxGrade: GRADE[certainty]}),
  );
  return nodes.flatMap((node, i): Graded[] => {
    const target = targetOf(i);
    const grade = searches.findIndex(({delta}) => delta[target] !== UNREACHED);
    if (i === start || grade < 0) return [];
    const search = searches[grade]!;
    const control = search.delta[i] === search.delta[target];
    return [
      {
        node,
        delta: search.delta[target] as Reached['delta'],
        certainty: CERTAINTIES[grade]!,
        control,
        path: () => stepsTo(index, search, control ? i : target),
        grade,
      },
    ];
  });
}

function backwards(index: GraphIndex, end: number, target: number): Graded[] {
  const {nodes} = index.graph;
  const searches = CERTAINTIES.map((certainty) => reachersOf(index, end, target, GRADE[certainty]));
  return nodes.flatMap((node, i): Graded[] => {
    const grade = searches.findIndex(({delta}) => delta[i] !== UNREACHED);
    if (i === end || grade < 0) return [];
    const {delta, controls, pathFrom} = searches[grade]!;
    return [
      {
        node,
        delta: delta[i] as Reached['delta'],
        certainty: CERTAINTIES[grade]!,
        control: controls(i),
        path: () => pathFrom(i),
        grade,
      },
    ];
  });
}
