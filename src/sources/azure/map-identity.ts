import type {Principal} from '../../model/estate.ts';
import type {Draft} from '../draft.ts';
import {field, isRow, pointer, text} from '../record.ts';
import {parseArmId} from './arm-id.ts';

/** Id of an Entra principal by its object id. */
export function principalId(objectId: string): string {
  return `azure-principal:${objectId.toLowerCase()}`;
}

/**
 * The identities code on a resource can act as: `identity.principalId` and the principals of
 * `identity.userAssignedIdentities`. A user-assigned identity whose principal the export leaves out is
 * named by its resource id; the identity's own record adds the edge to the principal.
 */
export function mapIdentity(
  draft: Draft,
  row: unknown,
  at: string,
  owner: {name: string; container: string | null; tenant: string | null},
): string[] {
  const identity = field(row, 'identity');
  const tenant = text(identity, 'tenantId') ?? owner.tenant;
  const ids: string[] = [];
  const system = text(identity, 'principalId');
  if (system !== null) {
    ids.push(principalId(system));
    mention(
      draft,
      principalId(system),
      owner.name,
      owner.container,
      tenant,
      pointer(at, 'identity', 'principalId'),
    );
  }
  const assigned = field(identity, 'userAssignedIdentities');
  if (!isRow(assigned)) return ids;
  for (const [raw, value] of Object.entries(assigned)) {
    const arm = parseArmId(raw);
    const principal = text(value, 'principalId');
    const where = pointer(at, 'identity', 'userAssignedIdentities', raw);
    const name = arm?.name ?? raw;
    const id = principal === null ? `azure:${arm?.id ?? raw.toLowerCase()}` : principalId(principal);
    ids.push(id);
    mention(draft, id, name, null, tenant, where);
  }
  return ids;
}

function mention(
  draft: Draft,
  id: string,
  name: string,
  container: string | null,
  tenant: string | null,
  at: string,
): void {
  const principal: Principal = {
    id,
    kind: 'managedIdentity',
    name,
    cloud: 'azure',
    container,
    person: false,
    memberOf: [],
    implied: true,
  };
  draft.principal(principal, at);
  linkToTenant(draft, id, tenant, at);
}

/** Whoever controls the tenant controls every principal in it. */
export function linkToTenant(draft: Draft, id: string, tenant: string | null, at: string): void {
  if (tenant === null) return;
  const root = `entra:${tenant.toLowerCase()}`;
  draft.root({id: root, kind: 'entraTenant', name: tenant}, at);
  draft.edge({
    from: root,
    to: id,
    kind: 'CONTAINS',
    level: 0,
    certainty: 'certain',
    evidence: `tenantId = ${tenant}`,
    place: draft.place(at, id),
  });
}

/** A `userAssignedIdentities` record: control of the resource is control of the principal (it can be attached elsewhere). */
export function mapManagedIdentity(
  draft: Draft,
  row: unknown,
  at: string,
  owner: {id: string; name: string; container: string | null; tenant: string | null},
): void {
  const properties = isRow(field(row, 'properties')) ? field(row, 'properties') : row;
  const objectId = text(properties, 'principalId');
  if (objectId === null) return;
  const tenant = text(properties, 'tenantId') ?? owner.tenant;
  const id = principalId(objectId);
  draft.principal(
    {
      id,
      kind: 'managedIdentity',
      name: owner.name,
      cloud: 'azure',
      container: owner.container,
      person: false,
      memberOf: [],
    },
    at,
  );
  linkToTenant(draft, id, tenant, at);
  draft.edge({
    from: owner.id,
    to: id,
    kind: 'RUNS_AS',
    level: 0,
    certainty: 'certain',
    evidence: `properties.principalId = ${objectId}`,
    place: draft.place(at, owner.id),
  });
}
