import * as fc from 'fast-check';
import {expect, test} from 'vitest';
import {indexGraph} from '../../../src/exposure/index-graph.ts';
import {buildIdentityGraph} from '../../../src/identity/build.ts';
import type {Host} from '../../../src/model/estate.ts';
import {rootSets} from '../../../src/sensitivity/root-sets.ts';
import {dependency, register, workload} from '../estate/samples.ts';
import {assess, decision, estateOf, rulesWith, type NamedRoot} from './support.ts';

const HOST: Host = {
  id: 'h1', name: 'esx01', container: null, cpuModel: null, hyperThreadingActive: null, version: null,
  biosDate: null, domain: null,
}; // prettier-ignore

/** `count` workloads a0, a1 … of normal need, each an application of its own. */
function normals(count: number, given: object = {}) {
  return Array.from({length: count}, (_, at) =>
    workload(`w:a${at}`, {tags: {Schutzbedarf: 'normal', app: `app${at}`}, ...given}),
  );
}

test('ten applications of normal need on one host make it high, nine do not', () => {
  const hosts = [HOST];
  const ten = assess({workloads: normals(10, {host: 'h1'}), hosts});
  expect(ten.value.hosts![0]).toMatchObject({c: {level: 2}, i: {level: 2}, a: {level: 2}});
  expect(ten.levels('a0')).toEqual([1, 1, 1]);
  const nine = assess({workloads: normals(9, {host: 'h1'}), hosts});
  expect(nine.value.hosts![0]).toMatchObject({c: {level: null, hi: 1}});
  // Two machines of one application are one application.
  const same = [...normals(9, {host: 'h1'}), workload('w:b', {host: 'h1', tags: {Schutzbedarf: 'normal', app: 'app3'}})];
  expect(assess({workloads: same, hosts}).value.hosts![0]!.c).toMatchObject({level: null, hi: 1});
  // One that nothing groups may be a tenth application or not.
  const open = [...normals(9, {host: 'h1'}), workload('w:b', {host: 'h1', tags: {Schutzbedarf: 'normal'}})];
  expect(assess({workloads: open, hosts}).value.hosts![0]!.c).toMatchObject({level: null, lo: 1, hi: 2});
}); // prettier-ignore

test('a store many write to is raised, what takes over from it follows, and the evidence names rule and point', () => {
  const workloads = [
    ...normals(10),
    workload('w:lake', {type: 'database', tags: {Schutzbedarf: 'normal'}}),
    workload('w:copy', {type: 'database', tags: {Schutzbedarf: 'normal'}}),
  ];
  const dependencies = [...normals(10).map(({name}) => dependency(name, 'lake')), dependency('lake', 'copy')];
  const {levels, of, value, findings} = assess({workloads, dependencies});
  expect(levels('lake')).toEqual([2, 2, 1]);
  expect(levels('copy')).toEqual([2, 2, 1]);
  expect(of('lake').evidence.find(({rank, axis}) => rank === 6 && axis === 'c')).toMatchObject({
    level: 2,
    source: 'cumulation-store: 10 applications meet at store lake',
    confidence: 0.81,
    cumulation: {rule: 'cumulation-store', at: {kind: 'store', id: 'w:lake'}, applications: 10},
  });
  expect(of('copy').evidence.find(({rank, axis}) => rank === 6 && axis === 'c')!.via).toEqual({
    workload: 'w:lake',
    relation: 'data-flow',
  });
  expect(value.cumulation).toMatchObject({share: 2 / 12, stopped: null});
  expect(findings.map(({code}) => code)).toEqual(['BH-SENS-030']);
  expect(findings[0]!.message).toMatch(/confidentiality and integrity for lake$/);
  expect(assess({workloads, dependencies}, {own: '  cumulation: [{id: cumulation-store, at: store, axes: [c], enabled: false}]'}).levels('lake')).toEqual([1, 1, 1]);
}); // prettier-ignore

test('a signed decision is not raised; from two levels on the contradiction is told', () => {
  const workloads = [
    ...normals(10).map((entry) => ({...entry, tags: {...entry.tags, Schutzbedarf: 'hoch'}})),
    workload('w:lake', {type: 'database'}),
  ];
  const dependencies = normals(10).map(({name}) => dependency(name, 'lake'));
  const own = '  cumulation: [{id: many-highs, at: store, axes: [c], need: high, applications: 10}]';
  const facts = {workloads, dependencies, register: [decision('lake', [1, 2, 2])]};
  const {levels, findings} = assess(facts, {own});
  expect(levels('lake')).toEqual([1, 2, 2]);
  expect(findings.map(({code, message}) => [code, message])).toEqual([
    ['BH-SENS-010', 'lake: confidentiality is decided normal, but lake (many-highs) needs very high. The decision stands'],
  ]);
}); // prettier-ignore

