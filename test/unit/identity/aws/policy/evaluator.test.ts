import {describe, expect, test} from 'vitest';
import {
  ANONYMOUS,
  ANY,
  ANY_ACTION,
  ANY_RESOURCE,
  type PrincipalClass,
  type Request,
  anyActionOf,
  ask,
  compileClass,
  describeAnswer,
  foreignAccount,
  indexResourceNames,
  knownContext,
  mentionedKeys,
  missingPolicy,
  parsePolicy,
  reach,
  rootUser,
  tagContext,
} from '../../../../../src/identity/aws/policy/index.ts';

const NOW = '2030-06-01T00:00:00Z';
const OWN = '111111111111';
const BUCKET = 'arn:aws:s3:::b/k';

type Rule = Record<string, unknown>;

function policy(...rules: Rule[]) {
  return parsePolicy({
    Version: '2012-10-17',
    Statement: rules.map((rule) => ({Effect: 'Allow', Action: '*', Resource: '*', ...rule})),
  });
}

/** Without the Resource that `policy` fills in. */
function trust(...rules: Rule[]) {
  return parsePolicy({
    Version: '2012-10-17',
    Statement: rules.map((rule) => ({Effect: 'Allow', Action: 'sts:AssumeRole', ...rule})),
  });
}

function user(more: Partial<PrincipalClass> = {}): PrincipalClass {
  return {
    kind: 'user',
    caller: {arn: `arn:aws:iam::${OWN}:user/team/eve`, account: OWN, uniqueId: 'AIDAEXAMPLEEVE'},
    identity: [],
    boundary: null,
    scps: [],
    ...more,
  };
}

function role(more: Partial<PrincipalClass> = {}): PrincipalClass {
  return {
    ...user(more),
    kind: 'role',
    caller: {arn: `arn:aws:iam::${OWN}:role/r`, account: OWN, uniqueId: 'AROAEXAMPLER'},
    ...more,
  };
}

function answer(group: PrincipalClass, request: Partial<Request> = {}) {
  return ask(compileClass(group, {now: NOW}), {
    action: 's3:GetObject',
    resource: BUCKET,
    resourceAccount: OWN,
    ...request,
  });
}

/** `allow`, `deny`, `depends`, with ` 1` for level 1 and ` ?` for an input that is missing. */
function short(group: PrincipalClass, request: Partial<Request> = {}): string {
  const {decision, level, certainty} = answer(group, request);
  return `${decision}${level === 1 ? ' 1' : ''}${certainty === 'unknown' ? ' ?' : ''}`;
}

const DENY = {Effect: 'Deny'};
const when = (operator: string, key: string, value: unknown) => ({Condition: {[operator]: {[key]: value}}});

