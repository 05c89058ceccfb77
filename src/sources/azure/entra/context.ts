import type {Principal} from '../../../model/estate.ts';
import type {AppRegistration} from '../../../model/identity-facts.ts';
import type {Draft} from '../../draft.ts';
import {field, isRow, list, text} from '../../record.ts';
import {principalId} from '../map-identity.ts';
import {isMicrosoft} from './first-party.ts';
import {guidsIn, isGuid, tenantRootId} from './ids.ts';

/** What every row of a directory export is read with. */
export interface EntraContext {
  draft: Draft;
  /** Tenant GUID in lower case; null = the file does not say. */
  tenant: string | null;
  /** Ledger scope. */
  scope: string;
  /** Object the answer is about (`groups/<id>/members`), from its context or the file's name; null = not named. */
  subject: {kind: SubjectKind; id: string} | null;
  /** Which list of the subject it is. */
  relation: 'members' | 'owners' | null;
  /** Names of application permissions by resource and id, where service principals in the file list them. */
  appRoles: ReadonlyMap<string, string>;
  /** Findings that are said once per file. */
  said: Set<string>;
  /** Delegated permissions by client, written to the clients once the file is read. */
  consents: Map<string, Set<string>>;
  /** What conditional access asks for, over all policies of the file. */
  mfa: MfaRules;
  /** Registrations by id: an application and its service principal may stand in one file. */
  registrations: Map<string, {registration: AppRegistration; at: string}>;
}

/** What enabled conditional access asks for. */
export interface MfaRules {
  /** Some policy asks every user for a second proof in every application. */
  everyone: boolean;
  /** Template ids of directory roles whose holders are asked. */
  roles: Set<string>;
  /** Object ids left out of such policies. */
  except: Set<string>;
}

/** A context before the first row; what is not given is not known. */
export function entraContext(draft: Draft, facts: Partial<EntraContext> = {}): EntraContext {
  return {
    draft,
    tenant: null,
    scope: facts.tenant ?? '*',
    subject: null,
    relation: null,
    appRoles: new Map(),
    said: new Set(),
    consents: new Map(),
    mfa: {everyone: false, roles: new Set(), except: new Set()},
    registrations: new Map(),
    ...facts,
  };
}

export type SubjectKind =
  | 'group'
  | 'application'
  | 'servicePrincipal'
  | 'directoryRole'
  | 'relationship'
  | 'domain';

/** What became of a row: counted under a word, refused with a reason, or already counted (a workload). */
export type Fate = {word: string} | {reject: string} | 'kept';

/** Where principals of the directory live; null while the tenant is not known. */
export function homeOf(context: EntraContext): string | null {
  return context.tenant === null ? null : tenantRootId(context.tenant);
}

/** Says that somebody exists of whom this record knows little more than the object id. */
export function mention(
  context: EntraContext,
  objectId: string,
  at: string,
  more: Partial<Principal> = {},
): string {
  const id = principalId(objectId);
  context.draft.principal(
    {
      id,
      kind: 'unknown',
      name: objectId,
      cloud: 'azure',
      container: homeOf(context),
      person: more.kind === 'user',
      memberOf: [],
      implied: true,
      ...more,
    },
    at,
  );
  return id;
}

/**
 * Tenant a whole file comes from: stated by the user, in the address of an object, or proved by an application that only
 * its own directory can hold (`signInAudience` AzureADMyOrg). Several answers are none.
 */
export function tenantOf(
  stated: string | undefined,
  value: unknown,
  rows: readonly unknown[],
): string | null {
  if (stated !== undefined && isGuid(stated)) return stated.toLowerCase();
  const found = new Set<string>();
  const address =
    /\/([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\/(?:\$metadata|directoryObjects|[a-z0-9]+\/)/i;
  for (const holder of [value, ...rows.slice(0, LOOKED_AT)]) {
    for (const key of ['@odata.context', '@odata.id']) {
      const link = text(holder, key);
      const hit = link === null ? null : (address.exec(link)?.[1] ?? null);
      if (hit !== null && /\/v2\/|\$metadata/i.test(link ?? '')) found.add(hit.toLowerCase());
    }
  }
  if (found.size === 1) return [...found][0] ?? null;
  if (found.size > 1) return null;
  for (const row of rows) {
    const owner = text(row, 'appOwnerOrganizationId');
    if (
      owner !== null &&
      isGuid(owner) &&
      !isMicrosoft(owner) &&
      text(row, 'signInAudience') === 'AzureADMyOrg'
    )
      found.add(owner.toLowerCase());
  }
  return found.size === 1 ? ([...found][0] ?? null) : null;
}

/** Rows whose addresses are compared; all rows of one answer come from one tenant. */
const LOOKED_AT = 200;

/** Names of application permissions that service principals of the file offer, by `<resource id>/<permission id>`. */
export function appRolesOf(rows: readonly unknown[]): Map<string, string> {
  const names = new Map<string, string>();
  for (const row of rows) {
    const resource = text(row, 'id');
    if (resource === null || !isRow(row)) continue;
    for (const role of list(row, 'appRoles')) {
      const [id, value] = [text(role, 'id'), text(role, 'value')];
      if (id !== null && value !== null) names.set(`${resource.toLowerCase()}/${id.toLowerCase()}`, value);
    }
  }
  return names;
}

/** Subject and relation of an answer, from `@odata.context` or else the file's name (`groups/<id>/members.json`, `app-owners_<id>.json`). */
export function subjectOf(value: unknown, display: string): Pick<EntraContext, 'subject' | 'relation'> {
  const link = text(field(value, '@odata.context')) ?? '';
  const named = /(\w+)\('([^']+)'\)\/(\w+)/.exec(link);
  const path = named === null ? display.replaceAll('\\', '/') : `${named[1]}/${named[2]}/${named[3]}`;
  const lower = path.toLowerCase();
  const tail = lower.split('/').slice(-2).join('/');
  const relation = tail.includes('owner') ? 'owners' : tail.includes('member') ? 'members' : null;
  const kind = SUBJECTS.find(([pattern]) => pattern.test(lower))?.[1] ?? null;
  if (kind === null) return {subject: null, relation};
  if (kind === 'domain') {
    const domain = named?.[2] ?? domainIn(path);
    return {subject: domain === null ? null : {kind, id: domain.toLowerCase()}, relation};
  }
  const ids = guidsIn(path);
  // A relationship's id is two GUIDs in a row.
  const id =
    kind === 'relationship' ? (ids.length >= 2 ? ids.slice(-2).join('-') : null) : (ids.at(-1) ?? null);
  return {subject: id === null ? null : {kind, id}, relation};
}

const SUBJECTS: readonly (readonly [RegExp, SubjectKind])[] = [
  [/directory[-_]?roles?/, 'directoryRole'],
  [/delegatedadmin|gdap|access[-_]?assignments?/, 'relationship'],
  [/service[-_]?principals?|(?:^|[/_-])sps?(?:[/_-])/, 'servicePrincipal'],
  [/applications?|(?:^|[/_-])apps?(?:[/_-])/, 'application'],
  [/groups?/, 'group'],
  [/domains?|federation/, 'domain'],
];

/** A DNS name inside a file name: `federation-contoso.com.json`. */
function domainIn(path: string): string | null {
  for (const part of path
    .replace(/\.json$/i, '')
    .split(/[/_]|(?:federation(?:configuration)?|domains?)-/i)
    .toReversed()) {
    if (/^(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,}$/i.test(part)) return part;
  }
  return null;
}
