import type {Capability} from '../../../model/exposure.ts';

/**
 * What actions on an Azure resource amount to, by lower-case ARM type, after Microsoft's resource provider operations
 * reference. `control`: any one of them gives control of the workload (and of the identities its code runs as).
 * `access`: they give these capabilities and no more. Data actions are marked `data`.
 */
export interface AssetActions {
  control: readonly string[];
  controlData?: readonly string[];
  access: readonly {action: string; data?: true; caps: readonly Capability[]}[];
}

/** The action that lets its holder give itself everything. */
export const GRANTS_ACCESS = 'Microsoft.Authorization/roleAssignments/write';

/** Any one of these makes its holder master of a user-assigned identity by itself. */
export const TAKES_IDENTITY = [
  'Microsoft.ManagedIdentity/userAssignedIdentities/federatedIdentityCredentials/write',
] as const;

/** Attach an identity to a workload: need control of some workload besides. Roles write a wildcard for the identity's name. */
export const ATTACHES_IDENTITY = [
  'Microsoft.ManagedIdentity/userAssignedIdentities/assign/action',
  'Microsoft.ManagedIdentity/userAssignedIdentities/name/assign/action',
] as const;

const ALL = ['read', 'write', 'destroy'] as const;
const ENDS = ['destroy', 'deny-service'] as const;
const VAULT_ACCESS: AssetActions['access'] = [
  {action: 'Microsoft.KeyVault/vaults/delete', caps: ENDS},
  {action: 'Microsoft.KeyVault/vaults/secrets/getSecret/action', data: true, caps: ['read']},
  {action: 'Microsoft.KeyVault/vaults/secrets/setSecret/action', data: true, caps: ['write']},
  {action: 'Microsoft.KeyVault/vaults/secrets/delete', data: true, caps: ['destroy']},
  {action: 'Microsoft.KeyVault/vaults/keys/decrypt/action', data: true, caps: ['read']},
  {action: 'Microsoft.KeyVault/vaults/keys/unwrap/action', data: true, caps: ['read']},
  {action: 'Microsoft.KeyVault/vaults/keys/sign/action', data: true, caps: ['write']},
  {action: 'Microsoft.KeyVault/vaults/keys/update/action', data: true, caps: ['write']},
  {action: 'Microsoft.KeyVault/vaults/keys/delete', data: true, caps: ['destroy']},
  {action: 'Microsoft.KeyVault/vaults/certificates/delete', data: true, caps: ['destroy']},
];

