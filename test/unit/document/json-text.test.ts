import * as fc from 'fast-check';
import {describe, expect, it} from 'vitest';
import {jsonText} from '../../../src/document/json-text.ts';

describe('jsonText', () => {
  it('is what JSON.stringify writes and a line break, for any value and indent', () => {
    fc.assert(
      fc.property(
        fc.anything({withDate: true, withNullPrototype: true, maxDepth: 5}),
        fc.integer({min: 0, max: 4}),
        (value, indent) => {
          const whole = JSON.stringify(value, null, indent) ?? 'null';
          expect([...jsonText(value, indent)].join('')).toBe(`${whole}\n`);
        },
      ),
      {numRuns: 500},
    );
  });

  it('comes in pieces, so that no string has to hold all of it', () => {
    const decisions = Array.from({length: 5000}, (_, n) => ({workload: `w-${n}`, text: 'ä"\n'.repeat(20)}));
    const pieces = [...jsonText({decisions, labels: [0, 1, undefined]}, 2)];
    expect(Math.max(...pieces.map((piece) => piece.length))).toBeLessThan(70_000);
    expect(pieces.join('')).toBe(`${JSON.stringify({decisions, labels: [0, 1, undefined]}, null, 2)}\n`);
  });
});
