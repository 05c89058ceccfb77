import {expect, test} from 'vitest';
import type {Estate, Principal} from '../../../../src/model/estate.ts';
import type {IdentityProvider} from '../../../../src/model/identity-facts.ts';
import {built, container, policy, principal, workload} from '../estate.ts';

const [ONE, TWO] = ['111111111111', '222222222222'];
const [ACCOUNT, OTHER] = [`aws-account:${ONE}`, `aws-account:${TWO}`];
const ARN = `arn:aws:iam::${ONE}:`;
const ROLE = `aws:${ARN}role/app`;
const GITHUB = 'token.actions.githubusercontent.com';

const trust = (Principal: unknown, Condition?: unknown, key = 'Principal') => ({
  Statement: [
    {Effect: 'Allow', Action: 'sts:AssumeRole*', [key]: Principal, ...(Condition ? {Condition} : {})},
  ],
});

function role(document: unknown, part: Partial<Estate> = {}, more: Partial<Principal> = {}) {
  return built({
    containers: [
      container(ACCOUNT, 'account', null, null, 'aws'),
      container(OTHER, 'account', null, null, 'aws'),
    ],
    ...part,
    principals: [
      principal(ROLE, 'iamRole', ACCOUNT, {cloud: 'aws', policies: [], trust: document, ...more}),
      ...(part.principals ?? []),
    ],
  });
}

test('a vendor is called by the list that names it; its other customers get in where no external id is asked for', () => {
  const datadog = trust({AWS: 'arn:aws:iam::464622532012:root'});
  const open = role(datadog);
  expect(open.reach('aws-account:464622532012', ROLE)).toBe('0 certain');
  expect(open.reach('vendor:datadog', ROLE)).toBe('0 conditional');
  expect(open.reach('public:any-customer-of-datadog', ROLE)).toBe('0 conditional');
  const owned = open.index.graph.edges.find(({from}) => from === 'vendor:datadog')!;
  expect(owned.evidence).toContain('unconfirmed');
  const asked = role(trust({AWS: '464622532012'}, {StringEquals: {'sts:ExternalId': 'x'}}));
  expect(asked.reach('aws-account:464622532012', ROLE)).toBe('0 certain');
  expect(asked.index.find('public:any-customer-of-datadog')).toBe(-1);
  const stranger = role(trust({AWS: '999999999999'}));
  expect(stranger.reach('public:any-customer-of-999999999999', ROLE)).toBe('0 unknown');
});

const users = (policies: string[]): Principal[] => [
  principal(`aws:arn:aws:iam::${TWO}:user/u`, 'iamUser', OTHER, {
    cloud: 'aws',
    policies,
    tags: {team: 'red'},
  }),
];
const STRANGER = `aws:arn:aws:iam::${TWO}:user/u`;
const assume = policy('assume', {Effect: 'Allow', Action: 'sts:AssumeRole', Resource: ROLE.slice(4)});

test.each([
  ['the account, with leave of its own policies', {AWS: TWO}, undefined, ['assume'], '0 certain'],
  ['the account, without', {AWS: TWO}, undefined, [], 'no'],
  ['the user, with leave', {AWS: STRANGER.slice(4)}, undefined, ['assume'], '0 certain'],
  ['the user, without', {AWS: STRANGER.slice(4)}, undefined, [], 'no'],
  ['a tag it has', {AWS: TWO}, {StringEquals: {'aws:PrincipalTag/team': 'red'}}, ['assume'], '0 certain'],
  ['a tag it has not', {AWS: TWO}, {StringEquals: {'aws:PrincipalTag/team': 'blue'}}, ['assume'], 'no'],
  ['its ARN', {AWS: TWO}, {ArnLike: {'aws:PrincipalArn': 'arn:aws:iam::*:user/u'}}, ['assume'], '0 certain'],
  ['another ARN', {AWS: TWO}, {ArnLike: {'aws:PrincipalArn': 'arn:aws:iam::*:role/x'}}, ['assume'], 'no'],
  ['an address', {AWS: TWO}, {IpAddress: {'aws:SourceIp': '10.0.0.0/8'}}, ['assume'], '1 conditional'],
  ['a second factor', {AWS: TWO}, {Bool: {'aws:MultiFactorAuthPresent': 'true'}}, ['assume'], '1 certain'],
])('both accounts must agree: %s', (_, trusted, condition, policies, expected) => {
  const {reach} = role(trust(trusted, condition), {principals: users(policies), policyDocuments: [assume]});
  expect(reach(STRANGER, ROLE)).toBe(expected);
});

