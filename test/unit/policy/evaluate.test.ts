import * as fc from 'fast-check';
import {expect, test} from 'vitest';
import {evaluatePolicies} from '../../../src/policy/evaluate.ts';
import {controllingRoots} from '../../../src/policy/controlling-roots.ts';
import {fieldInfo, listFields} from '../../../src/policy/fields.ts';
import {leaves} from '../../../src/policy/columns.ts';
import type {GraphEdge} from '../../../src/model/exposure.ts';
import {context, policies, policyText, site, type TestSite, type TestWorkload} from './fixtures.ts';

const RULES = policies(
  policyText([
    `{id: r0, title: t, severity: low, effect: forbid, when: 'workload.sensitivity.c >= level.high && site.country != "DE"'}`,
    `{id: r1, title: t, severity: low, effect: require, given: 'workload.type == "vm"', when: 'site.logRetentionDays >= workload.vcpu * 10'}`,
    `{id: r2, title: t, severity: low, effect: avoid, when: 'workload.tags["env"] == "prod" && site.id != current.id'}`,
    `{id: r3, title: t, severity: low, effect: prefer, score: 'workload.blast.value / 100.0'}`,
    `{id: r4, title: t, severity: low, effect: forbid, when: 'workload.blast.value > 50.0 && site.receives == false'}`,
    `{id: r5, title: t, severity: low, effect: forbid, when: 'workload.name.startsWith("a") || workload.categories.exists(c, c == "pii")'}`,
    `{id: r6, title: t, severity: low, effect: obligate, when: '"env" in workload.tags || workload.internetExposed'}`,
    `{id: r7, title: t, severity: low, effect: avoid, when: 'workload.tags.exists(k, k.startsWith("e")) && site.receives'}`,
  ]),
);

const level = fc.constantFrom(0, 1, 2, 3, null);
const workloads = fc.array(
  fc.record({
    name: fc.constantFrom('a1', 'b1', 'a2'),
    type: fc.constantFrom('vm' as const, 'database' as const),
    c: level,
    vcpu: fc.constantFrom(1, 9, null),
    tags: fc.constantFrom<Record<string, string>>({}, {env: 'prod'}, {env: 'dev', a: 'b'}),
    sibr: fc.constantFrom(10, 60, undefined),
    categories: fc.constantFrom<string[]>([], ['pii'], ['telemetry', 'pii'], ['telemetry']),
    internetExposed: fc.constantFrom({value: true, field: 'f'}, {value: false, field: 'f'}, null),
    at: fc.constantFrom(-1, 0, 1),
  }),
  {minLength: 1, maxLength: 25},
);

const SITES: TestSite[] = [
  {country: 'DE', logRetentionDays: 90, receives: false},
  {country: null, logRetentionDays: null},
  {country: 'FR', logRetentionDays: 10},
];

test('sharing evaluations between workloads of equal fields changes no outcome', () => {
  fc.assert(
    fc.property(workloads, (given) => {
      const list = given.map(({sibr, ...rest}): TestWorkload =>
        sibr === undefined ? rest : {...rest, sibr},
      );
      const together = evaluatePolicies(RULES, context(list, SITES));
      for (const [w, one] of list.entries()) {
        const alone = evaluatePolicies(RULES, context([one], SITES));
        for (const [index, rule] of together.rules.entries()) {
          const expected = alone.rules[index]!;
          expect(rule.tuples[rule.tupleOf[w]!]).toEqual(expected.tuples[expected.tupleOf[0]!]);
        }
      }
    }),
    {numRuns: 60},
  );
});

test('workloads that differ only in fields a rule does not read share its tuple', () => {
  const many = Array.from({length: 500}, (_, index): TestWorkload => ({
    name: `n${index}`,
    c: (index % 3) as 0 | 1 | 2,
  }));
  const {rules} = evaluatePolicies(RULES, context(many, SITES));
  expect(rules[0]!.tuples).toHaveLength(3);
  // 500 names, but the rule only asks whether they start with an "a".
  expect(rules[5]!.tuples).toHaveLength(1);
  expect(evaluatePolicies(RULES, context([...many, {name: 'a1'}], SITES)).rules[5]!.tuples).toHaveLength(2);
});

test('no workload and no site are fine', () => {
  const {rules} = evaluatePolicies(RULES, context([], []));
  expect(rules.map(({tupleOf}) => tupleOf.length)).toEqual(RULES.rules.map(() => 0));
  expect(evaluatePolicies(RULES, context([{}], [])).rules[0]!.tuples[0]!.outcomes).toEqual([]);
});

test('every field of the catalogue can be read and says how to supply it', () => {
  for (const {path, type, remedy} of listFields()) {
    expect([path, remedy.length > 0 || path.startsWith('level.')]).toEqual([path, true]);
    expect(fieldInfo(path)?.type).toBe(type);
    expect([path, leaves(path).length > 0]).toEqual([path, path.startsWith('workload.')]);
  }
  expect(fieldInfo('workload.tags["env"]')?.remedy).toBe('Set the tag.');
  expect(fieldInfo('site.roots[].sharedWithOtherTenants')?.type).toBe('bool');
  expect(fieldInfo('site.constructor')).toBeNull();
});

test('roots of a site include what controls them, over workloads that host a root, but no provider flaw', () => {
  const node = (id: string, kind: 'root' | 'workload' | 'container', subKind: string) => ({
    id,
    kind,
    subKind,
    name: id,
  });
  const edge = (from: string, to: string, more: Partial<GraphEdge> = {}): GraphEdge => ({
    from,
    to,
    kind: 'X',
    level: 0,
    certainty: 'certain',
    evidence: '',
    bound: 'place',
    ...more,
  });
  const graph = {
    nodes: [
      node('ad:x', 'root', 'adDomain'),
      node('vc', 'root', 'vcSsoDomain'),
      node('entra:t', 'root', 'entraTenant'),
      node('provider:azure', 'root', 'providerControlPlane'),
      node('dc', 'workload', 'vm'),
      node('vm', 'workload', 'vm'),
      node('cluster', 'container', 'cluster'),
    ],
    edges: [
      edge('ad:x', 'vc'),
      edge('dc', 'ad:x'),
      edge('cluster', 'dc'),
      edge('entra:t', 'cluster', {level: 1, certainty: 'conditional'}),
      edge('provider:azure', 'entra:t', {level: 2}),
      edge('vc', 'vm'),
      edge('vc', 'cluster'),
    ],
  };
  const sites = [
    site({identityRoots: [{root: 'vc', sharedWithOtherTenants: true}]}),
    site({identityRoots: [{root: 'provider:azure', sharedWithOtherTenants: null}]}),
    site({}),
  ];
  expect(controllingRoots(sites, {...graph, gaps: []}, [])).toEqual([
    [
      {id: 'ad:x', name: 'ad:x', kind: 'adDomain', sharedWithOtherTenants: false},
      {id: 'entra:t', name: 'entra:t', kind: 'entraTenant', sharedWithOtherTenants: false},
      {id: 'vc', name: 'vc', kind: 'vcSsoDomain', sharedWithOtherTenants: true},
    ],
    [
      {
        id: 'provider:azure',
        name: 'provider:azure',
        kind: 'providerControlPlane',
        sharedWithOtherTenants: true,
      },
    ],
    [],
  ]);
});
