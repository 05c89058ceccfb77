import {expect, test} from 'vitest';
import {evaluatePolicies} from '../../../src/policy/evaluate.ts';
import {parsePolicies} from '../../../src/policy/parse.ts';
import {context, file, policyText, type TestSite, type TestWorkload} from './fixtures.ts';

const RULES = policyText([
  '{id: HARD, title: t, severity: high, effect: forbid, when: site.tenancy == "shared"}',
  '{id: LOW, title: t, severity: low, effect: forbid, when: workload.sensitivity.c >= level.veryHigh}',
  '{id: GAP, title: t, severity: low, effect: forbid, onUnknown: fail, when: site.logRetentionDays < 180}',
  '{id: SOFT, title: t, severity: low, effect: avoid, when: site.tenancy == "shared"}',
]);

interface Given {
  rules?: string;
  match?: string;
  more?: string;
  owner?: string;
  expires?: string;
}

const exception = (given: Given = {}, name = 'EX-1') => `
apiVersion: bulkhead.dev/v1alpha1
kind: PolicyException
metadata: {name: ${name}}
spec:
  rules: [${given.rules ?? 'HARD'}]
  match: {expression: '${given.match ?? 'workload.name == "db"'}'}
  category: waiver
  reason: Moves in spring.
  owner: ${given.owner ?? 'ciso@client.example'}
  expiresOn: ${given.expires ?? '2027-06-30'}
${given.more ?? '  approvedBy: [dpo@client.example]'}
`;

const WORKLOADS: TestWorkload[] = [
  {name: 'db', c: 3},
  {name: 'web', c: 1},
  {name: 'dark', c: null},
];
const SITES: TestSite[] = [
  {id: 'shared', tenancy: 'shared', logRetentionDays: null},
  {id: 'own', tenancy: 'dedicated-hardware', logRetentionDays: 365},
];

/** The run at 2026-11-22 over the rules and the given exceptions. */
function run(exceptions: string[], options: {ignoreExceptions?: boolean} = {}) {
  const parsed = parsePolicies([
    file(RULES, 'rules.yaml'),
    ...exceptions.map((text, i) => file(text, `ex${i}.yaml`)),
  ]);
  const evaluation = evaluatePolicies(parsed.value, context(WORKLOADS, SITES), options);
  const rule = (id: string) => evaluation.rules.find((one) => one.rule.id === id)!;
  return {
    parsed: parsed.findings.map(({code}) => code),
    codes: evaluation.findings.map(({code}) => code),
    findings: evaluation.findings,
    exceptions: evaluation.exceptions!,
    /** `rule workload site` of what is excused. */
    excused: evaluation.rules.flatMap(({rule: {id}, excepted}) =>
      [...(excepted ?? [])].flatMap(([w, marks]) =>
        marks.flatMap((mark, s) => (mark ? [`${id} ${WORKLOADS[w]!.name} ${SITES[s]!.id} ${mark.id}`] : [])),
      ),
    ),
    outcome: (id: string, w: number, s: number) => rule(id).tuples[rule(id).tupleOf[w]!]!.outcomes[s],
  };
}

test('a failure covered by an exception stays a failure and names who answers for it', () => {
  const {excused, outcome, exceptions, codes} = run([exception()]);
  expect(excused).toEqual(['HARD db shared EX-1']);
  expect(outcome('HARD', 0, 0)).toBe('fail');
  expect(exceptions[0]).toMatchObject({
    id: 'EX-1',
    status: 'in-force',
    covers: 1,
    rules: ['HARD'],
    owner: 'ciso@client.example',
    category: 'waiver',
    place: {file: 'ex0.yaml', line: 4},
  });
  expect(codes).toEqual([]);
});

test('it may depend on the site, name the policy of a rule, and cover what is unknown', () => {
  const match = 'site.id == "shared" && workload.name != "web"';
  const {excused} = run([exception({rules: 'test/HARD, GAP', match})]);
  expect(excused).toEqual([
    'HARD db shared EX-1',
    'HARD dark shared EX-1',
    'GAP db shared EX-1',
    'GAP dark shared EX-1',
  ]);
});

test('where it is not known whether it covers a workload, it does not', () => {
  const {excused} = run([exception({match: 'workload.sensitivity.c >= level.high'})]);
  expect(excused).toEqual(['HARD db shared EX-1']);
});

