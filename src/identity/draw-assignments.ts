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
  /** Assignments another part draws, or that are not in force. */
  skips?(assignment: RoleAssignment): boolean;
  /** Draws the rights over one node, where limits differ below it. Default: {@link grant}. */
  draw?(assignment: RoleAssignment, node: string, rights: Right[]): void;
}

/** `HAS_ROLE` edges of all assignments of one cloud. Roles and scopes nobody explains are findings. */
export function drawAssignments(context: BuildContext, facets: Facets, reader: AssignmentReader): void {
  const {estate, graph} = context;
  const definitions = new Map(estate.roleDefinitions.map((role) => [role.id, role]));
  const below = workloadsBelow(context);
  const strangeRoles = new Map<string, number>();
  const strangeScopes = new Map<string, number>();
  for (const assignment of estate.assignments) {
    // A deleted member keeps its place in a policy but can no longer sign in.
    if (
      assignment.cloud !== reader.cloud ||
      assignment.effect === 'deny' ||
      reader.skips?.(assignment) === true ||
      assignment.principal.startsWith('gcp:deleted:')
    )
      continue;
    const scope = resolveScope(context, assignment.scope, below);
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
      const seen = scope.part === undefined ? after : after.map((right) => partial(right, scope.part!));
      if (reader.draw && scope.exact && scope.part === undefined && rights !== null)
        reader.draw(assignment, id, seen);
      else {
        const sure = scope.exact ? seen : seen.map((right) => ({...right, certainty: 'unknown' as const}));
        grant(context, facets, assignment.principal, id, sure, {id: assignment.id});
      }
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
function resolveScope(
  context: BuildContext,
  scope: string,
  below: (id: string) => string[],
): ResolvedScope | null {
  const {graph, containers, workloads} = context;
  if (containers.has(scope) || graph.has(scope)) return {ids: [scope], exact: true};
  if (looksLikeRoot(scope)) return {ids: [graph.root(canonicalRoot(scope))], exact: true};
  const tops = topsOf(context, scope);
  if (tops !== null) return tops.length > 0 ? {ids: tops, exact: true} : null;
  // A server whose databases are the workloads.
  const parts = scope.startsWith('azure:') ? below(scope) : [];
  if (parts.length > 0) return {ids: parts, exact: true};
  for (let cut = scope.lastIndexOf('/'); cut > 0; cut = scope.lastIndexOf('/', cut - 1)) {
    const above = scope.slice(0, cut);
    if (workloads.has(above)) return {ids: [above], exact: true, part: scope.slice(cut + 1)};
    if (graph.has(above)) return {ids: [above], exact: false};
  }
  return null;
}

interface ResolvedScope {
  ids: string[];
  /** False = the scope itself is not in the inventory; the ids are what is known above it. */
  exact: boolean;
  /** The scope is this part of the workload. */
  part?: string;
}

/**
 * Top containers of Azure's root scope: `/` for all of them, the root management group (named like the tenant) for those of
 * its tenant. Null = another scope.
 */
function topsOf({containers, estate}: BuildContext, scope: string): string[] | null {
  const named = /^azure:\/providers\/microsoft\.management\/managementgroups\/([0-9a-f-]{36})$/.exec(
    scope,
  )?.[1];
  if (scope !== 'azure:/' && named === undefined) return null;
  return estate.containers.flatMap(({id, cloud, kind, parent, root}) =>
    cloud === 'azure' &&
    kind !== 'organization' &&
    (parent === null || !containers.has(parent)) &&
    (named === undefined || canonicalRoot(root ?? '') === `entra:${named}`)
      ? [id]
      : [],
  );
}

/** A right over a part of a workload (one blob container, one secret) reaches that part: never control, perhaps not what matters. */
function partial(right: Right, part: string): Right {
  if (right.over === 'identities') return right;
  return {
    ...right,
    certainty: right.certainty === 'certain' ? 'conditional' : right.certainty,
    because: `${right.because}; only on its part ${part}`,
  };
}

/** Ids of workloads below an ARM id, by binary search over the sorted ids. */
function workloadsBelow({workloads}: BuildContext): (id: string) => string[] {
  let sorted: string[] | undefined;
  return (id) => {
    sorted ??= [...workloads.keys()].sort();
    const prefix = `${id}/`;
    let low = 0;
    for (let high = sorted.length; low < high;) {
      const middle = (low + high) >> 1;
      if (sorted[middle]! < prefix) low = middle + 1;
      else high = middle;
    }
    const found: string[] = [];
    for (let i = low; sorted[i]?.startsWith(prefix) === true; i++) found.push(sorted[i]!);
    return found;
  };
}
