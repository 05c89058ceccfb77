import type {Certainty} from '../../model/common.ts';
import type {Principal, RoleAssignment, RoleDefinition} from '../../model/estate.ts';
import type {IdentityGap} from '../../model/identity-facts.ts';
import type {EdgeFacts} from '../builder.ts';
import type {BuildContext} from '../context.ts';
import {canonicalRoot} from '../root-ids.ts';
import {type DirectoryFacets, createDirectoryFacets} from './directory-facets.ts';
import {createPrivileged} from './privileged.ts';
import {isDirectory} from './role-assignments.ts';
import {roleGuid} from './rights.ts';
import {directoryRole, giftsOfActions} from './tables/directory-roles.ts';
import {type Gift, isService} from './tables/gifts.ts';
import {permissionGifts} from './tables/graph-permissions.ts';
import {tenantOfWorkload} from './tenants.ts';
import {createValidity} from './validity.ts';

interface Given {
  name: string;
  gifts: readonly Gift[];
  mail: boolean;
  kind: 'HAS_ROLE' | 'HAS_PERMISSION';
}

/** Directory roles and application permissions: edges to the tenant, to sorts of its objects, and to its services. */
export function addDirectoryRights(context: BuildContext): void {
  const {estate, graph} = context;
  const definitions = new Map(estate.roleDefinitions.map((role) => [role.id, role]));
  const facets = createDirectoryFacets(context, createPrivileged(context));
  const validity = createValidity(context);
  const strange = new Map<string, number>();
  for (const assignment of estate.assignments) {
    if (assignment.cloud !== 'azure' || assignment.effect === 'deny' || !isDirectory(assignment)) continue;
    // A role over resources that stands on the root of a tenant is drawn with the others' meaning.
    if (validity.outside(assignment)) continue;
    const given = givenBy(assignment, definitions.get(assignment.role));
    if (given === null) {
      const name = assignment.roleName || assignment.role;
      strange.set(name, (strange.get(name) ?? 0) + 1);
    }
    draw(context, facets, assignment, given);
  }
  validity.report();
  for (const [name, count] of [...strange].sort(([a], [b]) => (a < b ? -1 : 1))) {
    graph.findings.push({
      code: 'BH-ID-202',
      severity: 'low',
      message: `directory role or permission \`${name}\` is assigned ${count}× but neither the sources nor the built-in list say what it allows; its holders count in the upper end only`,
      where: {id: name},
      remedy:
        'Export the directory role definitions (`roleManagement/directory/roleDefinitions`) and import them.',
    });
  }
}

function givenBy(assignment: RoleAssignment, definition: RoleDefinition | undefined): Given | null {
  const permission = /^(msgraph|aadgraph|m365):(?:([^/]+)\/)?(.+)$/.exec(assignment.role);
  if (permission) {
    const service = permission[1] === 'm365' ? (permission[2] ?? '') : null;
    const found = permissionGifts(permission[3]!, service);
    return found && {...found, name: permission[3]!, kind: 'HAS_PERMISSION'};
  }
  const known = directoryRole(roleGuid(assignment.role));
  if (known) {
    const name = known.name || definition?.name || assignment.roleName || assignment.role;
    return {name, gifts: known.gifts, mail: false, kind: 'HAS_ROLE'};
  }
  if (!definition) return null;
  const gifts = giftsOfActions(definition.actions, definition.notActions);
  return {name: definition.name || assignment.roleName, gifts, mail: false, kind: 'HAS_ROLE'};
}

function draw(
  context: BuildContext,
  facets: DirectoryFacets,
  assignment: RoleAssignment,
  given: Given | null,
): void {
  const {graph, workloads} = context;
  const {scope} = assignment;
  if (workloads.has(scope)) {
    for (const gift of given?.gifts ?? []) {
      drawOne(
        context,
        assignment,
        given!,
        gift,
        scope,
        'certain',
        mailGap(given!, tenantOfWorkload(context, workloads.get(scope)!) ?? scope),
      );
    }
    if (given === null) drawOne(context, assignment, NOT_KNOWN, UNKNOWN_GIFT, scope, 'unknown');
    return;
  }
  const unit = /^azure:entra\/([^/]+)\/administrativeunits\/(.+)$/i.exec(scope);
  if (unit || /^entra:/i.test(scope)) {
    const tenant = graph.root(canonicalRoot(unit ? `entra:${unit[1]}` : scope.split('/')[0]!));
    const within = unit ?? /\/administrativeunits\/(.+)$/i.exec(scope);
    const cap: Certainty = within ? 'conditional' : 'certain';
    if (given === null) drawOne(context, assignment, NOT_KNOWN, UNKNOWN_GIFT, tenant, 'unknown');
    for (const gift of given?.gifts ?? []) {
      const why = within ? {...gift, why: `only in administrative unit ${within.at(-1)}`} : gift;
      if (gift.reach === 'tenant') {
        drawOne(context, assignment, given!, why, tenant, cap);
        continue;
      }
      if (isService(gift.reach)) {
        for (const {id, sure} of facets.services(tenant, gift.reach))
          drawOne(context, assignment, given!, why, id, sure ? cap : 'conditional', mailGap(given!, tenant));
      } else drawOne(context, assignment, given!, why, facets.of(tenant, gift.reach), cap);
    }
    return;
  }
  drawObject(context, assignment, given);
}

