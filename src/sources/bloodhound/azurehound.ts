import type {Draft} from '../draft.ts';
import {field, isRow, list, pointer, text} from '../record.ts';
import type {Row} from '../record.ts';
import {managementGroupId, parseArmId, subscriptionId} from '../azure/arm-id.ts';
import {entraContext} from '../azure/entra/context.ts';
import type {EntraContext, Fate} from '../azure/entra/context.ts';
import {finishEntra} from '../azure/entra/finish.ts';
import {addDirectory, applicationId, isGuid} from '../azure/entra/ids.ts';
import {mapApplication, mapServicePrincipal} from '../azure/entra/map-applications.ts';
import {mapFederatedCredential} from '../azure/entra/map-federated-credential.ts';
import {mapAppRoleAssignment} from '../azure/entra/map-grants.ts';
import {mapDevice, mapGroup, mapRelated, mapUser} from '../azure/entra/map-principals.ts';
import {
  mapActivationRules,
  mapDirectoryAssignment,
  mapDirectoryRoleDefinition,
} from '../azure/entra/map-roles.ts';
import {mapRoleAssignment} from '../azure/map-authorization.ts';
import {tenantRoot} from '../azure/map-container.ts';
import {addAccessPolicy} from '../azure/map-data-plane.ts';
import {principalId} from '../azure/map-identity.ts';
import {mapRows} from '../azure/map-rows.ts';

/** Reads the records of an AzureHound file: directory objects, rights and resources, each by its kind. */
export function mapAzureHound(draft: Draft, records: unknown[]): void {
  const contexts = new Map<string, EntraContext>();
  const file = tenantIn(records);
  const contextOf = (tenant: string | null): EntraContext => {
    const key = tenant ?? '*';
    let context = contexts.get(key);
    if (context === undefined) contexts.set(key, (context = entraContext(draft, {tenant, scope: key})));
    return context;
  };
  const resources: {row: unknown; at: string}[] = [];
  for (const [i, record] of records.entries()) {
    const at = `/data/${i}`;
    const kind = text(record, 'kind');
    const data = field(record, 'data');
    if (kind === null || !isRow(data)) {
      contextOf(file).draft.reject(file ?? '*', 'record without kind and data', at);
      continue;
    }
    const context = contextOf(text(data, 'tenantId')?.toLowerCase() ?? file);
    if (RESOURCES.has(kind) && parseArmId(text(data, 'id') ?? '') !== null) {
      resources.push({row: data, at: pointer(at, 'data')});
      continue;
    }
    count(context, kind, data, pointer(at, 'data'));
  }
  for (const context of contexts.values()) finishEntra(context);
  // Resources refer to each other, so they are read together.
  mapRows(
    {draft, fallbackScope: file ?? '*', at: (i) => resources[i]?.at ?? ''},
    resources.map(({row}) => row),
    '',
  );
}

function count(context: EntraContext, kind: string, data: Row, at: string): void {
  const {draft, scope} = context;
  const id = text(data, 'id');
  if (CLAIMED.has(kind) && id !== null && !draft.claim(`${kind} ${id.toLowerCase()}`, data, at, scope))
    return;
  const map = KINDS.get(kind) ?? (ARM_RIGHTS.test(kind) ? armRights : null);
  const fate: Fate = map === null ? {word: kind} : map(context, data, at);
  if (fate === 'kept') return;
  if ('reject' in fate) draft.reject(scope, fate.reject, at);
  else draft.classify(scope, fate.word);
}

/** Tenant of records that name none: the one tenant the file is about. */
function tenantIn(records: unknown[]): string | null {
  const found = new Set<string>();
  for (const record of records) {
    const tenant = text(record, 'data', 'tenantId');
    const other = text(record, 'kind') === 'AZTenant' && field(record, 'data', 'collected') !== true;
    if (isGuid(tenant) && !other) found.add(tenant.toLowerCase());
    if (found.size > 1) return null;
  }
  return [...found][0] ?? null;
}

/** Records that are Azure resources as Resource Manager gives them. */
const RESOURCES: ReadonlySet<string> = new Set([
  'AZSubscription',
  'AZResourceGroup',
  'AZManagementGroup',
  'AZKeyVault',
  'AZVM',
  'AZVMScaleSet',
  'AZStorageAccount',
  'AZStorageContainer',
  'AZAutomationAccount',
  'AZLogicApp',
  'AZFunctionApp',
  'AZContainerRegistry',
  'AZWebApp',
  'AZManagedCluster',
]);

/** Records with an id of their own, which may not come twice. */
const CLAIMED: ReadonlySet<string> = new Set([
  'AZUser',
  'AZGroup',
  'AZApp',
  'AZServicePrincipal',
  'AZDevice',
  'AZRole',
]);

/** Rights on Azure resources, listed per resource under many kinds but always with the assignment itself. */
const ARM_RIGHTS =
  /^AZ(?:Subscription|ResourceGroup|ManagementGroup|KeyVault|VM|VMScaleSet|StorageAccount|AutomationAccount|LogicApp|FunctionApp|ContainerRegistry|WebApp|ManagedCluster)(?:RoleAssignment|Owner|Contributor|KVContributor|VMContributor|AvereContributor|UserAccessAdmin|AdminLogin)$/;

type Mapper = (context: EntraContext, data: Row, at: string) => Fate;

