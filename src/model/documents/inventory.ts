import {z} from 'zod';
import {envelope} from './envelope.ts';

const text = (what: string) => z.string().min(1).describe(what);
const optionalText = (what: string) => text(what).nullable().optional();
const amount = (what: string) =>
  z.number().min(0).nullable().optional().describe(`${what}. Leave it out when not known; 0 means none.`);
const tags = z
  .record(z.string(), z.string())
  .optional()
  .describe('Free tags, e.g. data-class: confidential.');
const truth = (what: string) => z.boolean().nullable().optional().describe(what);

/** What a workload may be called in an inventory. */
export const INVENTORY_TYPES = [
  'vm', 'function', 'container-service', 'cluster', 'app-service', 'database', 'bucket', 'key-vault', 'queue', 'saas',
  'other',
] as const; // prettier-ignore

/** One row of an inventory; the CSV form has the same names as columns. */
export const inventoryWorkload = z.strictObject({
  id: text('Id that stays the same over exports: asset number, UUID.'),
  name: optionalText('Display name. Default: the id.'),
  type: z.enum(INVENTORY_TYPES).optional().describe('What it is. Default: vm.'),
  vcpu: amount('Virtual CPUs'),
  memoryGiB: amount('Memory, GiB'),
  storageGiB: amount('Storage in use, GiB'),
  os: optionalText('Operating system, e.g. Ubuntu 24.04.'),
  region: optionalText('Region or datacenter.'),
  environment: optionalText('prod, test …; becomes a container and the tag `environment`.'),
  container: optionalText('Id of an entry of `containers`; wins over `environment` as the place.'),
  application: optionalText('Application it belongs to.'),
  host: optionalText('Id or name of an entry of `hosts`.'),
  state: z.enum(['running', 'stopped', 'unknown']).optional().describe('Power state. Default: unknown.'),
  internetExposed: truth('Reachable from the internet. Leave it out when not known.'),
  identities: z.array(z.string().min(1)).optional().describe('Ids of principals that code on it can act as.'),
  rawDeviceMapping: truth('Has a raw device mapping (binds it to its storage).'),
  usbPassthrough: truth('Uses a USB device of its host.'),
  pciPassthrough: truth('Uses a PCI device of its host.'),
  sharedDisk: truth('Shares a disk with another workload.'),
  encryptedAtRest: truth('Its storage is encrypted.'),
  licences: optionalText('Licences it needs, separated by commas, e.g. oracle, windows-server.'),
  dnsName: optionalText('DNS name.'),
  primaryIp: optionalText('Main IP address.'),
  tags,
});

const inventoryContainer = z.strictObject({
  id: text('Id that workloads and hosts refer to.'),
  name: optionalText('Display name. Default: the id.'),
  kind: z
    .enum(['environment', 'datacenter', 'cluster', 'folder', 'project'])
    .optional()
    .describe('What it is. Default: environment.'),
  parent: optionalText('Id of the container above it.'),
  tags,
});

const inventoryHost = z.strictObject({
  id: text('Id that workloads refer to.'),
  name: optionalText('Host name. Default: the id.'),
  container: optionalText('Id of the container it is in.'),
  cpuModel: optionalText('CPU model as the system prints it; decides shared-hardware checks.'),
  hyperThreadingActive: truth('Hyper-threading is on.'),
  version: optionalText('Hypervisor version.'),
  biosDate: z.iso.date().nullable().optional().describe('Date of the BIOS, YYYY-MM-DD.'),
  domain: optionalText('AD domain the host is joined to.'),
});

/** The part around the workloads, for salvaging the good ones of a faulty file. */
export const inventorySpec = z.strictObject({
  source: text('Short name of this inventory; part of every id, so keep it.'),
  cloud: z.enum(['private', 'saas']).optional().describe('Where this is. Default: private.'),
  workloads: z.array(inventoryWorkload).describe('Everything that could be placed.'),
  containers: z.array(inventoryContainer).optional().describe('Environments, datacenters, clusters.'),
  hosts: z.array(inventoryHost).optional().describe('Physical hosts, where known.'),
});

/** `kind: Inventory`: a private cloud or anything else no export exists for. */
export const inventoryDocument = envelope('Inventory', inventorySpec);

export type InventoryDocument = z.infer<typeof inventoryDocument>;
export type InventoryWorkload = z.infer<typeof inventoryWorkload>;
