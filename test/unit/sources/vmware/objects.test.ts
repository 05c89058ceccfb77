import {existsSync} from 'node:fs';
import {mkdtemp, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {expect, test} from 'vitest';
import {readSource, type ReadHints} from '../../../../src/sources/read.ts';

const folder = await mkdtemp(join(tmpdir(), 'bulkhead-vsphere-'));
const UUID = 'aaaaaaaa-0000-4000-8000-000000000001';

async function read(value: unknown, hints: ReadHints = {}) {
  const path = join(folder, 'dump.json');
  await writeFile(path, JSON.stringify(value));
  const {intake, findings} = await readSource(path, 'dump.json', hints);
  if (!intake) throw new Error(JSON.stringify(findings));
  return intake;
}

const vm = {
  self: {type: 'VirtualMachine', value: 'vm-7'},
  name: 'web',
  availableField: [{key: 101, name: 'Owner'}],
  customValue: [{key: 101, value: 'Team A'}, {key: 5, value: 'token=abcdef123456'}],
  config: {
    template: false, uuid: 'BBBBBBBB-0000-4000-8000-000000000001', instanceUuid: UUID, guestFullName: 'Debian 12', version: 'vmx-19',
    annotation: 'password: hunter22',
    hardware: {
      numCPU: 4, memoryMB: 8192,
      device: [
        {key: 2000, capacityInKB: 10_485_760, backing: {fileName: '[ds] a.vmdk', sharing: 'sharingMultiWriter'}},
        {key: 2001, capacityInKB: 1_048_576, backing: {lunUuid: '0200', compatibilityMode: 'physicalMode'}},
        {key: 13_000, backing: {id: '3b:00.0', systemId: 'x'}},
      ],
    },
  },
  runtime: {powerState: 'poweredOff', host: {type: 'HostSystem', value: 'host-3'}},
  guest: {hostName: 'web.example.test', ipAddress: '10.0.0.7'},
  summary: {storage: {committed: 5_368_709_120, uncommitted: 1_073_741_824}},
}; // prettier-ignore

/** The same object as older tools wrote it. */
function pascal(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(pascal);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [key.charAt(0).toUpperCase() + key.slice(1), pascal(inner)]),
  );
}

test('govc in camelCase, PascalCase and mixed spelling gives the same facts', async () => {
  const camel = await read({virtualMachines: [vm]}, {scope: 'VC01'});
  expect(camel.facts.workloads).toMatchObject([
    {
      id: 'vmware:vc01/vm-7', name: 'web', state: 'stopped', vcpu: 4, memoryMiB: 8192, storageMiB: 5120, os: 'Debian 12',
      host: 'vmware:vc01/host-3', container: 'vmware:vc01',
      attributes: {
        instanceUuid: UUID, smbiosUuid: 'bbbbbbbb-0000-4000-8000-000000000001', dnsName: 'web.example.test', primaryIp: '10.0.0.7',
        rawDeviceMapping: true, sharedDisk: true, pciPassthrough: true,
      },
    },
  ]); // prettier-ignore
  expect(camel.facts.workloads[0]?.tags).toMatchObject({Owner: 'Team A'});
  expect(JSON.stringify(camel)).not.toMatch(/hunter22|abcdef123456/);
  expect(camel.findings.filter((finding) => finding.code === 'BH-VMW-005')).toHaveLength(2);
  const old = await read({VirtualMachines: [pascal(vm)]}, {scope: 'VC01'});
  const mixed = await read(
    {virtualMachines: [{...vm, config: pascal(vm.config), runtime: pascal(vm.runtime)}]},
    {scope: 'VC01'},
  );
  expect(old.facts).toEqual(camel.facts);
  expect(mixed.facts).toEqual(camel.facts);
});

test('without a vCenter the id leans on the instance UUID, and the file says so', async () => {
  const intake = await read([vm, {...vm, self: {type: 'VirtualMachine', value: 'vm-8'}}]);
  expect(intake.facts.workloads.map((workload) => workload.id)).toEqual([
    `vmware:unidentified/uuid:${UUID}`,
    `vmware:unidentified/uuid:${UUID}#2`,
  ]);
  expect(intake.findings.map((finding) => finding.code)).toEqual(
    expect.arrayContaining(['BH-VMW-002', 'BH-VMW-008']),
  );
});

