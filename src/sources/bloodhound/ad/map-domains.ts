import {field, flag, known, list, number, pointer, text} from '../../record.ts';
import type {Row} from '../../record.ts';
import {addRights, adEdge, domainHead, mentionAd} from './context.ts';
import type {AdContext} from './context.ts';
import {adObject, adPrincipal, domainOf, domainRootId} from './ids.ts';
import {referenceOf} from './map-accounts.ts';

/** A domain: its root, who may change it, and what its trusts let through. */
export function mapAdDomain(context: AdContext, object: Row, at: string): string {
  const sid = text(object, 'ObjectIdentifier');
  if (sid === null) return 'domain without ObjectIdentifier';
  const fqdn =
    text(object, 'Properties', 'domain')?.toLowerCase() ??
    text(object, 'Properties', 'name')?.toLowerCase() ??
    null;
  const head = domainHead(context, fqdn, at);
  context.draft.principal(
    {
      id: adPrincipal(sid),
      kind: 'domain',
      name: fqdn ?? sid,
      cloud: 'private',
      container: null,
      person: false,
      memberOf: [],
      attributes: known<string | number | boolean>({
        sid: sid.toUpperCase(),
        domain: fqdn,
        functionalLevel: text(object, 'Properties', 'functionallevel'),
        collected: flag(object, 'Properties', 'collected'),
      }),
    },
    at,
  );
  const target = head ?? adPrincipal(sid);
  addRights(context, object, at, 'domain', target);
  addPolicies(context, object, at, target);
  addChildren(context, object, at, target);
  for (const [i, trust] of list(object, 'Trusts').entries())
    addTrust(context, trust, pointer(at, 'Trusts', i), fqdn);
  return '';
}

/** Numbers of older collectors, words of newer ones. */
const DIRECTIONS: readonly string[] = ['disabled', 'inbound', 'outbound', 'bidirectional'];
const TYPES: readonly string[] = ['parentchild', 'crosslink', 'forest', 'external', 'unknown'];

/**
 * What a trust means for the trusting domain; `Outbound` = this domain trusts the other. Inside a forest nothing is held
 * back. Across forests SID filtering decides: without it a forged administrator is accepted, with it only given rights count.
 */
function addTrust(context: AdContext, trust: unknown, at: string, fqdn: string | null): void {
  const other = text(trust, 'TargetDomainName')?.toLowerCase() ?? null;
  if (other === null || fqdn === null || other === fqdn) return;
  domainHead(context, other, at);
  const direction = word(trust, 'TrustDirection', DIRECTIONS);
  const type = word(trust, 'TrustType', TYPES);
  const filtered = flag(trust, 'SidFilteringEnabled');
  const draw = (from: string, to: string, certain: boolean, because: string): void =>
    adEdge(
      context,
      domainRootId(from),
      domainRootId(to),
      'TRUSTS',
      because,
      at,
      certain ? 'certain' : 'conditional',
    );
  if (type === 'parentchild' || type === 'crosslink' || type === 'treeroot') {
    draw(fqdn, other, true, `TrustType = ${type}: one forest`);
    draw(other, fqdn, true, `TrustType = ${type}: one forest`);
    return;
  }
  const because = `TrustType = ${type ?? 'not stated'}, SidFilteringEnabled = ${filtered ?? 'not stated'}`;
  if (direction === 'outbound' || direction === 'bidirectional')
    draw(other, fqdn, filtered === false, because);
  if (direction === 'inbound' || direction === 'bidirectional')
    draw(fqdn, other, filtered === false, because);
}

function word(row: unknown, key: string, words: readonly string[]): string | null {
  const index = number(row, key);
  return index === null ? (text(row, key)?.toLowerCase() ?? null) : (words[index] ?? null);
}

/** An organisational unit or container: who may change it reaches what lies in it. */
export function mapUnit(context: AdContext, object: Row, at: string): string {
  const guid = text(object, 'ObjectIdentifier');
  if (guid === null) return 'unit without ObjectIdentifier';
  const id = adObject(guid);
  addNode(context, object, at, id, 'organizationalUnit');
  addRights(context, object, at, 'unit', id);
  addPolicies(context, object, at, id);
  addChildren(context, object, at, id);
  addPolicyAdministrators(context, object, at, guid);
  return '';
}

