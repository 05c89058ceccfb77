import type {GenericResourceExpanded} from '@azure/arm-resources';
import type {Container} from '../../model/estate.ts';
import type {Draft} from '../draft.ts';
import {field, fieldOf, isRow, list, pointer, text, textOf} from '../record.ts';
import {groupName, managementGroupId, parseArmId, subscriptionId} from './arm-id.ts';
import type {ArmId} from './arm-id.ts';

/** Adds the Entra tenant as a trust root and gives its id; null stays null. */
export function tenantRoot(draft: Draft, tenant: string | null, at: string): string | null {
  if (tenant === null) return null;
  const id = `entra:${tenant.toLowerCase()}`;
  draft.root({id, kind: 'entraTenant', name: tenant}, at);
  return id;
}

function container(id: string, kind: Container['kind'], name: string): Container {
  return {id, kind, name, cloud: 'azure', parent: null, root: null, tags: {}};
}

/** Mentions the subscription and resource group a resource id lies in. */
export function impliedContainers(draft: Draft, arm: ArmId, root: string | null, at: string): void {
  if (arm.subscription === null) return;
  const subscription = subscriptionId(arm.subscription);
  draft.container({...container(subscription, 'subscription', arm.subscription), root, implied: true}, at);
  if (arm.resourceGroup === null) return;
  draft.container(
    {
      ...container(
        `${subscription}/resourcegroups/${arm.resourceGroup}`,
        'resourceGroup',
        groupName(arm) ?? arm.resourceGroup,
      ),
      parent: subscription,
      root,
      implied: true,
    },
    at,
  );
}

/** A resource group record, from ARM or Resource Graph. */
export function mapResourceGroup(
  draft: Draft,
  row: unknown,
  arm: ArmId,
  root: string | null,
  at: string,
): void {
  impliedContainers(draft, {...arm, resourceGroup: null}, root, at);
  const group = arm.resourceGroup ?? arm.name.toLowerCase();
  const subscription = arm.subscription === null ? null : subscriptionId(arm.subscription);
  draft.container(
    {
      ...container(`azure:${arm.id}`, 'resourceGroup', textOf<GenericResourceExpanded>(row, 'name') ?? group),
      parent: subscription,
      root,
      tags: rowTags(draft, row, at),
    },
    at,
  );
}

/** A subscription row of `resourcecontainers`, with its chain of management groups (nearest first). */
export function mapSubscription(
  draft: Draft,
  row: unknown,
  arm: ArmId,
  root: string | null,
  at: string,
): void {
  const chain = list(row, 'properties', 'managementGroupAncestorsChain');
  draft.container(
    {
      ...container(
        `azure:${arm.id}`,
        'subscription',
        text(row, 'displayName') ?? text(row, 'name') ?? arm.name,
      ),
      parent: ancestors(draft, chain, root, pointer(at, 'properties', 'managementGroupAncestorsChain')),
      root,
      tags: rowTags(draft, row, at),
    },
    at,
  );
  delegations(draft, row, `azure:${arm.id}`, root, at);
}

/** A management group row of `resourcecontainers` or of the management group API. */
export function mapManagementGroup(
  draft: Draft,
  row: unknown,
  arm: ArmId,
  root: string | null,
  at: string,
): void {
  const properties = isRow(field(row, 'properties')) ? field(row, 'properties') : row;
  const above =
    text(properties, 'details', 'parent', 'name') ?? lastPart(text(properties, 'details', 'parent', 'id'));
  const chain = list(properties, 'details', 'managementGroupAncestorsChain');
  const parent = above === null ? null : managementGroupId(above);
  const name = text(properties, 'displayName') ?? text(row, 'name') ?? arm.name;
  draft.container(
    {
      ...container(managementGroupId(arm.name), 'managementGroup', name),
      parent: parent ?? ancestors(draft, chain, root, at),
      root,
    },
    at,
  );
}

/** Mentions a chain of management groups and gives the nearest one. */
function ancestors(draft: Draft, chain: unknown[], root: string | null, at: string): string | null {
  const names = chain.map((link) => text(link, 'name'));
  for (const [i, link] of chain.entries()) {
    const name = names[i];
    if (name === null || name === undefined) continue;
    const above = names[i + 1];
    draft.container(
      {
        ...container(managementGroupId(name), 'managementGroup', text(link, 'displayName') ?? name),
        parent: above === null || above === undefined ? null : managementGroupId(above),
        root,
        implied: true,
      },
      pointer(at, i),
    );
  }
  const nearest = names[0];
  return nearest === null || nearest === undefined ? null : managementGroupId(nearest);
}