test('records of business functions add up in a store, each function once', () => {
  const db = (tags: Record<string, string>) => workload('w:db', {type: 'database', tags});
  const entry = (id: string, records: number) => register(id, {records, covers: ['db', 'web']});
  const facts = (...records: number[]) => ({
    workloads: [db({Schutzbedarf: 'normal'}), workload('w:web', {tags: {Schutzbedarf: 'normal'}})],
    dependencies: [dependency('web', 'db')],
    register: records.map((count, at) => entry(`r${at}`, count)),
  });
  const own = '  limits: {cumulation: 1}';
  expect(assess(facts(600_000, 400_000), {own}).levels('db')).toEqual([2, 1, 1]);
  expect(assess(facts(600_000, 399_999), {own}).levels('db')).toEqual([1, 1, 1]);
  expect(assess(facts(600_000, 400_000), {own}).levels('web')).toEqual([1, 1, 1]);
});

test('what runs an identity root that ten applications hang on counts one level more', () => {
  const place = {file: 'identity.yaml', line: 1};
  const workloads = [...normals(10), workload('w:dc01', {tags: {Schutzbedarf: 'normal'}})];
  const identity = [
    {
      adDomains: [{fqdn: 'corp.example', domainControllers: ['dc01'], trusts: [], members: normals(10).map(({name}) => name), place}],
      adfs: [], entraConnect: [], vcenterSso: [], operators: [], signIns: [], edges: [], roots: [],
    },
  ]; // prettier-ignore
  const estate = estateOf({workloads, identity});
  const graph = buildIdentityGraph(estate, [], new Int32Array(11).fill(-1), {now: '2026-11-22T00:00:00Z'});
  const sets = rootSets(
    indexGraph(graph.value),
    estate.workloads.map(({id}) => id),
    false,
  );
  expect(sets.map(({root, certain, carriers}) => [root, certain.length, [...carriers]])).toEqual([
    ['ad:corp.example', 11, [10]],
  ]);
  const roots: NamedRoot[] = [
    {root: 'ad:corp.example', certain: workloads.map(({name}) => name), carriers: ['dc01']},
  ];
  const {levels, of} = assess({workloads, identity}, {roots});
  expect(levels('dc01')).toEqual([2, 2, 2]);
  expect(levels('a0')).toEqual([1, 1, 1]);
  expect(of('dc01').evidence.find(({cumulation}) => cumulation)!.source).toBe(
    'cumulation-root: 10 applications meet at root ad:corp.example',
  );
  expect(assess({workloads, identity}).levels('dc01')).toEqual([1, 1, 1]);
});

test('the guard stops roots first, then everything, and says so', () => {
  const own = '  cumulation: [{id: flood, at: root, axes: [c], applications: 10, raises: members}]';
  const workloads = [...normals(10), workload('w:lake', {type: 'database', tags: {Schutzbedarf: 'normal'}})];
  const dependencies = normals(10).map(({name}) => dependency(name, 'lake'));
  const roots = [{root: 'idp', certain: normals(10).map(({name}) => name), carriers: []}];
  const stopped = assess({workloads, dependencies}, {own, roots});
  expect(stopped.levels('a0')).toEqual([1, 1, 1]);
  expect(stopped.levels('lake')).toEqual([2, 2, 1]);
  expect(stopped.value.cumulation!.stopped).toEqual({at: 'roots', share: 1});
  expect(stopped.findings.map(({code}) => code)).toContain('BH-SENS-031');
  const open = assess({workloads, dependencies}, {own: `${own}\n  limits: {cumulation: 1}`, roots});
  expect(open.levels('a0')).toEqual([2, 1, 1]);
  const none = assess({workloads, dependencies}, {own: `${own}\n  limits: {cumulation: 0}`, roots});
  expect(none.levels('lake')).toEqual([1, 1, 1]);
  expect(none.value.cumulation!.stopped!.at).toBe('everywhere');
});

test('a rule that counts nothing is told', () => {
  const {value, findings} = rulesWith('  cumulation: [{id: empty, at: host, axes: [c]}]');
  expect(findings.map(({code}) => code)).toEqual(['BH-SENS-033']);
  expect(value.cumulation.some(({id}) => id === 'empty')).toBe(false);
});

const NAMES = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'];
const OWN = `  cumulation:
    - {id: s1, at: store, types: [vm], axes: [c], need: normal, applications: 3}
    - {id: s2, at: store, types: [vm], axes: [c], need: high, applications: 2}
    - {id: r1, at: root, axes: [c], need: normal, applications: 3, raises: members}
    - {id: r2, at: root, axes: [c], need: high, applications: 2}
  limits: {cumulation: 1}`;
const anySample = fc.record({
  needs: fc.array(fc.constantFrom(undefined, 'kein', 'normal', 'hoch', 'sehr hoch'), {minLength: 8, maxLength: 8}),
  apps: fc.array(fc.constantFrom(undefined, 'p', 'q', 'r', 's'), {minLength: 8, maxLength: 8}),
  fixed: fc.array(fc.tuple(fc.constantFrom(...NAMES), fc.nat(3)), {maxLength: 2}),
  edges: fc.array(fc.tuple(fc.constantFrom(...NAMES), fc.constantFrom(...NAMES)), {maxLength: 14}),
  certain: fc.subarray(NAMES),
  carriers: fc.subarray(NAMES, {maxLength: 2}),
}); // prettier-ignore
type Sample = typeof anySample extends fc.Arbitrary<infer T> ? T : never;