/** Types whose generic `write` and `delete` are said here; all others: see {@link actionsOf}. */
export const ASSET_ACTIONS: Readonly<Record<string, AssetActions>> = {
  'microsoft.compute/virtualmachines': {
    control: [
      'Microsoft.Compute/virtualMachines/write',
      'Microsoft.Compute/virtualMachines/runCommand/action',
      'Microsoft.Compute/virtualMachines/runCommands/write',
      'Microsoft.Compute/virtualMachines/extensions/write',
    ],
    controlData: [
      'Microsoft.Compute/virtualMachines/loginAsAdmin/action',
      // Whoever has a shell can ask the metadata service for the machine's identities.
      'Microsoft.Compute/virtualMachines/login/action',
    ],
    access: [
      {action: 'Microsoft.Compute/virtualMachines/delete', caps: ENDS},
      {action: 'Microsoft.Compute/virtualMachines/deallocate/action', caps: ['deny-service']},
      {action: 'Microsoft.Compute/virtualMachines/powerOff/action', caps: ['deny-service']},
      {action: 'Microsoft.Compute/disks/beginGetAccess/action', caps: ['read']},
      {action: 'Microsoft.Compute/disks/delete', caps: ['destroy']},
    ],
  },
  'microsoft.compute/virtualmachinescalesets': {
    control: [
      'Microsoft.Compute/virtualMachineScaleSets/write',
      'Microsoft.Compute/virtualMachineScaleSets/extensions/write',
      'Microsoft.Compute/virtualMachineScaleSets/virtualMachines/runCommand/action',
    ],
    controlData: ['Microsoft.Compute/virtualMachines/loginAsAdmin/action'],
    access: [{action: 'Microsoft.Compute/virtualMachineScaleSets/delete', caps: ENDS}],
  },
  'microsoft.hybridcompute/machines': {
    control: [
      'Microsoft.HybridCompute/machines/extensions/write',
      'Microsoft.HybridCompute/machines/runCommands/write',
    ],
    controlData: ['Microsoft.HybridCompute/machines/loginAsAdmin/action'],
    access: [],
  },
  'microsoft.containerservice/managedclusters': {
    control: [
      'Microsoft.ContainerService/managedClusters/write',
      'Microsoft.ContainerService/managedClusters/listClusterAdminCredential/action',
      'Microsoft.ContainerService/managedClusters/accessProfiles/listCredential/action',
      'Microsoft.ContainerService/managedClusters/runCommand/action',
    ],
    controlData: [
      'Microsoft.ContainerService/managedClusters/pods/write',
      'Microsoft.ContainerService/managedClusters/pods/exec/action',
      'Microsoft.ContainerService/managedClusters/apps/deployments/write',
    ],
    access: [
      {action: 'Microsoft.ContainerService/managedClusters/delete', caps: ENDS},
      {action: 'Microsoft.ContainerService/managedClusters/secrets/read', data: true, caps: ['read']},
    ],
  },
  'microsoft.kubernetes/connectedclusters': {
    control: ['Microsoft.Kubernetes/connectedClusters/write'],
    controlData: [
      'Microsoft.Kubernetes/connectedClusters/pods/write',
      'Microsoft.Kubernetes/connectedClusters/apps/deployments/write',
    ],
    access: [
      {action: 'Microsoft.Kubernetes/connectedClusters/delete', caps: ['deny-service']},
      {action: 'Microsoft.Kubernetes/connectedClusters/secrets/read', data: true, caps: ['read']},
    ],
  },
  'microsoft.web/sites': {
    control: [
      'Microsoft.Web/sites/write',
      'Microsoft.Web/sites/publishxml/action',
      'Microsoft.Web/sites/config/list/action',
      'Microsoft.Web/sites/host/listkeys/action',
      'Microsoft.Web/sites/slots/write',
    ],
    access: [
      {action: 'Microsoft.Web/sites/delete', caps: ENDS},
      {action: 'Microsoft.Web/sites/stop/action', caps: ['deny-service']},
      {action: 'Microsoft.Web/sites/functions/listkeys/action', caps: ['write']},
    ],
  },
  'microsoft.app/containerapps': {
    control: ['Microsoft.App/containerApps/write', 'Microsoft.App/containerApps/getAuthToken/action'],
    access: [
      {action: 'Microsoft.App/containerApps/delete', caps: ENDS},
      {action: 'Microsoft.App/containerApps/listSecrets/action', caps: ['read']},
    ],
  },
  'microsoft.containerinstance/containergroups': {
    control: [
      'Microsoft.ContainerInstance/containerGroups/write',
      'Microsoft.ContainerInstance/containerGroups/containers/exec/action',
    ],
    access: [{action: 'Microsoft.ContainerInstance/containerGroups/delete', caps: ENDS}],
  },
  'microsoft.sql/servers/databases': {
    control: ['Microsoft.Sql/servers/write', 'Microsoft.Sql/servers/administrators/write'],
    access: [
      {action: 'Microsoft.Sql/servers/delete', caps: ENDS},
      {action: 'Microsoft.Sql/servers/databases/delete', caps: ENDS},
      {action: 'Microsoft.Sql/servers/databases/write', caps: ['deny-service']},
    ],
  },
  'microsoft.sql/managedinstances': {
    control: ['Microsoft.Sql/managedInstances/write', 'Microsoft.Sql/managedInstances/administrators/write'],
    access: [
      {action: 'Microsoft.Sql/managedInstances/delete', caps: ENDS},
      {action: 'Microsoft.Sql/managedInstances/databases/delete', caps: ['destroy']},
    ],
  },
  'microsoft.dbforpostgresql/flexibleservers': {
    control: [
      'Microsoft.DBforPostgreSQL/flexibleServers/write',
      'Microsoft.DBforPostgreSQL/flexibleServers/administrators/write',
    ],
    access: [{action: 'Microsoft.DBforPostgreSQL/flexibleServers/delete', caps: ENDS}],
  },
  'microsoft.dbformysql/flexibleservers': {
    control: [
      'Microsoft.DBforMySQL/flexibleServers/write',
      'Microsoft.DBforMySQL/flexibleServers/administrators/write',
    ],
    access: [{action: 'Microsoft.DBforMySQL/flexibleServers/delete', caps: ENDS}],
  },
  'microsoft.documentdb/databaseaccounts': {
    control: [],
    access: [
      {action: 'Microsoft.DocumentDB/databaseAccounts/listKeys/action', caps: ALL},
      {action: 'Microsoft.DocumentDB/databaseAccounts/regenerateKey/action', caps: ['deny-service']},
      {action: 'Microsoft.DocumentDB/databaseAccounts/sqlRoleAssignments/write', caps: ALL},
      {action: 'Microsoft.DocumentDB/databaseAccounts/readonlykeys/action', caps: ['read']},
      {action: 'Microsoft.DocumentDB/databaseAccounts/write', caps: ['deny-service']},
      {action: 'Microsoft.DocumentDB/databaseAccounts/delete', caps: ENDS},
    ],
  },
  'microsoft.cache/redis': {
    control: [],
    access: [
      {action: 'Microsoft.Cache/redis/listKeys/action', caps: ALL},
      {action: 'Microsoft.Cache/redis/accessPolicyAssignments/write', caps: ALL},
      {action: 'Microsoft.Cache/redis/write', caps: ['deny-service']},
      {action: 'Microsoft.Cache/redis/delete', caps: ENDS},
    ],
  },
  'microsoft.search/searchservices': {
    control: [],
    access: [
      {action: 'Microsoft.Search/searchServices/listAdminKeys/action', caps: ALL},
      {action: 'Microsoft.Search/searchServices/listQueryKeys/action', caps: ['read']},
      {action: 'Microsoft.Search/searchServices/indexes/documents/read', data: true, caps: ['read']},
      {action: 'Microsoft.Search/searchServices/indexes/documents/write', data: true, caps: ['write']},
      {action: 'Microsoft.Search/searchServices/indexes/documents/delete', data: true, caps: ['destroy']},
      {action: 'Microsoft.Search/searchServices/write', caps: ['deny-service']},
      {action: 'Microsoft.Search/searchServices/delete', caps: ENDS},
    ],
  },
  'microsoft.operationalinsights/workspaces': {
    control: [],
    access: [
      {action: 'Microsoft.OperationalInsights/workspaces/query/read', caps: ['read']},
      {action: 'Microsoft.OperationalInsights/workspaces/sharedKeys/action', caps: ['write']},
      {action: 'Microsoft.OperationalInsights/workspaces/write', caps: ['deny-service']},
      {action: 'Microsoft.OperationalInsights/workspaces/delete', caps: ENDS},
    ],
  },
  'microsoft.storage/storageaccounts': {
    control: [],
    access: [
      {action: 'Microsoft.Storage/storageAccounts/listKeys/action', caps: ALL},
      {action: 'Microsoft.Storage/storageAccounts/regeneratekey/action', caps: ALL},
      {action: 'Microsoft.Storage/storageAccounts/listAccountSas/action', caps: ALL},
      {action: 'Microsoft.Storage/storageAccounts/listServiceSas/action', caps: ALL},
      {action: 'Microsoft.Storage/storageAccounts/write', caps: ['deny-service']},
      {action: 'Microsoft.Storage/storageAccounts/delete', caps: ENDS},
      {action: 'Microsoft.Storage/storageAccounts/blobServices/containers/delete', caps: ['destroy']},
      {action: 'Microsoft.Storage/storageAccounts/fileServices/shares/delete', caps: ['destroy']},
      ...dataActions('Microsoft.Storage/storageAccounts', [
        ['blobServices/containers/blobs', ['read', 'write', 'delete']],
        ['fileServices/fileshares/files', ['read', 'write', 'delete']],
        ['queueServices/queues/messages', ['read', 'write', 'delete']],
        ['tableServices/tables/entities', ['read', 'write', 'delete']],
      ]),
      {
        action: 'Microsoft.Storage/storageAccounts/blobServices/containers/blobs/add/action',
        data: true,
        caps: ['write'],
      },
      {
        action: 'Microsoft.Storage/storageAccounts/queueServices/queues/messages/process/action',
        data: true,
        caps: ['read', 'destroy'],
      },
      {
        action: 'Microsoft.Storage/storageAccounts/queueServices/queues/messages/add/action',
        data: true,
        caps: ['write'],
      },
    ],
  },
  'microsoft.containerregistry/registries': {
    control: [],
    access: [
      {action: 'Microsoft.ContainerRegistry/registries/pull/read', caps: ['read']},
      {action: 'Microsoft.ContainerRegistry/registries/push/write', caps: ['write']},
      {action: 'Microsoft.ContainerRegistry/registries/artifacts/delete', caps: ['destroy']},
      {action: 'Microsoft.ContainerRegistry/registries/listCredentials/action', caps: ALL},
      {action: 'Microsoft.ContainerRegistry/registries/write', caps: ['deny-service']},
      {action: 'Microsoft.ContainerRegistry/registries/delete', caps: ENDS},
      ...dataActions('Microsoft.ContainerRegistry/registries', [
        ['repositories/content', ['read', 'write', 'delete']],
      ]),
    ],
  },
  'microsoft.recoveryservices/vaults': {
    control: [],
    access: [
      {
        action:
          'Microsoft.RecoveryServices/vaults/backupFabrics/protectionContainers/protectedItems/recoveryPoints/restore/action',
        caps: ['read'],
      },
      {
        action: 'Microsoft.RecoveryServices/vaults/backupFabrics/protectionContainers/protectedItems/delete',
        caps: ['destroy'],
      },
      {action: 'Microsoft.RecoveryServices/vaults/write', caps: ['deny-service']},
      {action: 'Microsoft.RecoveryServices/vaults/delete', caps: ENDS},
    ],
  },
  // Who may write a vault that goes by access policies writes one for themselves.
  'microsoft.keyvault/vaults': {
    control: ['Microsoft.KeyVault/vaults/write', 'Microsoft.KeyVault/vaults/accessPolicies/write'],
    access: VAULT_ACCESS,
  },
  // Changing how a vault decides needs the right to assign roles; without it, settings can only shut others out.
  'microsoft.keyvault/vaults?rbac=true': {
    control: [],
    access: [{action: 'Microsoft.KeyVault/vaults/write', caps: ['deny-service']}, ...VAULT_ACCESS],
  },
  'microsoft.keyvault/managedhsms': {
    control: ['Microsoft.KeyVault/managedHSMs/write'],
    access: [{action: 'Microsoft.KeyVault/managedHSMs/delete', caps: ENDS}],
  },
  'microsoft.appconfiguration/configurationstores': {
    control: [],
    access: [
      {action: 'Microsoft.AppConfiguration/configurationStores/ListKeys/action', caps: ALL},
      {action: 'Microsoft.AppConfiguration/configurationStores/write', caps: ['deny-service']},
      {action: 'Microsoft.AppConfiguration/configurationStores/delete', caps: ENDS},
      ...dataActions('Microsoft.AppConfiguration/configurationStores', [
        ['keyValues', ['read', 'write', 'delete']],
      ]),
    ],
  },
  'microsoft.servicebus/namespaces': messaging('Microsoft.ServiceBus/namespaces'),
  'microsoft.eventhub/namespaces': messaging('Microsoft.EventHub/namespaces'),
  'microsoft.automation/automationaccounts': {
    control: [
      'Microsoft.Automation/automationAccounts/write',
      'Microsoft.Automation/automationAccounts/runbooks/write',
      'Microsoft.Automation/automationAccounts/runbooks/draft/content/write',
    ],
    access: [{action: 'Microsoft.Automation/automationAccounts/delete', caps: ENDS}],
  },
  'microsoft.datafactory/factories': {
    control: ['Microsoft.DataFactory/factories/write', 'Microsoft.DataFactory/factories/pipelines/write'],
    access: [{action: 'Microsoft.DataFactory/factories/delete', caps: ENDS}],
  },
  'microsoft.kusto/clusters': {
    control: ['Microsoft.Kusto/clusters/write'],
    access: [
      {action: 'Microsoft.Kusto/clusters/principalAssignments/write', caps: ALL},
      {action: 'Microsoft.Kusto/clusters/databases/principalAssignments/write', caps: ALL},
      {action: 'Microsoft.Kusto/clusters/delete', caps: ENDS},
    ],
  },
};

