import {expect, test} from 'vitest';
import type {LedgerScope} from '../../../../src/model/ledger.ts';
import type {Estate, PolicyDocument, Principal, Workload} from '../../../../src/model/estate.ts';
import {built, container, policy, principal, workload} from '../estate.ts';

const NUMBER = '111111111111';
const ACCOUNT = `aws-account:${NUMBER}`;
const ARN = `arn:aws:iam::${NUMBER}:`;
const [USER, ADMIN, OTHER] = [`aws:${ARN}user/u`, `aws:${ARN}role/admin`, `aws:${ARN}role/other`];
const POLICY = `aws:${ARN}policy/p`;
const ADMINISTRATORS = `${ACCOUNT}#administrators`;

type Statement = Record<string, unknown>;
const allow = (Action: unknown, Resource: unknown = '*', more: object = {}): Statement => ({
  Effect: 'Allow',
  Action,
  Resource,
  ...more,
});
const deny = (Action: unknown, Resource: unknown = '*', more: object = {}): Statement => ({
  Effect: 'Deny',
  Action,
  Resource,
  ...more,
});
const ALL = allow('*');
const trusting = (...services: string[]) => ({
  Statement: [
    {
      Effect: 'Allow',
      Action: 'sts:AssumeRole',
      Principal: {Service: services.map((name) => `${name}.amazonaws.com`)},
    },
  ],
});

interface Given {
  user?: Partial<Principal>;
  services?: string[];
  documents?: PolicyDocument[];
  more?: Principal[];
  workloads?: Workload[];
  estate?: Partial<Estate>;
}

/** A user with these statements, an administrator role and a role without rights that both trust the services. */
function account(statements: Statement[], given: Given = {}) {
  const trust = trusting(...(given.services ?? ['lambda', 'ec2']));
  return built({
    containers: [container(ACCOUNT, 'account', null, null, 'aws')],
    workloads: given.workloads ?? [],
    principals: [
      principal(USER, 'iamUser', ACCOUNT, {cloud: 'aws', policies: [POLICY], ...given.user}),
      principal(ADMIN, 'iamRole', ACCOUNT, {cloud: 'aws', policies: ['all'], trust}),
      principal(OTHER, 'iamRole', ACCOUNT, {cloud: 'aws', policies: [], trust}),
      ...(given.more ?? []),
    ],
    policyDocuments: [policy(POLICY, ...statements), policy('all', ALL), ...(given.documents ?? [])],
    ...given.estate,
  });
}

const PASS = ['iam:PassRole', 'lambda:CreateFunction', 'lambda:InvokeFunction'];
const towards = (service: string) => ({Condition: {StringEquals: {'iam:PassedToService': service}}});

const MAKE = ['lambda:CreateFunction', 'lambda:InvokeFunction'];

test.each([
  ['any role to any function', [allow(PASS)], '0 certain'],
  ['one role', [allow('iam:PassRole', ADMIN.slice(4)), allow(MAKE)], '0 certain'],
  ['roles by a pattern', [allow('iam:PassRole', `${ARN}role/adm*`), allow(MAKE)], '0 certain'],
  ['roles by another pattern', [allow('iam:PassRole', `${ARN}role/o*`), allow(MAKE)], 'no'],
  ['all roles but this', [allow(PASS), deny('iam:PassRole', ADMIN.slice(4))], 'no'],
  [
    'all roles but this, said otherwise',
    [allow(MAKE), {Effect: 'Allow', Action: 'iam:PassRole', NotResource: ADMIN.slice(4)}],
    'no',
  ],
  ['to this service', [allow(PASS, '*', towards('lambda.amazonaws.com'))], '0 certain'],
  ['to another service', [allow(MAKE), allow('iam:PassRole', '*', towards('ec2.amazonaws.com'))], 'no'],
  [
    'under a name of the holder’s choice',
    [allow('iam:PassRole'), allow(MAKE, 'arn:aws:lambda:*:*:function:dev-*')],
    '0 certain',
  ],
  [
    'created here, invoked there',
    [
      allow('iam:PassRole'),
      allow('lambda:CreateFunction', 'arn:aws:lambda:*:*:function:a-*'),
      allow('lambda:InvokeFunction', 'arn:aws:lambda:*:*:function:b-*'),
    ],
    '0 conditional',
  ],
  ['nothing to invoke it with', [allow(['iam:PassRole', 'lambda:CreateFunction'])], 'no'],
  [
    'from one address',
    [allow(PASS, '*', {Condition: {IpAddress: {'aws:SourceIp': '10.0.0.0/8'}}})],
    '1 conditional',
  ],
  [
    'with a second factor',
    [allow(PASS, '*', {Condition: {Bool: {'aws:MultiFactorAuthPresent': 'true'}}})],
    '1 certain',
  ],
])('passing %s', (_, statements, expected) => {
  const {reach} = account(statements);
  expect([reach(USER, ADMIN), reach(USER, ADMINISTRATORS)]).toEqual([expected, expected]);
});