test('it holds to the end of its last day, then it is a finding and has no effect', () => {
  expect(run([exception({expires: '2026-11-22'})])).toMatchObject({
    excused: ['HARD db shared EX-1'],
    codes: ['BH-EXC-002'],
  });
  const after = run([exception({expires: '2026-11-21'})]);
  expect(after).toMatchObject({excused: [], codes: ['BH-EXC-001']});
  expect(after.exceptions[0]!.status).toBe('expired');
  expect(after.findings[0]).toMatchObject({
    severity: 'high',
    where: {file: 'ex0.yaml', line: 11},
    message: 'exception EX-1 of ciso@client.example ended on 2026-11-21 and has no effect any more',
  });
});

test('severe rules need somebody else to approve; others are told when the owner approves alone', () => {
  for (const more of ['', '  approvedBy: []', '  approvedBy: [CISO@client.example]'])
    expect(run([exception({more})])).toMatchObject({excused: [], codes: ['BH-EXC-006']});
  expect(run([exception({rules: 'LOW', more: ''})])).toMatchObject({
    excused: ['LOW db shared EX-1', 'LOW db own EX-1'],
    codes: [],
  });
  expect(run([exception({rules: 'LOW', more: '  approvedBy: [ciso@client.example]'})]).codes).toEqual([
    'BH-EXC-005',
  ]);
  // One severe rule among several is enough.
  expect(run([exception({rules: 'LOW, HARD', more: ''})]).excused).toEqual([]);
});

test('a term has at most 365 days, counted from the day it was granted', () => {
  const granted = (day: string) => `  approvedBy: [dpo@client.example]\n  createdOn: ${day}`;
  expect(run([exception({expires: '2027-11-22'})]).excused).toHaveLength(1);
  expect(run([exception({expires: '2027-11-23'})])).toMatchObject({excused: [], codes: ['BH-EXC-007']});
  expect(run([exception({expires: '2027-06-30', more: granted('2026-06-30')})]).excused).toHaveLength(1);
  expect(run([exception({expires: '2027-07-01', more: granted('2026-06-30')})]).codes).toEqual([
    'BH-EXC-007',
  ]);
  expect(run([exception({more: granted('2026-12-24')})])).toMatchObject({excused: [], codes: ['BH-EXC-011']});
});

test('exceptions that do nothing are told: no such workload, nothing to excuse, a rule that removes no site', () => {
  expect(run([exception({match: 'workload.name == "gone"'})]).codes).toEqual(['BH-EXC-004']);
  const idle = run([exception({rules: 'LOW', match: 'workload.name == "web"'})]);
  expect(idle.findings.map(({message}) => message)).toEqual([
    'exception EX-1 is not needed: its rules fail nowhere it covers',
  ]);
  expect(run([exception({rules: 'SOFT'})]).codes).toEqual(['BH-EXC-012']);
});

test('the first of two that cover the same failure is named; both count what they cover', () => {
  const {excused, exceptions} = run([exception(), exception({}, 'EX-2')]);
  expect(excused).toEqual(['HARD db shared EX-1']);
  expect(exceptions.map(({covers}) => covers)).toEqual([1, 1]);
});

test('ignored exceptions have no effect; what is wrong with them is still told', () => {
  const naked = run([exception(), exception({expires: '2026-01-01'}, 'EX-2')], {ignoreExceptions: true});
  expect(naked).toMatchObject({excused: [], codes: ['BH-EXC-001', 'BH-EXC-013']});
  expect(naked.exceptions.map(({status}) => status)).toEqual(['ignored', 'expired']);
});

test('a document that cannot be used has no effect and makes the run partial', () => {
  const texts = [
    exception({rules: 'HARD, HRAD'}),
    exception({}, 'EX-1'),
    exception({match: 'workload.nmae == "db"'}, 'EX-3'),
    exception({}, 'EX-4').replace('owner:', 'ower:'),
  ];
  const {value, findings} = parsePolicies([
    file(RULES),
    ...texts.map((text, i) => file(text, `ex${i}.yaml`)),
  ]);
  expect(value.exceptions.map(({id, rules}) => [id, rules])).toEqual([['EX-1', [0]]]);
  expect(findings.map(({code, where: {file, line}}) => `${code} ${file}:${line}`)).toEqual([
    'BH-LINT-012 ex2.yaml:7',
    'BH-EXC-010 ex2.yaml:4',
    'BH-DOC-004 ex3.yaml:6',
    'BH-DOC-002 ex3.yaml:10',
    'BH-EXC-010 ex3.yaml:4',
    'BH-EXC-008 ex0.yaml:6',
    'BH-EXC-009 ex1.yaml:4',
  ]);
  expect(findings.find(({code}) => code === 'BH-EXC-008')!.message).toContain('did you mean `HARD`?');
  expect(findings.filter(({partial}) => partial)).toHaveLength(2);
});
