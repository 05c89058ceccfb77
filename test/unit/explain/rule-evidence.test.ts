import {expect, test} from 'vitest';
import {renderExplanation} from '../../../src/cli/render/explain.ts';
import {explainRule} from '../../../src/explain/rule.ts';
import {evaluatePolicies} from '../../../src/policy/evaluate.ts';
import {context, policies, policyText} from '../policy/fixtures.ts';

test('a rule shows what was stated about each site, where it is written, and what its outcomes mean', () => {
  const text = policyText([
    '{id: R, title: t, severity: low, effect: require, given: site.seal.sov2 >= 2, when: site.incidentNoticeHours <= 24.0, asOf: 2026-05-01, mappings: [{framework: nis2, control: art-23}]}',
    '{id: PLAIN, title: t, severity: low, effect: forbid, when: site.receives}',
  ]);
  const stated = (value: number) => ({value, evidence: 'contract, annex 3', asOf: '2026-02-01'});
  const here = context(
    [{name: 'db'}],
    [
      {id: 'a', criteria: {incidentNoticeHours: stated(8)}, seal: {sov2: stated(3), sov1: stated(1)}},
      {id: 'b'},
    ],
  );
  const policy = evaluatePolicies(policies(text), here);
  const explained = explainRule(0, policy, here.estate.workloads, here.sites, 5);
  expect(explained.statements).toEqual([
    {site: 'a', name: 'incidentNoticeHours', value: 8, evidence: 'contract, annex 3', asOf: '2026-02-01'},
    {site: 'a', name: 'seal.sov2', value: 3, evidence: 'contract, annex 3', asOf: '2026-02-01'},
  ]);
  const lines = renderExplanation(explained);
  expect(lines).toContain('a: incidentNoticeHours = 8  (contract, annex 3, checked 2026-02-01)');
  expect(lines).toContain('indicator for nis2 art-23 · facts as of 2026-05-01: pass = met, fail = not met');
  expect(lines).toContain('unknown  db at b');
  const plain = explainRule(1, policy, here.estate.workloads, here.sites, 5);
  expect(plain.statements).toEqual([]);
  expect(renderExplanation(plain)).not.toMatch(/indicator|Stated/);
});
