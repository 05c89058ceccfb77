import {readFileSync} from 'node:fs';
import * as fc from 'fast-check';
import {expect, test} from 'vitest';
import {parseYaml} from '../../../src/document/yaml.ts';
import {buildEstate} from '../../../src/estate/build.ts';
import type {Facts, RegisterEntry} from '../../../src/model/estate.ts';
import {assessSensitivity} from '../../../src/sensitivity/assess.ts';
import {parseSensitivityRules} from '../../../src/sensitivity/parse-rules.ts';
import {dependency, intake, register, workload} from '../estate/samples.ts';

const SHIPPED = readFileSync(new URL('../../../policies/sensitivity/default.yaml', import.meta.url), 'utf8');
const RULES = parseSensitivityRules(parseYaml(SHIPPED, 'default.yaml').documents);
const OPTIONS = {
  governedTags: ['Schutzbedarf', 'data-class'],
  unknownAs: 2 as const,
  now: '2026-11-22T00:00:00Z',
};

function estateOf(facts: Partial<Facts>) {
  return buildEstate([intake('test:x', facts)], {applicationTags: []}).estate;
}

function assess(facts: Partial<Facts>, options = OPTIONS) {
  const {value, findings} = assessSensitivity(estateOf(facts), RULES.value, options);
  const of = (name: string) => value.workloads.find((entry) => entry.workload.endsWith(`:${name}`))!;
  const levels = (name: string) => [of(name).c.level, of(name).i.level, of(name).a.level];
  return {value, findings, of, levels};
}

function decision(
  id: string,
  levels: [number | null, number | null, number | null],
  given: Partial<RegisterEntry> = {},
) {
  const [c, i, a] = levels;
  return register(id, {
    sensitivity: {c, i, a, decidedBy: 'DPO', date: '2026-06-01', reason: 'agreed'},
    covers: [id],
    ...given,
  });
}

test('the shipped rules parse', () => {
  expect(RULES.findings).toEqual([]);
  expect(RULES.value.tags.length).toBeGreaterThan(8);
});

test('nothing known is unknown inside [1,3] and planned at unknownAs', () => {
  const {of} = assess({workloads: [workload('w:x1')]});
  expect(of('x1')).toMatchObject({
    c: {level: null, lo: 1, hi: 3, confidence: 0},
    weight: 0.6,
    criticality: 1,
  });
  expect(assess({workloads: [workload('w:x1')]}, {...OPTIONS, unknownAs: 3} as never).of('x1').weight).toBe(
    1,
  );
});

test.each([
  [{Schutzbedarf: 'sehr hoch'}, [3, 3, 3], 1],
  [{schutzbedarf: 'Sehr_Hoch'}, [3, 3, 3], 1],
  [{SCHUTZBEDARF: 'normal'}, [1, 1, 1], 0.2],
  [{'Data Class': 'streng vertraulich'}, [3, null, null], 1],
  [{'data-class': 'intern; personenbezogen'}, [2, null, null], 0.6],
  [{data_class: 'public'}, [0, null, null], 0.2],
])('governed tag %j', (tags, levels, weight) => {
  const result = assess({workloads: [workload('w:x1', {tags})]});
  expect(result.levels('x1')).toEqual(levels);
  expect(result.of('x1').weight).toBe(weight);
  expect(result.of('x1').evidence.every(({rank, confidence}) => rank === 2 && confidence === 0.9)).toBe(true);
});

test('names and free tags raise a suspicion and never lower', () => {
  const {of, levels} = assess({
    workloads: [
      workload('w:HRPayroll01'),
      workload('w:x2', {tags: {classification: 'public'}}),
      workload('w:x3', {tags: {classification: 'vertraulich'}}),
      workload('w:chris-thread', {name: 'chris-thread-phill'}),
      workload('w:x5', {name: 'patient-portal', tags: {Schutzbedarf: 'normal'}}),
    ],
  });
  expect(levels('HRPayroll01')).toEqual([3, 2, null]);
  expect(of('HRPayroll01')).toMatchObject({
    c: {lo: 1, hi: 3, confidence: 0.35},
    categories: ['financial', 'pii'],
  });
  expect(levels('x2')).toEqual([null, null, null]);
  expect(of('x3').c).toMatchObject({level: 2, lo: 1, hi: 3, confidence: 0.4});
  expect(levels('chris-thread')).toEqual([null, null, null]);
  expect(of('x5').c).toMatchObject({level: 1, lo: 1, hi: 3});
});

