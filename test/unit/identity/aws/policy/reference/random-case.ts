import type {PolicyCase} from './case.ts';

/** Small alphabets on purpose: names, patterns and values must collide often to show a mistake. */

/** A seeded generator of numbers in [0, 1) (mulberry32). */
export function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

const OWN = '111111111111';
const OTHER = '222222222222';
const USER = `arn:aws:iam::${OWN}:user/path/a`;
const ROLE = `arn:aws:iam::${OWN}:role/a`;
const ACTIONS = ['s3:GetObject', 's3:PutObject', 'kms:Decrypt', 'sts:AssumeRole', 'lambda:InvokeFunction'];
const ACTION_PATTERNS = [
  ...ACTIONS,
  '*',
  's3:*',
  'S3:GET*',
  'kms:*',
  '*:*Object',
  's3:?etObject',
  'lambda:*',
  'iam:*',
];
const RESOURCE_PATTERNS = [
  '*',
  'arn:aws:s3:::a/*',
  'arn:aws:s3:::A/*',
  'arn:aws:s3:::?/a',
  'arn:aws:*',
  '*a',
  '*b*',
  'arn:aws:s3:::a/${aws:username}',
  "arn:aws:s3:::${aws:PrincipalTag/one, 'a'}/*",
  'arn:aws:s3:::${*}/*',
];
const VALUES = ['a', 'b', 'A', 'a*', '*', '?b', '*b', '${aws:username}'];
/** Values that tell all conditions on `VALUES` apart, patterns taken literally included. */
const DOMAIN: (string[] | null)[] = [
  null,
  ...['a', 'b', 'A', 'ab', 'zz', 'a*', '*', '?b', '*b', '${aws:username}'].map((text) => [text]),
];
/** Each key with the values it may have when nobody knows. */
const OPEN_KEYS: Record<string, (string[] | null)[]> = {
  'aws:PrincipalTag/one': DOMAIN,
  'aws:ResourceTag/two': DOMAIN,
  's3:ExistingObjectTag/three': DOMAIN,
};
const OPEN_SETS: Record<string, (string[] | null)[]> = {
  'aws:PrincipalOrgPaths': [...DOMAIN, ['b', 'zz'], ['a', 'b'], ['a*', 'ab', '*b']],
};
const SETTABLE_KEYS: Record<string, (string[] | null)[]> = {
  'aws:Referer': DOMAIN,
  'aws:UserAgent': DOMAIN,
};
const STRING_OPERATORS = [
  'StringEquals',
  'StringNotEquals',
  'StringLike',
  'StringNotLike',
  'StringEqualsIgnoreCase',
  'StringNotEqualsIgnoreCase',
];

