import {mkdtemp, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {expect, test} from 'vitest';
import {PROVIDERS, shapesFor} from '../../../src/sources/registry.ts';
import {readSource, type ReadHints} from '../../../src/sources/read.ts';
import {createTally} from '../../../src/sources/tally.ts';
import {cellDate, cellNumber} from '../../../src/sources/cells.ts';

const folder = await mkdtemp(join(tmpdir(), 'bulkhead-read-'));

async function read(text: string, hints: ReadHints = {}) {
  const path = join(folder, 'file.dat');
  await writeFile(path, text);
  return readSource(path, 'file.dat', hints);
}

test('format ids are unique and every provider is wired', async () => {
  const ids = (await shapesFor()).map((shape) => shape.id);
  expect(new Set(ids).size).toBe(ids.length);
  expect(PROVIDERS.map((provider) => provider.name).toSorted()).toEqual([
    'aws',
    'azure',
    'bloodhound',
    'classifiers',
    'declared',
    'gcp',
    'inventory',
    'vmware',
  ]);
});

test('an unknown shape says what was seen, what is nearest, and how to go on', async () => {
  const json = await read('{"UserDetailLst": [], "GroupDetails": [], "RoleDetailLst": []}');
  expect(json.intake).toBeNull();
  expect(json.findings).toMatchObject([{code: 'BH-IO-023', where: {file: 'file.dat'}}]);
  expect(json.findings[0]?.message).toContain('`UserDetailLst`');
  expect(json.findings[0]?.remedy).toContain('--as aws.authorization-details');
  const csv = await read('colour,size\nred,3\n');
  expect(csv.findings[0]?.message).toContain('`colour`, `size`');
  expect(csv.findings[0]?.remedy).toContain('--as FORMAT');
  expect((await read('kind: Sandwich\nspec: {}\n')).findings[0]?.message).toContain('kind `Sandwich`');
});

test('a stated format is looked up, with a suggestion, and doubted when it does not fit', async () => {
  const typo = await read('[]', {as: 'vmware.gvoc'});
  expect(typo).toMatchObject({intake: null, findings: [{code: 'BH-IO-024'}]});
  expect(typo.findings[0]?.message).toContain('did you mean `vmware.govc`');
  const doubtful = await read('{"name": "x"}', {as: 'vmware.govc'});
  expect(doubtful.findings[0]).toMatchObject({code: 'BH-IO-026', severity: 'medium'});
  expect(doubtful.intake?.ledger).toMatchObject([{rowsIn: 1, rejected: 1}]);
});

test('an empty list is read as empty, not as nothing', async () => {
  const {intake, findings} = await read('[]', {as: 'vmware.vsphere-dump'});
  expect(intake).toMatchObject({
    source: {format: 'vmware.vsphere-dump'},
    ledger: [{rowsIn: 0, status: 'complete'}],
  });
  expect(findings).toMatchObject([{code: 'BH-IO-025'}]);
  const unnamed = await read('[]');
  expect(unnamed.intake?.ledger).toMatchObject([{rowsIn: 0}]);
  expect(unnamed.findings).toMatchObject([{code: 'BH-IO-025'}]);
});

test('lines that are not JSON are rejected rows of the ledger', async () => {
  const asset = (n: number) =>
    JSON.stringify({
      name: `//compute.googleapis.com/projects/p/zones/z/instances/i${n}`,
      asset_type: 'compute.googleapis.com/Instance',
      resource: {data: {}},
      ancestors: ['projects/1'],
    });
  const {intake} = await read(`${asset(1)}\n${asset(2)}\n{"name":`);
  const total = (field: 'rowsIn' | 'kept' | 'rejected') =>
    intake!.ledger.reduce((sum, line) => sum + line[field], 0);
  expect([total('rowsIn'), total('kept'), total('rejected')]).toEqual([3, 2, 1]);
  expect(intake!.ledger.some((line) => line.status === 'partial')).toBe(true);
});

test('a tally adds up and orders its reasons', () => {
  const tally = createTally('s', '*', 'a');
  tally.kept(3);
  tally.classify('z');
  tally.classify('b', 2);
  tally.reject('r');
  const line = tally.done('partial');
  tally.kept();
  expect(line).toMatchObject({rowsIn: 7, kept: 3, classified: 3, rejected: 1, status: 'partial'});
  expect(Object.keys(line.classifiedBy)).toEqual(['b', 'z']);
});

test.each([
  ['1024', 1024], ['1,024', 1024], ['1.024', 1024], ['1 024', 1024], ["1'024", 1024], ['2048,5', 2048.5], ['2048.5', 2048.5],
  ['1.024,50', 1024.5], ['1,024.50', 1024.5], ['1,234,567', 1_234_567], ['-1', -1], ['0', 0],
  ['', null], ['none', null], ['12 GB', null], ['1e5', null],
])('a number written %s', (text, value) => {
  expect(cellNumber(text)).toBe(value);
}); // prettier-ignore

test.each([
  [45_714.53, '2025-02-26'], ['2025/02/26 12:53:35', '2025-02-26'], ['26.02.2025 12:53', '2025-02-26'], ['2/26/2025', '2025-02-26'],
  ['13/02/2024', '2024-02-13'], [25_569, null], ['1969-12-31', null], ['never', null], [0, null],
])('a date written %s', (cell, day) => {
  expect(cellDate(cell)).toBe(day);
}); // prettier-ignore
