import {expect, test} from 'vitest';
import {parseYaml} from '../../../src/document/yaml.ts';
import {parseSensitivityRules} from '../../../src/sensitivity/parse-rules.ts';
import {wordsOf} from '../../../src/sensitivity/words.ts';

const HEAD = 'apiVersion: bulkhead.dev/v1alpha1\nkind: SensitivityRules\n';

test('a later rule of the same id replaces the earlier one; a broken document is told and left out', () => {
  const {documents} = parseYaml(
    [
      `${HEAD}spec:\n  names:\n    - {id: n, words: [x], needs: {c: hoch}}\n    - {id: m, words: [y], needs: {a: veryHigh}}\n`,
      `${HEAD}spec:\n  names: [{id: n, words: [z], needs: {c: sehr hoch}, confidence: 0.3}]\n`,
      `${HEAD}spec:\n  names: [{id: q, words: [], needs: {d: high}, leval: 1}]\n`,
      'kind: Site\n',
    ].join('---\n'),
    'rules.yaml',
  );
  const {value, findings} = parseSensitivityRules(documents);
  expect(value.names).toEqual([
    {id: 'n', words: ['z'], needs: {c: 3}, categories: [], confidence: 0.3},
    {id: 'm', words: ['y'], needs: {a: 3}, categories: [], confidence: 0.35},
  ]);
  expect(findings.map(({where}) => where.line)).toEqual([16, 16, 16]);
});

test.each([
  ['HR-Payroll01', ['hr', 'payroll']],
  ['HRPortal', ['hr', 'portal']],
  ['KLINIK_db2', ['klinik', 'db']],
  ['Gehälter.prod', ['gehälter', 'prod']],
  ['1234', []],
])('words of %s', (name, words) => expect(wordsOf(name)).toEqual(words));