test('chains of trust that end in a circle are walked once', () => {
  const next = (i: number) => `${ARN}role/r${i % 20}`;
  const ring = Array.from({length: 20}, (_, i) =>
    principal(`aws:${next(i)}`, 'iamRole', ACCOUNT, {
      cloud: 'aws',
      policies: [],
      trust: trust({AWS: next(i + 1)}),
    }),
  );
  const {reach} = role(trust({AWS: next(0)}), {principals: ring});
  expect(reach(`aws:${next(7)}`, ROLE)).toBe('0 certain');
});

test('askers and roles that trust the account meet in one node', () => {
  const crowd = (n: number) => {
    const each = Array.from({length: n}, (_, i) => i);
    return role(undefined, {
      principals: [
        ...each.map((i) =>
          principal(`aws:${ARN}role/r${i}`, 'iamRole', ACCOUNT, {
            cloud: 'aws',
            policies: [],
            trust: trust({AWS: ONE}),
          }),
        ),
        ...each.map((i) =>
          principal(`aws:${ARN}user/u${i}`, 'iamUser', ACCOUNT, {cloud: 'aws', policies: ['any']}),
        ),
      ],
      policyDocuments: [policy('any', {Effect: 'Allow', Action: 'sts:AssumeRole', Resource: '*'})],
    });
  };
  const large = crowd(100);
  expect(large.reach(`aws:${ARN}user/u3`, `aws:${ARN}role/r99`)).toBe('0 certain');
  expect(large.index.graph.edges.length / crowd(50).index.graph.edges.length).toBeLessThan(2.1);
});

const provider = (id: string, more: Partial<IdentityProvider>): IdentityProvider => ({
  id: `aws:${ARN}${id}`,
  kind: 'saml',
  name: id,
  cloud: 'aws',
  container: ACCOUNT,
  issuer: null,
  publicKeySha256: [],
  audiences: [],
  condition: null,
  disabled: false,
  attributes: {},
  ...more,
});

test('a SAML provider leads to the key that signs, and to the tenant that holds it', () => {
  const key = 'a'.repeat(64);
  const tenant = '11111111-2222-3333-4444-555555555555';
  const saml = role(
    trust(
      {Federated: `${ARN}saml-provider/corp`},
      {StringEquals: {'SAML:aud': 'https://signin.aws.amazon.com/saml'}},
    ),
    {
      identityProviders: [
        provider('saml-provider/corp', {
          issuer: `https://sts.windows.net/${tenant}/`,
          publicKeySha256: [key],
        }),
      ],
    },
  );
  expect(saml.reach(`key:${key}`, ROLE)).toBe('0 certain');
  expect(saml.reach(`entra:${tenant}`, ROLE)).toBe('0 certain');
});

const github = (sub: string | undefined, operator = 'StringLike') =>
  role(
    trust(
      {Federated: `${ARN}oidc-provider/${GITHUB}`},
      {
        StringEquals: {[`${GITHUB}:aud`]: 'sts.amazonaws.com'},
        ...(sub === undefined ? {} : {[operator]: {[`${GITHUB}:sub`]: sub}}),
      },
    ),
  );

