import {expect, test} from 'vitest';
import {parseSites} from '../../../src/document/sites.ts';
import {parseYaml} from '../../../src/document/yaml.ts';
import {siteCriteria} from '../../../src/model/documents/site-criteria.ts';
import type {RegisterEntry} from '../../../src/model/estate.ts';
import {evaluatePolicies} from '../../../src/policy/evaluate.ts';
import {OBJECT_TYPES} from '../../../src/policy/fields.ts';
import {parsePolicies} from '../../../src/policy/parse.ts';
import {siteValues} from '../../../src/policy/site-values.ts';
import {context, file, policyText} from './fixtures.ts';

const HEAD = 'apiVersion: bulkhead.dev/v1alpha1\nkind: Site\nmetadata: {name: dc}\n';
const sites = (spec: string) =>
  parseSites(
    parseYaml(`${HEAD}spec:\n  kind: dedicated\n  provider: Hoster\n${spec}`, 'sites.yaml').documents,
  );

const STATED = `  criteria:
    incidentNoticeHours: {value: 24, evidence: contract 7.2, asOf: 2026-03-01}
    subcontractors: {value: [], evidence: letter, asOf: 2026-04-01}
    restoreTested: {value: 2026-01-15, evidence: report, asOf: 2026-02-01}
  seal:
    sov2: {value: 3, evidence: assessment, asOf: 2026-05-01}
  certifications:
    - {id: c5, type: type2, edition: "2020", periodEnd: 2026-03-31, validUntil: 2027-03-31, scope: [de-*], evidence: report}
`;

test('rules see what was stated, an empty list is an answer, the rest is unknown', () => {
  const {value, findings} = sites(STATED);
  expect(findings).toEqual([]);
  const rules = [
    ['NOTICE', 'site.incidentNoticeHours <= 24.0'],
    ['NOBODY', 'size(site.subcontractors) == 0'],
    ['RESTORED', 'site.restoreTested > timestamp("2026-01-14T00:00:00Z")'],
    ['SOV2', 'site.seal.sov2 == 3'],
    ['SOV3', 'site.seal.sov3 >= 0'],
    ['AUDIT', 'site.auditRights'],
    ['TYPE', 'site.certifications.exists(c, c.type == "type2" && c.scope.exists(s, glob("de-1", s)))'],
    ['OLD', 'site.statements.exists(s, s.name == "seal.sov2" && s.asOf > timestamp("2026-04-30T00:00:00Z"))'],
  ];
  const set = parsePolicies([
    file(
      policyText(
        rules.map(([id, when]) => `{id: ${id}, title: t, severity: low, effect: require, when: '${when}'}`),
      ),
    ),
  ]);
  expect(set.findings).toEqual([]);
  const evaluation = evaluatePolicies(set.value, {...context([{}], [{}]), sites: value});
  const outcomes = evaluation.rules.map(({rule, tuples}) => [
    rule.id,
    tuples[0]!.outcomes[0],
    tuples[0]!.missing[0],
  ]);
  expect(outcomes).toEqual([
    ['NOTICE', 'pass', null],
    ['NOBODY', 'pass', null],
    ['RESTORED', 'pass', null],
    ['SOV2', 'pass', null],
    ['SOV3', 'unknown', 'site.seal.sov3'],
    ['AUDIT', 'unknown', 'site.auditRights'],
    ['TYPE', 'pass', null],
    ['OLD', 'pass', null],
  ]);
});

test('a value without evidence or date is no statement', () => {
  const bare = sites('  criteria:\n    auditRights: true\n');
  expect(bare.findings[0]).toMatchObject({severity: 'high', where: {file: 'sites.yaml', line: 8}});
  const undated = sites('  criteria:\n    auditRights: {value: true, evidence: contract}\n');
  expect(undated.findings[0]).toMatchObject({message: expect.stringContaining('asOf')});
  const typo = sites('  criteria:\n    incidentNoticeHour: {value: 2, evidence: x, asOf: 2026-01-01}\n');
  expect(typo.findings[0]!.message).toContain('incidentNoticeHours');
  expect(sites('  seal:\n    sov1: {value: 5, evidence: x, asOf: 2026-01-01}\n').findings).toHaveLength(1);
});

test('every criterion an author can state is a field of rules', () => {
  for (const name of Object.keys(siteCriteria.shape)) expect(OBJECT_TYPES['Site']).toHaveProperty(name);
});

test('the share of critical functions is of what stands there, and unknown when one of them cannot be found', () => {
  const share = (at: number[], critical: (boolean | null)[]) => {
    const base = context(
      at.map((where) => ({at: where})),
      [{providerGroup: 'A'}, {providerGroup: 'A'}, {providerGroup: 'B'}],
    );
    const registerOf = (w: number) => ({critical: critical[w] ?? null}) as RegisterEntry;
    return siteValues({...base, registerOf}).map(({criticalShare}) => criticalShare);
  };
  expect(share([0, 1, 2, 2], [true, true, true, false])).toEqual([2 / 3, 2 / 3, 1 / 3]);
  expect(share([0, 0], [true, null])).toEqual([1, 1, 0]);
  expect(share([0, -1], [true, true])).toEqual([null, null, null]);
  expect(share([0, 1], [null, false])).toEqual([null, null, null]);
});
