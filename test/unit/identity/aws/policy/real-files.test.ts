import {existsSync, readFileSync} from 'node:fs';
import {describe, expect, test} from 'vitest';
import {
  type ParsedPolicy,
  type PrincipalClass,
  ANY_RESOURCE,
  ask,
  compileClass,
  missingPolicy,
  parsePolicy,
} from '../../../../../src/identity/aws/policy/index.ts';

const REAL = '../shared/realdata/aws';
const here = existsSync(REAL);

interface Attached {
  PolicyName: string;
  PolicyArn: string;
}
interface Inline {
  PolicyName: string;
  PolicyDocument: unknown;
}
interface Holder {
  Arn: string;
  UserName?: string;
  GroupName?: string;
  GroupList?: string[];
  AttachedManagedPolicies: Attached[];
  UserPolicyList?: Inline[];
  RolePolicyList?: Inline[];
  GroupPolicyList?: Inline[];
  PermissionsBoundary?: {PermissionsBoundaryArn: string};
  AssumeRolePolicyDocument?: unknown;
}
interface Details {
  UserDetailList: Holder[];
  GroupDetailList: Holder[];
  RoleDetailList?: Holder[];
  Policies: {Arn: string; PolicyVersionList: {Document: unknown; IsDefaultVersion: boolean}[]}[];
}
interface Unit {
  Id: string;
  Policies: {Name: string; Content: unknown}[];
  Children?: Unit[];
}

function load<T>(file: string): T {
  return JSON.parse(readFileSync(`${REAL}/${file}`, 'utf8')) as T;
}

/** A user or role as the file describes it; groups, boundary and attached documents included. */
function principal(details: Details, name: string, scps: ParsedPolicy[][]): PrincipalClass {
  const [kind, short] = name.split('/') as ['user' | 'role' | 'group', string];
  const lists = {
    user: details.UserDetailList,
    role: details.RoleDetailList ?? [],
    group: details.GroupDetailList,
  };
  const holder = lists[kind].find(({Arn}) => Arn.endsWith(`:${kind}/${short}`))!;
  const document = (arn: string): ParsedPolicy => {
    const found = details.Policies.find(({Arn}) => Arn === arn)?.PolicyVersionList.find(
      (v) => v.IsDefaultVersion,
    );
    return found ? parsePolicy(found.Document, arn) : missingPolicy(arn, !arn.includes(':aws:policy/'));
  };
  const policiesOf = (one: Holder): ParsedPolicy[] => [
    ...one.AttachedManagedPolicies.map(({PolicyArn}) => document(PolicyArn)),
    ...[...(one.UserPolicyList ?? []), ...(one.RolePolicyList ?? []), ...(one.GroupPolicyList ?? [])].map(
      ({PolicyName, PolicyDocument}) => parsePolicy(PolicyDocument, PolicyName),
    ),
  ];
  const groups = details.GroupDetailList.filter(({GroupName}) => holder.GroupList?.includes(GroupName ?? ''));
  return {
    kind: kind === 'role' ? 'role' : 'user',
    caller: {arn: holder.Arn, account: holder.Arn.split(':')[4]!},
    identity: [holder, ...groups].flatMap(policiesOf),
    boundary: holder.PermissionsBoundary ? document(holder.PermissionsBoundary.PermissionsBoundaryArn) : null,
    scps,
  };
}

/** The SCPs from the root down to the account. */
function chain(file: string | null, account: string): ParsedPolicy[][] {
  if (file === null) return [];
  const walk = (unit: Unit): ParsedPolicy[][] | null => {
    const own = unit.Policies.map(({Name, Content}) => parsePolicy(Content, Name));
    if (unit.Id === account) return [own];
    for (const child of unit.Children ?? []) {
      const found = walk(child);
      if (found) return [own, ...found];
    }
    return null;
  };
  return walk(load<Unit>(`iamspy/tests/files/${file}`)) ?? [];
}

function resourcePolicy(
  file: string | null,
  resource: string,
): {policy: ParsedPolicy; account: string} | null {
  if (file === null) return null;
  const all = load<{Resource: string; Policy: unknown; Account: string}[]>(`iamspy/tests/files/${file}`);
  const found = all.find(({Resource}) => resource === Resource || resource.startsWith(`${Resource}/`));
  return found ? {policy: parsePolicy(found.Policy, file), account: found.Account} : null;
}

