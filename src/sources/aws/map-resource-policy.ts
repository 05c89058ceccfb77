import type {PolicyDocument} from '../../model/estate.ts';
import type {Draft} from '../draft.ts';
import {field, list, text} from '../record.ts';
import type {Row} from '../record.ts';
import type {AnswerContext} from './answer-shape.ts';
import {accountOf, parseArn, partitionOf} from './arn.ts';
import {mentionAccount} from './mentions.ts';
import {policyDocument} from './policy-document.ts';
import {ledgerScope} from './scope.ts';
import {rejectNameless} from './subject.ts';

/** Services whose policy comes as the text `Policy`, and how the resource is found. */
export interface PolicySubject {
  api: string;
  what: string;
  parameter: string;
  /** ARN from the request's parameter, from a name, or from the policy's own resources. */
  arn(value: Row, document: unknown, context: AnswerContext): string | null;
  example: string;
}

export const BUCKET: PolicySubject = {
  api: 's3api get-bucket-policy',
  what: 'bucket',
  parameter: 'Bucket',
  example: 'bucket-policy-my-bucket.json',
  // S3 accepts a bucket policy only if every resource in it lies in that bucket.
  arn: (value, document, context) =>
    bucketArn(text(value, 'Bucket') ?? named(context, /bucket[-_ ]?policy/), context) ?? ownBucket(document),
};

export const FUNCTION: PolicySubject = {
  api: 'lambda get-policy',
  what: 'function',
  parameter: 'FunctionName',
  example: '111122223333/eu-central-1/lambda-get-policy__my-function.json',
  arn(value, document, {scope}) {
    const given = text(value, 'FunctionName') ?? text(value, 'FunctionArn');
    if (parseArn(given) !== null) return given;
    const own = onlyResource(document, /^arn:[\w-]+:lambda:[^:]*:[^:]*:function:[^:]+/);
    if (own !== null) return own;
    return given === null || scope.account === null || scope.region === null
      ? null
      : `arn:${partitionOf(scope.region)}:lambda:${scope.region}:${scope.account}:function:${given}`;
  },
};

export const KEY: PolicySubject = {
  api: 'kms get-key-policy',
  what: 'key',
  parameter: 'KeyId',
  example: '111122223333/eu-central-1/key-policy-1234abcd-12ab-34cd-56ef-1234567890ab.json',
  arn(value, _document, context) {
    const given = text(value, 'KeyId') ?? text(value, 'Arn');
    if (parseArn(given) !== null) return given;
    const {scope, hints, file} = context;
    if (parseArn(hints.scope ?? null)?.service === 'kms') return hints.scope ?? null;
    const id = given ?? KEY_ID.exec(hints.scope ?? '')?.[0] ?? KEY_ID.exec(file.display)?.[0] ?? null;
    return id === null || scope.account === null || scope.region === null
      ? null
      : `arn:${partitionOf(scope.region)}:kms:${scope.region}:${scope.account}:key/${id}`;
  },
};

const KEY_ID = /(?:mrk-[0-9a-f]{32}|[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})/i;

/** Which service a text `Policy` belongs to; null = none that can be told. */
export function policySubject(value: Row, file: {display: string}): PolicySubject | null {
  const given = text(value, 'Policy');
  if (given === null) return null;
  if (text(value, 'Bucket') !== null) return BUCKET;
  if (text(value, 'FunctionName') !== null || text(value, 'FunctionArn') !== null) return FUNCTION;
  if (text(value, 'KeyId') !== null || text(value, 'PolicyName') !== null) return KEY;
  if (/key[-_ ]?policy/i.test(file.display)) return KEY;
  const document = parsed(given);
  if (ownBucket(document) !== null || /bucket[-_ ]?policy/i.test(file.display)) return BUCKET;
  if (onlyResource(document, /^arn:[\w-]+:lambda:/) !== null) return FUNCTION;
  return null;
}

/** An answer whose `Policy` is the text of a policy, and nothing else says of what. */
export function mapPolicyText(
  draft: Draft,
  subject: PolicySubject,
  value: Row,
  context: AnswerContext,
): void {
  const arn = subject.arn(value, parsed(text(value, 'Policy') ?? ''), context);
  if (arn === null)
    return rejectNameless(
      draft,
      ledgerScope(context.scope),
      subject.what,
      subject.parameter,
      subject.example,
    );
  attach(draft, arn, field(value, 'Policy'), '/Policy', subject.api, context);
}

/** Adds the policy of a resource. The ledger's scope is the resource: another one's policy does not replace it. */
export function attach(
  draft: Draft,
  arn: string,
  given: unknown,
  at: string,
  api: string,
  context: AnswerContext,
): void {
  const plain = arn.replace(/:\$LATEST$/, '');
  const id = `aws:${plain}#policy`;
  const account = accountOf(plain) ?? context.scope.account;
  if (account !== null) mentionAccount(draft, account, at);
  const document: PolicyDocument = {
    id,
    name: `policy of ${parseArn(plain)?.resource ?? plain}`,
    kind: 'resource',
    document: policyDocument(draft, given, at, id, api),
    attachedTo: [`aws:${plain}`],
  };
  draft.policy(document, at);
  draft.classify(plain, 'resource policy');
}

function bucketArn(bucket: string | null, {scope}: AnswerContext): string | null {
  return bucket === null || !/^[a-z0-9][a-z0-9._-]{1,61}[a-z0-9]$/i.test(bucket)
    ? null
    : `arn:${partitionOf(scope.region)}:s3:::${bucket}`;
}

/** The name after the command in a file name: `get-bucket-policy__my-bucket.json`, `bucket-policy-my-bucket.json`. */
export function named({hints, file}: AnswerContext, command: RegExp): string | null {
  if (parseArn(hints.scope ?? null)?.service === 's3') return parseArn(hints.scope ?? null)?.resource ?? null;
  const found = new RegExp(`${command.source}(?:[-_ ]?status)?[-_ /]+([\\w.-]+?)(?:\\.json)?$`, 'i').exec(
    file.display,
  );
  return found?.[1] ?? null;
}

/** The one bucket all resources of the policy lie in; patterns in its name leave it open. */
function ownBucket(document: unknown): string | null {
  return onlyResource(document, /^arn:[\w-]+:s3:::[^/*?$]+/);
}

function onlyResource(document: unknown, pattern: RegExp): string | null {
  const statements = field(document, 'Statement');
  const found = new Set<string>();
  for (const statement of Array.isArray(statements) ? (statements as unknown[]) : [statements]) {
    const resources = field(statement, 'Resource');
    for (const resource of typeof resources === 'string' ? [resources] : list(statement, 'Resource')) {
      const match = typeof resource === 'string' ? pattern.exec(resource)?.[0] : undefined;
      if (match === undefined) return null;
      found.add(match);
      if (found.size > 1) return null;
    }
  }
  return found.size === 1 ? ([...found][0] ?? null) : null;
}

function parsed(given: string): unknown {
  try {
    return JSON.parse(given);
  } catch {
    return null;
  }
}
