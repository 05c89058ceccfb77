import {flag, isRow, known, list, pointer, text, texts} from '../../record.ts';
import type {Row} from '../../record.ts';
import {principalId} from '../map-identity.ts';
import {homeOf, mention} from './context.ts';
import type {EntraContext, Fate} from './context.ts';
import {mapPassword} from './credentials.ts';

/** A user, as `users`, `az ad user list` or a member list give it. */
export function mapUser(context: EntraContext, row: Row, at: string): Fate {
  const objectId = text(row, 'id') ?? text(row, 'objectId');
  if (objectId === null) return {reject: 'user without id'};
  const {draft} = context;
  const id = principalId(objectId);
  const upn = text(row, 'userPrincipalName');
  const active = flag(row, 'accountEnabled');
  draft.principal(
    {
      id,
      kind: 'user',
      name: upn ?? text(row, 'displayName') ?? objectId,
      cloud: 'azure',
      container: homeOf(context),
      person: true,
      memberOf: expanded(row, 'memberOf'),
      attributes: known<string | number | boolean>({
        accountEnabled: active,
        synchronised: nullIsNo(row, 'onPremisesSyncEnabled'),
        userType: text(row, 'userType'),
        domain: upn === null ? null : domainOf(upn),
        homeDomain: upn === null ? null : guestDomain(upn),
        sid: text(row, 'onPremisesSecurityIdentifier'),
        adDomain: text(row, 'onPremisesDomainName')?.toLowerCase() ?? null,
        adAccount: text(row, 'onPremisesSamAccountName'),
        displayName: text(row, 'displayName'),
      }),
    },
    at,
  );
  mapPassword(draft, row, at, id, active);
  return {word: 'user'};
}

/** Graph writes null where such a property was never set to true; left away it was not asked for. */
function nullIsNo(row: Row, key: string): boolean | null {
  return flag(row, key) ?? (Object.hasOwn(row, key) && row[key] === null ? false : null);
}

/** `a_partner.com#EXT#@own.onmicrosoft.com` signs in at home as `…@partner.com`. */
function guestDomain(upn: string): string | null {
  const local = /^(.+)#EXT#@/i.exec(upn)?.[1];
  const cut = local?.lastIndexOf('_') ?? -1;
  return local === undefined || cut < 0 ? null : local.slice(cut + 1).toLowerCase();
}

function domainOf(upn: string): string | null {
  const at = upn.lastIndexOf('@');
  return at < 0 || at === upn.length - 1 ? null : upn.slice(at + 1).toLowerCase();
}

/** A group, with members and owners where the answer holds them. */
export function mapGroup(context: EntraContext, row: Row, at: string): Fate {
  const objectId = text(row, 'id') ?? text(row, 'objectId');
  if (objectId === null) return {reject: 'group without id'};
  const id = principalId(objectId);
  const rule = text(row, 'membershipRule');
  context.draft.principal(
    {
      id,
      kind: 'group',
      name: text(row, 'displayName') ?? objectId,
      cloud: 'azure',
      container: homeOf(context),
      person: false,
      memberOf: expanded(row, 'memberOf'),
      attributes: known<string | number | boolean>({
        isAssignableToRole: nullIsNo(row, 'isAssignableToRole'),
        membershipRule: rule === null ? null : context.draft.clean(rule, pointer(at, 'membershipRule')),
        securityEnabled: flag(row, 'securityEnabled'),
        synchronised: nullIsNo(row, 'onPremisesSyncEnabled'),
        sid: text(row, 'onPremisesSecurityIdentifier'),
        adDomain: text(row, 'onPremisesDomainName')?.toLowerCase() ?? null,
      }),
    },
    at,
  );
  for (const [i, member] of list(row, 'members').entries())
    mapRelated(context, member, pointer(at, 'members', i), 'members', id);
  addOwners(context, row, at, id);
  return {word: 'group'};
}

