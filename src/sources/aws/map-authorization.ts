import type {Principal} from '../../model/estate.ts';
import {CODES} from '../draft-findings.ts';
import type {Draft} from '../draft.ts';
import {field, isRow, known, list, number, pointer, text, texts} from '../record.ts';
import type {Row} from '../record.ts';
import {accountOf} from './arn.ts';
import {awsTags, lastPart, mentionAccount, mentionInstanceProfile} from './mentions.ts';
import {policyDocument} from './policy-document.ts';
import {timeOf} from './time.ts';

/** What the four lists of `get-account-authorization-details` are read with. */
interface AuthorizationContext {
  draft: Draft;
  /** Scope of rows whose ARN names no account. */
  fallbackScope: string;
  /** Group name → ARN, as users name their groups by name only. */
  groupArns: ReadonlyMap<string, string>;
}

/** Kinds of principals and the names of their fields. */
const LISTS = [
  {list: 'UserDetailList', kind: 'iamUser', word: 'user', name: 'UserName', inline: 'UserPolicyList'},
  {list: 'GroupDetailList', kind: 'iamGroup', word: 'group', name: 'GroupName', inline: 'GroupPolicyList'},
  {list: 'RoleDetailList', kind: 'iamRole', word: 'role', name: 'RoleName', inline: 'RolePolicyList'},
] as const satisfies readonly {
  list: string;
  kind: Principal['kind'];
  word: string;
  name: string;
  inline: string;
}[];

/** The whole answer: every entry of the four lists is one row. */
export function mapAuthorizationDetails(draft: Draft, value: unknown, hint: string | undefined): void {
  const groupArns = new Map(
    list(value, 'GroupDetailList').flatMap((group): [string, string][] => {
      const name = text(group, 'GroupName');
      const arn = text(group, 'Arn');
      return name === null || arn === null ? [] : [[name, arn]];
    }),
  );
  const context = {draft, fallbackScope: hint ?? firstAccount(value) ?? '*', groupArns};
  for (const spec of LISTS) {
    for (const [i, row] of list(value, spec.list).entries())
      mapPrincipal(context, spec, row, `/${spec.list}/${i}`);
  }
  for (const [i, row] of list(value, 'Policies').entries()) mapManagedPolicy(context, row, `/Policies/${i}`);
  findMissingPolicies(draft);
}

function firstAccount(value: unknown): string | null {
  for (const spec of LISTS) {
    for (const row of list(value, spec.list)) {
      const account = accountOf(text(row, 'Arn'));
      if (account !== null) return account;
    }
  }
  return null;
}

function mapPrincipal(
  context: AuthorizationContext,
  spec: (typeof LISTS)[number],
  row: unknown,
  at: string,
): void {
  const {draft, fallbackScope} = context;
  if (!isRow(row)) return draft.reject(fallbackScope, 'not an object', at);
  const arn = text(row, 'Arn');
  if (arn === null) return draft.reject(fallbackScope, `${spec.word} without Arn`, pointer(at, 'Arn'));
  const account = accountOf(arn);
  const scope = account ?? fallbackScope;
  const id = `aws:${arn}`;
  if (!draft.claim(id, row, at, scope)) return;
  const boundary = text(row, 'PermissionsBoundary', 'PermissionsBoundaryArn');
  const trust = field(row, 'AssumeRolePolicyDocument');
  draft.principal(
    {
      id,
      kind: spec.kind,
      name: text(row, spec.name) ?? lastPart(arn),
      cloud: 'aws',
      container: account === null ? null : mentionAccount(draft, account, at),
      // An IAM user may be a person or a script; treating it as a person keeps names out of reports.
      person: spec.kind === 'iamUser',
      memberOf: texts(row, 'GroupList').map((name) => groupId(context, name, arn)),
      tags: awsTags(draft, field(row, 'Tags'), pointer(at, 'Tags')),
      attributes: known<string | number | boolean>({
        path: text(row, 'Path'),
        uniqueId: text(row, 'UserId') ?? text(row, 'RoleId') ?? text(row, 'GroupId'),
        created: timeOf(field(row, 'CreateDate')),
        lastUsed:
          timeOf(field(row, 'RoleLastUsed', 'LastUsedDate')) ?? timeOf(field(row, 'PasswordLastUsed')),
        // Service-linked roles take rights from AWS alone: no service control policy binds them.
        serviceLinked: isServiceLinked(row, arn),
      }),
      policies: [...attached(row), ...inline(draft, row, id, spec.inline, at)],
      ...(boundary === null ? {} : {boundary: `aws:${boundary}`}),
      ...(trust === undefined
        ? {}
        : {trust: policyDocument(draft, trust, pointer(at, 'AssumeRolePolicyDocument'), id)}),
    },
    at,
  );
  for (const [i, profile] of list(row, 'InstanceProfileList').entries())
    instanceProfileRole(draft, text(profile, 'Arn'), id, pointer(at, 'InstanceProfileList', i));
  draft.classify(scope, spec.word);
}

