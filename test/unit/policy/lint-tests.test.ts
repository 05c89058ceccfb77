import {expect, test} from 'vitest';
import {deadWeights, emptyingRules} from '../../../src/explain/policy-conflicts.ts';
import {evaluatePolicies} from '../../../src/policy/evaluate.ts';
import {lintPolicies} from '../../../src/policy/lint.ts';
import {githubAnnotations} from '../../../src/report/github-annotations.ts';
import {sarif} from '../../../src/report/sarif.ts';
import {context, file, policies, policyText, type TestSite, type TestWorkload} from './fixtures.ts';

const SOURCE = 'source: {title: t, date: 2026-01-01}, verification: primary';
const RULES = policyText(
  [
    `{id: A, title: t, severity: low, effect: forbid, when: site.receives, ${SOURCE}}`,
    `{id: B, title: t, severity: low, effect: forbid, when: site.externalKeys, ${SOURCE}}`,
  ],
  '  reviewBy: 2026-11-21\n',
);
const TEST = `
apiVersion: bulkhead.dev/v1alpha1
kind: PolicyTest
metadata: {name: T}
spec:
  given: {workloads: {w: {}}, sites: {s: {receives: true, externalKeys: true}}}
  cases: [{expect: {A: fail}, allowOther: true}]
`;
const told = async (texts: string[], now?: string) =>
  (
    await lintPolicies(
      texts.map((text, index) => file(text, `${index}.yaml`)),
      now === undefined ? undefined : new Date(now),
    )
  ).map(({code, severity, message, where: {line}}) => `${code} ${severity} ${line}: ${message}`);

test('a policy without tests is told once, a rule no case names by its name', async () => {
  expect(await told([RULES])).toEqual(['BH-LINT-031 info 3: policy test has no test']);
  expect(await told([RULES, TEST])).toEqual(['BH-LINT-031 low 8: rule B has no test']);
  expect(await told([RULES, TEST.replace('{A: fail}', '{A: fail, B: fail}')])).toEqual([]);
});

test('reviews and exceptions that have run out are told once there is a date', async () => {
  const exception = `
apiVersion: bulkhead.dev/v1alpha1
kind: PolicyException
metadata: {name: EX-1}
spec: {rules: [A], match: {expression: true}, category: waiver, reason: r, owner: o, expiresOn: 2026-11-20}
`;
  const review =
    'BH-LINT-032 medium 5: policy test was to be reviewed by 2026-11-21: its facts may be out of date';
  const ended = 'BH-EXC-001 high 5: exception EX-1 of o ended on 2026-11-20 and has no effect any more';
  const untested = 'BH-LINT-031 info 3: policy test has no test';
  expect(await told([RULES, exception], '2026-11-20T12:00:00Z')).toEqual([
    untested,
    expect.stringContaining('BH-EXC-002 info'),
  ]);
  expect(await told([RULES, exception], '2026-11-22')).toEqual([untested, review, ended]);
});

const SITES: TestSite[] = [
  {id: 'a', tenancy: 'shared', country: 'DE'},
  {id: 'b', tenancy: 'dedicated-host', country: 'US'},
  {id: 'closed', receives: false, tenancy: 'dedicated-host', country: 'DE'},
];

function judged(rules: string[], workloads: TestWorkload[], sites = SITES) {
  const here = context(workloads, sites);
  const policy = evaluatePolicies(policies(policyText(rules)), here);
  // Whatever is asked, it can be moved as it is.
  const portability = () => ({verdict: 'rehost' as const, reason: ''});
  return {...here, workloads: here.estate.workloads, policy: {...policy, portability}};
}

test('rules that leave no site are named, and only those that are needed for it', () => {
  const rules = [
    '{id: TENANCY, title: t, severity: high, effect: forbid, given: workload.sensitivity.c >= level.high, when: site.tenancy == "shared"}',
    '{id: COUNTRY, title: t, severity: high, effect: forbid, given: has(workload.tags.eu), when: site.country == "US"}',
    '{id: ALSO, title: t, severity: high, effect: forbid, when: site.country == "US" && workload.name == "one"}',
  ];
  const tags = {eu: 'yes'};
  const findings = emptyingRules(
    judged(rules, [
      {name: 'one', c: 3, tags},
      {name: 'two', c: 3, tags},
      {name: 'open', c: 1, tags},
      {name: 'at home', c: 3, tags, at: 2},
    ]),
  );
  expect(findings.map(({code, message}) => `${code} ${message}`)).toEqual([
    'BH-LINT-040 COUNTRY (policies/0.yaml:7) and TENANCY (policies/0.yaml:6) together leave no site for 2 workloads (for example one)',
  ]);
});

