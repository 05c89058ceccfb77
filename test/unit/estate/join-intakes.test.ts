import {expect, test} from 'vitest';
import {buildEstate} from '../../../src/estate/build.ts';
import {joinIntakes} from '../../../src/estate/join-intakes.ts';
import {container, intake, register, workload} from './samples.ts';

function export1(names: string[], given: Parameters<typeof intake>[2]) {
  return intake(
    'azure.graph:export',
    {
      containers: [container('azure:/subscriptions/s-1'), container('azure:/subscriptions/s-10')],
      workloads: names.map((name) => workload(`azure:/subscriptions/${name}`)),
    },
    given,
  );
}

function ids(intakes: Parameters<typeof buildEstate>[0]) {
  return buildEstate(intakes, {applicationTags: []}).estate.workloads.map(({id}) => id.slice('azure:/subscriptions/'.length));
} // prettier-ignore

const OLD = export1(['s-1/a', 's-1/b', 's-10/c'], {sha256: '1'.repeat(64), scopes: ['s-1', 's-10']});

test('the same content adds nothing', () => {
  const again = {...OLD, source: {...OLD.source, file: 'copy.json'}};
  const {intakes, unchanged, findings} = joinIntakes([OLD], [again]);
  expect(unchanged).toBe(true);
  expect(intakes).toEqual([OLD]);
  expect(findings.map(({code}) => code)).toEqual(['BH-SNAP-010']);
});

test('a newer complete export replaces its scope only, and the ledger says so', () => {
  const newer = export1(['s-1/a', 's-1/d'], {sha256: '2'.repeat(64), scopes: ['s-1']});
  const {intakes, findings} = joinIntakes([OLD], [newer]);
  expect(ids(intakes)).toEqual(['s-1/a', 's-1/d', 's-10/c']);
  const {ledger} = buildEstate(intakes, {applicationTags: []}).estate;
  expect(ledger.map(({scope, note}) => [scope, note ?? null])).toEqual([
    ['s-10', null],
    ['s-1', 'replaces azure.graph:export.json (11111111)'],
  ]);
  expect(findings.map(({code, severity}) => [code, severity])).toEqual([['BH-SNAP-011', 'info']]);
  expect(findings[0]!.message).toContain('s-1/b');
  expect(intakes[0]!.provenance.map(({fact}) => fact)).toEqual(['azure:/subscriptions/s-10/c']);
});

test.each(['partial', 'denied', 'failed', 'skipped'] as const)(
  'what a %s export does not show is not gone',
  (status) => {
    const newer = export1(['s-1/a'], {sha256: '2'.repeat(64), scopes: ['s-1'], status});
    newer.facts.workloads[0]!.vcpu = 8;
    const {intakes, findings} = joinIntakes([OLD], [newer]);
    expect(ids(intakes)).toEqual(['s-1/a', 's-1/b', 's-10/c']);
    const built = buildEstate(intakes, {applicationTags: []});
    expect(built.estate.workloads[0]!.vcpu).toBe(8);
    expect(findings.map(({code, partial}) => [code, partial])).toEqual([['BH-SNAP-012', true]]);
    expect(findings.some(({code}) => code === 'BH-SNAP-011')).toBe(false);
  },
);

test('files read together are pages of one export; other formats and scopes are left alone', () => {
  const page1 = export1(['s-1/a'], {sha256: '3'.repeat(64), scopes: ['s-1'], file: 'p1.json'});
  const page2 = export1(['s-1/b'], {sha256: '4'.repeat(64), scopes: ['s-1'], file: 'p2.json'});
  expect(ids(joinIntakes([], [page1, page2]).intakes)).toEqual(['s-1/a', 's-1/b']);
  const other = intake(
    'azure.list:export',
    {workloads: [workload('azure:/subscriptions/s-1/z')]},
    {scopes: ['s-1']},
  );
  expect(ids(joinIntakes([OLD], [other]).intakes)).toEqual(['s-1/a', 's-1/b', 's-1/z', 's-10/c']);
});

test('a changed declaration replaces the earlier version of the same file', () => {
  const version = (sha256: string, id: string) =>
    intake(
      'declared.register:r',
      {register: [register(id)]},
      {sha256: sha256.repeat(64), scopes: ['r.yaml'], file: 'r.yaml'},
    );
  const {intakes} = joinIntakes([version('1', 'old')], [version('2', 'new')]);
  expect(intakes.flatMap(({facts}) => facts.register.map(({id}) => id))).toEqual(['new']);
});

test('a scope is recognised by an alias of the container and by the root above it', () => {
  const facts = {
    containers: [
      container('gcp:projects/7', {aliases: ['gcp:projects/shop']}),
      container('sub-a', {root: 'entra:t-1'}),
      container('sub-b', {root: 'entra:t-2'}),
    ],
    workloads: [
      workload('gcp://vm/1', {container: 'gcp:projects/shop'}),
      workload('w:2', {container: 'sub-a'}),
      workload('w:3', {container: 'sub-b'}),
    ],
  };
  const old = intake('x:all', facts, {sha256: '1'.repeat(64), scopes: ['projects/7', 't-1', 't-2']});
  const newer = intake('x:two', {}, {sha256: '2'.repeat(64), scopes: ['projects/7', 't-1']});
  const {intakes} = joinIntakes([old], [newer]);
  expect(intakes[0]!.facts.workloads.map(({id}) => id)).toEqual(['w:3']);
  expect(intakes[0]!.facts.containers.map(({id}) => id)).toEqual(['sub-b']);
});
