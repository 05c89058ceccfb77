/**
 * Azure facts: built-in role and directory-role ids as published by Microsoft (built-in roles reference, Entra
 * built-in roles reference), and the actions that amount to control of a workload.
 */

/** The action that lets its holder give itself everything. */
export const GRANTS_ACCESS = 'Microsoft.Authorization/roleAssignments/write';

/** Any one of these actions on a workload amounts to control of it. Data actions are marked by `data`. */
export const CONTROL_ACTIONS: {over: string; action: string; data?: true}[] = [
  {over: 'vm', action: 'Microsoft.Compute/virtualMachines/write'},
  {over: 'vm', action: 'Microsoft.Compute/virtualMachines/runCommand/action'},
  {over: 'vm', action: 'Microsoft.Compute/virtualMachines/extensions/write'},
  {over: 'vm', action: 'Microsoft.Compute/virtualMachines/loginAsAdmin/action', data: true},
  {over: 'cluster', action: 'Microsoft.ContainerService/managedClusters/write'},
  {over: 'cluster', action: 'Microsoft.ContainerService/managedClusters/listClusterAdminCredential/action'},
  {over: 'container-service', action: 'Microsoft.App/containerApps/write'},
  {over: 'container-service', action: 'Microsoft.ContainerInstance/containerGroups/write'},
  {over: 'app-service', action: 'Microsoft.Web/sites/write'},
  {over: 'app-service', action: 'Microsoft.Web/sites/publishxml/action'},
  {over: 'function', action: 'Microsoft.Web/sites/write'},
  {over: 'function', action: 'Microsoft.Web/sites/host/listkeys/action'},
  {over: 'database', action: 'Microsoft.Sql/servers/write'},
  {over: 'database', action: 'Microsoft.DBforPostgreSQL/flexibleServers/write'},
  {over: 'database', action: 'Microsoft.DBforMySQL/flexibleServers/write'},
  {over: 'database', action: 'Microsoft.DocumentDB/databaseAccounts/listKeys/action'},
  {over: 'bucket', action: 'Microsoft.Storage/storageAccounts/listKeys/action'},
  {over: 'bucket', action: 'Microsoft.Storage/storageAccounts/write'},
  {
    over: 'bucket',
    action: 'Microsoft.Storage/storageAccounts/blobServices/containers/blobs/read',
    data: true,
  },
  {
    over: 'bucket',
    action: 'Microsoft.Storage/storageAccounts/blobServices/containers/blobs/write',
    data: true,
  },
  {over: 'key-vault', action: 'Microsoft.KeyVault/vaults/write'},
  {over: 'key-vault', action: 'Microsoft.KeyVault/vaults/accessPolicies/write'},
  {over: 'key-vault', action: 'Microsoft.KeyVault/vaults/secrets/getSecret/action', data: true},
  {over: 'queue', action: 'Microsoft.ServiceBus/namespaces/write'},
  {over: 'queue', action: 'Microsoft.ServiceBus/namespaces/messages/receive/action', data: true},
  {over: 'identities', action: 'Microsoft.ManagedIdentity/userAssignedIdentities/assign/action'},
];

/** Built-in roles by GUID, for exports without role definitions. */
export const BUILT_IN_ROLES: Record<string, {name: string; actions: string[]; notActions: string[]}> = {
  '8e3af657-a8ff-443c-a75c-2fe8c4bcb635': {name: 'Owner', actions: ['*'], notActions: []},
  'b24988ac-6180-42a0-ab88-20f7382dd24c': {
    name: 'Contributor',
    actions: ['*'],
    notActions: [
      'Microsoft.Authorization/*/Delete',
      'Microsoft.Authorization/*/Write',
      'Microsoft.Authorization/elevateAccess/Action',
    ],
  },
  'acdd72a7-3385-48ef-bd42-f606fba81ae7': {name: 'Reader', actions: ['*/read'], notActions: []},
  '18d7d88d-d35e-4fb5-a5c3-7773c20a72d9': {
    name: 'User Access Administrator',
    actions: ['*/read', 'Microsoft.Authorization/*'],
    notActions: [],
  },
  'f58310d9-a9f6-439a-9e8d-f62e7b41a168': {
    name: 'Role Based Access Control Administrator',
    actions: ['Microsoft.Authorization/roleAssignments/write', '*/read'],
    notActions: [],
  },
  '9980e02c-c2be-4d73-94e8-173b1dc7cf3c': {
    name: 'Virtual Machine Contributor',
    actions: ['Microsoft.Compute/virtualMachines/*'],
    notActions: [],
  },
};

/** Entra directory roles that make their holder master of the tenant, by template id. */
export const TENANT_ADMIN_ROLES: Record<string, {name: string; certainty: 'certain' | 'conditional'}> = {
  '62e90394-69f5-4237-9190-012177145e10': {name: 'Global Administrator', certainty: 'certain'},
  'e8611ab8-c189-46e8-94e1-60213ab1f814': {name: 'Privileged Role Administrator', certainty: 'certain'},
  '7be44c8a-adaf-4e2a-84d6-ab2649e08a13': {
    name: 'Privileged Authentication Administrator',
    certainty: 'certain',
  },
  'e00e864a-17c5-4a4b-9c06-f5b95a8d5bd8': {name: 'Partner Tier2 Support', certainty: 'certain'},
  // These reach the tenant over an application or sync account that holds more than they do.
  '9b895d92-2cd3-44c7-9d02-a6ac2d5ea5c3': {name: 'Application Administrator', certainty: 'conditional'},
  '158c047a-c907-4556-b7ef-446551a6b5f7': {name: 'Cloud Application Administrator', certainty: 'conditional'},
  '8ac3fc64-6eca-42ea-9e69-59f4c7b60eb2': {name: 'Hybrid Identity Administrator', certainty: 'conditional'},
};

/** Principal of a deny assignment that means everyone. */
export const EVERYONE = '00000000-0000-0000-0000-000000000000';
