import type {RoleAssignment, RoleDefinition} from '../../model/estate.ts';
import type {Right} from '../rights.ts';
import {GCP_PERMISSIONS, GCP_ROLES, type GcpRole, HARMLESS_ROLES} from './roles.ts';

/**
 * What one member of a Google Cloud binding gets over the resource. Null = the role is unknown: not in the table, no
 * definition exported, and its name does not say that it only reads.
 */
export function gcpRights(
  assignment: RoleAssignment,
  definition: RoleDefinition | undefined,
): Right[] | null {
  const name = assignment.roleName || assignment.role.replace(/^gcp:/, '');
  const known = GCP_ROLES[name];
  if (known) return known.map((role) => toRight(assignment, role, `binding role = ${name}`));
  if (definition && definition.actions.length > 0) {
    const permissions = new Set(definition.actions);
    const rights = new Map<string, Right>();
    for (const entry of GCP_PERMISSIONS) {
      const key = `${entry.over} ${entry.certainty}`;
      if (!permissions.has(entry.permission) || rights.has(key)) continue;
      rights.set(key, toRight(assignment, entry, `binding role = ${name} with ${entry.permission}`));
    }
    return [...rights.values()];
  }
  return HARMLESS_ROLES.test(name) ? [] : null;
}

function toRight(assignment: RoleAssignment, role: GcpRole, because: string): Right {
  const conditional = assignment.condition !== null;
  return {
    over: role.over,
    certainty: conditional ? 'conditional' : role.certainty,
    level: 0,
    because: conditional ? `${because}, with condition` : because,
  };
}