describe('conditions', () => {
  const allowIf = (operator: string, key: string, value: unknown): string =>
    short(user({identity: [policy(when(operator, key, value))]}));
  const denyIf = (operator: string, key: string, value: unknown): string =>
    short(user({identity: [policy({}, {...DENY, ...when(operator, key, value)})]}));

  test.each([
    ['Bool', 'aws:MultiFactorAuthPresent', 'true', 'allow 1'],
    // A long-term access key carries no such key: the condition holds without a second proof.
    ['BoolIfExists', 'aws:MultiFactorAuthPresent', 'true', 'allow'],
    ['NumericLessThan', 'aws:MultiFactorAuthAge', '3600', 'allow 1'],
    ['Null', 'aws:MultiFactorAuthAge', 'false', 'allow 1'],
    ['IpAddress', 'aws:SourceIp', '192.0.2.0/24', 'depends 1'],
    ['StringEquals', 'aws:SourceVpce', 'vpce-1', 'depends 1'],
    ['IpAddress', 'aws:SourceIp', ['0.0.0.0/0', '::/0'], 'depends 1'],
    ['Bool', 'aws:SecureTransport', 'true', 'allow'],
    ['Bool', 'aws:SecureTransport', 'false', 'allow'],
    ['StringLike', 'aws:Referer', 'https://shop.example/*', 'allow'],
    ['StringEquals', 'aws:RequestTag/team', 'a', 'allow'],
    ['ForAllValues:StringEquals', 'aws:TagKeys', ['a', 'b'], 'allow'],
    ['ForAnyValue:StringLike', 'aws:TagKeys', 'a*', 'allow'],
    ['StringEquals', 'aws:RequestedRegion', 'eu-central-1', 'allow'],
    ['StringEquals', 'aws:ResourceTag/team', 'a', 'depends'],
    ['StringNotEquals', 'aws:ResourceTag/team', 'a', 'depends'],
    ['StringLikeIfExists', 'aws:ResourceTag/team', '*', 'allow'],
    ['Null', 'aws:ResourceTag/team', ['true', 'false'], 'allow'],
    ['StringEquals', 'aws:username', 'eve', 'allow'],
    ['StringEquals', 'aws:username', 'Eve', 'deny'],
    ['StringEqualsIgnoreCase', 'aws:username', 'EVE', 'allow'],
    ['StringLike', 'AWS:UserName', 'e*', 'allow'],
    ['StringEquals', 'aws:username', 'e*', 'deny'],
    ['StringEquals', 'aws:PrincipalAccount', OWN, 'allow'],
    ['ArnLike', 'aws:PrincipalArn', `arn:aws:iam::*:user/*`, 'allow'],
    ['ArnLike', 'aws:PrincipalArn', `arn:aws:*:user/team/eve`, 'depends'],
    ['ArnNotEquals', 'aws:PrincipalArn', `arn:aws:iam::${OWN}:user/team/eve`, 'deny'],
    ['StringEquals', 'aws:SourceAccount', OWN, 'deny'],
    ['StringNotEquals', 'aws:SourceAccount', OWN, 'allow'],
    ['StringEqualsIfExists', 'aws:SourceAccount', OWN, 'allow'],
    ['Bool', 'aws:PrincipalIsAWSService', 'true', 'deny'],
    ['DateLessThan', 'aws:CurrentTime', '2030-01-01T00:00:00Z', 'deny'],
    ['DateGreaterThan', 'aws:CurrentTime', '2030-01-01T00:00:00Z', 'allow'],
    ['NumericGreaterThan', 'aws:EpochTime', '1000000000', 'allow'],
    ['DateGreaterThan', 'aws:TokenIssueTime', '2031-01-01T00:00:00Z', 'allow'],
    ['StringEquals', 'aws:PrincipalOrgID', 'o-1', 'depends'],
    ['StringEquals', 'no:SuchKey', 'x', 'depends'],
    ['StringEquals', '__proto__', 'x', 'depends'],
    ['StringResembles', 'aws:username', 'eve', 'depends ?'],
    ['NumericEquals', 'aws:EpochTime', 'soon', 'depends'],
    ['StringEquals', 'aws:username', [], 'deny'],
    ['BinaryEquals', 'aws:username', 'ZXZl', 'deny'],
  ])('an allow with %s %s %j: %s', (operator, key, value, expected) => {
    expect(allowIf(operator, key, value)).toBe(expected);
  });

  test.each([
    ['Bool', 'aws:MultiFactorAuthPresent', 'false', 'allow'],
    ['BoolIfExists', 'aws:MultiFactorAuthPresent', 'false', 'allow 1'],
    ['NotIpAddress', 'aws:SourceIp', '192.0.2.0/24', 'depends 1'],
    ['Bool', 'aws:SecureTransport', 'false', 'allow'],
    ['StringNotEquals', 'aws:RequestedRegion', ['eu-central-1'], 'allow'],
    ['StringNotEquals', 'aws:PrincipalOrgID', 'o-1', 'depends'],
    ['StringNotEquals', 'aws:username', 'eve', 'allow'],
    ['StringEquals', 'aws:username', 'eve', 'deny'],
    ['StringNotLike', 'aws:userid', ['AIDAEXAMPLE*'], 'allow'],
    ['ForAllValues:StringEquals', 'aws:TagKeys', 'a', 'allow'],
    ['DateLessThan', 'aws:TokenIssueTime', '2029-01-01T00:00:00Z', 'allow'],
    ['StringResembles', 'aws:username', 'eve', 'depends'],
  ])('a deny with %s %s %j leaves %s', (operator, key, value, expected) => {
    expect(denyIf(operator, key, value)).toBe(expected);
  });

  test('a role carries the MFA key in every session, so IfExists does not let it through', () => {
    const identity = [policy(when('BoolIfExists', 'aws:MultiFactorAuthPresent', 'true'))];
    expect(short(role({identity}))).toBe('allow 1');
  });

  test('a guard before one way and an open condition before another are two ways', () => {
    const identity = [
      policy(
        when('Bool', 'aws:MultiFactorAuthPresent', 'true'),
        when('StringEquals', 'aws:ResourceTag/x', 'y'),
      ),
    ];
    expect(answer(user({identity})).ways).toEqual([
      {level: 1, certainty: 'certain'},
      {level: 0, certainty: 'conditional'},
    ]);
  });

  test('a key the requester sets cannot satisfy an allow and evade a deny at once', () => {
    const same = [
      policy(when('StringEquals', 'aws:Referer', 'a'), {
        ...DENY,
        ...when('StringEquals', 'aws:Referer', 'a'),
      }),
    ];
    expect(short(user({identity: same}))).not.toBe('allow');
    const other = [
      policy(when('StringLike', 'aws:Referer', 'a*'), {...DENY, ...when('StringEquals', 'aws:Referer', 'a')}),
    ];
    expect(short(user({identity: other}))).toBe('allow');
  });

  test('the region of the resource is the region of the request; global services are in us-east-1', () => {
    const identity = [
      policy({}, {...DENY, ...when('StringNotEquals', 'aws:RequestedRegion', 'eu-central-1')}),
    ];
    const on = (resource: string, action: string) => short(user({identity}), {resource, action});
    expect(on(`arn:aws:sqs:us-west-2:${OWN}:q`, 'sqs:SendMessage')).toBe('deny');
    expect(on(`arn:aws:sqs:eu-central-1:${OWN}:q`, 'sqs:SendMessage')).toBe('allow');
    expect(on(`arn:aws:iam::${OWN}:user/x`, 'iam:CreateAccessKey')).toBe('deny');
  });

  test('known tags decide, absent ones too', () => {
    const identity = [policy(when('StringEquals', 'aws:PrincipalTag/team', 'a'))];
    const tagged = (tags: Record<string, string>) =>
      short(user({identity, context: tagContext('aws:PrincipalTag/', tags)}));
    expect([tagged({team: 'a'}), tagged({TEAM: 'a'}), tagged({team: 'b'}), tagged({})]).toEqual([
      'allow',
      'allow',
      'deny',
      'deny',
    ]);
  });

  test('the session part of a user id is open, the role part is not', () => {
    const allowed = (value: string) =>
      short(role({identity: [policy(when('StringLike', 'aws:userid', value))]}));
    expect([allowed('AROAEXAMPLER:*'), allowed('AROAEXAMPLER:bob'), allowed('AROAOTHER:*')]).toEqual([
      'allow',
      'depends',
      'deny',
    ]);
  });
});

