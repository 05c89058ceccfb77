import {expect, test} from 'vitest';
import {CelProblem, createEngine} from '../../../src/policy/cel.ts';
import {parsePolicies} from '../../../src/policy/parse.ts';
import {mutants} from '../../../src/policy/test/mutate.ts';
import {runMutation} from '../../../src/policy/test/mutation.ts';
import {parsePolicyTests} from '../../../src/policy/test/parse.ts';
import {coverage, runCases} from '../../../src/policy/test/run.ts';
import {file, policyText} from './fixtures.ts';

const RULES = policyText(
  [
    '{id: HARD, title: t, severity: high, effect: forbid, given: workload.sensitivity.c >= level.high, when: site.logRetentionDays < params.days, message: "{{ site.name }} keeps {{ site.logRetentionDays }}"}',
    '{id: SOFT, title: t, severity: low, effect: avoid, score: "min(1.0, double(size(site.roots)) / 4.0)"}',
  ],
  '  params: {days: {type: int, default: 180}}\n',
);

const document = (body: string, spec = '') => `
apiVersion: bulkhead.dev/v1alpha1
kind: PolicyTest
metadata: {name: T}
spec:
  given:
    workloads:
      vault: {sensitivity: {c: high}, at: cloud, blast: 12.5, tags: {team: a}}
    sites:
      cloud: {logRetentionDays: 90, roots: []}
${spec}  cases:
${body}`;

function run(body: string, options: {rules?: string; spec?: string} = {}) {
  const parsed = parsePolicies([
    file(options.rules ?? RULES, 'rules.yaml'),
    file(document(body, options.spec), 'tests.yaml'),
  ]);
  expect(parsed.findings).toEqual([]);
  const {tests, findings} = parsePolicyTests(parsed.value);
  const results = tests.map(runCases);
  return {set: parsed.value, tests, results, findings, cases: results.flat()};
}

test('a case passes when every outcome is the expected one', () => {
  const {cases} = run(`
    - expect: {HARD: fail, SOFT: pass}
    - unset: [site.logRetentionDays]
      expect: {HARD: {outcome: unknown, missing: site.logRetentionDays}, SOFT: pass}
    - set: {workload.sensitivity.c: normal, site.roots: [{id: a}, {id: b}]}
      expect: {HARD: n/a, SOFT: {outcome: fail, score: 0.5}}
    - name: exact message
      expect: {HARD: {outcome: fail, message: cloud keeps 90}, SOFT: pass}
`);
  expect(cases.map(({problems}) => problems)).toEqual([[], [], [], []]);
  expect(cases.map(({name}) => name)).toEqual([
    'vault at cloud',
    'vault at cloud, without site.logRetentionDays',
    'vault at cloud',
    'exact message',
  ]);
});

test('it fails in both directions: what is expected and is not, and what is and was not expected', () => {
  const {cases} = run(`
    - expect: {HARD: pass, SOFT: pass}
    - expect: {SOFT: pass}
    - expect: {SOFT: pass}
      allowOther: true
    - unset: [workload.sensitivity]
      expect: {SOFT: {outcome: pass, score: 1}}
    - expect: {HARD: {outcome: fail, message: nothing of the kind}, SOFT: pass}
`);
  expect(cases.map(({problems}) => problems)).toEqual([
    ['HARD: expected pass, is fail'],
    ['HARD: fail, which the case does not expect'],
    [],
    [
      'HARD: unknown (missing workload.sensitivity.c), which the case does not expect',
      'SOFT: expected score 1, is 0',
    ],
    ['HARD: expected the message to contain "nothing of the kind", is "cloud keeps 90"'],
  ]);
});

test('what the test itself gets wrong fails it, with a suggestion and its place', () => {
  const {cases, findings} = run(
    `
    - set: {site.tenacy: shared}
      expect: {HRAD: fail}
    - workload: valt
      expect: {}
    - set: {place: x, workload.sensitivity.c: hgih, workload.type: vmm}
      expect: {}
`,
    {spec: '  params: {dys: 3}\n'},
  );
  expect(cases.map(({problems}) => problems)).toEqual([
    [
      'no rule `HRAD` is under test (did you mean `HARD`?)',
      'unknown field `tenacy` on site (did you mean `tenancy`?)',
    ],
    ['no workload `valt` is given (did you mean `vault`?)'],
    [
      '`place` must begin with `workload.` or `site.`',
      '`sensitivity.c`: use none, normal, high, veryHigh, unknown, or {lo, hi}',
      '`type` is never "vmm" (did you mean `vm`?)',
    ],
  ]);
  expect(findings).toMatchObject([
    {code: 'BH-PT-001', message: expect.stringContaining('`days`'), where: {file: 'tests.yaml', line: 11}},
  ]);
});

test('parameters and intervals of need are taken as given', () => {
  const {cases} = run(
    `
    - expect: {HARD: pass, SOFT: pass}
    - set: {workload.sensitivity.c: {lo: normal, hi: high}, site.logRetentionDays: 1}
      expect: {HARD: unknown, SOFT: pass}
`,
    {spec: '  params: {days: 30}\n'},
  );
  expect(cases.flatMap(({problems}) => problems)).toEqual([]);
});

test('a rule is covered once it is shown to pass and to fail by name', () => {
  const {tests, results, set} = run(`
    - expect: {HARD: fail, SOFT: pass}
    - set: {site.logRetentionDays: 180}
      expect: {HARD: pass, SOFT: pass}
    - set: {site.roots: [{id: a}]}
      expect: {HARD: fail, SOFT: unknown}
`);
  expect(coverage(tests, results, set.rules)).toMatchObject([
    {rule: 'HARD', covered: true, shown: ['fail', 'pass']},
    // The third case fails, so it shows nothing.
    {rule: 'SOFT', covered: false, shown: ['pass']},
  ]);
});

