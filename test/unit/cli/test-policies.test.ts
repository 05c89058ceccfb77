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