/** Ids of an expanded navigation list; people rarely ask for it, but it answers more than the plain list. */
function expanded(row: Row, key: string): string[] {
  return list(row, key).flatMap((one) => {
    const id = text(one, 'id');
    const type = text(one, '@odata.type');
    return id === null || (type !== null && !/group$/i.test(type)) ? [] : [principalId(id)];
  });
}

/** A directory object in a member or owner list: who it is, and what it is to the object the list is about. */
export function mapRelated(
  context: EntraContext,
  row: unknown,
  at: string,
  relation: 'members' | 'owners',
  about: string,
): string | null {
  const objectId = text(row, 'id') ?? text(row, 'objectId');
  if (objectId === null || !isRow(row)) return null;
  const kind = kindOfObject(row);
  const id = mention(context, objectId, at, {
    kind: kind === 'device' ? 'computer' : kind,
    name: text(row, 'userPrincipalName') ?? text(row, 'displayName') ?? objectId,
    person: kind === 'user',
    memberOf: relation === 'members' ? [about] : [],
  });
  if (relation === 'owners') addOwner(context, about, id, at);
  return id;
}

/** Adds the owners an answer was expanded with. */
export function addOwners(context: EntraContext, row: Row, at: string, about: string): void {
  for (const [i, owner] of list(row, 'owners').entries())
    mapRelated(context, owner, pointer(at, 'owners', i), 'owners', about);
}

function addOwner(context: EntraContext, about: string, owner: string, at: string): void {
  context.draft.principal(
    {
      id: about,
      kind: about.startsWith('azure-app:') ? 'application' : 'unknown',
      name: about.slice(about.indexOf(':') + 1),
      cloud: 'azure',
      container: homeOf(context),
      person: false,
      memberOf: [],
      owners: [owner],
      implied: true,
    },
    at,
  );
}

type ObjectKind = 'user' | 'group' | 'servicePrincipal' | 'application' | 'device' | 'unknown';

const TYPES: ReadonlyMap<string, ObjectKind> = new Map([
  ['user', 'user'],
  ['group', 'group'],
  ['serviceprincipal', 'servicePrincipal'],
  ['application', 'application'],
  ['device', 'device'],
]);

/** What a directory object is: by its type, else by fields only one kind has. */
export function kindOfObject(row: Row): ObjectKind {
  const type = text(row, '@odata.type') ?? text(row, 'objectType') ?? '';
  const stated = TYPES.get(type.split('.').at(-1)?.toLowerCase() ?? '');
  if (stated !== undefined) return stated;
  const has = (...keys: string[]): boolean => keys.some((key) => Object.hasOwn(row, key));
  if (has('servicePrincipalType', 'servicePrincipalNames', 'appOwnerOrganizationId'))
    return 'servicePrincipal';
  if (
    has('appId') &&
    has('signInAudience', 'publisherDomain', 'identifierUris', 'requiredResourceAccess', 'web')
  )
    return 'application';
  if (has('userPrincipalName')) return 'user';
  if (
    has('groupTypes', 'isAssignableToRole', 'membershipRule') ||
    (has('securityEnabled') && has('mailEnabled'))
  )
    return 'group';
  if (has('deviceId') && has('operatingSystem', 'operatingSystemVersion', 'trustType', 'deviceVersion'))
    return 'device';
  return 'unknown';
}

/** A device: named, so that it is not missed; rights of devices are not followed. */
export function mapDevice(context: EntraContext, row: Row, at: string): Fate {
  const objectId = text(row, 'id') ?? text(row, 'objectId');
  if (objectId === null) return {reject: 'device without id'};
  context.draft.principal(
    {
      id: principalId(objectId),
      kind: 'computer',
      name: text(row, 'displayName') ?? objectId,
      cloud: 'azure',
      container: homeOf(context),
      person: false,
      memberOf: [],
      attributes: known<string | number | boolean>({
        accountEnabled: flag(row, 'accountEnabled'),
        trustType: text(row, 'trustType'),
        sid: text(row, 'onPremisesSecurityIdentifier'),
        dnsHostName: texts(row, 'hostnames')[0] ?? null,
      }),
    },
    at,
  );
  return {word: 'device'};
}
