import {createHash} from 'node:crypto';
import {appendFile, mkdir, mkdtemp, readdir, readFile, rm, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterEach, beforeEach, expect, test} from 'vitest';
import {buildEstate} from '../../../src/estate/build.ts';
import {listSnapshots, readIntakes, readLatestSnapshot} from '../../../src/io/snapshot/read.ts';
import {writeSnapshot, type SnapshotInput} from '../../../src/io/snapshot/write.ts';
import type {Intake} from '../../../src/model/estate.ts';
import {container, dependency, intake, register, workload} from '../estate/samples.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'bulkhead-snapshot-'));
});
afterEach(() => rm(folder, {recursive: true}));

const PLACE = {file: 'identity.yaml', line: 4};

function sample(file = 'inv.json'): Intake[] {
  return [
    intake(
      'test:inv',
      {
        workloads: [
          workload('w:b', {tags: {zeta: '1', alpha: 'ü\n"'}, attributes: {place: 'hall 3', source: 'x'}}),
          workload('w:a', {container: 'c1'}),
        ],
        containers: [container('c1', {tags: {place: 'x'}})],
      },
      {file},
    ),
    intake('declared:d', {
      dependencies: [dependency('a', 'b', {gibPerMonth: 2, place: {file, line: 9}})],
      register: [register('care', {covers: ['a']})],
      identity: [
        {
          adDomains: [{fqdn: 'corp', domainControllers: ['a'], trusts: [], members: [], place: PLACE}],
          adfs: [], entraConnect: [], vcenterSso: [], operators: [], signIns: [], edges: [],
          roots: [{id: 'vault:x', kind: 'other', name: 'x', place: PLACE}],
        },
      ],
    }),
  ]; // prettier-ignore
}

function input(intakes: Intake[], created = '2026-11-22T00:00:00Z'): SnapshotInput {
  const {estate, provenance} = buildEstate(intakes, {applicationTags: []});
  return {intakes, estate, provenance, tool: {name: 'bulkhead', version: '0.1.0'}, created};
}

async function estateBytes(path: string): Promise<string> {
  const hash = createHash('sha256');
  for (const name of (await readdir(join(path, 'estate'))).toSorted()) {
    hash.update(name).update(await readFile(join(path, 'estate', name)));
  }
  return hash.digest('hex');
}

test('what is written is what is read, to the last place', async () => {
  const given = input(sample());
  const {id, isNew} = await writeSnapshot(folder, given);
  expect(isNew).toBe(true);
  const {value, findings} = await readLatestSnapshot(folder);
  expect(findings).toEqual([]);
  expect(value).toMatchObject({id, isLatest: true});
  expect(value!.estate).toEqual(given.estate);
  expect(value!.provenance).toEqual(given.provenance);
  const intakes = await readIntakes(value!);
  expect(intakes.findings).toEqual([]);
  expect(buildEstate(intakes.value, {applicationTags: []})).toEqual(
    buildEstate(given.intakes, {applicationTags: []}),
  );
});

test('importing again, in any order, creates nothing; other file names change provenance only', async () => {
  const first = await writeSnapshot(folder, input(sample()));
  const again = await writeSnapshot(folder, input(sample().toReversed(), '2027-01-01T00:00:00Z'));
  expect(again).toEqual({...first, isNew: false});
  const elsewhere = await writeSnapshot(folder, input(sample('moved/inv.json')));
  expect(elsewhere.id).not.toBe(first.id);
  expect(await estateBytes(elsewhere.path)).toBe(await estateBytes(first.path));
  const listed = await listSnapshots(folder);
  const latest = new Map(listed.value.map(({id, isLatest}) => [id, isLatest]));
  expect(latest).toEqual(new Map([[first.id, false], [elsewhere.id, true]])); // prettier-ignore
  await writeSnapshot(folder, input(sample()));
  expect((await readLatestSnapshot(folder)).value!.id).toBe(first.id);
});

test('estate/ holds facts only: no file name, source or clock', async () => {
  const {path} = await writeSnapshot(folder, input(sample('secret-file-name.json'), '2031-03-03T03:03:03Z'));
  for (const name of await readdir(join(path, 'estate'))) {
    const text = await readFile(join(path, 'estate', name), 'utf8');
    expect(text).not.toMatch(/secret-file-name|test:inv|identity\.yaml|2031/);
  }
  const workloads = await readFile(join(path, 'estate', 'workloads.ndjson'), 'utf8');
  expect(workloads).toContain('"place":"hall 3"');
  const manifest = JSON.parse(await readFile(join(path, 'manifest.json'), 'utf8')) as {
    sums: Record<string, string>;
  };
  const sum = createHash('sha256').update(workloads).digest('hex');
  expect(manifest.sums['estate/workloads.ndjson']).toBe(sum);
});

test('an interrupted write leaves no half snapshot', async () => {
  const before = await writeSnapshot(folder, input(sample()));
  const given = input([...sample(), intake('test:more', {workloads: [workload('w:c')]})]);
  const broken = {...given, provenance: [...given.provenance]};
  Object.defineProperty(broken.provenance, broken.provenance.length, {
    enumerable: true,
    get: () => {
      throw new Error('power cut');
    },
  });
  await expect(writeSnapshot(folder, broken)).rejects.toThrow('power cut');
  const root = join(folder, '.bulkhead', 'snapshots');
  expect((await readdir(root)).toSorted()).toEqual([before.id, 'latest'].toSorted());
  // A process that was killed could not clean up: its folder is never taken for a snapshot.
  await mkdir(join(root, '.tmp-killed', 'estate'), {recursive: true});
  await writeFile(join(root, '.tmp-killed', 'estate', 'workloads.ndjson'), '{"id":"w:c"');
  const {value, findings} = await readLatestSnapshot(folder);
  expect([value!.id, findings]).toEqual([before.id, []]);
});

test('a changed snapshot is refused, not half believed', async () => {
  const {path} = await writeSnapshot(folder, input(sample()));
  await appendFile(join(path, 'estate', 'workloads.ndjson'), '{"id":"w:forged"}\n');
  const {value, findings} = await readLatestSnapshot(folder);
  expect(value).toBeNull();
  expect(findings).toMatchObject([{code: 'BH-SNAP-001', severity: 'critical', partial: true}]);
});

test('no snapshot yet is nothing to complain about', async () => {
  expect(await readLatestSnapshot(folder)).toEqual({value: null, findings: []});
});
