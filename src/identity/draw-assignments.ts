import type {Cloud} from '../model/common.ts';
import type {RoleAssignment, RoleDefinition} from '../model/estate.ts';
import type {BuildContext} from './context.ts';
import type {Facets} from './facets.ts';
import {type Right, grant} from './rights.ts';
import {canonicalRoot, looksLikeRoot} from './root-ids.ts';

/** How one cloud reads its assignments. */
export interface AssignmentReader {
  cloud: Cloud;
  /** What the role lets its holder take over on the scope (a node id); null = what the role allows is not known. */
  rightsOf(assignment: RoleAssignment, definition: RoleDefinition | undefined, scope: string): Right[] | null;
  /** What is left of the rights after deny rules and boundaries. */
  limit(assignment: RoleAssignment, rights: Right[]): Right[];
}

/** `HAS_ROLE` edges of all assignments of one cloud. Roles and scopes nobody explains are findings. */
export function drawAssignments(context: BuildContext, facets: Facets, reader: AssignmentReader): void {
  const {estate, graph} = context;
  const definitions = new Map(estate.roleDefinitions.map((role) => [role.id, role]));
  const strangeRoles = new Map<string, number>();
  const strangeScopes = new Map<string, number>();
  for (const assignment of estate.assignments) {
    // A deleted member keeps its place in a policy but can no longer sign in.
    if (
      assignment.cloud !== reader.cloud ||
      assignment.effect === 'deny' ||
      assignment.principal.startsWith('gcp:deleted:')
    )
      continue;
    const scope = resolveScope(context, assignment.scope);
    if (scope === null) {
      strangeScopes.set(assignment.scope, (strangeScopes.get(assignment.scope) ?? 0) + 1);
      continue;
    }
    if (!scope.exact) strangeScopes.set(assignment.scope, (strangeScopes.get(assignment.scope) ?? 0) + 1);
    const rights = reader.rightsOf(assignment, definitions.get(assignment.role), scope.ids[0]!);
    if (rights === null)
      strangeRoles.set(
        assignment.roleName || assignment.role,
        (strangeRoles.get(assignment.roleName || assignment.role) ?? 0) + 1,
      );
    const drawn = rights ?? [
      unknownRight(`role ${assignment.roleName || assignment.role}: what it allows is not in the source`),
    ];
    for (const id of scope.ids) {
      const after = reader.limit(assignment, drawn);
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

/** Whether a scope lies in another: by ARM id, or up the container hierarchy (management groups, folders). */
export function within(context: BuildContext, scope: string, ancestor: string): boolean {
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
