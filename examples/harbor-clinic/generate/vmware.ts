import type {GeneratedFile} from './files.ts';
import {hostUuid, VCENTERS, vmUuid, type VcenterKey} from './ids.ts';
import {header, type SheetName} from './rvtools-columns.ts';
import {VMS, type Vm} from './vms.ts';
import {serial, workbook, type CellValue, type Sheet} from './workbook.ts';

type Row = Record<string, CellValue>;

interface Plant {
  datacenter: string;
  cluster: string;
  stem: string;
  domain: string | null;
  hosts: {name: string; cpu: string; bios: string}[];
  cores: number;
  memory: number;
  esx: string;
  network: string;
  /** First number of the VM and host ids of this vCenter. */
  base: number;
}

const CASCADE_LAKE = 'Intel(R) Xeon(R) Gold 6248R CPU @ 3.00GHz';
const SAPPHIRE_RAPIDS = 'Intel(R) Xeon(R) Gold 6430';
const CREATED = '2026-10-05T06:30:00Z';

const PLANTS: Record<VcenterKey, Plant> = {
  hamburg: {
    datacenter: 'Hamburg',
    cluster: 'HH-Klinik',
    stem: 'RVTools_export_all_2026_10_05_08_30_hh-vc01',
    domain: 'corp.harbor-clinic.example',
    hosts: [1, 2, 3, 4].map((n) => ({
      name: `hh-esx0${n}.corp.harbor-clinic.example`,
      cpu: CASCADE_LAKE,
      bios: n === 4 ? '2021-03-15T00:00:00Z' : '2024-06-11T00:00:00Z',
    })),
    cores: 48,
    memory: 768,
    esx: 'VMware ESXi 7.0.3 build-23794027',
    network: 'VLAN-120-Klinik',
    base: 100,
  },
  frankfurt: {
    datacenter: 'Frankfurt-A',
    cluster: 'FRA-Dedicated-Harbor',
    stem: 'RVTools_export_all_2026_10_05_09_10_nordkai-vc-a',
    domain: null,
    hosts: [1, 2, 3].map((n) => ({
      name: `fra-a-esx0${n}.nordkai-hosting.example`,
      cpu: SAPPHIRE_RAPIDS,
      bios: '2026-02-20T00:00:00Z',
    })),
    cores: 64,
    memory: 1024,
    esx: 'VMware ESXi 8.0.3 build-24585383',
    network: 'harbor-prod',
    base: 500,
  },
};

/** One RVTools workbook per vCenter. */
export function vmwareFiles(): GeneratedFile[] {
  return (Object.keys(PLANTS) as VcenterKey[]).map((key) => ({
    path: `inventory/vmware/${PLANTS[key].stem}.xlsx`,
    bytes: workbook(sheets(key)),
  }));
}

