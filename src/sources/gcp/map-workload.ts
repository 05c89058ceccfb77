import type {Workload, WorkloadType} from '../../model/estate.ts';
import type {Draft} from '../draft.ts';
import {field, isRow, known, list, number, pointer, text, texts} from '../record.ts';
import type {Asset} from './asset.ts';
import {gcpExposure} from './exposure.ts';
import {machineSize} from './machine-sizes.ts';
import {homeProject, serviceAccountId} from './members.ts';
import {shortName} from './names.ts';
import type {ProjectNames} from './names.ts';

const STATES: ReadonlyMap<string, Workload['state']> = new Map([
  ['RUNNING', 'running'],
  ['RUNNABLE', 'running'],
  ['READY', 'running'],
  ['ACTIVE', 'running'],
  ['SERVING', 'running'],
  ['TERMINATED', 'stopped'],
  ['STOPPED', 'stopped'],
  ['STOPPING', 'stopped'],
  ['SUSPENDED', 'stopped'],
  ['SUSPENDING', 'stopped'],
]);

/** An asset of a workload type → workload. */
export function mapWorkload(
  draft: Draft,
  asset: Asset,
  at: string,
  options: {
    id: string;
    type: WorkloadType;
    container: string | null;
    projects: ProjectNames;
    protections: ReadonlyMap<string, string>;
  },
): Workload {
  const {data, extra, row} = asset;
  const size = sizeName(data, extra);
  const machine = machineSize(size);
  const labels = asset.labels;
  return {
    id: options.id,
    name: asset.displayName === null ? shortName(asset.name) : draft.clean(shortName(asset.displayName), at),
    type: options.type,
    cloud: 'gcp',
    nativeType: asset.type,
    source: draft.source,
    container: options.container,
    application: null,
    region: asset.location,
    state: neverOn(data) ? 'stopped' : (STATES.get((asset.state ?? '').toUpperCase()) ?? 'unknown'),
    tags: isRow(labels) ? draft.tags(Object.entries(labels), pointer(at, 'labels')) : {},
    os: osOf(data, extra),
    vcpu: machine.vcpu,
    memoryMiB: machine.memoryMiB,
    storageMiB: storageOf(data),
    identities: identitiesOf(draft, asset, at, options),
    internetExposed: gcpExposure(asset.type, data, extra),
    host: null,
    attributes: attributesOf(data, row, size, asset.name, options.protections),
  };
}

function sizeName(data: unknown, extra: unknown): string | null {
  const found = text(data, 'machineType') ?? text(extra, 'machineType') ?? text(data, 'settings', 'tier');
  return found === null ? null : shortName(found);
}

/** Cloud SQL keeps a stopped instance RUNNABLE and switches its activation off. */
function neverOn(data: unknown): boolean {
  return text(data, 'settings', 'activationPolicy') === 'NEVER';
}

/** Licence of the boot disk, e.g. `windows-server-2022-dc`; search results may name the system directly. */
function osOf(data: unknown, extra: unknown): string | null {
  const stated = text(extra, 'osLongName') ?? texts(extra, 'osLongName')[0] ?? text(extra, 'osShortName');
  if (stated !== null && stated !== undefined) return stated;
  for (const disk of [...list(data, 'disks'), ...list(data, 'disk')]) {
    const licence = texts(disk, 'licenses')[0] ?? texts(disk, 'license')[0];
    if (field(disk, 'boot') === true && licence !== undefined) return shortName(licence);
  }
  return null;
}

/** Sum of the disks when each states its size, GiB → MiB; for Cloud SQL the data disk. */
function storageOf(data: unknown): number | null {
  const disks = [...list(data, 'disks'), ...list(data, 'disk')];
  const sizes = disks.map((disk) => number(disk, 'diskSizeGb'));
  const known = sizes.filter((size) => size !== null);
  if (disks.length > 0 && known.length === disks.length)
    return known.reduce((sum, size) => sum + size, 0) * 1024;
  const gib = number(data, 'settings', 'dataDiskSizeGb');
  return gib === null ? null : gib * 1024;
}

/** Places where configurations name the service account their code runs as. */
const ACCOUNT_PATHS: readonly (readonly string[])[] = [
  ['serviceAccountEmail'],
  ['serviceConfig', 'serviceAccountEmail'],
  ['template', 'serviceAccount'],
  ['template', 'template', 'serviceAccount'],
  ['spec', 'template', 'spec', 'serviceAccountName'],
  ['nodeConfig', 'serviceAccount'],
  ['autoscaling', 'autoprovisioningNodePoolDefaults', 'serviceAccount'],
  ['config', 'gceClusterConfig', 'serviceAccount'],
  ['config', 'nodeConfig', 'serviceAccount'],
  ['serviceAccount'],
];

