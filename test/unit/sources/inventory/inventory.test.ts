import {mkdtemp, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {expect, test} from 'vitest';
import {readSource, type ReadHints} from '../../../../src/sources/read.ts';

const folder = await mkdtemp(join(tmpdir(), 'bulkhead-inventory-'));

async function read(text: string, name: string, hints: ReadHints = {}) {
  const path = join(folder, name);
  await writeFile(path, text);
  const {intake, findings} = await readSource(path, name, hints);
  if (!intake) throw new Error(JSON.stringify(findings));
  return {...intake, findings: [...findings, ...intake.findings]};
}

const yaml = (spec: string) =>
  `apiVersion: bulkhead.dev/v1alpha1\nkind: Inventory\nspec:\n${spec.replaceAll(/^/gm, '  ')}`;

const FULL = yaml(`source: rz-nord
containers:
  - {id: rz1, name: RZ Nord, kind: datacenter}
  - {id: prod, kind: cluster, parent: rz1}
hosts:
  - {id: h1, name: node1, container: prod, cpuModel: AMD EPYC 9354, hyperThreadingActive: false, domain: CORP.example}
workloads:
  - {id: '17', name: kis-db, type: database, vcpu: 8, memoryGiB: 64, storageGiB: 0.5, os: Debian 12, region: nord, container: prod, host: node1, internetExposed: false, tags: {data-class: hoch}}
  - {id: '18', environment: test, usbPassthrough: true, licences: 'oracle, rhel', application: lab, identities: ['ad:corp'], state: stopped}
`);

test('the YAML form gives workloads, places and hosts with stable ids', async () => {
  const {facts, source, ledger, findings, provenance} = await read(FULL, 'inv.yaml');
  expect(findings).toEqual([]);
  expect(source).toMatchObject({id: 'inventory.yaml:rz-nord', cloud: 'private', scopes: ['rz-nord']});
  expect(facts.workloads).toMatchObject([
    {
      id: 'private:rz-nord/17', name: 'kis-db', type: 'database', vcpu: 8, memoryMiB: 65_536, storageMiB: 512, host: 'private:rz-nord/host:h1',
      container: 'private:rz-nord/prod', internetExposed: {value: false, field: 'internetExposed'}, tags: {'data-class': 'hoch'}, state: 'unknown',
    },
    {
      id: 'private:rz-nord/18', name: '18', type: 'vm', vcpu: null, memoryMiB: null, storageMiB: null, host: null, internetExposed: null, application: 'lab',
      container: 'private:rz-nord/environment:test', tags: {environment: 'test'}, attributes: {usbPassthrough: true, licences: 'oracle, rhel'}, identities: ['ad:corp'], state: 'stopped',
    },
  ]); // prettier-ignore
  expect(facts.containers.map(({id, kind, parent}) => [id, kind, parent])).toEqual([
    ['private:rz-nord', 'environment', null],
    ['private:rz-nord/rz1', 'datacenter', 'private:rz-nord'],
    ['private:rz-nord/prod', 'cluster', 'private:rz-nord/rz1'],
    ['private:rz-nord/environment:test', 'environment', 'private:rz-nord'],
  ]);
  expect(facts.hosts).toMatchObject([
    {
      id: 'private:rz-nord/host:h1',
      container: 'private:rz-nord/prod',
      domain: 'corp.example',
      hyperThreadingActive: false,
    },
  ]);
  expect(ledger).toMatchObject([
    {rowsIn: 5, kept: 2, classifiedBy: {container: 2, host: 1}, status: 'complete'},
  ]);
  expect(provenance.find(({fact}) => fact === 'private:rz-nord/18')?.place).toMatchObject({
    file: 'inv.yaml',
    line: 12,
  });
});

test('a fault is placed and costs its workload only', async () => {
  const {facts, findings, ledger} = await read(
    yaml('source: a\nworkloads:\n  - {id: x, vcpus: 4}\n  - {id: y, vcpu: 2}\n  - {id: z, type: databse}\n'),
    'inv.yaml',
  );
  expect(findings.map(({code, where, partial}) => [code, where.line, partial])).toEqual([
    ['BH-DOC-002', 6, true],
    ['BH-DOC-003', 8, true],
  ]);
  expect(findings[0]?.message).toContain('did you mean `vcpu`');
  expect(facts.workloads.map((workload) => workload.id)).toEqual(['private:a/y']);
  expect(ledger).toMatchObject([{rowsIn: 3, kept: 1, rejected: 2, status: 'partial'}]);
});

test('references to nothing and ids used twice are findings; nothing is dropped', async () => {
  const text = yaml(
    'source: a\nhosts: [{id: esx1}]\ncontainers: [{id: prod}]\nworkloads:\n  - {id: x, container: prd, host: esx2}\n  - {id: x}\n',
  );
  const {facts, findings} = await read(text, 'inv.yaml');
  expect(facts.workloads.map(({id, container, host}) => [id, container, host])).toEqual([
    ['private:a/x', 'private:a', null],
    ['private:a/x#2', 'private:a', null],
  ]);
  expect(findings.map(({code}) => code)).toEqual(['BH-INV-002', 'BH-INV-001', 'BH-INV-001']);
  expect(findings.map(({message}) => message).join()).toMatch(/did you mean `prod`.*did you mean `esx1`/);
});

test('the CSV form: same columns, tags, spellings of numbers and booleans', async () => {
  const text =
    'id;name;Type;vcpu;memory_gib;storageGiB;internetExposed;identities;environment;host;tag:data-class;tag:password\n' +
    '1;web;VM;4;8,5;1.024;ja;a|b;prod;n1;hoch;geheim123\n2;;database;;;;;;;;;\n3;bad;vm;many;1;1;;;;;;\n4;short\n';
  const {facts, ledger, findings} = await read(text, 'rz.csv', {scope: 'nord'});
  expect(facts.workloads).toMatchObject([
    {
      id: 'private:nord/1',
      type: 'vm',
      vcpu: 4,
      memoryMiB: 8704,
      storageMiB: 1_048_576,
      internetExposed: {value: true},
      identities: ['a', 'b'],
      host: 'private:nord/host:n1',
      tags: {'data-class': 'hoch', environment: 'prod'},
    },
    {id: 'private:nord/2', name: '2', type: 'database', vcpu: null, memoryMiB: null, tags: {}},
  ]);
  expect(ledger).toMatchObject([
    {
      rowsIn: 4,
      kept: 2,
      rejected: 2,
      rejectedBy: {'does not match its schema': 1, 'ragged row': 1},
      status: 'partial',
    },
  ]);
  expect(JSON.stringify({facts, findings})).not.toContain('geheim123');
  expect(findings.map(({code, where}) => [code, where.line, where.column])).toEqual([
    ['BH-IO-019', 5, undefined], ['BH-INV-003', 2, 'password'], ['BH-DOC-001', 4, 'vcpu'],
  ]); // prettier-ignore
});

test('an unknown CSV column is named, with the nearest known one, and kept as a tag', async () => {
  const {facts, findings} = await read('id,type,vcpu,regoin\n1,vm,2,nord\n', 'rz.csv');
  expect(facts.workloads[0]).toMatchObject({id: 'private:rz/1', region: null, tags: {regoin: 'nord'}});
  expect(findings).toMatchObject([{code: 'BH-INV-005', where: {column: 'regoin'}}]);
  expect(findings[0]?.message).toContain('did you mean `region`');
});
