import {field, flag, known, list, number, pointer, text} from '../../record.ts';
import type {Row} from '../../record.ts';
import {addMembers, addRights, addTierZero, adEdge, domainHead, mentionAd} from './context.ts';
import type {AdContext} from './context.ts';
import {adPrincipal, adReference, domainOf, ridOf} from './ids.ts';

/** A user, service account or computer: what both have in common, and what only a computer has. */
export function mapAccount(context: AdContext, object: Row, at: string, kind: 'user' | 'computer'): string {
  const sid = text(object, 'ObjectIdentifier');
  if (sid === null) return `${kind} without ObjectIdentifier`;
  const {draft} = context;
  const id = adPrincipal(sid);
  const properties = field(object, 'Properties');
  const fqdn = domainOf(object);
  const primary = text(object, 'PrimaryGroupSID');
  const name = text(properties, 'name');
  draft.principal(
    {
      id,
      kind,
      name: name ?? text(properties, 'samaccountname') ?? sid,
      cloud: 'private',
      container: null,
      person: kind === 'user' && !isService(properties),
      memberOf: primary === null ? [] : [adPrincipal(primary)],
      attributes: known<string | number | boolean>({
        sid: sid.toUpperCase(),
        domain: fqdn,
        adAccount: text(properties, 'samaccountname'),
        accountEnabled: flag(properties, 'enabled'),
        dnsHostName: kind === 'computer' && name !== null && name.includes('.') ? name.toLowerCase() : null,
        haslaps: flag(properties, 'haslaps'),
        operatingSystem: text(properties, 'operatingsystem'),
        hasServiceName: flag(properties, 'hasspn'),
        withoutPreauthentication: flag(properties, 'dontreqpreauth'),
        sensitive: flag(properties, 'sensitive'),
        unconstrainedDelegation: flag(properties, 'unconstraineddelegation'),
      }),
    },
    at,
  );
  if (primary !== null) mentionAd(context, primary, 'Group', pointer(at, 'PrimaryGroupSID'));
  addPassword(context, properties, pointer(at, 'Properties'), id, kind);
  addRights(context, object, at, kind, id);
  addDelegation(context, object, at, id);
  for (const [i, past] of list(object, 'HasSIDHistory').entries())
    acts(context, past, pointer(at, 'HasSIDHistory', i), id, 'HAS_SID_HISTORY', 'carries its SID');
  if (kind === 'computer') addComputer(context, object, at, id, {sid, fqdn, primary});
  return '';
}

/** Managed service accounts: no person signs in with them. Any other account may be somebody's. */
function isService(properties: unknown): boolean {
  return (
    flag(properties, 'gmsa') === true ||
    flag(properties, 'msa') === true ||
    (text(properties, 'samaccountname') ?? '').endsWith('$')
  );
}

function addPassword(
  {draft}: AdContext,
  properties: unknown,
  at: string,
  principal: string,
  kind: string,
): void {
  const changed = isoTime(number(properties, 'pwdlastset'));
  if (changed === null || kind !== 'user') return;
  const lastUsed = Math.max(
    number(properties, 'lastlogon') ?? 0,
    number(properties, 'lastlogontimestamp') ?? 0,
  );
  draft.identity(
    'credentials',
    {
      id: `${principal}#password`,
      principal,
      kind: 'password',
      name: 'password',
      cloud: 'private',
      created: changed,
      expires: null,
      neverExpires: flag(properties, 'pwdneverexpires'),
      lastUsed: isoTime(lastUsed),
      active: flag(properties, 'enabled'),
      mfa: null,
      publicKeySha256: null,
      managedBy: 'customer',
    },
    at,
  );
}

/** Seconds since 1970; 0 and −1 stand for never. */
function isoTime(seconds: number | null): string | null {
  if (seconds === null || seconds <= 0 || seconds > 8_000_000_000) return null;
  return new Date(seconds * 1000).toISOString();
}

/** Who may sign in as others: constrained delegation, and resource-based delegation already granted. */
function addDelegation(context: AdContext, object: Row, at: string, id: string): void {
  for (const [i, target] of list(object, 'AllowedToDelegate').entries()) {
    const where = pointer(at, 'AllowedToDelegate', i);
    const sid = text(target, 'ObjectIdentifier') ?? text(target);
    if (sid === null || !/S-1-/i.test(sid)) continue;
    const to = mentionAd(context, sid, text(target, 'ObjectType') ?? 'Computer', where);
    const but = 'AllowedToDelegate: not for accounts marked sensitive';
    adEdge(context, id, to, 'ALLOWED_TO_DELEGATE', but, where, 'conditional');
  }
  for (const [i, from] of list(object, 'AllowedToAct').entries()) {
    const where = pointer(at, 'AllowedToAct', i);
    const sid = text(from, 'ObjectIdentifier');
    if (sid === null) continue;
    const holder = mentionAd(context, sid, text(from, 'ObjectType'), where);
    const but = 'AllowedToAct: not for accounts marked sensitive';
    adEdge(context, holder, id, 'ALLOWED_TO_ACT', but, where, 'conditional');
  }
}

