import {expect, test} from 'vitest';
import type {Principal} from '../../../../src/model/estate.ts';
import {built, container, policy, principal, workload} from '../estate.ts';

const ACCOUNT = 'aws-account:111111111111';
const OTHER = 'aws-account:222222222222';
const ORG = 'aws-org:o-1';
const ARN = 'arn:aws:iam::111111111111:';
const POLICY = `aws:${ARN}policy/`;
const [VM, BUCKET, ROLE, USER] = [
  `aws:arn:aws:ec2:eu-central-1:111111111111:instance/i-1`,
  'aws:arn:aws:s3:::bucket',
  `aws:${ARN}role/app`,
  `aws:${ARN}user/u`,
];
const ALLOW_ALL = {Effect: 'Allow', Action: '*', Resource: '*'};

function account(user: Partial<Principal>, trust?: unknown, documents: ReturnType<typeof policy>[] = []) {
  return built({
    containers: [
      container(ORG, 'organization', null, ORG, 'aws'),
      {...container(ACCOUNT, 'account', ORG, ORG, 'aws'), attributes: {joinedMethod: 'CREATED'}},
      container(OTHER, 'account', ORG, ORG, 'aws'),
    ],
    roots: [ORG, ACCOUNT, OTHER].map((id) => ({id, kind: id === ORG ? 'awsOrg' : 'awsAccount', name: id})),
    workloads: [
      workload(VM, ACCOUNT, {cloud: 'aws', nativeType: 'AWS::EC2::Instance', identities: [ROLE]}),
      workload(BUCKET, OTHER, {cloud: 'aws', type: 'bucket'}),
    ],
    principals: [
      principal(USER, 'iamUser', ACCOUNT, {cloud: 'aws', ...user}),
      principal(ROLE, 'iamRole', ACCOUNT, {cloud: 'aws', trust}),
      principal(`aws:${ARN}group/g`, 'iamGroup', ACCOUNT, {cloud: 'aws', policies: ['group']}),
    ],
    policyDocuments: [
      policy('group', {Effect: 'Deny', Action: 'iam:*', Resource: '*'}),
      {...policy('FullAWSAccess', ALLOW_ALL), kind: 'scp', attachedTo: [ORG, ACCOUNT, OTHER]},
      ...documents,
    ],
    edges: [
      {
        from: OTHER,
        to: ORG,
        kind: 'MANAGES',
        level: 0,
        certainty: 'certain',
        evidence: 'management',
        place: {},
      },
    ],
  });
}

test.each([
  ['administrator', [ALLOW_ALL], {}, '0 certain', '0 certain'],
  [
    'iam alone is everything',
    [{Effect: 'Allow', Action: 'iam:*', Resource: '*'}],
    {},
    '0 certain',
    '0 certain',
  ],
  [
    'power user',
    [{Effect: 'Allow', NotAction: ['iam:*', 'organizations:*'], Resource: '*'}],
    {},
    '0 certain',
    'no',
  ],
  ['whole deny', [ALLOW_ALL, {Effect: 'Deny', Action: '*', Resource: '*'}], {}, 'no', 'no'],
  ['iam denied by a group', [ALLOW_ALL], {memberOf: [`aws:${ARN}group/g`]}, '0 certain', 'no'],
  ['boundary', [ALLOW_ALL], {boundary: 'b'}, '0 conditional', '0 conditional'],
  [
    'multi-factor',
    [{...ALLOW_ALL, Condition: {Bool: {'aws:MultiFactorAuthPresent': 'true'}}}],
    {},
    '1 certain',
    '1 certain',
  ],
  [
    'deny without multi-factor',
    [
      ALLOW_ALL,
      {
        Effect: 'Deny',
        NotAction: 'iam:ListMFADevices',
        Resource: '*',
        Condition: {BoolIfExists: {'aws:MultiFactorAuthPresent': 'false'}},
      },
    ],
    {},
    '1 certain',
    '1 certain',
  ],
  ['one machine service', [{Effect: 'Allow', Action: ['ssm:Send*'], Resource: ['*']}], {}, '0 certain', 'no'],
  ['some other resources', [{Effect: 'Allow', Action: '*', Resource: 'arn:aws:s3:::x/*'}], {}, 'no', 'no'],
  [
    'a policy it holds may be rewritten',
    [{Effect: 'Allow', Action: 'iam:CreatePolicyVersion', Resource: '*'}],
    {},
    '0 certain',
    '0 certain',
  ],
  ['read only', [{Effect: 'Allow', Action: ['ec2:Describe*', 's3:List*'], Resource: '*'}], {}, 'no', 'no'],
])('%s', (_, statements, more, vm, role) => {
  const {reach} = account({policies: [`${POLICY}p`], ...more}, undefined, [
    policy(`${POLICY}p`, ...statements),
  ]);
  // The role can only be reached over the identities of the account: nothing trusts the machine's own role here.
  expect([
    reach(USER, VM),
    reach(USER, ROLE) === '0 certain' && role === 'no' ? 'over the machine' : reach(USER, ROLE),
  ]).toEqual([vm, role === 'no' && vm.endsWith('certain') ? 'over the machine' : role]);
});