/** ARM types to ask about for a workload whose source names none. */
export const TYPICAL_TYPES: Readonly<Record<string, readonly string[]>> = {
  vm: ['microsoft.compute/virtualmachines'],
  function: ['microsoft.web/sites'],
  'app-service': ['microsoft.web/sites'],
  'container-service': ['microsoft.app/containerapps', 'microsoft.containerinstance/containergroups'],
  cluster: ['microsoft.containerservice/managedclusters'],
  database: [
    'microsoft.sql/servers/databases',
    'microsoft.dbforpostgresql/flexibleservers',
    'microsoft.dbformysql/flexibleservers',
    'microsoft.documentdb/databaseaccounts',
  ],
  bucket: ['microsoft.storage/storageaccounts'],
  'key-vault': ['microsoft.keyvault/vaults'],
  queue: ['microsoft.servicebus/namespaces'],
};

/** The actions of an ARM type: those of the table, else its generic `write` (control) and `delete`. */
export function actionsOf(armType: string): AssetActions {
  const known = Object.hasOwn(ASSET_ACTIONS, armType) ? ASSET_ACTIONS[armType] : undefined;
  return (
    known ?? {
      control: [`${armType}/write`],
      access: [{action: `${armType}/delete`, caps: ENDS}],
    }
  );
}

function dataActions(
  type: string,
  parts: readonly [string, readonly ('read' | 'write' | 'delete')[]][],
): AssetActions['access'] {
  return parts.flatMap(([part, verbs]) =>
    verbs.map((verb) => ({
      action: `${type}/${part}/${verb}`,
      data: true as const,
      caps: [verb === 'delete' ? ('destroy' as const) : verb],
    })),
  );
}

function messaging(type: string): AssetActions {
  return {
    control: [],
    access: [
      {action: `${type}/authorizationRules/listKeys/action`, caps: ALL},
      {action: `${type}/messages/receive/action`, data: true, caps: ['read', 'destroy']},
      {action: `${type}/messages/send/action`, data: true, caps: ['write']},
      {action: `${type}/write`, caps: ['deny-service']},
      {action: `${type}/delete`, caps: ENDS},
    ],
  };
}
