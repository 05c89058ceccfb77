import type {RoleAssignment} from '../../model/estate.ts';
import type {BuildContext} from '../context.ts';
import {drawAssignments} from '../draw-assignments.ts';
import type {Facets} from '../facets.ts';
import {type Right, grant} from '../rights.ts';
import {looksLikeRoot} from '../root-ids.ts';
import {createDenies} from './denies.ts';
import {indexDenies} from './deny-index.ts';
import {createLimited} from './limited.ts';
import {type GivenRole, type Touching, assetsOf, givenRole, rightsOf} from './rights.ts';
import {createScopes} from './scopes.ts';
import {createValidity} from './validity.ts';

/** `HAS_ROLE` edges of Azure role assignments. Directory roles and application permissions: `directory.ts`. */
export function addRoleAssignments(context: BuildContext, facets: Facets): void {
  const denies = createDenies(context);
  const scopes = createScopes(context);
  const index = indexDenies(context, denies, scopes);
  const assets = assetsOf(context.estate.workloads);
  const definitions = new Map(context.estate.roleDefinitions.map((role) => [role.id, role]));
  const limited = createLimited({context, facets, scopes});
  const validity = createValidity(context);
  const cache = new Map<string, Right[]>();
  const rights = (role: GivenRole, touching: Touching[]): Right[] => {
    const key = `${role.key}\n${touching.map(({deny, binds}) => `${deny.rule.id} ${binds}`).join('\n')}`;
    let known = cache.get(key);
    if (!known) cache.set(key, (known = rightsOf(role, assets, touching, denies)));
    return known;
  };
  const drawFor = (assignment: RoleAssignment, holder: string, node: string, role: GivenRole): void => {
    const level = assignment.effect === 'eligible' ? 1 : 0;
    const above = index.at(holder, node);
    const below = index.below(holder, node);
    if (below.length > 0) {
      limited.draw({assignment, holder, scope: node, role, level, above, below, rights});
      return;
    }
    const after = rights(role, above).map((right) => leveled(right, level));
    grant(context, facets, holder, node, after, {id: assignment.id});
  };
  drawAssignments(context, facets, {
    cloud: 'azure',
    skips: (assignment) => isDirectory(assignment) || validity.outside(assignment),
    rightsOf(assignment, definition) {
      const role = givenRole(assignment, definition);
      return (
        role && rights(role, []).map((right) => leveled(right, assignment.effect === 'eligible' ? 1 : 0))
      );
    },
    limit: (_, found) => found,
    draw(assignment, node) {
      const role = givenRole(assignment, definitions.get(assignment.role))!;
      drawFor(assignment, assignment.principal, node, role);
      // A deny on everyone spares some members of a group that it binds as a whole: they keep what the group has.
      const {principal} = assignment;
      const spared = [...index.at(principal, node), ...index.below(principal, node)].flatMap(({deny}) =>
        denies.spared(deny, principal),
      );
      for (const member of new Set(spared)) {
        if (context.graph.has(member)) drawFor(assignment, member, node, role);
      }
    },
  });
  validity.report();
}

/** Directory roles and permissions of applications stand on the tenant, a directory object or a Microsoft 365 service. */
export function isDirectory({role, scope}: RoleAssignment): boolean {
  return (
    looksLikeRoot(scope) ||
    scope.startsWith('azure:entra/') ||
    scope.startsWith('azure-principal:') ||
    scope.startsWith('azure-app:') ||
    /^(?:msgraph|aadgraph|m365):/.test(role) ||
    role.includes('/microsoft.directory/')
  );
}

function leveled(right: Right, level: 0 | 1): Right {
  return level === 0 ? right : {...right, level, because: `${right.because}, eligible`};
}