test('a signed decision wins, may lower, and stands against a machine that is told', () => {
  const {of, levels, findings} = assess({
    workloads: [workload('w:payroll-test', {tags: {Schutzbedarf: 'hoch'}}), workload('w:x2')],
    register: [decision('payroll-test', [1, null, 0], {criticality: 2, dataCategories: ['pii']})],
  });
  expect(levels('payroll-test')).toEqual([1, 2, 0]);
  expect(of('payroll-test')).toMatchObject({c: {lo: 1, hi: 1, confidence: 1}, criticality: 2});
  expect(findings.map(({code, where, severity}) => [code, where.id, severity])).toEqual([
    ['BH-SENS-010', 'w:payroll-test', 'medium'],
  ]);
  expect(findings[0]!.message).toMatch(
    /confidentiality is decided normal, but name-payroll.*very high; availability is decided none/s,
  );
});

test('an old decision loses a rank and says so', () => {
  const old = decision('x1', [1, 1, 1]);
  old.sensitivity!.date = '2025-11-21';
  const facts = {
    workloads: [workload('w:x1'), workload('w:x2', {tags: {Schutzbedarf: 'hoch'}})],
    dependencies: [dependency('x2', 'x1')],
    register: [old],
  };
  const {of, levels, findings} = assess(facts);
  expect(levels('x1')).toEqual([2, 2, 2]);
  expect(of('x1').evidence[0]!.rank).toBe(2);
  expect(findings.map(({code}) => code)).toEqual(['BH-SENS-011']);
  expect(assess(facts, {...OPTIONS, now: '2026-11-21'}).levels('x1')).toEqual([1, 1, 1]);
});

test('needs travel along relations, per axis, with the edge that raised them', () => {
  const {of, levels, value} = assess({
    workloads: [
      workload('w:app1', {tags: {Schutzbedarf: 'sehr hoch'}, host: 'h1'}),
      workload('w:db1', {tags: {Schutzbedarf: 'normal'}}),
      workload('w:deep1', {tags: {Schutzbedarf: 'normal'}}),
      workload('w:trusted1', {tags: {Schutzbedarf: 'normal'}}),
      workload('w:apart1', {tags: {Schutzbedarf: 'normal'}}),
      workload('w:above1', {tags: {Schutzbedarf: 'normal'}}),
    ],
    hosts: [{id: 'h1', name: 'h1', container: null, cpuModel: null, hyperThreadingActive: null, version: null, biosDate: null, domain: null}],
    dependencies: [
      dependency('app1', 'db1'),
      dependency('db1', 'deep1'),
      dependency('app1', 'trusted1', {kind: 'trust'}),
      dependency('app1', 'apart1', {kind: 'must-apart'}),
      dependency('above1', 'app1'),
    ],
  }); // prettier-ignore
  expect(levels('db1')).toEqual([3, 3, 3]);
  expect(levels('deep1')).toEqual([3, 3, 3]);
  expect(levels('trusted1')).toEqual([1, 3, 3]);
  expect(levels('apart1')).toEqual([1, 1, 1]);
  expect(levels('above1')).toEqual([1, 1, 1]);
  expect(of('deep1').evidence.find(({rank, axis}) => rank === 6 && axis === 'c')).toMatchObject({
    level: 3,
    via: {workload: 'w:db1', relation: 'data-flow'},
    confidence: 0.729,
  });
  expect(value.hosts![0]).toMatchObject({host: 'h1', c: {level: 3}, a: {level: 3}});
  expect(value.inflation).toBeCloseTo(3 / 6);
});

test('a decision stops what flows on, and a contradiction by inheritance is told', () => {
  const {levels, findings} = assess({
    workloads: [
      workload('w:app1', {tags: {Schutzbedarf: 'sehr hoch'}}),
      workload('w:anon1'),
      workload('w:report1', {tags: {Schutzbedarf: 'normal'}}),
    ],
    dependencies: [dependency('app1', 'anon1'), dependency('anon1', 'report1')],
    register: [decision('anon1', [1, 2, 2])],
  });
  expect(levels('anon1')).toEqual([1, 2, 2]);
  expect(levels('report1')).toEqual([1, 2, 2]);
  expect(findings.map(({code, message}) => [code, message])).toEqual([
    [
      'BH-SENS-010',
      'anon1: confidentiality is decided normal, but app1 (data-flow) needs very high. The decision stands',
    ],
  ]);
});