/** A role over one object of the directory: an application, a group, a user. */
function drawObject(context: BuildContext, assignment: RoleAssignment, given: Given | null): void {
  const {graph, principals} = context;
  const object = objectNode(context, assignment.scope);
  if (object === null) {
    graph.findings.push({
      code: 'BH-ID-203',
      severity: 'low',
      message: `role \`${assignment.roleName || assignment.role}\` is assigned over \`${assignment.scope}\`, which no source lists`,
      where: {id: assignment.scope},
      remedy: 'Import the directory objects (users, groups, applications, service principals).',
    });
    return;
  }
  if (given === null) {
    drawOne(context, assignment, NOT_KNOWN, UNKNOWN_GIFT, object, 'unknown');
    return;
  }
  const kind = principals.get(object)?.kind ?? 'unknown';
  for (const gift of given.gifts) {
    if (kind !== 'unknown' && !REACHES[kind]?.includes(gift.reach)) continue;
    drawOne(context, assignment, given, gift, object, kind === 'unknown' ? 'conditional' : 'certain');
  }
}

/** Application objects also go by their object id. */
function objectNode({graph, estate}: BuildContext, scope: string): string | null {
  if (graph.has(scope)) return scope;
  const objectId = scope.slice(scope.indexOf(':') + 1);
  return estate.principals.find(({attributes}) => attributes?.['objectId'] === objectId)?.id ?? null;
}

const REACHES: Partial<Record<Principal['kind'], readonly string[]>> = {
  servicePrincipal: ['tenant', 'applications'],
  application: ['tenant', 'applications'],
  user: ['tenant', 'users', 'allUsers'],
  group: ['tenant', 'groups', 'allGroups'],
  computer: ['tenant', 'devices'],
};

const NOT_KNOWN: Given = {name: '', gifts: [], mail: false, kind: 'HAS_ROLE'};
const UNKNOWN_GIFT: Gift = {
  reach: 'tenant',
  certainty: 'conditional',
  why: 'what it allows is not in the source',
};

function drawOne(
  {graph}: BuildContext,
  assignment: RoleAssignment,
  given: Given,
  gift: Gift,
  to: string,
  cap: Certainty,
  gap?: IdentityGap,
): void {
  const {condition, effect, principal, id} = assignment;
  const name = given.name || assignment.roleName || assignment.role;
  const certainty = cap === 'certain' && condition !== null ? 'conditional' : cap;
  const word = given.kind === 'HAS_ROLE' ? 'directory role' : 'application permission';
  const facts: EdgeFacts = {
    evidence: `${word} = ${name}${gift.why === undefined ? '' : `: ${gift.why}`}${condition === null ? '' : `; ${condition}`}${effect === 'eligible' ? ', eligible' : ''}`,
    level: effect === 'eligible' ? 1 : 0,
    certainty: certainty === 'certain' ? gift.certainty : certainty,
    place: {id},
    ...(gift.caps ? {caps: gift.caps} : {}),
    ...(gap ? {gap} : {}),
  };
  graph.edge(principal, to, given.kind, facts);
}

function mailGap(given: Given, about: string): IdentityGap | undefined {
  if (!given.mail) return undefined;
  return {
    id: `gap:mailbox-policy:${about}`,
    question:
      'May applications with mail permissions open every mailbox (no application access policy narrows them)?',
    about,
    input: 'application access policies and role assignments for applications of Exchange Online',
    remedy:
      'Look at `Get-ApplicationAccessPolicy` and `Get-ManagementRoleAssignment` and answer the question.',
    certainty: 'conditional',
  };
}
