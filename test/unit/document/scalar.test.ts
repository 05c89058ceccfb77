import * as fc from 'fast-check';
import {stringify} from 'yaml';
import {expect, test} from 'vitest';
import {parseYaml} from '../../../src/document/yaml.ts';

/** Character of the text at a placed position. */
function charAt(text: string, place: {line?: number; col?: number}): string {
  return text.split('\n')[place.line! - 1]![place.col! - 1]!;
}

test.each([
  ['plain', 'a:\n  when: workload.name == other && site.id\n'],
  ['plain over lines', 'a:\n  when: workload.name ==\n    other &&\n      site.id\n'],
  ['single quoted', "a:\n  when: 'it''s == \"x\" && site.id'\n"],
  ['double quoted', 'a:\n  when: "\\"x\\" == \\u00e4\\n\\U0001F600 && \\\n    site.id"\n'],
  ['folded', 'a:\n  when: >- # why\n    workload.name == 1 &&\n\n    site.id\n'],
  ['literal with tag', 'a:\n  when: !!str |\n    workload.name &&\n      site.id\n  b: 1\n'],
  ['anchored', 'a:\n  when: &x site.id\n'],
  ['windows line ends', 'a:\r\n  when: >-\r\n    workload.name &&\r\n    site.id\r\n'],
  ['second document', 'b: 1\n---\na:\n  when: "é && site.id"\n'],
])('an offset inside a %s scalar leads to the right character', (_name, text) => {
  const document = parseYaml(text, 'a.yaml').documents.at(-1)!;
  const value = (document.value as {a: {when: string}}).a.when;
  const offset = value.indexOf('site.id');
  const place = document.scalarPlace!(['a', 'when'], offset);
  expect(text.split('\n')[place.line! - 1]!.slice(place.col! - 1)).toMatch(/^site\.id/);
});

test('every non-blank character is found again, in whatever style the text is written', () => {
  const characters = fc.constantFrom(...'ab"\'\\ #:>|-\n\tä€é&*!{}[]%'.split(''));
  fc.assert(
    fc.property(
      // A block scalar of blanks alone does not survive the writer, and holds no character to find.
      fc
        .array(characters, {minLength: 1, maxLength: 60})
        .map((parts) => parts.join(''))
        .filter((text) => /\S/.test(text)),
      fc.constantFrom('PLAIN', 'QUOTE_SINGLE', 'QUOTE_DOUBLE', 'BLOCK_FOLDED', 'BLOCK_LITERAL'),
      (value, defaultStringType) => {
        const text = stringify(
          {a: {when: value}},
          {defaultStringType, defaultKeyType: 'PLAIN', lineWidth: 30},
        );
        const document = parseYaml(text, 'a.yaml').documents[0]!;
        expect((document.value as {a: {when: string}}).a.when).toBe(value);
        for (let i = 0; i < value.length; i++) {
          if (/\s/.test(value[i]!)) continue;
          const found = charAt(text, document.scalarPlace!(['a', 'when'], i));
          expect([value[i], '\\']).toContain(found);
        }
      },
    ),
    {numRuns: 300},
  );
});
