import * as fc from 'fast-check';
import {describe, expect, it} from 'vitest';
import {splitTerm} from '../../../src/placement/problem/trust-terms.ts';

const theta = fc.tuple(fc.nat(50), fc.nat(50), fc.nat(50), fc.nat(50));

describe('splitTerm', () => {
  it('gives back every value of a submodular table, in non-negative parts, and otherwise lowers only equal classes', () => {
    fc.assert(
      fc.property(theta, (table) => {
        const {holder, target, forward, backward, lost} = splitTerm(table);
        for (const part of [...holder, ...target, forward, backward, lost])
          expect(part).toBeGreaterThanOrEqual(0);
        const rebuilt = [0, 1, 2, 3].map((combination) => {
          const [h, t] = [combination >> 1, combination & 1];
          return holder[h]! + target[t]! + (h < t ? forward : 0) + (t < h ? backward : 0);
        });
        expect(rebuilt.slice(1, 3)).toEqual(table.slice(1, 3));
        expect(rebuilt[0]! + rebuilt[3]!).toBe(table[0] + table[3] - lost);
        expect(lost).toBe(Math.max(0, table[0] + table[3] - table[1] - table[2]));
        expect(rebuilt[0]!).toBeLessThanOrEqual(table[0]);
        expect(rebuilt[3]!).toBeLessThanOrEqual(table[3]);
      }),
      {numRuns: 1000},
    );
  });
});
