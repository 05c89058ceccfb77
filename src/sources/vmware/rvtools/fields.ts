/** Spellings of the columns we read, over versions; the first is today's. Matched by {@link headerKey}. */
export const FIELDS = {
  vm: ['VM', 'VM Name'],
  powerState: ['Powerstate', 'Power State'],
  template: ['Template'],
  srmPlaceholder: ['SRM Placeholder'],
  ftRole: ['FT Role'],
  cpus: ['CPUs', 'CPU', 'Num CPU'],
  memory: ['Memory', 'Memory MiB'],
  memorySize: ['Size MiB'],
  totalDisk: ['Total disk capacity MiB'],
  provisioned: ['Provisioned MiB'],
  inUse: ['In Use MiB'],
  disks: ['Disks'],
  capacity: ['Capacity MiB'],
  dnsName: ['DNS Name'],
  primaryIp: ['Primary IP Address', 'IP Address'],
  fixedPassthru: ['Fixed Passthru HotPlug'],
  hwVersion: ['HW version', 'Version'],
  folder: ['Folder'],
  resourcePool: ['Resource pool'],
  annotation: ['Annotation'],
  datacenter: ['Datacenter'],
  cluster: ['Cluster'],
  host: ['Host'],
  osConfig: ['OS according to the configuration file', 'OS'],
  osTools: ['OS according to the VMware Tools', 'OS Tools'],
  vmId: ['VM ID', 'VMRef', 'VM Object ID'],
  vmUuid: ['VM UUID', 'UUID'],
  smbiosUuid: ['SMBIOS UUID'],
  vcenterServer: ['VI SDK Server'],
  vcenterUuid: ['VI SDK UUID', 'vCenter UUID'],
  apiVersion: ['VI SDK API Version'],
  raw: ['Raw'],
  rawLun: ['Raw LUN ID'],
  sharingMode: ['Sharing mode'],
  sharedBus: ['Shared Bus'],
  path: ['Path'],
  deviceNode: ['Device Node'],
  deviceType: ['Device Type'],
  adapter: ['Adapter'],
  directPathIo: ['Direct Path IO'],
  // vHost, vCluster, vSource, vMetaData
  hostName: ['Host', 'Name'],
  clusterName: ['Name', 'Cluster'],
  cpuModel: ['CPU Model'],
  htActive: ['HT Active'],
  esxVersion: ['ESX Version'],
  biosDate: ['BIOS Date'],
  domain: ['Domain'],
  rvtoolsVersion: ['RVTools version', 'RVTools major version'],
  server: ['Server'],
} as const;

export type Field = keyof typeof FIELDS;

/** Header text reduced to what stays the same over versions: no case, blanks or signs, base-2 unit labels. */
export function headerKey(header: string): string {
  return header
    .replace(/\bMB\b/gi, 'MiB')
    .replace(/\bKB\b/gi, 'KiB')
    .toLowerCase()
    .replaceAll('%', 'pct')
    .replaceAll(/[^\p{L}\p{N}]/gu, '');
}

/** Sheet names: `vInfo`, `tabvInfo`, `RVTools_tabvInfo`, `vSC+VMK`. */
export function sheetKey(name: string): string {
  return name
    .toLowerCase()
    .replace(/^rvtools[_ -]*/, '')
    .replace(/^tab/, '')
    .replaceAll(/[^a-z]/g, '');
}
