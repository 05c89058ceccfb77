import {type CutCertificate, type CutLevel, type CutProblem, FORBIDDEN} from '../../model/plan.ts';
import type {Level, Solution} from './level.ts';

/** The levels as they are written into the plan: one arc per direction that costs something. */
export function cutProblem(units: string[], levels: Level[]): CutProblem {
  return {
    units,
    levels: levels.map((level): CutLevel => {
      const arcs: CutLevel['arcs'] = {tail: [], head: [], weight: []};
      const add = (tail: number, head: number, weight: number): void => {
        if (weight === 0) return;
        arcs.tail.push(tail);
        arcs.head.push(head);
        arcs.weight.push(weight);
      };
      for (let e = 0; e < level.tail.length; e++) {
        add(level.tail[e]!, level.head[e]!, level.forward[e]!);
        add(level.head[e]!, level.tail[e]!, level.backward[e]!);
      }
      const unary = Array.from(level.unary, (value) => (value === Infinity ? FORBIDDEN : value));
      return {name: level.name, unary, arcs};
    }),
  };
}

/** The flows in the order of the arcs of {@link cutProblem}. */
export function cutCertificate(levels: Level[], solution: Solution): CutCertificate {
  return {
    levels: levels.map((level, k) => {
      const {flow, source, sink, net, implied} = solution.flows[k]!;
      const arcs: number[] = [];
      for (let e = 0; e < level.tail.length; e++) {
        if (level.forward[e]! > 0) arcs.push(Math.max(0, net[e]!));
        if (level.backward[e]! > 0) arcs.push(Math.max(0, -net[e]!));
      }
      const value = solution.values[k]!;
      return {
        name: level.name,
        source: Array.from(source),
        sink: Array.from(sink),
        arcs,
        implied,
        flow,
        cut: value,
        energy: value,
      };
    }),
  };
}
