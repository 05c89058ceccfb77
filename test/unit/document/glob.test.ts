import * as fc from 'fast-check';
import {expect, test} from 'vitest';
import {compileGlob} from '../../../src/document/glob.ts';

/** The obvious recursive definition. */
function matches(pattern: string, text: string): boolean {
  if (pattern === '') return text === '';
  if (pattern[0] === '*') {
    return matches(pattern.slice(1), text) || (text !== '' && matches(pattern, text.slice(1)));
  }
  return text !== '' && pattern[0] === text[0] && matches(pattern.slice(1), text.slice(1));
}

test('agrees with the definition', () => {
  const over = (letters: string[]) =>
    fc.array(fc.constantFrom(...letters), {maxLength: 7}).map((list) => list.join(''));
  fc.assert(
    fc.property(over(['a', 'b', '*']), over(['a', 'b']), (pattern, text) => {
      expect(compileGlob(pattern).test(text)).toBe(matches(pattern, text));
    }),
    {numRuns: 3000},
  );
});

test('either case matches, and a hostile pattern is answered at once', () => {
  expect(compileGlob('West*').test('westEurope')).toBe(true);
  expect(compileGlob(`${'a*'.repeat(200)}b`).test('a'.repeat(5000))).toBe(false);
});