test('one file of mixed objects: hosts place their VMs, the rest is counted by name', async () => {
  const template = {
    ...vm,
    self: {type: 'VirtualMachine', value: 'vm-9'},
    config: {...vm.config, template: true},
  };
  const host = {
    self: {type: 'HostSystem', value: 'host-3'}, name: 'esx3', parent: {type: 'ClusterComputeResource', value: 'domain-c1'},
    summary: {hardware: {cpuModel: 'Xeon Gold'}}, hardware: {biosInfo: {releaseDate: '2021-03-15T00:00:00Z'}},
    config: {hyperThread: {active: true}, product: {fullName: 'VMware ESXi 8.0.3'}, authenticationManagerInfo: {authConfig: [{enabled: true, joinedDomain: 'CORP.EXAMPLE'}]}},
  }; // prettier-ignore
  const cluster = {self: {type: 'ClusterComputeResource', value: 'domain-c1'}, name: 'Prod'};
  const intake = await read(
    [vm, template, host, cluster, {self: {type: 'Folder', value: 'group-v1'}}, 'stray'],
    {scope: 'vc01'},
  );
  expect(intake.facts.workloads).toMatchObject([{container: 'vmware:vc01/domain-c1'}]);
  expect(intake.facts.hosts).toEqual([
    {id: 'vmware:vc01/host-3', name: 'esx3', container: 'vmware:vc01/domain-c1', cpuModel: 'Xeon Gold', hyperThreadingActive: true, version: 'VMware ESXi 8.0.3', biosDate: '2021-03-15', domain: 'corp.example'},
  ]); // prettier-ignore
  expect(intake.facts.containers.find((container) => container.kind === 'cluster')).toMatchObject({
    name: 'Prod',
    parent: 'vmware:vc01',
  });
  expect(
    intake.ledger.map((line) => [line.api, line.rowsIn, line.kept, line.classifiedBy, line.rejected]),
  ).toEqual([
    ['VirtualMachine', 2, 1, {template: 1}, 0],
    ['HostSystem', 1, 0, {host: 1}, 0],
    ['ClusterComputeResource', 1, 0, {cluster: 1}, 0],
    ['Folder', 1, 0, {folder: 1}, 0],
    ['object', 1, 0, {}, 1],
  ]);
});

const real = new URL('../../../../../shared/realdata/vmware/', import.meta.url).pathname;

test.skipIf(!existsSync(real))('the real dumps: 120 VMs, 14 hosts, 4 clusters; one VM by govc', async () => {
  const facts = async (file: string) => {
    const {intake} = await readSource(join(real, file), file, {scope: 'vcsim'});
    if (!intake) throw new Error(file);
    return intake.facts;
  };
  const {workloads} = await facts('vcsim-dump/VirtualMachine.json');
  const {hosts} = await facts('vcsim-dump/HostSystem.json');
  expect(workloads).toHaveLength(120);
  expect(new Set(workloads.map((workload) => workload.id)).size).toBe(120);
  expect(hosts).toHaveLength(14);
  const known = new Set(hosts.map((host) => host.id));
  expect(workloads.every((workload) => workload.host && known.has(workload.host))).toBe(true);
  expect(
    (await facts('vcsim-dump/ClusterComputeResource.json')).containers.filter(
      (one) => one.kind === 'cluster',
    ),
  ).toHaveLength(4);
  expect((await facts('govmomi/vim25/types/testdata/vminfo.json')).workloads).toMatchObject([
    {name: 'test', vcpu: 1, memoryMiB: 2048},
  ]);
});

test('permissions and roles, wherever the dump has them; settings of the host that make a domain group administrator', async () => {
  const permission = (roleId: number, principal: string, more = {}) => ({
    roleId,
    principal,
    group: true,
    propagate: true,
    ...more,
  });
  const objects = [
    {self: {type: 'Folder', value: 'group-d1'}, permission: [permission(-1, 'CORP\\VC-Admins')]},
    {
      Self: {Type: 'VirtualMachine', Value: 'vm-1'},
      Name: 'app',
      Config: {Name: 'app', InstanceUuid: 'i-1'},
      Permission: [{RoleId: 7, Principal: 'ops@corp.example', Group: false, Propagate: false}, {RoleId: null}, 'odd'],
    },
    {self: {type: 'AuthorizationManager', value: 'AuthorizationManager'}, roleList: [
      {roleId: -1, name: 'Admin', privilege: ['System.View']},
      {roleId: 7, name: 'Console', privilege: ['VirtualMachine.Interact.ConsoleInteract']},
    ], permission: [permission(-2, 'CORP\\Readers', {entity: {type: 'Datacenter', value: 'datacenter-2'}})]},
    {
      self: {type: 'HostSystem', value: 'host-3'}, name: 'esx3',
      config: {
        network: {dnsConfig: {domainName: 'Corp.Example'}},
        option: [
          {key: 'Config.HostAgent.plugins.hostsvc.esxAdminsGroup', value: 'ESX Admins'},
          {key: 'Config.HostAgent.plugins.hostsvc.esxAdminsGroupAutoAdd', value: false},
        ],
      },
    },
  ]; // prettier-ignore
  const intake = await read(objects, {scope: 'vc01'});
  expect(
    intake.facts.assignments.map(({principal, role, roleName, scope, inherited}) => [
      principal,
      role,
      roleName,
      scope,
      inherited,
    ]),
  ).toEqual([
    ['vsphere:corp\\vc-admins', 'vmware:vc01/role:-1', 'Admin', 'vmware:vc01', undefined],
    ['vsphere:corp.example\\ops', 'vmware:vc01/role:7', 'Console', 'vmware:vc01/vm-1', false],
    ['vsphere:corp\\readers', 'vmware:vc01/role:-2', 'ReadOnly', 'vmware:vc01/datacenter-2', undefined],
  ]);
  expect(intake.facts.principals.map(({kind, person}) => [kind, person])).toEqual([
    ['adGroup', false],
    ['user', true],
    ['adGroup', false],
  ]);
  expect(intake.facts.roleDefinitions.map(({name, actions}) => [name, actions.length])).toEqual([
    ['Admin', 0],
    ['Console', 1],
  ]);
  expect(intake.facts.hosts[0]).toMatchObject({
    dnsDomain: 'corp.example',
    domain: null,
    esxAdminsGroup: {group: 'ESX Admins', autoAdd: false},
  });
});
