import {expect, test} from 'vitest';
import {evaluatePolicies} from '../../../src/policy/evaluate.ts';
import {context, outcome, policies, policyText} from './fixtures.ts';

test.each([
  ['forbid', 180, 'pass', 0],
  ['forbid', 90, 'fail', 0],
  ['require', 180, 'fail', 0],
  ['require', 90, 'pass', 0],
  ['prefer', 90, 'pass', 1],
  ['prefer', 180, 'fail', 0],
  ['avoid', 90, 'fail', 1],
  ['avoid', 180, 'pass', 0],
  ['obligate', 90, 'pass', 0],
  ['obligate', 180, 'not-applicable', 0],
] as const)(
  '%s with a condition that holds at 90 days, at %i days: %s, score %i',
  (effect, days, wanted, score) => {
    const result = outcome(
      `effect: ${effect}, when: site.logRetentionDays < 180`,
      {},
      {logRetentionDays: days},
    );
    expect(result).toMatchObject({outcome: wanted, score, missing: null});
  },
);

test.each(['forbid', 'require', 'prefer', 'avoid', 'obligate'])(
  '%s never passes on a missing field',
  (effect) => {
    const result = outcome(`effect: ${effect}, when: site.logRetentionDays < 180`, {}, {});
    expect(result).toMatchObject({outcome: 'unknown', score: 0, missing: 'site.logRetentionDays'});
  },
);

test.each([
  ['missing || true is true', 'site.logRetentionDays < 180 || site.receives', 'fail'],
  ['missing || false is unknown', 'site.logRetentionDays < 180 || !site.receives', 'unknown'],
  ['missing && false is false', 'site.logRetentionDays < 180 && !site.receives', 'pass'],
  ['missing && true is unknown', 'site.logRetentionDays < 180 && site.receives', 'unknown'],
  ['not missing is unknown', '!(site.logRetentionDays < 180)', 'unknown'],
  ['one true item settles exists', 'site.roots.exists(r, r.sharedWithOtherTenants)', 'fail'],
  ['one unknown item leaves all open', 'site.roots.all(r, r.sharedWithOtherTenants)', 'unknown'],
])('Kleene: %s', (_name, when, wanted) => {
  const roots = [
    {id: 'a', name: 'A', kind: 'other', sharedWithOtherTenants: null},
    {id: 'b', name: 'B', kind: 'other', sharedWithOtherTenants: true},
  ];
  expect(outcome(`effect: forbid, when: '${when}'`, {}, {roots}).outcome).toBe(wanted);
});

test('no declared roots, operators or jurisdictions are unknown, not none', () => {
  for (const [when, path] of [
    ['site.roots.exists(r, r.sharedWithOtherTenants)', 'site.roots'],
    ['site.operators.exists(o, o.access == "standing")', 'site.operators'],
    ['site.jurisdictions.exists(j, j == "US")', 'site.jurisdictions'],
    ['workload.categories.exists(c, c == "pii")', 'workload.categories'],
  ]) {
    expect(outcome(`effect: forbid, when: '${when}'`, {}, {})).toMatchObject({
      outcome: 'unknown',
      missing: path,
    });
  }
});

test('a missing item field is named below its list, a missing tag by its key', () => {
  const roots = [{id: 'a', name: 'A', kind: 'other', sharedWithOtherTenants: null}];
  expect(
    outcome("effect: forbid, when: 'site.roots.exists(r, r.sharedWithOtherTenants)'", {}, {roots}).missing,
  ).toBe('site.roots[].sharedWithOtherTenants');
  expect(
    outcome(`effect: forbid, when: 'workload.tags["zone"] == "x"'`, {tags: {other: 'x'}}, {}).missing,
  ).toBe('workload.tags["zone"]');
});

test('an unknown condition of applicability matters only where the rule could fail', () => {
  const rule = "effect: forbid, given: site.country == 'DE', when: site.receives == false";
  expect(outcome(rule, {}, {receives: true}).outcome).toBe('pass');
  expect(outcome(rule, {}, {receives: false})).toMatchObject({outcome: 'unknown', missing: 'site.country'});
  expect(outcome(rule, {}, {receives: false, country: 'FR'}).outcome).toBe('not-applicable');
});

test('an unknown need is tried at every level it can have', () => {
  const rule = 'effect: forbid, when: workload.sensitivity.c >= level.high';
  const between = (lo: 0 | 1 | 2 | 3, hi: 0 | 1 | 2 | 3) => ({c: {level: null, lo, hi, confidence: 0}});
  expect(outcome(rule, between(2, 3), {})).toMatchObject({outcome: 'fail', planned: 'fail', missing: null});
  expect(outcome(rule, between(0, 1), {})).toMatchObject({outcome: 'pass', planned: 'pass'});
  const open = {outcome: 'unknown', missing: 'workload.sensitivity.c'};
  expect(outcome(rule, between(1, 3), {}, {unknownAs: 2})).toMatchObject({...open, planned: 'fail'});
  expect(outcome(rule, between(1, 3), {}, {unknownAs: 1})).toMatchObject({...open, planned: 'pass'});
  // The ends agree, the middle does not: still unknown.
  const middle = 'effect: forbid, when: workload.sensitivity.c == level.high';
  expect(outcome(middle, between(1, 3), {}, {unknownAs: 3})).toMatchObject({...open, planned: 'pass'});
  // A need beyond what is possible is planned at the nearest possible level.
  expect(outcome(middle, between(1, 2), {}, {unknownAs: 3})).toMatchObject({...open, planned: 'fail'});
});