const KINDS: ReadonlyMap<string, Mapper> = new Map<string, Mapper>([
  ['AZTenant', mapTenant],
  ['AZUser', mapUser],
  ['AZGroup', mapGroup],
  ['AZDevice', mapDevice],
  ['AZApp', mapApplication],
  ['AZServicePrincipal', mapServicePrincipal],
  ['AZRole', mapDirectoryRoleDefinition],
  ['AZGroupMember', related('members', 'member', 'members', 'groupId', principalId)],
  ['AZGroupOwner', related('owners', 'owner', 'owners', 'groupId', principalId)],
  ['AZAppOwner', related('owners', 'owner', 'owners', 'appId', applicationId)],
  ['AZServicePrincipalOwner', related('owners', 'owner', 'owners', 'servicePrincipalId', principalId)],
  ['AZRoleAssignment', mapDirectoryRights],
  [
    'AZRoleEligibilityScheduleInstance',
    (context, data, at) => mapDirectoryAssignment(context, data, at, 'eligible'),
  ],
  ['AZRoleManagementPolicyAssignment', mapActivationRules],
  ['AZAppRoleAssignment', mapAppRoleAssignment],
  ['AZFederatedIdentityCredential', mapFederatedCredentials],
  ['AZKeyVaultAccessPolicy', mapVaultPolicy],
  ['AZManagementGroupDescendant', mapDescendant],
]);

function mapTenant(context: EntraContext, data: Row, at: string): Fate {
  const tenant = text(data, 'tenantId');
  if (!isGuid(tenant)) return {reject: 'tenant without id'};
  // Tenants the collecting account merely knows are named, but nothing was read of them.
  if (field(data, 'collected') === true)
    addDirectory(context.draft, tenant.toLowerCase(), at, {name: text(data, 'displayName') ?? tenant});
  else tenantRoot(context.draft, tenant, at);
  return {word: 'tenant'};
}

/** Lists of members or owners: `{groupId, members: [{member}]}` and its siblings. */
function related(
  listKey: string,
  itemKey: string,
  relation: 'members' | 'owners',
  aboutKey: string,
  idOf: (id: string) => string,
): Mapper {
  return (context, data, at) => {
    const about = text(data, aboutKey);
    if (about === null) return {reject: `list of ${relation} without ${aboutKey}`};
    for (const [i, item] of list(data, listKey).entries())
      mapRelated(context, field(item, itemKey), pointer(at, listKey, i, itemKey), relation, idOf(about));
    return {word: `list of ${relation}`};
  };
}

function mapDirectoryRights(context: EntraContext, data: Row, at: string): Fate {
  const role = text(data, 'roleDefinitionId');
  for (const [i, one] of list(data, 'roleAssignments').entries()) {
    if (!isRow(one)) continue;
    const row = text(one, 'roleDefinitionId') === null ? {...one, roleDefinitionId: role} : one;
    mapDirectoryAssignment(context, row, pointer(at, 'roleAssignments', i), 'allow');
  }
  return {word: 'directory role assignments'};
}

function mapFederatedCredentials(context: EntraContext, data: Row, at: string): Fate {
  const appId = text(data, 'appId');
  if (appId === null) return {reject: 'federated credentials without appId'};
  const id = applicationId(appId);
  context.draft.principal(
    {
      id,
      kind: 'application',
      name: appId,
      cloud: 'azure',
      container: null,
      person: false,
      memberOf: [],
      attributes: {appId: appId.toLowerCase()},
      implied: true,
    },
    at,
  );
  for (const [i, one] of list(data, 'fics').entries())
    mapFederatedCredential(context, field(one, 'fic'), pointer(at, 'fics', i, 'fic'), id);
  return {word: 'federated credentials'};
}

function mapVaultPolicy(context: EntraContext, data: Row, at: string): Fate {
  const arm = parseArmId(text(data, 'keyVaultId') ?? '');
  if (arm === null) return {reject: 'access policy without key vault'};
  addAccessPolicy(context.draft, data, at, {id: `azure:${arm.id}`, name: arm.name}, context.tenant);
  return {word: 'access policy'};
}

/** A management group or subscription with the group it hangs under. */
function mapDescendant(context: EntraContext, data: Row, at: string): Fate {
  const arm = parseArmId(text(data, 'id') ?? '');
  if (arm === null) return {reject: 'descendant without id'};
  const isSubscription = arm.subscription !== null;
  const parent = parseArmId(text(data, 'properties', 'parent', 'id') ?? '');
  context.draft.container(
    {
      id: isSubscription ? subscriptionId(arm.subscription ?? '') : managementGroupId(arm.name),
      kind: isSubscription ? 'subscription' : 'managementGroup',
      name: text(data, 'properties', 'displayName') ?? text(data, 'properties', 'display_name') ?? arm.name,
      cloud: 'azure',
      parent: parent === null ? null : managementGroupId(parent.name),
      root: tenantRoot(context.draft, context.tenant, at),
      tags: {},
      implied: true,
    },
    at,
  );
  return {word: isSubscription ? 'subscription' : 'management group'};
}

/** Every role assignment found in the lists of a record; the same one under two kinds counts once. */
function armRights(context: EntraContext, data: Row, at: string): Fate {
  const {draft, tenant} = context;
  for (const [key, items] of Object.entries(data)) {
    if (!Array.isArray(items)) continue;
    for (const [i, item] of (items as unknown[]).entries()) {
      if (!isRow(item)) continue;
      for (const [name, value] of Object.entries(item)) {
        const id = parseArmId(text(value, 'id') ?? '')?.id;
        if (!isRow(field(value, 'properties')) || id === undefined) continue;
        mapRoleAssignment(draft, value, pointer(at, key, i, name), {
          id: `azure:${id}`,
          tenant,
          effect: 'allow',
        });
      }
    }
  }
  return {word: 'role assignments of a resource'};
}
