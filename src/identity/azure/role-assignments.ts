import type {BuildContext} from '../context.ts';
import {type AssignmentReader, drawAssignments, within} from '../draw-assignments.ts';
import type {Facets} from '../facets.ts';
import {looksLikeRoot} from '../root-ids.ts';
import type {Right} from '../rights.ts';
import type {RoleAssignment, RoleDefinition} from '../../model/estate.ts';
import {azureRights, deniesAll, roleGuid} from './rights.ts';
import {EVERYONE, TENANT_ADMIN_ROLES} from './roles.ts';

/** `HAS_ROLE` edges of Azure role assignments and Entra directory roles. */
export function addRoleAssignments(context: BuildContext, facets: Facets): void {
  const {estate} = context;
  const definitions = new Map(estate.roleDefinitions.map((role) => [role.id, role]));
  drawAssignments(context, facets, {
    cloud: 'azure',
    rightsOf,
    limit: createDenies(
      context,
      estate.assignments.filter(({effect}) => effect === 'deny'),
      definitions,
    ),
  });
}

function rightsOf(
  assignment: RoleAssignment,
  definition: RoleDefinition | undefined,
  scope: string,
): Right[] | null {
  const directory = TENANT_ADMIN_ROLES[roleGuid(assignment.role)];
  if (looksLikeRoot(scope) && assignment.cloud === 'azure') {
    if (!directory) return definition ? azureRights(assignment, definition) : null;
    const level = assignment.effect === 'eligible' ? 1 : 0;
    const certainty = assignment.condition === null ? directory.certainty : 'conditional';
    return [
      {
        over: 'control',
        certainty,
        level,
        because: `directory role = ${directory.name}${level === 1 ? ', eligible' : ''}`,
      },
    ];
  }
  return azureRights(assignment, definition);
}

/** Applies deny assignments: one that takes all away on the scope or above removes; any other in touch makes conditional. */
function createDenies(
  context: BuildContext,
  denies: RoleAssignment[],
  definitions: Map<string, RoleDefinition>,
): AssignmentReader['limit'] {
  return (allow: RoleAssignment, rights: Right[]): Right[] => {
    let left = rights;
    for (const deny of denies) {
      if (
        deny.cloud !== allow.cloud ||
        (deny.principal !== allow.principal && !deny.principal.includes(EVERYONE))
      )
        continue;
      const covers = within(context, allow.scope, deny.scope);
      if (!covers && !within(context, deny.scope, allow.scope)) continue;
      if (covers && deny.principal === allow.principal && deniesAll(deny, definitions.get(deny.role)))
        return [];
      left = left.map((right) => ({
        ...right,
        certainty: right.certainty === 'certain' ? ('conditional' as const) : right.certainty,
        because: `${right.because}; limited by deny ${deny.roleName || deny.id}`,
      }));
    }
    return left;
  };
}