export function randomCase(random: () => number): PolicyCase {
  const pick = <T>(items: readonly T[]): T => items[Math.floor(random() * items.length)]!;
  const chance = (p: number): boolean => random() < p;
  const some = <T>(most: number, make: () => T): T[] =>
    Array.from({length: 1 + Math.floor(random() * most)}, make);
  const oneOrMany = <T>(items: T[]): T | T[] => (items.length === 1 && chance(0.5) ? items[0]! : items);

  const kind = pick(['user', 'user', 'role', 'role', 'role', 'root', 'anonymous', 'service'] as const);
  const arn = {user: USER, role: ROLE, root: `arn:aws:iam::${OWN}:root`, anonymous: null, service: null}[
    kind
  ];
  const account = arn === null ? null : OWN;
  const action = pick(ACTIONS);
  const resourceAccount = chance(0.75) ? OWN : OTHER;
  const resource = {
    s3: pick(['arn:aws:s3:::a/a', 'arn:aws:s3:::a/b', 'arn:aws:s3:::A/a']),
    kms: `arn:aws:kms:eu-central-1:${resourceAccount}:key/a`,
    sts: `arn:aws:iam::${resourceAccount}:role/b`,
    lambda: `arn:aws:lambda:eu-central-1:${resourceAccount}:function:a`,
  }[action.split(':')[0] as 's3'];

  const stringTest = (): [string, string, unknown] => {
    const operator = `${pick(STRING_OPERATORS)}${chance(0.25) ? 'IfExists' : ''}`;
    // What a variable without a value does below a negation is not documented.
    const values = operator.includes('Not') ? VALUES.filter((value) => !value.includes('$')) : VALUES;
    if (chance(0.15)) {
      const quantifier = chance(0.5) ? 'ForAllValues:' : 'ForAnyValue:';
      return [quantifier + operator, pick(Object.keys(OPEN_SETS)), oneOrMany(some(2, () => pick(values)))];
    }
    const key = chance(0.3) ? pick(Object.keys(SETTABLE_KEYS)) : pick(Object.keys(OPEN_KEYS));
    return [operator, chance(0.3) ? key.toUpperCase() : key, oneOrMany(some(2, () => pick(values)))];
  };
  const otherTest = (): [string, string, unknown] =>
    pick<() => [string, string, unknown]>([
      () => [pick(['Bool', 'BoolIfExists']), 'aws:MultiFactorAuthPresent', pick(['true', 'false', true])],
      () => ['NumericLessThan', 'aws:MultiFactorAuthAge', pick(['3600', '0'])],
      () => [
        'Null',
        pick([...Object.keys(OPEN_KEYS), 'aws:MultiFactorAuthPresent']),
        pick(['true', 'false']),
      ],
      () => [
        pick(['ArnLike', 'ArnNotLike', 'ArnEquals']),
        'aws:PrincipalArn',
        pick([ROLE, 'arn:aws:iam::*:role/*', 'arn:*:*:*:*:*', USER]),
      ],
      () => ['StringEquals', 'aws:PrincipalAccount', pick([OWN, OTHER])],
      () => [
        pick(['DateGreaterThan', 'DateLessThan']),
        'aws:CurrentTime',
        pick(['2020-01-01T00:00:00Z', '2040-01-01T00:00:00Z']),
      ],
      () => [
        pick(['NumericLessThan', 'NumericGreaterThanEquals', 'NumericNotEquals']),
        's3:max-keys',
        pick(['5', '10']),
      ],
      () => [
        pick(['IpAddress', 'NotIpAddress']),
        'aws:SourceIp',
        pick(['10.0.0.0/8', '10.1.0.0/16', '192.0.2.7']),
      ],
      () => ['Bool', 'aws:PrincipalIsAWSService', pick(['true', 'false'])],
      () => ['StringLike', 'aws:username', pick(['a', 'b', '*'])],
    ])();
  const condition = (): Record<string, Record<string, unknown>> => {
    const block: Record<string, Record<string, unknown>> = {};
    for (const [operator, key, values] of some(2, () => (chance(0.6) ? stringTest() : otherTest()))) {
      block[operator] = {...block[operator], [key]: values};
    }
    return block;
  };
  const principal = (): unknown =>
    pick<unknown>([
      '*',
      {AWS: '*'},
      {AWS: OWN},
      {AWS: `arn:aws:iam::${OWN}:root`},
      {AWS: [USER, ROLE]},
      {AWS: ROLE},
      {AWS: [USER, OTHER]},
      {AWS: OTHER},
      {Service: ['lambda.amazonaws.com']},
      {Service: 'ec2.amazonaws.com', AWS: USER},
    ]);
  const statement = (deny: number, conditions: number, inResource: boolean): unknown => {
    const effect = chance(deny) ? 'Deny' : 'Allow';
    // Wide more often than not, else nearly every answer would be a deny.
    const actions = chance(0.6) ? [action] : some(2, () => pick(ACTION_PATTERNS));
    const resources = chance(0.55) ? ['*'] : some(2, () => pick(RESOURCE_PATTERNS));
    const broken = chance(0.02);
    return {
      Effect: broken && chance(0.5) ? 'allow' : effect,
      ...(inResource ? {Principal: principal()} : {}),
      [chance(0.8) ? 'Action' : 'NotAction']: broken ? 7 : oneOrMany(actions),
      ...(chance(0.85)
        ? {Resource: oneOrMany(resources)}
        : {
            NotResource: oneOrMany(
              resources.filter((text) => text !== '*' && !text.includes('${')).concat('arn:aws:s3:::b/*'),
            ),
          }),
      ...(chance(conditions) ? {Condition: condition()} : {}),
    };
  };
  const document = (most: number, deny: number, conditions: number, inResource = false): unknown => ({
    ...(chance(0.8) ? {Version: '2012-10-17'} : {}),
    Statement: oneOrMany(some(most, () => statement(deny, conditions, inResource))),
  });
  const full = {Version: '2012-10-17', Statement: {Effect: 'Allow', Action: '*', Resource: '*'}};

  const isPrincipal = kind === 'user' || kind === 'role';
  const given: PolicyCase = {
    caller: {kind, arn, account, ...(kind === 'service' ? {service: 'lambda.amazonaws.com'} : {})},
    action: chance(0.2) ? action.toUpperCase() : action,
    resource,
    resourceAccount,
    identity: isPrincipal ? some(2, () => document(3, 0.15, 0.45)) : [],
    boundary: isPrincipal && chance(0.25) ? document(2, 0.15, 0.2) : null,
    session: isPrincipal && chance(0.12) ? some(1, () => document(2, 0.1, 0.2)) : null,
    scps:
      account !== null && chance(0.35)
        ? some(2, () => (chance(0.6) ? [full, document(1, 0.8, 0.5)] : [document(2, 0.2, 0.2)]))
        : [],
    rcps: chance(0.2) ? [[full, document(1, 0.8, 0.6)]] : [],
    // Roles and keys always have a policy.
    resourcePolicy:
      chance(isPrincipal ? 0.5 : 0.95) || /^(?:sts|kms):/.test(action) ? document(3, 0.2, 0.35, true) : null,
    known: {
      'aws:CurrentTime': ['2030-06-01T00:00:00Z'],
      'kms:CallerAccount': account === null ? null : [account],
    },
    open: {},
    settable: {},
  };
  return withDomains(given, chance);
}