test('what guards keys, backups and identities needs at least what it guards', () => {
  const place = {file: 'identity.yaml', line: 1};
  const {levels, of} = assess({
    workloads: [
      workload('w:app1', {tags: {Schutzbedarf: 'sehr hoch'}, attributes: {kmsKey: 'https://kv-1.vault.azure.net/keys/k/1'}}),
      workload('w:kv-1', {type: 'key-vault'}),
      workload('w:veeam01'),
      workload('w:ad1'),
      workload('w:ad2'),
    ],
    dependencies: [dependency('veeam01', 'app1', {kind: 'trust'})],
    identity: [
      {
        adDomains: [{fqdn: 'corp', domainControllers: ['ad1', 'ad2'], trusts: [], members: ['app1'], place}],
        adfs: [], entraConnect: [], vcenterSso: [], operators: [], signIns: [], edges: [], roots: [],
      },
    ],
  }); // prettier-ignore
  expect(levels('kv-1')).toEqual([3, 3, null]);
  expect(levels('veeam01')).toEqual([3, 3, null]);
  expect(levels('ad1')).toEqual([3, 3, 3]);
  expect(of('ad2').evidence.find(({rank}) => rank === 6)!.via).toEqual({
    workload: 'w:app1',
    relation: 'signs-in',
  });
});

test('governed values nobody knows are told once, with a suggestion', () => {
  const tags = {'data-class': 'vertaulich'};
  const {findings} = assess({
    workloads: [workload('w:x1', {tags}), workload('w:x2', {tags}), workload('w:x3', {tags: {Team: 'a'}})],
  }, {...OPTIONS, governedTags: ['data-class', 'team']}); // prettier-ignore
  expect(findings.map(({code}) => code)).toEqual(['BH-SENS-021', 'BH-SENS-020']);
  expect(findings[1]!.message).toContain('did you mean `vertraulich`');
});

const NAMES = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'];
const anyFacts = fc.record({
  needs: fc.array(fc.constantFrom(undefined, 'normal', 'hoch', 'sehr hoch'), {minLength: 8, maxLength: 8}),
  fixed: fc.array(fc.tuple(fc.constantFrom(...NAMES), fc.nat(3)), {maxLength: 2}),
  edges: fc.array(
    fc.record({
      from: fc.constantFrom(...NAMES),
      to: fc.constantFrom(...NAMES),
      kind: fc.constantFrom('data-flow' as const, 'trust' as const, 'must-apart' as const),
    }),
    {maxLength: 20},
  ),
});
type Sample = typeof anyFacts extends fc.Arbitrary<infer T> ? T : never;

function sampleFacts({needs, fixed, edges}: Sample): Facts {
  return {
    ...intake('x', {}).facts,
    workloads: NAMES.map((name, index) =>
      workload(`w:${name}`, needs[index] ? {tags: {Schutzbedarf: needs[index]}} : {}),
    ),
    dependencies: edges
      .filter(({from, to}) => from !== to)
      .map(({from, to, kind}) => dependency(from, to, {kind})),
    register: fixed.map(([name, level], index) => decision(name, [level, level, level], {id: `r${index}`})),
  };
}

/** Fix-point by brute repetition, straight from the definition. */
function byDefinition(sample: Sample): (number | null)[] {
  const fixed = new Map<string, number>();
  for (const [name, level] of sample.fixed) fixed.set(name, Math.max(level, fixed.get(name) ?? 0));
  const rank = ['normal', 'hoch', 'sehr hoch'];
  const own = NAMES.map(
    (name, index) => fixed.get(name) ?? (sample.needs[index] ? rank.indexOf(sample.needs[index]) + 1 : -1),
  );
  const level = [...own];
  for (let round = 0; round < 50; round++) {
    for (const {from, to, kind} of sample.edges) {
      const [u, v] = [NAMES.indexOf(from), NAMES.indexOf(to)];
      if (kind === 'data-flow' && !fixed.has(to) && u !== v) level[v] = Math.max(level[v]!, level[u]!);
    }
  }
  return level.map((value, index) => (own[index]! < 0 && value < 2 ? null : value));
}

