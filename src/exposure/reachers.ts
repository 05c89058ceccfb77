import {type Bottleneck, NO_EDGE, UNREACHED, bottleneck} from '../graph/bottleneck.ts';
import {bottleneckMatrix} from '../graph/lanes.ts';
import {witness} from '../graph/witness.ts';
import type {PathStep} from '../model/exposure.ts';
import type {GraphIndex} from './index-graph.ts';
import {pathSteps, stepsTo} from './steps.ts';

/** Everything that reaches one node under one mask. */
export interface Reachers {
  /** δ from each node to the end, 255 = does not reach it. */
  delta: Uint8Array;
  /** Whether a node of this δ controls the end, rather than only having access to it. */
  controls: (node: number) => boolean;
  /** Witness path from a node that reaches the end. */
  pathFrom: (node: number) => PathStep[];
}

/** Searches along the edges at a time, for nodes that reach the end over gates only. */
const BLOCK = 256;

/**
 * One search against the edges. Against the edges the inputs of a gate cannot be counted, so that search takes a gate for
 * open; with all gates shut it misses some. Nodes for which the two differ are searched along the edges, many at once.
 * @param target `index.target(end)`, or `end` itself where access without control does not count
 */
export function reachersOf(index: GraphIndex, end: number, target: number, maxGrade: number): Reachers {
  const access = against(index, [end, target], maxGrade);
  const control = target === end ? access : against(index, [end], maxGrade);
  const seen = index.gates.filter((gate) => access.delta[gate] !== UNREACHED);
  if (seen.length === 0) return withoutGates(index, access, control);

  const shutRows = new Uint8Array(index.reverse.heads.length);
  for (const gate of seen) {
    shutRows.fill(1, index.reverse.offsets[gate], index.reverse.offsets[gate + 1]);
  }
  const sureAccess = against(index, [end, target], maxGrade, shutRows);
  const sureControl = target === end ? sureAccess : against(index, [end], maxGrade, shutRows);
  const sure = withoutGates(index, sureAccess, sureControl);
  const open: number[] = [];
  access.delta.forEach((least, node) => {
    if (least !== sureAccess.delta[node] || control.delta[node] !== sureControl.delta[node]) open.push(node);
  });
  const delta = sureAccess.delta.slice();
  const controlled = new Map<number, boolean>();
  for (let begin = 0; begin < open.length; begin += BLOCK) {
    const block = open.slice(begin, begin + BLOCK);
    const matrix = bottleneckMatrix(index.forward, block, [target, end], maxGrade);
    block.forEach((node, row) => {
      delta[node] = matrix[2 * row]!;
      controlled.set(node, matrix[2 * row] === matrix[2 * row + 1]);
    });
  }
  return {
    delta,
    controls: (node) => controlled.get(node) ?? sure.controls(node),
    pathFrom(node) {
      if (!controlled.has(node)) return sure.pathFrom(node);
      const search = bottleneck(index.forward, [node], {maxGrade});
      return stepsTo(index, search, controlled.get(node)! ? end : target);
    },
  };
}

function against(index: GraphIndex, starts: number[], maxGrade: number, shut?: Uint8Array): Bottleneck {
  const skip = shut ? {skip: (entry: number) => shut[entry] === 1} : {};
  return bottleneck(index.reverse, starts, {maxGrade, ...skip});
}

function withoutGates(index: GraphIndex, access: Bottleneck, control: Bottleneck): Reachers {
  const {reverse, list} = index;
  const controls = (node: number): boolean => control.delta[node] === access.delta[node];
  return {
    delta: access.delta,
    controls,
    pathFrom(node) {
      const search = controls(node) ? control : access;
      if (search.parent[node] === NO_EDGE) return [];
      const entries = witness(search, node, (entry) => list.to[reverse.edge[entry]!]!) ?? [];
      return pathSteps(index, entries.map((entry) => reverse.edge[entry]!).reverse());
    },
  };
}