function run(sample: Sample, order: string[] = NAMES) {
  const workloads = NAMES.map((name, at) =>
    workload(`w:${name}`, {
      tags: {
        ...(sample.needs[at] ? {Schutzbedarf: sample.needs[at]} : {}),
        ...(sample.apps[at] ? {app: sample.apps[at]} : {}),
      },
    }),
  ).toSorted((x, y) => order.indexOf(x.name) - order.indexOf(y.name));
  const edges = sample.edges.filter(([from, to]) => from !== to);
  return assess(
    {
      workloads,
      dependencies: edges.map(([from, to]) => dependency(from, to)),
      register: sample.fixed.map(([name, level], at) =>
        decision(name, [level, level, level], {id: `r${at}`}),
      ),
    },
    {own: OWN, roots: [{root: 'x', certain: sample.certain, carriers: sample.carriers}]},
  );
}

/** Repeats the definition until nothing changes. */
function byDefinition({needs, apps, fixed, edges, certain, carriers}: Sample): (number | null)[] {
  const at = (name: string) => NAMES.indexOf(name);
  const decided = new Map<number, number>();
  for (const [name, level] of fixed) decided.set(at(name), Math.max(level, decided.get(at(name)) ?? 0));
  const words = ['kein', 'normal', 'hoch', 'sehr hoch'];
  const own = NAMES.map((_, w) => decided.get(w) ?? (needs[w] ? words.indexOf(needs[w]) : -1));
  const level = [...own];
  const raise = (w: number, to: number) => {
    if (!decided.has(w)) level[w] = Math.max(level[w]!, to);
  };
  const count = (members: number[], need: number) =>
    new Set(members.filter((w) => level[w]! >= need).flatMap((w) => apps[w] ?? [])).size;
  for (let round = 0; round < 40; round++) {
    for (const [from, to] of edges) if (from !== to) raise(at(to), level[at(from)]!);
    for (const to of NAMES) {
      const writers = edges.flatMap(([u, v]) => (v === to && u !== to ? [at(u)] : []));
      if (writers.length === 0) continue;
      if (count([...writers, at(to)], 1) >= 3) raise(at(to), 2);
      if (count([...writers, at(to)], 2) >= 2) raise(at(to), 3);
    }
    const members = certain.map(at);
    if (count(members, 1) >= 3) for (const w of members) if (level[w]! >= 1) raise(w, 2);
    if (count(members, 2) >= 2) for (const name of carriers) raise(at(name), 3);
  }
  // The unknown is at least normal, and passes that on to what was said to need nothing.
  const least = own.map((value) => (value < 0 ? 1 : value));
  for (let round = 0; round < 8; round++) {
    for (const [from, to] of edges) {
      if (!decided.has(at(to))) least[at(to)] = Math.max(least[at(to)]!, Math.min(1, least[at(from)]!));
    }
  }
  for (const w of level.keys()) if (level[w] === 0) level[w] = Math.min(1, least[w]!);
  return level.map((value, w) => (own[w]! < 0 && value < 2 ? null : value));
}

test('agrees with the definition repeated until nothing changes, whatever the order', () => {
  fc.assert(
    fc.property(anySample, fc.shuffledSubarray(NAMES, {minLength: 8}), (sample, order) => {
      const {value} = run(sample);
      expect(value.workloads.map(({c}) => c.level)).toEqual(byDefinition(sample));
      for (const {c} of value.workloads) {
        expect(c.lo).toBeLessThanOrEqual(c.hi);
        const level = c.level ?? c.hi;
        expect(level >= c.lo && level <= c.hi).toBe(true);
      }
      expect(JSON.stringify(run(sample, order).value)).toBe(JSON.stringify(value));
    }),
    {numRuns: 300},
  );
});

test('monotone: more members, more flows and higher needs lower nothing', () => {
  fc.assert(
    fc.property(anySample, fc.nat(7), fc.nat(7), (sample, u, v) => {
      const before = run(sample).value.workloads;
      const more: Sample[] = [
        {...sample, edges: [...sample.edges, [NAMES[u]!, NAMES[v]!]]},
        {...sample, certain: [...new Set([...sample.certain, NAMES[u]!])]},
        {...sample, needs: sample.needs.map((need, at) => (at === u && need ? 'sehr hoch' : need))},
      ];
      for (const changed of more) {
        for (const [at, {c, weight}] of run(changed).value.workloads.entries()) {
          expect(weight).toBeGreaterThanOrEqual(before[at]!.weight);
          expect(c.level ?? -1).toBeGreaterThanOrEqual(before[at]!.c.level ?? -1);
          expect(c.lo).toBeGreaterThanOrEqual(before[at]!.c.lo);
          expect(c.hi).toBeGreaterThanOrEqual(before[at]!.c.hi);
        }
      }
    }),
    {numRuns: 150},
  );
});
