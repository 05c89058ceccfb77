import type {RoleAssignment, RoleDefinition} from '../../model/estate.ts';
import {type Right, actionMatches} from '../rights.ts';
import {BUILT_IN_ROLES, CONTROL_ACTIONS, GRANTS_ACCESS} from './roles.ts';

type Definition = Pick<RoleDefinition, 'name' | 'actions' | 'notActions'> &
  Partial<Pick<RoleDefinition, 'dataActions' | 'notDataActions'>>;

/** GUID at the end of a role definition id. */
export function roleGuid(roleId: string): string {
  return roleId.slice(roleId.lastIndexOf('/') + 1).toLowerCase();
}

/**
 * What an Azure role assignment gives over its scope. Null = the role is unknown (neither exported nor built in).
 * An ABAC condition makes every right conditional; an eligible assignment needs activation (level 1).
 */
export function azureRights(
  assignment: RoleAssignment,
  definition: RoleDefinition | undefined,
): Right[] | null {
  const role: Definition | undefined = definition ?? BUILT_IN_ROLES[roleGuid(assignment.role)];
  if (!role) return null;
  const certainty = assignment.condition === null ? 'certain' : 'conditional';
  const level = assignment.effect === 'eligible' ? 1 : 0;
  const because = (field: string, over: string): Right => ({
    over,
    certainty,
    level,
    because: `roleAssignment ${role.name || assignment.roleName}: ${field}${assignment.condition === null ? '' : ', with condition'}${level === 1 ? ', eligible' : ''}`,
  });
  const may = (action: string, data: boolean): boolean => {
    const allowed = data ? (role.dataActions ?? []) : role.actions;
    const except = data ? (role.notDataActions ?? []) : role.notActions;
    return allowed.some((p) => actionMatches(p, action)) && !except.some((p) => actionMatches(p, action));
  };
  if (may(GRANTS_ACCESS, false)) return [because(`may ${GRANTS_ACCESS}`, 'control')];
  const rights = new Map<string, Right>();
  for (const {over, action, data} of CONTROL_ACTIONS) {
    if (!rights.has(over) && may(action, data === true)) rights.set(over, because(`may ${action}`, over));
  }
  const types = new Set(CONTROL_ACTIONS.map(({over}) => over));
  if (rights.size < types.size) return [...rights.values()];
  // Control of every type the table knows: take it as control of all content, types outside the table included.
  return [because(`actions = ${role.actions.join(', ')}`, 'content'), rights.get('identities')!];
}

/** True when an assignment of effect `deny` takes everything away (no condition, all actions). */
export function deniesAll(assignment: RoleAssignment, definition: RoleDefinition | undefined): boolean {
  return (
    assignment.condition === null &&
    definition !== undefined &&
    definition.actions.includes('*') &&
    definition.notActions.length === 0
  );
}
