/**
 * What a condition key means to somebody who holds the identity and of whom nothing more is known:
 * `guard` a second proof · `network` where the request comes from · `settable` the requester writes it ·
 * `direct` only there when a service calls on somebody's behalf · `open` any value, or absent.
 */
export type KeyClass = 'guard' | 'network' | 'settable' | 'direct' | 'open';

const EXACT: Readonly<Record<string, KeyClass>> = {
  'aws:multifactorauthpresent': 'guard',
  'aws:multifactorauthage': 'guard',
  'aws:sourceip': 'network',
  'aws:vpcsourceip': 'network',
  'aws:sourcevpc': 'network',
  'aws:sourcevpcarn': 'network',
  'aws:sourcevpce': 'network',
  'aws:vpceaccount': 'network',
  'aws:vpceorgid': 'network',
  'aws:vpceorgpaths': 'network',
  'aws:ec2instancesourcevpc': 'network',
  'aws:ec2instancesourceprivateipv4': 'network',
  'aws:referer': 'settable',
  'aws:useragent': 'settable',
  'aws:securetransport': 'settable',
  'aws:tagkeys': 'settable',
  'aws:requestedregion': 'settable',
  // A fresh session has a fresh token.
  'aws:tokenissuetime': 'settable',
  'sts:externalid': 'settable',
  'sts:rolesessionname': 'settable',
  'sts:sourceidentity': 'settable',
  'sts:transitivetagkeys': 'settable',
  'sts:durationseconds': 'settable',
  'iam:passedtoservice': 'settable',
  'iam:policyarn': 'open',
  's3:prefix': 'settable',
  's3:delimiter': 'settable',
  's3:max-keys': 'settable',
  's3:authtype': 'settable',
  's3:signatureversion': 'settable',
  's3:tlsversion': 'settable',
  's3:versionid': 'settable',
  'aws:sourcearn': 'direct',
  'aws:sourceaccount': 'direct',
  'aws:sourceorgid': 'direct',
  'aws:sourceorgpaths': 'direct',
  'aws:principalservicename': 'direct',
  'aws:principalservicenameslist': 'direct',
};

const PREFIXES: readonly (readonly [string, KeyClass])[] = [
  ['aws:requesttag/', 'settable'],
  ['s3:requestobjecttag/', 'settable'],
  ['s3:x-amz-', 'settable'],
  ['kms:encryptioncontext:', 'settable'],
];

/** @param key lower case */
export function keyClass(key: string): KeyClass {
  if (Object.hasOwn(EXACT, key)) return EXACT[key]!;
  return PREFIXES.find(([prefix]) => key.startsWith(prefix))?.[1] ?? 'open';
}

/** Services whose requests all count as made in us-east-1. */
export const GLOBAL_SERVICES: ReadonlySet<string> = new Set([
  'iam',
  'organizations',
  'account',
  'cloudfront',
  'route53',
  'globalaccelerator',
  'shield',
  'support',
]);

/** Services whose resources resource control policies bind. */
export const RCP_SERVICES: ReadonlySet<string> = new Set(['s3', 'sts', 'sqs', 'kms', 'secretsmanager']);

/** Services that came to resource control policies later: whether they are bound is taken to be open. */
export const RCP_MAYBE_SERVICES: ReadonlySet<string> = new Set([
  'ecr',
  'aoss',
  'logs',
  'dynamodb',
  'cognito-idp',
  'cognito-identity',
]);
