import * as fc from 'fast-check';
import {expect, test} from 'vitest';
import type {RegisterEntry} from '../../../src/model/estate.ts';
import {replay} from '../../../src/sensitivity/replay.ts';
import {dependency, register, workload} from '../estate/samples.ts';
import {assess, decision} from './support.ts';

function replayed(result: ReturnType<typeof assess>, name: string, axis: 'c' | 'i' | 'a') {
  return replay(result.of(name), (id) => result.value.workloads.find((entry) => entry.workload === id)).find(
    (entry) => entry.axis === axis,
  )!;
}

function effects(result: ReturnType<typeof assess>, name: string, axis: 'c' | 'i' | 'a') {
  return replayed(result, name, axis).steps.map(({effect, level, rank}) => [effect, level, rank]);
}

test('the higher rank wins, the same rank by level, suspicions only widen; all of it stays in the replay', () => {
  const tags = {Schutzbedarf: 'normal', 'data-class': 'vertraulich', classification: 'geheim'};
  const result = assess({workloads: [workload('w:crm1', {tags})]});
  expect(result.of('crm1').c).toMatchObject({level: 2, lo: 2, hi: 3});
  expect(effects(result, 'crm1', 'c')).toEqual([
    ['decides', 2, 2],
    ['agrees', 2, 4],
    ['widens', 3, 4],
    ['superseded', 1, 2],
  ]);
  const signed = assess({
    workloads: [workload('w:crm1', {tags})],
    register: [decision('crm1', [1, null, null])],
  });
  expect(signed.of('crm1').c).toMatchObject({level: 1, lo: 1, hi: 1, confidence: 1});
  expect(effects(signed, 'crm1', 'c').map(([effect]) => effect)).toEqual([
    'decides',
    'agrees',
    'superseded',
    'superseded',
    'superseded',
  ]);
  // The tag of the highest level is two away from what was signed.
  expect(signed.findings.map(({code}) => code)).toContain('BH-SENS-010');
});

test('the way a need came is told back to where it is its own, and what a decision refused', () => {
  const result = assess({
    workloads: [
      workload('w:app1', {tags: {Schutzbedarf: 'sehr hoch'}}),
      workload('w:db1', {tags: {Schutzbedarf: 'normal'}}),
      workload('w:deep1'),
      workload('w:anon1'),
    ],
    dependencies: [dependency('app1', 'db1'), dependency('db1', 'deep1'), dependency('deep1', 'anon1')],
    register: [decision('anon1', [1, null, null])],
  });
  expect(replayed(result, 'deep1', 'c').steps[0]).toMatchObject({
    effect: 'raises',
    chain: [
      {workload: 'w:db1', relation: 'data-flow', level: 3},
      {workload: 'w:app1', relation: 'data-flow', level: 3},
    ],
  });
  expect(effects(result, 'anon1', 'c')).toEqual([
    ['decides', 1, 1],
    ['refused', 3, null],
  ]);
});

const DISTRIBUTION = {
  ground: 'redundancy' as const,
  level: 1,
  decidedBy: 'Head of IT',
  date: '2026-06-01',
  reason: 'two active nodes',
};

function pair(given: Partial<RegisterEntry>, hosts: [string, string] = ['h1', 'h2']) {
  const tags = {Schutzbedarf: 'sehr hoch'};
  return assess({
    workloads: [
      workload('w:n1', {tags, host: hosts[0]}),
      workload('w:n2', {tags, host: hosts[1]}),
      workload('w:user', {tags}),
    ],
    dependencies: [dependency('user', 'n1')],
    register: [register('pair', {covers: ['n1', 'n2'], ...given})],
  });
}

test('redundancy lowers availability, and only by a valid signed decision', () => {
  const lowered = pair({distribution: [DISTRIBUTION]});
  expect(lowered.levels('n1')).toEqual([3, 3, 1]);
  expect(effects(lowered, 'n1', 'a').slice(0, 1)).toEqual([['lowers', 1, 1]]);
  expect(lowered.findings.filter(({code}) => code === 'BH-SENS-015')).toEqual([]);
  expect(pair({distribution: [{...DISTRIBUTION, date: '2025-06-01'}]}).levels('n1')).toEqual([3, 3, 3]);
  expect(pair({distribution: [{...DISTRIBUTION, date: '2027-06-01'}]}).levels('n1')).toEqual([3, 3, 3]);
  const onOneHost = pair({distribution: [DISTRIBUTION]}, ['h1', 'h1']);
  expect(onOneHost.findings.find(({code}) => code === 'BH-SENS-015')!.message).toMatch(/on host h1/);
  // It never raises what was decided lower.
  const sensitivity = {c: null, i: null, a: 0, decidedBy: 'DPO', date: '2026-06-01', reason: 'idle'};
  expect(pair({distribution: [DISTRIBUTION], sensitivity}).levels('n1')[2]).toBe(0);
});

