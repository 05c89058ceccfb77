import * as fc from 'fast-check';
import type {Level} from '../../../src/placement/solve/level.ts';

/** Levels of a random problem over `units` units; ties are frequent on purpose. */
export function levelsOf(units: number): fc.Arbitrary<Level[]> {
  const value = fc.integer({min: 0, max: 4});
  const level = (name: string, forbidding: boolean): fc.Arbitrary<Level> =>
    fc
      .record({
        unary: fc.array(fc.tuple(value, value, forbidding ? fc.nat(11) : fc.constant(11)), {
          minLength: units,
          maxLength: units,
        }),
        edges: fc.array(fc.tuple(fc.nat(units - 1), fc.nat(units - 1), value, value), {
          maxLength: 2 * units,
        }),
      })
      .map(({unary, edges}) => {
        const kept = edges.filter(([u, v]) => u !== v);
        return {
          name,
          unary: Float64Array.from(
            unary.flatMap(([a, b, pin]) => [pin === 0 ? Infinity : a, pin === 1 ? Infinity : b]),
          ),
          tail: Uint32Array.from(kept, (edge) => edge[0]),
          head: Uint32Array.from(kept, (edge) => edge[1]),
          forward: Float64Array.from(kept, (edge) => edge[2]),
          backward: Float64Array.from(kept, (edge) => edge[3]),
        };
      });
  return fc.tuple(level('risk', true), level('cost', false), level('churn', false));
}

/** The same problem with units and edges in another order. `order[new] = old`. */
export function shuffled(levels: Level[], order: number[]): Level[] {
  const place = new Map(order.map((old, now) => [old, now]));
  return levels.map((level) => {
    const edges = Array.from(level.tail, (_, e) => e).reverse();
    return {
      name: level.name,
      unary: Float64Array.from(order.flatMap((old) => [level.unary[2 * old]!, level.unary[2 * old + 1]!])),
      tail: Uint32Array.from(edges, (e) => place.get(level.tail[e]!)!),
      head: Uint32Array.from(edges, (e) => place.get(level.head[e]!)!),
      forward: Float64Array.from(edges, (e) => level.forward[e]!),
      backward: Float64Array.from(edges, (e) => level.backward[e]!),
    };
  });
}
