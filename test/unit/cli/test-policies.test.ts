import {mkdtempSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {expect, test} from 'vitest';
import {
  policyTestsAsJunit,
  policyTestsAsTap,
  renderPolicyTests,
} from '../../../src/cli/render/policy-test.ts';
import {testPolicies} from '../../../src/cli/test-policies.ts';

const POLICY = `
apiVersion: bulkhead.dev/v1alpha1
kind: PlacementPolicy
metadata: {name: own}
spec:
  rules:
    - {id: SHARED, title: no shared hardware, severity: critical, effect: forbid, when: site.tenancy == "shared"}
---
apiVersion: bulkhead.dev/v1alpha1
kind: PolicyTest
metadata: {name: decisions & more}
spec:
  given:
    estate:
      inventory:
        workloads:
          - {id: erp, name: erp, type: vm, region: old}
      sites:
        - {name: old, kind: dedicated, provider: Old, tenancy: shared, matches: [{region: old}]}
        - {name: new, kind: dedicated, provider: New, tenancy: dedicated-hardware}
  place:
    - {workload: erp, expectSite: new, because: SHARED}
    - {workload: erp, expectSite: old}
    - {workload: erp, expectSite: new, because: OTHER}
`;

test('whole decisions go through every stage of a plan', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'bulkhead-policy-test-'));
  const path = join(folder, 'own.yaml');
  writeFileSync(path, POLICY);
  const {report, findings} = await testPolicies('.', [path], {mutate: false});
  expect(findings).toEqual([]);
  expect(report.cases.map(({problems}) => problems)).toEqual([
    [],
    [expect.stringMatching(/^erp: expected old, is new \(/)],
    ['erp: OTHER has no part in the decision'],
  ]);
  expect(report).toMatchObject({total: 3, failed: 2, coverage: {covered: 0, total: 1, percent: 0}});
  expect(renderPolicyTests(report)).toContain('1 of 3 cases passed, 0 of 1 rules covered (0 %)');
  expect(
    policyTestsAsTap(report)
      .split('\n')
      .filter((line) => /^(not )?ok/.test(line)),
  ).toEqual([
    'ok 1 - decisions & more: erp is placed at new',
    'not ok 2 - decisions & more: erp is placed at old',
    'not ok 3 - decisions & more: erp is placed at new',
  ]);
  const junit = policyTestsAsJunit(report);
  expect(junit).toContain('<testsuite name="decisions &amp; more" tests="3" failures="2">');
  expect(junit.match(/<failure /g)).toHaveLength(2);
});

test('whole decisions: how sure they are, on whose word, and by which limit', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'bulkhead-policy-test-'));
  const path = join(folder, 'own.yaml');
  const envelope = (kind: string, name: string) =>
    `---\napiVersion: bulkhead.dev/v1alpha1\nkind: ${kind}\nmetadata: {name: ${name}}\nspec:\n`;
  const shared = POLICY.slice(0, POLICY.indexOf('---'));
  const sites = `
      sites:
        - {name: old, kind: dedicated, provider: Old, tenancy: shared, matches: [{region: old}]}
        - {name: new, kind: dedicated, provider: New, tenancy: dedicated-hardware}`;
  const given = (workloads: string) => `
  given:
    estate:
      inventory:
        workloads: [${workloads}]${sites}
`;
  const vm = (name: string) => `{id: ${name}, name: ${name}, type: vm, region: old}`;
  writeFileSync(
    path,
    `${shared}${envelope('PolicyException', 'EX-1')}
  rules: [SHARED]
  match: {expression: workload.name == "erp"}
  category: waiver
  reason: r
  owner: a@x
  approvedBy: [b@x]
  expiresOn: 2026-03-31
${envelope('PortfolioConstraint', 'LIMIT')}
  params: {most: {type: double, default: 1.0}}
  limit: {share: params.most}
${envelope('PolicyTest', 'excused')}${given(vm('erp'))}
  place:
    - {workload: erp, expectSite: old, expectExcepted: EX-1}
    - {workload: erp, expectSite: old, expectStatus: blocked, expectExcepted: EX-1}
${envelope('PolicyTest', 'naked')}${given(vm('erp'))}
  place: [{workload: erp, expectSite: new}]
${envelope('PolicyTest', 'limited')}
  params: {most: 0.5}${given(`${vm('erp')}, ${vm('crm')}`).replace('tenancy: shared', 'tenancy: dedicated-host')}
  place:
    - {workload: crm, expectSite: new, because: LIMIT}
    - {workload: erp, expectSite: old}
`,
  );
  const {report, findings} = await testPolicies('.', [path], {mutate: false});
  expect(findings).toEqual([]);
  expect(report.cases.map(({test: name, problems}) => [name, ...problems])).toEqual([
    ['excused'],
    ['excused', expect.stringMatching(/^erp: expected blocked, is /)],
    ['naked'],
    ['limited'],
    ['limited'],
  ]);
});

test('the shipped packs decide whole plans as they say', async () => {
  const {report, findings} = await testPolicies('.', ['pack:dora'], {mutate: false});
  expect(findings).toEqual([]);
  expect(
    report.cases.filter(({test: name}) => name.includes('concentration')).map(({problems}) => problems),
  ).toEqual([[], [], [], [], []]);
});