test('a right to everything but identities is none over them', () => {
  const documents = [policy('p', {Effect: 'Allow', NotAction: 'iam:*', Resource: '*'})];
  expect(account({policies: ['p']}, undefined, documents).reach(USER, `aws:${ARN}group/g`)).toBe('no');
  expect(
    account({policies: ['a']}, undefined, [policy('a', ALLOW_ALL)]).reach(USER, `aws:${ARN}group/g`),
  ).toBe('0 certain');
});

test('missing documents: well-known managed policies are known, others count in the upper end', () => {
  expect(account({policies: ['aws:arn:aws:iam::aws:policy/AdministratorAccess']}).reach(USER, VM)).toBe(
    '0 certain',
  );
  expect(
    account({policies: ['aws:arn:aws:iam::aws:policy/job-function/ViewOnlyAccess']}).reach(USER, VM),
  ).toBe('no');
  const own = account({policies: [`aws:${ARN}policy/mine`]});
  expect(own.reach(USER, VM)).toBe('0 unknown');
  expect(own.findings.map(({code}) => code)).toContain('BH-ID-003');
});

test('the management account rules every account, over its own identities', () => {
  const {reach} = account({});
  expect(reach(OTHER, VM)).toBe('0 certain');
  expect(reach(ACCOUNT, BUCKET)).toBe('no');
  expect(reach(`${OTHER}#identities`, VM)).toBe('0 certain');
  expect(reach(`${OTHER}#content`, VM)).toBe('no');
  expect(reach('provider:aws', BUCKET)).toBe('2 certain');
});

const trust = (Principal: unknown, Condition?: unknown) => ({
  Statement: [{Effect: 'Allow', Action: 'sts:AssumeRole*', Principal, ...(Condition ? {Condition} : {})}],
});

