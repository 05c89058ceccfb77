import type {RoleDefinition} from '../../model/estate.ts';
import type {VcenterPermission} from '../../model/identity-sections.ts';
import type {Place} from '../../model/common.ts';
import type {BuildContext} from '../context.ts';
import {drawAssignments} from '../draw-assignments.ts';
import type {Facets} from '../facets.ts';
import {reference} from '../references.ts';
import {type Right, actionMatches, grant} from '../rights.ts';
import type {Directory} from './directory.ts';
import {VCENTER_PRIVILEGES, VCENTER_ROLES, type VcenterRight, roleKey} from './tables/vcenter-roles.ts';
import {ssoRoots} from './vcenter-sso.ts';

/**
 * Permissions of vCenter, declared and read. A role that may set permissions is control of its object even where it does
 * not propagate, because its holder can add one that does; on a whole vCenter it is worth the SSO domain.
 */
export function addVcenterPermissions(context: BuildContext, facets: Facets, directory: Directory): void {
  const {estate} = context;
  const definitions = new Map(
    estate.roleDefinitions.filter(({cloud}) => cloud === 'vmware').map((role) => [roleKey(role.name), role]),
  );
  for (const {vcenterSso} of estate.identity) {
    for (const sso of vcenterSso) {
      for (const permission of sso.permissions ?? [])
        addDeclaredPermission(context, facets, directory, {
          permission,
          vcenters: sso.vcenters,
          place: sso.place,
          definition: definitions.get(roleKey(permission.role)),
        });
    }
  }
  addRead(context, facets, directory);
}

interface Declared {
  permission: VcenterPermission;
  vcenters: string[];
  place: Place;
  definition: RoleDefinition | undefined;
}

function addDeclaredPermission(
  context: BuildContext,
  facets: Facets,
  directory: Directory,
  {permission, vcenters, place, definition}: Declared,
): void {
  const {entity, principal, group, role, propagate} = permission;
  const top = /^(root|\/|datacenters)$/i.test(entity.trim());
  const holder = directory.account(principal, group);
  const evidence = `permissions: ${principal} has ${role} on ${entity}${propagate ? ', propagating' : ''}`;
  for (const scope of top ? vcenters : [entity]) {
    for (const id of reference(context, [scope], 'vcenterSso.permissions.entity', place)) {
      const rights = rightsOf(role, definition, {evidence, propagate, whole: isWhole(context, id)});
      grant(
        context,
        facets,
        holder,
        id,
        forScope(context, id, rights ?? [unknownRole(role, evidence)]),
        place,
      );
      toSso(context, holder, id, rights, {evidence, propagate});
    }
  }
}

/** Permissions a source read: assignments with cloud `vmware`. */
function addRead(context: BuildContext, facets: Facets, directory: Directory): void {
  const {estate} = context;
  const evidenceOf = (principal: string, role: string, scope: string) =>
    `permission: ${principal.replace(/^vsphere:/, '')} has ${role} on ${scope}`;
  const own = estate.assignments.filter(({cloud}) => cloud === 'vmware');
  if (own.length === 0) return;
  const definitions = new Map(estate.roleDefinitions.map((role) => [role.id, role]));
  for (const {principal} of own) directory.account(principal, true);
  drawAssignments(context, facets, {
    cloud: 'vmware',
    rightsOf({principal, role, roleName, inherited, scope: written}, definition, scope) {
      const evidence = evidenceOf(principal, roleName || role, written);
      const facts = {evidence, propagate: inherited !== false, whole: isWhole(context, scope)};
      const rights = rightsOf(roleName || role, definition, facts);
      return rights === null ? null : forScope(context, scope, rights);
    },
    limit: (_assignment, rights) => rights,
  });
  for (const {principal, role, roleName, scope, inherited} of own) {
    const evidence = evidenceOf(principal, roleName || role, scope);
    const propagate = inherited !== false;
    const rights = rightsOf(roleName || role, definitions.get(role), {evidence, propagate, whole: true});
    toSso(context, principal, scope, rights, {evidence, propagate});
  }
}

interface RoleFacts {
  evidence: string;
  propagate: boolean;
  /** The object has others below it. */
  whole: boolean;
}

/** What a role lets its holder take over; null = a role nobody explains. */
function rightsOf(
  role: string,
  definition: RoleDefinition | undefined,
  {evidence, propagate, whole}: RoleFacts,
): Right[] | null {
  const key = roleKey(role);
  // A role somebody made may bear any name: its privileges count, not the name.
  const rights =
    definition && definition.actions.length > 0
      ? fromPrivileges(definition.actions)
      : Object.hasOwn(VCENTER_ROLES, key)
        ? VCENTER_ROLES[key]!
        : null;
  if (rights === null) return null;
  return rights.flatMap(({over, caps, certainty = 'certain', but}): Right[] => {
    if (!propagate && whole && over !== 'control') return [];
    const because = but ? `${evidence}; ${but}` : evidence;
    return [{over, certainty, level: 0, because, ...(caps ? {caps} : {})}];
  });
}

function fromPrivileges(privileges: readonly string[]): VcenterRight[] {
  const rights = VCENTER_PRIVILEGES.filter(({pattern}) =>
    privileges.some((privilege) => actionMatches(pattern, privilege) || actionMatches(privilege, pattern)),
  ).map(({right}) => right);
  return rights.some(({over}) => over === 'control') ? [{over: 'control'}] : [...new Set(rights)];
}

/** On a machine or host itself a right is over that one thing. */
function forScope({workloads, containers}: BuildContext, scope: string, rights: Right[]): Right[] {
  if (containers.has(scope)) return rights;
  if (workloads.has(scope)) return rights;
  return rights.map((right) => (right.over === 'content' ? {...right, over: 'control'} : right));
}

function isWhole({containers}: BuildContext, scope: string): boolean {
  return containers.has(scope);
}

/** A propagating administrator of a whole vCenter is worth its SSO domain: all linked vCenters. */
function toSso(
  context: BuildContext,
  holder: string,
  scope: string,
  rights: Right[] | null,
  {evidence, propagate}: {evidence: string; propagate: boolean},
): void {
  const {containers, estate, graph} = context;
  const container = containers.get(scope);
  if (container?.kind !== 'vcenter' || !propagate || !rights?.some(({over}) => over === 'control')) return;
  const declared = estate.identity
    .flatMap(({vcenterSso}) => vcenterSso)
    .flatMap((sso) => ssoRoots(context, sso))
    .flatMap(({id, vcenters}) => (vcenters.includes(scope) ? [id] : []));
  for (const id of declared.length > 0 ? declared : container.root === null ? [] : [container.root])
    graph.edge(holder, graph.root(id), 'HAS_ROLE', {
      evidence: `${evidence}: administrator of the whole vCenter`,
    });
}

function unknownRole(role: string, evidence: string): Right {
  const key = roleKey(role);
  return {
    over: 'control',
    certainty: 'unknown',
    level: 0,
    because: `${evidence}; what the role allows is not known`,
    gap: {
      id: `gap:vcenter-role:${key}`,
      question: `Does the vCenter role ${role} let its holder take over virtual machines, their disks or permissions?`,
      about: `vcenter-role:${key}`,
      input: 'privileges of the role',
      remedy:
        'Import the property dump with the AuthorizationManager, which lists roles with their privileges.',
      certainty: 'unknown',
    },
  };
}
