import {describe, expect, test} from 'vitest';
import {policyDifference} from '../../../src/explain/policy-diff.ts';
import type {Decision} from '../../../src/model/plan.ts';
import {evaluatePolicies} from '../../../src/policy/evaluate.ts';
import {fieldReference, type FieldReference} from '../../../src/policy/field-reference.ts';
import {NEED_AXES, WORKLOAD_READERS} from '../../../src/policy/workload-values.ts';
import {context, policies, policyText} from './fixtures.ts';

describe('the time a rule may take', () => {
  const set = policies(
    policyText([
      '{id: SLOW, title: t, severity: high, effect: require, when: workload.name != "x" && site.receives}',
      '{id: QUICK, title: t, severity: high, effect: forbid, when: site.receives}',
    ]),
  );
  const estate = context([{c: 1}, {c: 2}, {c: 3}], [{receives: true}, {receives: false}]);

  test('one that takes longer is unknown everywhere, not only where it did not get to', () => {
    let time = 0;
    // Every look at the clock costs 40 ms; QUICK has one group of workloads, SLOW as many as it tells apart.
    const slow = policies(
      policyText([
        '{id: SLOW, title: t, severity: high, effect: forbid, when: workload.sensitivity.c >= level.high && site.receives}',
        '{id: QUICK, title: t, severity: high, effect: forbid, when: site.receives}',
      ]),
    );
    const budget = {milliseconds: 100, clock: () => (time += 40)};
    const {rules, findings} = evaluatePolicies(slow, estate, {budget});
    const outcomes = rules.map(({tupleOf, tuples}) =>
      [...tupleOf].map((tuple) => tuples[tuple]!.outcomes.join()),
    );
    expect(outcomes).toEqual([
      ['unknown,unknown', 'unknown,unknown', 'unknown,unknown'],
      ['fail,pass', 'fail,pass', 'fail,pass'],
    ]);
    expect(rules.map(({rule}) => rule.broken)).toEqual([true, false]);
    expect(findings).toMatchObject([{code: 'BH-POL-005', partial: true, where: {id: 'test/SLOW'}}]);
  });

  test('within it nothing changes', () => {
    const budget = {milliseconds: 1000, clock: () => 0};
    const tuples = (evaluation: ReturnType<typeof evaluatePolicies>) =>
      evaluation.rules.map((rule) => rule.tuples);
    expect(tuples(evaluatePolicies(set, estate, {budget}))).toEqual(tuples(evaluatePolicies(set, estate)));
  });
});

test('the difference of two plans names what closed or opened a site, else the soft rules that speak otherwise', () => {
  const decision = (given: Partial<Decision>): Decision =>
    ({
      workload: 'w',
      name: 'w',
      status: 'decided',
      removed: [],
      reasons: [],
      ...given,
    }) as unknown as Decision;
  const removal = (by: string, site: string) => ({by, site, outcome: 'fail' as const, text: ''});
  const reason = (by: string, points: number) => ({by, text: '', where: 'p.yaml:1', points});
  const rule = (id: string, weight: number) =>
    ({id, title: id, effect: 'avoid', severity: 'low', weight, onUnknown: 'warn', broken: false}) as never;
  const difference = policyDifference(
    {
      rules: [rule('A', 1), rule('B', 1), rule('C', 1)],
      decisions: [
        decision({workload: 'same', recommended: 'x'}),
        decision({workload: 'hard', recommended: 'x', removed: [removal('OLD', 'z')]}),
        decision({workload: 'soft', recommended: 'x', reasons: [reason('S', 3), reason('T', 1)]}),
        decision({workload: 'status', recommended: 'x'}),
      ],
    },
    {
      rules: [rule('B', 2), rule('C', 1), rule('D', 1)],
      decisions: [
        decision({workload: 'same', recommended: 'x', removed: [removal('NEW', 'z')]}),
        decision({workload: 'hard', recommended: 'y', removed: [removal('NEW', 'x'), removal('NEW', 'z')]}),
        decision({workload: 'soft', recommended: 'y', reasons: [reason('S', 5), reason('T', 1)]}),
        decision({workload: 'status', recommended: 'x', status: 'needs-data'}),
      ],
    },
  );
  expect(difference.rules).toEqual({added: ['D'], removed: ['A'], changed: ['B']});
  expect(difference.changes.map(({workload, because}) => [workload, because])).toEqual([
    ['hard', ['NEW']],
    ['soft', ['S']],
    ['status', []],
  ]);
  expect(difference).toMatchObject({workloads: 4, moved: 2});
});

describe('the reference of fields', () => {
  const all = fieldReference(null) as FieldReference;

  test('names every field a workload is read by, with a meaning and a remedy', () => {
    const paths = new Set(all.fields.map(({path}) => path));
    for (const leaf of [...Object.keys(WORKLOAD_READERS), ...Object.keys(NEED_AXES)])
      expect(paths).toContain(`workload.${leaf}`);
    const silent = all.fields.filter(({description, remedy}) => description === '' || remedy === null);
    // The names of levels explain themselves and are never missing.
    expect(silent.filter(({path}) => !path.startsWith('level.'))).toEqual([]);
    expect(paths).toContain('site.roots[].id');
    expect(all.functions.map(({name}) => name)).toEqual(expect.arrayContaining(['has', 'glob', 're2']));
  });

  test('of one type, of functions, or a suggestion', () => {
    expect(
      (fieldReference('site') as FieldReference).fields.every(({path}) => path.startsWith('site.')),
    ).toBe(true);
    expect((fieldReference('functions') as FieldReference).fields).toEqual([]);
    expect(fieldReference('wrkload')).toEqual({near: 'workload'});
  });
});
