import type {Draft} from '../draft.ts';
import {field, isRow, list, text} from '../record.ts';
import {accountId, accountOf, parseArn} from './arn.ts';

/** Mentions an account as container and trust root (its root user and administrators). Returns its id. */
export function mentionAccount(draft: Draft, account: string, at: string): string {
  const id = accountId(account);
  draft.root({id, kind: 'awsAccount', name: account}, at);
  draft.container(
    {id, kind: 'account', name: account, cloud: 'aws', parent: null, root: null, tags: {}, implied: true},
    at,
  );
  return id;
}

/** Mentions an IAM role by ARN, as the identity of a workload. Returns the principal id; null when it is no ARN. */
export function mentionRole(draft: Draft, arn: string | null, at: string): string | null {
  const parsed = parseArn(arn);
  if (arn === null || parsed === null) return null;
  const account = accountOf(arn);
  draft.principal(
    {
      id: `aws:${arn}`,
      kind: 'iamRole',
      name: lastPart(parsed.resource),
      cloud: 'aws',
      container: account === null ? null : mentionAccount(draft, account, at),
      person: false,
      memberOf: [],
      implied: true,
    },
    at,
  );
  return `aws:${arn}`;
}

/** Like {@link mentionRole}, for services that also take the bare name of a role of their own account. */
export function mentionRoleNamed(
  draft: Draft,
  role: string | null,
  account: string | null,
  at: string,
): string | null {
  if (role === null || parseArn(role) !== null) return mentionRole(draft, role, at);
  if (account === null || !/^[\w+=,.@/-]{1,576}$/.test(role)) return null;
  return mentionRole(draft, `arn:aws:iam::${account}:role/${role.replace(/^\/+/, '')}`, at);
}

/**
 * Mentions an instance profile, the envelope that hands a role to an instance. Only IAM knows which role
 * is inside: `get-account-authorization-details` adds that edge (`RUNS_AS`). Profiles often carry the
 * name of their role, but not always, so none is guessed.
 */
export function mentionInstanceProfile(draft: Draft, arn: string | null, at: string): string | null {
  const parsed = parseArn(arn);
  if (arn === null || parsed === null) return null;
  const account = accountOf(arn);
  const id = `aws:${arn}`;
  draft.principal(
    {
      id,
      kind: 'unknown',
      name: `instance profile ${lastPart(parsed.resource)}`,
      cloud: 'aws',
      container: account === null ? null : mentionAccount(draft, account, at),
      person: false,
      memberOf: [],
      implied: true,
    },
    at,
  );
  return id;
}

/** Tags as AWS lists them: `[{Key, Value}]`. */
export function awsTags(draft: Draft, value: unknown, at: string): Record<string, string> {
  if (isRow(value)) return draft.tags(Object.entries(value), at);
  const pairs = list(value).flatMap((tag): [string, unknown][] => {
    const key = text(tag, 'Key');
    return key === null ? [] : [[key, field(tag, 'Value')]];
  });
  return draft.tags(pairs, at);
}

/** Name of a resource at the end of an ARN's resource part. */
export function lastPart(resource: string): string {
  return resource.slice(Math.max(resource.lastIndexOf('/'), resource.lastIndexOf(':')) + 1);
}