test('only the role that may be passed is obtained', () => {
  const harmless = principal(ADMIN, 'iamRole', ACCOUNT, {
    cloud: 'aws',
    policies: [],
    trust: trusting('lambda'),
  });
  const {reach} = built({
    containers: [container(ACCOUNT, 'account', null, null, 'aws')],
    principals: [
      principal(USER, 'iamUser', ACCOUNT, {cloud: 'aws', policies: [POLICY]}),
      harmless,
      {...harmless, id: OTHER},
    ],
    policyDocuments: [policy(POLICY, allow('iam:PassRole', `${ARN}role/adm*`), allow(MAKE))],
  });
  expect([reach(USER, ADMIN), reach(USER, OTHER)]).toEqual(['0 certain', 'no']);
});

test('a role no service may be given is known to be out of reach', () => {
  expect(account([allow(PASS)], {services: ['states']}).reach(USER, ADMIN)).toBe('no');
  // Instances take a role in an instance profile only, and there is none.
  expect(account([allow(['iam:PassRole', 'ec2:RunInstances'])]).reach(USER, ADMIN)).toBe('no');
});

test('passable roles stand behind one node: edges do not grow with pairs', () => {
  const crowd = (n: number) => {
    const roles = Array.from({length: n}, (_, i) =>
      principal(`aws:${ARN}role/r${i}`, 'iamRole', ACCOUNT, {
        cloud: 'aws',
        policies: [],
        trust: trusting('lambda'),
      }),
    );
    const users = Array.from({length: n}, (_, i) =>
      principal(`aws:${ARN}user/u${i}`, 'iamUser', ACCOUNT, {cloud: 'aws', policies: [POLICY]}),
    );
    return account([allow(PASS)], {more: [...roles, ...users]}).index.graph.edges.length;
  };
  const [small, large] = [crowd(50), crowd(100)];
  expect(large / small).toBeLessThan(2.1);
});

const boundary = (...statements: Statement[]): Given => ({
  user: {boundary: 'limit'},
  documents: [policy('limit', ...statements)],
});

test.each([
  ['itself', [allow('iam:PutUserPolicy', `${ARN}user/u`)], {}, '0 certain'],
  ['itself by a variable', [allow('iam:PutUserPolicy', `${ARN}user/\${aws:username}`)], {}, '0 certain'],
  ['somebody else', [allow('iam:PutUserPolicy', `${ARN}user/x`)], {}, 'no'],
  ['its policy', [allow('iam:CreatePolicyVersion', POLICY.slice(4))], {}, '0 certain'],
  ['a policy of the provider', [allow('iam:CreatePolicyVersion', 'arn:aws:iam::aws:policy/*')], {}, 'no'],
  ['itself within a boundary that leaves all', [allow('iam:PutUserPolicy')], boundary(ALL), '0 certain'],
  [
    'itself within a boundary that leaves reading',
    [allow('iam:PutUserPolicy')],
    boundary(allow(['s3:*', 'iam:PutUserPolicy'])),
    'no',
  ],
  ['itself, where the boundary forbids it', [allow('iam:PutUserPolicy')], boundary(allow('s3:*')), 'no'],
  ['itself, but for a deny', [allow('iam:PutUserPolicy'), deny('iam:*', '*')], {}, 'no'],
])('changing %s', (_, statements, given, expected) => {
  expect(account(statements, given).reach(USER, ADMINISTRATORS)).toBe(expected);
});