interface More {
  scp?: string;
  resource?: string;
  /** Account of the resource where no resource policy says it. */
  account?: string;
}

function decide(file: string, who: string, action: string, on: string, more: More): string {
  const details = load<Details>(file);
  const kinds = [...details.UserDetailList, ...(details.RoleDetailList ?? [])];
  const account = (kinds[0] ?? details.GroupDetailList[0])!.Arn.split(':')[4]!;
  const group = principal(details, who, chain(more.scp ?? null, account));
  const attached = resourcePolicy(more.resource ?? null, on);
  const trusted =
    action === 'sts:AssumeRole' ? details.RoleDetailList?.find(({Arn}) => Arn === on) : undefined;
  const policy = trusted
    ? parsePolicy(trusted.AssumeRolePolicyDocument, 'trust')
    : (attached?.policy ?? null);
  const resourceAccount = attached?.account ?? more.account;
  const {decision, level, certainty} = ask(compileClass(group, {now: '2026-01-01T00:00:00Z'}), {
    action,
    resource: on,
    resourcePolicy: policy,
    ...(resourceAccount === undefined ? {} : {resourceAccount}),
  });
  return `${decision}${level === 1 ? ' 1' : ''}${certainty === 'unknown' ? ' ?' : ''}`;
}

const LAMBDA = 'arn:aws:lambda:eu-west-1:123456789012:function:helloworld';
const FOREIGN = 'arn:aws:lambda:eu-west-1:111111111111:function:helloworld';
const INVOKE = 'lambda:InvokeFunction';
const GET = 's3:GetObject';
const spy = (name: string): string => `iamspy/tests/files/${name}.json`;
const split = (name: string): string => `cloudsplaining/test/files/${name}.json`;
const MAIN = split('example-authz-details');
const KEY = 'arn:aws:kms:eu-west-1:012345678901:key/k';

