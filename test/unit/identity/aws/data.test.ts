import {describe, expect, test} from 'vitest';
import type {PolicyDocument, Principal, Workload} from '../../../../src/model/estate.ts';
import {built, container, policy, principal, workload} from '../estate.ts';

const [OWN, OTHER] = ['111111111111', '222222222222'];
const [ACCOUNT, FRIEND] = [`aws-account:${OWN}`, `aws-account:${OTHER}`];
const EVE = `aws:arn:aws:iam::${OWN}:user/eve`;
const BOB = `aws:arn:aws:iam::${OWN}:user/bob`;
const ROLE = `aws:arn:aws:iam::${OTHER}:role/app`;
const PUBLIC = 'public:anyone';
const VENDOR = 'aws-account:333333333333';
const bucketId = (name: string): string => `aws:arn:aws:s3:::${name}`;
const A = bucketId('a');
const KEY = `aws:arn:aws:kms:eu-central-1:${OWN}:key/k`;
const DB = `aws:arn:aws:rds:eu-central-1:${OWN}:db:d`;
const SECRET = `aws:arn:aws:secretsmanager:eu-central-1:${OWN}:secret:s-AbCdEf`;

type Rule = Record<string, unknown>;

function store(id: string, type: Workload['type'], more: Partial<Workload> = {}): Workload {
  return workload(id, ACCOUNT, {cloud: 'aws', type, ...more});
}

function resource(to: string, ...rules: Rule[]): PolicyDocument {
  const filled = rules.map((rule) => ({Effect: 'Allow', Action: '*', Resource: '*', ...rule}));
  return {...policy(`${to}#policy`, ...filled), kind: 'resource', attachedTo: [to]};
}

interface Given {
  eve?: Rule[];
  role?: Rule[];
  stores?: Workload[];
  policies?: PolicyDocument[];
  more?: Partial<Principal>;
}

function account({eve = [], role = [], stores = [store(A, 'bucket')], policies = [], more = {}}: Given) {
  const held = (id: string, rules: Rule[]): PolicyDocument =>
    policy(id, ...rules.map((rule) => ({Effect: 'Allow', Resource: '*', ...rule})));
  return built({
    containers: [
      container(ACCOUNT, 'account', null, null, 'aws'),
      container(FRIEND, 'account', null, null, 'aws'),
    ],
    roots: [ACCOUNT, FRIEND].map((id) => ({id, kind: 'awsAccount' as const, name: id})),
    workloads: [...stores].toSorted((x, y) => (x.id < y.id ? -1 : 1)),
    principals: [
      principal(EVE, 'iamUser', ACCOUNT, {cloud: 'aws', policies: ['eve'], ...more}),
      principal(BOB, 'iamUser', ACCOUNT, {cloud: 'aws', policies: []}),
      principal(ROLE, 'iamRole', FRIEND, {cloud: 'aws', policies: ['role']}),
    ],
    policyDocuments: [held('eve', eve), held('role', role), ...policies],
  });
}

/** Caps and certainty of every edge chain holder → node → store, e.g. `destroy+read certain`. */
function access({index}: ReturnType<typeof built>, from: string, to: string): string[] {
  const {edges} = index.graph;
  return edges
    .filter((edge) => edge.from === from)
    .flatMap((edge) => {
      if (edge.to === to) return [`control ${edge.level} ${edge.certainty}`];
      return edges
        .filter((last) => last.from === edge.to && last.to === to)
        .map(({caps}) => `${caps?.join('+') ?? 'control'} ${edge.level} ${edge.certainty}`);
    })
    .toSorted();
}