/** Keys that occur become known, open or settable, each with its values; at most two of a kind stay open. */
function withDomains(given: PolicyCase, chance: (p: number) => boolean): PolicyCase {
  const text = JSON.stringify(given).toLowerCase();
  const open: PolicyCase['open'] = {};
  const settable: PolicyCase['settable'] = {};
  const known = {...given.known};
  const add = (
    domains: PolicyCase['open'],
    key: string,
    values: (string[] | null)[],
    decided: number,
  ): void => {
    if (!text.includes(key.toLowerCase())) return;
    // Who signs in nowhere carries nothing of a principal.
    const unsigned = given.caller.kind === 'anonymous' || given.caller.kind === 'service';
    if (unsigned && key.startsWith('aws:Principal')) {
      known[key] = null;
      return;
    }
    if (chance(decided) || Object.keys(domains).length >= 2) known[key] = chance(0.4) ? null : values[1]!;
    else domains[key] = values;
  };
  for (const [key, values] of Object.entries({...OPEN_SETS, ...OPEN_KEYS})) add(open, key, values, 0.3);
  add(open, 'aws:SourceIp', [null, ['10.1.2.3'], ['10.2.0.1'], ['192.0.2.7'], ['203.0.113.1']], 0.2);
  for (const [key, values] of Object.entries(SETTABLE_KEYS))
    add(settable, key, values, Object.keys(settable).length);
  add(settable, 's3:max-keys', [null, ['1'], ['5'], ['7'], ['10'], ['11']], 0);
  return {...given, known, open, settable};
}

/**
 * Keys that are not known and occur more than once, in conditions or as variables. Where there is one the product may say
 * `depends` although all cases agree: it takes the occurrences of an open key to be independent of each other.
 */
export function repeatedKeys(given: PolicyCase): string[] {
  const {known: _, open, settable, ...policies} = given;
  const text = JSON.stringify([
    policies.identity,
    policies.boundary,
    policies.session,
    policies.scps,
    policies.rcps,
    policies.resourcePolicy,
  ]).toLowerCase();
  const keys = [
    ...Object.keys(open),
    ...Object.keys(settable),
    'aws:MultiFactorAuthPresent',
    'aws:MultiFactorAuthAge',
  ];
  return keys.filter((key) => text.split(key.toLowerCase()).length > 2);
}
