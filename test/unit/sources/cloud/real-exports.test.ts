import {existsSync, globSync, readFileSync} from 'node:fs';
import {basename} from 'node:path';
import {describe, expect, it} from 'vitest';
import type {Intake} from '../../../../src/model/estate.ts';
import {readSource} from '../../../../src/sources/read.ts';
import {counts, expectSound, read, rowsIn, takers} from './support.ts';

const REAL = new URL('../../../../../shared/realdata', import.meta.url).pathname;

function json(path: string): unknown {
  return JSON.parse(readFileSync(`${REAL}/${path}`, 'utf8'));
}

/** Counts rows with nothing but the name of the list they stand in. */
function rawRows(value: unknown): number {
  if (Array.isArray(value)) return value.length;
  const lists = [
    'value',
    'UserDetailList',
    'GroupDetailList',
    'RoleDetailList',
    'Policies',
    'DBInstances',
    'DBClusters',
    'Functions',
    'Buckets',
    'Accounts',
    'OrganizationalUnits',
    'Roots',
    'Stacks',
    'AccessKeyMetadata',
    'InstanceProfiles',
    'VirtualMFADevices',
    'MFADevices',
    'SAMLProviderList',
    'NotebookInstances',
    'taskDefinitionArns',
    'clusterArns',
    'serviceArns',
    'taskArns',
    'services',
    'tasks',
    'Targets',
  ];
  const holder = value as Record<string, unknown>;
  // The credential report is a table inside the answer, its first line the header.
  if (typeof holder['Content'] === 'string') return holder['Content'].trim().split('\n').length - 1;
  if (Array.isArray(holder['Reservations']))
    return holder['Reservations'].reduce(
      (total: number, one: {Instances: unknown[]}) => total + one.Instances.length,
      0,
    );
  const found = lists.filter((key) => Array.isArray(holder[key]));
  return found.length === 0 ? 1 : found.reduce((total, key) => total + (holder[key] as unknown[]).length, 0);
}

describe.skipIf(!existsSync(`${REAL}/aws/iam-vulnerable`))(
  'IAM authorization details of a vulnerable account',
  () => {
    it('are 41 users, 45 roles, 3 groups and 44 policies', () => {
      const value = json('aws/iam-vulnerable/account-authorization-details.json');
      const {facts, ...intake} = read(value);
      const kinds = (kind: string) =>
        facts.principals.filter((one) => one.kind === kind && one.implied !== true).length;
      expect([kinds('iamUser'), kinds('iamRole'), kinds('iamGroup')]).toEqual([41, 45, 3]);
      expect(facts.policyDocuments).toHaveLength(44);
      expect(facts.policyDocuments.every(({document}) => document !== null)).toBe(true);
      expect(rowsIn({facts, ...intake})).toBe(rawRows(value));
      expect(counts({facts, ...intake})).toEqual({user: 41, role: 45, group: 3, 'managed policy': 44});
    });
  },
);

/** Path, counted rows and mapped rows, where the two differ. */
interface Lost {
  path: string;
  raw: number;
  mapped: number;
}

function lost(path: string, value: unknown, intake: Intake): Lost[] {
  const [raw, mapped] = [rawRows(value), rowsIn(intake)];
  return raw === mapped ? [] : [{path, raw, mapped}];
}

describe.skipIf(!existsSync(`${REAL}/azure/fix-arm-responses`))('recorded ARM answers', () => {
  it('are imported with every row accounted for, or taken by nobody', () => {
    const files = globSync('azure/fix-arm-responses/**/*.json', {cwd: REAL}).map((path) => ({
      path,
      value: json(path),
    }));
    const imported = files.filter(({value}) => takers({kind: 'json', value}).length > 0);
    expect(imported.flatMap(({path, value}) => lost(path, value, read(value)))).toEqual([]);
    expect([files.length, imported.length]).toEqual([219, 191]);
  });
});

describe.skipIf(!existsSync(`${REAL}/gcp/policy-library-cai`))('asset inventory exports', () => {
  it('are imported with a ledger, or refused by a finding that names the file', async () => {
    const paths = globSync('gcp/policy-library-cai/**/*.{json,yaml}', {cwd: REAL});
    const read = await Promise.all(
      paths.map(async (path) => ({path, ...(await readSource(`${REAL}/${path}`, path))})),
    );
    const refused = read.filter(({intake}) => intake === null);
    expect(refused.filter(({path, findings}) => findings[0]?.where.file !== path)).toEqual([]);
    // Constraint templates are no inventory; a JSON file may hold several documents one after the other.
    const assets = refused.filter(({path}) => path.endsWith('.json'));
    expect(assets.filter(({findings}) => findings[0]?.code !== 'BH-IO-017')).toEqual([]);
    const imported = read.flatMap(({path, intake}) => (intake === null ? [] : [{path, intake}]));
    for (const {intake} of imported) expectSound(intake);
    expect(imported.length + refused.length).toBe(paths.length);
    expect(imported.length).toBeGreaterThanOrEqual(112);
    const whole = imported.filter(
      ({intake}) => intake.source.format === 'gcp.asset-export' && isArray(intake.source.file),
    );
    expect(whole.flatMap(({path, intake}) => lost(path, json(path), intake))).toEqual([]);
    expect(imported.flatMap(({intake}) => intake.facts.workloads).length).toBeGreaterThan(200);
  });
});