describe('what own policies allow', () => {
  test.each<[string, Rule[], string[]]>([
    ['all objects', [{Action: 's3:GetObject'}], ['read 0 certain']],
    ['one bucket', [{Action: 's3:*Object', Resource: 'arn:aws:s3:::a/*'}], ['destroy+read+write 0 certain']],
    ['another bucket', [{Action: 's3:GetObject', Resource: 'arn:aws:s3:::b/*'}], []],
    [
      'a part of the bucket',
      [{Action: 's3:GetObject', Resource: 'arn:aws:s3:::a/public/*'}],
      ['read 0 conditional'],
    ],
    [
      'a star over the slash',
      [{Action: 's3:GetObject', Resource: 'arn:aws:s3:::*.log'}],
      ['read 0 conditional'],
    ],
    ['the bucket but not its objects', [{Action: 's3:*', Resource: 'arn:aws:s3:::a'}], ['control 0 certain']],
    ['the policy of the bucket', [{Action: 's3:PutBucketPolicy'}], ['control 0 certain']],
    [
      'after a second proof',
      [{Action: 's3:GetObject', Condition: {Bool: {'aws:MultiFactorAuthPresent': 'true'}}}],
      ['read 1 certain'],
    ],
    [
      'a tag it has',
      [{Action: 's3:GetObject', Condition: {StringEquals: {'aws:ResourceTag/team': 'x'}}}],
      ['read 0 certain'],
    ],
    [
      'a tag it has not',
      [{Action: 's3:GetObject', Condition: {StringEquals: {'aws:ResourceTag/team': 'y'}}}],
      [],
    ],
    [
      'all but it',
      [{Action: 's3:GetObject'}, {Effect: 'Deny', Action: 's3:GetObject', Resource: 'arn:aws:s3:::a/*'}],
      [],
    ],
    [
      'all but others',
      [{Action: 's3:GetObject', Resource: undefined, NotResource: 'arn:aws:s3:::b/*'}],
      ['read 0 certain'],
    ],
    ['names only', [{Action: ['s3:ListAllMyBuckets', 's3:ListBucket']}], []],
  ])('%s', (_, eve, expected) => {
    expect(access(account({eve, stores: [store(A, 'bucket', {tags: {team: 'x'}})]}), EVE, A)).toEqual(
      expected,
    );
  });

  test('databases, secrets and keys', () => {
    const stores = [store(DB, 'database'), store(SECRET, 'key-vault'), store(KEY, 'key-vault')];
    const on = (to: string, ...Action: string[]): string[] =>
      access(account({eve: [{Action}], stores}), EVE, to);
    expect(on(DB, 'rds:ModifyDBInstance')).toEqual(['control 0 certain']);
    expect(on(DB, 'rds:CreateDBSnapshot')).toEqual([]);
    expect(on(DB, 'rds:CreateDBSnapshot', 'rds:ModifyDBSnapshotAttribute', 'rds:DeleteDBInstance')).toEqual([
      'destroy+read 0 certain',
    ]);
    expect(on(SECRET, 'secretsmanager:Get*')).toEqual(['read 0 certain']);
    expect(on(SECRET, 'kms:Decrypt')).toEqual([]);
    // Its policy is not in the source; by default it hands over to the account.
    expect(on(KEY, 'kms:Decrypt')).toEqual(['read 0 conditional']);
  });

  test('what is encrypted with an own key is read with that key', () => {
    const stores = [store(A, 'bucket', {attributes: {kmsKey: KEY.slice(4)}}), store(KEY, 'key-vault')];
    const policies = [resource(KEY, {Principal: {AWS: `arn:aws:iam::${OWN}:root`}})];
    const with_ = (...Action: string[]): string[] =>
      access(account({eve: [{Action}], stores, policies}), EVE, A);
    expect(with_('s3:GetObject', 's3:PutObject')).toEqual(['write 0 certain']);
    expect(with_('s3:GetObject', 'kms:Decrypt')).toEqual(['read 0 certain']);
  });

  test('a boundary and a policy of the bucket take away', () => {
    const eve = [{Action: 's3:*'}];
    const bounded = account({
      eve,
      more: {boundary: 'b'},
      policies: [policy('b', {Effect: 'Allow', Action: 's3:Get*', Resource: '*'})],
    });
    expect(access(bounded, EVE, A)).toEqual(['read 0 certain']);
    const closed = [
      resource(
        A,
        {Effect: 'Deny', Principal: '*', Action: 's3:Delete*'},
        {Effect: 'Deny', Principal: '*', Action: 's3:Put*'},
      ),
    ];
    expect(access(account({eve, policies: closed}), EVE, A)).toEqual(['read 0 certain']);
    const tls = [
      resource(A, {Effect: 'Deny', Principal: '*', Condition: {Bool: {'aws:SecureTransport': 'false'}}}),
    ];
    expect(access(account({eve: [{Action: 's3:GetObject'}], policies: tls}), EVE, A)).toEqual([
      'read 0 certain',
    ]);
  });
});