describe('patterns', () => {
  const covers = (rule: Rule, request: Partial<Request> = {}) =>
    short(user({identity: [policy(rule)]}), request);

  test('actions ignore case, resources do not', () => {
    expect(covers({Action: 'S3:getOBJECT'})).toBe('allow');
    expect(covers({Resource: 'arn:aws:s3:::B/k'})).toBe('deny');
    expect(covers({Resource: 'arn:aws:s3:::?/*'})).toBe('allow');
  });

  test('NotAction and NotResource', () => {
    expect(covers({Action: undefined, NotAction: 's3:*'})).toBe('deny');
    expect(covers({NotAction: 's3:*'})).toBe('depends ?');
    expect(
      answer(
        user({identity: [parsePolicy({Statement: {Effect: 'Allow', NotAction: 'iam:*', Resource: '*'}})]}),
      ).decision,
    ).toBe('allow');
    const deny = parsePolicy({
      Statement: [
        {Effect: 'Allow', Action: '*', Resource: '*'},
        {Effect: 'Deny', NotAction: 's3:Get*', NotResource: 'arn:aws:s3:::c/*'},
      ],
    });
    expect(short(user({identity: [deny]}))).toBe('allow');
    expect(short(user({identity: [deny]}), {action: 's3:PutObject'})).toBe('deny');
    expect(short(user({identity: [deny]}), {action: 's3:PutObject', resource: 'arn:aws:s3:::c/x'})).toBe(
      'allow',
    );
  });

  test('policy variables', () => {
    const on = (resource: string, Resource: string, group = user) =>
      short(group({identity: [policy({Resource})]}), {resource});
    expect(on('arn:aws:s3:::b/eve', 'arn:aws:s3:::b/${aws:username}')).toBe('allow');
    expect(on('arn:aws:s3:::b/bob', 'arn:aws:s3:::b/${AWS:USERNAME}')).toBe('deny');
    expect(on('arn:aws:s3:::b/any', 'arn:aws:s3:::b/${aws:username}', role)).toBe('deny');
    expect(on('arn:aws:s3:::b/any', "arn:aws:s3:::b/${aws:username, 'any'}", role)).toBe('allow');
    expect(on('arn:aws:s3:::b/x', 'arn:aws:s3:::b/${aws:PrincipalTag/x}')).toBe('depends');
    expect(on('arn:aws:s3:::c/x', 'arn:aws:s3:::b/${aws:PrincipalTag/x}')).toBe('deny');
    expect(on('arn:aws:s3:::b/*', 'arn:aws:s3:::b/${*}')).toBe('allow');
    expect(on('arn:aws:s3:::b/x', 'arn:aws:s3:::b/${*}')).toBe('deny');
    const old = parsePolicy({
      Version: '2008-10-17',
      Statement: {Effect: 'Allow', Action: '*', Resource: 'arn:aws:s3:::b/${aws:username}'},
    });
    expect(short(user({identity: [old]}), {resource: 'arn:aws:s3:::b/eve'})).toBe('deny');
  });

  test('a variable without a value below a negation stays open', () => {
    expect(
      short(role({identity: [policy(when('StringNotEquals', 'aws:PrincipalAccount', '${aws:username}'))]})),
    ).toBe('depends');
  });
});

