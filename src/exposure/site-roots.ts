import {UNREACHED} from '../graph/bottleneck.ts';
import {bottleneckMatrix} from '../graph/lanes.ts';
import type {Certainty} from '../model/common.ts';
import {GRADE, type GraphIndex} from './index-graph.ts';
import {type RootMatrix, fillMatrix} from './root-matrix.ts';

export type {RootMatrix} from './root-matrix.ts';

/** Which roots reach each of the nodes, over all edges of the mask. Ids that are not in the graph get an empty column. */
export function rootsReaching(index: GraphIndex, nodeIds: string[], mask: Certainty): RootMatrix {
  return fillMatrix(index, nodeIds, (present) =>
    bottleneckMatrix(index.forward, index.roots, present, GRADE[mask]),
  );
}

/** The roots of one column with their δ, in row order. */
export function rootsOf(matrix: RootMatrix, target: number): {root: string; delta: number}[] {
  const {roots, targets, delta} = matrix;
  return roots.flatMap((root, r) => {
    const reached = delta[r * targets.length + target]!;
    return reached === UNREACHED ? [] : [{root, delta: reached}];
  });
}