describe('what policies of stores give', () => {
  test('to a principal of the account alone', () => {
    const graph = account({
      policies: [resource(A, {Principal: {AWS: BOB.slice(4)}, Action: 's3:GetObject'})],
    });
    expect([access(graph, BOB, A), access(graph, EVE, A)]).toEqual([['read 0 certain'], []]);
  });

  test('to another account only with its own policies', () => {
    const policies = [resource(A, {Principal: {AWS: OTHER}, Action: 's3:*'})];
    expect(access(account({policies}), ROLE, A)).toEqual([]);
    expect(access(account({policies, role: [{Action: 's3:GetObject'}]}), ROLE, A)).toEqual([
      'read 0 certain',
    ]);
    expect(access(account({role: [{Action: 's3:GetObject'}]}), ROLE, A)).toEqual([]);
    // An administrator of the other account is none here.
    expect(access(account({policies, role: [{Action: '*'}]}), ROLE, A)).toEqual(['control 0 certain']);
  });

  test('to the public, unless it is blocked', () => {
    const policies = [resource(A, {Principal: '*', Action: 's3:GetObject'})];
    const open = (attributes: Workload['attributes']) =>
      account({policies, stores: [store(A, 'bucket', {attributes})]});
    expect(access(open({}), PUBLIC, A)).toEqual(['read 0 conditional']);
    expect(open({}).index.graph.gaps.map(({id}) => id)).toContain(`gap:aws-public-access:${A}`);
    expect(access(open({publicAccessBlocked: false}), PUBLIC, A)).toEqual(['read 0 certain']);
    expect(access(open({publicAccessBlocked: true}), PUBLIC, A)).toEqual([]);
    const own = [resource(A, {Principal: '*', Condition: {StringEquals: {'aws:PrincipalOrgID': 'o-1'}}})];
    expect(access(account({policies: own}), PUBLIC, A)).toEqual([]);
    const anyCustomer = [
      resource(KEY, {
        Principal: {AWS: '*'},
        Action: 'kms:Decrypt',
        Condition: {StringLike: {'aws:PrincipalArn': '*'}},
      }),
    ];
    expect(access(account({policies: anyCustomer, stores: [store(KEY, 'key-vault')]}), PUBLIC, KEY)).toEqual([
      'read 0 certain',
    ]);
  });

  test('to a vendor', () => {
    const policies = [
      resource(A, {
        Principal: {AWS: 'arn:aws:iam::333333333333:role/backup'},
        Action: ['s3:PutObject', 's3:DeleteObject'],
      }),
    ];
    expect(access(account({policies}), VENDOR, A)).toEqual(['destroy+write 0 certain']);
  });

  test('a canonical user id is told, not guessed', () => {
    const policies = [resource(A, {Principal: {CanonicalUser: 'abc'}, Action: 's3:GetObject'})];
    expect(account({policies}).findings.map(({code}) => code)).toContain('BH-ID-105');
  });
});

test('edges grow with holders plus stores', () => {
  const stores = Array.from({length: 400}, (_, at) => store(bucketId(`bucket-${at}`), 'bucket'));
  const users = Array.from({length: 300}, (_, at) => `aws:arn:aws:iam::${OWN}:user/u${at}`);
  const {index} = built({
    containers: [container(ACCOUNT, 'account', null, null, 'aws')],
    workloads: stores.toSorted((x, y) => (x.id < y.id ? -1 : 1)),
    principals: users.map((id, at) =>
      principal(id, 'iamUser', ACCOUNT, {cloud: 'aws', policies: [at % 2 === 0 ? 'all' : 'some']}),
    ),
    policyDocuments: [
      policy('all', {Effect: 'Allow', Action: 's3:GetObject', Resource: '*'}),
      policy('some', {Effect: 'Allow', Action: 's3:GetObject', Resource: 'arn:aws:s3:::bucket-1*/*'}),
    ],
  });
  const reads = index.graph.edges.filter(
    ({from, kind}) => (kind === 'HAS_ROLE' && users.includes(from)) || from.includes('bucket:read'),
  );
  expect(reads.length).toBe(300 + 400 + 111);
});
