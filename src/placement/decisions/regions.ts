import {leaders} from '../../graph/leaders.ts';
import {type Incidence, incidence} from '../incidence.ts';
import type {Level, Solution} from '../solve/level.ts';

/** A part of the problem that can be solved alone, with everything around it standing still. */
export interface Region {
  units: number[];
  /** The levels of the objective, and the same for the named levels. */
  solved: Level[];
  named: Level[];
  /** Units and edges of the solved levels together. */
  size: number;
}

/**
 * The part of the problem that can change when one unit is forced into its other class. On the first level only the
 * unit's own component can change. Units elsewhere that the first level settles stay as they are in every optimum;
 * later levels can only spread over units it leaves free. Everything outside is folded into the unary values.
 */
export function regions(
  units: number,
  objective: Level[],
  named: Level[],
  solution: Solution,
): (unit: number) => Region {
  const [first, ...later] = objective;
  const component = first ? leaders(units, first) : new Uint32Array(units);
  const members = new Map<number, number[]>();
  component.forEach((id, u) => {
    const known = members.get(id);
    if (known) known.push(u);
    else members.set(id, [u]);
  });
  const spread = later.map((level) => incidence(units, level));
  const views = {
    solved: objective.map((level) => ({level, incident: incidence(units, level)})),
    named: named.map((level) => ({level, incident: incidence(units, level)})),
  };
  const known = new Map<number, Region>();
  return (unit) => {
    const id = component[unit]!;
    const found = known.get(id);
    if (found) return found;
    const inside = [...(members.get(id) ?? [])];
    const local = new Set(inside);
    for (let next = 0; next < inside.length; next++) {
      for (const incident of spread) {
        for (const other of incident.neighbours(inside[next]!)) {
          if (local.has(other) || solution.settled[other] === 1) continue;
          for (const v of members.get(component[other]!) ?? []) {
            if (local.has(v) || solution.settled[v] === 1) continue;
            local.add(v);
            inside.push(v);
          }
        }
      }
    }
    inside.sort((a, b) => a - b);
    const solved = views.solved.map(({level, incident}) => fold(level, incident, inside, solution.labels));
    const told = views.named.map(({level, incident}) => fold(level, incident, inside, solution.labels));
    const size = solved.reduce((sum, level) => sum + inside.length + level.tail.length, 0);
    const region = {units: inside, solved, named: told, size};
    known.set(id, region);
    return region;
  };
}

/** A level over some units only; the others keep their labels, so edges to them are paid alone. */
function fold(level: Level, incident: Incidence, units: number[], labels: Uint8Array): Level {
  const local = new Map(units.map((u, k) => [u, k]));
  const unary = new Float64Array(2 * units.length);
  const kept: number[] = [];
  units.forEach((u, k) => {
    unary[2 * k] = level.unary[2 * u]!;
    unary[2 * k + 1] = level.unary[2 * u + 1]!;
    for (const e of incident.edges(u)) {
      const isTail = level.tail[e] === u;
      const other = isTail ? level.head[e]! : level.tail[e]!;
      if (local.has(other)) {
        if (isTail) kept.push(e);
        continue;
      }
      // Paid when this unit is public, resp. dedicated, and the other one is not.
      const publicHere = isTail ? level.forward[e]! : level.backward[e]!;
      const dedicatedHere = isTail ? level.backward[e]! : level.forward[e]!;
      if (labels[other] === 1) unary[2 * k]! += publicHere;
      else unary[2 * k + 1]! += dedicatedHere;
    }
  });
  return {
    name: level.name,
    unary,
    tail: Uint32Array.from(kept, (e) => local.get(level.tail[e]!)!),
    head: Uint32Array.from(kept, (e) => local.get(level.head[e]!)!),
    forward: Float64Array.from(kept, (e) => level.forward[e]!),
    backward: Float64Array.from(kept, (e) => level.backward[e]!),
  };
}