describe('layers', () => {
  const all = policy({});

  test('boundary and session policies limit, and are not grants', () => {
    const reads = policy({Action: 's3:Get*'});
    expect(short(user({identity: [all], boundary: reads}))).toBe('allow');
    expect(short(user({identity: [all], boundary: reads}), {action: 's3:PutObject'})).toBe('deny');
    expect(short(user({identity: [], boundary: all}))).toBe('deny');
    expect(short(role({identity: [all], session: [reads]}), {action: 's3:PutObject'})).toBe('deny');
    expect(short(user({identity: [all], boundary: 'missing'}))).toBe('depends');
    expect(short(user({identity: [], boundary: 'missing'}))).toBe('deny');
  });

  test('every level of the organisation must allow, any may deny', () => {
    const scps = (...levels: Rule[][]) => levels.map((level) => [policy(...level)]);
    expect(short(user({identity: [all], scps: scps([{}], [{}])}))).toBe('allow');
    expect(short(user({identity: [all], scps: scps([{}], [{Action: 'ec2:*'}])}))).toBe('deny');
    expect(short(user({identity: [all], scps: scps([{}, {...DENY, Action: 's3:*'}], [{}])}))).toBe('deny');
    expect(short({...rootUser(OWN), scps: scps([{...DENY}])})).toBe('deny');
    expect(short(rootUser(OWN))).toBe('allow');
    const unread = answer(user({identity: [all], scps: [[all], []]}));
    expect([unread.decision, unread.certainty, unread.missing.length > 0]).toEqual([
      'depends',
      'conditional',
      true,
    ]);
  });

  test('what was not read never makes an answer sure', () => {
    expect(short(user({identity: [missingPolicy('gone')]}))).toBe('depends ?');
    expect(short(user({identity: [all, missingPolicy('gone')]}))).toBe('depends');
    expect(short(user({identity: [all, missingPolicy('ReadOnlyAccess', false)]}))).toBe('allow');
    const broken = (statement: unknown) =>
      short(user({identity: [all, parsePolicy({Statement: [statement]})]}));
    expect(broken({Effect: 'Deny', Action: {}, Resource: '*'})).toBe('depends');
    expect(broken({Effect: 'Allow', Action: {}, Resource: '*'})).toBe('allow');
    expect(broken('text')).toBe('depends');
    expect(broken(null)).toBe('depends');
    for (const document of [null, 7, 'x', [], {}, {Statement: 1}, {Statement: [[]]}])
      expect(short(user({identity: [parsePolicy(document)]}))).toBe('depends ?');
  });

  test('an explicit deny wins wherever it stands', () => {
    const deny = policy(DENY);
    const resource = policy({...DENY, Principal: '*'});
    expect(short(user({identity: [all, deny]}))).toBe('deny');
    expect(short(user({identity: [all], boundary: policy({}, DENY)}))).toBe('deny');
    expect(short(user({identity: [all]}), {resourcePolicy: resource})).toBe('deny');
    expect(short(user({identity: [all]}), {rcps: [[deny]]})).toBe('deny');
    expect(short(user({identity: [all]}), {rcps: [[deny]], action: 'ec2:StartInstances'})).toBe('allow');
    expect(short(user({identity: [all]}), {rcps: [[deny]], action: 'ecr:GetDownloadUrlForLayer'})).toBe(
      'depends',
    );
  });
});

