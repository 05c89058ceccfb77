import type {Certainty} from '../../../model/common.ts';
import type {Principal} from '../../../model/estate.ts';
import type {Draft} from '../../draft.ts';
import {list, pointer, text} from '../../record.ts';
import {adPrincipal, domainRootId, kindOfType} from './ids.ts';
import {AD_RIGHTS} from './rights.ts';
import type {AdTarget} from './rights.ts';

/** What every object of a directory file is read with. */
export interface AdContext {
  draft: Draft;
  /** Names of rights the table does not know, with how often and where first. */
  strangeRights: Map<string, {count: number; at: string}>;
}

/** Says that an account or group exists of which only the SID (and perhaps the type) is known. */
export function mentionAd(
  {draft}: AdContext,
  sid: string,
  type: string | null,
  at: string,
  more: Partial<Principal> = {},
): string {
  const id = adPrincipal(sid);
  const kind = kindOfType(type);
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
    const where = pointer(at, 'Aces', i);
    const given = AD_RIGHTS.get(right);
    if (given === undefined) {
      const seen = context.strangeRights.get(right);
      if (seen) seen.count += 1;
      else context.strangeRights.set(right, {count: 1, at: where});
      continue;
    }
    if (target === 'domain' && /^GetChanges(?:All)?$/.test(right)) {
      const seen = copies.get(sid) ?? new Set();
      copies.set(sid, seen.add(right));
    }
    const effect = given[target];
    if (effect === undefined) continue;
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
