import type {RoleAssignment} from '../../../model/estate.ts';
import {flag, field, isRow, list, pointer, text, texts} from '../../record.ts';
import type {Row} from '../../record.ts';
import type {EntraContext, Fate} from './context.ts';
import {mention} from './context.ts';
import {ENTRA_CODES} from './findings.ts';
import {directoryRoleId, directoryScope} from './ids.ts';
import {kindOfObject} from './map-principals.ts';

/** Directory role assignment, active or eligible schedule of `roleManagement/directory`. */
export function mapDirectoryAssignment(
  context: EntraContext,
  row: Row,
  at: string,
  effect: 'allow' | 'eligible',
): Fate {
  const principal = text(row, 'principalId') ?? text(row, 'principal', 'id');
  const role = text(row, 'roleDefinitionId') ?? text(row, 'roleDefinition', 'templateId');
  if (principal === null) return {reject: 'role assignment without principalId'};
  if (role === null) return {reject: 'role assignment without roleDefinitionId'};
  const status = text(row, 'status');
  const word = effect === 'eligible' ? 'eligible directory role' : 'directory role assignment';
  if (status !== null && !/^(?:provisioned|granted|active)$/i.test(status))
    return {word: `${word} (${status})`};
  const object = field(row, 'principal');
  const holder = mention(context, principal, at, isRow(object) ? described(object) : {});
  const scope = text(row, 'directoryScopeId') ?? text(row, 'resourceScope');
  assign(context, at, {
    id: `azure:directory/${effect}/${text(row, 'id') ?? `${principal}/${role}/${scope ?? ''}`}`,
    principal: holder,
    role,
    roleName: text(row, 'roleDefinition', 'displayName') ?? '',
    scope: directoryScope(scope, context.tenant),
    effect,
    // An application scope limits the role to one entitlement catalogue or the like.
    condition: appScope(row),
    from: text(row, 'startDateTime') ?? text(row, 'scheduleInfo', 'startDateTime'),
    until: text(row, 'endDateTime') ?? text(row, 'scheduleInfo', 'expiration', 'endDateTime'),
  });
  return {word};
}

function appScope(row: Row): string | null {
  const scope = text(row, 'appScopeId');
  return scope === null || scope === '/' ? null : `appScopeId = ${scope}`;
}

function described(object: Row) {
  const kind = kindOfObject(object);
  return {
    kind: kind === 'device' ? ('computer' as const) : kind,
    name: text(object, 'userPrincipalName') ?? text(object, 'displayName') ?? text(object, 'id') ?? '',
  };
}

interface Assigned {
  id: string;
  principal: string;
  role: string;
  roleName: string;
  scope: string;
  effect: 'allow' | 'eligible';
  condition: string | null;
  from?: string | null;
  until?: string | null;
}

function assign(context: EntraContext, at: string, facts: Assigned): void {
  const assignment: RoleAssignment = {
    id: facts.id,
    cloud: 'azure',
    principal: facts.principal,
    role: directoryRoleId(facts.role),
    roleName: facts.roleName,
    scope: facts.scope,
    effect: facts.effect,
    condition: facts.condition,
  };
  if (facts.from != null) assignment.validFrom = facts.from;
  if (facts.until != null) assignment.validUntil = facts.until;
  context.draft.assignment(assignment, at);
}

/** A directory role's definition: what it allows. */
export function mapDirectoryRoleDefinition(context: EntraContext, row: Row, at: string): Fate {
  const id = text(row, 'templateId') ?? text(row, 'id');
  if (id === null) return {reject: 'role definition without id'};
  const permissions = list(row, 'rolePermissions');
  // Without its permissions a definition would read as one that allows nothing.
  if (permissions.length === 0) return {word: 'directory role definition (without permissions)'};
  context.draft.roleDefinition(
    {
      id: directoryRoleId(id),
      name: text(row, 'displayName') ?? id,
      cloud: 'azure',
      actions: permissions.flatMap((one) => texts(one, 'allowedResourceActions')),
      notActions: permissions.flatMap((one) => texts(one, 'excludedResourceActions')),
      dataActions: [],
      notDataActions: [],
    },
    at,
  );
  return {word: flag(row, 'isBuiltIn') === false ? 'custom directory role' : 'directory role definition'};
}