test('faults no case notices are listed where they would be', () => {
  const loose = run(`
    - expect: {HARD: fail, SOFT: pass}
`);
  const {total, killed, survivors} = runMutation(loose.set, loose.tests, loose.results);
  expect(
    survivors
      .filter(({rule}) => rule === 'HARD')
      .map(({change, place}) => `${place.line}:${place.col} ${change}`),
  ).toEqual([
    '7:93 level.high → level.normal: level.high',
    '7:111 < → <=: site.logRetentionDays < params.days',
  ]);
  expect(total).toBe(killed + survivors.length);

  const tight = run(`
    - expect: {HARD: fail, SOFT: {outcome: pass, score: 0}}
    - set: {workload.sensitivity.c: normal}
      expect: {HARD: n/a, SOFT: pass}
    - set: {site.logRetentionDays: 180}
      expect: {HARD: pass, SOFT: pass}
    - set: {site.roots: [{id: a}, {id: b}]}
      expect: {HARD: fail, SOFT: {outcome: fail, score: 0.5}}
    - set: {site.roots: [{id: a}, {id: b}, {id: c}, {id: d}, {id: e}]}
      expect: {HARD: fail, SOFT: {outcome: fail, score: 1}}
`);
  expect(tight.cases.flatMap(({problems}) => problems)).toEqual([]);
  const strict = runMutation(tight.set, tight.tests, tight.results);
  expect(strict.survivors.map(({change}) => change)).toEqual(['1.0 → 2.0: 1.0']);
  expect(strict.killed).toBeGreaterThan(killed);
});

test('each kind of fault is made once', () => {
  const faults = (text: string): string[] => {
    const parsed = createEngine().parse(text);
    if (parsed instanceof CelProblem) throw new Error(parsed.message);
    return mutants(parsed.tree).map(({tree}) => parsed.textOf(tree));
  };
  expect(faults('site.receives && !workload.internetExposed')).toEqual([
    'site.receives || !workload.internetExposed',
    'site.receives',
    '!workload.internetExposed',
    '!site.receives && !workload.internetExposed',
    'site.receives && workload.internetExposed',
    'site.receives && !!workload.internetExposed',
  ]);
  expect(faults('site.country in ["DE", "FR", "IT"]')).toEqual([
    '!(site.country in ["DE", "FR", "IT"])',
    'site.country in ["FR", "IT"]',
    'site.country in ["DE", "FR"]',
  ]);
  expect(faults('workload.vcpu >= 4')).toEqual([
    'workload.vcpu > 4',
    'workload.vcpu < 4',
    'workload.vcpu >= 5',
    'workload.vcpu >= 3',
  ]);
  expect(faults('site.roots.exists(r, r.kind == "x")')).toEqual([
    'site.roots.all(r, r.kind == "x")',
    'site.roots.exists(r, r.kind != "x")',
    'site.roots.exists(r, r.kind == "x~")',
  ]);
  expect(faults('has(site.tenancy) ? 1.0 : 0.5')).toEqual([
    'has(site.tenancy) ? 0.5 : 1.0',
    '!has(site.tenancy) ? 1.0 : 0.5',
    'has(site.tenancy) ? 2.0 : 0.5',
    'has(site.tenancy) ? 0.0 : 0.5',
    'has(site.tenancy) ? 1.0 : 1.5',
    'has(site.tenancy) ? 1.0 : -0.5',
  ]);
});

const EXCEPTION = `
apiVersion: bulkhead.dev/v1alpha1
kind: PolicyException
metadata: {name: EX-1}
spec:
  rules: [HARD]
  match: {expression: workload.name == "vault"}
  category: waiver
  reason: r
  owner: a@x
  approvedBy: [b@x]
  expiresOn: 2026-03-31
`;

test('exceptions are asserted in both directions, at the time of the test', () => {
  const cases = (body: string, spec = '') => {
    const parsed = parsePolicies([
      file(RULES, 'rules.yaml'),
      file(EXCEPTION, 'ex.yaml'),
      file(document(body, spec), 'tests.yaml'),
    ]);
    const {tests, findings} = parsePolicyTests(parsed.value);
    return {problems: tests.flatMap(runCases).map((one) => one.problems), findings};
  };
  const expected = `
    - expect: {HARD: fail, SOFT: pass}
      expectExcepted: {HARD: EX-1}
    - expect: {HARD: fail, SOFT: pass}
    - set: {site.logRetentionDays: 200}
      expect: {HARD: pass, SOFT: pass}
      expectExcepted: {HARD: EX-1}
    - expect: {HARD: fail, SOFT: pass}
      expectExcepted: {NONE: EX-1}
`;
  expect(cases(expected).problems).toEqual([
    [],
    ['HARD: excused by EX-1, which the case does not expect'],
    ['HARD: expected to be excused by EX-1, is not'],
    ['no rule `NONE` is under test, so EX-1 cannot excuse it'],
  ]);
  const one = '\n    - {expect: {HARD: fail, SOFT: pass}, expectExcepted: {HARD: EX-1}}\n';
  expect(cases(one, '  now: 2026-06-01\n').problems).toEqual([
    ['HARD: expected to be excused by EX-1, is not (EX-1 is expired)'],
  ]);
  // A test that is not about exceptions shows the naked state.
  expect(cases('\n    - {expect: {HARD: fail, SOFT: pass}}\n').problems).toEqual([[]]);
  expect(
    cases('\n    - {expect: {HARD: fail, SOFT: pass}}\n', '  exceptions: [EX-2]\n').findings,
  ).toMatchObject([
    {message: 'no exception `EX-2` is loaded (did you mean `EX-1`?)', where: {file: 'tests.yaml', line: 11}},
  ]);
});