test('pseudonymised copies need less confidentiality by decision; a tag or a name that says so lowers nothing', () => {
  const flow = (register: RegisterEntry[]) =>
    assess({
      workloads: [
        workload('w:kis', {tags: {Schutzbedarf: 'sehr hoch'}}),
        workload('w:copy-pseudonymised', {tags: {pseudonymised: 'yes', Schutzbedarf: 'normal'}}),
        workload('w:report', {tags: {Schutzbedarf: 'normal'}}),
      ],
      dependencies: [
        dependency('kis', 'copy-pseudonymised'),
        dependency('copy-pseudonymised', 'report'),
      ],
      register,
    });
  expect(flow([]).levels('report')).toEqual([3, 3, 3]);
  const distribution = [{...DISTRIBUTION, ground: 'pseudonymised' as const}];
  const decided = flow([register('copy', {covers: ['copy-pseudonymised'], distribution})]);
  expect(decided.levels('copy-pseudonymised')).toEqual([1, 3, 3]);
  expect(decided.levels('report')).toEqual([1, 3, 3]);
}); // prettier-ignore

test('the inflation guard names the relation that raises most', () => {
  const workloads = ['app', 'bus', 'x1', 'x2', 'x3', 'alone'].map((name) =>
    workload(`w:${name}`, {tags: {Schutzbedarf: name === 'app' ? 'hoch' : 'normal'}}),
  );
  const dependencies = [
    dependency('app', 'bus'),
    ...['x1', 'x2', 'x3'].map((name) => dependency('bus', name)),
  ];
  const {value, findings} = assess({workloads, dependencies});
  expect(value.inflation).toBeCloseTo(4 / 6);
  expect(value.inflationBy).toEqual({axis: 'c', relation: 'data-flow', from: 'app', to: 'bus', workloads: 4});
  expect(findings.map(({code, message}) => [code, message.slice(-66)])).toEqual([
    ['BH-SENS-032', '67 % of the workloads, more than 50 %: most of them, 4, through app –data-flow→ bus'.slice(-66)],
  ]);
  expect(assess({workloads, dependencies}, {own: '  limits: {inflation: 0.7}'}).findings).toEqual([]);
}); // prettier-ignore

const NAMES = ['a', 'b', 'c', 'd', 'e'];

test('the replay of any workload leads to its level', () => {
  const tagSets = fc.record(
    {
      Schutzbedarf: fc.constantFrom('normal', 'hoch', 'sehr hoch'),
      'data-class': fc.constantFrom('intern', 'vertraulich', 'geheim'),
      classification: fc.constantFrom('intern', 'vertraulich', 'geheim'),
    },
    {requiredKeys: []},
  );
  const level = fc.option(fc.integer({min: 1, max: 3}));
  const sample = fc.record({
    tags: fc.array(tagSets, {minLength: 5, maxLength: 5}),
    signed: fc.array(fc.tuple(fc.constantFrom(...NAMES), level, fc.constantFrom('2026-06-01', '2025-01-01')), {maxLength: 3}),
    lowered: fc.array(fc.tuple(fc.constantFrom(...NAMES), fc.integer({min: 1, max: 3})), {maxLength: 2}),
    edges: fc.array(fc.tuple(fc.constantFrom(...NAMES), fc.constantFrom(...NAMES)), {maxLength: 8}),
  });
  fc.assert(
    fc.property(sample, ({tags, signed, lowered, edges}) => {
      const result = assess({
        workloads: NAMES.map((name, at) => workload(`w:${name}`, {tags: tags[at] as Record<string, string>})),
        dependencies: edges.filter(([from, to]) => from !== to).map(([from, to]) => dependency(from, to)),
        register: [
          ...signed.map(([name, c, date], at) =>
            register(`r${at}`, {covers: [name], sensitivity: {c, i: null, a: null, decidedBy: 'DPO', date, reason: 'r'}}),
          ),
          ...lowered.map(([name, to], at) =>
            register(`d${at}`, {covers: [name], distribution: [{...DISTRIBUTION, ground: 'pseudonymised', level: to}]}),
          ),
        ],
      });
      for (const name of NAMES) {
        const {level: told, steps} = replayed(result, name, 'c');
        const lowers = steps.filter(({effect}) => effect === 'lowers');
        const counting = lowers.length > 0 ? lowers : steps.filter(({effect}) => ['decides', 'suspects', 'raises'].includes(effect));
        const most = Math.max(-1, ...counting.map((step) => step.level));
        expect(told ?? Math.min(most, 1)).toBe(most);
        expect(steps.length).toBeGreaterThanOrEqual(result.of(name).evidence.filter(({axis}) => axis === 'c').length);
      }
    }),
    {numRuns: 300},
  );
}); // prettier-ignore