test('what a boundary leaves is obtained, with the ways that start from it', () => {
  const given = boundary(allow(['iam:PutUserPolicy', ...PASS]));
  const {reach, index} = account([allow('iam:PutUserPolicy')], given);
  expect(reach(USER, ADMIN)).toBe('0 certain');
  expect(index.graph.edges.some(({from, kind}) => from === USER && kind === 'PASSES_ROLE')).toBe(false);
});

test('versions of a policy that are not in force count for who may put them in force', () => {
  const version = (statement: Statement): PolicyDocument => ({
    ...policy(`${POLICY}#v1`, statement),
    versionOf: POLICY,
  });
  const statements = [allow('iam:SetDefaultPolicyVersion')];
  const open = account(statements);
  expect(open.reach(USER, ADMINISTRATORS)).toBe('0 conditional');
  expect(open.index.graph.gaps.map(({id}) => id)).toContain(`gap:aws-policy-versions:${ACCOUNT}`);
  expect(account(statements, {documents: [version(ALL)]}).reach(USER, ADMINISTRATORS)).toBe('0 certain');
  expect(account(statements, {documents: [version(allow('s3:Get*'))]}).reach(USER, ADMINISTRATORS)).toBe(
    'no',
  );
  expect(account(statements, {documents: [version(allow(PASS))]}).reach(USER, ADMIN)).toBe('0 certain');
});

const FUNCTION = `aws:arn:aws:lambda:eu-central-1:${NUMBER}:function:dev-a`;
const lambda = (role: string) =>
  workload(FUNCTION, ACCOUNT, {
    cloud: 'aws',
    type: 'function',
    nativeType: 'AWS::Lambda::Function',
    identities: [role],
  });
const read: LedgerScope = {
  source: 's',
  scope: NUMBER,
  api: 'lambda list-functions',
  status: 'complete',
  rowsIn: 0,
  kept: 0,
  classified: 0,
  rejected: 0,
  classifiedBy: {},
  rejectedBy: {},
};

test('an existing function acts with its role; not exported is a question, known to be absent is no', () => {
  const rewrite = [allow('lambda:UpdateFunctionCode', `arn:aws:lambda:*:${NUMBER}:function:dev-*`)];
  const there = account(rewrite, {workloads: [lambda(ADMIN)]});
  expect(there.reach(USER, FUNCTION)).toBe('0 certain');
  expect(there.reach(USER, ADMINISTRATORS)).toBe('0 certain');
  expect(account(rewrite, {workloads: [lambda(OTHER)]}).reach(USER, ADMINISTRATORS)).toBe('no');
  const other = [allow('lambda:UpdateFunctionCode', `arn:aws:lambda:*:${NUMBER}:function:prod-*`)];
  expect(account(other, {workloads: [lambda(ADMIN)]}).reach(USER, FUNCTION)).toBe('no');
  const open = account(rewrite);
  expect(open.reach(USER, ADMINISTRATORS)).toBe('0 conditional');
  expect(open.index.graph.gaps.map(({input}) => input)).toContain('`aws lambda list-functions`');
  expect(account(rewrite, {estate: {ledger: [read]}}).reach(USER, ADMINISTRATORS)).toBe('no');
  expect(account(rewrite, {services: ['states']}).reach(USER, ADMINISTRATORS)).toBe('no');
});

test('an answered question settles its edges', () => {
  const rewrite = [allow('lambda:UpdateFunctionCode')];
  const gap = `gap:aws-lambda-function:${ACCOUNT}`;
  const answer = (word: 'yes' | 'no') => ({
    gap,
    answer: word,
    by: 'team',
    date: '2026-11-01',
    because: 'looked',
    place: {},
  });
  expect(account(rewrite, {estate: {answers: [answer('yes')]}}).reach(USER, ADMIN)).toBe('0 certain');
  expect(account(rewrite, {estate: {answers: [answer('no')]}}).reach(USER, ADMIN)).toBe('no');
});