test.each([
  ['a named user', trust({AWS: `${ARN}user/u`}), USER, '0 certain'],
  ['the own account', trust({AWS: `${ARN}root`}), `${ACCOUNT}#identities`, '0 certain'],
  ['another account of the organisation', trust({AWS: '222222222222'}), OTHER, '0 certain'],
  ['a vendor', trust({AWS: 'arn:aws:iam::999999999999:root'}), 'aws-account:999999999999', '0 certain'],
  [
    'a vendor with an external id is no safer when the vendor is robbed',
    trust({AWS: '999999999999'}, {StringEquals: {'sts:ExternalId': 'x'}}),
    'aws-account:999999999999',
    '0 certain',
  ],
  [
    'multi-factor guards',
    trust({AWS: `${ARN}user/u`}, {Bool: {'aws:MultiFactorAuthPresent': 'true'}}),
    USER,
    '1 certain',
  ],
  [
    'an address condition may hold',
    trust({AWS: `${ARN}user/u`}, {IpAddress: {'aws:SourceIp': '10.0.0.0/8'}}),
    USER,
    '1 conditional',
  ],
  ['SAML', trust({Federated: `${ARN}saml-provider/corp`}), `saml:${ARN}saml-provider/corp`, '0 certain'],
  [
    'OIDC',
    trust({Federated: `${ARN}oidc-provider/token.actions.githubusercontent.com`}),
    'oidc:https://token.actions.githubusercontent.com',
    '0 certain',
  ],
  ['anyone', trust('*'), 'public:anyone', '0 certain'],
  ['anyone of an organisation', trust('*', {StringEquals: {'aws:PrincipalOrgID': 'o-1'}}), ORG, '0 certain'],
  [
    'anyone of an organisation is not anyone',
    trust({AWS: '*'}, {StringEquals: {'aws:PrincipalOrgID': 'o-1'}}),
    'public:anyone',
    'no node',
  ],
  [
    'any account of an organisation',
    trust('*', {StringEquals: {'aws:PrincipalOrgID': ['o-1']}}),
    `${OTHER}#identities`,
    '0 certain',
  ],
  [
    'one account of an organisation',
    trust('*', {StringEquals: {'aws:PrincipalOrgID': 'o-1', 'aws:PrincipalAccount': '999999999999'}}),
    'aws-account:999999999999',
    '0 certain',
  ],
  [
    'whoever does not name another organisation',
    trust('*', {StringEqualsIfExists: {'aws:PrincipalOrgID': 'o-1'}}),
    'public:anyone',
    '0 conditional',
  ],
  ['a service', trust({Service: 'ec2.amazonaws.com'}), USER, 'no'],
  ['a principal that is not listed', trust({AWS: `${ARN}user/gone`}), `${ACCOUNT}#identities`, '0 certain'],
])('trust in %s', (_, document, from, expected) => {
  expect(account({}, document).reach(from, ROLE)).toBe(expected);
});

test('open trust is told: anyone, a shared issuer without subject, deleted and stale principals', () => {
  const codes = (document: unknown) => account({}, document).findings.map(({code}) => code);
  const github = {Federated: `${ARN}oidc-provider/token.actions.githubusercontent.com`};
  const subject = (sub: string) =>
    trust(github, {StringLike: {'token.actions.githubusercontent.com:sub': sub}});
  expect(codes(trust({AWS: '*'}))).toContain('BH-ID-010');
  expect(codes(trust({AWS: 'AROAEXAMPLE'}))).toContain('BH-ID-011');
  expect(codes(trust({AWS: `${ARN}user/gone`}))).toContain('BH-ID-012');
  expect(codes(trust(github))).toContain('BH-ID-013');
  expect(codes(subject('*'))).toContain('BH-ID-013');
  expect(codes(subject('repo:harbor/app:ref:refs/heads/main'))).not.toContain('BH-ID-013');
});

const assume = (Resource: string, more: object = {}) => ({
  Effect: 'Allow',
  Action: 'sts:AssumeRole',
  Resource,
  ...more,
});
const OWN_ACCOUNT = trust({AWS: `${ARN}root`});

