import {expect, test} from 'vitest';
import type {Container, Estate, PolicyDocument, Principal} from '../../../../src/model/estate.ts';
import type {PermissionSet} from '../../../../src/model/identity-facts.ts';
import {built, container, policy, principal, workload} from '../estate.ts';

const ORG = 'aws-org:o-1';
const [UNIT, MANAGER, MEMBER] = ['aws-ou:ou-1', 'aws-account:111111111111', 'aws-account:222222222222'];
const arn = (account: string, rest: string): string => `aws:arn:aws:iam::${account.slice(-12)}:${rest}`;
const ALL = {Effect: 'Allow', Action: '*', Resource: '*'};
const DATA = 'aws:arn:aws:s3:::data';

const scp = (
  id: string,
  attachedTo: string[] | null,
  ...statements: Record<string, unknown>[]
): PolicyDocument => ({
  ...policy(id, ...statements),
  kind: 'scp',
  attachedTo,
});
const FULL = scp('FullAWSAccess', [ORG, UNIT, MANAGER, MEMBER], ALL);

const admin = (account: string, more: Partial<Principal> = {}): Principal =>
  principal(arn(account, 'user/admin'), 'iamUser', account, {cloud: 'aws', policies: ['all'], ...more});

interface Given extends Partial<Estate> {
  organisation?: Partial<Container>;
  member?: Partial<Container>;
}

function organisation({organisation: org, member, ...part}: Given) {
  return built({
    ...part,
    containers: [
      {...container(ORG, 'organization', null, ORG, 'aws'), ...org},
      container(UNIT, 'organizationalUnit', ORG, ORG, 'aws'),
      container(MANAGER, 'account', ORG, ORG, 'aws'),
      {...container(MEMBER, 'account', UNIT, ORG, 'aws'), ...member},
    ],
    roots: [{id: ORG, kind: 'awsOrg', name: ORG}],
    workloads: [workload(DATA, MEMBER, {cloud: 'aws', type: 'bucket'})],
    principals: [admin(MANAGER), admin(MEMBER), ...(part.principals ?? [])],
    policyDocuments: [policy('all', ALL), ...(part.policyDocuments ?? [])],
    edges: [
      {
        from: MANAGER,
        to: ORG,
        kind: 'MANAGES',
        level: 0,
        certainty: 'certain',
        evidence: 'MasterAccountId',
        place: {},
      },
    ],
  });
}

const controls = (account: string, given: Given): string =>
  organisation(given).reach(arn(account, 'user/admin'), `${account}#administrators`);

test.each([
  ['everything', [FULL], '0 certain'],
  ['nothing by a deny on the unit', [FULL, scp('no', [UNIT], {...ALL, Effect: 'Deny'})], 'no'],
  [
    'nothing by an allow list on the account',
    [{...FULL, attachedTo: [ORG, UNIT]}, scp('some', [MEMBER], {...ALL, Action: 's3:*'})],
    'no',
  ],
  [
    'less than identities',
    [FULL, scp('no iam', [ORG], {Effect: 'Deny', Action: 'iam:*', Resource: '*'})],
    'no',
  ],
  [
    'what is asked for in its regions',
    [
      FULL,
      scp('regions', [ORG], {
        Effect: 'Deny',
        NotAction: ['iam:*', 'sts:*', 'organizations:*'],
        Resource: '*',
        Condition: {StringNotEquals: {'aws:RequestedRegion': 'eu-central-1'}},
      }),
    ],
    '0 certain',
  ],
  [
    'everybody but a role',
    [
      FULL,
      scp('break glass', [ORG], {
        ...ALL,
        Effect: 'Deny',
        Condition: {ArnNotLike: {'aws:PrincipalArn': 'arn:aws:iam::*:role/x'}},
      }),
    ],
    'no',
  ],
])('a service control policy leaves %s', (_, policyDocuments, expected) => {
  expect(controls(MEMBER, {policyDocuments})).toBe(expected);
  // The management account is never bound.
  expect(controls(MANAGER, {policyDocuments})).toBe('0 certain');
});

test.each([
  ['where the list of roots says so', {organisation: {aliases: ['aws-ou:r-1']}}],
  ['where there is one organisation', {}],
])('policies on the root bind every account, %s', (_, given) => {
  const full = {...FULL, attachedTo: ['aws-ou:r-1', UNIT, MANAGER, MEMBER]};
  expect(controls(MEMBER, {...given, policyDocuments: [full]})).toBe('0 certain');
  const denied = [full, scp('no', ['aws-ou:r-1'], {...ALL, Effect: 'Deny'})];
  expect(controls(MEMBER, {...given, policyDocuments: denied})).toBe('no');
});

test('service control policies that were not exported are one question per organisation', () => {
  const {index, reach} = organisation({});
  expect(reach(arn(MEMBER, 'user/admin'), DATA)).toBe('0 conditional');
  expect(reach(arn(MANAGER, 'user/admin'), `${MANAGER}#administrators`)).toBe('0 certain');
  expect(index.graph.gaps.filter(({id}) => id.startsWith('gap:aws-scp:'))).toHaveLength(1);
  const answer = {
    gap: `gap:aws-scp:${ORG}`,
    answer: 'yes' as const,
    by: 'team',
    date: '2026-11-01',
    because: 'looked',
    place: {},
  };
  expect(controls(MEMBER, {answers: [answer]})).toBe('0 certain');
  expect(controls(MEMBER, {organisation: {attributes: {featureSet: 'CONSOLIDATED_BILLING'}}})).toBe(
    '0 certain',
  );
});

