import type {RoleAssignment, RoleDefinition} from '../../model/estate.ts';
import {azureRights, deniesAll, roleGuid} from './rights.ts';
import type {BuildContext} from '../context.ts';
import type {Facets} from '../facets.ts';
import {gcpRights} from '../gcp/rights.ts';
import {type Right, grant} from '../rights.ts';
import {canonicalRoot, looksLikeRoot} from '../root-ids.ts';
import {EVERYONE, TENANT_ADMIN_ROLES} from './roles.ts';

/** `HAS_ROLE` edges of Azure role assignments, Entra directory roles and Google Cloud bindings. */
export function addRoleAssignments(context: BuildContext, facets: Facets): void {
  const {estate, graph} = context;
  const definitions = new Map(estate.roleDefinitions.map((role) => [role.id, role]));
  const denies = createDenies(
    context,
    estate.assignments.filter(({effect}) => effect === 'deny'),
    definitions,
  );
  const strangeRoles = new Map<string, number>();
  const strangeScopes = new Map<string, number>();
  for (const assignment of estate.assignments) {
    // A deleted member keeps its place in a policy but can no longer sign in.
    if (assignment.effect === 'deny' || assignment.principal.startsWith('gcp:deleted:')) continue;
    const scope = resolveScope(context, assignment.scope);
    if (scope === null) {
      strangeScopes.set(assignment.scope, (strangeScopes.get(assignment.scope) ?? 0) + 1);
      continue;
    }
    if (!scope.exact) strangeScopes.set(assignment.scope, (strangeScopes.get(assignment.scope) ?? 0) + 1);
    const rights = rightsOf(assignment, definitions.get(assignment.role), scope.ids[0]!);
    if (rights === null)
      strangeRoles.set(
        assignment.roleName || assignment.role,
        (strangeRoles.get(assignment.roleName || assignment.role) ?? 0) + 1,
      );
    const drawn = rights ?? [
      unknownRight(`role ${assignment.roleName || assignment.role}: what it allows is not in the source`),
    ];
    for (const id of scope.ids) {
      const after = denies(assignment, drawn);
      grant(
        context,
        facets,
        assignment.principal,
        id,
        scope.exact ? after : after.map((right) => ({...right, certainty: 'unknown' as const})),
        {id: assignment.id},
      );
    }
  }
  for (const [role, count] of strangeRoles) {
    graph.findings.push({
      code: 'BH-ID-001',
      severity: 'low',
      message: `role \`${role}\` is assigned ${count}× but no source says what it allows; its holders count in the upper end only`,
      where: {id: role},
      remedy:
        'Export the role definitions (`az role definition list`, `gcloud iam roles list`) and import them.',
    });
  }
  for (const [scope, count] of strangeScopes) {
    graph.findings.push({
      code: 'BH-ID-002',
      severity: 'low',
      message: `${count} role assignment(s) on \`${scope}\`, which is neither a container nor a workload of the inventory`,
      where: {id: scope},
      remedy: 'Import the hierarchy and resources of this scope.',
    });
  }
}

function rightsOf(
  assignment: RoleAssignment,
  definition: RoleDefinition | undefined,
  scope: string,
): Right[] | null {
  if (assignment.cloud === 'gcp') return gcpRights(assignment, definition);
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

function unknownRight(because: string): Right {
  return {over: 'control', certainty: 'unknown', level: 0, because};
}

/**
 * Nodes a scope stands for. An ARM scope that is not in the inventory stands for a part of its nearest known ancestor
 * (`exact: false`); scope `/` for every top container of Azure. Null = nothing known.
 */
function resolveScope(context: BuildContext, scope: string): {ids: string[]; exact: boolean} | null {
  const {graph, containers, estate} = context;
  if (containers.has(scope) || graph.has(scope)) return {ids: [scope], exact: true};
  if (looksLikeRoot(scope)) return {ids: [graph.root(canonicalRoot(scope))], exact: true};
  if (scope === 'azure:/') {
    const tops = estate.containers.filter(
      ({cloud, parent}) => cloud === 'azure' && (parent === null || !containers.has(parent)),
    );
    return tops.length > 0 ? {ids: tops.map(({id}) => id), exact: true} : null;
  }
  for (let cut = scope.lastIndexOf('/'); cut > 0; cut = scope.lastIndexOf('/', cut - 1)) {
    const above = scope.slice(0, cut);
    if (graph.has(above)) return {ids: [above], exact: false};
  }
  return null;
}

/** Applies deny assignments: one that takes all away on the scope or above removes; any other in touch makes conditional. */
function createDenies(
  context: BuildContext,
  denies: RoleAssignment[],
  definitions: Map<string, RoleDefinition>,
) {
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

/** Whether a scope lies in another: by ARM id, or up the container hierarchy (management groups, folders). */
function within(context: BuildContext, scope: string, ancestor: string): boolean {
  if (scope === ancestor || scope.startsWith(ancestor.endsWith('/') ? ancestor : `${ancestor}/`)) return true;
  const seen = new Set<string>();
  let at: string | null | undefined = context.workloads.get(scope)?.container ?? scope;
  while (at !== null && at !== undefined && !seen.has(at)) {
    if (at === ancestor) return true;
    seen.add(at);
    at = context.containers.get(at)?.parent;
  }
  return false;
}
