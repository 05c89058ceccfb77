import type {Workload} from '../../model/estate.ts';
import type {Draft} from '../draft.ts';
import {field, flag, isRow, list, pointer, text, texts} from '../record.ts';
import {mention, principalId} from './map-identity.ts';
import {vaultActions} from './vault-permissions.ts';

/** Rights that a resource keeps in its own record instead of a role assignment. */
export function mapDataPlane(
  draft: Draft,
  row: unknown,
  at: string,
  workload: Workload,
  tenant: string | null,
): void {
  const inner = field(row, 'properties');
  const properties = isRow(inner) ? inner : row;
  const base = isRow(inner) ? pointer(at, 'properties') : at;
  const home = text(properties, 'tenantId') ?? tenant;
  switch (workload.nativeType) {
    case 'microsoft.keyvault/vaults':
      if (flag(properties, 'enableRbacAuthorization') !== true)
        addAccessPolicies(draft, properties, base, workload, home);
      return;
    case 'microsoft.keyvault/managedhsms':
      addHsmAdministrators(draft, properties, base, workload, home);
      return;
    case 'microsoft.containerservice/managedclusters':
      for (const [i, group] of texts(properties, 'aadProfile', 'adminGroupObjectIDs').entries())
        administers(draft, group, 'group', workload.id, {
          at: pointer(base, 'aadProfile', 'adminGroupObjectIDs', i),
          evidence: `aadProfile.adminGroupObjectIDs = ${group}`,
          tenant: text(properties, 'aadProfile', 'tenantID') ?? home,
        });
      return;
    case 'microsoft.sql/managedinstances':
      addSqlAdministrator(draft, field(properties, 'administrators'), workload.id, {
        at: pointer(base, 'administrators'),
        tenant: home,
      });
  }
}

/**
 * Access policies give data rights without a role: each becomes a role of its own (data actions) with one assignment on the
 * vault. Vaults with `enableRbacAuthorization` ignore their policies.
 */
export function addAccessPolicies(
  draft: Draft,
  properties: unknown,
  base: string,
  workload: Pick<Workload, 'id' | 'name'>,
  tenant: string | null,
): void {
  for (const [i, policy] of list(properties, 'accessPolicies').entries())
    addAccessPolicy(draft, policy, pointer(base, 'accessPolicies', i), workload, tenant);
}

/** One access policy of a vault. */
export function addAccessPolicy(
  draft: Draft,
  policy: unknown,
  at: string,
  vault: Pick<Workload, 'id' | 'name'>,
  tenant: string | null,
): void {
  const objectId = text(policy, 'objectId');
  if (objectId === null) return;
  const application = text(policy, 'applicationId');
  const allowed = (['keys', 'secrets', 'certificates'] as const).flatMap((kind) =>
    vaultActions(kind, texts(policy, 'permissions', kind)),
  );
  const key = application === null ? objectId : `${objectId}-${application}`;
  const role = `${vault.id}/accesspolicies/${key.toLowerCase()}`;
  const principal = principalId(objectId);
  mention(draft, principal, objectId, null, text(policy, 'tenantId') ?? tenant, at, 'unknown');
  draft.roleDefinition(
    {
      id: role,
      name: `access policy of ${vault.name}`,
      cloud: 'azure',
      actions: [],
      notActions: [],
      dataActions: [...new Set(allowed)],
      notDataActions: [],
    },
    at,
  );
  draft.assignment(
    {
      id: role,
      cloud: 'azure',
      principal,
      role,
      roleName: `access policy of ${vault.name}`,
      scope: vault.id,
      effect: 'allow',
      // The rights count only when the user comes through this application.
      condition: application === null ? null : `applicationId = ${application}`,
    },
    at,
  );
}

/** A managed HSM keeps roles of its own; those who set it up administer it until somebody says otherwise. */
function addHsmAdministrators(
  draft: Draft,
  properties: unknown,
  base: string,
  workload: Workload,
  tenant: string | null,
): void {
  for (const [i, admin] of texts(properties, 'initialAdminObjectIds').entries())
    administers(draft, admin, 'unknown', workload.id, {
      at: pointer(base, 'initialAdminObjectIds', i),
      evidence: `initialAdminObjectIds = ${admin}: later changes of its local roles are not in the source`,
      tenant,
      certainty: 'conditional',
    });
}

/** The directory account that administers a database server. */
export function addSqlAdministrator(
  draft: Draft,
  admin: unknown,
  target: string,
  where: {at: string; tenant: string | null},
): boolean {
  const objectId = text(admin, 'sid') ?? text(admin, 'objectId');
  if (objectId === null) return false;
  const kind = text(admin, 'principalType')?.toLowerCase();
  administers(draft, objectId, kind === 'group' ? 'group' : kind === 'user' ? 'user' : 'unknown', target, {
    at: where.at,
    evidence: `administrators.sid = ${objectId}`,
    tenant: text(admin, 'tenantId') ?? where.tenant,
    name: text(admin, 'login') ?? text(admin, 'principalName') ?? objectId,
  });
  return true;
}

function administers(
  draft: Draft,
  objectId: string,
  kind: 'user' | 'group' | 'unknown',
  target: string,
  facts: {
    at: string;
    evidence: string;
    tenant: string | null;
    name?: string;
    certainty?: 'certain' | 'conditional';
  },
): void {
  const id = principalId(objectId);
  mention(draft, id, facts.name ?? objectId, null, facts.tenant, facts.at, kind);
  draft.edge({
    from: id,
    to: target,
    kind: 'ADMINISTERS',
    level: 0,
    certainty: facts.certainty ?? 'certain',
    evidence: facts.evidence,
    place: draft.place(facts.at, target),
  });
}