test('conditions that share an unknown need are judged together', () => {
  const rule =
    'effect: forbid, given: workload.sensitivity.c >= level.high, when: workload.sensitivity.c < level.high';
  expect(outcome(rule, {c: null}, {}).outcome).not.toBe('fail');
  const both = "effect: forbid, when: 'workload.sensitivity.c >= 2 && workload.sensitivity.i >= 2'";
  expect(outcome(both, {c: null, i: 3}, {})).toMatchObject({
    outcome: 'unknown',
    missing: 'workload.sensitivity.c',
  });
  expect(outcome(both, {c: 3, i: null}, {})).toMatchObject({
    outcome: 'unknown',
    missing: 'workload.sensitivity.i',
  });
  expect(outcome(both, {c: 1, i: null}, {})).toMatchObject({outcome: 'pass'});
});

test('scores are cut to 0 … 1 with a finding, and an unknown score is unknown', () => {
  const rule = 'effect: prefer, weight: 5, score: workload.blast.value / 50.0';
  expect(outcome(rule, {sibr: 25}, {})).toMatchObject({outcome: 'pass', score: 0.5, findings: []});
  expect(outcome(rule, {sibr: 0}, {})).toMatchObject({outcome: 'fail', score: 0});
  const above = outcome(rule, {sibr: 80}, {});
  expect(above.score).toBe(1);
  expect(above.findings.map(({code}) => code)).toEqual(['BH-POL-004']);
  expect(outcome(rule, {}, {})).toMatchObject({
    outcome: 'unknown',
    score: 0,
    missing: 'workload.blast.value',
  });
});

test('an expression that fails for another reason is unknown and told once', () => {
  const rule = 'effect: forbid, when: \'site.services[3] == "x"\'';
  const result = outcome(rule, {}, {services: ['a']});
  expect(result).toMatchObject({outcome: 'unknown', missing: null});
  expect(result.findings).toMatchObject([
    {code: 'BH-POL-003', partial: true, where: {file: 'policies/0.yaml', line: 6}},
  ]);
});

test('messages fill their holes and say where nothing is known', () => {
  const rule =
    "effect: forbid, when: site.receives, message: '{{ workload.name }} at {{site.name}}: {{ site.country }}, {{ workload.blast.value }}, {{ levelName(workload.sensitivity.c) }}'";
  expect(outcome(rule, {name: 'db', sibr: 33.333, c: 3}, {country: 'DE'}).message).toBe(
    'db at Site 0: DE, 33.33, very high',
  );
  expect(outcome(rule, {name: 'db', c: null}, {}).message).toBe('db at Site 0: unknown, unknown, unknown');
});

test('glob, the environment tag and register fields are there', () => {
  expect(
    outcome('effect: forbid, when: \'glob(workload.name, "hr-*-0?")\'', {name: 'hr-crm-01'}, {}).outcome,
  ).toBe('fail');
  expect(
    outcome('effect: forbid, when: \'glob(workload.name, "hr-*-0?")\'', {name: 'hr-crm-1'}, {}).outcome,
  ).toBe('pass');
  expect(
    outcome('effect: forbid, when: \'workload.environment == "production"\'', {tags: {Env: 'PRD'}}, {})
      .outcome,
  ).toBe('fail');
  expect(
    outcome('effect: forbid, when: \'workload.environment == "production"\'', {tags: {Env: 'blue'}}, {})
      .outcome,
  ).toBe('unknown');
  expect(
    outcome("effect: require, when: 'workload.rtoHours <= 4'", {register: {rtoHours: 8}}, {}).outcome,
  ).toBe('fail');
});

test.each([
  ['suspected below', 2, 1, 3, 'unknown', 'pass'],
  ['suspected at', 3, 1, 3, 'unknown', 'fail'],
  ['stated below, whatever a name suggests', 1, 1, 3, 'pass', 'pass'],
  ['stated at', 3, 3, 3, 'fail', 'fail'],
  ['suspected, but it cannot be enough', 1, 0, 2, 'pass', 'pass'],
] as const)('a need that is %s the threshold', (_name, level, lo, hi, wanted, planned) => {
  const rule = "effect: forbid, when: 'workload.sensitivity.c >= level.veryHigh'";
  expect(outcome(rule, {c: {level, lo, hi, confidence: 0.35}}, {}, {unknownAs: 1})).toMatchObject({
    outcome: wanted,
    planned,
    missing: wanted === 'unknown' ? 'workload.sensitivity.c' : null,
  });
});

test('workloads that differ only in how sure a need is are judged apart', () => {
  const rule = policies(
    policyText([
      "{id: r, title: t, severity: high, effect: forbid, when: 'workload.sensitivity.c >= level.veryHigh'}",
    ]),
  );
  const needs = [3, 1].map((lo) => ({
    c: {level: 3 as const, lo: lo as 1 | 3, hi: 3 as const, confidence: 1},
  }));
  const [evaluation] = evaluatePolicies(rule, context(needs, [{}])).rules;
  expect(Array.from(evaluation!.tupleOf, (tuple) => evaluation!.tuples[tuple]!.outcomes[0])).toEqual([
    'fail',
    'unknown',
  ]);
});