/** An activated directory role (`directoryRoles`), with its members where the answer was expanded. */
export function mapDirectoryRole(context: EntraContext, row: Row, at: string): Fate {
  const role = text(row, 'roleTemplateId') ?? text(row, 'id');
  if (role === null) return {reject: 'directory role without id'};
  for (const [i, member] of list(row, 'members').entries())
    mapRoleMember(context, member, pointer(at, 'members', i), role, text(row, 'displayName') ?? '');
  return {word: 'directory role'};
}

/** A member of a directory role that was asked for by itself. */
export function mapRoleMember(
  context: EntraContext,
  row: unknown,
  at: string,
  role: string,
  roleName: string,
): string | null {
  const id = text(row, 'id');
  if (id === null || !isRow(row)) return null;
  const {kind, name} = described(row);
  const principal = mention(context, id, at, {kind, name, person: kind === 'user'});
  assign(context, at, {
    id: `azure:directory/allow/${role.toLowerCase()}/${id.toLowerCase()}`,
    principal,
    role,
    roleName,
    scope: directoryScope('/', context.tenant),
    effect: 'allow',
    condition: null,
  });
  return principal;
}

/** A member of a role within an administrative unit (`scopedRoleMembers`). */
export function mapScopedMember(context: EntraContext, row: Row, at: string): Fate {
  const member = text(row, 'roleMemberInfo', 'id');
  const role = text(row, 'roleId');
  const unit = text(row, 'administrativeUnitId');
  if (member === null || role === null || unit === null) return {reject: 'scoped role member without ids'};
  assign(context, at, {
    id: `azure:directory/scoped/${text(row, 'id') ?? `${role}/${unit}/${member}`}`,
    principal: mention(context, member, at, {name: text(row, 'roleMemberInfo', 'displayName') ?? member}),
    role,
    roleName: '',
    scope: directoryScope(`/administrativeUnits/${unit}`, context.tenant),
    effect: 'allow',
    condition: null,
  });
  return {word: 'scoped role member'};
}

/**
 * What activating an eligible role asks for. A role that is activated without a second proof and without approval is hardly
 * guarded: a finding, because the eligible assignments stand in another file.
 */
export function mapActivationRules(context: EntraContext, row: Row, at: string): Fate {
  const role = text(row, 'roleDefinitionId') ?? '';
  const rules = [...list(row, 'policy', 'rules'), ...list(row, 'policy', 'effectiveRules')].filter(
    (rule) =>
      /^enduser$/i.test(text(rule, 'target', 'caller') ?? '') &&
      /^assignment$/i.test(text(rule, 'target', 'level') ?? ''),
  );
  // AzureHound writes the answer out and leaves false away.
  const collected = Object.hasOwn(row, 'tenantId') && !Object.hasOwn(row, 'policy');
  if (rules.length === 0 && !collected) return {word: 'activation rule (without rules)'};
  const proof =
    flag(row, 'endUserAssignmentRequiresMFA') === true ||
    flag(row, 'endUserAssignmentRequiresCAPAuthenticationContext') === true ||
    rules.some(
      (rule) =>
        texts(rule, 'enabledRules').some((name) => /^multifactorauthentication$/i.test(name)) ||
        (/authenticationcontext/i.test(text(rule, 'id') ?? '') && flag(rule, 'isEnabled') === true),
    );
  const approval =
    flag(row, 'endUserAssignmentRequiresApproval') === true ||
    rules.some((rule) => flag(rule, 'setting', 'isApprovalRequired') === true);
  if (!proof && !approval) {
    context.draft.find({
      code: ENTRA_CODES.activation,
      severity: 'medium',
      message: `Whoever is eligible for role ${role} activates it without a second proof and without approval: eligibility guards little there.`,
      where: context.draft.place(at, directoryRoleId(role)),
      remedy: 'Ask for multifactor authentication or approval on activation of this role.',
    });
  }
  return {word: 'activation rule'};
}