test('where only an exception opens a site, the finding stays and carries it', () => {
  const rules = [
    '{id: ALL, title: t, severity: medium, effect: forbid, when: site.tenancy == "shared" || site.receives}',
  ];
  const given = judged(rules, [{name: 'one'}, {name: 'two'}]);
  const mark = {id: 'EX-1', owner: 'a@x', expiresOn: '2027-01-31', category: 'waiver' as const};
  const [rule] = given.policy.rules;
  const excepted = new Map([[0, [mark, null, null]]]);
  const exceptions = [
    {
      ...mark,
      rules: ['ALL'],
      reason: 'Moves soon',
      approvedBy: [],
      createdOn: null,
      compensatingControls: [],
      status: 'in-force' as const,
      covers: 1,
      place: {},
    },
  ];
  const findings = emptyingRules({
    ...given,
    policy: {...given.policy, rules: [{...rule!, excepted}], exceptions},
  });
  expect(findings.map(({message, suppression}) => [message, suppression?.justification])).toEqual([
    [
      'ALL (policies/0.yaml:6) leaves no site without EX-1 for one',
      'EX-1: Moves soon. Owner: a@x. Ends on 2027-01-31.',
    ],
    ['ALL (policies/0.yaml:6) leaves no site for two', undefined],
  ]);
});

test('soft rules that cannot tell the open sites apart are dead weight', () => {
  const rules = [
    '{id: TELLS, title: t, severity: low, effect: avoid, when: site.tenancy == "shared"}',
    '{id: SAME, title: t, severity: low, effect: prefer, when: workload.sensitivity.c >= level.high}',
    '{id: CLOSED, title: t, severity: low, effect: avoid, when: site.receives == false}',
  ];
  const dead = (workloads: TestWorkload[]) =>
    deadWeights(judged(rules, workloads)).map(({message}) => message.split(' ')[1]);
  expect(dead([{c: 3}, {c: 1}])).toEqual(['SAME', 'CLOSED']);
  expect(dead([{c: 3, at: 2}])).toEqual(['SAME']);
});

test('other formats: SARIF with place and stable fingerprint, annotations with escaped text', () => {
  const findings = [
    {
      code: 'BH-LINT-012',
      severity: 'high' as const,
      message: '100 % wrong',
      where: {file: 'policies/a b.yaml', line: 3, col: 5, id: 'p/r'},
      remedy: 'Do: this, now',
    },
    {code: 'BH-EXC-004', severity: 'low' as const, message: 'two\nlines', where: {}},
  ];
  expect(sarif(findings, {version: '1.2.3'})).toMatchObject({
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {name: 'bulkhead', version: '1.2.3', rules: [{id: 'BH-EXC-004'}, {id: 'BH-LINT-012'}]},
        },
        results: [
          {
            ruleId: 'BH-LINT-012',
            ruleIndex: 1,
            level: 'error',
            locations: [
              {
                physicalLocation: {
                  artifactLocation: {uri: 'policies/a%20b.yaml'},
                  region: {startLine: 3, startColumn: 5},
                },
                logicalLocations: [{fullyQualifiedName: 'p/r'}],
              },
            ],
            partialFingerprints: {'bulkhead/v1': 'BH-LINT-012|policies/a b.yaml|p/r|100 % wrong'},
          },
          {ruleId: 'BH-EXC-004', level: 'warning', locations: [{}]},
        ],
      },
    ],
  });
  expect(githubAnnotations(findings).split('\n')).toEqual([
    '::error file=policies/a b.yaml,line=3,col=5,title=BH-LINT-012::100 %25 wrong. Do: this, now',
    '::warning title=BH-EXC-004::two%0Alines',
  ]);
});
