import type {Principal, RoleAssignment} from '../../model/estate.ts';
import type {BuildContext} from '../context.ts';
import {canonicalRoot} from '../root-ids.ts';
import {createGroups} from './groups.ts';
import {homeTenant} from './tenants.ts';
import {directoryRole} from './tables/directory-roles.ts';
import {createValidity} from './validity.ts';

/** Who holds administrative directory roles in which tenant, over groups too. */
export interface Privileged {
  /** Holders of a role that makes master of the tenant, standing or eligible. */
  masters(tenant: string): ReadonlySet<string>;
  /** Holders of any role that takes something over. */
  administrators(tenant: string): ReadonlySet<string>;
  /** True when the sources hold directory role assignments of the tenant at all. */
  known(tenant: string): boolean;
}

/** Reads directory role assignments; group members are followed, cycles are harmless. */
export function createPrivileged(context: BuildContext): Privileged {
  const masters = new Map<string, Set<string>>();
  const administrators = new Map<string, Set<string>>();
  const known = new Set<string>();
  const validity = createValidity(context);
  const groups = createGroups(context);
  const holders = new Map<string, [string, boolean][]>();
  for (const assignment of context.estate.assignments) {
    const tenant = directoryTenant(assignment);
    if (tenant === null || !assignment.role.includes('/')) continue;
    known.add(tenant);
    const gifts = directoryRole(
      assignment.role.slice(assignment.role.lastIndexOf('/') + 1).toLowerCase(),
    )?.gifts;
    if (!gifts || gifts.length === 0 || assignment.effect === 'deny' || validity.outside(assignment))
      continue;
    const master = gifts.some(({reach, certainty}) => reach === 'tenant' && certainty === 'certain');
    const list = holders.get(assignment.principal) ?? [];
    list.push([tenant, master]);
    holders.set(assignment.principal, list);
  }
  const note = (into: Map<string, Set<string>>, tenant: string, id: string): void => {
    const set = into.get(tenant);
    if (set) set.add(id);
    else into.set(tenant, new Set([id]));
  };
  const grant = (id: string, from: string): void => {
    for (const [tenant, master] of holders.get(from) ?? []) {
      note(administrators, tenant, id);
      if (master) note(masters, tenant, id);
    }
  };
  if (holders.size > 0) {
    for (const id of holders.keys()) grant(id, id);
    for (const {id, cloud, memberOf} of context.estate.principals)
      if (cloud === 'azure' && memberOf.length > 0) for (const group of groups.above(id)) grant(id, group);
  }
  const empty: ReadonlySet<string> = new Set();
  return {
    masters: (tenant) => masters.get(tenant) ?? empty,
    administrators: (tenant) => administrators.get(tenant) ?? empty,
    known: (tenant) => known.has(tenant),
  };
}

/**
 * Synchronised users of the tenant who can make themselves masters of it, standing or by activation: through them the AD
 * that synchronises holds the tenant.
 */
export function privilegedSyncedUsers(context: BuildContext, tenant: string): Principal[] {
  const root = canonicalRoot(tenant);
  const masters = createPrivileged(context).masters(root);
  return context.estate.principals.filter(
    (principal) =>
      principal.kind === 'user' &&
      masters.has(principal.id) &&
      isTrue(principal.attributes?.['synchronised']) &&
      (homeTenant(context, principal) ?? root) === root,
  );
}

/** Tenant of a directory role assignment over the whole directory; null = another scope. */
function directoryTenant({cloud, scope, role}: RoleAssignment): string | null {
  if (cloud !== 'azure' || !/^entra:/i.test(scope) || role.startsWith('msgraph:')) return null;
  return canonicalRoot(scope);
}

function isTrue(value: unknown): boolean {
  return value === true || value === 'true';
}