describe('resource policies', () => {
  const grant = (AWS: unknown, more: Rule = {}) => policy({Principal: {AWS}, ...more});
  const USER = `arn:aws:iam::${OWN}:user/team/eve`;
  const ROLE = `arn:aws:iam::${OWN}:role/r`;
  const narrow = policy({Action: 'ec2:*'});

  test('in one account a direct grant stands beside the policies of the caller', () => {
    expect(short(user(), {resourcePolicy: grant(USER)})).toBe('allow');
    expect(short(user(), {resourcePolicy: grant('AIDAEXAMPLEEVE')})).toBe('allow');
    expect(short(user(), {resourcePolicy: grant('AIDAEXAMPLEBOB')})).toBe('deny');
    expect(short(user(), {resourcePolicy: grant(OWN)})).toBe('deny');
    expect(short(user(), {resourcePolicy: policy({Principal: '*'})})).toBe('allow');
    expect(short(user({boundary: narrow}), {resourcePolicy: grant(USER)})).toBe('allow');
    expect(short(role({boundary: narrow}), {resourcePolicy: grant(ROLE)})).toBe('deny');
    expect(short(role(), {resourcePolicy: grant(ROLE)})).toBe('allow');
    const session = `arn:aws:sts::${OWN}:assumed-role/r/job`;
    const named = {caller: {arn: ROLE, account: OWN, sessionName: 'job'}};
    expect(short(role({boundary: narrow, ...named}), {resourcePolicy: grant(session)})).toBe('allow');
    expect(short(role({boundary: narrow}), {resourcePolicy: grant(session)})).toBe('depends');
    expect(short(role(), {resourcePolicy: grant(`arn:aws:sts::${OWN}:assumed-role/other/job`)})).toBe('deny');
  });

  test('across accounts both sides must allow', () => {
    const resourceAccount = '222222222222';
    const reads = [policy({Action: 's3:GetObject'})];
    expect(short(user({identity: reads}), {resourceAccount})).toBe('deny');
    expect(short(user({identity: reads}), {resourceAccount, resourcePolicy: grant(OWN)})).toBe('allow');
    expect(short(user(), {resourceAccount, resourcePolicy: grant(USER)})).toBe('deny');
    expect(
      short(user({identity: reads, boundary: narrow}), {resourceAccount, resourcePolicy: grant(USER)}),
    ).toBe('deny');
  });

  test('role trusts and keys need their own policy', () => {
    const AssumeRole = {action: 'sts:AssumeRole', resource: `arn:aws:iam::${OWN}:role/t`};
    const mayAll = {identity: [policy({})]};
    expect(short(user(), {...AssumeRole, resourcePolicy: trust({Principal: {AWS: USER}})})).toBe('allow');
    expect(short(user(), {...AssumeRole, resourcePolicy: trust({Principal: {AWS: OWN}})})).toBe('deny');
    expect(
      short(user(mayAll), {
        ...AssumeRole,
        resourcePolicy: trust({Principal: {AWS: `arn:aws:iam::${OWN}:root`}}),
      }),
    ).toBe('allow');
    expect(
      short(user(mayAll), {
        ...AssumeRole,
        resourcePolicy: trust({Principal: {Service: 'ec2.amazonaws.com'}}),
      }),
    ).toBe('deny');
    expect(short(user(mayAll), AssumeRole)).toBe('depends ?');
    const key = {action: 'kms:Decrypt', resource: `arn:aws:kms:eu-central-1:${OWN}:key/k`};
    expect(short(user(mayAll), {...key, resourcePolicy: policy({Principal: {AWS: ROLE}})})).toBe('deny');
    expect(short(user(mayAll), key)).toBe('depends');
    // The key policy that was not read may name the user.
    expect(short(user(), key)).toBe('depends ?');
  });

  test('a vendor with its whole account is whoever the policy names', () => {
    const vendor = foreignAccount('333333333333');
    const asks = (rule: Rule) =>
      short(vendor, {
        action: 'sts:AssumeRole',
        resource: `arn:aws:iam::${OWN}:role/t`,
        resourcePolicy: trust(rule),
      });
    const AWS = 'arn:aws:iam::333333333333:role/prod';
    expect(asks({Principal: {AWS}, ...when('StringEquals', 'sts:ExternalId', 'secret')})).toBe('allow');
    expect(
      asks({Principal: '*', ...when('ArnLike', 'aws:PrincipalArn', 'arn:aws:iam::333333333333:role/p*')}),
    ).toBe('allow');
    expect(
      asks({Principal: '*', ...when('StringEquals', 'aws:PrincipalArn', 'arn:aws:iam::444444444444:role/p')}),
    ).toBe('deny');
    expect(asks({Principal: '*', ...when('StringEquals', 'aws:PrincipalAccount', '333333333333')})).toBe(
      'allow',
    );
    expect(asks({Principal: {AWS: '444444444444'}})).toBe('deny');
    expect(asks({Principal: {AWS}, ...when('Bool', 'aws:MultiFactorAuthPresent', 'true')})).toBe('allow');
  });

  test('the public, and who is excepted', () => {
    expect(short(ANONYMOUS, {resourcePolicy: policy({Principal: {AWS: '*'}, Action: 's3:GetObject'})})).toBe(
      'allow',
    );
    expect(
      short(ANONYMOUS, {
        resourcePolicy: policy({Principal: '*', ...when('StringEquals', 'aws:PrincipalAccount', OWN)}),
      }),
    ).toBe('deny');
    expect(short(ANONYMOUS, {resourcePolicy: grant(OWN)})).toBe('deny');
    const own = (key: string) => policy({Principal: '*', ...when('StringEquals', key, 'o-1')});
    expect(short(ANONYMOUS, {resourcePolicy: own('aws:PrincipalOrgID')})).toBe('deny');
    expect(short(ANONYMOUS, {resourcePolicy: own('aws:PrincipalTag/x')})).toBe('deny');
    const but = (AWS: unknown) => policy({...DENY, NotPrincipal: {AWS}});
    const all = user({identity: [policy({})]});
    expect(short(all, {resourcePolicy: but([USER, `arn:aws:iam::${OWN}:root`])})).toBe('allow');
    expect(short(all, {resourcePolicy: but(USER)})).toBe('depends');
    expect(short(all, {resourcePolicy: but(ROLE)})).toBe('deny');
  });
});

