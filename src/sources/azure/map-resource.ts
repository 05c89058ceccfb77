import type {GenericResourceExpanded} from '@azure/arm-resources';
import type {Workload, WorkloadType} from '../../model/estate.ts';
import type {Draft} from '../draft.ts';
import {field, fieldOf, flag, isRow, known, list, number, pointer, text, textOf} from '../record.ts';
import {containerOf} from './arm-id.ts';
import type {ArmId} from './arm-id.ts';
import {azureExposure} from './exposure.ts';
import {mapIdentity} from './map-identity.ts';

/** One ARM or Resource Graph row of a workload type → workload. */
export function mapResource(
  draft: Draft,
  row: unknown,
  at: string,
  arm: ArmId,
  options: {
    type: string;
    workloadType: WorkloadType;
    tenant: string | null;
    /** ARM ids of user-assigned identities in this file → object ids of their principals. */
    assignable: ReadonlyMap<string, string>;
  },
): Workload {
  // `az vm list` and its siblings lift `properties` to the top level.
  const inner = field(row, 'properties');
  const properties = isRow(inner) ? inner : row;
  const container = containerOf(arm);
  const name = (textOf<GenericResourceExpanded>(row, 'name') ?? arm.name).split('/').at(-1) ?? arm.name;
  const kind = (textOf<GenericResourceExpanded>(row, 'kind') ?? '').toLowerCase();
  const tags = fieldOf<GenericResourceExpanded>(row, 'tags');
  const size = sizeName(row, properties);
  return {
    id: `azure:${arm.id}`,
    name,
    type: isFunctionApp(options.type, kind) ? 'function' : options.workloadType,
    cloud: 'azure',
    nativeType: options.type,
    source: draft.source,
    container,
    application: null,
    region: textOf<GenericResourceExpanded>(row, 'location'),
    state: stateOf(row, properties),
    tags: isRow(tags) ? draft.tags(Object.entries(tags), pointer(at, 'tags')) : {},
    os: osOf(properties),
    vcpu: vcpuOf(properties, size),
    memoryMiB: memoryOf(properties),
    storageMiB: storageOf(properties),
    identities: mapIdentity(draft, row, at, {name, container, tenant: options.tenant}, options.assignable),
    internetExposed: azureExposure(options.type, properties),
    host: null,
    attributes: attributesOf(properties, kind, size),
  };
}

function isFunctionApp(type: string, kind: string): boolean {
  return type.startsWith('microsoft.web/sites') && kind.split(',').includes('functionapp');
}

function sizeName(row: unknown, properties: unknown): string | null {
  return (
    text(properties, 'hardwareProfile', 'vmSize') ??
    text(row, 'sku', 'name') ??
    text(properties, 'sku', 'name') ??
    text(properties, 'currentServiceObjectiveName')
  );
}

/** Power state of VMs in the three places exports keep it, else the state of services that report one. */
function stateOf(row: unknown, properties: unknown): Workload['state'] {
  const codes = [
    text(properties, 'extended', 'instanceView', 'powerState', 'code'),
    text(row, 'powerState'),
    ...list(properties, 'instanceView', 'statuses').map((status) => text(status, 'code')),
    text(properties, 'powerState', 'code'),
    text(properties, 'state'),
    text(properties, 'status'),
  ];
  for (const code of codes) {
    const word = code?.toLowerCase().replace(/^(?:powerstate\/|vm )/, '') ?? '';
    const state = STATES.get(word);
    if (state !== undefined) return state;
  }
  return 'unknown';
}

const STATES: ReadonlyMap<string, Workload['state']> = new Map([
  ['running', 'running'],
  ['ready', 'running'],
  ['online', 'running'],
  ['connected', 'running'],
  ['stopped', 'stopped'],
  ['deallocated', 'stopped'],
  ['deallocating', 'stopped'],
  ['disconnected', 'stopped'],
  ['paused', 'stopped'],
]);

/** What the guest reports, else what the image says, else only the family. */
function osOf(properties: unknown): string | null {
  const guest = text(properties, 'extended', 'instanceView', 'osName') ?? text(properties, 'osSku');
  if (guest !== null) return guest;
  const profile =
    field(properties, 'storageProfile') ?? field(properties, 'virtualMachineProfile', 'storageProfile');
  const family =
    text(profile, 'osDisk', 'osType') ?? text(properties, 'osName') ?? text(properties, 'osType');
  const offer = text(profile, 'imageReference', 'offer');
  if (offer === null) return family;
  const image = [offer, text(profile, 'imageReference', 'sku') ?? ''].join(' ').trim();
  return family === null ? image : `${image} (${family})`;
}

/**
 * vCPUs as stated; else from the size name where Azure's naming convention says so: the number after
 * the family is the vCPU count from version 3 on (`Standard_D4s_v5`), and a number after a dash is the
 * constrained count. Older names (`Standard_DS3_v2`) count differently and stay unknown.
 */
