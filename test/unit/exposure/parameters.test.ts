import {readFileSync} from 'node:fs';
import {expect, test} from 'vitest';
import {parseYaml} from '../../../src/document/yaml.ts';
import {DEFAULT_PARAMETERS} from '../../../src/exposure/default-parameters.ts';
import {parseScoreParameters} from '../../../src/exposure/parse-score-parameters.ts';

const shipped = readFileSync(new URL('../../../policies/score/score.yaml', import.meta.url), 'utf8');

function parse(text: string) {
  return parseScoreParameters(parseYaml(text, 'score.yaml').documents);
}

test('the shipped document is valid and equals the built-in defaults', () => {
  expect(parse(shipped)).toEqual({value: DEFAULT_PARAMETERS, findings: []});
});

test.each([
  ['physical: {value: 0.15', 'physical: {value: 0.5', 'must not increase'],
  ['inbound: {value: 0.35', 'inbound: {value: 0.36', 'must sum to 1'],
  ['adDomain: {weight: 0.95', 'adDomain: {weight: 0.96', '0.95'],
  ['default: {weight: 0.5', 'fallback: {weight: 0.5', 'default'],
  ['halfValue:', 'halfvalue:', 'did you mean `halfValue`'],
  ['    value: 20', '    value: 0', 'halfValue.value'],
  [", because: 'the usual first goal of intruders; one stolen key forges every ticket'", '', 'because'],
])('%s → %s is one placed finding with the reason', (from, to, said) => {
  expect(shipped).toContain(from);
  const {value, findings} = parse(shipped.replace(from, to));
  expect(value).toEqual(DEFAULT_PARAMETERS);
  const wrong = findings.filter(({code}) => code.startsWith('BH-DOC'));
  expect(wrong.map(({message}) => message).join('\n')).toContain(said);
  expect(wrong[0]!.where.line).toBeGreaterThan(1);
  expect(findings.at(-1)!.code).toBe('BH-SCORE-002');
});

test('a mistyped root kind is pointed out, a new one is not, and the last document wins', () => {
  const {value, findings} = parse(
    `${shipped}\n---\n${shipped.replace('vendor:', 'vender:').replace('cpuFamily:', 'satelliteLink:')}`,
  );
  expect(findings).toMatchObject([{code: 'BH-SCORE-001', where: {file: 'score.yaml'}}]);
  expect(findings[0]!.message).toContain('did you mean `vendor`');
  expect(value.rootWeight).toHaveProperty('satelliteLink', 0.2);
});
