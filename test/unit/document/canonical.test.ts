import * as fc from 'fast-check';
import {expect, test} from 'vitest';
import {canonicalJson} from '../../../src/document/canonical.ts';

/** The same value with the members of every object put in by the opposite order. */
function rebuilt(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(rebuilt);
  return Object.fromEntries(
    Object.entries(value)
      .toReversed()
      .map(([key, member]) => [key, rebuilt(member)]),
  );
}

test('equal values give equal bytes, and nothing is lost', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      const text = canonicalJson(value);
      expect(canonicalJson(rebuilt(value))).toBe(text);
      expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(value)));
    }),
    {numRuns: 500},
  );
});

test('a member named __proto__ stays a member', () => {
  const text = canonicalJson(JSON.parse('{"b":1,"__proto__":{"z":1,"a":2}}'));
  expect(text).toBe('{"__proto__":{"a":2,"z":1},"b":1}');
});