function vcpuOf(properties: unknown, size: string | null): number | null {
  const stated =
    number(properties, 'hardwareProfile', 'vmSizeProperties', 'vCPUsAvailable') ??
    number(properties, 'vCores') ??
    number(properties, 'detectedProperties', 'logicalCoreCount');
  if (stated !== null) return stated;
  const named = /^(?:Standard|Basic)_[A-Z]+(\d+)(?:-(\d+))?[a-z]*(?:_[A-Z0-9]+)*_v(?:[3-9]|\d\d)$/.exec(
    size ?? '',
  );
  return named === null ? null : Number(named[2] ?? named[1]);
}

function memoryOf(properties: unknown): number | null {
  const gib = number(properties, 'detectedProperties', 'totalPhysicalMemoryInGigabytes');
  return gib === null ? null : Math.round(gib * 1024);
}

/** Sum of the disks of a VM when every one states its size; else the storage a database reserves. */
function storageOf(properties: unknown): number | null {
  const profile = field(properties, 'storageProfile');
  if (isRow(profile)) {
    const sizes = [
      number(profile, 'osDisk', 'diskSizeGB'),
      ...list(profile, 'dataDisks').map((disk) => number(disk, 'diskSizeGB')),
    ];
    const known = sizes.filter((size) => size !== null);
    return known.length === sizes.length ? known.reduce((sum, size) => sum + size, 0) * 1024 : null;
  }
  const gb = number(properties, 'storageSizeInGB') ?? number(properties, 'storage', 'storageSizeGB');
  if (gb !== null) return gb * 1024;
  const bytes = number(properties, 'maxSizeBytes');
  return bytes === null ? null : Math.round(bytes / 1_048_576);
}

function attributesOf(properties: unknown, kind: string, size: string | null): Workload['attributes'] {
  const hosted = text(properties, 'host', 'id') ?? text(properties, 'hostGroup', 'id');
  return known<string | number | boolean>({
    size,
    kind: kind === '' ? null : kind,
    engine: text(properties, 'version'),
    kmsKey: kmsKey(properties),
    smbiosUuid: text(properties, 'vmUuid'),
    instanceUuid: text(properties, 'vmId'),
    dnsName:
      text(properties, 'fullyQualifiedDomainName') ??
      text(properties, 'dnsFqdn') ??
      text(properties, 'defaultHostName'),
    licences: broughtLicence(text(properties, 'licenseType')),
    tenancy: hosted === null ? null : 'host',
    instances: number(properties, 'virtualMachineProfile', 'capacity'),
    encryptedAtRest: field(properties, 'securityProfile', 'encryptionAtHost') === true ? true : null,
    sharedKeyAccess: flag(properties, 'allowSharedKeyAccess'),
    publicBlobs: flag(properties, 'allowBlobPublicAccess'),
    localUsers: flag(properties, 'isLocalUserEnabled'),
    rbac: byRoles(properties),
    purgeProtection: flag(properties, 'enablePurgeProtection'),
    softDelete: flag(properties, 'enableSoftDelete'),
    localAuthOff: flag(properties, 'disableLocalAuth') ?? flag(properties, 'disableLocalAccounts'),
    directoryLoginOnly: flag(properties, 'administrators', 'azureADOnlyAuthentication'),
    oidcIssuer: text(properties, 'oidcIssuerProfile', 'issuerURL'),
    workloadIdentity: flag(properties, 'securityProfile', 'workloadIdentity', 'enabled'),
  });
}

/** A licence of the customer's own, by the words of the API; `None` and an included one need no right elsewhere. */
function broughtLicence(type: string | null): string | null {
  return type === null ? null : (OWN_LICENCES.get(type.toLowerCase()) ?? null);
}

const OWN_LICENCES = new Map([
  ['windows_server', 'windows-server'],
  ['windows_client', 'windows-client'],
  ['rhel_byos', 'rhel'],
  ['sles_byos', 'sles'],
  ['baseprice', 'sql-server'],
]);

/** Vaults that keep access policies go by them unless the field says otherwise; it is absent from old ones. */
function byRoles(properties: unknown): boolean | null {
  const stated = flag(properties, 'enableRbacAuthorization');
  return stated === null && list(properties, 'accessPolicies').length > 0 ? false : stated;
}

function kmsKey(properties: unknown): string | null {
  const vault =
    field(properties, 'encryption', 'keyVaultProperties') ??
    field(properties, 'encryption', 'keyvaultproperties');
  const uri = text(vault, 'keyVaultUri') ?? text(vault, 'keyvaulturi');
  const name = text(vault, 'keyName') ?? text(vault, 'keyname');
  if (uri !== null && name !== null) return `${uri.replace(/\/$/, '')}/keys/${name}`;
  return (
    text(properties, 'keyId') ??
    text(properties, 'keyVaultKeyUri') ??
    text(properties, 'storageProfile', 'osDisk', 'managedDisk', 'diskEncryptionSet', 'id')
  );
}