test('agrees with the definition, and the interval always holds the level', () => {
  fc.assert(
    fc.property(anyFacts, (sample) => {
      const {value} = assess(sampleFacts(sample));
      expect(value.workloads.map(({c}) => c.level)).toEqual(byDefinition(sample));
      for (const {c, i, a} of value.workloads) {
        for (const axis of [c, i, a]) {
          expect(axis.lo).toBeLessThanOrEqual(axis.hi);
          const level = axis.level ?? axis.hi;
          expect(level >= axis.lo && level <= axis.hi).toBe(true);
        }
      }
    }),
    {numRuns: 400},
  );
});

test('monotone: another dependency or a higher need lowers nothing', () => {
  fc.assert(
    fc.property(anyFacts, fc.nat(7), fc.nat(7), fc.nat(7), (sample, u, v, raised) => {
      const before = assess(sampleFacts(sample)).value.workloads;
      const more = {
        ...sample,
        edges: [...sample.edges, {from: NAMES[u]!, to: NAMES[v]!, kind: 'data-flow' as const}],
      };
      const higher = {
        ...sample,
        needs: sample.needs.map((need, index) =>
          index === raised && need !== undefined ? 'sehr hoch' : need,
        ),
      };
      for (const changed of [more, higher] as Sample[]) {
        for (const [index, after] of assess(sampleFacts(changed)).value.workloads.entries()) {
          expect(after.weight).toBeGreaterThanOrEqual(before[index]!.weight);
          for (const axis of ['c', 'i', 'a'] as const) {
            expect(after[axis].level ?? -1).toBeGreaterThanOrEqual(before[index]![axis].level ?? -1);
            expect(after[axis].lo).toBeGreaterThanOrEqual(before[index]![axis].lo);
            expect(after[axis].hi).toBeGreaterThanOrEqual(before[index]![axis].hi);
          }
        }
      }
    }),
    {numRuns: 300},
  );
});

test('shuffled input gives the same answer, and asking twice too', () => {
  fc.assert(
    fc.property(anyFacts, fc.shuffledSubarray(NAMES, {minLength: 8}), (sample, order) => {
      const facts = sampleFacts(sample);
      const at = (id: string) => order.indexOf(id.slice(2));
      const shuffled = {
        ...facts,
        workloads: facts.workloads.toSorted((a, b) => at(a.id) - at(b.id)),
        dependencies: facts.dependencies.toReversed(),
      };
      const answer = JSON.stringify(assess(facts).value);
      expect(JSON.stringify(assess(shuffled).value)).toBe(answer);
      expect(JSON.stringify(assess(facts).value)).toBe(answer);
    }),
    {numRuns: 100},
  );
});

test.each([
  ['n/a', [null, null, null]],
  ['tbd', [null, null, null]],
  ['keine Angabe', [null, null, null]],
  ['kein', [0, 0, 0]],
  ['mittel', [2, 2, 2]],
  ['hoch/sehr hoch', [3, 3, 3]],
  ['2 - hoch', [2, 2, 2]],
  ['1 – normal', [1, 1, 1]],
])('a governed need of `%s`', (value, levels) => {
  const told = assess({workloads: [workload('w:x', {tags: {Schutzbedarf: value}})]});
  expect(told.levels('x')).toEqual(levels);
  expect(told.findings.some(({code}) => code === 'BH-SENS-020')).toBe(levels[0] === null);
});

test('a decision dated after the run does not stop anything, and is told', () => {
  const facts = (date: string) => ({
    workloads: [workload('w:x', {tags: {Schutzbedarf: 'hoch'}})],
    register: [
      decision('x', [1, 1, 1], {
        sensitivity: {c: 1, i: 1, a: 1, decidedBy: 'DPO', date, reason: 'agreed'},
      }),
    ],
  });
  expect(assess(facts('2026-11-22')).levels('x')).toEqual([1, 1, 1]);
  const early = assess(facts('2062-11-22'));
  expect(early.levels('x')).toEqual([2, 2, 2]);
  expect(early.findings.map(({code}) => code)).toContain('BH-SENS-013');
});

test('a data centre in a name does not take over what the machine talks to', () => {
  const {levels} = assess({
    workloads: [workload('w:web-dc1'), workload('w:db', {tags: {Schutzbedarf: 'sehr hoch'}})],
    dependencies: [dependency('web-dc1', 'db')],
  });
  expect(levels('web-dc1')).toEqual([2, 2, null]);
});
