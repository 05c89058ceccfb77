import * as fc from 'fast-check';
import {describe, expect, it} from 'vitest';
import {nestedSets, type SetFunction} from '../../../src/graph/nested-sets.ts';

interface Sketch {
  size: number[];
  unary: number[];
  bonds: [number, number, number][];
  /** `[after, before]` */
  orders: [number, number][];
}

const sketches = fc.integer({min: 1, max: 11}).chain((n) =>
  fc.record({
    size: fc.array(fc.integer({min: 1, max: 3}), {minLength: n, maxLength: n}),
    unary: fc.array(fc.integer({min: -6, max: 20}), {minLength: n, maxLength: n}),
    bonds: fc
      .array(fc.tuple(fc.nat(n - 1), fc.nat(n - 1), fc.integer({min: 1, max: 12})), {maxLength: 20})
      .map((bonds) => bonds.filter(([a, b]) => a !== b)),
    orders: fc
      .array(fc.tuple(fc.nat(n - 1), fc.nat(n - 1)), {maxLength: 4})
      .map((orders) =>
        orders
          .map(([a, b]): [number, number] => [Math.max(a, b), Math.min(a, b)])
          .filter(([a, b]) => a !== b),
      ),
  }),
);

function functionOf({size, unary, bonds, orders}: Sketch): SetFunction {
  return {
    nodes: size.length,
    size: Float64Array.from(size),
    unary: Float64Array.from(unary),
    tail: Uint32Array.from(bonds, ([tail]) => tail),
    head: Uint32Array.from(bonds, ([, head]) => head),
    bond: Float64Array.from(bonds, ([, , bond]) => bond),
    after: Uint32Array.from(orders, ([after]) => after),
    before: Uint32Array.from(orders, ([, before]) => before),
  };
}

const has = (set: number, i: number): boolean => (set & (1 << i)) !== 0;
const admitted = ({orders}: Sketch, set: number): boolean =>
  orders.every(([after, before]) => !has(set, after) || has(set, before));
const sizeOf = ({size}: Sketch, set: number): number =>
  size.reduce((sum, one, i) => sum + (has(set, i) ? one : 0), 0);
function valueOf({unary, bonds}: Sketch, set: number): number {
  const alone = unary.reduce((sum, one, i) => sum + (has(set, i) ? one : 0), 0);
  return bonds.reduce((sum, [a, b, bond]) => sum - (has(set, a) && has(set, b) ? bond : 0), alone);
}

describe('nested sets', () => {
  it('have the least value of all admitted sets of their size, and no set lies below the line between two of them', () => {
    fc.assert(
      fc.property(sketches, (sketch) => {
        const {blockOf, size, value, complete} = nestedSets(functionOf(sketch));
        expect(complete).toBe(true);
        const least = new Map<number, number>();
        for (let set = 0; set < 1 << sketch.size.length; set++) {
          if (!admitted(sketch, set)) continue;
          const key = sizeOf(sketch, set);
          least.set(key, Math.min(least.get(key) ?? Infinity, valueOf(sketch, set)));
        }
        let [at, sum] = [0, 0];
        size.forEach((more, k) => {
          for (const [other, value0] of least) {
            if (other < at || other > at + more) continue;
            expect(value0).toBeGreaterThanOrEqual(sum + (value[k]! * (other - at)) / more);
          }
          at += more;
          sum += value[k]!;
          const set = blockOf.reduce((bits, block, i) => (block <= k ? bits | (1 << i) : bits), 0);
          expect(admitted(sketch, set)).toBe(true);
          expect([sizeOf(sketch, set), valueOf(sketch, set)]).toEqual([at, sum]);
          expect(least.get(at)).toBe(sum);
          // Slopes grow strictly or are parts of one line.
          expect((value[k - 1] ?? -Infinity) * more).toBeLessThanOrEqual(value[k]! * (size[k - 1] ?? 1));
        });
        expect(at).toBe(sketch.size.reduce((a, b) => a + b, 0));
      }),
      {numRuns: 1500},
    );
  });

  it('come with shares by which every node of a block bears the same per size', () => {
    fc.assert(
      fc.property(sketches, (sketch) => {
        const {blockOf, size, value, share, push} = nestedSets(functionOf(sketch));
        const scale = (i: number): number => size[blockOf[i]!]!;
        const borne = sketch.unary.map((one, i) => one * scale(i));
        sketch.bonds.forEach(([tail, head, bond], e) => {
          const [a, b] = [blockOf[tail]!, blockOf[head]!];
          if (a !== b) {
            const later = a > b ? tail : head;
            borne[later]! -= bond * scale(later);
            return;
          }
          expect(share[e]).toBeGreaterThanOrEqual(0);
          expect(share[e]).toBeLessThanOrEqual(bond * scale(tail));
          borne[tail]! -= share[e]!;
          borne[head]! -= bond * scale(head) - share[e]!;
        });
        sketch.orders.forEach(([after, before], e) => {
          expect(push[e]).toBeGreaterThanOrEqual(0);
          expect(push[e] === 0 || blockOf[after] === blockOf[before]).toBe(true);
          borne[after]! += push[e]!;
          borne[before]! -= push[e]!;
        });
        expect(borne).toEqual(sketch.size.map((one, i) => one * value[blockOf[i]!]!));
      }),
      {numRuns: 1500},
    );
  });

  it('do not depend on the order of nodes and bonds', () => {
    fc.assert(
      fc.property(sketches, (sketch) => {
        const n = sketch.size.length;
        const turned = {
          size: sketch.size.toReversed(),
          unary: sketch.unary.toReversed(),
          bonds: sketch.bonds
            .toReversed()
            .map(([a, b, bond]): [number, number, number] => [n - 1 - b, n - 1 - a, bond]),
          orders: sketch.orders.map(([after, before]): [number, number] => [n - 1 - after, n - 1 - before]),
        };
        const [one, other] = [nestedSets(functionOf(sketch)), nestedSets(functionOf(turned))];
        expect(Array.from(other.blockOf).toReversed()).toEqual(Array.from(one.blockOf));
        expect([other.size, other.value]).toEqual([one.size, one.value]);
      }),
      {numRuns: 500},
    );
  });

  it('stay sets that are admitted when the work runs out, and say that they prove nothing', () => {
    const pairs: Sketch = {
      size: [1, 1, 1, 1],
      unary: [9, 9, 4, 4],
      bonds: [
        [0, 1, 9],
        [2, 3, 4],
      ],
      orders: [],
    };
    expect(nestedSets(functionOf(pairs)).size).toEqual([2, 2]);
    const short = nestedSets(functionOf(pairs), 3);
    expect([short.size, short.value, short.complete]).toEqual([[4], [13], false]);
  });
});