test.each([
  ['is told to', [assume(`${ARN}role/*`)], {}, '0 certain'],
  ['anywhere', [assume('*')], {}, '0 certain'],
  ['of another name', [assume(`${ARN}role/other`)], {}, 'no'],
  ['after a deny', [assume('*'), {Effect: 'Deny', Action: 'sts:*', Resource: `${ARN}role/app`}], {}, 'no'],
  [
    'with a second factor',
    [assume('*', {Condition: {Bool: {'aws:MultiFactorAuthPresent': 'true'}}})],
    {},
    '1 certain',
  ],
  ['inside a boundary', [assume('*')], {boundary: 'b'}, '0 conditional'],
  ['by all but', [{Effect: 'Allow', NotAction: 'iam:*', Resource: '*'}], {}, '0 certain'],
])(
  'a role that trusts its account is assumed by whose own policy allows it: %s',
  (_, statements, more, expected) => {
    const documents = [policy('p', ...statements)];
    expect(
      account({policies: ['p'], ...more}, OWN_ACCOUNT, documents).index.graph.edges.flatMap((edge) =>
        edge.from === USER && edge.to === ROLE ? [`${edge.level} ${edge.certainty}`] : [],
      )[0] ?? 'no',
    ).toBe(expected);
  },
);

test('a user of another account needs leave of both sides', () => {
  const stranger = 'aws:arn:aws:iam::222222222222:user/s';
  const reachOfStranger = (policies: string[]) =>
    built({
      containers: [
        container(ACCOUNT, 'account', null, null, 'aws'),
        container(OTHER, 'account', null, null, 'aws'),
      ],
      principals: [
        principal(ROLE, 'iamRole', ACCOUNT, {cloud: 'aws', trust: trust({AWS: stranger.slice(4)})}),
        principal(stranger, 'iamUser', OTHER, {cloud: 'aws', policies}),
      ],
      policyDocuments: [policy('p', assume('*'))],
    }).reach(stranger, ROLE);
  expect(reachOfStranger(['p'])).toBe('0 certain');
  expect(reachOfStranger([])).toBe('no');
});

test('what only another export knows is unknown, never none', () => {
  const profile = `aws:${ARN}instance-profile/app`;
  const seen = (edges: [string, string][], principals: Principal[], identity: string) =>
    built({
      containers: [container(ACCOUNT, 'account', null, null, 'aws')],
      workloads: [
        workload(VM, ACCOUNT, {cloud: 'aws', identities: [identity]}),
        workload(BUCKET, ACCOUNT, {cloud: 'aws', type: 'bucket'}),
      ],
      principals,
      edges: edges.map(([from, to]) => ({
        from,
        to,
        kind: 'RUNS_AS',
        level: 0,
        certainty: 'certain',
        evidence: '',
        place: {},
      })),
    });
  const envelope = principal(profile, 'unknown', ACCOUNT, {cloud: 'aws', implied: true});
  const mentioned = principal(ROLE, 'iamRole', ACCOUNT, {cloud: 'aws', implied: true});
  const listed = principal(ROLE, 'iamRole', ACCOUNT, {cloud: 'aws', policies: []});
  expect(seen([], [envelope], profile).reach(VM, BUCKET)).toBe('0 unknown');
  expect(seen([], [mentioned], ROLE).reach(VM, BUCKET)).toBe('0 unknown');
  expect(seen([[profile, ROLE]], [envelope, mentioned], profile).reach(VM, BUCKET)).toBe('0 unknown');
  expect(seen([[profile, ROLE]], [envelope, listed], profile).reach(VM, BUCKET)).toBe('no');
  expect(seen([], [mentioned], ROLE).findings.map(({code}) => code)).toContain('BH-ID-004');
  const lost = account({policies: [], memberOf: [`aws:${ARN}group/gone`]});
  expect(lost.reach(USER, VM)).toBe('0 unknown');
});

test('a boundary or a deny narrows a managed policy whose document is missing', () => {
  const policies = ['aws:arn:aws:iam::aws:policy/AdministratorAccess'];
  expect(account({policies, boundary: 'b'}).reach(USER, VM)).toBe('0 conditional');
  // The group denies iam:*: the machines are held all the same, the identities are not.
  const denied = account({policies, memberOf: [`aws:${ARN}group/g`]});
  expect(denied.reach(USER, VM)).toBe('0 certain');
  expect(denied.reach(USER, `${ACCOUNT}#identities`)).toBe('no');
});