test('another user is taken over where it can be: keys, passwords', () => {
  const VICTIM = `aws:${ARN}user/v`;
  const victim = (more: Partial<Principal> = {}) =>
    principal(VICTIM, 'iamUser', ACCOUNT, {cloud: 'aws', policies: ['all'], ...more});
  const key = (name: string) => ({
    id: `${VICTIM}#${name}`,
    principal: VICTIM,
    kind: 'accessKey' as const,
    name,
    cloud: 'aws' as const,
    created: null,
    expires: null,
    neverExpires: true,
    lastUsed: null,
    active: true,
    mfa: null,
    publicKeySha256: null,
    managedBy: null,
  });
  const reachOf = (action: string | string[], more: Partial<Principal> = {}, estate: Partial<Estate> = {}) =>
    account([allow(action, VICTIM.slice(4))], {more: [victim(more)], estate}).reach(USER, ADMINISTRATORS);
  expect(reachOf('iam:CreateAccessKey')).toBe('0 certain');
  const full = {credentials: [key('A'), key('B')]};
  expect(reachOf('iam:CreateAccessKey', {}, full)).toBe('no');
  expect(reachOf(['iam:CreateAccessKey', 'iam:DeleteAccessKey'], {}, full)).toBe('0 certain');
  expect(reachOf('iam:CreateLoginProfile')).toBe('0 conditional');
  expect(reachOf('iam:CreateLoginProfile', {attributes: {passwordEnabled: false}})).toBe('0 certain');
  expect(reachOf('iam:CreateLoginProfile', {attributes: {passwordEnabled: true}})).toBe('no');
  expect(reachOf('iam:UpdateLoginProfile', {attributes: {passwordEnabled: true}})).toBe('0 certain');
});

test('rights over another identity count with it: through its trust, or as a question', () => {
  const trusts = {Statement: [{Effect: 'Allow', Action: 'sts:AssumeRole', Principal: {AWS: `${ARN}user/u`}}]};
  const helper = (trust: unknown) =>
    principal(`aws:${ARN}role/helper`, 'iamRole', ACCOUNT, {cloud: 'aws', policies: [], trust});
  const attach = [allow('iam:AttachRolePolicy', `${ARN}role/helper`)];
  expect(account(attach, {more: [helper(trusts)]}).reach(USER, ADMINISTRATORS)).toBe('0 certain');
  const alone = account(attach, {more: [helper(trusting('lambda'))]});
  expect(alone.reach(USER, ADMINISTRATORS)).toBe('0 conditional');
  expect(alone.index.graph.gaps.map(({id}) => id)).toContain(`gap:aws-accomplice-role:${USER}`);
});

test('joining a group gives its rights', () => {
  const GROUP = `aws:${ARN}group/g`;
  const group = principal(GROUP, 'iamGroup', ACCOUNT, {cloud: 'aws', policies: ['all']});
  const join = [allow('iam:AddUserToGroup', `${ARN}group/g`)];
  expect(account(join, {more: [group]}).reach(USER, ADMINISTRATORS)).toBe('0 certain');
  expect(account(join, {more: [{...group, policies: []}]}).reach(USER, ADMINISTRATORS)).toBe('no');
});

test('malformed and missing documents open the answer, they do not close it', () => {
  const broken = {...policy(POLICY), document: {Statement: [{Effect: 'Allow', Action: 7, Resource: '*'}]}};
  const unread = account([], {user: {policies: ['broken']}, documents: [{...broken, id: 'broken'}]});
  expect(unread.reach(USER, ADMINISTRATORS)).toBe('0 unknown');
  expect(unread.findings.map(({code}) => code)).toContain('BH-ID-101');
  const missing = account([], {user: {policies: [`aws:${ARN}policy/gone`]}});
  expect(missing.reach(USER, ADMINISTRATORS)).toBe('0 unknown');
  expect(missing.findings.map(({code}) => code)).toContain('BH-ID-003');
  for (const document of [
    null,
    'text',
    7,
    [],
    {Statement: 'x'},
    {Statement: [null, {Effect: 'Allow', NotAction: []}]},
  ]) {
    const odd = account([], {user: {policies: ['odd']}, documents: [{...policy('odd'), document}]});
    expect(odd.reach(USER, ADMINISTRATORS)).toMatch(/^0 (?:unknown|conditional)$/);
  }
});