function acts(
  context: AdContext,
  reference: unknown,
  at: string,
  id: string,
  kind: string,
  evidence: string,
): void {
  const sid = text(reference, 'ObjectIdentifier');
  if (sid === null) return;
  const to = mentionAd(context, sid, text(reference, 'ObjectType'), at);
  adEdge(context, id, to, kind, evidence, at, 'conditional');
}

function addComputer(
  context: AdContext,
  object: Row,
  at: string,
  id: string,
  {sid, fqdn, primary}: {sid: string; fqdn: string | null; primary: string | null},
): void {
  const head = domainHead(context, fqdn, at);
  const controller = flag(object, 'IsDC') === true || (primary !== null && ridOf(primary) === 516);
  if (controller && head !== null) adEdge(context, id, head, 'HOSTS_ROOT', 'is a domain controller', at);
  const unconstrained =
    flag(object, 'Properties', 'unconstraineddelegation') === true ||
    flag(object, 'UnconstrainedDelegation') === true;
  if (!controller && unconstrained && head !== null) {
    const evidence = 'unconstraineddelegation = true: a domain controller must be made to sign in here';
    adEdge(context, id, head, 'COERCES', evidence, at, 'conditional');
  }
  addAdministrators(context, object, at, id, sid);
  for (const key of ['Sessions', 'PrivilegedSessions', 'RegistrySessions']) {
    for (const [i, session] of list(object, key, 'Results').entries()) {
      const user = text(session, 'UserSID');
      if (user === null) continue;
      const where = pointer(at, key, 'Results', i);
      const to = mentionAd(context, user, 'User', where);
      adEdge(context, id, to, 'HAS_SESSION', `${key}: signed in when collected`, where, 'conditional');
    }
  }
  for (const [i, account] of list(object, 'DumpSMSAPassword').entries()) {
    const where = pointer(at, 'DumpSMSAPassword', i);
    const service = text(account, 'ObjectIdentifier');
    if (service === null) continue;
    const to = mentionAd(context, service, text(account, 'ObjectType') ?? 'User', where);
    adEdge(context, id, to, 'RUNS_AS', 'DumpSMSAPassword: keeps the password of its service account', where);
  }
}

/** Local administrators: `LocalAdmins` of version 4, the group ending in 544 since. */
function addAdministrators(context: AdContext, object: Row, at: string, id: string, sid: string): void {
  const lists = [
    {results: list(object, 'LocalAdmins', 'Results'), at: pointer(at, 'LocalAdmins', 'Results')},
    ...list(object, 'LocalGroups').flatMap((group, i) =>
      ridOf(text(group, 'ObjectIdentifier') ?? '') === 544
        ? [{results: list(group, 'Results'), at: pointer(at, 'LocalGroups', i, 'Results')}]
        : [],
    ),
  ];
  for (const {results, at: base} of lists) {
    for (const [i, admin] of results.entries()) {
      const holder = text(admin, 'ObjectIdentifier');
      // The machine's own local accounts are not of the directory.
      if (holder === null || holder.toUpperCase().startsWith(`${sid.toUpperCase()}-`)) continue;
      const where = pointer(base, i);
      const from = mentionAd(context, holder, text(admin, 'ObjectType'), where);
      adEdge(context, from, id, 'ADMIN_TO', 'local group Administrators', where);
    }
  }
}

/** A group with its members; the default administrators' groups rule the domain. */
export function mapAdGroup(context: AdContext, object: Row, at: string): string {
  const sid = text(object, 'ObjectIdentifier');
  if (sid === null) return 'group without ObjectIdentifier';
  const id = adPrincipal(sid);
  const fqdn = domainOf(object);
  context.draft.principal(
    {
      id,
      kind: 'adGroup',
      name: text(object, 'Properties', 'name') ?? sid,
      cloud: 'private',
      container: null,
      person: false,
      memberOf: [],
      attributes: known<string | number | boolean>({
        sid: sid.toUpperCase(),
        domain: fqdn,
        adAccount: text(object, 'Properties', 'samaccountname'),
      }),
    },
    at,
  );
  addMembers(context, object, 'Members', at, id);
  for (const [i, past] of list(object, 'HasSIDHistory').entries())
    acts(context, past, pointer(at, 'HasSIDHistory', i), id, 'HAS_SID_HISTORY', 'carries its SID');
  addTierZero(context, sid, fqdn, at);
  addRights(context, object, at, 'group', id);
  return '';
}

/** Reference of any kind, for lists that mix units and accounts. */
export function referenceOf(context: AdContext, item: unknown, at: string): string | null {
  const id = text(item, 'ObjectIdentifier');
  if (id === null) return null;
  const type = text(item, 'ObjectType');
  const reference = adReference(id, type);
  if (reference.startsWith('ad-principal:')) mentionAd(context, id, type, at);
  return reference;
}
