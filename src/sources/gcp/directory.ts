import type {IdentityDeclaration} from '../../model/identity-declaration.ts';
import type {Draft} from '../draft.ts';
import {field, flag, idText, isRow, known, list, text, texts} from '../record.ts';
import {either} from './identity-records.ts';
import {memberPrincipal} from './members.ts';
import type {ProjectNames} from './names.ts';

/** A Cloud Identity group: its address, and the name (`groups/…`) memberships are listed under. */
export function mapGroup(draft: Draft, row: unknown, at: string): string | null {
  const email = text(either(row, 'groupKey'), 'id') ?? text(row, 'email');
  const name = text(row, 'name');
  if (email === null) return null;
  draft.principal(
    {
      id: `gcp:group:${email.toLowerCase()}`,
      kind: 'group',
      name: email,
      cloud: 'gcp',
      container: null,
      person: false,
      memberOf: [],
      ...(name?.startsWith('groups/') === true ? {attributes: {uniqueName: name}} : {}),
    },
    at,
  );
  return email;
}

/** Group a membership record belongs to, as principal id; by its name where the address is not in the record. */
export function groupOf(row: unknown, scope: string | null): string | null {
  const stated =
    text(row, 'group') ?? text(row, 'groupEmail') ?? (scope?.includes('@') === true ? scope : null);
  if (stated !== null && stated.includes('@')) return `gcp:group:${stated.toLowerCase()}`;
  const name = /^(groups\/[^/]+)\/memberships\//.exec(text(row, 'name') ?? '')?.[1];
  return name === undefined ? null : `gcp:${name}`;
}

/** One membership. The member's kind is its type where stated, else what its address says. */
export function mapMembership(
  draft: Draft,
  row: unknown,
  at: string,
  world: {projects: ProjectNames; scope: string | null},
): 'membership' | 'no group' | 'no member' {
  const group = groupOf(row, world.scope);
  if (group === null) return 'no group';
  const key =
    text(either(row, 'preferredMemberKey'), 'id') ??
    text(list(row, 'preferredMemberKey')[0], 'id') ??
    text(row, 'email') ??
    text(row, 'memberEmail');
  if (key === null) return 'no member';
  const type = (text(row, 'type') ?? '').toUpperCase();
  const kind =
    type === 'GROUP'
      ? 'group'
      : type === 'SERVICE_ACCOUNT' || key.endsWith('.gserviceaccount.com')
        ? 'serviceAccount'
        : 'user';
  const member = memberPrincipal(
    `${kind}:${kind === 'serviceAccount' ? key : key.toLowerCase()}`,
    world.projects,
  );
  draft.principal({...member, memberOf: [group]}, at);
  return 'membership';
}

/** A user of the directory: super administrators rule the customer. */
export function mapUser(draft: Draft, row: unknown, at: string, scope: string | null): string | null {
  const email = text(row, 'primaryEmail');
  if (email === null) return null;
  const yes = (key: string): boolean | null => {
    const value = field(row, key);
    if (typeof value === 'boolean') return value;
    return typeof value === 'string' && value !== '' ? /^(?:true|yes|1)$/i.test(value) : null;
  };
  const customer =
    text(row, 'customerId') ?? (scope !== null && /^C[0-9A-Za-z]+$/.test(scope) ? scope : null);
  draft.principal(
    {
      id: `gcp:user:${email.toLowerCase()}`,
      kind: 'user',
      name: email,
      cloud: 'gcp',
      container: null,
      person: true,
      memberOf: [],
      attributes: known<string | number | boolean>({
        superAdmin: yes('isAdmin') ?? yes('isSuperAdmin'),
        delegatedAdmin: yes('isDelegatedAdmin'),
        disabled: yes('suspended') ?? yes('archived'),
        mfaEnabled: yes('isEnrolledIn2Sv'),
        mfaEnforced: yes('isEnforcedIn2Sv'),
        lastUsed: text(row, 'lastLoginTime'),
        customer: customer === 'my_customer' ? null : customer,
      }),
    },
    at,
  );
  return email;
}

/**
 * Domain-wide delegation as the admin console shows it: client id and scopes; the customer from the record or the workspace's
 * scope of the file. Becomes part of a declaration, like the same list in identity.yaml.
 */
export function mapDelegation(
  draft: Draft,
  row: unknown,
  at: string,
  scope: string | null,
): 'delegation' | 'no customer' | 'no client' {
  const client = idText(row, 'clientId') ?? text(row, 'serviceAccount') ?? idText(row, 'client_id');
  if (client === null) return 'no client';
  const customer = text(row, 'customer') ?? text(row, 'customerId') ?? scope;
  if (customer === null || !/^C[0-9A-Za-z]+$/.test(customer)) return 'no customer';
  const listed = texts(row, 'scopes');
  const scopes =
    listed.length > 0 ? listed : (text(row, 'scopes') ?? '').split(/[\s,;]+/).filter((one) => one !== '');
  draft.facts.identity.push({
    ...NOTHING,
    workspace: [
      {
        customer,
        domains: [],
        superAdmins: [],
        domainWideDelegation: [{client, scopes}],
        ssoProfiles: [],
        place: draft.place(at),
      },
    ],
  });
  return 'delegation';
}

const NOTHING: IdentityDeclaration = {
  adDomains: [],
  adfs: [],
  entraConnect: [],
  vcenterSso: [],
  operators: [],
  signIns: [],
  edges: [],
  roots: [],
};

/** Whether a record is one of the admin console's user records. */
export function isUser(row: Record<string, unknown>): boolean {
  return (
    text(row, 'primaryEmail') !== null && (isRow(row['name']) || 'isAdmin' in row || 'isSuperAdmin' in row)
  );
}

/** Whether a record is an entry of a delegation list. */
export function isDelegation(row: Record<string, unknown>): boolean {
  const named = idText(row, 'clientId') !== null || text(row, 'serviceAccount') !== null;
  return (
    named &&
    (Array.isArray(row['scopes']) || typeof row['scopes'] === 'string') &&
    flag(row, 'disabled') === null
  );
}
