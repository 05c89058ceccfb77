import type {PermissionSet} from '../../model/identity-facts.ts';
import type {Draft} from '../draft.ts';
import {field, idText, isRow, list, pointer, text} from '../record.ts';
import type {Row} from '../record.ts';
import type {AnswerContext} from './answer-shape.ts';
import {parseArn} from './arn.ts';
import {mentionAccount} from './mentions.ts';
import {policyDocument} from './policy-document.ts';
import {rejectNameless} from './subject.ts';

const INSTANCE = /ssoins-[0-9a-f]{16}/;
const SET = /ps-[0-9a-f]{16}/;

/** What an answer adds to a permission set. */
type Part = Partial<Pick<PermissionSet, 'name' | 'policies' | 'boundary'>>;

/** Several answers each say a part of a permission set; the estate puts them together. */
function part(draft: Draft, arn: string, {name, policies, boundary}: Part, at: string): void {
  const parsed = parseArn(arn);
  const instance = INSTANCE.exec(arn)?.[0] ?? '';
  draft.identity(
    'permissionSets',
    {
      id: `aws:${arn}`,
      name: name ?? SET.exec(arn)?.[0] ?? arn,
      instance: `aws:arn:${parsed?.partition ?? 'aws'}:sso:::instance/${instance}`,
      policies: policies ?? null,
      boundary: boundary ?? null,
    },
    at,
  );
}

/** `PermissionSets[]` (ARNs) of sso-admin list-permission-sets. */
export function mapPermissionSetList(draft: Draft, value: Row): void {
  for (const [i, entry] of list(value, 'PermissionSets').entries()) {
    const arn = text(entry);
    const at = `/PermissionSets/${i}`;
    if (arn === null || !SET.test(arn)) {
      draft.reject('*', 'not the ARN of a permission set', at);
      continue;
    }
    const line = INSTANCE.exec(arn)?.[0] ?? '*';
    if (!draft.claim(arn, entry, at, line)) continue;
    part(draft, arn, {}, at);
    draft.classify(line, 'permission set');
  }
}

/** `PermissionSet` of sso-admin describe-permission-set. */
export function mapPermissionSet(draft: Draft, value: Row): void {
  const row = field(value, 'PermissionSet');
  const arn = text(row, 'PermissionSetArn');
  if (arn === null) return draft.reject('*', 'permission set without PermissionSetArn', '/PermissionSet');
  const name = text(row, 'Name');
  part(draft, arn, name === null ? {} : {name}, '/PermissionSet');
  draft.classify(arn, 'permission set');
}

/** The answers about one permission set that do not name it: its policies and its boundary. */
export function mapPermissionSetPart(
  draft: Draft,
  value: Row,
  context: AnswerContext,
  read: (arn: string) => Part,
): void {
  const arn = setOf(value, context);
  if (arn === null)
    return rejectNameless(
      draft,
      '*',
      'permission set',
      'PermissionSetArn',
      'inline-policy-ssoins-0123456789abcdef-ps-0123456789abcdef.json',
    );
  part(draft, arn, read(arn), '');
  draft.classify(arn, 'part of a permission set');
}

/** `InlinePolicy` of get-inline-policy-for-permission-set: JSON text, empty where there is none. */
export function inlinePolicy(draft: Draft, value: Row, arn: string): Part {
  const given = value['InlinePolicy'];
  if (typeof given === 'string' && given.trim() === '') return {policies: []};
  const id = `aws:${arn}#inline`;
  const command = 'sso-admin get-inline-policy-for-permission-set';
  draft.policy(
    {
      id,
      name: 'inline',
      kind: 'inline',
      document: policyDocument(draft, given, '/InlinePolicy', id, command),
    },
    '/InlinePolicy',
  );
  return {policies: [id]};
}

/** `AttachedManagedPolicies[]` of list-managed-policies-in-permission-set. */
export function managedPolicies(value: Row): Part {
  return {
    policies: list(value, 'AttachedManagedPolicies').flatMap((row) => {
      const arn = text(row, 'Arn');
      return arn === null ? [] : [`aws:${arn}`];
    }),
  };
}

/** `CustomerManagedPolicyReferences[]`: by name, whatever that name means in each account. */
export function customerPolicies(value: Row): Part {
  return {policies: list(value, 'CustomerManagedPolicyReferences').flatMap((row) => byName(row) ?? [])};
}

/** `PermissionsBoundary` of get-permissions-boundary-for-permission-set. */
export function permissionsBoundary(value: Row): Part {
  const boundary = field(value, 'PermissionsBoundary');
  const arn = text(boundary, 'ManagedPolicyArn');
  return {boundary: arn === null ? byName(field(boundary, 'CustomerManagedPolicyReference')) : `aws:${arn}`};
}

function byName(reference: unknown): string | null {
  const name = text(reference, 'Name');
  return name === null ? null : `aws:arn:aws:iam::*:policy${text(reference, 'Path') ?? '/'}${name}`;
}

function setOf(value: Row, {hints, file}: AnswerContext): string | null {
  const stated = text(value, 'PermissionSetArn');
  if (stated !== null) return stated;
  for (const place of [hints.scope ?? '', file.display]) {
    if (SET.test(place) && place.startsWith('arn:')) return place;
    const [instance, set] = [INSTANCE.exec(place)?.[0], SET.exec(place)?.[0]];
    if (instance !== undefined && set !== undefined) return `arn:aws:sso:::permissionSet/${instance}/${set}`;
  }
  return null;
}

/** `AccountAssignments[]` of list-account-assignments and list-account-assignments-for-principal: kept three-way. */
export function mapAssignments(draft: Draft, value: Row): void {
  for (const [i, row] of list(value, 'AccountAssignments').entries()) {
    const at = `/AccountAssignments/${i}`;
    const account = idText(row, 'AccountId');
    const set = text(row, 'PermissionSetArn');
    const principal = text(row, 'PrincipalId');
    const kind = text(row, 'PrincipalType')?.toLowerCase();
    if (!isRow(row) || account === null || set === null || principal === null) {
      draft.reject(account ?? '*', 'assignment without AccountId, PermissionSetArn or PrincipalId', at);
      continue;
    }
    const who = `identity-center:${kind === 'group' ? 'group' : 'user'}/${principal}`;
    const id = `${who} ${SET.exec(set)?.[0] ?? set} ${account}`;
    if (!draft.claim(id, row, at, account)) continue;
    part(draft, set, {}, pointer(at, 'PermissionSetArn'));
    mentionPrincipal(draft, principal, kind === 'group' ? 'group' : 'user', at);
    draft.identity(
      'ssoAssignments',
      {id, principal: who, permissionSet: `aws:${set}`, account: mentionAccount(draft, account, at)},
      at,
    );
    draft.classify(account, 'account assignment');
  }
}

/** Mentions a user or group of the identity store; who it is, identitystore list-users and list-groups say. */
export function mentionPrincipal(
  draft: Draft,
  id: string,
  kind: 'user' | 'group',
  at: string,
  memberOf: string[] = [],
): string {
  const principal = `identity-center:${kind}/${id}`;
  draft.principal(
    {
      id: principal,
      kind,
      name: id,
      cloud: 'aws',
      container: null,
      person: kind === 'user',
      memberOf,
      implied: true,
    },
    at,
  );
  return principal;
}
