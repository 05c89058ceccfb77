import * as fc from 'fast-check';
import {describe, expect, it, test} from 'vitest';
import {nearest} from '../../../src/document/nearest.ts';

/** Optimal string alignment by its definition, without any short cut. */
function distance(a: string, b: string): number {
  const table = Array.from({length: a.length + 1}, (_, i) => [i, ...Array<number>(b.length).fill(0)]);
  for (let j = 0; j <= b.length; j++) table[0]![j] = j;
  for (let i = 1; i <= a.length; i++) {
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1] ? 0 : 1;
      let value = Math.min(table[i - 1]![j]! + 1, table[i]![j - 1]! + 1, table[i - 1]![j - 1]! + same);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        value = Math.min(value, table[i - 2]![j - 2]! + 1);
      table[i]![j] = value;
    }
  }
  return table[a.length]![b.length]!;
}

describe('nearest', () => {
  it('is the first of the closest by the plain definition, when that is within a third', () => {
    const word = fc.string({unit: fc.constantFrom('a', 'b', 'C', '-', '1'), minLength: 1, maxLength: 10});
    fc.assert(
      fc.property(word, fc.array(word, {maxLength: 8}), (wanted, candidates) => {
        const limit = Math.min(3, Math.max(1, Math.floor(wanted.length / 3)));
        const all = candidates.map((one) => distance(wanted.toLowerCase(), one.toLowerCase()));
        const least = Math.min(...all);
        const best = least <= limit ? candidates[all.indexOf(least)]! : null;
        expect(nearest(wanted, candidates)).toBe(best);
      }),
      {numRuns: 2000},
    );
  });
});

test.each([
  ['confidental', 'confidential'],
  ['exposrue', 'exposure'],
  ['Vaporware', null],
])('%s → %s', (word, expected) => {
  expect(nearest(word, ['exposure', 'confidential', 'region'])).toBe(expected);
});