test('an OIDC subject narrows to who may get its token', () => {
  const named = github('repo:harbor/app:ref:refs/heads/main');
  expect(named.reach('git-org:github.com/harbor', ROLE)).toBe('0 certain');
  expect(named.reach(`oidc:https://${GITHUB}`, ROLE)).toBe('0 certain');
  expect(named.index.find('public:anyone')).toBe(-1);
  for (const open of [github(undefined), github('*'), github('repo:*')]) {
    expect(open.reach('public:anyone', ROLE)).toBe('0 certain');
    expect(open.findings.map(({code}) => code)).toContain('BH-ID-013');
  }
  // Other conditions of the token are written by who signs it, those of the network are not.
  const guarded = role(
    trust({Federated: `${ARN}oidc-provider/idp.example`}, {IpAddress: {'aws:SourceIp': '10.0.0.0/8'}}),
  );
  expect(guarded.reach('oidc:https://idp.example', ROLE)).toBe('1 conditional');
});

test('an identity pool is its customer’s, and its guests are anyone', () => {
  const cognito = 'cognito-identity.amazonaws.com';
  const pool = (amr?: string) =>
    role(
      trust(
        {Federated: cognito},
        {
          StringEquals: {[`${cognito}:aud`]: 'eu-central-1:pool'},
          ...(amr === undefined ? {} : {'ForAnyValue:StringLike': {[`${cognito}:amr`]: amr}}),
        },
      ),
    );
  expect(pool('authenticated').index.find('public:anyone')).toBe(-1);
  expect(pool('unauthenticated').reach('public:anyone', ROLE)).toBe('0 conditional');
  expect(pool().reach('public:anyone', ROLE)).toBe('0 conditional');
  expect(pool('authenticated').findings.map(({code}) => code)).not.toContain('BH-ID-013');
});

test('who is not named by NotPrincipal may come in', () => {
  expect(role(trust({AWS: `${ARN}user/x`}, undefined, 'NotPrincipal')).reach('public:anyone', ROLE)).toBe(
    '0 certain',
  );
});

test.each([
  ['no statement', {}],
  ['text', 'nonsense'],
  ['principal is a number', trust(7)],
  ['principal is a word', trust({AWS: 'somebody'})],
  ['unknown operator', trust({AWS: ONE}, {StringAlmostEquals: {x: 'y'}})],
])('a trust policy that cannot be read may let in whoever rules the account: %s', (_, document) => {
  const {reach, findings} = role(document);
  expect(reach(`${ACCOUNT}#identities`, ROLE)).toBe('0 certain');
  expect(findings.map(({code}) => code).some((code) => code === 'BH-ID-102' || code === 'BH-ID-011')).toBe(
    true,
  );
});

test('a service is no attacker', () => {
  const {index} = role(trust({Service: 'lambda.amazonaws.com'}));
  expect(index.graph.edges.filter(({to, kind}) => to === ROLE && kind === 'CAN_ASSUME')).toEqual([]);
});

test('a cluster that signs for its workloads is trusted where its issuer is', () => {
  const issuer = 'https://oidc.eks.eu-central-1.amazonaws.com/id/ABC';
  const cluster = workload('aws:cluster', ACCOUNT, {
    cloud: 'aws',
    type: 'cluster',
    attributes: {oidcIssuer: issuer},
  });
  const document = trust({Federated: `${ARN}oidc-provider/${issuer.slice('https://'.length)}`});
  expect(role(document, {workloads: [cluster]}).reach(cluster.id, ROLE)).toBe('0 certain');
});

test('many roles that trust one missing principal are one finding', () => {
  const more = Array.from({length: 5}, (_, i) =>
    principal(`aws:${ARN}role/r${i}`, 'iamRole', ACCOUNT, {
      cloud: 'aws',
      policies: [],
      trust: trust({AWS: `${ARN}user/gone`}),
    }),
  );
  const {findings} = role(undefined, {principals: more});
  expect(findings.filter(({code}) => code === 'BH-ID-012').map(({message}) => message)).toEqual([
    expect.stringContaining('5 roles'),
  ]);
});