// Each row was derived by reading the file with the documented evaluation logic at hand.
describe.skipIf(!here)('real files', () => {
  test.each<[string, string, string, string, string, More?]>([
    // Identity policies alone.
    [spy('basic-allow'), 'role/name', INVOKE, LAMBDA, 'allow'],
    [spy('basic-allow'), 'role/name', 'LAMBDA:invokefunction', LAMBDA, 'allow'],
    [spy('basic-allow'), 'role/name', 'lambda:DeleteFunction', LAMBDA, 'deny'],
    [spy('basic-allow'), 'role/name', INVOKE, ANY_RESOURCE, 'allow'],
    [spy('basic-deny'), 'role/name', INVOKE, LAMBDA, 'deny'],
    [spy('basic-deny'), 'role/name', GET, 'arn:aws:s3:::bucket/k', 'allow'],
    // The requester writes the referer itself.
    [spy('allow-with-conditions'), 'role/name', INVOKE, LAMBDA, 'allow'],
    // Trust that hands over to the account: a role without policies may assume nothing, also not itself.
    [spy('basic-allow'), 'role/name', 'sts:AssumeRole', 'arn:aws:iam::123456789012:role/name', 'deny'],
    // Boundaries.
    [spy('role-boundary-allow'), 'role/name', INVOKE, LAMBDA, 'allow'],
    [spy('role-boundary-allow'), 'role/name', GET, 'arn:aws:s3:::bucket/k', 'deny'],
    [spy('role-boundary-deny'), 'role/name', INVOKE, LAMBDA, 'deny'],
    [spy('role-boundary-deny'), 'role/name', 's3:ListMultipartUploadParts', 'arn:aws:s3:::bucket/k', 'deny'],
    [spy('role-boundary-no-policies'), 'role/name', INVOKE, LAMBDA, 'deny'],
    [spy('user-boundary-allow'), 'user/PermissionBoundaryAllow', INVOKE, LAMBDA, 'allow'],
    [
      spy('user-boundary-deny'),
      'user/PermissionBoundaryBlock',
      INVOKE,
      'arn:aws:lambda:eu-west-1:391638756970:function:f',
      'deny',
    ],
    [spy('user-allow-check'), 'user/PermissionBoundaryAllow', INVOKE, LAMBDA, 'allow'],
    // Organisation: the account is allowed, its sibling is blocked; a deny at the root binds the member.
    [spy('basic-allow'), 'role/name', INVOKE, LAMBDA, 'allow', {scp: 'scp-basic.json'}],
    [spy('basic-allow'), 'role/name', INVOKE, LAMBDA, 'deny', {scp: 'scp-deny-lambda.json'}],
    [spy('basic-deny'), 'role/name', GET, 'arn:aws:s3:::bucket/k', 'allow', {scp: 'scp-deny-lambda.json'}],
    [
      spy('user-allow-check'),
      'user/PermissionBoundaryAllow',
      INVOKE,
      LAMBDA,
      'deny',
      {scp: 'scp-deny-lambda.json'},
    ],
    // Resource policies across accounts: both sides.
    [spy('basic-allow'), 'role/name', INVOKE, FOREIGN, 'allow', {resource: 'cross-account-rp.json'}],
    [spy('basic-allow'), 'role/name', INVOKE, FOREIGN, 'deny', {account: '111111111111'}],
    [spy('basic-deny'), 'role/name', INVOKE, FOREIGN, 'deny', {resource: 'cross-account-rp.json'}],
    [
      spy('basic-allow'),
      'role/name',
      INVOKE,
      FOREIGN,
      'deny',
      {resource: 'cross-account-rp.json', scp: 'scp-deny-lambda.json'},
    ],
    [spy('role-boundary-deny'), 'role/name', INVOKE, FOREIGN, 'deny', {resource: 'cross-account-rp.json'}],
    // Resource policies in the same account: either side, a deny wins.
    [
      spy('allow-testing-s3'),
      'role/testing',
      GET,
      'arn:aws:s3:::bucket',
      'allow',
      {resource: 'resource-s3-allow-testing.json'},
    ],
    [
      spy('allow-testing-s3'),
      'role/testing',
      GET,
      'arn:aws:s3:::bucket',
      'deny',
      {resource: 'resource-s3-deny-testing2.json'},
    ],
    [
      spy('allow-testing-s3'),
      'role/testing',
      'ec2:RunInstances',
      'arn:aws:s3:::bucket',
      'deny',
      {resource: 'resource-s3-allow-testing.json'},
    ],
    [
      spy('allow-testing-s3'),
      'role/testing2',
      GET,
      'arn:aws:s3:::bucket',
      'allow',
      {account: '111111111111'},
    ],
    [
      spy('allow-testing-s3'),
      'role/testing2',
      GET,
      'arn:aws:s3:::bucket',
      'allow',
      {resource: 'resource-s3-allow-testing.json'},
    ],
    [
      spy('allow-testing-s3'),
      'role/testing2',
      GET,
      'arn:aws:s3:::bucket',
      'deny',
      {resource: 'resource-s3-deny-testing2.json'},
    ],
    [
      spy('allow-testing-s3'),
      'role/testing2',
      GET,
      'arn:aws:s3:::other/k',
      'allow',
      {resource: 'resource-s3-deny-testing2.json'},
    ],
    [
      spy('allow-testing-s3'),
      'role/testing',
      GET,
      'arn:aws:s3:::bucket',
      'allow',
      {resource: 'resource-s3-allow-all.json'},
    ],
    [
      spy('allow-testing-s3'),
      'role/testing2',
      'sts:AssumeRole',
      'arn:aws:iam::111111111111:role/testing',
      'deny',
    ],
    [
      spy('batch-allow'),
      'role/name1',
      GET,
      'arn:aws:s3:::bucket1/k',
      'allow',
      {resource: 'batch-resource.json'},
    ],
    [
      spy('batch-allow'),
      'role/name1',
      GET,
      'arn:aws:s3:::bucket3/k',
      'deny',
      {resource: 'batch-resource.json'},
    ],
    [
      spy('batch-allow'),
      'role/name2',
      GET,
      'arn:aws:s3:::bucket2/k',
      'allow',
      {resource: 'batch-resource.json'},
    ],
    [
      spy('batch-allow'),
      'role/name2',
      GET,
      'arn:aws:s3:::bucket3/k',
      'deny',
      {resource: 'batch-resource.json'},
    ],
    [
      spy('batch-allow'),
      'role/name3',
      GET,
      'arn:aws:s3:::bucket4/k',
      'allow',
      {resource: 'batch-resource.json'},
    ],
    [
      spy('batch-allow'),
      'role/name3',
      GET,
      'arn:aws:s3:::bucket3/k',
      'deny',
      {resource: 'batch-resource.json'},
    ],
    [
      spy('batch-allow'),
      'role/name3',
      's3:PutObject',
      'arn:aws:s3:::bucket4/k',
      'deny',
      {resource: 'batch-resource.json'},
    ],
    // Users with inline, managed and group policies.
    [MAIN, 'user/obama', 'iam:CreateUser', 'arn:aws:iam::012345678901:user/x', 'allow'],
    [MAIN, 'user/userwithlotsofpermissions', 'rds:DeleteDBInstance', ANY_RESOURCE, 'allow'],
    [MAIN, 'user/biden', 's3:DeleteBucket', 'arn:aws:s3:::bucket', 'allow'],
    [MAIN, 'user/biden', 'rds:ModifyDBInstance', ANY_RESOURCE, 'allow'],
    [
      MAIN,
      'user/biden',
      'pi:GetResourceMetrics',
      'arn:aws:pi:eu-west-1:012345678901:metrics/rds/db-1',
      'allow',
    ],
    [
      MAIN,
      'user/biden',
      'pi:GetResourceMetrics',
      'arn:aws:pi:eu-west-1:012345678901:metrics/ec2/i-1',
      'deny',
    ],
    [MAIN, 'user/biden', 'iam:CreateAccessKey', 'arn:aws:iam::012345678901:user/biden', 'deny'],
    [MAIN, 'user/biden', 'iam:PassRole', 'arn:aws:iam::012345678901:role/MyRole', 'allow'],
    [MAIN, 'user/biden', 'iam:CreateServiceLinkedRole', '*', 'depends'],
    // A user with no right on keys; the key policy, which might name it, is not in the file.
    [MAIN, 'user/biden', 'kms:Decrypt', KEY, 'depends ?'],
    [MAIN, 'user/obama', 'kms:Decrypt', KEY, 'depends'],
    [MAIN, 'role/MyRole', 'iam:PassRole', 'arn:aws:iam::012345678901:role/MyOtherRole', 'allow'],
    [MAIN, 'role/MyRole', 'ec2:RunInstances', ANY_RESOURCE, 'deny'],
    [MAIN, 'role/OverprivilegedEC2', 'secretsmanager:GetSecretValue', ANY_RESOURCE, 'allow'],
    [MAIN, 'role/OverprivilegedEC2', 's3:PutObjectAcl', 'arn:aws:s3:::bucket/k', 'allow'],
    [MAIN, 'role/OverprivilegedEC2', 's3:DeleteObject', 'arn:aws:s3:::bucket/k', 'deny'],
    [MAIN, 'user/obama', 'sts:AssumeRole', 'arn:aws:iam::012345678901:role/OverprivilegedEC2', 'deny'],
    [split('example_authz_v2'), 'user/BlakeBortles', 's3:GetObject', ANY_RESOURCE, 'depends ?'],
    [split('example_authz_v2'), 'role/GOAT', 's3:PutObject', ANY_RESOURCE, 'allow'],
    [split('example_authz_v2'), 'role/GOAT', 's3:DeleteObject', ANY_RESOURCE, 'deny'],
    // Attached by a name that the file spells differently: its document is missing.
    [split('managed_policy_mismatch'), 'group/anton-test', 'lambda:GetFunction', ANY_RESOURCE, 'depends ?'],
  ])('%s: %s %s on %j is %s', (file, who, action, on, expected, more = {}) => {
    expect(decide(file, who, action, on, more)).toBe(expected);
  });

  test('a right over oneself by a policy variable', () => {
    const own = parsePolicy(load(split('test_policy_file')), 'own keys');
    const blake: PrincipalClass = {
      kind: 'user',
      caller: {arn: 'arn:aws:iam::012345678901:user/blake', account: '012345678901'},
      identity: [own],
      boundary: null,
      scps: [],
    };
    const on = (name: string): string =>
      ask(compileClass(blake, {now: '2026-01-01T00:00:00Z'}), {
        action: 'iam:CreateAccessKey',
        resource: `arn:aws:iam::012345678901:user/${name}`,
      }).decision;
    expect([on('blake'), on('Blake'), on('root')]).toEqual(['allow', 'deny', 'deny']);
  });
});
