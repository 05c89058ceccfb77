import * as fc from 'fast-check';
import type {EdgeList} from '../../../src/graph/csr.ts';

export interface Arc {
  from: number;
  to: number;
  level: number;
  grade: number;
}

export function edgeList(nodes: number, arcs: Arc[]): EdgeList {
  return {
    nodes,
    from: Uint32Array.from(arcs, (arc) => arc.from),
    to: Uint32Array.from(arcs, (arc) => arc.to),
    level: Uint8Array.from(arcs, (arc) => arc.level),
    grade: Uint8Array.from(arcs, (arc) => arc.grade),
  };
}

/** Small random multigraphs with loops and parallel edges. */
export const graphs = fc.integer({min: 1, max: 12}).chain((nodes) =>
  fc.record({
    nodes: fc.constant(nodes),
    arcs: fc.array(
      fc.record({
        from: fc.nat(nodes - 1),
        to: fc.nat(nodes - 1),
        level: fc.nat(3),
        grade: fc.nat(2),
      }),
      {maxLength: 30},
    ),
  }),
);

/** Oracle: reachability by Warshall's triple loop over edges of level ≤ maxLevel and grade ≤ maxGrade. */
export function closure(nodes: number, arcs: Arc[], maxLevel: number, maxGrade: number): boolean[][] {
  const reach = Array.from({length: nodes}, (_, i) => Array.from({length: nodes}, (__, j) => i === j));
  for (const arc of arcs) {
    if (arc.level <= maxLevel && arc.grade <= maxGrade) reach[arc.from]![arc.to] = true;
  }
  for (let k = 0; k < nodes; k++)
    for (let i = 0; i < nodes; i++)
      for (let j = 0; j < nodes; j++) if (reach[i]![k] && reach[k]![j]) reach[i]![j] = true;
  return reach;
}

/** Oracle: smallest level at which j can be reached from i, 255 = never. */
export function deltaOracle(nodes: number, arcs: Arc[], maxGrade: number): number[][] {
  const byLevel = [0, 1, 2, 3].map((level) => closure(nodes, arcs, level, maxGrade));
  return Array.from({length: nodes}, (_, i) =>
    Array.from({length: nodes}, (__, j) => {
      const level = byLevel.findIndex((reach) => reach[i]![j]);
      return level < 0 ? 255 : level;
    }),
  );
}

/** A path of n nodes; with `closed`, a ring. */
export function chain(n: number, closed = false): EdgeList {
  const count = closed ? n : n - 1;
  const from = Uint32Array.from({length: count}, (_, i) => i);
  return {
    nodes: n,
    from,
    to: from.map((i) => (i + 1) % n),
    level: new Uint8Array(count),
    grade: new Uint8Array(count),
  };
}
