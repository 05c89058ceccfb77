import {expect, test} from 'vitest';
import {evaluatePolicies} from '../../../src/policy/evaluate.ts';
import {parsePolicies} from '../../../src/policy/parse.ts';
import {context, file} from './fixtures.ts';

const limit = (spec: string): string =>
  `apiVersion: bulkhead.dev/v1alpha1\nkind: PortfolioConstraint\nmetadata: {name: LIMIT}\nspec: {${spec}}\n`;

const WORKLOADS = [
  {name: 'pay', c: 3 as const, vcpu: 4},
  {name: 'web', c: 1 as const, vcpu: 8},
  {name: 'dark', c: null, vcpu: null},
];
const SITES = [
  {id: 'a', provider: 'p1', providerGroup: 'big'},
  {id: 'b', provider: 'p2', providerGroup: 'big'},
  {id: 'c', provider: 'p3', providerGroup: 'small', country: 'DE'},
];

function run(spec: string) {
  const parsed = parsePolicies([file(limit(spec))]);
  const {portfolio} = evaluatePolicies(parsed.value, context(WORKLOADS, SITES));
  return {codes: parsed.findings.map(({code}) => code), findings: parsed.findings, portfolio};
}

test('a share counts what is concerned, by group; unknown needs at the planned level, unknown sizes as unknown', () => {
  const {codes, portfolio} = run(
    `over: 'workload.sensitivity.c >= level.high', measure: workload.vcpu, unit: vCPU, limit: {share: 0.45}`,
  );
  expect(codes).toEqual([]);
  expect(portfolio).toMatchObject([{name: 'LIMIT', limit: {share: 0.45}, unit: 'vCPU', severity: 'high'}]);
  expect([...portfolio![0]!.measure]).toEqual([4, 0, Number.NaN]);
  expect(portfolio![0]!.groupOf).toEqual(['big', 'big', 'small']);
});

test('an amount counts workloads by default; a group that a site has none of does not count it', () => {
  const {portfolio} = run('groupBy: site.country, limit: {amount: 2}');
  expect([...portfolio![0]!.measure]).toEqual([1, 1, 1]);
  expect(portfolio![0]!.groupOf).toEqual([null, null, 'DE']);
});

test.each([
  ['limit: {share: 1.5}', 'BH-DOC'],
  ['limit: {amount: -1}', 'BH-DOC'],
  ['limit: {perMonth: 100}', 'BH-DOC'],
  ['limit: {perMonth: 100, currency: EUR}, measure: workload.vcpu', 'BH-LINT-050'],
  [`over: 'site.country == "DE"', limit: {amount: 1}`, 'BH-LINT-050'],
  ['over: workload.vcpus > 1, limit: {amount: 1}', 'BH-LINT'],
  ['limit: {amount: workload.vcpu}', 'BH-LINT-050'],
  ['limit: {share: params.most}', 'BH-LINT'],
  ['limit: {amount: params.most}, params: {most: {type: int, default: -1}}', 'BH-LINT-050'],
])('%s is refused with its place, and limits nothing', (spec, code) => {
  const {findings, portfolio} = run(spec);
  expect(portfolio).toBeUndefined();
  expect(findings[0]!.code).toContain(code);
  expect(findings.every(({where}) => where.line !== undefined)).toBe(true);
  expect(findings.at(-1)).toMatchObject({code: 'BH-POL-020', partial: true});
});

test('a name that is taken limits nothing twice', () => {
  const text = limit('limit: {amount: 2}');
  const {value, findings} = parsePolicies([file(text, 'a.yaml'), file(text, 'b.yaml')]);
  expect(value.portfolio).toHaveLength(1);
  expect(findings).toMatchObject([
    {
      code: 'BH-LINT-050',
      message: expect.stringContaining('already defined at a.yaml:'),
      where: {file: 'b.yaml'},
    },
  ]);
});
