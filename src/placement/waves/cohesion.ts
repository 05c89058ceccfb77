import type {Workload} from '../../model/estate.ts';
import type {Groups} from './groups.ts';
import type {Moves} from './moves.ts';
import type {TrafficModel} from './traffic-model.ts';

/**
 * The traffic model where, between orders of equal traffic, those win that keep applications together: traffic counts many
 * times over, and each group has a weak tie to the next one of its application.
 */
export function withCohesion(
  model: TrafficModel,
  workloads: Workload[],
  {movers}: Moves,
  {groups}: Groups,
): TrafficModel {
  const last = new Map<string, number>();
  const tail: number[] = [];
  const head: number[] = [];
  groups.forEach((members, g) => {
    for (const name of new Set(members.flatMap((m) => workloads[movers[m]!]!.application ?? []))) {
      const before = last.get(name);
      last.set(name, g);
      if (before === undefined) continue;
      tail.push(before);
      head.push(g);
    }
  });
  const much = 2 * groups.length + 1;
  const alone = model.alone.map((value) => value * much);
  // A tie costs 1 while only one of the two has moved.
  for (const ends of [tail, head]) for (const g of ends) alone[g]! += 1;
  return {
    ...model,
    alone,
    tail: Uint32Array.from([...model.tail, ...tail]),
    head: Uint32Array.from([...model.head, ...head]),
    bond: Float64Array.from([...Array.from(model.bond, (bond) => bond * much), ...tail.map(() => 2)]),
  };
}
