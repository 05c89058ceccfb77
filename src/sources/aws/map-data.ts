import type {Workload} from '../../model/estate.ts';
import type {Draft} from '../draft.ts';
import {field, flag, isRow, known, list, number, pointer, text} from '../record.ts';
import {accountOf, parseArn, partitionOf, regionOfZone} from './arn.ts';
import {blank} from './map-compute.ts';
import {awsTags, mentionRole} from './mentions.ts';

const DATABASE_STATES: ReadonlyMap<string, Workload['state']> = new Map([
  ['available', 'running'],
  ['backing-up', 'running'],
  ['modifying', 'running'],
  ['stopped', 'stopped'],
  ['stopping', 'stopped'],
]);

/** `DBInstances[]` of rds describe-db-instances; members of one cluster must stay together. */
export function mapDbInstance(
  draft: Draft,
  row: unknown,
  at: string,
  hint: string | null,
  clusters: Map<string, string>,
): void {
  const name = text(row, 'DBInstanceIdentifier');
  const arn = text(row, 'DBInstanceArn');
  const region = parseArn(arn)?.region ?? regionOfZone(text(row, 'AvailabilityZone'));
  const account = accountOf(arn) ?? hint;
  const scope = account ?? '*';
  if (!isRow(row)) return draft.reject(scope, 'not an object', at);
  if (arn === null && name === null)
    return draft.reject(
      scope,
      'database without DBInstanceArn and DBInstanceIdentifier',
      pointer(at, 'DBInstanceArn'),
    );
  const id = `aws:${arn ?? `arn:${partitionOf(region)}:rds:${region ?? ''}:${account ?? ''}:db:${name ?? ''}`}`;
  if (!draft.claim(id, row, at, scope)) return;
  draft.keep(
    {
      ...database(draft, row, id, account, region, at),
      name: name ?? id,
      nativeType: 'AWS::RDS::DBInstance',
      state: DATABASE_STATES.get(text(row, 'DBInstanceStatus') ?? '') ?? 'unknown',
    },
    at,
    scope,
  );
  joinCluster(draft, row, id, `${scope} ${region ?? ''}`, clusters, at);
}

/** `DBClusters[]`: with members the instances are the workloads; without (serverless) the cluster is. */
export function mapDbCluster(draft: Draft, row: unknown, at: string, hint: string | null): void {
  const arn = text(row, 'DBClusterArn');
  const account = accountOf(arn) ?? hint;
  const scope = account ?? '*';
  if (!isRow(row)) return draft.reject(scope, 'not an object', at);
  if (arn === null) return draft.reject(scope, 'cluster without DBClusterArn', pointer(at, 'DBClusterArn'));
  if (!draft.claim(`aws:${arn}`, row, at, scope)) return;
  if (list(row, 'DBClusterMembers').length > 0) return draft.classify(scope, 'database cluster');
  draft.keep(
    {
      ...database(draft, row, `aws:${arn}`, account, parseArn(arn)?.region ?? null, at),
      name: text(row, 'DBClusterIdentifier') ?? arn,
      nativeType: 'AWS::RDS::DBCluster',
      state: DATABASE_STATES.get(text(row, 'Status') ?? '') ?? 'unknown',
    },
    at,
    scope,
  );
}

function database(
  draft: Draft,
  row: unknown,
  id: string,
  account: string | null,
  region: string | null,
  at: string,
): Workload {
  const engine = text(row, 'Engine');
  const open = flag(row, 'PubliclyAccessible');
  const gib = number(row, 'AllocatedStorage');
  // Aurora grows by itself and reports 1 GiB.
  const storage = gib === null || engine?.startsWith('aurora') === true ? null : gib * 1024;
  return {
    ...blank(draft, id, account, region, at),
    type: 'database',
    tags: awsTags(draft, field(row, 'TagList'), pointer(at, 'TagList')),
    storageMiB: storage,
    identities: list(row, 'AssociatedRoles').flatMap(
      (role, i) => mentionRole(draft, text(role, 'RoleArn'), pointer(at, 'AssociatedRoles', i)) ?? [],
    ),
    internetExposed: open === null ? null : {value: open, field: `PubliclyAccessible = ${open}`},
    attributes: known<string | number | boolean>({
      size: text(row, 'DBInstanceClass'),
      engine: engine === null ? null : [engine, text(row, 'EngineVersion') ?? ''].join(' ').trim(),
      encryptedAtRest: flag(row, 'StorageEncrypted'),
      kmsKey: text(row, 'KmsKeyId'),
      dnsName: text(row, 'Endpoint', 'Address'),
    }),
  };
}

/** Instances of one cluster share one storage volume: they move together or not at all. */
function joinCluster(
  draft: Draft,
  row: unknown,
  id: string,
  key: string,
  clusters: Map<string, string>,
  at: string,
): void {
  const cluster = text(row, 'DBClusterIdentifier');
  if (cluster === null) return;
  const first = clusters.get(`${key} ${cluster}`);
  if (first === undefined) {
    clusters.set(`${key} ${cluster}`, id);
    return;
  }
  draft.facts.dependencies.push({
    from: id,
    to: first,
    kind: 'must-together',
    gibPerMonth: null,
    maxLatencyMs: null,
    place: draft.place(pointer(at, 'DBClusterIdentifier'), id),
  });
}

/** `Buckets[]` of s3api list-buckets: bucket names are global, the account stands nowhere in the answer. */
export function mapBucket(draft: Draft, row: unknown, at: string, hint: string | null): void {
  const scope = hint ?? '*';
  if (!isRow(row)) return draft.reject(scope, 'not an object', at);
  const name = text(row, 'Name');
  if (name === null) return draft.reject(scope, 'bucket without Name', pointer(at, 'Name'));
  const region = text(row, 'BucketRegion');
  const id = `aws:${text(row, 'BucketArn') ?? `arn:${partitionOf(region)}:s3:::${name}`}`;
  if (!draft.claim(id, row, at, scope)) return;
  draft.keep(
    {...blank(draft, id, hint, region, at), name, type: 'bucket', nativeType: 'AWS::S3::Bucket'},
    at,
    scope,
  );
}
