import {existsSync} from 'node:fs';
import {mkdtemp, readFile, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {expect, test} from 'vitest';
import type {Intake} from '../../../../src/model/estate.ts';
import {readSource, type ReadHints} from '../../../../src/sources/read.ts';
import {countRows} from '../../../fixtures/rvtools/count-rows.ts';
import {
  makeCsv,
  makeRvtools,
  rvtoolsTabs,
  tabsToXlsx,
  type RvtoolsOptions,
} from '../../../fixtures/rvtools/make.ts';

const folder = await mkdtemp(join(tmpdir(), 'bulkhead-rvtools-'));
const VC = '11111111-2222-4333-8444-555555555555';
const UUID = (n: number) => `aaaaaaaa-0000-4000-8000-00000000000${n}`;

async function read(data: Uint8Array | string, hints: ReadHints = {}, name = 'export.xlsx'): Promise<Intake> {
  const path = join(folder, name);
  await writeFile(path, data);
  const {intake, findings} = await readSource(path, name, hints);
  if (!intake) throw new Error(JSON.stringify(findings));
  return intake;
}

const make = async (options: RvtoolsOptions, hints: ReadHints = {}) =>
  read(await makeRvtools(options), hints);
const line = (intake: Intake, api: string) => intake.ledger.find((entry) => entry.api === api);
const codes = (intake: Intake) => intake.findings.map((finding) => finding.code);
const one = (intake: Intake) => intake.facts.workloads[0]!;

function without(value: object, keys: string[]): Record<string, unknown> {
  return Object.fromEntries(Object.entries(value).filter(([key]) => !keys.includes(key)));
}

const ESTATE: Omit<RvtoolsOptions, 'version'> = {
  vms: [
    {name: 'web', id: 'vm-1', vmUuid: UUID(1), cpus: 4, memoryMiB: 8192, provisionedMiB: 70_000, inUseMiB: 20_000, tags: {Owner: 'Team A', 'data-class': 'vertraulich'}},
    {name: 'db', id: 'vm-2', vmUuid: UUID(2), powerState: 'poweredOff', inUseMiB: 0, provisionedMiB: 90_000},
  ],
  hosts: [
    {Host: 'esx01.example.test', Datacenter: 'DC1', Cluster: 'CL1', 'CPU Model': 'Intel(R) Xeon(R) Gold 6248R', 'HT Active': 'True', 'ESX Version': 'VMware ESXi 7.0.3', 'BIOS Date': 44_270, Domain: 'Corp.Example.Test', 'Assigned License(s)': 'AAAAA-BBBBB-CCCCC-DDDDD-EEEEE'},
  ],
  clusters: [{Name: 'CL1', NumHosts: 1, Zone: 'A'}],
}; // prettier-ignore

test('a VM, its host and its containers, with every fact the export holds', async () => {
  const intake = await make({...ESTATE, version: '4.7.1.4'});
  expect(one(intake)).toMatchObject({
    id: `vmware:${VC}/vm-1`, name: 'web', type: 'vm', cloud: 'vmware', state: 'running', vcpu: 4, memoryMiB: 8192,
    storageMiB: 20_000, region: 'DC1', container: `vmware:${VC}/cluster:DC1/CL1`, os: 'Ubuntu Linux (64-bit)',
    host: `vmware:${VC}/host:esx01.example.test`, internetExposed: null,
    tags: {Owner: 'Team A', 'data-class': 'vertraulich'},
    attributes: {instanceUuid: UUID(1), hwVersion: '19', folder: '/DC1/vm', storageBasis: 'In Use MiB'},
  }); // prettier-ignore
  expect(intake.facts.workloads[1]).toMatchObject({
    state: 'stopped',
    storageMiB: 90_000,
    attributes: {storageBasis: 'Provisioned MiB'},
  });
  expect(intake.facts.hosts).toEqual([
    {
      id: `vmware:${VC}/host:esx01.example.test`, name: 'esx01.example.test', container: `vmware:${VC}/cluster:DC1/CL1`,
      cpuModel: 'Intel(R) Xeon(R) Gold 6248R', hyperThreadingActive: true, version: 'VMware ESXi 7.0.3',
      biosDate: '2021-03-15', domain: null, dnsDomain: 'corp.example.test',
    },
  ]); // prettier-ignore
  expect(intake.facts.containers.map(({kind, name, parent, tags}) => [kind, name, parent, tags])).toEqual([
    ['vcenter', 'vc01.example.test', null, {}],
    ['datacenter', 'DC1', `vmware:${VC}`, {}],
    ['cluster', 'CL1', `vmware:${VC}/datacenter:DC1`, {Zone: 'A'}],
  ]);
  expect(intake.source).toMatchObject({
    id: `vmware.rvtools:${VC}`,
    cloud: 'vmware',
    scopes: [VC],
    file: 'export.xlsx',
  });
  expect(intake.provenance[0]).toMatchObject({
    fact: one(intake).id,
    place: {file: 'export.xlsx', sheet: 'vInfo', row: 2},
  });
  expect(codes(intake)).toEqual([]);
});

test('the eras of RVTools give the same estate on the fields the era holds', async () => {
  const facts = async (version: string, more: Partial<RvtoolsOptions> = {}) => {
    const {workloads, hosts} = (await make({...ESTATE, ...more, version})).facts;
    return {
      hosts,
      workloads: workloads.map((workload) => ({
        ...workload,
        attributes: without(workload.attributes, ['instanceUuid', 'smbiosUuid', 'storageBasis']),
      })),
    };
  };
  const now = await facts('4.7.1.4');
  for (const version of ['3.11.9', '4.0.4', '4.1.2', '4.3.1', '4.4.1', '4.8.1'])
    expect({version, ...(await facts(version))}).toEqual({version, ...now});
  expect(await facts('4.7.1.4', {databaseColumns: true})).toEqual(now);
});

test('VM UUID means SMBIOS before 4.3.1, instance since, and nothing where no version is known', async () => {
  const uuids = async (version: string, tabs?: string[]) => {
    const {attributes} = one(await make({...ESTATE, version, ...(tabs ? {tabs} : {})}));
    return [attributes['instanceUuid'], attributes['smbiosUuid'], attributes['vmUuid']].map(
      (value) => value !== undefined,
    );
  };
  expect(await uuids('4.1.4')).toEqual([false, true, false]);
  expect(await uuids('4.3.1')).toEqual([true, false, false]);
  expect(await uuids('4.7.1.4')).toEqual([true, false, false]);
  expect(await uuids('4.4.1', ['vInfo'])).toEqual([true, false, false]); // told by its headers
  expect(await uuids('4.0.4', ['vInfo'])).toEqual([false, true, false]); // MB labels
  expect(await uuids('4.1.4', ['vInfo'])).toEqual([false, false, true]); // either side of 4.3.1
});

test('templates, placeholders, FT secondaries, agents and repeated headers are classified by name', async () => {
  const tabs = rvtoolsTabs({
    version: '4.7.1.4',
    vms: [
      {name: 'gold', template: true},
      {name: 'copy', srmPlaceholder: true},
      {name: 'shadow', cells: {'FT Role': 'secondary'}},
      {name: 'lead', cells: {'FT Role': 'primary'}},
      {name: 'vCLS-4c4c4544-0051'},
      {name: 'vclsbackup'},
      {name: 'VM'},
      {name: '', id: null},
      {name: '', id: 'vm-77'},
    ],
  });
  const vInfo = tabs[0]!;
  vInfo.rows.splice(4, 0, vInfo.header);
  const intake = await read(await tabsToXlsx(tabs, 200));
  expect(line(intake, 'vInfo')).toMatchObject({
    rowsIn: 10, kept: 4, classified: 5, rejected: 1,
    classifiedBy: {template: 1, 'SRM placeholder': 1, 'FT secondary': 1, 'vCLS agent': 1, 'repeated header': 1},
    rejectedBy: {'neither name nor id': 1},
  }); // prettier-ignore
  expect(intake.facts.workloads.map((workload) => workload.name)).toEqual([
    'lead',
    'vclsbackup',
    'VM',
    'vm-77',
  ]);
});

test('colliding ids are both kept, told apart and reported', async () => {
  const intake = await make({
    version: '4.7.1.4',
    vms: [
      {name: 'a', id: 'vm-1'},
      {name: 'b', id: 'vm-1'},
      {name: 'c', id: 'vm-1'},
    ],
  });
  expect(intake.facts.workloads.map((workload) => workload.id)).toEqual([
    `vmware:${VC}/vm-1`,
    `vmware:${VC}/vm-1#2`,
    `vmware:${VC}/vm-1#3`,
  ]);
  expect(intake.findings.filter((finding) => finding.code === 'BH-VMW-002')).toMatchObject([
    {where: {row: 3}},
    {where: {row: 4}},
  ]);
});

test('the key falls back: VM ID of another tab, instance UUID, then place and name', async () => {
  const ids = async (options: RvtoolsOptions) =>
    (await make(options)).facts.workloads.map((workload) => workload.id);
  const bare = {
    version: '4.7.1.4',
    vms: [
      {name: 'a', id: null, vmUuid: UUID(1)},
      {name: 'b', id: null},
    ],
  };
  expect(await ids(bare)).toEqual([`vmware:${VC}/uuid:${UUID(1)}`, `vmware:${VC}/name:DC1//DC1/vm/b`]);
  const tabs = rvtoolsTabs({
    version: '4.7.1.4',
    vms: [
      {name: 'a', id: 'vm-9'},
      {name: 'b', id: 'vm-8'},
    ],
  });
  const column = tabs[0]!.header.indexOf('VM ID');
  tabs[0]!.rows[0]![column] = null;
  expect((await read(await tabsToXlsx(tabs))).facts.workloads.map((workload) => workload.id)).toEqual([
    `vmware:${VC}/vm-9`,
    `vmware:${VC}/vm-8`,
  ]);
});

test('where no vCenter is stated the workspace may name it; else ids lean on UUIDs and say so', async () => {
  const options = {
    version: '4.7.1.4',
    vcenter: {server: null, uuid: null},
    vms: [{name: 'a', id: 'vm-1', vmUuid: UUID(1)}],
  };
  const unnamed = await make(options);
  expect(one(unnamed).id).toBe(`vmware:unidentified/uuid:${UUID(1)}`);
  expect(codes(unnamed)).toContain('BH-VMW-008');
  const named = await make(options, {scope: 'VC07.example.test'});
  expect(one(named).id).toBe('vmware:vc07.example.test/vm-1');
  expect(named.source.scopes).toEqual(['vc07.example.test']);
});

test('a merged file keeps equal names and ids of two vCenters apart, also where a row states only the server', async () => {
  const other = {server: 'vc02.example.test', uuid: '99999999-2222-4333-8444-555555555555'};
  const intake = await make({
    version: '4.7.1.4',
    vms: [
      {name: 'app', id: 'vm-1', disks: [{Raw: 'True'}]},
      {name: 'app', id: 'vm-1', vcenter: other},
      {name: 'late', id: 'vm-2', vcenter: {...other, uuid: null}},
    ],
  });
  expect(intake.facts.workloads.map((workload) => workload.id)).toEqual([
    `vmware:${VC}/vm-1`,
    `vmware:${other.uuid}/vm-1`,
    `vmware:${other.uuid}/vm-2`,
  ]);
  expect(intake.facts.workloads.map((workload) => workload.attributes['rawDeviceMapping'])).toEqual([
    true,
    undefined,
    undefined,
  ]);
  expect(intake.source.scopes).toEqual([VC, other.uuid]);
});

test('site columns of all VM tabs become tags; a contradiction is a finding and the first tab wins', async () => {
  const tabs = rvtoolsTabs({
    version: '4.7.1.4',
    vms: [
      {name: 'a', tags: {Owner: 'x', class: ''}},
      {name: 'b', tags: {Owner: 'y'}},
    ],
  });
  const disk = tabs.find((tab) => tab.name === 'vDisk')!;
  const put = (column: string, value: string) => (disk.rows[0]![disk.header.indexOf(column)] = value);
  put('Owner', 'z');
  put('class', 'geheim');
  const intake = await read(await tabsToXlsx(tabs));
  expect(intake.facts.workloads.map((workload) => workload.tags)).toEqual([
    {Owner: 'x', class: 'geheim'},
    {Owner: 'y'},
  ]);
  expect(intake.findings.filter((finding) => finding.code === 'BH-VMW-004')).toMatchObject([
    {code: 'BH-VMW-004', where: {sheet: 'vDisk', row: 2, column: 'Owner'}},
  ]);
  expect(codes(await make({version: '4.7.1.4', vms: [{name: 'a'}]}))).toContain('BH-VMW-007');
});

test('what binds a VM to its hardware is found on its tabs', async () => {
  const intake = await make({
    version: '4.7.1.4',
    vms: [
      {name: 'rdm', disks: [{}, {'Raw LUN ID': 'naa.1'}]},
      {name: 'multi', disks: [{'Sharing mode': 'sharingMultiWriter'}]},
      {name: 'bus', disks: [{'Shared Bus': 'physicalSharing'}]},
      {name: 'twin1', disks: [{Path: '[ds] q/q.vmdk'}]},
      {name: 'twin2', disks: [{Path: '[ds] q/q.vmdk'}]},
      {name: 'usb', usb: [{'Device Node': 'USB 1', 'Device Type': 'Dongle'}]},
      {name: 'hub', usb: [{'Device Node': 'USB controller 1', 'Device Type': 'controller'}]},
      {name: 'sriov', nics: [{Adapter: 'SR-IOV passthrough'}]},
      {name: 'pci', cells: {'Fixed Passthru HotPlug': 'True'}},
      {name: 'plain', nics: [{'Direct Path IO': 'True'}]},
    ],
  });
  const gate = ['rawDeviceMapping', 'sharedDisk', 'usbPassthrough', 'pciPassthrough'];
  const bound = intake.facts.workloads.map(
    ({name, attributes}) => `${name}: ${gate.filter((key) => attributes[key] === true).join()}`,
  );
  expect(bound).toEqual([
    'rdm: rawDeviceMapping', 'multi: sharedDisk', 'bus: sharedDisk', 'twin1: sharedDisk', 'twin2: sharedDisk',
    'usb: usbPassthrough', 'hub: ', 'sriov: pciPassthrough', 'pci: pciPassthrough', 'plain: ',
  ]); // prettier-ignore
});

test('detail rows find their VM by id, also where names repeat; by name alone only a name that is there once', async () => {
  const vms = [
    {name: 'app', id: 'vm-1'},
    {name: 'app', id: 'vm-2', disks: [{Raw: 'True'}]},
    {name: 'solo', id: 'vm-3', disks: [{Raw: 'True'}]},
  ];
  const bound = (intake: Intake) =>
    intake.facts.workloads.map(({attributes}) => attributes['rawDeviceMapping'] === true);
  expect(bound(await make({version: '4.7.1.4', vms}))).toEqual([false, true, true]);
  const tabs = rvtoolsTabs({version: '4.7.1.4', vms});
  const disk = tabs.find((tab) => tab.name === 'vDisk')!;
  for (const row of disk.rows) row[disk.header.indexOf('VM ID')] = null;
  const named = await read(await tabsToXlsx(tabs));
  expect(bound(named)).toEqual([false, false, true]);
  expect(line(named, 'vDisk')).toMatchObject({
    rowsIn: 3,
    classifiedBy: {disk: 1, 'detail without a VM in vInfo': 2},
  });
});

test('secrets and licences reach no fact, finding or ledger line', async () => {
  const secrets = [
    'Tr0ub4dor',
    'AKIAIOSFODNN7EXAMPLE',
    'ABCDE-12345-FGHIJ-67890-KLMNO',
    'LICEN-SEKEY-00000-11111-22222',
    'p0ssword!',
  ];
  const intake = await make({
    version: '4.7.1.4',
    vms: [
      {
        name: 'a',
        annotation: `admin pwd: ${secrets[0]} for now`,
        tags: {note: `key ${secrets[1]}`, 'root password': secrets[4]!},
      },
      {name: 'b', annotation: `licence ${secrets[2]}`},
    ],
    hosts: [{Host: 'esx01.example.test', 'Assigned License(s)': secrets[3]!}],
    licences: [{Name: 'vSphere', Key: secrets[3]!}],
  });
  for (const secret of secrets) expect(JSON.stringify(intake)).not.toContain(secret);
  expect(one(intake).attributes['annotation']).toContain('for now');
  const placed = intake.findings
    .filter((finding) => finding.code === 'BH-VMW-005')
    .map(({where}) => `${where.sheet}/${where.row}/${where.column}`);
  expect(placed).toEqual(
    expect.arrayContaining([
      'vInfo/2/Annotation',
      'vInfo/2/note',
      'vInfo/2/root password',
      'vInfo/3/Annotation',
    ]),
  );
  expect(line(intake, 'vLicense')).toMatchObject({rowsIn: 1, classifiedBy: {'licence (not read)': 1}});
});

test('unset, unlimited and unreadable cells are unknown, never 0', async () => {
  const cells = {
    CPUs: 'VM',
    Memory: -1,
    'Provisioned MiB': 'lots',
    'In Use MiB': null,
    'Total disk capacity MiB': null,
    Datacenter: 'VM',
  };
  const tabs = rvtoolsTabs({
    version: '4.7.1.4',
    tabs: ['vInfo', 'vHost'],
    vms: [{name: 'a', cells}],
    hosts: [{Host: 'esx01.example.test', 'BIOS Date': 25_569, 'HT Active': '', Domain: 'localdomain'}],
  });
  const intake = await read(await tabsToXlsx(tabs));
  expect(one(intake)).toMatchObject({vcpu: null, memoryMiB: null, storageMiB: null, region: null});
  expect(intake.facts.hosts[0]).toMatchObject({
    biosDate: null,
    hyperThreadingActive: null,
    domain: null,
    dnsDomain: null,
  });
  expect(intake.findings.filter((finding) => finding.code === 'BH-VMW-010')).toMatchObject([
    {where: {sheet: 'vInfo', row: 2, column: 'Provisioned MiB'}},
  ]);
});

test('one tab as CSV: both separators, decimal comma, German booleans, same ids as the workbook', async () => {
  const workbook = await make({...ESTATE, version: '4.7.1.4', tabs: ['vInfo']});
  const tab = rvtoolsTabs({...ESTATE, version: '4.7.1.4'})[0]!;
  for (const [delimiter, comma] of [
    [',', false],
    [';', true],
  ] as const) {
    const csv = await read(makeCsv(tab, delimiter, comma), {}, 'RVTools_tabvInfo.csv');
    expect(csv.facts.workloads.map((workload) => without(workload, ['source']))).toEqual(
      workbook.facts.workloads.map((workload) => without(workload, ['source'])),
    );
    expect(csv.ledger).toMatchObject([{api: 'vInfo', rowsIn: 2, kept: 2}]);
  }
  const german = makeCsv(tab, ';')
    .replaceAll('True', 'WAHR')
    .replace(';8192;', ';8.192;')
    .replace('web;poweredOn;False', 'web;poweredOn;WAHR');
  const read1 = await read(german, {}, 'liste.csv');
  expect(line(read1, 'vInfo')).toMatchObject({kept: 1, classifiedBy: {template: 1}});
  const ragged = await read(`${makeCsv(tab)}broken,row\r\n`, {}, 'RVTools_tabvInfo.csv');
  expect(ragged.ledger).toMatchObject([
    {rowsIn: 3, kept: 2, rejected: 1, rejectedBy: {'ragged row': 1}, status: 'partial'},
  ]);
});

test('a workbook with headers only is read, empty, and says so', async () => {
  const path = join(folder, 'empty.xlsx');
  await writeFile(path, await makeRvtools({version: '4.7.1.4', tabs: ['vInfo', 'vHost'], vms: []}));
  const {intake, findings} = await readSource(path, 'empty.xlsx');
  expect(intake?.ledger).toMatchObject([
    {api: 'vInfo', rowsIn: 0},
    {api: 'vHost', rowsIn: 0},
  ]);
  expect(findings).toMatchObject([{code: 'BH-IO-025'}]);
});

test('the ledger agrees with rows counted without our reader, tab by tab', async () => {
  const data = await makeRvtools({...ESTATE, version: '4.7.1.4', padRows: 150, licences: [{Name: 'x'}]});
  const counted = Object.fromEntries(countRows(Buffer.from(data)));
  expect(counted).toMatchObject({vInfo: 2, vDisk: 2, vHost: 1, vLicense: 1, vMetaData: 1});
  expect(rowsIn(await read(data))).toEqual(counted);
});

const real = new URL('../../../../../shared/realdata/rvtools/', import.meta.url).pathname;

test.skipIf(!existsSync(real))(
  'the real workbooks: 9 VMs and 7 hosts, 3 VMs; every row accounted for',
  async () => {
    for (const [name, vms, hosts] of [
      ['kubev2v/test/e2e/data/example_rvtools_files/example1.xlsx', 9, 7],
      ['ibm-cloud/rvtools-small-complete.xlsx', 3, 2],
    ] as const) {
      const data = await readFile(join(real, name));
      const intake = await read(data);
      expect(intake.facts.workloads).toHaveLength(vms);
      expect(intake.facts.hosts).toHaveLength(hosts);
      expect(new Set(intake.facts.workloads.map((workload) => workload.id)).size).toBe(vms);
      expect(rowsIn(intake)).toEqual(Object.fromEntries(countRows(data)));
    }
  },
);

/** Rows in per tab; a line that does not add up is shown as such. */
function rowsIn(intake: Intake): Record<string, number | string> {
  return Object.fromEntries(
    intake.ledger.map(({api, rowsIn, kept, classified, rejected}) => [
      api,
      kept + classified + rejected === rowsIn ? rowsIn : 'does not add up',
    ]),
  );
}