test('roles a service made are not bound, and nobody passes or rewrites them', () => {
  const linked = principal(
    arn(MEMBER, 'role/aws-service-role/x.amazonaws.com/AWSServiceRoleForX'),
    'iamRole',
    MEMBER,
    {
      cloud: 'aws',
      policies: ['all'],
      trust: {
        Statement: [
          {Effect: 'Allow', Action: 'sts:AssumeRole', Principal: {Service: 'lambda.amazonaws.com'}},
        ],
      },
    },
  );
  const documents = [FULL, scp('no', [UNIT], {...ALL, Effect: 'Deny'})];
  expect(organisation({principals: [linked], policyDocuments: documents}).reach(linked.id, DATA)).toBe(
    '0 certain',
  );
  const rewriter = principal(arn(MEMBER, 'user/r'), 'iamUser', MEMBER, {cloud: 'aws', policies: ['rewrite']});
  const rewrite = policy('rewrite', {
    Effect: 'Allow',
    Action: ['iam:UpdateAssumeRolePolicy', 'iam:PassRole', 'lambda:CreateFunction', 'lambda:InvokeFunction'],
    Resource: '*',
  });
  const given = {principals: [linked, rewriter], policyDocuments: [FULL, rewrite]};
  expect(organisation(given).reach(rewriter.id, linked.id)).toBe('no');
});

test.each([
  ['created', {member: {attributes: {joinedMethod: 'CREATED'}}}, '0 certain'],
  ['invited', {member: {attributes: {joinedMethod: 'INVITED'}}}, '0 conditional'],
  ['not known how', {}, '0 conditional'],
  [
    'invited, with StackSets',
    {
      member: {attributes: {joinedMethod: 'INVITED'}},
      organisation: {attributes: {trustedAccess: 'member.org.stacksets.cloudformation.amazonaws.com'}},
    },
    '0 certain',
  ],
  [
    'invited, with the access role',
    {
      member: {attributes: {joinedMethod: 'INVITED'}},
      principals: [
        principal(arn(MEMBER, 'role/OrganizationAccountAccessRole'), 'iamRole', MEMBER, {
          cloud: 'aws',
          name: 'OrganizationAccountAccessRole',
          policies: ['all'],
        }),
      ],
    },
    '0 certain',
  ],
])('the organisation rules an account that was %s', (_, given: Given, expected) => {
  const {reach} = organisation({policyDocuments: [FULL], ...given});
  expect(reach(ORG, DATA)).toBe(expected);
  expect(reach(`${MANAGER}#identities`, DATA)).toBe(expected);
  expect(reach(ORG, `${MANAGER}#content`)).toBe('0 certain');
});

test('a delegated administrator of StackSets acts in the other members, not in the management account', () => {
  const {reach} = organisation({
    policyDocuments: [FULL],
    member: {
      attributes: {
        joinedMethod: 'INVITED',
        delegatedServices: 'guardduty.amazonaws.com stacksets.cloudformation.amazonaws.com',
      },
    },
  });
  expect(reach(`${MEMBER}#identities`, `${MANAGER}#content`)).toBe('no');
  expect(reach(arn(MEMBER, 'user/admin'), `${ORG}#members`)).toBe('0 certain');
});

const SET: PermissionSet = {
  id: 'aws:arn:aws:sso:::permissionSet/ssoins-1/ps-1',
  name: 'Admin',
  instance: 'aws:arn:aws:sso:::instance/ssoins-1',
  policies: ['aws:arn:aws:iam::aws:policy/AdministratorAccess'],
  boundary: null,
};
const PERSON = 'identity-center:user/p';
const assigned = (account: string) => [
  {id: `a-${account}`, principal: PERSON, permissionSet: SET.id, account},
];
const reserved = (account: string) =>
  principal(
    arn(account, 'role/aws-reserved/sso.amazonaws.com/AWSReservedSSO_Admin_0123456789abcdef'),
    'iamRole',
    account,
    {
      cloud: 'aws',
      name: 'AWSReservedSSO_Admin_0123456789abcdef',
      policies: ['all'],
    },
  );

test('a permission set is held in the account of the assignment only', () => {
  const given = {
    permissionSets: [SET],
    ssoAssignments: assigned(MEMBER),
    principals: [reserved(MEMBER), reserved(MANAGER)],
    policyDocuments: [FULL],
  };
  const {reach} = organisation(given);
  expect(reach(PERSON, `${MEMBER}#administrators`)).toBe('0 certain');
  expect(reach(PERSON, `${MANAGER}#administrators`)).toBe('no');
  expect(reach('idp:aws-identity-center/ssoins-1', PERSON)).toBe('0 certain');
  expect(reach(`${MANAGER}#identities`, PERSON)).toBe('0 certain');
});

test('without the role in the data the rights of the set count, and without its policies they are open', () => {
  const given = {permissionSets: [SET], ssoAssignments: assigned(MEMBER), policyDocuments: [FULL]};
  expect(organisation(given).reach(PERSON, `${MEMBER}#administrators`)).toBe('0 certain');
  const open = {...given, permissionSets: [{...SET, policies: null}]};
  expect(organisation(open).reach(PERSON, `${MEMBER}#administrators`)).toBe('0 unknown');
  const own = {...SET, policies: ['aws:arn:aws:iam::*:policy/team']};
  const documents = [FULL, policy(arn(MEMBER, 'policy/team'), ALL)];
  expect(
    organisation({...given, permissionSets: [own], policyDocuments: documents}).reach(
      PERSON,
      `${MEMBER}#administrators`,
    ),
  ).toBe('0 certain');
});
