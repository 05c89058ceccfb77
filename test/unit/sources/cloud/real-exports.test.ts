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
  ];
  const holder = value as Record<string, unknown>;
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

describe.skipIf(!existsSync(`${REAL}/azure/fix-arm-responses`))('recorded ARM answers', () => {
  it('are imported with every row accounted for, or taken by nobody', () => {
    let imported = 0;
    let refused = 0;
    for (const path of globSync('azure/fix-arm-responses/**/*.json', {cwd: REAL})) {
      const value = json(path);
      if (takers({kind: 'json', value}).length === 0) {
        refused += 1;
        continue;
      }
      expect(rowsIn(read(value)), path).toBe(rawRows(value));
      imported += 1;
    }
    expect({imported, refused}).toEqual({imported: 180, refused: 39});
  });
});

describe.skipIf(!existsSync(`${REAL}/gcp/policy-library-cai`))('asset inventory exports', () => {
  it('are imported with a ledger, or refused by a finding that names the file', async () => {
    const intakes: Intake[] = [];
    for (const path of globSync('gcp/policy-library-cai/**/*.{json,yaml}', {cwd: REAL})) {
      const {intake, findings} = await readSource(`${REAL}/${path}`, path);
      if (intake === null) {
        expect(findings[0]?.where.file, path).toBe(path);
        // Constraint templates are no inventory; two files are several JSON documents in one.
        expect(path.endsWith('.yaml') || findings[0]?.code === 'BH-IO-017', path).toBe(true);
        continue;
      }
      expectSound(intake);
      expect(rowsIn(intake), path).toBe(rawRows(json(path)));
      intakes.push(intake);
    }
    expect(intakes.length).toBeGreaterThanOrEqual(112);
    expect(intakes.flatMap(({facts}) => facts.workloads).length).toBeGreaterThan(200);
  });
});

describe.skipIf(!existsSync(`${REAL}/aws`))('recorded and documented AWS answers', () => {
  it('account snapshots and recorded answers keep every row', () => {
    const seen: Record<string, number> = {};
    for (const path of globSync('aws/{fix-aws-responses,cloudmapper-demo,cloudsplaining,iamspy}/**/*.json', {
      cwd: REAL,
    })) {
      const value = json(path);
      const ids = takers({kind: 'json', value});
      if (ids.length === 0) continue;
      expect(rowsIn(read(value, {scope: '123456789012'})), path).toBe(rawRows(value));
      seen[ids[0] ?? ''] = (seen[ids[0] ?? ''] ?? 0) + 1;
    }
    expect(seen).toEqual({
      'aws.authorization-details': 18,
      'aws.ec2-instances': 2,
      'aws.lambda-functions': 2,
      'aws.rds-clusters': 1,
      'aws.rds-instances': 2,
      'aws.s3-buckets': 2,
    });
  });

  it("AWS's own examples of Organizations and IAM answers are understood", () => {
    const seen = new Set<string>();
    const pages = globSync('aws/awscli-examples/awscli/examples/{organizations,iam}/*.rst', {cwd: REAL});
    for (const path of pages) {
      if (
        !/^(?:list-(?:accounts|roots|organizational-units)|describe-organization\.|get-account-authorization)/.test(
          basename(path),
        )
      )
        continue;
      const page = readFileSync(`${REAL}/${path}`, 'utf8');
      const value: unknown = JSON.parse(page.slice(page.indexOf('{'), page.lastIndexOf('}') + 1));
      for (const id of takers({kind: 'json', value})) seen.add(id);
      expect(rowsIn(read(value)), path).toBe(rawRows(value));
    }
    expect([...seen].toSorted()).toEqual([
      'aws.authorization-details',
      'aws.organization',
      'aws.organization-accounts',
      'aws.organization-roots',
      'aws.organizational-units',
    ]);
    const botocore = json('aws/botocore-examples/botocore/data/organizations/2016-11-28/examples-1.json') as {
      examples: Record<string, {output?: unknown}[]>;
    };
    for (const operation of [
      'ListAccounts',
      'ListAccountsForParent',
      'ListRoots',
      'ListOrganizationalUnitsForParent',
      'DescribeOrganization',
    ]) {
      for (const {output} of botocore.examples[operation] ?? []) {
        if (output !== undefined) expect(rowsIn(read(output)), operation).toBe(rawRows(output));
      }
    }
  });
});