test('the graph does not depend on the order of principals and documents', () => {
  const roles = Array.from({length: 12}, (_, i) =>
    principal(`aws:${ARN}role/r${i}`, 'iamRole', ACCOUNT, {
      cloud: 'aws',
      policies: [`i${i % 3}`],
      trust: trusting('lambda'),
      ...(i % 4 === 0 ? {boundary: 'limit'} : {}),
    }),
  );
  const documents = [
    policy('limit', allow(['s3:*', 'iam:*'])),
    ...[0, 1, 2].map((i) =>
      policy(`i${i}`, allow(PASS, i === 0 ? '*' : [`${ARN}role/r${i}*`, '*:function:*'])),
    ),
  ];
  const graph = (turn: <T>(list: T[]) => T[]) =>
    built({
      containers: [container(ACCOUNT, 'account', null, null, 'aws')],
      principals: turn(roles),
      policyDocuments: turn(documents),
    }).index.graph;
  expect(graph((list) => list.toReversed())).toEqual(graph((list) => list));
});

test('who may change every user or join every group does not make a set of its own', () => {
  const crowd = (n: number) => {
    const each = Array.from({length: n}, (_, i) => i);
    const users = each.map((i) =>
      // Each has a policy of its own, so that each is a class of its own.
      principal(`aws:${ARN}user/u${i}`, 'iamUser', ACCOUNT, {cloud: 'aws', policies: [`p${i}`]}),
    );
    const groups = each.map((i) =>
      principal(`aws:${ARN}group/g${i}`, 'iamGroup', ACCOUNT, {cloud: 'aws', policies: ['read']}),
    );
    const documents = each.map((i) =>
      policy(
        `p${i}`,
        allow(['iam:CreateAccessKey', 'iam:AddUserToGroup', 'iam:AttachUserPolicy', `s3:Get${i}`]),
      ),
    );
    return account([], {
      more: [...users, ...groups],
      documents: [...documents, policy('read', allow('s3:GetObject'))],
    }).index.graph.edges.length;
  };
  expect(crowd(100) / crowd(50)).toBeLessThan(2.1);
});

test('sets that differ by one member each share what they have in common', () => {
  const crowd = (n: number) => {
    const each = Array.from({length: n}, (_, i) => i);
    const roles = each.map((i) =>
      principal(`aws:${ARN}role/r${i}`, 'iamRole', ACCOUNT, {
        cloud: 'aws',
        policies: [],
        trust: trusting('lambda'),
      }),
    );
    const users = each.map((i) =>
      principal(`aws:${ARN}user/u${i}`, 'iamUser', ACCOUNT, {cloud: 'aws', policies: [`p${i}`]}),
    );
    const documents = each.map((i) =>
      policy(`p${i}`, allow(MAKE), {
        Effect: 'Allow',
        Action: 'iam:PassRole',
        NotResource: `${ARN}role/r${i}`,
      }),
    );
    // The administrator of the account trusts another service, so that nobody gets round over it.
    return account([], {more: [...roles, ...users], documents, services: ['states']});
  };
  const large = crowd(200);
  expect(large.reach(`aws:${ARN}user/u7`, `aws:${ARN}role/r8`)).toBe('0 certain');
  expect(large.reach(`aws:${ARN}user/u7`, `aws:${ARN}role/r7`)).toBe('no');
  // Pairs would make four times as many.
  expect(large.index.graph.edges.length / crowd(100).index.graph.edges.length).toBeLessThan(3);
  expect(large.index.graph.edges.length).toBeLessThan(200 * 60);
});
