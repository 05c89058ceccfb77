import {text} from '../../record.ts';
import type {Row} from '../../record.ts';
import type {EntraContext, Fate} from './context.ts';
import {mapApplication, mapServicePrincipal} from './map-applications.ts';
import {mapFederatedCredential} from './map-federated-credential.ts';
import {mapAppRoleAssignment, mapConsent} from './map-grants.ts';
import {mapCrossTenant, mapDelegatedAccess, mapDelegatedAdmin} from './map-partners.ts';
import {mapConditionalAccess, mapRegistration} from './map-policies.ts';
import {kindOfObject, mapDevice, mapGroup, mapUser} from './map-principals.ts';
import {
  mapActivationRules,
  mapDirectoryAssignment,
  mapDirectoryRole,
  mapDirectoryRoleDefinition,
  mapScopedMember,
} from './map-roles.ts';
import {mapLicence} from './map-saas.ts';
import {mapDomain, mapDomainFederation, mapIdentityProvider, mapOrganization} from './map-tenant.ts';

/** A kind of directory answer: how it is told, and what its rows become. */
export interface EntraKind {
  id: string;
  title: string;
  api: string;
  /** What `@odata.context` says it is. */
  entity: RegExp;
  /** Fields only rows of this kind have. */
  row(row: Row): boolean;
  map(context: EntraContext, row: Row, at: string): Fate;
}

function has(row: Row, ...keys: string[]): boolean {
  return keys.every((key) => Object.hasOwn(row, key));
}

function some(row: Row, ...keys: string[]): boolean {
  return keys.some((key) => Object.hasOwn(row, key));
}

function typed(row: Row, name: RegExp): boolean {
  return name.test(text(row, '@odata.type') ?? '');
}

