import type {Principal} from '../../model/estate.ts';
import type {Draft} from '../draft.ts';
import {field, isRow, pointer, text} from '../record.ts';
import {containerOf, parseArmId} from './arm-id.ts';

/** Id of an Entra principal by its object id. */
export function principalId(objectId: string): string {
  return `azure-principal:${objectId.toLowerCase()}`;
}

/**
 * The identities code on a resource can act as: `identity.principalId` and the principals of
 * `identity.userAssignedIdentities`. Where the export leaves out the principal of a user-assigned
 * identity, the identity's own record in the same file gives it (`assignable`: ARM id → object id);
 * else it is named by its resource id, so that workloads sharing it still share one principal.
 */
export function mapIdentity(
  draft: Draft,
  row: unknown,
  at: string,
  owner: {name: string; container: string | null; tenant: string | null},
  assignable: ReadonlyMap<string, string>,
): string[] {
  const identity = field(row, 'identity');
  const tenant = text(identity, 'tenantId') ?? owner.tenant;
  const ids: string[] = [];
  const system = text(identity, 'principalId');
  if (system !== null) {
    ids.push(principalId(system));
    // It lives and dies with its resource: unlike an identity of its own it cannot be attached elsewhere.
    mention(draft, principalId(system), owner.name, null, tenant, pointer(at, 'identity', 'principalId'));
  }
  // Nodes of a cluster pull images and join networks as this identity; pods reach it over the node.
  const kubelet = text(row, 'properties', 'identityProfile', 'kubeletidentity', 'objectId');
  if (kubelet !== null && !ids.includes(principalId(kubelet))) {
    const where = pointer(at, 'properties', 'identityProfile', 'kubeletidentity');
    ids.push(principalId(kubelet));
    mention(draft, principalId(kubelet), `nodes of ${owner.name}`, owner.container, tenant, where);
  }
  const assigned = field(identity, 'userAssignedIdentities');
  if (!isRow(assigned)) return ids;
  for (const [raw, value] of Object.entries(assigned)) {
    const arm = parseArmId(raw);
    const principal = text(value, 'principalId') ?? assignable.get(arm?.id ?? '') ?? null;
    const where = pointer(at, 'identity', 'userAssignedIdentities', raw);
    const name = arm?.name ?? raw;
    const id = principal === null ? `azure:${arm?.id ?? raw.toLowerCase()}` : principalId(principal);
    ids.push(id);
    mention(draft, id, name, arm === null ? null : containerOf(arm), tenant, where);
  }
  return ids;
}

/** Says that a principal exists of which the record knows little more than its id. */
export function mention(
  draft: Draft,
  id: string,
  name: string,
  container: string | null,
  tenant: string | null,
  at: string,
  kind: Principal['kind'] = 'managedIdentity',
): void {
  const principal: Principal = {
    id,
    kind,
    name,
    cloud: 'azure',
    container: principalHome(container, tenant),
    person: kind === 'user',
    memberOf: [],
    implied: true,
  };
  draft.principal(principal, at);
}

/**
 * Where a principal lives: the group of the resource it belongs to, since whoever rules that can attach it
 * elsewhere; else the tenant that issues it; null when the export names neither.
 */
export function principalHome(container: string | null, tenant: string | null): string | null {
  return container ?? (tenant === null ? null : `entra:${tenant.toLowerCase()}`);
}

/** A `userAssignedIdentities` record. Plain resource lists leave the principal out; then nothing is added. */
export function mapManagedIdentity(
  draft: Draft,
  row: unknown,
  at: string,
  owner: {name: string; container: string | null; tenant: string | null},
): void {
  const objectId = managedPrincipal(row);
  if (objectId === null) return;
  draft.principal(
    {
      id: principalId(objectId),
      kind: 'managedIdentity',
      name: owner.name,
      cloud: 'azure',
      container: principalHome(owner.container, text(row, 'properties', 'tenantId') ?? owner.tenant),
      person: false,
      memberOf: [],
    },
    at,
  );
}

/** Object id of the principal behind a `userAssignedIdentities` record. */
export function managedPrincipal(row: unknown): string | null {
  return text(row, 'properties', 'principalId') ?? text(row, 'principalId');
}
