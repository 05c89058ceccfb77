import {expect, test} from 'vitest';
import {parseYaml} from '../../../src/document/yaml.ts';
import type {RegisterEntry, Workload} from '../../../src/model/estate.ts';
import {redecide} from '../../../src/whatif/needs.ts';
import {readTag, retag} from '../../../src/whatif/tags.ts';
import {supposeSite} from '../../../src/whatif/sites.ts';

const workload = (id: string, name = id): Workload =>
  ({id, name, tags: {'Data-Class': 'public'}}) as unknown as Workload;
const workloads = [
  workload('azure:/subscriptions/1/vm', 'front'),
  workload('aws:arn:aws:ec2:eu:1:instance/i-1'),
  workload('a=b'),
];

test.each([
  ['azure:/subscriptions/1/vm:data-class=high', 'azure:/subscriptions/1/vm', 'data-class', 'high'],
  ['front:aws:owner=me', 'azure:/subscriptions/1/vm', 'aws:owner', 'me'],
  ['front:url=http://x:80/?a=b', 'azure:/subscriptions/1/vm', 'url', 'http://x:80/?a=b'],
  ['aws:arn:aws:ec2:eu:1:instance/i-1:aws:team = blue ', workloads[1]!.id, 'aws:team', 'blue'],
  ['instance/i-1:team=blue', workloads[1]!.id, 'team', 'blue'],
  ['workload:front:x=', 'azure:/subscriptions/1/vm', 'x', null],
  ['a=b:x=y', 'a=b', 'x', 'y'],
])('`%s` is read by the workload that exists', (text, subject, key, value) => {
  expect(readTag(text, workloads)).toMatchObject({value: {workload: subject, key, value}});
});

test('a tag is found whatever its case, and nothing else is touched', () => {
  const changed = retag(workloads, [
    {workload: 'a=b', key: 'data-class', value: 'high'},
    {workload: 'a=b', key: 'new', value: 'x'},
  ]);
  expect(changed[2]!.tags).toEqual({'Data-Class': 'high', new: 'x'});
  expect(changed.slice(0, 2)).toEqual(workloads.slice(0, 2));
  expect(workloads[2]!.tags).toEqual({'Data-Class': 'public'});
});

test('a supposed decision replaces one axis of one workload, and leaves the rest of the register', () => {
  const entry: RegisterEntry = {
    id: 'care',
    function: 'Care',
    owner: 'Dr. Who',
    criticality: 2,
    rtoHours: 4,
    rpoHours: null,
    provider: null,
    exitPlan: null,
    dataCategories: ['phi'],
    sensitivity: {c: 3, i: 2, a: 2, decidedBy: 'DPO', date: '2026-01-01', reason: 'law'},
    distribution: [
      {ground: 'redundancy', level: 1, decidedBy: 'CISO', date: '2026-01-01', reason: 'two'},
      {ground: 'pseudonymised', level: 1, decidedBy: 'CISO', date: '2026-01-01', reason: 'keys apart'},
    ],
    covers: ['x', 'y'],
    place: {file: 'register.yaml', line: 3},
  };
  const [others, own, supposed, ...rest] = redecide(
    [entry],
    [{workload: 'y', axis: 'c', level: 0}],
    '2026-11-22T00:00:00Z',
  );
  expect(rest).toEqual([]);
  expect(others).toEqual({...entry, covers: ['x']});
  expect(own).toEqual({
    ...entry,
    covers: ['y'],
    sensitivity: {...entry.sensitivity!, c: null},
    distribution: [entry.distribution![0]],
  });
  expect(supposed).toMatchObject({
    function: '',
    covers: ['y'],
    criticality: 2,
    sensitivity: {c: 0, i: null, a: null, date: '2026-11-22'},
  });
  expect(entry.covers).toEqual(['x', 'y']);
});

const SITE = `apiVersion: bulkhead.dev/v1alpha1
kind: Site
metadata: {name: s}
spec:
  kind: public
  provider: P
  cost: {currency: EUR, asOf: 2026-01-01, vcpuMonth: 0.3}
`;
const valueOf = (text: string): unknown => {
  const {documents} = parseYaml(SITE, 'sites.yaml');
  const read = supposeSite(documents, text);
  if (!('value' in read)) return read.findings?.[0]?.where ?? read.problem;
  return (read.value.documents[0]!.value as {spec: unknown}).spec;
};

test.each<[string, unknown]>([
  ['s:cost.vcpuMonth=+10%', {cost: {vcpuMonth: 0.33}}],
  ['s:cost.vcpuMonth=+0.6', {cost: {vcpuMonth: 0.9}}],
  ['s:spec.cost.vcpuMonth=-50%', {cost: {vcpuMonth: 0.15}}],
  ['s:jurisdictions=[EU, US]', {jurisdictions: ['EU', 'US']}],
  ['s:capacity.vcpu=4', {capacity: {vcpu: 4}}],
  ['s:latencyMs.other=3', {latencyMs: {other: 3}}],
  ['s:country="NO"', {country: 'NO'}],
])('`%s` changes that field alone', (text, changed) => {
  const {spec} = parseYaml(SITE, 'x').documents[0]!.value as {spec: {cost: object}};
  const {cost, ...others} = changed as {cost?: object};
  expect(valueOf(text)).toEqual({...spec, ...others, ...(cost ? {cost: {...spec.cost, ...cost}} : {})});
});

test('a field taken away is gone, and what is wrong stands in the option', () => {
  expect(valueOf('s:cost=')).toEqual({kind: 'public', provider: 'P'});
  expect(valueOf('s:cost.vcpuMonth=much')).toEqual({file: '--set-site s:cost.vcpuMonth=much'});
  expect(valueOf('s:provider.name=x')).toEqual({file: '--set-site s:provider.name=x'});
  expect(valueOf('s:__proto__.polluted=1')).toEqual({file: '--set-site s:__proto__.polluted=1'});
  expect(({} as {polluted?: unknown}).polluted).toBeUndefined();
});