/** A group policy: who may edit it runs code on what it is linked to. */
export function mapPolicy(context: AdContext, object: Row, at: string): string {
  const guid = text(object, 'ObjectIdentifier');
  if (guid === null) return 'policy without ObjectIdentifier';
  const id = adObject(guid);
  addNode(context, object, at, id, 'folder');
  addRights(context, object, at, 'policy', id);
  return '';
}

function addNode(
  context: AdContext,
  object: Row,
  at: string,
  id: string,
  kind: 'organizationalUnit' | 'folder',
): void {
  const fqdn = domainOf(object);
  const parent = field(object, 'ContainedBy');
  const above = text(parent, 'ObjectIdentifier');
  const inUnit = /^(?:ou|container)$/i.test(text(parent, 'ObjectType') ?? '');
  domainHead(context, fqdn, at);
  context.draft.container(
    {
      id,
      kind,
      name: text(object, 'Properties', 'name') ?? id.slice(id.indexOf(':') + 1),
      cloud: 'private',
      parent: above !== null && inUnit ? adObject(above) : null,
      root: fqdn === null ? null : domainRootId(fqdn),
      tags: {},
    },
    at,
  );
}

/** Linked policies; whether one is blocked below or filtered by group is not collected. */
function addPolicies(context: AdContext, object: Row, at: string, head: string): void {
  for (const [i, link] of list(object, 'Links').entries()) {
    const guid = text(link, 'GUID') ?? text(link, 'Guid') ?? text(link, 'guid');
    if (guid === null) continue;
    const where = pointer(at, 'Links', i);
    const policy = adObject(guid);
    context.draft.container(
      {
        id: policy,
        kind: 'folder',
        name: guid,
        cloud: 'private',
        parent: null,
        root: headRoot(head, object),
        tags: {},
        implied: true,
      },
      where,
    );
    const enforced = flag(link, 'IsEnforced') ?? flag(link, 'isenforced');
    adEdge(
      context,
      policy,
      head,
      'GP_LINK',
      `IsEnforced = ${enforced ?? 'not stated'}; may be blocked or filtered`,
      where,
      'conditional',
    );
  }
}

function headRoot(head: string, object: Row): string | null {
  if (head.startsWith('ad:')) return head;
  const fqdn = domainOf(object);
  return fqdn === null ? null : domainRootId(fqdn);
}

/** What lies directly in a domain or unit. Accounts of a domain hang under its root already. */
function addChildren(context: AdContext, object: Row, at: string, head: string): void {
  if (head.startsWith('ad:')) return;
  for (const [i, child] of list(object, 'ChildObjects').entries()) {
    const where = pointer(at, 'ChildObjects', i);
    const to = referenceOf(context, child, where);
    // Units below name their parent themselves.
    if (to !== null && to.startsWith('ad-principal:'))
      adEdge(context, head, to, 'CONTAINS', 'ChildObjects', where);
  }
}

/** Administrators a policy puts on the computers of a unit: one node between both lists, so that edges do not multiply. */
function addPolicyAdministrators(context: AdContext, object: Row, at: string, guid: string): void {
  const changes = field(object, 'GPOChanges');
  const admins = list(changes, 'LocalAdmins');
  const computers = list(changes, 'AffectedComputers');
  if (admins.length === 0 || computers.length === 0) return;
  const group = mentionAd(context, `${guid}#local-administrators`, 'Group', at, {
    name: `administrators by policy on ${text(object, 'Properties', 'name') ?? guid}`,
  });
  for (const [i, admin] of admins.entries()) {
    const where = pointer(at, 'GPOChanges', 'LocalAdmins', i);
    const from = referenceOf(context, admin, where);
    if (from !== null) adEdge(context, from, group, 'MEMBER_OF', 'GPOChanges.LocalAdmins', where);
  }
  for (const [i, computer] of computers.entries()) {
    const where = pointer(at, 'GPOChanges', 'AffectedComputers', i);
    const to = referenceOf(context, computer, where);
    if (to !== null) adEdge(context, group, to, 'ADMIN_TO', 'GPOChanges.AffectedComputers', where);
  }
}