function isServiceLinked(row: Row, arn: string): boolean | null {
  const path = text(row, 'Path') ?? '';
  return path.startsWith('/aws-service-role/') || arn.includes(':role/aws-service-role/') ? true : null;
}

function groupId(context: AuthorizationContext, name: string, userArn: string): string {
  const known = context.groupArns.get(name);
  return `aws:${known ?? userArn.replace(/:user\/.*$/, `:group/${name}`)}`;
}

function attached(row: Row): string[] {
  return list(row, 'AttachedManagedPolicies').flatMap((policy) => {
    const arn = text(policy, 'PolicyArn');
    return arn === null ? [] : [`aws:${arn}`];
  });
}

function inline(draft: Draft, row: Row, id: string, key: string, at: string): string[] {
  return list(row, key).flatMap((policy, i) => {
    const name = text(policy, 'PolicyName') ?? `#${i}`;
    const where = pointer(at, key, i);
    const documentId = `${id}#inline/${name}`;
    draft.policy(
      {
        id: documentId,
        name,
        kind: 'inline',
        document: policyDocument(
          draft,
          field(policy, 'PolicyDocument'),
          pointer(where, 'PolicyDocument'),
          documentId,
        ),
      },
      where,
    );
    return [documentId];
  });
}

/** IAM itself says which role the profile hands out. */
export function instanceProfileRole(draft: Draft, arn: string | null, role: string, at: string): void {
  const id = mentionInstanceProfile(draft, arn, at);
  if (id === null) return;
  draft.edge({
    from: id,
    to: role,
    kind: 'RUNS_AS',
    level: 0,
    certainty: 'certain',
    evidence: `InstanceProfileList[].Arn = ${arn ?? ''}`,
    place: draft.place(at, id),
  });
}

function mapManagedPolicy(context: AuthorizationContext, row: unknown, at: string): void {
  const {draft, fallbackScope} = context;
  if (!isRow(row)) return draft.reject(fallbackScope, 'not an object', at);
  const arn = text(row, 'Arn');
  const name = text(row, 'PolicyName');
  if (arn === null) return draft.reject(fallbackScope, 'policy without Arn', pointer(at, 'Arn'));
  const id = `aws:${arn}`;
  const scope = accountOf(arn) ?? fallbackScope;
  if (!draft.claim(id, row, at, scope)) return;
  const versions = list(row, 'PolicyVersionList');
  const wanted = text(row, 'DefaultVersionId');
  const index = versions.findIndex((version) => field(version, 'IsDefaultVersion') === true);
  const byId = versions.findIndex((version) => wanted !== null && text(version, 'VersionId') === wanted);
  const chosen = index >= 0 ? index : byId;
  const where = pointer(at, 'PolicyVersionList', Math.max(chosen, 0), 'Document');
  const document = chosen < 0 ? undefined : field(versions[chosen], 'Document');
  const attachments = number(row, 'AttachmentCount');
  const title = name ?? lastPart(arn);
  draft.policy(
    {
      id,
      name: title,
      kind: 'managed',
      document: policyDocument(draft, document, where, id),
      ...(attachments === null ? {} : {attachmentCount: attachments}),
    },
    at,
  );
  // Nobody but AWS sets the version of its own policies.
  const settable = accountOf(arn) === null ? [] : versions;
  for (const [i, version] of settable.entries())
    if (i !== chosen) otherVersion(draft, version, id, title, pointer(at, 'PolicyVersionList', i));
  draft.classify(scope, 'managed policy');
}

/** A version that is not in force: whoever may set the default version can put it in force. */
function otherVersion(draft: Draft, version: unknown, policy: string, name: string, at: string): void {
  const label = text(version, 'VersionId');
  if (label === null) return;
  const id = `${policy}#${label}`;
  const document = field(version, 'Document');
  draft.policy(
    {
      id,
      name: `${name} ${label}`,
      kind: 'managed',
      // Lists without documents (`aws iam list-policy-versions`) still say that there is another version.
      document: document === undefined ? null : policyDocument(draft, document, pointer(at, 'Document'), id),
      versionOf: policy,
    },
    at,
  );
}

/** Policies that principals name but the file does not hold: their rights are unknown, not none. */
function findMissingPolicies(draft: Draft): void {
  const held = new Set(draft.facts.policyDocuments.map((document) => document.id));
  const missing = new Set<string>();
  for (const principal of draft.principals()) {
    for (const id of principal.policies ?? []) if (!held.has(id)) missing.add(id);
    if (principal.boundary !== undefined && !held.has(principal.boundary)) missing.add(principal.boundary);
  }
  if (missing.size === 0) return;
  const names = [...missing].toSorted().map((id) => lastPart(id));
  draft.find({
    code: CODES.policyMissing,
    severity: 'low',
    message: `${missing.size} attached ${missing.size === 1 ? 'policy is' : 'policies are'} named but not contained: ${names.slice(0, 10).join(', ')}${names.length > 10 ? ' …' : ''}. What they allow is unknown unless the name is a well-known one.`,
    where: draft.place('/Policies'),
    remedy:
      'Export with `aws iam get-account-authorization-details` without --filter, so that AWS-managed policies are included.',
  });
}