function sheets(key: VcenterKey): Sheet[] {
  const plant = PLANTS[key];
  const vms = VMS[key].map((vm, index) => ({vm, index, common: common(key, vm, index)}));
  const tail = {'VI SDK Server': VCENTERS[key].server, 'VI SDK UUID': VCENTERS[key].uuid};
  const each = (make: (vm: Vm, index: number) => Row[]): Row[] =>
    vms.flatMap(({vm, index, common: base}) => make(vm, index).map((row) => ({...base, ...row})));
  return [
    sheet(
      'vInfo',
      each((vm, index) => [info(plant, vm, index)]),
    ),
    sheet(
      'vCPU',
      each((vm) => [{CPUs: vm.vcpu, Sockets: 1, 'Cores p/s': vm.vcpu, Level: 'normal', Limit: -1}]),
    ),
    sheet(
      'vMemory',
      each((vm) => [{'Size MiB': vm.memory * 1024, Swapped: 0, Ballooned: 0, Reservation: 0, Limit: -1}]),
    ),
    sheet(
      'vDisk',
      each((vm, index) => vm.disks.map((_, disk) => diskRow(vm, index, disk))),
    ),
    sheet(
      'vNetwork',
      each((vm, index) => [network(plant, vm, index)]),
    ),
    sheet(
      'vUSB',
      each((vm) => (vm.usb ? [usb(vm.usb)] : [])),
    ),
    sheet('vSource', [
      {
        Name: 'VMware vCenter Server',
        'OS type': 'linux-x64',
        'API type': 'VirtualCenter',
        'API version': '8.0.3.0',
        Version: '8.0.3',
        'Product line': 'vpx',
        Vendor: 'VMware, Inc.',
        ...tail,
      },
    ]),
    sheet('vCluster', [
      {
        Name: plant.cluster,
        'Config status': 'green',
        OverallStatus: 'green',
        NumHosts: plant.hosts.length,
        numEffectiveHosts: plant.hosts.length,
        NumCpuCores: plant.hosts.length * plant.cores,
        'HA enabled': 'True',
        'DRS enabled': 'True',
        'Object ID': `domain-c${plant.base}`,
        ...tail,
      },
    ]),
    sheet(
      'vHost',
      plant.hosts.map((_, index) => ({...hostRow(plant, index), ...tail})),
    ),
    sheet('vDatastore', [
      {
        Name: `${plant.cluster}-vsan`,
        'Config status': 'green',
        Accessible: 'True',
        Type: 'vsan',
        'Capacity MiB': 62_914_560,
        'In Use MiB': 41_943_040,
        'Free MiB': 20_971_520,
        '# Hosts': plant.hosts.length,
        'Object ID': `datastore-${plant.base}`,
        ...tail,
      },
    ]),
    sheet('vLicense', [
      {
        Name: 'vSphere Enterprise Plus',
        Key: '00000-00000-EXAMPLE-00000-00000',
        'Cost Unit': 'cpuPackage',
        Total: 16,
        Used: plant.hosts.length * 2,
        'Expiration Date': 'Never',
        ...tail,
      },
    ]),
    sheet('vMetaData', [
      {
        'RVTools major version': 4.7,
        'RVTools version': '4.7.1.4',
        'xlsx creation datetime': serial(CREATED),
        Server: VCENTERS[key].server,
      },
    ]),
  ];
}

function sheet(name: SheetName, rows: Row[]): Sheet {
  const columns = header(name);
  for (const row of rows) {
    const stray = Object.keys(row).find((key) => !columns.includes(key) && !COMMON_ONLY.has(key));
    if (stray) throw new Error(`${name} has no column ${stray}`);
  }
  return {name, header: columns, rows: rows.map((row) => columns.map((column) => row[column]))};
}

/** Parts of the common block that not every VM sheet shows. */
const COMMON_ONLY = new Set([
  'Folder',
  'VMRef',
  'OS according to the VMware Tools',
  'OS according to the VMware tools',
]);

function common(key: VcenterKey, vm: Vm, index: number): Row {
  const plant = PLANTS[key];
  const host = plant.hosts[index % plant.hosts.length];
  const tools = vm.off
    ? null
    : vm.os.replace('Microsoft Windows Server 2022 (64-bit)', 'Microsoft Windows Server 2022');
  return {
    VM: vm.name,
    Powerstate: vm.off ? 'poweredOff' : 'poweredOn',
    Template: vm.template ? 'True' : 'False',
    'SRM Placeholder': 'False',
    Annotation: vm.note,
    ...vm.tags,
    Datacenter: plant.datacenter,
    Cluster: plant.cluster,
    Host: host?.name,
    Folder: `/${plant.datacenter}/vm/${vm.folder}`,
    'OS according to the configuration file': vm.os,
    'OS according to the VMware Tools': tools,
    'OS according to the VMware tools': tools,
    VMRef: `vm-${plant.base + index}`,
    'VM ID': `vm-${plant.base + index}`,
    'VM UUID': vmUuid(plant.base + index),
    'VI SDK Server': VCENTERS[key].server,
    'VI SDK UUID': VCENTERS[key].uuid,
  };
}