describe('probes and reach', () => {
  test('a probe is allowed only where everything it stands for is', () => {
    const some = user({identity: [policy({Resource: 'arn:aws:s3:::b/*'})]});
    expect(short(some, {resource: `arn:aws:s3:::b/${ANY}`})).toBe('allow');
    expect(short(some, {resource: ANY_RESOURCE})).toBe('deny');
    expect(answer(some, {resource: ANY_RESOURCE}).some).toBe(true);
    const nearly = user({identity: [policy({}, {...DENY, Action: 's3:Delete*'})]});
    expect(short(nearly, {action: ANY_ACTION, resource: ANY_RESOURCE})).toBe('depends');
    expect(short(nearly, {action: ANY_ACTION, resource: ANY_RESOURCE, denies: 'whole'})).toBe('allow');
    expect(short(nearly, {action: anyActionOf('iam'), resource: ANY_RESOURCE})).toBe('allow');
    const power = user({
      identity: [parsePolicy({Statement: {Effect: 'Allow', NotAction: 'iam:*', Resource: '*'}})],
    });
    expect(short(power, {action: ANY_ACTION, resource: ANY_RESOURCE})).toBe('deny');
    expect(short(power, {action: anyActionOf('s3'), resource: ANY_RESOURCE})).toBe('allow');
  });

  test('only resources that some pattern names are asked for', () => {
    const names = Array.from({length: 50_000}, (_, at) => `arn:aws:s3:::bucket-${at}`);
    const identity = [
      policy({Resource: ['arn:aws:s3:::bucket-4999?', 'arn:aws:s3:::bucket-7']}, {...DENY, Resource: '*9'}),
    ];
    let asked = 0;
    const facts = () => {
      asked++;
      return {resourceAccount: OWN};
    };
    const found = [
      ...reach(compileClass(user({identity}), {now: NOW}), 's3:ListBucket', indexResourceNames(names), facts),
    ];
    expect(found.map(([arn]) => arn.slice(20))).toEqual([
      '49990',
      '49991',
      '49992',
      '49993',
      '49994',
      '49995',
      '49996',
      '49997',
      '49998',
      '7',
    ]);
    expect(asked).toBe(11);
  });

  test('keys a class is told apart by', () => {
    const keys = mentionedKeys([
      policy({
        Resource: "a/${aws:PrincipalTag/Team, 'x'}",
        ...when('StringEquals', 'aws:Foo', '${aws:username}'),
      }),
    ]);
    expect([...keys].toSorted()).toEqual(['aws:foo', 'aws:principaltag/team', 'aws:username']);
  });
});