/** One JSON document rather than several: only those can be counted by JSON.parse. */
function isArray(path: string): boolean {
  return readFileSync(`${REAL}/${path}`, 'utf8').trimStart().startsWith('[');
}

describe.skipIf(!existsSync(`${REAL}/aws`))('recorded and documented AWS answers', () => {
  it('account snapshots and recorded answers keep every row', () => {
    const seen: Record<string, number> = {};
    const wrong: Lost[] = [];
    const folders = 'aws/{fix-aws-responses,cloudmapper-demo,cloudsplaining,iamspy}/**/*.json';
    for (const path of globSync(folders, {cwd: REAL})) {
      const value = json(path);
      const [id] = takers({kind: 'json', value});
      if (id === undefined) continue;
      wrong.push(...lost(path, value, read(value, {scope: '123456789012'})));
      seen[id] = (seen[id] ?? 0) + 1;
    }
    expect(wrong).toEqual([]);
    expect(seen).toEqual({
      'aws.access-keys': 1,
      'aws.account-summary': 1,
      'aws.amplify.list-apps': 1,
      'aws.authorization-details': 18,
      'aws.cloudformation.describe-stacks': 1,
      'aws.credential-report': 2,
      'aws.ec2-instances': 2,
      'aws.ec2.describe-launch-template-versions': 1,
      'aws.ecs.describe-clusters': 1,
      'aws.ecs.describe-services': 1,
      'aws.ecs.describe-task-definition': 1,
      'aws.ecs.describe-tasks': 1,
      'aws.ecs.list-clusters': 1,
      'aws.ecs.list-task-definitions': 1,
      'aws.eks.describe-cluster': 1,
      'aws.eks.describe-nodegroup': 1,
      'aws.eks.list-clusters': 1,
      'aws.instance-profiles': 1,
      'aws.key': 2,
      'aws.lambda-functions': 2,
      'aws.organization-policies': 3,
      'aws.public-access-block': 2,
      'aws.queue-attributes': 1,
      'aws.rds-clusters': 1,
      'aws.rds-instances': 2,
      'aws.resource-policy': 2,
      'aws.s3-buckets': 2,
      'aws.sagemaker.describe-domain': 1,
      'aws.sagemaker.describe-model': 1,
      'aws.sagemaker.describe-notebook-instance': 1,
      'aws.sagemaker.list-notebook-instances': 1,
      'aws.saml-providers': 1,
      'aws.topic-attributes': 2,
      'aws.user-data': 1,
      'aws.virtual-mfa-devices': 1,
    });
  });

  it("AWS's own examples of Organizations and IAM answers are understood", () => {
    const wanted =
      /^(?:list-(?:accounts|roots|organizational-units)|describe-organization\.|get-account-authorization)/;
    const examples = globSync('aws/awscli-examples/awscli/examples/{organizations,iam}/*.rst', {cwd: REAL})
      .filter((path) => wanted.test(basename(path)))
      .map((path) => {
        const page = readFileSync(`${REAL}/${path}`, 'utf8');
        const value: unknown = JSON.parse(page.slice(page.indexOf('{'), page.lastIndexOf('}') + 1));
        return {path, value};
      });
    expect(examples.flatMap(({path, value}) => lost(path, value, read(value)))).toEqual([]);
    expect(new Set(examples.flatMap(({value}) => takers({kind: 'json', value})))).toEqual(
      new Set([
        'aws.authorization-details',
        'aws.organization',
        'aws.organization-accounts',
        'aws.organization-roots',
        'aws.organizational-units',
      ]),
    );
    const botocore = json('aws/botocore-examples/botocore/data/organizations/2016-11-28/examples-1.json') as {
      examples: Record<string, {output?: unknown}[]>;
    };
    const operations = [
      'ListAccounts',
      'ListAccountsForParent',
      'ListRoots',
      'ListOrganizationalUnitsForParent',
      'DescribeOrganization',
    ];
    const outputs = operations.flatMap((path) =>
      (botocore.examples[path] ?? []).flatMap(({output}) =>
        output === undefined ? [] : [{path, value: output}],
      ),
    );
    expect(outputs.length).toBeGreaterThanOrEqual(operations.length);
    expect(outputs.flatMap(({path, value}) => lost(path, value, read(value)))).toEqual([]);
  });
});