function identitiesOf(
  draft: Draft,
  asset: Asset,
  at: string,
  options: {container: string | null; projects: ProjectNames},
): string[] {
  const {data} = asset;
  const emails = [
    ...[...list(data, 'serviceAccounts'), ...list(data, 'serviceAccount')].map((account) =>
      text(account, 'email'),
    ),
    ...list(data, 'nodePools').map((pool) => text(pool, 'config', 'serviceAccount')),
    ...ACCOUNT_PATHS.map((path) => text(data, ...path)),
  ];
  const ids = new Set<string>();
  for (const raw of emails) {
    const email = raw === 'default' ? defaultAccount(asset, options.projects) : raw;
    if (email === null || !email.includes('@')) continue;
    const id = serviceAccountId(email);
    ids.add(id);
    draft.principal(
      {
        id,
        kind: 'serviceAccount',
        name: email,
        cloud: 'gcp',
        container: homeProject(email, options.projects),
        person: false,
        memberOf: [],
        implied: true,
      },
      at,
    );
  }
  return [...ids].toSorted();
}

/** `default` stands for the project's Compute Engine account, whose address carries the project number. */
function defaultAccount(asset: Asset, projects: ProjectNames): string | null {
  const project = asset.project ?? asset.projectInName;
  const digits = /^gcp:projects\/(\d+)$/.exec(project === null ? '' : projects.canonical(project))?.[1];
  return digits === undefined ? null : `${digits}-compute@developer.gserviceaccount.com`;
}

function attributesOf(
  data: unknown,
  row: unknown,
  size: string | null,
  name: string,
  protections: ReadonlyMap<string, string>,
): Workload['attributes'] {
  const card = list(data, 'networkInterfaces')[0] ?? list(data, 'networkInterface')[0];
  const key = kmsKey(data, row);
  const protectedBy = (key ?? name)
    .replace(/^\/\/cloudkms\.googleapis\.com\//, '')
    .replace(/\/cryptoKeyVersions\/.*$/, '');
  return known<string | number | boolean>({
    size,
    engine: text(data, 'databaseVersion'),
    runtime: text(data, 'runtime') ?? text(data, 'buildConfig', 'runtime'),
    primaryIp: text(card, 'networkIP') ?? text(card, 'ipAddress'),
    kmsKey: key,
    kmsProtection: protections.get(protectedBy) ?? null,
    oauthScopes: accessScopes(data),
    workloadPool: text(data, 'workloadIdentityConfig', 'workloadPool'),
    tenancy: list(data, 'scheduling', 'nodeAffinities').length > 0 ? 'host' : null,
  });
}

/**
 * Access scopes of a machine's or of cluster nodes' tokens, space separated. Of several node pools all are named: code may run
 * on any. Null = none are stated, as for everything that has no such limit.
 */
function accessScopes(data: unknown): string | null {
  const accounts = [...list(data, 'serviceAccounts'), ...list(data, 'serviceAccount')];
  const holders = [
    ...accounts,
    ...list(data, 'nodePools').map((pool) => field(pool, 'config')),
    field(data, 'nodeConfig'),
  ];
  const keys = ['scopes', 'scope', 'oauthScopes'];
  const stating = holders.filter((holder) => keys.some((key) => Array.isArray(field(holder, key))));
  if (stating.length === 0) return null;
  const scopes = stating.flatMap((holder) => keys.flatMap((key) => texts(holder, key)));
  return [...new Set(scopes)].toSorted().join(' ');
}

function kmsKey(data: unknown, row: unknown): string | null {
  const disks = [...list(data, 'disks'), ...list(data, 'disk')];
  return (
    text(row, 'kmsKey') ??
    texts(row, 'kmsKeys')[0] ??
    text(data, 'encryption', 'defaultKmsKeyName') ??
    text(data, 'encryptionConfig', 'kmsKeyName') ??
    text(data, 'diskEncryptionConfiguration', 'kmsKeyName') ??
    text(data, 'defaultEncryptionConfiguration', 'kmsKeyName') ??
    disks.map((disk) => text(disk, 'diskEncryptionKey', 'kmsKeyName')).find((key) => key !== null) ??
    null
  );
}
