import type {Certainty} from '../../../model/common.ts';
import type {Principal} from '../../../model/estate.ts';
import type {Draft} from '../../draft.ts';
import {list, pointer, text} from '../../record.ts';
import {adPrincipal, domainOf, domainRootId, kindOfType, ridOf} from './ids.ts';
import {AD_RIGHTS, TIER_ZERO_BUILTINS, TIER_ZERO_GROUPS} from './rights.ts';
import type {AdRight, AdTarget} from './rights.ts';

/** What every object of a directory file is read with. */
export interface AdContext {
  draft: Draft;
  /** Names of rights the table does not know, with how often and where first. */
  strangeRights: Map<string, {count: number; at: string}>;
  /** Ids already said to exist by a bare mention, and administrators' groups already led to their domain. */
  seen: Set<string>;
}

/** A context before the first object. */
export function adContext(draft: Draft): AdContext {
  return {draft, strangeRights: new Map(), seen: new Set()};
}

/** Says that an account or group exists of which only the SID (and perhaps the type) is known. */
export function mentionAd(
  {draft, seen}: AdContext,
  sid: string,
  type: string | null,
  at: string,
  more?: Partial<Principal>,
): string {
  const id = adPrincipal(sid);
  const kind = kindOfType(type);
  // Access lists name the same few groups on every object.
  const key = `${id} ${kind}`;
  if (more === undefined && seen.has(key)) return id;
  seen.add(key);
  const prefix = /^(.+)-S-1-/i.exec(sid)?.[1];
  draft.principal(
    {
      id,
      kind,
      name: sid.toUpperCase(),
      cloud: 'private',
      container: null,
      person: kind === 'user',
      memberOf: [],
      implied: true,
      ...(prefix === undefined ? {} : {attributes: {domain: prefix.toLowerCase()}}),
      ...more,
    },
    at,
  );
  return id;
}

/** Adds a control edge with its place. */
export function adEdge(
  {draft}: AdContext,
  from: string,
  to: string,
  kind: string,
  evidence: string,
  at: string,
  certainty: Certainty = 'certain',
): void {
  draft.edge({from, to, kind, level: 0, certainty, evidence, place: draft.place(at, to)});
}

/**
 * Control that entries of an object's access list give. Both replication rights of one holder on the domain together copy
 * all keys (DCSync).
 * @param head node the rights lead to
 */
export function addRights(
  context: AdContext,
  object: unknown,
  at: string,
  target: AdTarget,
  head: string,
): void {
  const copies = new Map<string, Set<string>>();
  for (const [i, entry] of list(object, 'Aces').entries()) {
    const sid = text(entry, 'PrincipalSID');
    const right = text(entry, 'RightName');
    if (sid === null || right === null) continue;
    const given = AD_RIGHTS.get(right);
    if (given === undefined) {
      const seen = context.strangeRights.get(right);
      if (seen) seen.count += 1;
      else context.strangeRights.set(right, {count: 1, at: pointer(at, 'Aces', i)});
      continue;
    }
    if (target === 'domain' && /^GetChanges(?:All)?$/.test(right)) {
      const seen = copies.get(sid) ?? new Set();
      copies.set(sid, seen.add(right));
    }
    const effect = given[target];
    if (effect === undefined) continue;
    const where = pointer(at, 'Aces', i);
    if (target !== 'domain' && leadToDomain(context, sid, object, where)) continue;
    const holder = mentionAd(context, sid, text(entry, 'PrincipalType'), where);
    const but = effect.but === undefined ? '' : `: ${effect.but}`;
    adEdge(context, holder, head, edgeKind(right), `${right}${but}`, where, effect.certainty);
  }
  for (const [sid, rights] of copies) {
    if (rights.size < 2) continue;
    const holder = mentionAd(context, sid, null, at);
    adEdge(context, holder, head, 'DCSYNC', 'GetChanges and GetChangesAll', at);
  }
}

/**
 * The default administrators of a domain are named on every object of it. They rule the domain, and the domain its objects:
 * one edge to its root says the same. False = not one of them, or of another domain.
 */
function leadToDomain(context: AdContext, sid: string, object: unknown, at: string): boolean {
  const tier = tierZero(sid);
  const fqdn = domainOf(object);
  if (tier === null || tier.certainty !== 'certain' || fqdn === null) return false;
  const own = text(object, 'Properties', 'domainsid') ?? text(object, 'ObjectIdentifier');
  const same = /S-1-5-32-/i.test(sid)
    ? sid.toLowerCase().startsWith(`${fqdn}-s-1-5-32-`)
    : own !== null &&
      `${own.toUpperCase()}-`.startsWith(`${sid.slice(0, sid.lastIndexOf('-')).toUpperCase()}-`);
  if (!same) return false;
  addTierZero(context, sid, fqdn, at);
  return true;
}

/** Leads a default administrators' group to its domain, once. */
export function addTierZero(context: AdContext, sid: string, fqdn: string | null, at: string): void {
  const tier = tierZero(sid);
  const head = domainHead(context, fqdn, at);
  if (tier === null || head === null) return;
  const key = `${sid.toUpperCase()} rules ${head}`;
  if (context.seen.has(key)) return;
  context.seen.add(key);
  const holder = mentionAd(context, sid, 'Group', at);
  const but = tier.but === undefined ? '' : `, ${tier.but}`;
  adEdge(context, holder, head, 'ADMINISTERS', `${tier.name} (…-${ridOf(sid)})${but}`, at, tier.certainty);
}

/** What a default group of its domain rules by its SID; null = another group. */
function tierZero(sid: string): (AdRight & {name: string}) | null {
  const rid = ridOf(sid);
  if (rid === null) return null;
  if (/(?:^|-)S-1-5-32-\d+$/i.test(sid)) return TIER_ZERO_BUILTINS.get(rid) ?? null;
  return /^S-1-5-21-/i.test(sid) ? (TIER_ZERO_GROUPS.get(rid) ?? null) : null;
}

/** `WriteDacl` → `WRITE_DACL`. */
function edgeKind(right: string): string {
  return right.replaceAll(/([a-z])([A-Z])/g, '$1_$2').toUpperCase();
}

/** Puts an account into a group, or says that a list of the object names it. */
export function addMembers(
  context: AdContext,
  object: unknown,
  key: string,
  at: string,
  group: string,
): void {
  for (const [i, member] of list(object, key).entries()) {
    const sid = text(member, 'ObjectIdentifier') ?? text(member, 'MemberId');
    if (sid === null) continue;
    mentionAd(context, sid, text(member, 'ObjectType') ?? text(member, 'MemberType'), pointer(at, key, i), {
      memberOf: [group],
    });
  }
}

/** Root of the domain an object lies in, for rights that reach the whole domain; null when the object names none. */
export function domainHead({draft}: AdContext, fqdn: string | null, at: string): string | null {
  if (fqdn === null) return null;
  const id = domainRootId(fqdn);
  draft.root({id, kind: 'adDomain', name: fqdn}, at);
  return id;
}