describe('explanations', () => {
  test('name the statement, the condition and the deny', () => {
    const identity = [
      parsePolicy(
        {
          Statement: [
            {
              Sid: 'Read',
              Effect: 'Allow',
              Action: 's3:*',
              Resource: '*',
              Condition: {IpAddress: {'aws:SourceIp': '192.0.2.0/24'}},
            },
            {Sid: 'Keep', Effect: 'Deny', Action: 's3:Delete*', Resource: '*'},
          ],
        },
        'Office',
      ),
    ];
    const read = answer(user({identity}));
    expect(describeAnswer(read)).toBe(
      'may be allowed: allowed by statement Read of Office, if aws:SourceIp ipaddress 192.0.2.0/24',
    );
    expect(describeAnswer(answer(user({identity}), {action: 's3:DeleteObject'}))).toBe(
      'not allowed: denied by statement Keep of Office',
    );
    expect(describeAnswer(answer(user({identity}), {action: 'ec2:StartInstances'}))).toContain(
      'no statement allows ec2:StartInstances',
    );
    expect(answer(user({identity: [missingPolicy('arn:aws:iam::1:policy/P')]})).missing).toEqual([
      'arn:aws:iam::1:policy/P: document not in the source',
    ]);
  });
});

describe('hostile input', () => {
  test('100,000 statements', () => {
    const statements = Array.from({length: 100_000}, (_, at) => ({
      Effect: at % 7 === 0 ? 'Deny' : 'Allow',
      Action: at % 3 === 0 ? `s3:Action${at}` : ['s3:GetObject', 's3:Put*'],
      Resource: `arn:aws:s3:::bucket-${at}/*`,
      ...(at % 5 === 0 ? {Condition: {StringEquals: {'aws:ResourceTag/x': `${at}`}}} : {}),
    }));
    const compiled = compileClass(user({identity: [parsePolicy({Statement: statements})]}), {now: NOW});
    const decisions = Array.from(
      {length: 2000},
      (_, at) =>
        ask(compiled, {action: 's3:GetObject', resource: `arn:aws:s3:::bucket-${at * 40 + 1}/k`}).decision,
    );
    expect(new Set(decisions)).toEqual(new Set(['allow', 'deny']));
  });

  test('one statement with 100,000 resources', () => {
    const Resource = Array.from({length: 100_000}, (_, at) => `arn:aws:s3:::bucket-${at}/*`);
    const compiled = compileClass(
      user({identity: [parsePolicy({Statement: {Effect: 'Allow', Action: 's3:*', Resource}})]}),
      {now: NOW},
    );
    for (let at = 0; at < 2000; at++)
      expect(
        ask(compiled, {action: 's3:GetObject', resource: `arn:aws:s3:::bucket-${at * 50}/k`}).decision,
      ).toBe('allow');
  });

  test('patterns made to go back and forth', () => {
    const pattern = `${'*a'.repeat(4000)}b`;
    const resource = 'a'.repeat(8000);
    expect(short(user({identity: [policy({Resource: pattern})]}), {resource})).toBe('deny');
    expect(
      short(user({identity: [policy({}, {...DENY, Resource: '*a*'.repeat(700)})]}), {
        resource: `x${ANY}y${ANY}`,
      }),
    ).toBe('depends');
    expect(short(user({identity: [policy({Resource: '*a'.repeat(50_000)})]}), {resource})).toBe('depends ?');
  });

  test('deep nesting and odd names', () => {
    let deep: unknown = 'x';
    for (let at = 0; at < 100_000; at++) deep = [deep];
    expect(
      short(user({identity: [parsePolicy({Statement: {Effect: 'Allow', Action: deep, Resource: '*'}})]})),
    ).toBe('depends ?');
    const odd: unknown = JSON.parse(
      '{"Statement": {"__proto__": {"Effect": "Allow"}, "constructor": 1, "Action": "*", "Resource": "*"}}',
    );
    expect(short(user({identity: [parsePolicy(odd)]}))).toBe('depends ?');
    expect(
      short(
        user({
          identity: [policy({Action: ['', ':', '${', '*:*:*'], Resource: ['${', '${}', '${aws:username']})],
        }),
      ),
    ).toBe('deny');
    expect(
      short(user({identity: [policy({})], context: knownContext({constructor: 'x'})}), {
        action: '',
        resource: '',
      }),
    ).toBe('allow');
  });
});
