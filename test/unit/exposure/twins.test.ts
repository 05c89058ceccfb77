import * as fc from 'fast-check';
import {expect, it} from 'vitest';
import {firstTwins} from '../../../src/exposure/twins.ts';

it('finds for each position the first one with the same numbers in all columns', () => {
  const number = fc.constantFrom(0, 0.1, 0.2, 1e300, -1);
  const row = fc.tuple(number, number, fc.integer({min: -1, max: 2}));
  fc.assert(
    fc.property(fc.array(row, {maxLength: 60}), (rows) => {
      const columns = [
        Float64Array.from(rows, ([a]) => a),
        Float64Array.from(rows, ([, b]) => b),
        Int32Array.from(rows, ([, , c]) => c),
      ];
      const texts = rows.map((one) => JSON.stringify(one));
      expect([...firstTwins(rows.length, columns)]).toEqual(texts.map((text) => texts.indexOf(text)));
    }),
  );
});