function info(plant: Plant, vm: Vm, index: number): Row {
  const disk = vm.disks.reduce((sum, size) => sum + size, 0) * 1024;
  const domain = vm.noDomain ? 'local.example' : (plant.domain ?? 'local.example');
  return {
    'Config status': 'green',
    'DNS Name': vm.off ? null : `${vm.name.toLowerCase()}.${domain}`,
    'Connection state': 'connected',
    'Guest state': vm.off ? 'notRunning' : 'running',
    'Consolidation Needed': 'False',
    PowerOn: vm.off ? null : serial('2026-09-13T03:00:00Z'),
    'Creation date': serial('2023-05-02T07:00:00Z'),
    CPUs: vm.vcpu,
    Memory: vm.memory * 1024,
    NICs: 1,
    Disks: vm.disks.length,
    'Total disk capacity MiB': disk,
    'Latency Sensitivity': 'normal',
    EnableUUID: 'True',
    CBT: 'False',
    'Primary IP Address': vm.off ? null : address(plant, index),
    'Network #1': plant.network,
    'Resource pool': `/${plant.datacenter}/host/${plant.cluster}/Resources`,
    'Folder ID': `group-v${plant.base + index}`,
    'DAS protection': 'True',
    'FT State': 'notConfigured',
    'Provisioned MiB': disk + vm.memory * 1024,
    'In Use MiB': Math.round(disk * 0.6),
    'EFI Secure boot': 'True',
    Firmware: 'efi',
    'HW version': 19,
    Path: `[${plant.cluster}-vsan] ${vm.name}/${vm.name}.vmx`,
    'SMBIOS UUID': vmUuid(0x800 + plant.base + index),
    'VI SDK Server type': 'VMware vCenter Server',
    'VI SDK API Version': '8.0.3.0',
  };
}

function diskRow(vm: Vm, index: number, disk: number): Row {
  const raw = vm.rawDisk === disk;
  return {
    Disk: `Hard disk ${disk + 1}`,
    'Disk Key': 2000 + disk,
    'Capacity MiB': (vm.disks[disk] ?? 0) * 1024,
    Raw: raw ? 'True' : 'False',
    'Disk Mode': raw ? 'independent_persistent' : 'persistent',
    'Sharing mode': 'sharingNone',
    Thin: raw ? null : 'True',
    Controller: 'SCSI controller 0',
    'Unit #': disk,
    'Shared Bus': 'noSharing',
    Path: `[vsan] ${vm.name}/${vm.name}_${disk}.vmdk`,
    'Raw LUN ID': raw ? `naa.000000000000000000000000000000${(index + 16).toString(16)}` : null,
    'Raw Comp. Mode': raw ? 'physicalMode' : null,
  };
}

function network(plant: Plant, vm: Vm, index: number): Row {
  return {
    'NIC label': 'Network adapter 1',
    Adapter: 'Vmxnet3',
    Network: plant.network,
    Connected: vm.off ? 'False' : 'True',
    'Starts Connected': 'True',
    'Mac Address': `00:50:56:00:0${plant.base / 100}:${(index + 16).toString(16)}`,
    Type: 'assigned',
    'IPv4 Address': vm.off ? null : address(plant, index),
    'Direct Path IO': 'False',
  };
}

function usb(label: string): Row {
  return {'Device Node': 'USB 1', 'Device Type': label, Connected: 'True', Family: 'other', Speed: 'full'};
}

function hostRow(plant: Plant, index: number): Row {
  const host = plant.hosts[index];
  return {
    Host: host?.name,
    Datacenter: plant.datacenter,
    Cluster: plant.cluster,
    'Config status': 'green',
    'in Maintenance Mode': 'False',
    'CPU Model': host?.cpu,
    'HT Available': 'True',
    'HT Active': 'True',
    '# CPU': 2,
    'Cores per CPU': plant.cores / 2,
    '# Cores': plant.cores,
    '# Memory': plant.memory * 1024,
    'Assigned License(s)': 'vSphere Enterprise Plus, 00000-00000-EXAMPLE-00000-00000',
    'ESX Version': plant.esx,
    'Boot time': serial('2026-08-30T02:00:00Z'),
    'DNS Servers': plant.base === 100 ? '10.20.0.11, 10.20.0.12' : '10.90.0.2',
    DHCP: 'False',
    Domain: plant.domain,
    'Domain List': plant.domain,
    Vendor: 'Example Systems',
    Model: 'Rack 2U',
    'BIOS Vendor': 'Example Systems',
    'BIOS Date': serial(host?.bios ?? CREATED),
    'Object ID': `host-${plant.base + index}`,
    UUID: hostUuid(plant.base + index),
  };
}

/** Documentation ranges keep the addresses synthetic. */
function address(plant: Plant, index: number): string {
  return plant.base === 100 ? `192.0.2.${index + 11}` : `198.51.100.${index + 11}`;
}
