import type {WorkloadType} from '../../model/estate.ts';
import type {Capability} from '../../model/exposure.ts';

/** An action that a kind of access takes, and on what it must be allowed. */
export interface StoreNeed {
  /** Any one of these suffices. */
  actions: readonly string[];
  /**
   * `store` the thing itself · `inside` what lies in it (objects of a bucket) · else an ARN pattern with `{account}` of something
   * the holder picks, such as a snapshot.
   */
  on: 'store' | 'inside' | (string & {});
}

export interface StoreAccess {
  /** What is gained; absent = control of the store: its policy or master password. */
  caps?: readonly Capability[];
  needs: readonly StoreNeed[];
  /** Why it may still not work, where the policies allow it. */
  caveat?: string;
}

/** A sort of thing that holds data. Actions as in the Service Authorization Reference. */
export interface StoreSort {
  id: string;
  type: WorkloadType;
  words: string;
  /** Its ARN; `{account}` is the owner's number. */
  arn: string;
  /** What is read is decrypted with the store's own key in the caller's name. */
  decrypts: boolean;
  access: readonly StoreAccess[];
}

const on = (...actions: string[]): StoreNeed => ({actions, on: 'store'});
const inside = (...actions: string[]): StoreNeed => ({actions, on: 'inside'});

export const STORE_SORTS: readonly StoreSort[] = [
  {
    id: 'bucket',
    type: 'bucket',
    words: 'buckets',
    arn: 'arn:*:s3:::*',
    decrypts: true,
    access: [
      {needs: [on('s3:PutBucketPolicy')]},
      {caps: ['read'], needs: [inside('s3:GetObject', 's3:GetObjectVersion')]},
      {caps: ['write'], needs: [inside('s3:PutObject')]},
      {caps: ['destroy'], needs: [inside('s3:DeleteObject', 's3:DeleteObjectVersion')]},
      {caps: ['destroy'], needs: [on('s3:PutLifecycleConfiguration')]},
    ],
  },
  {
    id: 'database',
    type: 'database',
    words: 'databases',
    arn: 'arn:*:rds:*:{account}:db:*',
    decrypts: false,
    access: [
      // Sets a new master password.
      {needs: [on('rds:ModifyDBInstance')]},
      {
        caps: ['read'],
        needs: [
          on('rds:CreateDBSnapshot'),
          {
            actions: ['rds:ModifyDBSnapshotAttribute', 'rds:RestoreDBInstanceFromDBSnapshot'],
            on: 'arn:*:rds:*:{account}:snapshot:*',
          },
        ],
      },
      {caps: ['destroy'], needs: [on('rds:DeleteDBInstance')]},
      {caps: ['deny-service'], needs: [on('rds:StopDBInstance', 'rds:RebootDBInstance')]},
    ],
  },
  {
    id: 'database-cluster',
    type: 'database',
    words: 'database clusters',
    arn: 'arn:*:rds:*:{account}:cluster:*',
    decrypts: false,
    access: [
      {needs: [on('rds:ModifyDBCluster')]},
      {
        caps: ['read'],
        needs: [
          on('rds:CreateDBClusterSnapshot'),
          {
            actions: ['rds:ModifyDBClusterSnapshotAttribute', 'rds:RestoreDBClusterFromSnapshot'],
            on: 'arn:*:rds:*:{account}:cluster-snapshot:*',
          },
        ],
      },
      {caps: ['destroy'], needs: [on('rds:DeleteDBCluster')]},
      {caps: ['deny-service'], needs: [on('rds:StopDBCluster')]},
    ],
  },
  {
    id: 'table',
    type: 'database',
    words: 'tables',
    arn: 'arn:*:dynamodb:*:{account}:table/*',
    decrypts: false,
    access: [
      {needs: [on('dynamodb:PutResourcePolicy')]},
      {
        caps: ['read'],
        needs: [
          on(
            'dynamodb:Scan',
            'dynamodb:Query',
            'dynamodb:GetItem',
            'dynamodb:BatchGetItem',
            'dynamodb:ExportTableToPointInTime',
          ),
        ],
      },
      {caps: ['write'], needs: [on('dynamodb:PutItem', 'dynamodb:UpdateItem', 'dynamodb:BatchWriteItem')]},
      {
        caps: ['destroy'],
        needs: [on('dynamodb:DeleteTable', 'dynamodb:DeleteItem', 'dynamodb:BatchWriteItem')],
      },
    ],
  },
  {
    id: 'secret',
    type: 'key-vault',
    words: 'secrets',
    arn: 'arn:*:secretsmanager:*:{account}:secret:*',
    decrypts: true,
    access: [
      {needs: [on('secretsmanager:PutResourcePolicy')]},
      {caps: ['read'], needs: [on('secretsmanager:GetSecretValue', 'secretsmanager:BatchGetSecretValue')]},
      {caps: ['write'], needs: [on('secretsmanager:PutSecretValue', 'secretsmanager:UpdateSecret')]},
      {caps: ['destroy'], needs: [on('secretsmanager:DeleteSecret')]},
    ],
  },
  {
    id: 'key',
    type: 'key-vault',
    words: 'keys',
    arn: 'arn:*:kms:*:{account}:key/*',
    decrypts: false,
    access: [
      {needs: [on('kms:PutKeyPolicy')]},
      {caps: ['read'], needs: [on('kms:Decrypt', 'kms:CreateGrant')]},
      {caps: ['write'], needs: [on('kms:Encrypt', 'kms:Sign', 'kms:GenerateDataKey')]},
      {caps: ['destroy'], needs: [on('kms:ScheduleKeyDeletion', 'kms:DeleteImportedKeyMaterial')]},
      {caps: ['deny-service'], needs: [on('kms:DisableKey')]},
    ],
  },
  {
    id: 'queue',
    type: 'queue',
    words: 'queues',
    arn: 'arn:*:sqs:*:{account}:*',
    decrypts: true,
    access: [
      {needs: [on('sqs:SetQueueAttributes', 'sqs:AddPermission')]},
      {caps: ['read'], needs: [on('sqs:ReceiveMessage')]},
      {caps: ['write'], needs: [on('sqs:SendMessage')]},
      {caps: ['destroy'], needs: [on('sqs:DeleteQueue', 'sqs:PurgeQueue')]},
    ],
  },
  {
    id: 'vm',
    type: 'vm',
    words: 'virtual machines',
    arn: 'arn:*:ec2:*:{account}:instance/*',
    decrypts: false,
    access: [
      {
        caps: ['read'],
        needs: [
          {actions: ['ec2:CreateSnapshot', 'ec2:CreateSnapshots'], on: 'arn:*:ec2:*:{account}:volume/*'},
          {actions: ['ec2:ModifySnapshotAttribute', 'ebs:GetSnapshotBlock'], on: 'arn:*:ec2:*::snapshot/*'},
        ],
        caveat: 'a copy of an encrypted disk needs its key too',
      },
      {caps: ['destroy'], needs: [on('ec2:TerminateInstances')]},
      {caps: ['deny-service'], needs: [on('ec2:StopInstances')]},
    ],
  },
  {
    id: 'function',
    type: 'function',
    words: 'functions',
    arn: 'arn:*:lambda:*:{account}:function:*',
    decrypts: false,
    access: [{caps: ['destroy'], needs: [on('lambda:DeleteFunction')]}],
  },
  {
    id: 'cluster',
    type: 'cluster',
    words: 'clusters',
    arn: 'arn:*:eks:*:{account}:cluster/*',
    decrypts: false,
    access: [{needs: [on('eks:CreateAccessEntry')]}, {caps: ['destroy'], needs: [on('eks:DeleteCluster')]}],
  },
];

/** The sort an ARN belongs to; null = none that holds data. */
export function storeSortOf(arn: string): StoreSort | null {
  const [prefix, , service, , , ...rest] = arn.split(':');
  if (prefix !== 'arn') return null;
  const resource = rest.join(':');
  for (const sort of STORE_SORTS) {
    const [, , itsService, , , ...pattern] = sort.arn.split(':');
    if (itsService !== service) continue;
    const head = pattern.join(':').replace(/\*$/, '');
    if (resource.startsWith(head) && resource.length > head.length) return sort;
  }
  return null;
}