/**
 * `az account list` row. `homeTenantId` owns the subscription; a differing `tenantId` means the caller
 * sees it through a delegation, and `managedByTenants` names every tenant that holds one.
 */
export function mapAccount(draft: Draft, row: unknown, id: string, at: string): void {
  const home = text(row, 'homeTenantId') ?? text(row, 'tenantId');
  const root = tenantRoot(draft, home, at);
  const subscription = subscriptionId(id);
  draft.container(
    {...container(subscription, 'subscription', text(row, 'name') ?? text(row, 'displayName') ?? id), root},
    at,
  );
  delegations(draft, row, subscription, root, at);
  const through = text(row, 'tenantId');
  if (through !== null && home !== null && through.toLowerCase() !== home.toLowerCase())
    delegate(
      draft,
      through,
      subscription,
      `tenantId = ${through}, homeTenantId = ${home}`,
      pointer(at, 'tenantId'),
    );
}

function delegations(
  draft: Draft,
  row: unknown,
  subscription: string,
  root: string | null,
  at: string,
): void {
  const stated = list(row, 'managedByTenants');
  const managing = stated.length > 0 ? stated : list(row, 'properties', 'managedByTenants');
  for (const [i, entry] of managing.entries()) {
    const tenant = text(entry, 'tenantId');
    if (tenant === null || `entra:${tenant.toLowerCase()}` === root) continue;
    delegate(
      draft,
      tenant,
      subscription,
      `managedByTenants[${i}].tenantId = ${tenant}`,
      pointer(at, 'managedByTenants', i),
    );
  }
}

/** The export names the managing tenant but not its role, which may be no more than Reader: conditional. */
function delegate(draft: Draft, tenant: string, subscription: string, evidence: string, at: string): void {
  const from = tenantRoot(draft, tenant, at);
  if (from === null) return;
  draft.edge({
    from,
    to: subscription,
    kind: 'OPERATES',
    level: 0,
    certainty: 'conditional',
    evidence: `${evidence} (role not stated)`,
    place: draft.place(at, subscription),
  });
}

/**
 * `az account management-group show -e -r`: a nested tree, walked without recursion. Every node is a
 * row of its own in the ledger.
 */
export function mapManagementGroupTree(draft: Draft, tree: unknown, at: string): void {
  const top = properties(tree);
  const tenant = text(top, 'tenantId') ?? text(tree, 'tenantId');
  const root = tenantRoot(draft, tenant, at);
  const scope = tenant ?? '*';
  const open: {node: unknown; parent: string | null; at: string}[] = [{node: tree, parent: null, at}];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const {node, at: where} = next;
    const arm = parseArmId(text(node, 'id') ?? '');
    if (arm === null) {
      draft.reject(scope, 'no management group or subscription id', where);
      continue;
    }
    const isSubscription = arm.subscription !== null;
    const id = isSubscription ? subscriptionId(arm.subscription ?? '') : managementGroupId(arm.name);
    // Compared without its subtree: the nodes below are rows of their own, whoever owns them.
    if (draft.claim(id, withoutChildren(node), where, scope)) {
      const stated = text(properties(node), 'details', 'parent', 'name');
      draft.container(
        {
          ...container(
            id,
            isSubscription ? 'subscription' : 'managementGroup',
            text(properties(node), 'displayName') ?? text(node, 'displayName') ?? arm.name,
          ),
          parent: next.parent ?? (stated === null ? null : managementGroupId(stated)),
          root,
        },
        where,
      );
      draft.classify(scope, isSubscription ? 'subscription' : 'management group');
    }
    const nested = Array.isArray(field(node, 'children')) ? node : properties(node);
    const base = nested === node ? where : pointer(where, 'properties');
    for (const [i, child] of list(nested, 'children').entries())
      open.push({node: child, parent: id, at: pointer(base, 'children', i)});
  }
}

function withoutChildren(node: unknown): unknown {
  if (!isRow(node)) return node;
  const {children: _below, ...own} = node;
  return isRow(own['properties']) ? {...own, properties: {...own['properties'], children: null}} : own;
}

function properties(row: unknown): unknown {
  const inner = field(row, 'properties');
  return isRow(inner) ? inner : row;
}

function rowTags(draft: Draft, row: unknown, at: string): Record<string, string> {
  const tags = fieldOf<GenericResourceExpanded>(row, 'tags');
  return isRow(tags) ? draft.tags(Object.entries(tags), pointer(at, 'tags')) : {};
}

function lastPart(id: string | null): string | null {
  return id === null ? null : (parseArmId(id)?.name ?? null);
}