/** Whichever kind of directory object a row is; lists of members and owners mix them. */
export function mapDirectoryObject(context: EntraContext, row: Row, at: string): Fate {
  switch (kindOfObject(row)) {
    case 'user':
      return mapUser(context, row, at);
    case 'group':
      return mapGroup(context, row, at);
    case 'servicePrincipal':
      return mapServicePrincipal(context, row, at);
    case 'application':
      return mapApplication(context, row, at);
    case 'device':
      return mapDevice(context, row, at);
    default:
      return {word: text(row, '@odata.type')?.replace(/^#?microsoft\.graph\./, '') ?? 'directory object'};
  }
}

/** A list of one kind; rows that are another directory object are read as what they are. */
function listOf(
  kind: ReturnType<typeof kindOfObject>,
  map: EntraKind['map'],
): (context: EntraContext, row: Row, at: string) => Fate {
  return (context, row, at) => {
    const found = kindOfObject(row);
    return found === kind || found === 'unknown'
      ? map(context, row, at)
      : mapDirectoryObject(context, row, at);
  };
}

function isEligible(row: Row): boolean {
  return (
    has(row, 'roleEligibilityScheduleId') ||
    /roleeligibilit/i.test(text(row, '@odata.type') ?? '') ||
    (some(row, 'scheduleInfo', 'memberType') && !has(row, 'assignmentType') && !has(row, 'action'))
  );
}

/** In the order they are asked; kinds with many fields in common are told by the one that differs. */
export const ENTRA_KINDS: readonly EntraKind[] = [
  {
    id: 'entra.organization',
    title: 'Microsoft Graph organization',
    api: 'graph organization',
    entity: /^organization$/i,
    row: (row) =>
      typed(row, /\.organization$/) ||
      (has(row, 'verifiedDomains') && some(row, 'assignedPlans', 'tenantType', 'displayName')),
    map: mapOrganization,
  },
  {
    id: 'entra.federation',
    title: 'Microsoft Graph domains/{domain}/federationConfiguration',
    api: 'graph federationConfiguration',
    entity: /federationConfigurations?$/i,
    row: (row) =>
      typed(row, /domainFederation$/i) ||
      (has(row, 'issuerUri') && some(row, 'signingCertificate', 'passiveSignInUri')),
    map: mapDomainFederation,
  },
  {
    id: 'entra.domains',
    title: 'Microsoft Graph domains',
    api: 'graph domains',
    entity: /^domains$/i,
    row: (row) =>
      has(row, 'authenticationType') &&
      some(row, 'isVerified', 'isDefault', 'isInitial', 'supportedServices'),
    map: mapDomain,
  },
  {
    id: 'entra.mfa-registration',
    title: 'Microsoft Graph reports/authenticationMethods/userRegistrationDetails',
    api: 'graph userRegistrationDetails',
    entity: /userRegistrationDetails$/i,
    row: (row) => has(row, 'isMfaRegistered') && some(row, 'userPrincipalName', 'methodsRegistered'),
    map: mapRegistration,
  },
  {
    id: 'entra.federated-credentials',
    title: 'Microsoft Graph applications/{id}/federatedIdentityCredentials',
    api: 'graph federatedIdentityCredentials',
    entity: /federatedIdentityCredentials$/i,
    row: (row) => has(row, 'issuer', 'audiences') && some(row, 'subject', 'claimsMatchingExpression'),
    map: (context, row, at) => mapFederatedCredential(context, row, at, null),
  },
  {
    id: 'entra.app-role-assignments',
    title: 'Microsoft Graph servicePrincipals/{id}/appRoleAssignments or appRoleAssignedTo',
    api: 'graph appRoleAssignments',
    entity: /appRoleAssign(?:ments|edTo)$/i,
    row: (row) => has(row, 'appRoleId', 'principalId') && some(row, 'resourceId', 'resourceDisplayName'),
    map: mapAppRoleAssignment,
  },
  {
    id: 'entra.directory-role-eligibility',
    title: 'Microsoft Graph roleManagement/directory/roleEligibilitySchedule(Instance)s',
    api: 'graph roleEligibilitySchedules',
    entity: /roleEligibilitySchedule(?:Instance)?s$/i,
    row: (row) => has(row, 'roleDefinitionId', 'directoryScopeId') && isEligible(row),
    map: (context, row, at) => mapDirectoryAssignment(context, row, at, 'eligible'),
  },
  {
    id: 'entra.directory-role-schedules',
    title: 'Microsoft Graph roleManagement/directory/roleAssignmentSchedule(Instance)s',
    api: 'graph roleAssignmentSchedules',
    entity: /roleAssignmentSchedule(?:Instance)?s$/i,
    row: (row) => has(row, 'roleDefinitionId', 'directoryScopeId', 'assignmentType'),
    map: (context, row, at) => mapDirectoryAssignment(context, row, at, 'allow'),
  },
  {
    id: 'entra.directory-role-assignments',
    title: 'Microsoft Graph roleManagement/directory/roleAssignments',
    api: 'graph roleAssignments',
    entity: /^(?:roleManagement\/directory\/)?roleAssignments$/i,
    row: (row) =>
      has(row, 'roleDefinitionId', 'directoryScopeId') &&
      !has(row, 'action') &&
      some(row, 'principalId', 'principal'),
    map: (context, row, at) => mapDirectoryAssignment(context, row, at, 'allow'),
  },
  {
    id: 'entra.directory-role-definitions',
    title: 'Microsoft Graph roleManagement/directory/roleDefinitions',
    api: 'graph roleDefinitions',
    entity: /^(?:roleManagement\/directory\/)?roleDefinitions$/i,
    row: (row) => has(row, 'rolePermissions'),
    map: mapDirectoryRoleDefinition,
  },
  {
    id: 'entra.directory-roles',
    title: 'Microsoft Graph directoryRoles, best with ?$expand=members',
    api: 'graph directoryRoles',
    entity: /^directoryRoles$/i,
    row: (row) => has(row, 'roleTemplateId'),
    map: mapDirectoryRole,
  },
  {
    id: 'entra.scoped-role-members',
    title: 'Microsoft Graph scopedRoleMembers',
    api: 'graph scopedRoleMembers',
    entity: /scopedRoleMember(?:ship)?s$/i,
    row: (row) => has(row, 'roleMemberInfo', 'administrativeUnitId'),
    map: mapScopedMember,
  },
  {
    id: 'entra.activation-rules',
    title: 'Microsoft Graph policies/roleManagementPolicyAssignments?$expand=policy($expand=rules)',
    api: 'graph roleManagementPolicyAssignments',
    entity: /roleManagementPolicyAssignments$/i,
    row: (row) => has(row, 'policyId', 'roleDefinitionId', 'scopeType'),
    map: mapActivationRules,
  },
  {
    id: 'entra.delegated-admin',
    title: 'Microsoft Graph tenantRelationships/delegatedAdminRelationships',
    api: 'graph delegatedAdminRelationships',
    entity: /delegatedAdminRelationships$/i,
    row: (row) => has(row, 'customer', 'accessDetails'),
    map: mapDelegatedAdmin,
  },
  {
    id: 'entra.delegated-access',
    title: 'Microsoft Graph delegatedAdminRelationships/{id}/accessAssignments',
    api: 'graph accessAssignments',
    entity: /accessAssignments$/i,
    row: (row) => has(row, 'accessContainer', 'accessDetails'),
    map: mapDelegatedAccess,
  },
  {
    id: 'entra.cross-tenant-partners',
    title: 'Microsoft Graph policies/crossTenantAccessPolicy/partners',
    api: 'graph crossTenantAccessPolicy',
    entity: /crossTenantAccessPolicy\/(?:partners|default)$/i,
    row: (row) =>
      some(row, 'tenantId', 'isServiceDefault') && some(row, 'inboundTrust', 'b2bCollaborationInbound'),
    map: mapCrossTenant,
  },
  {
    id: 'entra.consents',
    title: 'Microsoft Graph oauth2PermissionGrants',
    api: 'graph oauth2PermissionGrants',
    entity: /oauth2PermissionGrants$/i,
    row: (row) => has(row, 'clientId', 'consentType', 'scope'),
    map: mapConsent,
  },
  {
    id: 'entra.conditional-access',
    title: 'Microsoft Graph identity/conditionalAccess/policies',
    api: 'graph conditionalAccess',
    entity: /(?:conditionalAccess\/policies|conditionalAccessPolicies)$/i,
    row: (row) => has(row, 'conditions', 'grantControls', 'state'),
    map: mapConditionalAccess,
  },
  {
    id: 'entra.identity-providers',
    title: 'Microsoft Graph identity/identityProviders',
    api: 'graph identityProviders',
    entity: /^(?:identity\/)?identityProviders$/i,
    row: (row) =>
      has(row, 'identityProviderType') || (has(row, 'clientId', 'clientSecret', 'type') && some(row, 'name')),
    map: mapIdentityProvider,
  },
  {
    id: 'entra.licences',
    title: 'Microsoft Graph subscribedSkus',
    api: 'graph subscribedSkus',
    entity: /^subscribedSkus$/i,
    row: (row) => has(row, 'skuPartNumber', 'servicePlans'),
    map: mapLicence,
  },
  {
    id: 'entra.service-principals',
    title: 'az ad sp list --all, or Microsoft Graph servicePrincipals',
    api: 'graph servicePrincipals',
    entity: /^servicePrincipals$/i,
    row: (row) => kindOfObject(row) === 'servicePrincipal',
    map: listOf('servicePrincipal', mapServicePrincipal),
  },
  {
    id: 'entra.applications',
    title: 'az ad app list --all, or Microsoft Graph applications',
    api: 'graph applications',
    entity: /^applications$/i,
    row: (row) => kindOfObject(row) === 'application',
    map: listOf('application', mapApplication),
  },
  {
    id: 'entra.groups',
    title: 'az ad group list, or Microsoft Graph groups, best with ?$expand=members',
    api: 'graph groups',
    entity: /^groups$/i,
    row: (row) => kindOfObject(row) === 'group',
    map: listOf('group', mapGroup),
  },
  {
    id: 'entra.users',
    title: 'az ad user list, or Microsoft Graph users',
    api: 'graph users',
    entity: /^users$/i,
    row: (row) => kindOfObject(row) === 'user',
    map: listOf('user', mapUser),
  },
  {
    id: 'entra.devices',
    title: 'Microsoft Graph devices',
    api: 'graph devices',
    entity: /^devices$/i,
    row: (row) => kindOfObject(row) === 'device',
    map: listOf('device', mapDevice),
  },
];
