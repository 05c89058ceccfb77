import type {RoleDefinition} from '../../../model/estate.ts';

/**
 * Azure built-in roles, for exports without role definitions: facts of Microsoft's built-in roles reference, as of
 * 2026-08. Of each role only the actions that `asset-actions.ts` looks at. Columns: id, name, actions, notActions,
 * dataActions, notDataActions, and true where the role itself limits which roles its holder may assign.
 */
type Row = readonly [string, string, string, string, string, string, true?];

/** A role definition without its scope. */
export type BuiltInRole = Pick<
  RoleDefinition,
  'name' | 'actions' | 'notActions' | 'dataActions' | 'notDataActions'
>;

const ROWS: readonly Row[] = [
  [
    '312a565d-c81f-4fd8-895a-4e21e48d571c',
    'API Management Service Contributor',
    'Microsoft.ApiManagement/service/*',
    '',
    '',
    '',
  ],
  [
    'e022efe7-f5ba-4159-bbe4-b44f577e9b61',
    'API Management Service Operator Role',
    'Microsoft.ApiManagement/service/delete Microsoft.ApiManagement/service/write',
    '',
    '',
    '',
  ],
  [
    'c2f4ef07-c644-48eb-af81-4b1b4947fb11',
    'AcrDelete',
    'Microsoft.ContainerRegistry/registries/artifacts/delete',
    '',
    '',
    '',
  ],
  [
    '7f951dda-4ed3-4680-a7ca-43fe172d538d',
    'AcrPull',
    'Microsoft.ContainerRegistry/registries/pull/read',
    '',
    '',
    '',
  ],
  [
    '8311e382-0749-4cb8-b61a-304f252e45ec',
    'AcrPush',
    'Microsoft.ContainerRegistry/registries/pull/read Microsoft.ContainerRegistry/registries/push/write',
    '',
    '',
    '',
  ],
  [
    '0f37683f-2463-46b6-9ce7-9b788b988ba2',
    'App Compliance Automation Administrator',
    'Microsoft.Storage/storageAccounts/listKeys/action Microsoft.Storage/storageAccounts/write */read',
    '',
    '',
    '',
  ],
  ['ffc6bbe0-e443-4c3b-bf54-26581bb2f78e', 'App Compliance Automation Reader', '*/read', '', '', ''],
  [
    'fe86443c-f201-4fc4-9d2a-ac61149fbda0',
    'App Configuration Contributor',
    'Microsoft.AppConfiguration/*',
    'Microsoft.AppConfiguration/locations/deletedConfigurationStores/purge/action',
    '',
    '',
  ],
  [
    '5ae67dd6-50cb-40e7-96ff-dc2bfa4b606b',
    'App Configuration Data Owner',
    '',
    '',
    'Microsoft.AppConfiguration/configurationStores/*/read Microsoft.AppConfiguration/configurationStores/*/write Microsoft.AppConfiguration/configurationStores/*/delete',
    '',
  ],
  [
    '516239f1-63e1-4d78-a4de-a74fb236a071',
    'App Configuration Data Reader',
    '',
    '',
    'Microsoft.AppConfiguration/configurationStores/*/read',
    '',
  ],
  [
    'f353d9bd-d4a6-484e-a77a-8050b599b867',
    'Automation Contributor',
    'Microsoft.Automation/automationAccounts/* Microsoft.OperationalInsights/workspaces/sharedKeys/action',
    '',
    '',
    '',
  ],
  [
    '4f8fab4f-1852-4a58-a46a-8eaf358af14a',
    'Avere Contributor',
    'Microsoft.Compute/virtualMachines/* Microsoft.Compute/disks/* Microsoft.Storage/storageAccounts/*',
    '',
    'Microsoft.Storage/storageAccounts/blobServices/containers/blobs/delete Microsoft.Storage/storageAccounts/blobServices/containers/blobs/read Microsoft.Storage/storageAccounts/blobServices/containers/blobs/write',
    '',
  ],
  [
    'c025889f-8102-4ebf-b32c-fc0c6f0c6bd9',
    'Avere Operator',
    'Microsoft.Storage/storageAccounts/blobServices/containers/delete',
    '',
    'Microsoft.Storage/storageAccounts/blobServices/containers/blobs/delete Microsoft.Storage/storageAccounts/blobServices/containers/blobs/read Microsoft.Storage/storageAccounts/blobServices/containers/blobs/write',
    '',
  ],
  [
    'b78c5d69-af96-48a3-bf8d-a8b4d589de94',
    'Azure AI Administrator',
    'Microsoft.CognitiveServices/* Microsoft.ContainerRegistry/registries/* Microsoft.DocumentDb/databaseAccounts/* Microsoft.KeyVault/* Microsoft.MachineLearningServices/workspaces/* Microsoft.Storage/storageAccounts/* Microsoft.Search/searchServices/write Microsoft.Search/searchServices/delete Microsoft.Search/searchServices/listAdminKeys/action Microsoft.DataFactory/factories/*',
    '',
    '',
    '',
  ],
  [
    'dffb1e0c-446f-4dde-a09f-99eb5cc68b96',
    'Azure Arc Kubernetes Admin',
    '',
    '',
    'Microsoft.Kubernetes/connectedClusters/apps/deployments/* Microsoft.Kubernetes/connectedClusters/pods/* Microsoft.Kubernetes/connectedClusters/secrets/*',
    '',
  ],
  [
    '8393591c-06b9-48a2-a542-1bd6b377f6a2',
    'Azure Arc Kubernetes Cluster Admin',
    '',
    '',
    'Microsoft.Kubernetes/connectedClusters/*',
    '',
  ],
  [
    '5b999177-9696-4545-85c7-50de3797e5a1',
    'Azure Arc Kubernetes Writer',
    '',
    '',
    'Microsoft.Kubernetes/connectedClusters/apps/deployments/* Microsoft.Kubernetes/connectedClusters/pods/* Microsoft.Kubernetes/connectedClusters/secrets/*',
    '',
  ],
  [
    'a92dfd61-77f9-4aec-a531-19858b406c87',
    'Azure Arc ScVmm Administrator role',
    'Microsoft.HybridCompute/machines/extensions/write Microsoft.HybridCompute/machines/runcommands/write',
    '',
    '',
    '',
  ],
  [
    'e582369a-e17b-42a5-b10c-874c387c530b',
    'Azure Arc ScVmm VM Contributor',
    'Microsoft.HybridCompute/machines/extensions/write Microsoft.HybridCompute/machines/runcommands/write',
    '',
    '',
    '',
  ],
  [
    'ddc140ed-e463-4246-9145-7c664192013f',
    'Azure Arc VMware Administrator role',
    'Microsoft.HybridCompute/machines/extensions/write Microsoft.HybridCompute/machines/runcommands/write',
    '',
    '',
    '',
  ],
  [
    'b748a06d-6150-4f8a-aaa9-ce3940cd96cb',
    'Azure Arc VMware VM Contributor',
    'Microsoft.HybridCompute/machines/extensions/write Microsoft.HybridCompute/machines/runcommands/write',
    '',
    '',
    '',
  ],
  [
    'afc680e2-a938-412d-b213-9a49efa7fb83',
    'Azure Backup Snapshot Contributor',
    'Microsoft.Compute/virtualMachines/write Microsoft.Compute/disks/delete Microsoft.Compute/disks/beginGetAccess/action',
    '',
    '',
    '',
  ],
  [
    '29fe4964-1e60-436b-bd3a-77fd4c178b3c',
    'Azure Batch Account Contributor',
    'Microsoft.Batch/*',
    '',
    '',
    '',
  ],
  [
    'a35466a1-cfd6-450a-b35e-683fcdf30363',
    'Azure Batch Service Orchestration Role',
    'Microsoft.Compute/virtualMachineScaleSets/delete Microsoft.Compute/virtualMachineScaleSets/write',
    '',
    '',
    '',
  ],
  [
    '9fc6112f-f48e-4e27-8b09-72a5c94e4ae9',
    'Azure Bot Service Contributor Role',
    'Microsoft.BotService/botServices/write Microsoft.BotService/botServices/delete',
    '',
    '',
    '',
  ],
  [
    '7b0c7e81-271f-4c71-90bf-e30bdfdbc2f7',
    'Azure Center for SAP solutions administrator',
    '',
    '',
    'Microsoft.Storage/storageAccounts/blobServices/containers/blobs/read',
    '',
  ],
  [
    'aabbc5dd-1af0-458b-a942-81af88f9c138',
    'Azure Center for SAP solutions service role',
    'Microsoft.Storage/storageAccounts/write Microsoft.Compute/virtualMachines/write Microsoft.Compute/virtualMachines/extensions/write',
    '',
    '',
    '',
  ],
  [
    'cd570a14-e51a-42ad-bac8-bafd67325302',
    'Azure Connected Machine Resource Administrator',
    'Microsoft.HybridCompute/machines/* Microsoft.HybridCompute/machines/extensions/* Microsoft.HybridCompute/machines/runCommands/*',
    '',
    '',
    '',
  ],
  [
    'f5819b54-e033-4d82-ac66-4fec3cbf3f4c',
    'Azure Connected Machine Resource Manager',
    'Microsoft.HybridCompute/machines/extensions/write',
    '',
    '',
    '',
  ],
  [
    '5d977122-f97e-4b4d-a52f-6b43003ddb4d',
    'Azure Container Instances Contributor Role',
    'Microsoft.ContainerInstance/containerGroups/*',
    '',
    '',
    '',
  ],
  [
    '95dd08a6-00bd-4661-84bf-f6726f83a4d0',
    'Azure Container Storage Contributor',
    'Microsoft.Authorization/roleAssignments/write',
    '',
    '',
    '',
    true,
  ],
  [
    '08d4c71a-cc63-4ce4-a9c8-5dd251b4d619',
    'Azure Container Storage Operator',
    'Microsoft.Compute/virtualMachines/write Microsoft.Compute/virtualMachineScaleSets/write',
    '',
    '',
    '',
  ],
  [
    '95de85bd-744d-4664-9dde-11430bc34793',
    'Azure Container Storage Owner',
    'Microsoft.Authorization/roleAssignments/write',
    '',
    '',
    '',
    true,
  ],
  [
    '547f7f0a-69c0-4807-bd9e-0321dfb66a84',
    'Azure Device Registry Onboarding',
    'Microsoft.Devices/iothubs/*',
    '',
    '',
    '',
  ],
  [
    'f526a384-b230-433a-b45c-95f59c4a2dec',
    'Azure Event Hubs Data Owner',
    'Microsoft.EventHub/*',
    '',
    'Microsoft.EventHub/*',
    '',
  ],
  [
    'a638d3c7-ab3a-418d-83e6-5f17a39d4fde',
    'Azure Event Hubs Data Receiver',
    '',
    '',
    'Microsoft.EventHub/*/receive/action',
    '',
  ],
  [
    '2b629674-e913-4c01-ae53-ef4638d8f975',
    'Azure Event Hubs Data Sender',
    '',
    '',
    'Microsoft.EventHub/*/send/action',
    '',
  ],
  [
    '7392c568-9289-4bde-aaaa-b7131215889d',
    'Azure Extension for SQL Server Deployment',
    'Microsoft.HybridCompute/machines/extensions/write',
    '',
    '',
    '',
  ],
  [
    '92b92042-07d9-4307-87f7-36a593fc5850',
    'Azure File Sync Administrator',
    'Microsoft.StorageSync/storageSyncServices/* Microsoft.Authorization/roleAssignments/write',
    '',
    '',
    '',
    true,
  ],
  [
    '7b7c71ed-33fa-4ed2-a91a-e56d5da260b5',
    'Azure IoT Operations Onboarding',
    'Microsoft.Authorization/roleAssignments/write',
    '',
    '',
    '',
    true,
  ],
  [
    '5d3f1697-4507-4d08-bb4a-477695db5f82',
    'Azure Kubernetes Service Arc Contributor Role',
    'Microsoft.Kubernetes/connectedClusters/Write Microsoft.Kubernetes/connectedClusters/Delete',
    '',
    '',
    '',
  ],
  [
    '0ab0b1a8-8aac-4efd-b8c2-3ee1fb270be8',
    'Azure Kubernetes Service Cluster Admin Role',
    'Microsoft.ContainerService/managedClusters/listClusterAdminCredential/action Microsoft.ContainerService/managedClusters/accessProfiles/listCredential/action Microsoft.ContainerService/managedClusters/runcommand/action',
    '',
    '',
    '',
  ],
  [
    'ed7f3fbd-7b88-4dd4-9017-9adb7ce333f8',
    'Azure Kubernetes Service Contributor Role',
    'Microsoft.ContainerService/managedClusters/*',
    '',
    '',
    '',
  ],
  [
    'e7037d40-443a-4434-a3fb-8cd202011e1d',
    'Azure Kubernetes Service Hybrid Contributor Role',
    'Microsoft.Kubernetes/connectedClusters/Write Microsoft.Kubernetes/connectedClusters/Delete',
    '',
    '',
    '',
  ],
  [
    '3498e952-d568-435e-9b2c-8d77e338d7f7',
    'Azure Kubernetes Service RBAC Admin',
    '',
    '',
    'Microsoft.ContainerService/managedClusters/*',
    'Microsoft.ContainerService/managedClusters/resourcequotas/write Microsoft.ContainerService/managedClusters/resourcequotas/delete Microsoft.ContainerService/managedClusters/namespaces/write Microsoft.ContainerService/managedClusters/namespaces/delete',
  ],
  [
    'b1ff04bb-8a4e-4dc4-8eb5-8693973ce19b',
    'Azure Kubernetes Service RBAC Cluster Admin',
    '',
    '',
    'Microsoft.ContainerService/managedClusters/*',
    '',
  ],
  [
    'a7ffa36f-339b-4b5c-8bdf-e2c188b2c0eb',
    'Azure Kubernetes Service RBAC Writer',
    '',
    '',
    'Microsoft.ContainerService/managedClusters/apps/deployments/* Microsoft.ContainerService/managedClusters/pods/* Microsoft.ContainerService/managedClusters/secrets/*',
    '',
  ],
  [
    '1cfa4eac-9a23-481c-a793-bfb6958e836c',
    'Azure Local Migrate Execute Expert',
    'Microsoft.Storage/storageAccounts/listKeys/action Microsoft.Authorization/roleAssignments/write',
    '',
    '',
    '',
    true,
  ],
  [
    'fd8ea4d5-6509-4db0-bada-356ab233b4fb',
    'Azure Local Migrate Owner',
    'Microsoft.KeyVault/vaults/* Microsoft.Storage/storageAccounts/* Microsoft.RecoveryServices/vaults/* Microsoft.Authorization/roleAssignments/write',
    '',
    '',
    '',
    true,
  ],
  [
    '3015e5ed-6856-4ab3-b2f0-b8492aa30ca6',
    'Azure Managed Redis Contributor',
    'Microsoft.Cache/redisEnterprise/*',
    '',
    '',
    '',
  ],
  [
    '7859c0b0-0bb9-4994-bd12-cd529af7d646',
    'Azure Migrate Decide and Plan Expert',
    'Microsoft.KeyVault/vaults/* Microsoft.Storage/storageAccounts/listKeys/action Microsoft.RecoveryServices/vaults/*',
    '',
    '',
    '',
  ],
  [
    '1cfa4eac-9a23-481c-a793-bfb6958e836b',
    'Azure Migrate Execute Expert',
    'Microsoft.Storage/storageAccounts/listKeys/action Microsoft.Compute/disks/delete Microsoft.Compute/virtualMachines/write Microsoft.Compute/virtualMachines/delete Microsoft.RecoveryServices/vaults/* Microsoft.Authorization/roleAssignments/write',
    '',
    '',
    '',
    true,
  ],
  [
    'fd8ea4d5-6509-4db0-bada-356ab233b4fa',
    'Azure Migrate Owner',
    'Microsoft.KeyVault/vaults/* Microsoft.Storage/storageAccounts/* Microsoft.Compute/disks/delete Microsoft.Compute/virtualMachines/write Microsoft.Compute/virtualMachines/delete Microsoft.RecoveryServices/vaults/* Microsoft.Authorization/roleAssignments/write',
    '',
    '',
    '',
    true,
  ],
  [
    'f5db7409-a2c6-4d0c-8cf4-412ac01a38df',
    'Azure NetApp Files Administrator',
    'Microsoft.NetApp/*/write Microsoft.NetApp/*/delete',
    '',
    '',
    '',
  ],
  [
    '5b7237c5-45e1-49d6-bc18-a1f62f400748',
    'Azure Red Hat OpenShift Disk Storage Operator',
    'Microsoft.Compute/virtualMachines/write Microsoft.Compute/disks/delete Microsoft.Compute/disks/beginGetAccess/action',
    '',
    '',
    '',
  ],
  [
    'ef318e2a-8334-4a05-9e4a-295a196c6a6e',
    'Azure Red Hat OpenShift Federated Credential',
    'Microsoft.ManagedIdentity/userAssignedIdentities/federatedIdentityCredentials/write',
    '',
    '',
    '',
  ],
  [
    '0d7aedc0-15fd-4a67-a412-efad370c947e',
    'Azure Red Hat OpenShift File Storage Operator',
    'Microsoft.Storage/storageAccounts/delete Microsoft.Storage/storageAccounts/fileServices/shares/delete Microsoft.Storage/storageAccounts/listKeys/action Microsoft.Storage/storageAccounts/write',
    '',
    '',
    '',
  ],
  [
    '88366f10-ed47-4cc0-9fab-c8a06148393e',
    'Azure Red Hat OpenShift Hosted Control Planes Cluster API Provider',
    'Microsoft.Compute/disks/delete Microsoft.Compute/virtualMachines/delete Microsoft.Compute/virtualMachines/write',
    '',
    '',
    '',
  ],
  [
    '8b32b316-c2f5-4ddf-b05b-83dacd2d08b5',
    'Azure Red Hat OpenShift Image Registry Operator',
    'Microsoft.Storage/storageAccounts/blobServices/containers/delete Microsoft.Storage/storageAccounts/write Microsoft.Storage/storageAccounts/delete Microsoft.Storage/storageAccounts/listKeys/action',
    '',
    'Microsoft.Storage/storageAccounts/blobServices/containers/blobs/delete Microsoft.Storage/storageAccounts/blobServices/containers/blobs/write Microsoft.Storage/storageAccounts/blobServices/containers/blobs/read Microsoft.Storage/storageAccounts/blobServices/containers/blobs/add/action',
    '',
  ],
  [
    '0358943c-7e01-48ba-8889-02cc51d78637',
    'Azure Red Hat OpenShift Machine API Operator',
    'Microsoft.Compute/disks/delete Microsoft.Compute/virtualMachines/delete Microsoft.Compute/virtualMachines/write Microsoft.ManagedIdentity/userAssignedIdentities/assign/action',
    '',
    '',
    '',
  ],
  [
    '4436bae4-7702-4c84-919b-c4069ff25ee2',
    'Azure Red Hat OpenShift Service Operator',
    'Microsoft.Storage/storageAccounts/listKeys/action',
    '',
    '',
    '',
  ],
  ['2787bf04-f1f5-4bfe-8383-c8a24483ee38', 'Azure Relay Owner', 'Microsoft.Relay/*', '', '', ''],
  [
    'c914561b-1575-4601-af9c-a1356bf59818',
    'Azure Resilience Management Drills Administrator',
    'Microsoft.Authorization/roleAssignments/write',
    '',
    '',
    '',
    true,
  ],
  [
    '5a2ec2f1-2375-4950-9906-59ec1d979249',
    'Azure Resilience Management Drills Assets Administrator',
    'Microsoft.Authorization/roleAssignments/write Microsoft.Automation/automationAccounts/delete Microsoft.Automation/automationAccounts/write Microsoft.Automation/automationAccounts/runbooks/write Microsoft.OperationalInsights/workspaces/sharedKeys/action Microsoft.OperationalInsights/workspaces/write',
    '',
    '',
    '',
    true,
  ],
  [
    '344b740c-5e7c-4d32-89b2-ee3b51cb89bc',
    'Azure Resilience Management Drills Assets Contributor',
    'Microsoft.Automation/automationAccounts/delete Microsoft.Automation/automationAccounts/write Microsoft.Automation/automationAccounts/runbooks/write Microsoft.OperationalInsights/workspaces/sharedKeys/action Microsoft.OperationalInsights/workspaces/write',
    '',
    '',
    '',
  ],
  [
    'e4c7f620-39b8-4688-bba2-70dd82ef367b',
    'Azure Resilience Management Drills Target Resource Administrator',
    'Microsoft.Authorization/roleAssignments/write */read',
    '',
    '',
    '',
    true,
  ],
  [
    '82c6a823-ae9c-4b90-b5c5-bff581c45896',
    'Azure Resilience Management Drills Target Resource Contributor',
    '*/read',
    '',
    '',
    '',
  ],
  [
    'a2b7cc47-30ec-462f-a2f4-9ac6e1c266af',
    'Azure Resilience Management Goals Administrator',
    'Microsoft.Authorization/roleAssignments/write',
    '',
    '',
    '',
    true,
  ],
  [
    '481d9636-d9f0-468b-b93d-6056318e6f36',
    'Azure Resilience Management Recovery Administrator',
    'Microsoft.Authorization/roleAssignments/write',
    '',
    '',
    '',
    true,
  ],
  [
    '090c5cfd-751d-490a-894a-3ce6f1109419',
    'Azure Service Bus Data Owner',
    'Microsoft.ServiceBus/*',
    '',
    'Microsoft.ServiceBus/*',
    '',
  ],
  [
    '4f6d3b9b-027b-4f4c-9142-0e5a2a2247e0',
    'Azure Service Bus Data Receiver',
    '',
    '',
    'Microsoft.ServiceBus/*/receive/action',
    '',
  ],
  [
    '69a216fc-b8fb-44d8-bc22-1f3c2cd27a39',
    'Azure Service Bus Data Sender',
    '',
    '',
    'Microsoft.ServiceBus/*/send/action',
    '',
  ],
  [
    '5a382001-fe36-41ff-bba4-8bf06bd54da9',
    'Azure Sphere Owner',
    'Microsoft.Authorization/roleAssignments/write',
    '',
    '',
    '',
    true,
  ],
  [
    '4037dd68-1cc7-4a64-8765-3a79963a9940',
    'Azure Spring Apps Service Owner',
    'Microsoft.AppPlatform/*',
    '',
    '',
    '',
  ],
  [
    'bda0d508-adf1-4af0-9c28-88919fc3ae06',
    'Azure Stack HCI Administrator',
    'Microsoft.Authorization/roleAssignments/write Microsoft.HybridCompute/machines/extensions/write Microsoft.HybridCompute/machines/runcommands/write',
    '',
    '',
    '',
    true,
  ],
  [
    'c99c945f-8bd1-4fb1-a903-01460aae6068',
    'Azure Stack HCI Connected InfraVMs',
    'Microsoft.HybridCompute/machines/extensions/write',
    '',
    '',
    '',
  ],
  [
    '874d1c73-6003-4e60-a13a-cb31ea190a85',
    'Azure Stack HCI VM Contributor',
    'Microsoft.HybridCompute/machines/extensions/write Microsoft.HybridCompute/machines/runcommands/write',
    '',
    '',
    '',
  ],
  [
    '5e467623-bb1f-42f4-a55d-6e525e11384b',
    'Backup Contributor',
    'Microsoft.RecoveryServices/Vaults/backupFabrics/protectionContainers/* Microsoft.RecoveryServices/Vaults/write Microsoft.DataProtection/backupVaults/write',
    '',
    '',
    '',
  ],
  [
    '00c29273-979b-4161-815c-10b084fb9324',
    'Backup Operator',
    'Microsoft.RecoveryServices/Vaults/backupFabrics/protectionContainers/protectedItems/recoveryPoints/restore/action',
    '',
    '',
    '',
  ],
  [
    '86e8f5dc-a6e9-4c67-9d15-de283e8eac25',
    'Classic Storage Account Contributor',
    'Microsoft.ClassicStorage/storageAccounts/*',
    '',
    '',
    '',
  ],
  [
    'd73bb868-a0df-4d4d-bd69-98a00b01fccb',
    'Classic Virtual Machine Contributor',
    'Microsoft.ClassicCompute/virtualMachines/*',
    '',
    '',
    '',
  ],
  [
    '25fbc0a9-bd7c-42a3-aa1a-3b75d497ee68',
    'Cognitive Services Contributor',
    'Microsoft.CognitiveServices/*',
    '',
    '',
    '',
  ],
  [
    '14f26b53-9d80-4924-8141-f664426a48f6',
    'Cognitive Services Security Integration Admin',
    'Microsoft.CognitiveServices/*',
    '',
    '',
    '',
  ],
  [
    'df2711a6-406d-41cf-b366-b0250bff9ad1',
    'Compute Diagnostics Role',
    'Microsoft.Compute/disks/beginGetAccess/action',
    '',
    '',
    '',
  ],
  [
    '85a2d0d9-2eba-4c9c-b355-11c2cc0788ab',
    'Compute Gallery Artifacts Publisher',
    'Microsoft.Compute/virtualMachines/write',
    '',
    '',
    '',
  ],
  [
    '358470bc-b998-42bd-ab17-a7e34c199c0f',
    'Container Apps Contributor',
    'Microsoft.App/containerApps/*/action',
    '',
    '',
    '',
  ],
  [
    '4e3d2b60-56ae-4dc6-a233-09c8e5a82e68',
    'Container Apps Jobs Contributor',
    'Microsoft.App/jobs/write Microsoft.App/jobs/delete',
    '',
    '',
    '',
  ],
  [
    'f3bd1b5c-91fa-40e7-afe7-0c11d331232c',
    'Container Apps Operator',
    'Microsoft.App/containerApps/*/action',
    '',
    '',
    '',
  ],
  [
    '69b07be0-09bf-439a-b9a6-e73de851bd59',
    'Container Registry Configuration Reader and Data Access Configuration Reader',
    'Microsoft.ContainerRegistry/registries/listCredentials/action',
    '',
    '',
    '',
  ],
  [
    '3bc748fc-213d-45c1-8d91-9da5725539b9',
    'Container Registry Contributor and Data Access Configuration Administrator',
    'Microsoft.ContainerRegistry/registries/write Microsoft.ContainerRegistry/registries/delete Microsoft.ContainerRegistry/registries/listCredentials/action',
    '',
    '',
    '',
  ],
  [
    '577a9874-89fd-4f24-9dbd-b5034d0ad23a',
    'Container Registry Data Importer and Data Reader',
    'Microsoft.ContainerRegistry/registries/pull/read',
    '',
    'Microsoft.ContainerRegistry/registries/repositories/content/read',
    '',
  ],
  [
    '2efddaa5-3f1f-4df3-97df-af3f13818f4c',
    'Container Registry Repository Contributor',
    '',
    '',
    'Microsoft.ContainerRegistry/registries/repositories/content/read Microsoft.ContainerRegistry/registries/repositories/content/write Microsoft.ContainerRegistry/registries/repositories/content/delete',
    '',
  ],
  [
    'b93aa761-3e63-49ed-ac28-beffa264f7ac',
    'Container Registry Repository Reader',
    '',
    '',
    'Microsoft.ContainerRegistry/registries/repositories/content/read',
    '',
  ],
  [
    '2a1e307c-b015-4ebd-883e-5b7698a07328',
    'Container Registry Repository Writer',
    '',
    '',
    'Microsoft.ContainerRegistry/registries/repositories/content/read Microsoft.ContainerRegistry/registries/repositories/content/write',
    '',
  ],
  [
    'b24988ac-6180-42a0-ab88-20f7382dd24c',
    'Contributor',
    '*',
    'Microsoft.Authorization/*/Delete Microsoft.Authorization/*/Write Microsoft.Authorization/elevateAccess/Action Microsoft.Blueprint/blueprintAssignments/write Microsoft.Blueprint/blueprintAssignments/delete Microsoft.Compute/galleries/share/action Microsoft.Purview/consents/write Microsoft.Purview/consents/delete Microsoft.Resources/deploymentStacks/manageDenySetting/action Microsoft.Subscription/cancel/action Microsoft.Subscription/enable/action',
    '',
    '',
  ],
  [
    'fbdf93bf-df7d-467e-a4d2-9458aa1360c8',
    'Cosmos DB Account Reader Role',
    'Microsoft.DocumentDB/databaseAccounts/readonlykeys/action',
    '',
    '',
    '',
  ],
  [
    '230815da-be43-4aae-9cb4-875f7bd000aa',
    'Cosmos DB Operator',
    'Microsoft.DocumentDb/databaseAccounts/*',
    'Microsoft.DocumentDB/databaseAccounts/copyJobs/* Microsoft.DocumentDB/databaseAccounts/dataTransferJobs/* Microsoft.DocumentDB/databaseAccounts/readonlyKeys/* Microsoft.DocumentDB/databaseAccounts/regenerateKey/* Microsoft.DocumentDB/databaseAccounts/listKeys/* Microsoft.DocumentDB/databaseAccounts/listConnectionStrings/* Microsoft.DocumentDB/databaseAccounts/sqlRoleDefinitions/write Microsoft.DocumentDB/databaseAccounts/sqlRoleDefinitions/delete Microsoft.DocumentDB/databaseAccounts/sqlRoleAssignments/write Microsoft.DocumentDB/databaseAccounts/sqlRoleAssignments/delete Microsoft.DocumentDB/databaseAccounts/mongodbRoleDefinitions/write Microsoft.DocumentDB/databaseAccounts/mongodbRoleDefinitions/delete Microsoft.DocumentDB/databaseAccounts/mongodbUserDefinitions/write Microsoft.DocumentDB/databaseAccounts/mongodbUserDefinitions/delete Microsoft.DocumentDB/databaseAccounts/tableRoleAssignments/write Microsoft.DocumentDB/databaseAccounts/tableRoleAssignments/delete Microsoft.DocumentDB/databaseAccounts/tableRoleDefinitions/write Microsoft.DocumentDB/databaseAccounts/tableRoleDefinitions/delete Microsoft.DocumentDB/databaseAccounts/gremlinRoleAssignments/write Microsoft.DocumentDB/databaseAccounts/gremlinRoleAssignments/delete Microsoft.DocumentDB/databaseAccounts/gremlinRoleDefinitions/write Microsoft.DocumentDB/databaseAccounts/gremlinRoleDefinitions/delete Microsoft.DocumentDB/databaseAccounts/cassandraRoleAssignments/write Microsoft.DocumentDB/databaseAccounts/cassandraRoleAssignments/delete Microsoft.DocumentDB/databaseAccounts/cassandraRoleDefinitions/write Microsoft.DocumentDB/databaseAccounts/cassandraRoleDefinitions/delete Microsoft.DocumentDB/databaseAccounts/mongoMIRoleAssignments/write Microsoft.DocumentDB/databaseAccounts/mongoMIRoleAssignments/delete Microsoft.DocumentDB/databaseAccounts/mongoMIRoleDefinitions/write Microsoft.DocumentDB/databaseAccounts/mongoMIRoleDefinitions/delete',
    '',
    '',
  ],
  [
    'bf41e52e-617f-4981-8b7a-47431bd4e011',
    'CosmosDB Fleet Analytics Storage Data Writer',
    '',
    '',
    'Microsoft.Storage/storageAccounts/blobServices/containers/blobs/delete Microsoft.Storage/storageAccounts/blobServices/containers/blobs/read Microsoft.Storage/storageAccounts/blobServices/containers/blobs/write Microsoft.Storage/storageAccounts/blobServices/containers/blobs/add/action',
    '',
  ],
  [
    '673868aa-7521-48a0-acc6-0f60742d39f5',
    'Data Factory Contributor',
    'Microsoft.DataFactory/factories/*',
    '',
    '',
    '',
  ],
  [
    '150f5e0c-0603-4f03-8c7f-cf70034c4e90',
    'Data Purger',
    'Microsoft.OperationalInsights/workspaces/*/read',
    '',
    '',
    '',
  ],
  [
    'd24ecba3-c1f4-40fa-a7bb-4588a071e8fd',
    'Defender Agentless VM Scan',
    'Microsoft.Compute/disks/beginGetAccess/action',
    '',
    '',
    '',
  ],
  [
    '8480c0f0-4509-4229-9339-7c10018cb8c4',
    'Defender CSPM Storage Scanner Operator',
    'Microsoft.Storage/storageAccounts/write Microsoft.Authorization/roleAssignments/write',
    '',
    '',
    '',
    true,
  ],
  [
    '512ef07a-840c-48d2-9be4-9a30a75a5c70',
    'Defender Cloud Secrets Posture',
    'Microsoft.DocumentDB/databaseAccounts/listKeys/action',
    '',
    '',
    '',
  ],
  [
    '5e93ba01-8f92-4c7a-b12a-801e3df23824',
    'Defender Containers Sensor',
    'Microsoft.ContainerService/managedClusters/write Microsoft.OperationalInsights/workspaces/write Microsoft.OperationalInsights/workspaces/sharedkeys/action',
    '',
    '',
    '',
  ],
  [
    'c5c82243-e78e-43f9-8428-793bba85b28e',
    'Defender For Container Registries Operator',
    'Microsoft.ContainerRegistry/registries/pull/read',
    '',
    'Microsoft.ContainerRegistry/registries/repositories/content/read',
    '',
  ],
  [
    '8bb6f106-b146-4ee6-a3f9-b9c5a96e0ae5',
    'Defender Kubernetes Agent Operator',
    'Microsoft.Kubernetes/connectedClusters/Write Microsoft.OperationalInsights/workspaces/write Microsoft.OperationalInsights/workspaces/sharedkeys/action',
    '',
    '',
    '',
  ],
  [
    '96062cf7-95ca-4f89-9b9d-2a2aa47356af',
    'Defender Registry Access',
    'Microsoft.ContainerRegistry/registries/pull/read Microsoft.ContainerRegistry/registries/push/write Microsoft.ContainerRegistry/registries/artifacts/delete',
    '',
    'Microsoft.ContainerRegistry/registries/repositories/content/read Microsoft.ContainerRegistry/registries/repositories/content/write Microsoft.ContainerRegistry/registries/repositories/content/delete',
    '',
  ],
  [
    'd9468a2b-1820-47e1-a40e-d2b7fba1879a',
    'Defender SQL Servers On Machines',
    'Microsoft.Compute/virtualMachines/extensions/write Microsoft.HybridCompute/machines/extensions/write Microsoft.Compute/virtualMachines/write',
    '',
    '',
    '',
  ],
  [
    '0b6ca2e8-2cdc-4bd6-b896-aa3d8c21fc35',
    'Defender Sensitive Data Discovery',
    'Microsoft.Storage/storageAccounts/write',
    '',
    'Microsoft.Storage/storageAccounts/blobServices/containers/blobs/read Microsoft.Storage/storageAccounts/fileServices/fileshares/files/read',
    '',
  ],
  [
    '68ac31b4-936a-4046-a6d2-ba6f8a757bf6',
    'Defender Serverless Scanner',
    'microsoft.web/sites/config/list/action',
    '',
    '',
    '',
  ],
  [
    '78b19ac9-582c-44d8-9e11-733ae424ad83',
    'Defender Servers P1',
    'Microsoft.Compute/virtualMachines/extensions/write Microsoft.HybridCompute/machines/extensions/write',
    '',
    '',
    '',
  ],
  [
    '1dc24dd8-b00e-4344-837c-58b193cd23c7',
    'Defender Servers P2',
    'Microsoft.Compute/virtualMachines/extensions/write Microsoft.HybridCompute/machines/extensions/write',
    '',
    '',
    '',
  ],
  [
    'c6c9b2d8-9a5e-4122-85e1-81612a046ab2',
    'Defender Storage Automated Malware Remediation',
    '',
    '',
    'Microsoft.Storage/storageAccounts/blobServices/containers/blobs/delete',
    '',
  ],
  [
    'cd50fd1f-0421-46f2-8cce-afc587dbcc77',
    'Defender Storage Malware Data Scanner',
    '',
    '',
    'Microsoft.Storage/storageAccounts/blobServices/containers/blobs/read Microsoft.Storage/storageAccounts/fileServices/fileshares/files/read',
    '',
  ],
  [
    '971cce9f-2680-4357-9678-c947847a9425',
    'Defender Storage Malware Operator',
    'Microsoft.Storage/storageAccounts/write',
    '',
    '',
    '',
  ],
  [
    '625a1cea-653b-4a19-bd3a-df1d66ab6637',
    'Defender Unified RBAC Contributor and Responder',
    'Microsoft.OperationalInsights/workspaces/*/read Microsoft.OperationalInsights/workspaces/query/read',
    'Microsoft.OperationalInsights/workspaces/query/ConfidentialWatchlist/*',
    '',
    '',
  ],
  [
    '40ead2a5-466e-4039-8a80-325542d9d2dd',
    'Defender Unified RBAC Data Manager',
    'Microsoft.operationalinsights/workspaces/write Microsoft.operationalinsights/workspaces/query/read Microsoft.operationalinsights/workspaces/sharedkeys/action',
    '',
    '',
    '',
  ],
  [
    '78b7345a-1e1b-483a-ac62-62228c6ea89d',
    'Defender Unified RBAC Reader',
    'Microsoft.OperationalInsights/workspaces/*/read Microsoft.OperationalInsights/workspaces/query/read',
    'Microsoft.OperationalInsights/workspaces/query/ConfidentialWatchlist/*',
    '',
    '',
  ],
  [
    '1bacae94-6c0f-4d2d-8dfa-408d5a28e6ec',
    'Defender Unified RBAC Responder',
    'Microsoft.OperationalInsights/workspaces/*/read Microsoft.OperationalInsights/workspaces/query/read',
    'Microsoft.OperationalInsights/workspaces/query/ConfidentialWatchlist/*',
    '',
    '',
  ],
  [
    'd56b031f-8d90-4376-9231-b5c94fce88ef',
    'Defender Unified RBAC Scoped Reader',
    'Microsoft.OperationalInsights/workspaces/query/read',
    '',
    '',
    '',
  ],
  [
    '1e7ca9b1-60d1-4db8-a914-f2ca1ff27c40',
    'Defender for Storage Data Scanner',
    '',
    '',
    'Microsoft.Storage/storageAccounts/blobServices/containers/blobs/read Microsoft.Storage/storageAccounts/blobServices/containers/blobs/delete Microsoft.Storage/storageAccounts/fileServices/fileshares/files/read',
    '',
  ],
  [
    '0f641de8-0b88-4198-bdef-bd8b45ceba96',
    'Defender for Storage Scanner Operator',
    'Microsoft.Authorization/roleAssignments/write Microsoft.Storage/storageAccounts/write',
    '',
    '',
    '',
    true,
  ],
  [
    '082f0a83-3be5-4ba1-904c-961cca79b387',
    'Desktop Virtualization Contributor',
    'Microsoft.DesktopVirtualization/*',
    '',
    '',
    '',
  ],
  [
    'e307426c-f9b6-4e81-87de-d99efb3c32bc',
    'Desktop Virtualization Host Pool Contributor',
    'Microsoft.DesktopVirtualization/hostpools/*',
    '',
    '',
    '',
  ],
  [
    '40c5ff49-9181-41f8-ae61-143b0e78555e',
    'Desktop Virtualization Power On Off Contributor',
    'Microsoft.Compute/virtualMachines/deallocate/action Microsoft.Compute/virtualMachines/powerOff/action Microsoft.DesktopVirtualization/hostpools/write',
    '',
    '',
    '',
  ],
  [
    'a959dbd1-f747-45e3-8ba6-dd80f235f97c',
    'Desktop Virtualization Virtual Machine Contributor',
    'Microsoft.DesktopVirtualization/hostpools/write Microsoft.Compute/disks/delete Microsoft.Compute/virtualMachines/write Microsoft.Compute/virtualMachines/delete Microsoft.Compute/virtualMachines/powerOff/action Microsoft.Compute/virtualMachines/deallocate/action Microsoft.Compute/virtualMachines/runCommand/action Microsoft.Compute/virtualMachines/extensions/write Microsoft.Compute/virtualMachines/runCommands/write',
    '',
    '',
    '',
  ],
  [
    '4c6569b6-f23e-4295-9b90-bd4cc4ff3292',
    'DevCenter Owner',
    'Microsoft.DevCenter/* Microsoft.Authorization/roleAssignments/write',
    '',
    '',
    '',
    true,
  ],
  [
    '331c37c6-af14-46d9-b9f4-e1909e1b95a0',
    'DevCenter Project Admin',
    'Microsoft.DevCenter/projects/*',
    'Microsoft.DevCenter/projects/write Microsoft.DevCenter/projects/delete',
    '',
    '',
  ],
  [
    '76283e04-6283-4c54-8f91-bcf1374a3c64',
    'DevTest Labs User',
    'Microsoft.Compute/virtualMachines/deallocate/action Microsoft.Storage/storageAccounts/listKeys/action',
    '',
    '',
    '',
  ],
  [
    '3e5e47e6-65f7-47ef-90b5-e5dd4d455f24',
    'Disk Backup Reader',
    'Microsoft.Compute/disks/beginGetAccess/action',
    '',
    '',
    '',
  ],
  [
    'b50d9833-a0cb-478e-945f-707fcc997c13',
    'Disk Restore Operator',
    'Microsoft.Compute/disks/beginGetAccess/action',
    '',
    '',
    '',
  ],
  [
    '7efff54f-a5b4-42b5-a1c5-5411624893ce',
    'Disk Snapshot Contributor',
    'Microsoft.Compute/disks/beginGetAccess/action Microsoft.Storage/storageAccounts/listkeys/action Microsoft.Storage/storageAccounts/write Microsoft.Storage/storageAccounts/delete',
    '',
    '',
    '',
  ],
  [
    '5bd9cd88-fe45-4216-938b-f97437e15450',
    'DocumentDB Account Contributor',
    'Microsoft.DocumentDb/databaseAccounts/*',
    '',
    '',
    '',
  ],
  [
    '1c4770c0-34f7-4110-a1ea-a5855cc7a939',
    'Elastic SAN Snapshot Exporter',
    'Microsoft.Compute/disks/delete',
    '',
    '',
    '',
  ],
  [
    '90e8b822-3e73-47b5-868a-787dc80c008f',
    'Elastic SAN Volume Importer',
    'Microsoft.Compute/disks/beginGetAccess/action',
    '',
    '',
    '',
  ],
  [
    '34013b0a-565b-43aa-8755-1b7c286f6cf7',
    'Essential Machine Management Administrator',
    'Microsoft.OperationalInsights/workspaces/sharedkeys/action',
    '',
    '',
    '',
  ],
  ['1e241071-0855-49ea-94dc-649edcd759de', 'EventGrid Contributor', 'Microsoft.EventGrid/*', '', '', ''],
  [
    'e47c6f54-e4a2-4754-9501-8e0985b135e1',
    'Foundry Account Owner',
    'Microsoft.Authorization/roleAssignments/write Microsoft.CognitiveServices/*',
    '',
    '',
    '',
    true,
  ],
  [
    'c883944f-8b7b-4483-af10-35834be79c4a',
    'Foundry Owner',
    'Microsoft.Authorization/roleAssignments/write Microsoft.CognitiveServices/*',
    '',
    '',
    '',
    true,
  ],
  [
    'eadc314b-1a2d-4efa-be10-5d325db5065e',
    'Foundry Project Manager',
    'Microsoft.Authorization/roleAssignments/write',
    '',
    '',
    '',
    true,
  ],
  [
    '0847e196-2fd2-4c2f-a48c-fca6fd030f44',
    'HDInsight Cluster Admin',
    'MICROSOFT.HDINSIGHT/CLUSTERS/DELETE MICROSOFT.HDINSIGHT/CLUSTERS/WRITE',
    '',
    '',
    '',
  ],
  [
    '29f61507-bdfb-4987-b629-20033be2d6c3',
    'Healthcare Apis contributor',
    'Microsoft.HealthcareApis/services/* Microsoft.HealthcareApis/workspaces/*',
    '',
    '',
    '',
  ],
  [
    '48b40c6e-82e0-4eb3-90d5-19e40f49b624',
    'Hybrid Server Resource Administrator',
    'Microsoft.HybridCompute/machines/*',
    '',
    '',
    '',
  ],
  [
    '00482a5a-887f-4fb3-b363-3b7fe8e74483',
    'Key Vault Administrator',
    '',
    '',
    'Microsoft.KeyVault/vaults/*',
    '',
  ],
  [
    'db79e9a7-68ee-4b58-9aeb-b90e7c24fcba',
    'Key Vault Certificate User',
    '',
    '',
    'Microsoft.KeyVault/vaults/secrets/getSecret/action',
    '',
  ],
  [
    'a4417e6f-fecd-4de8-b567-7b0420556985',
    'Key Vault Certificates Officer',
    '',
    '',
    'Microsoft.KeyVault/vaults/certificates/*',
    '',
  ],
  [
    'f25e0fa2-a7c8-4377-a976-54943a77a395',
    'Key Vault Contributor',
    'Microsoft.KeyVault/*',
    'Microsoft.KeyVault/locations/deletedVaults/purge/action Microsoft.KeyVault/hsmPools/* Microsoft.KeyVault/managedHsms/*',
    '',
    '',
  ],
  [
    '14b46e9e-c2b7-41b4-b07b-48a6ebf60603',
    'Key Vault Crypto Officer',
    '',
    '',
    'Microsoft.KeyVault/vaults/keys/*',
    '',
  ],
  [
    'e147488a-f6f5-4113-8e2d-b22465e65bf6',
    'Key Vault Crypto Service Encryption User',
    '',
    '',
    'Microsoft.KeyVault/vaults/keys/unwrap/action',
    '',
  ],
  [
    '12338af0-0e69-4776-bea7-57ae8d297424',
    'Key Vault Crypto User',
    '',
    '',
    'Microsoft.KeyVault/vaults/keys/update/action Microsoft.KeyVault/vaults/keys/decrypt/action Microsoft.KeyVault/vaults/keys/unwrap/action Microsoft.KeyVault/vaults/keys/sign/action',
    '',
  ],
  [
    '8b54135c-b56d-4d72-a534-26097cfdc8d8',
    'Key Vault Data Access Administrator',
    'Microsoft.Authorization/roleAssignments/write',
    '',
    '',
    '',
    true,
  ],
  [
    'b86a8fe4-44ce-4948-aee5-eccb2c155cd7',
    'Key Vault Secrets Officer',
    '',
    '',
    'Microsoft.KeyVault/vaults/secrets/*',
    '',
  ],
  [
    '4633458b-17de-408a-b874-0445c86b69e6',
    'Key Vault Secrets User',
    '',
    '',
    'Microsoft.KeyVault/vaults/secrets/getSecret/action',
    '',
  ],
  [
    'ada52afe-776a-4b4d-a8f2-55670d3d8178',
    'Kubernetes Agent Subscription Level Operator',
    'Microsoft.OperationalInsights/workspaces/write Microsoft.OperationalInsights/workspaces/sharedkeys/action',
    '',
    '',
    '',
  ],
  [
    '34e09817-6cbe-4d01-b1a2-e0eac5743d41',
    'Kubernetes Cluster - Azure Arc Onboarding',
    'Microsoft.Kubernetes/connectedClusters/Write',
    '',
    '',
    '',
  ],
  [
    '5daaa2af-1fe8-407c-9122-bba179798270',
    'Lab Contributor',
    'Microsoft.LabServices/labs/write Microsoft.LabServices/labs/delete',
    '',
    '',
    '',
  ],
  ['f69b8690-cc87-41d6-b77a-a4bc3c0a966f', 'Lab Services Contributor', 'Microsoft.LabServices/*', '', '', ''],
  [
    'a8835c7d-b5cb-47fa-b6f0-65ea10ce07a2',
    'LocalNGFirewallAdministrator role',
    'Microsoft.OperationalInsights/workspaces/write',
    '',
    '',
    '',
  ],
  [
    '92aaf0da-9dab-42b6-94a3-d43ce8d16293',
    'Log Analytics Contributor',
    'Microsoft.Compute/virtualMachines/extensions/* Microsoft.HybridCompute/machines/extensions/write Microsoft.OperationalInsights/* Microsoft.Storage/storageAccounts/listKeys/action */read',
    '',
    '',
    '',
  ],
  [
    '3b03c2da-16b3-4a49-8834-0f8130efdd3b',
    'Log Analytics Data Reader',
    'Microsoft.OperationalInsights/workspaces/query/read',
    '',
    '',
    '',
  ],
  ['73c42c96-874c-492b-b04d-ab87d138a893', 'Log Analytics Reader', '*/read', '', '', ''],
  [
    '87a39d53-fc1b-424a-814c-f7e04687dc9e',
    'Logic App Contributor',
    'Microsoft.Logic/* Microsoft.Storage/storageAccounts/listkeys/action',
    '',
    '',
    '',
  ],
  [
    '32109304-a0e2-4d64-bd07-b23ac5efbe43',
    'Logic Apps Hybrid Contributor',
    'Microsoft.App/containerApps/*/action',
    '',
    '',
    '',
  ],
  [
    'ad710c24-b039-4e85-a019-deb4a06e8570',
    'Logic Apps Standard Contributor',
    'Microsoft.Web/sites/*',
    '',
    '',
    '',
  ],
  [
    '523776ba-4eb2-4600-a3c8-f2dc93da4bdb',
    'Logic Apps Standard Developer',
    'Microsoft.Web/sites/config/list/Action',
    '',
    '',
    '',
  ],
  [
    'b70c96e9-66fe-4c09-b6e7-c98e69c98555',
    'Logic Apps Standard Operator',
    'Microsoft.Web/sites/stop/Action Microsoft.Web/sites/write',
    '',
    '',
    '',
  ],
  ['641177b8-a67a-45b9-a033-47bc880bb21e', 'Managed Application Contributor Role', '*/read', '', '', ''],
  ['c7393b34-138c-406f-901b-d8cf2b17e6ae', 'Managed Application Operator Role', '*/read', '', '', ''],
  ['b9331d33-8a36-4f8c-b097-4f54124fdb44', 'Managed Application Publisher Operator', '*/read', '', '', ''],
  [
    '18500a29-7fe2-46b2-a342-b16a415e101d',
    'Managed HSM contributor',
    'Microsoft.KeyVault/managedHSMs/*',
    '',
    '',
    '',
  ],
  [
    'e40ec5ca-96e0-45a2-b4ff-59039f2c2b59',
    'Managed Identity Contributor',
    'Microsoft.ManagedIdentity/userAssignedIdentities/federatedIdentityCredentials/write',
    '',
    '',
    '',
  ],
  [
    '7e559ce2-48d7-4b27-9128-fa1b247f1308',
    'Managed Identity Federated Identity Credential Contributor',
    'Microsoft.ManagedIdentity/userAssignedIdentities/federatedIdentityCredentials/write',
    '',
    '',
    '',
  ],
  [
    'f1a07417-d97a-45cb-824c-7a7467783830',
    'Managed Identity Operator',
    'Microsoft.ManagedIdentity/userAssignedIdentities/*/assign/action',
    '',
    '',
    '',
  ],
  [
    '53ad7cb7-33cc-4509-b36b-03d40643c499',
    'Microsoft Cloud Security Arc Machine Operator',
    'Microsoft.HybridCompute/machines/extensions/write',
    '',
    '',
    '',
  ],
  [
    '7a2b6e6c-472e-4b39-8878-a26eb63d75c6',
    'Microsoft Discovery Platform Administrator (Preview)',
    'Microsoft.Authorization/roleAssignments/write',
    '',
    '',
    '',
    true,
  ],
  [
    'ab8e14d6-4a74-4a29-9ba8-549422addade',
    'Microsoft Sentinel Contributor',
    'Microsoft.OperationalInsights/workspaces/*/read Microsoft.OperationalInsights/workspaces/query/read',
    'Microsoft.OperationalInsights/workspaces/query/ConfidentialWatchlist/*',
    '',
    '',
  ],
  [
    '8d289c81-5878-46d4-8554-54e1e3d8b5cb',
    'Microsoft Sentinel Reader',
    'Microsoft.OperationalInsights/workspaces/*/read Microsoft.OperationalInsights/workspaces/query/read',
    'Microsoft.OperationalInsights/workspaces/query/ConfidentialWatchlist/*',
    '',
    '',
  ],
  [
    '3e150937-b8fe-4cfb-8069-0eaf05ecd056',
    'Microsoft Sentinel Responder',
    'Microsoft.OperationalInsights/workspaces/*/read Microsoft.OperationalInsights/workspaces/query/read',
    'Microsoft.OperationalInsights/workspaces/query/ConfidentialWatchlist/*',
    '',
    '',
  ],
  [
    'b6d9c0f6-d69f-472b-91b4-7a6838c6d1cb',
    'Microsoft.AzureStackHCI Device Pool Machine Manager',
    'Microsoft.HybridCompute/machines/extensions/write',
    '',
    '',
    '',
  ],
  [
    '5548b2cf-c94c-4228-90ba-30851930a12f',
    'Microsoft.Kubernetes connected cluster role',
    'Microsoft.Kubernetes/connectedClusters/write Microsoft.Kubernetes/connectedClusters/delete',
    '',
    '',
    '',
  ],
  [
    '749f88d5-cbae-40b8-bcfc-e573ddc772fa',
    'Monitoring Contributor',
    'Microsoft.OperationalInsights/workspaces/write Microsoft.OperationalInsights/workspaces/sharedKeys/action */read',
    '',
    '',
    '',
  ],
  [
    '47be4a87-7950-4631-9daf-b664a405f074',
    'Monitoring Policy Contributor',
    'Microsoft.OperationalInsights/workspaces/write Microsoft.OperationalInsights/workspaces/sharedKeys/action */read',
    '',
    '',
    '',
  ],
  ['43d0d8ad-25c7-4714-9337-8ba259a9fe05', 'Monitoring Reader', '*/read', '', '', ''],
  [
    '44f0a1a8-6fea-4b35-980a-8ff50c487c97',
    'Operator Nexus Key Vault Writer Service Role (Preview)',
    '',
    '',
    'Microsoft.KeyVault/vaults/secrets/setSecret/action',
    '',
  ],
  ['8e3af657-a8ff-443c-a75c-2fe8c4bcb635', 'Owner', '*', '', '', ''],
  [
    'dbc9c667-e97f-4491-aee6-90b9cf960190',
    'Privileged Monitoring Data Reader',
    'Microsoft.OperationalInsights/workspaces/query/read',
    '',
    '',
    '',
    true,
  ],
  [
    'be1a1ac2-09d3-4261-9e57-a73a6e227f53',
    'Procurement Contributor',
    'Microsoft.SaaS/resources/write Microsoft.SaaS/resources/delete',
    '',
    '',
    '',
  ],
  [
    '469a0cf0-3794-4627-838e-39d04f27b306',
    'Procurement Contributor with Resource Group Permissions',
    'Microsoft.SaaS/resources/write Microsoft.SaaS/resources/delete',
    '',
    '',
    '',
  ],
  ['acdd72a7-3385-48ef-bd42-f606fba81ae7', 'Reader', '*/read', '', '', ''],
  [
    'c12c1c16-33a1-487b-954d-41c89c60f349',
    'Reader and Data Access',
    'Microsoft.Storage/storageAccounts/listKeys/action Microsoft.Storage/storageAccounts/ListAccountSas/action',
    '',
    '',
    '',
  ],
  ['e0f68234-74aa-48ed-b826-c38b57376e17', 'Redis Cache Contributor', 'Microsoft.Cache/redis/*', '', '', ''],
  ['36243c78-bf99-498c-9df9-86d9f8d28608', 'Resource Policy Contributor', '*/read', '', '', ''],
  [
    'f58310d9-a9f6-439a-9e8d-f62e7b41a168',
    'Role Based Access Control Administrator',
    'Microsoft.Authorization/roleAssignments/write */read',
    '',
    '',
    '',
  ],
  [
    '9b7fa17d-e63e-47b0-bb0a-15c516ac86ec',
    'SQL DB Contributor',
    'Microsoft.Sql/servers/databases/*',
    'Microsoft.Sql/servers/databases/advancedThreatProtectionSettings/* Microsoft.Sql/servers/databases/auditingSettings/* Microsoft.Sql/servers/databases/currentSensitivityLabels/* Microsoft.Sql/servers/databases/dataMaskingPolicies/* Microsoft.Sql/servers/databases/extendedAuditingSettings/* Microsoft.Sql/servers/databases/ledgerDigestUploads/disable/action Microsoft.Sql/servers/databases/ledgerDigestUploads/write Microsoft.Sql/servers/databases/recommendedSensitivityLabels/* Microsoft.Sql/servers/databases/schemas/tables/columns/sensitivityLabels/* Microsoft.Sql/servers/databases/securityAlertPolicies/* Microsoft.Sql/servers/databases/securityMetrics/* Microsoft.Sql/servers/databases/sensitivityLabels/* Microsoft.Sql/servers/databases/sqlVulnerabilityAssessments/* Microsoft.Sql/servers/databases/vulnerabilityAssessments/* Microsoft.Sql/servers/databases/vulnerabilityAssessmentScans/* Microsoft.Sql/servers/databases/vulnerabilityAssessmentSettings/*',
    '',
    '',
  ],
  [
    '4939a1f6-9ae0-4e48-a1e0-f2cbe897382d',
    'SQL Managed Instance Contributor',
    'Microsoft.Sql/managedInstances/*',
    'Microsoft.Sql/managedInstances/azureADOnlyAuthentications/delete Microsoft.Sql/managedInstances/azureADOnlyAuthentications/write',
    '',
    '',
  ],
  [
    '6d8ee4ec-f05a-4a1d-8b00-a9b17e38b437',
    'SQL Server Contributor',
    'Microsoft.Sql/servers/*',
    'Microsoft.Sql/servers/advancedThreatProtectionSettings/* Microsoft.Sql/servers/auditingSettings/* Microsoft.Sql/servers/azureADOnlyAuthentications/delete Microsoft.Sql/servers/azureADOnlyAuthentications/write Microsoft.Sql/servers/databases/advancedThreatProtectionSettings/* Microsoft.Sql/servers/databases/auditingSettings/* Microsoft.Sql/servers/databases/currentSensitivityLabels/* Microsoft.Sql/servers/databases/dataMaskingPolicies/* Microsoft.Sql/servers/databases/extendedAuditingSettings/* Microsoft.Sql/servers/databases/recommendedSensitivityLabels/* Microsoft.Sql/servers/databases/schemas/tables/columns/sensitivityLabels/* Microsoft.Sql/servers/databases/securityAlertPolicies/* Microsoft.Sql/servers/databases/securityMetrics/* Microsoft.Sql/servers/databases/sensitivityLabels/* Microsoft.Sql/servers/databases/sqlVulnerabilityAssessments/* Microsoft.Sql/servers/databases/vulnerabilityAssessments/* Microsoft.Sql/servers/databases/vulnerabilityAssessmentScans/* Microsoft.Sql/servers/databases/vulnerabilityAssessmentSettings/* Microsoft.Sql/servers/devOpsAuditingSettings/* Microsoft.Sql/servers/extendedAuditingSettings/* Microsoft.Sql/servers/externalPolicyBasedAuthorizations/delete Microsoft.Sql/servers/externalPolicyBasedAuthorizations/write Microsoft.Sql/servers/securityAlertPolicies/* Microsoft.Sql/servers/sqlVulnerabilityAssessments/* Microsoft.Sql/servers/vulnerabilityAssessments/*',
    '',
    '',
  ],
  [
    '8ebe5a00-799e-43f5-93ac-243d3dce84a7',
    'Search Index Data Contributor',
    '',
    '',
    'Microsoft.Search/searchServices/indexes/documents/*',
    '',
  ],
  [
    '1407120a-92aa-4202-b7e9-c0e197c71c8f',
    'Search Index Data Reader',
    '',
    '',
    'Microsoft.Search/searchServices/indexes/documents/read',
    '',
  ],
  [
    '7ca78c08-252a-4471-8644-bb5ff32d4ba0',
    'Search Service Contributor',
    'Microsoft.Search/searchServices/*',
    '',
    '',
    '',
  ],
  [
    'fb1c8493-542b-48eb-b624-b4c8fea62acd',
    'Security Admin',
    'Microsoft.operationalInsights/workspaces/*/read',
    '',
    '',
    '',
  ],
  [
    '39bc4728-0917-49c7-9d2c-d95423bc2eb4',
    'Security Reader',
    'Microsoft.operationalInsights/workspaces/*/read',
    '',
    '',
    '',
  ],
  [
    'b6efc156-f0da-4e90-a50a-8c000140b017',
    'Service Fabric Cluster Contributor',
    'Microsoft.ServiceFabric/clusters/*',
    '',
    '',
    '',
  ],
  [
    '83f80186-3729-438c-ad2d-39e94d718838',
    'Service Fabric Managed Cluster Contributor',
    'Microsoft.ServiceFabric/managedclusters/*',
    '',
    '',
    '',
  ],
  [
    '8cf5e20a-e4b2-4e9d-b3a1-5ceb692c2761',
    'SignalR/Web PubSub Contributor',
    'Microsoft.SignalRService/*',
    '',
    '',
    '',
  ],
  [
    '189207d4-bb67-4208-a635-b06afe8b2c57',
    'SqlDb Migration Role',
    'Microsoft.Sql/servers/write Microsoft.Sql/servers/databases/write Microsoft.Sql/servers/databases/delete',
    '',
    '',
    '',
  ],
  [
    '1d335eef-eee1-47fe-a9e0-53214eba8872',
    'SqlMI Migration Role',
    'Microsoft.Sql/managedInstances/write Microsoft.Sql/managedInstances/databases/delete Microsoft.Storage/storageAccounts/listkeys/action',
    '',
    '',
    '',
  ],
  [
    'ae8036db-e102-405b-a1b9-bae082ea436d',
    'SqlVM Migration Role',
    'Microsoft.Storage/storageAccounts/listkeys/action Microsoft.SqlVirtualMachine/sqlVirtualMachines/write',
    '',
    '',
    '',
  ],
  [
    '17d1049b-9a84-46fb-8f53-869881c3d3ab',
    'Storage Account Contributor',
    'Microsoft.Storage/storageAccounts/*',
    '',
    '',
    '',
  ],
  [
    '81a9662b-bebf-436f-a333-f67b29880f12',
    'Storage Account Key Operator Service Role',
    'Microsoft.Storage/storageAccounts/listkeys/action Microsoft.Storage/storageAccounts/regeneratekey/action',
    '',
    '',
    '',
  ],
  [
    '4bad4d9e-2a13-4888-94bb-c8432f6f3040',
    'Storage Actions Blob Data Operator',
    '',
    '',
    'Microsoft.Storage/storageAccounts/blobServices/containers/blobs/read Microsoft.Storage/storageAccounts/blobServices/containers/blobs/write Microsoft.Storage/storageAccounts/blobServices/containers/blobs/delete Microsoft.Storage/storageAccounts/blobServices/containers/blobs/add/action',
    '',
  ],
  [
    '77789c21-1643-48a2-8f27-47f858540b51',
    'Storage Actions Task Assignment Contributor',
    'Microsoft.Authorization/roleAssignments/write',
    '',
    '',
    '',
    true,
  ],
  [
    'ba92f5b4-2d11-453d-a403-e96b0029c9fe',
    'Storage Blob Data Contributor',
    'Microsoft.Storage/storageAccounts/blobServices/containers/delete',
    '',
    'Microsoft.Storage/storageAccounts/blobServices/containers/blobs/delete Microsoft.Storage/storageAccounts/blobServices/containers/blobs/read Microsoft.Storage/storageAccounts/blobServices/containers/blobs/write Microsoft.Storage/storageAccounts/blobServices/containers/blobs/add/action',
    '',
  ],
  [
    'b7e6dc6d-f1e8-4753-8033-0f276bb0955b',
    'Storage Blob Data Owner',
    'Microsoft.Storage/storageAccounts/blobServices/containers/*',
    '',
    'Microsoft.Storage/storageAccounts/blobServices/containers/blobs/*',
    '',
  ],
  [
    '2a2b9908-6ea1-4ae2-8e65-a410df84e7d1',
    'Storage Blob Data Reader',
    '',
    '',
    'Microsoft.Storage/storageAccounts/blobServices/containers/blobs/read',
    '',
  ],
  [
    '9d819e60-1b9f-4871-b492-4e6cdee0b50a',
    'Storage Connector Contributor',
    'Microsoft.Storage/storageAccounts/listServiceSas/action',
    '',
    'Microsoft.Storage/storageAccounts/blobServices/containers/blobs/read Microsoft.Storage/storageAccounts/blobServices/containers/blobs/write',
    '',
  ],
  [
    '35c49d44-ccc1-4b18-8267-cfb3bacdd396',
    'Storage DataShare Contributor',
    'Microsoft.Storage/storageAccounts/listServiceSas/action',
    '',
    'Microsoft.Storage/storageAccounts/blobServices/containers/blobs/read',
    '',
  ],
  [
    'c8a487a2-c85b-4487-83a1-9f04cde10293',
    'Storage File Backup Contributor',
    'Microsoft.Storage/storageAccounts/fileServices/shares/delete',
    '',
    'Microsoft.Storage/storageAccounts/fileServices/fileShares/files/read',
    '',
  ],
  [
    '69566ab7-960f-475b-8e7c-b3118f30c6bd',
    'Storage File Data Privileged Contributor',
    '',
    '',
    'Microsoft.Storage/storageAccounts/fileServices/fileshares/files/read Microsoft.Storage/storageAccounts/fileServices/fileshares/files/write Microsoft.Storage/storageAccounts/fileServices/fileshares/files/delete',
    '',
  ],
  [
    'b8eda974-7b85-4f76-af95-65846b26df6d',
    'Storage File Data Privileged Reader',
    '',
    '',
    'Microsoft.Storage/storageAccounts/fileServices/fileshares/files/read',
    '',
  ],
  [
    'bbf004e3-0e4b-4f86-ae4f-1f8fb47b357b',
    'Storage File Data SMB Admin',
    '',
    '',
    'Microsoft.Storage/storageAccounts/fileServices/fileshares/files/read Microsoft.Storage/storageAccounts/fileServices/fileshares/files/write Microsoft.Storage/storageAccounts/fileServices/fileshares/files/delete',
    '',
  ],
  [
    'a235d3ee-5935-4cfb-8cc5-a3303ad5995e',
    'Storage File Data SMB MI Admin',
    '',
    '',
    'Microsoft.Storage/storageAccounts/fileServices/fileshares/files/read Microsoft.Storage/storageAccounts/fileServices/fileshares/files/write Microsoft.Storage/storageAccounts/fileServices/fileshares/files/delete',
    '',
  ],
  [
    '0c867c2a-1d8c-454a-a3db-ab2ea1bdc8bb',
    'Storage File Data SMB Share Contributor',
    '',
    '',
    'Microsoft.Storage/storageAccounts/fileServices/fileshares/files/read Microsoft.Storage/storageAccounts/fileServices/fileshares/files/write Microsoft.Storage/storageAccounts/fileServices/fileshares/files/delete',
    '',
  ],
  [
    'a7264617-510b-434b-a828-9731dc254ea7',
    'Storage File Data SMB Share Elevated Contributor',
    '',
    '',
    'Microsoft.Storage/storageAccounts/fileServices/fileshares/files/read Microsoft.Storage/storageAccounts/fileServices/fileshares/files/write Microsoft.Storage/storageAccounts/fileServices/fileshares/files/delete',
    '',
  ],
  [
    'aba4ae5f-2193-4029-9191-0cb91df5e314',
    'Storage File Data SMB Share Reader',
    '',
    '',
    'Microsoft.Storage/storageAccounts/fileServices/fileshares/files/read',
    '',
  ],
  [
    'e7a9e73d-4397-41f2-a282-af8b65aaa2dc',
    'Storage File Restore Contributor',
    '',
    '',
    'Microsoft.Storage/storageAccounts/fileServices/fileShares/files/delete Microsoft.Storage/storageAccounts/fileServices/fileShares/files/read Microsoft.Storage/storageAccounts/fileServices/fileShares/files/write',
    '',
  ],
  [
    '974c5e8b-45b9-4653-ba55-5f855dd0fb88',
    'Storage Queue Data Contributor',
    '',
    '',
    'Microsoft.Storage/storageAccounts/queueServices/queues/messages/delete Microsoft.Storage/storageAccounts/queueServices/queues/messages/read Microsoft.Storage/storageAccounts/queueServices/queues/messages/write Microsoft.Storage/storageAccounts/queueServices/queues/messages/process/action',
    '',
  ],
  [
    '8a0f0c08-91a1-4084-bc3d-661d67233fed',
    'Storage Queue Data Message Processor',
    '',
    '',
    'Microsoft.Storage/storageAccounts/queueServices/queues/messages/read Microsoft.Storage/storageAccounts/queueServices/queues/messages/process/action',
    '',
  ],
  [
    'c6a89b2d-59bc-44d0-9896-0f6e12d7b80a',
    'Storage Queue Data Message Sender',
    '',
    '',
    'Microsoft.Storage/storageAccounts/queueServices/queues/messages/add/action',
    '',
  ],
  [
    '19e7f393-937e-4f77-808e-94535e297925',
    'Storage Queue Data Reader',
    '',
    '',
    'Microsoft.Storage/storageAccounts/queueServices/queues/messages/read',
    '',
  ],
  [
    '0a9a7e1f-b9d0-4cc4-a60d-0319b160aaa3',
    'Storage Table Data Contributor',
    '',
    '',
    'Microsoft.Storage/storageAccounts/tableServices/tables/entities/read Microsoft.Storage/storageAccounts/tableServices/tables/entities/write Microsoft.Storage/storageAccounts/tableServices/tables/entities/delete',
    '',
  ],
  [
    '76199698-9eea-4c19-bc75-cec21354c6b6',
    'Storage Table Data Reader',
    '',
    '',
    'Microsoft.Storage/storageAccounts/tableServices/tables/entities/read',
    '',
  ],
  [
    '18d7d88d-d35e-4fb5-a5c3-7773c20a72d9',
    'User Access Administrator',
    'Microsoft.Authorization/* */read',
    '',
    '',
    '',
  ],
  [
    'dfce8971-25e3-42e3-ba33-6055438e3080',
    'VM Restore Operator',
    'Microsoft.Compute/disks/delete Microsoft.Compute/disks/beginGetAccess/action Microsoft.Compute/virtualMachines/write Microsoft.Compute/virtualMachines/delete Microsoft.Compute/virtualMachines/extensions/write Microsoft.Storage/storageAccounts/blobServices/containers/delete Microsoft.Storage/storageAccounts/listKeys/action Microsoft.Storage/storageAccounts/write',
    '',
    'Microsoft.Storage/storageAccounts/blobServices/containers/blobs/delete Microsoft.Storage/storageAccounts/blobServices/containers/blobs/read Microsoft.Storage/storageAccounts/blobServices/containers/blobs/write Microsoft.Storage/storageAccounts/blobServices/containers/blobs/add/action',
    '',
  ],
  [
    '1c0163c0-47e6-4577-8991-ea5c82e286e4',
    'Virtual Machine Administrator Login',
    '',
    '',
    'Microsoft.Compute/virtualMachines/login/action Microsoft.Compute/virtualMachines/loginAsAdmin/action Microsoft.HybridCompute/machines/loginAsAdmin/action',
    '',
  ],
  [
    '9980e02c-c2be-4d73-94e8-173b1dc7cf3c',
    'Virtual Machine Contributor',
    'Microsoft.Compute/virtualMachines/* Microsoft.Compute/virtualMachineScaleSets/* Microsoft.Compute/cloudServices/* Microsoft.Compute/disks/delete Microsoft.RecoveryServices/Vaults/write Microsoft.SqlVirtualMachine/* Microsoft.Storage/storageAccounts/listKeys/action',
    '',
    '',
    '',
  ],
  [
    '66f75aeb-eabe-4b70-9f1e-c350c4c9ad04',
    'Virtual Machine Data Access Administrator (preview)',
    'Microsoft.Authorization/roleAssignments/write',
    '',
    '',
    '',
    true,
  ],
  [
    'fb879df8-f326-4884-b1cf-06f3ad86be52',
    'Virtual Machine User Login',
    '',
    '',
    'Microsoft.Compute/virtualMachines/login/action',
    '',
  ],
  ['de139f84-1756-47ae-9be6-808fbbe84772', 'Website Contributor', 'Microsoft.Web/sites/*', '', '', ''],
  [
    'a6333a3e-0164-44c3-b281-7a577aff287f',
    'Windows Admin Center Administrator Login',
    'Microsoft.HybridCompute/machines/extensions/*',
    '',
    '',
    '',
  ],
];

/** Roles that give nothing the model knows: settings, monitoring, billing, onboarding. */
const HARMLESS = `
  00493d72-78f6-4148-b6c5-d3ce8e4799dd 0105a6b0-4bb9-43d2-982a-12806f9faddb 01288891-85ee-45a7-b367-9db3b752fc65
  028f4ed7-e2a9-465e-a8f4-9c0ffdfdc027 02ca0879-e8e4-47a5-a61e-5c618b76e64a 0336e1d3-7a87-462b-b6db-342b63f7802c
  0343f3e8-01ac-4bb8-8f93-78b1d31ba64b 0378884a-3af5-44ab-8323-f5b22f9f3c98 03a6d094-3444-4b3d-88af-7477090a9e5e
  04165923-9d83-45d5-8227-78b77b0a687e 045b6ee5-0c68-42c4-9be0-7389794309f5 04f6c337-ffae-414c-b00f-3e80c9ab8a2c
  05352d14-a920-4328-a0de-4cbe7430e26b 056cd41c-7e88-42e1-933e-88ba6a50c9c3 05b1aaf9-00c9-477b-b0e8-2da660b78c51
  05b7651b-dc44-475e-b74d-df3db49fae0f 05fdd44c-adc6-4aff-981c-61041f0c929a 0618ae3d-2930-4bb7-aa00-718db34ee9f9
  063e4498-230d-40a9-be9b-037f35f982b5 0869d06d-e3d1-4472-8764-1bb71b2bdaf7 088ab73d-1256-47ae-bea9-9de8e7131f31
  08954f03-6346-4c2e-81c0-ec3a5cfae23b 08bbd89e-9f13-488c-ac41-acfcb10c90ab 09267e11-2e06-40b5-8fe4-68cea20794c9
  09976791-48a7-449e-bb21-39d1a415f350 0a5ae4ab-0d65-4eeb-be61-29fc9b54394b 0a7c2fa1-6f28-41a4-86b8-e74937c63222
  0ab34830-df19-4f8c-b84e-aa85b8afa6e8 0ad04412-c4d5-4796-b79c-f76d14c8d402 0b555d9b-b4a7-4f43-b330-627f0e5be8f0
  0b962ed2-6d56-471c-bd5f-3477d83a7ba4 0c34c906-8d99-4cb7-8bb7-33f5b0a1a799 0c8b84dc-067c-4039-9615-fa1a4b77c726
  0cd9749a-3aaf-4ae5-8803-bd217705bf3b 0db238c4-885e-4c4f-a933-aa2cef684fca 0e2ecf2a-0574-4b08-89e2-be133aa6303f
  0e5f05e5-9ab9-446b-b98d-1e2157c94125 0e75ca1e-0464-4b4d-8b93-68208a576181 0e91b552-ae32-49ea-9898-317af306aa4b
  0f2ebee7-ffd4-4fc0-b3b7-664099fdad5d 0f99d363-226e-4dca-9920-b807cf8e1a5f 0fa44ee9-7a7d-466b-9bb2-2bf446b1204d
  0fb8eba5-a2bb-4abe-b1c1-49dfad359bb0 10745317-c249-44a1-a5ce-3a4353c0bbd8 11076f67-66f6-4be0-8f6b-f0609fd05cc9
  11102f94-c441-49e6-a78b-ef80e0188abc 11b23f7a-6229-4518-88db-0576f10dd2a0 12675fd7-7f59-493f-9201-f7944860a2f1
  12b8206a-0216-4469-908d-a3e2025fe085 12cf5a90-567b-43ae-8102-96cf46c7d9b4 1363e94d-546f-4fe9-8434-b0eefb292d59
  136d308c-0937-4a49-9bd7-edfb42adbffc 13d06eae-ec82-4345-bcd6-c38625ddffbc 142bfaed-a13f-4c2d-bed2-6db62c4a1009
  15e0f5a1-3450-4248-8e25-e2afe88a9e85 1694e55a-2496-4d07-b005-7259aa3fcbe8 175b81b9-6e0d-490a-85e4-0d422273c10c
  17e4de9d-139f-4531-b521-20804c310cf8 1823dd4f-9b8c-4ab6-ab4e-7397a3684615 188a0f2f-5c9e-469b-ae67-2aa5ce574b94
  18ab4d3d-a1bf-4477-8ad9-8359bc988f69 18e40d4e-8d2e-438d-97e1-9528336e149c 18e81cdc-4e98-4e29-a639-e7d10c5a6226
  18ed5180-3e48-46fd-8541-4ea054d57064 19c28022-e58e-450d-a464-0b2a53034789 19d36063-d00b-4ea5-a1ac-a7c4926a0b78
  19feefae-eacc-4106-81fd-ac34c0671f14 1a40e87e-6645-48e0-b27a-0b115d849a20 1a5682fc-4f12-4b25-927e-e8cfed0c539e
  1a6f9009-515c-4455-b170-143e4c9ce229 1a928ab0-1fee-43cf-9266-f9d8c22a8ddb 1abf4029-2200-4343-800c-e4c4c01eddbd
  1af232de-e806-426f-8ca1-c36142449755 1afdec4b-e479-420e-99e7-f82237c7c5e6 1b32c00b-7eff-4c22-93e6-93d11d72d2d8
  1b7f3653-4324-473a-9165-bc55e4d04ba8 1c9b6475-caf0-4164-b5a1-2142a7116f4b 1cd7e4da-2789-457f-adbe-3e9e84037a93
  1d18fff3-a72a-46b5-b4a9-0b38a3cd7e63 1d8c3fe3-8864-474b-8749-01e3783e8157 1dc4cd5a-de51-4ee4-bc8e-b40e9c17e320
  1df7cd83-1d3f-41df-95b0-53b30d963369 1dfc38e8-6ce7-447f-807c-029c65262c5f 1ec5b3c1-b17e-4e25-8312-2acb3c3c5abf
  1ef6a3be-d0ac-425d-8c01-acb62866290b 1f135831-5bbe-4924-9016-264044c00788 1fd5d8bf-9037-4ede-89bf-680f798e2765
  200bba9e-f0c8-430f-892b-6f0794863803 2016c9ed-c18d-4120-93d7-178e583efe92 207bcc4b-86a6-4487-9141-d6c1f4c238aa
  20cf746c-c765-402a-885e-c389c64478ce 21090545-7ca7-4776-b22c-e363652d74d2 2142ea27-02ad-4094-bfea-2dbac6d24934
  21bffb94-04c0-4ed0-b676-68bb926e832b 21efdde3-836f-432b-bf3d-3e8e734d4b2b 222f0527-8571-4054-955d-aae12f1d09d6
  223653d0-bf85-419e-ac7a-a67edf5fc44b 225efd4d-4ca0-42a1-ae53-5f233ba23c73 22926164-76b3-42b3-bc55-97df8dab3e41
  233ca253-b031-42ff-9fba-87ef12d6b55f 2414bbcf-6497-4faf-8c65-045460748405 246fffca-69ee-4945-bbf1-2a867dce4fda
  25211fc6-dc78-40b6-b205-e4ac934fd9fd 2593f4c7-8bf4-4fff-9804-2ee069b41902 25cabde7-1a6c-4350-8877-cb6fe59f1399
  26baccc8-eea7-41f1-98f4-1762cc7f685d 26e0b698-aa6d-4085-9386-aadae190014d 2718b1f7-eb07-424e-8868-0137541392a1
  27af9d98-85b7-4dad-bc1b-df53a7fc8877 27ddfca1-add5-422d-9817-ab0d2d13dc6c 27f8b550-c507-4db9-86f2-f4b8e816d59d
  281928aa-9782-4d9a-954a-3f34c1ed9f95 28241645-39f8-410b-ad48-87863e2951d5 2837e146-70d7-4cfd-ad55-7efa6464f958
  285ce6d6-fa11-43bd-94ef-42a9b3740bfd 289d8817-ee69-43f1-a0af-43a45505b488 28bf596f-4eb7-45ce-b5bc-6cf482fec137
  29093635-9924-4f2c-913b-650a12949526 29e2da8a-229c-4157-8ae8-cc72fc506b74 2a5c394f-5eb7-4d4f-9c8e-e8eae39faebc
  2a740172-0fc2-4039-972c-b31864cd47d6 2a94a2fd-3c4f-45d1-847d-6585ba88af94 2ad6aaab-ead9-4eaa-8ac5-da422f562408
  2bed379c-9fba-455b-99e4-6b911073bcf2 2c56ea50-c6b3-40a6-83c0-9d98858bc7d2 2c7a01fe-5518-4a42-93c2-658e45441691
  2cc479cb-7b4d-49a8-b449-8c00fd0f0a4b 2ccf8795-8983-4912-8036-1c45212c95e8 2d50f159-7b96-4f1e-8fc7-fee6957ab7cc
  2d84a65a-63b2-4343-bbb6-31105d857bc1 2e481b5d-5af3-463b-8b01-f9c948aaf0c5 30b27cfc-9c84-438e-b0ce-70e35255df80
  31a002a1-acaf-453e-8a5b-297c9ca1ea24 31ef6312-5b0c-4ce9-8c5d-587a91344fe7 32c34659-0f83-4a4c-80f2-63a244f8ae0b
  33cdeeac-0940-4f85-9317-7e2432c17289 345f07df-7946-4fa9-9edd-80e603e89ea1 350f8d15-c687-4448-8ae1-157740a3936d
  352470b3-6a9c-4686-b503-35deb827e500 35ffec73-9cb8-4593-8718-40d5bc4b7f6f 360cab3d-4340-4c96-816d-682fbd52b3e2
  361898ef-9ed1-48c2-849c-a832951106bb 36e80216-a7e8-4f42-a7e1-f12c98cbaf8a 374a1cc6-96cb-4946-8d8b-a41054c8ae97
  376d0802-aca8-4c2d-83a5-c88630f396fe 379c52cb-64de-498c-8b5b-c6170d6c49d4 38863829-c2a4-4f8d-b1d2-2e325973ebc7
  3910633d-19d0-4d31-b5e6-4f3101b137b9 3913510d-42f4-4e42-8a64-420c390055eb 39138f76-04e6-41f0-ba6b-c411b59081a9
  392ae280-861d-42bd-9ea5-08ee6d83b80e 399c3b2b-64c2-4ff1-af34-571db925b068 39ea2c4e-798a-4469-b81d-65dc7c54cbdb
  39fcb0de-8844-4706-b050-c28ddbe3ff83 3ae3fb29-0000-4ccd-bf80-542e7b26e081 3afb7f49-54cb-416e-8c09-6dc049efa503
  3b20f47b-3825-43cb-8114-4bd2201156a8 3b5a0aa9-eccd-48dc-9011-f2fd03b5e5f9 3bb7c424-af4e-436b-bfcc-8779c8934c31
  3d24a3a0-c154-4f6f-a5ed-adc8e01ddb74 3d55a8f6-4133-418d-8051-facdb1735758 3d5f3eff-eb94-473d-91e3-7aac74d6c0bb
  3db33094-8700-4567-8da5-1501d4e7e843 3df8b902-2a6f-47c7-8cc5-360e9b272a7e 3e43f27e-8f98-43b0-9036-e5ae540c968a
  3e9f3756-203e-4734-a0b8-4b68691ffae3 3f2eb865-5811-4578-b90a-6fc6fa0df8e5 3f88fce4-5892-4214-ae73-ba5294559913
  3f99eaab-6f59-4877-adf5-1cacd22e20b0 41077137-e803-4205-871c-5a86e6a753b4 413f2675-4911-4010-be3b-c720b43a3c59
  41e04612-9dac-4699-a02b-c82ff2cc3fb5 420fcaa2-552c-430f-98ca-3264be4806c7 423170ca-a8f6-4b0f-8487-9e4eb8f49bfa
  426e0c7f-0c7e-4658-b36f-ff54d6c29b45 428e0ff0-5e57-4d9c-a221-2c70d0e0a443 42f3c60f-e7b1-46d7-ba56-6de681664342
  4301dc2a-25a9-44b0-ae63-3636cf7f2bd2 4339b7cf-9826-4e41-b4ed-c7f4505dac08 434105ed-43f6-45c7-a02f-909b2ba83430
  434fb43a-c01c-447e-9f67-c3ad923cfaba 437d2ced-4a38-4302-8479-ed2bcb43d090 4417a88f-3e58-4cf2-a4e9-112cf414254c
  4465e953-8ced-4406-a58e-0f6e3f3b530b 44a00263-b2a0-45d5-a618-5d8d11709349 45265627-32f7-4da4-9ab0-b1cb0e9ec70b
  4562aac9-b209-4bd7-a144-6d7f3bb516f4 45bb0b16-2f0c-4e78-afaa-a07599b003f6 45d50f46-0b78-4001-a660-4198cbe8cd05
  46023a6a-0702-4cbf-956c-d8c3ac27bc2b 463ad26c-fcce-4469-9c7f-5653d8acbab5 466ccd10-b268-4a11-b098-b4849f024126
  46c70067-0f50-457f-8137-2449c90de518 478d20ba-a53e-4946-b33c-8078a92f2d0a 47b7735b-770e-4598-a7da-8b91488b4c88
  489581de-a3bd-480d-9518-53dea7416b33 48e5e92e-a480-4e71-aa9c-2778f4c13781 49435da6-99fe-48a5-a235-fc668b9dc04a
  494ae006-db33-4328-bf46-533a6560a3ca 494bdba2-168f-4f31-a0a1-191d2f7c028c 49632ef5-d9ac-41f4-b8e7-bbe587fa74a1
  49a72310-ab8d-41df-bbb0-79b649203868 49e2f5d2-7741-4835-8efa-19e1fe35e47f 49fc33c1-886f-4b21-a00e-1d9993234734
  4a167cdf-cb95-4554-9203-2347fe489bd9 4a9ae827-6dc8-4573-8ac7-8239d42aa03f 4aa368ec-fba9-4e93-81ed-396b3d461cc5
  4abbcc35-e782-43d8-92c5-2d3f1bd2253f 4accf36b-2c05-432f-91c8-5c532dff4c73 4b0f2fd7-60b4-4eca-896f-4435034f8bf5
  4b2b8358-764b-4884-85c6-f4b7946d95ad 4b3fe76c-f777-4d24-a2d7-b027b0f7b273 4b42bd01-da42-4c92-9b07-15ea5bd6a602
  4ba50f17-9666-485c-a643-ff00808643f0 4c7fd853-7345-4453-babd-e9481e9b460b 4c8d0bbc-75d3-4935-991f-5f3c56d81508
  4caf51ec-f9f5-413f-8a94-b9f5fddba66b 4cfdd23b-aece-4fd1-b614-ad3a06c53453 4d8c6f2e-3fd6-4d40-826e-93e3dc4c3fc1
  4d97b98b-1d4f-4787-a291-c67834d212e7 4dae6930-7baf-46f5-909e-0383bc931c46 4dd61c23-6743-42fe-a388-d8bdd41cb745
  4e9d0bd4-5aab-4f91-92df-9def33fe287c 4ea46cd5-c1b2-4a8e-910b-273211f9ce47 4f1e6fca-3fde-4291-961e-642def6d5e1d
  4f772c11-8026-4833-859c-5c23e84b5c30 4fc6c259-987e-4a07-842e-c321cc9d413f 4fe576fe-1146-4730-92eb-48519fa6bf9f
  50346970-0998-40f2-b47d-f3b8809840f8 5052f0f9-7e27-4570-bc13-9ee1cf442526 515c2055-d9d4-4321-b1b9-bd0c9a0f79fe
  517781b0-5ad4-4418-94d5-f2421834b586 51d6186e-6489-4900-b93f-92e23144cca5 52fd16bd-6ed5-46af-9c40-29cbd7952a29
  53747cdd-e97c-477a-948c-b587d0e514b2 539283cd-c185-4a9a-9503-d35217a1db7b 53b2724d-1e51-44fa-b586-bcace0c82609
  53ca6127-db72-4b80-b1b0-d745d6d5456d 53e48117-a530-4075-bcbe-d91913e3bdb8 5432c526-bc82-444a-b7ba-57c5b0b5b34f
  548d7e7c-65ee-412b-ae37-2dbb419d4207 55077723-1b30-4603-a70b-68de134cfa20 56328988-075d-4c6a-8766-d93edd6725b6
  566f0da3-e2a5-4393-9089-763f8bab8fb6 56e95fdc-3337-468d-b964-30d07f2a2018 57cc5028-e6a7-4284-868d-0611c5923f8d
  585db2ed-219e-4821-a06a-c6c14b602afa 58a3b984-7adf-4c20-983a-32417c86fbc8 58b80de8-4b34-424c-9e47-23faf0f7cfe2
  59a2dba3-6303-4fd8-9a2e-8cbb4bdda972 59a618e3-3c9a-406e-9f03-1a20dd1c55f1 59c05558-2358-462d-ba19-afbd7118936d
  59f98be6-0817-488b-831e-36a353c8000b 5a1fc7df-4bf1-4951-a576-89034ee01acd 5af6afb3-c06c-4fa4-8848-71a8aee05683
  5bc02df6-6cd5-43fe-ad3d-4c93cf56cc16 5c227a58-cff3-4b51-9fa3-51bdafb6ca55 5c2d7e57-b7c2-4d8a-be4f-82afa42c6e95
  5c4089e1-6d96-4d2f-b296-c1bc7137275f 5ca51376-e049-4302-abcc-64c588049c59 5d0402fa-1042-4603-9e01-7fea218a05af
  5d1e5ee4-7c68-4a71-ac8b-0739630a3dfb 5d28c62d-5b37-4476-8438-e587778df237 5d51204f-eb77-4b1c-b86a-2ec626c49413
  5d58bcaf-24a5-4b20-bdb6-eed9f69fbe4c 5d5dddae-e124-4753-972d-aae60b37deb4 5d9bac3f-34b2-432f-bde5-78aa8e73ce6b
  5d9c6a55-fc0e-4e21-ae6f-f7b095497342 5dffeca3-4936-4216-b2bc-10343a5abb25 5e0bd9bd-7b93-4f28-af87-19fc36ad61bd
  5e28a61e-8040-49db-b175-bb5b88af6239 5e3c6656-6cfa-4708-81fe-0de47ac73342 5e523d62-66de-4912-99be-6b009b7839cc
  5eaf7b81-a48f-45ed-b6b4-c64bfe86d523 5f569efd-4da5-4123-99cd-d42fbb2a836e 5fb5aef8-1081-4b8e-bb16-9d5d0385bab5
  602da2ba-a5c2-41da-b01d-5360126ab525 60921a7e-fef1-4a43-9b16-a26c52ad4769 609c0c20-e0a0-4a71-b99f-e7e755ac493d
  60fc6e62-5479-42d4-8bf4-67625fcc2840 612c2aa1-cb24-443b-ac28-3ab7272de6f5 6188b7c9-7d01-4f99-a59f-c88b630326c0
  61aed14c-6c9a-4ed5-aa44-49fc5e96a167 61eb6405-5f4a-440b-ad03-fe06c5c85e44 61ed4efc-fab3-44fd-b111-e24485cc132a
  6322a993-d5c9-4bed-b113-e49bbea25b27 63304235-eaf4-4c15-8e93-46c483611231 63342533-d951-495d-a3c3-a459aa02362b
  635dd51f-9968-44d3-b7fb-6d9a6bd613ae 63bb64ad-9799-4770-b5c3-24ed299a07bf 63f0a09d-1495-4db4-a681-037d84835eb4
  64375caa-ac3e-48b3-9492-da4d60aba7bb 646a9378-973f-42fd-927f-62d1c4381f50 64702f94-c441-49e6-a78b-ef80e0188fee
  6593e776-2a30-40f9-8a32-4fe28b77655d 65a14201-8f6c-4c28-bec4-12619c5a9aaa 662802e2-50f6-46b0-aed2-e834bacc6d12
  6670b86e-a3f7-4917-ac9b-5d6ab1be4567 66bb4e9e-b016-4a94-8249-4c0511c2be84 673366d4-9664-4020-b03b-b0093366bff9
  679dc20a-52e8-4ac0-a23c-3b557dfb1e24 67d33e57-3129-45e6-bb0b-7cc522f762fa 68899692-f960-4247-af28-82f55b357997
  68ff5d27-c7f5-4fa9-a21c-785d0df7bd9e 69a41f41-6dce-4ea7-8a34-8e095ddba55c 6aaa78f1-f7de-44ca-8722-c64a23943cae
  6aac74c4-6311-40d2-bbdd-7d01e7c6e3a9 6ae96244-5829-4925-a7d3-5975537d91dd 6b534d80-e337-47c4-864f-140f5c7f593d
  6b77f0a0-0d89-41cc-acd1-579c22c17a67 6be48352-4f82-47c9-ad5e-0acacefdb005 6c74a7c5-4a87-40f9-bb03-61e49aecbc78
  6cba8790-29c5-48e5-bab1-c7541b01cb04 6cdbb904-5ff3-429d-8169-7d7818b91bd8 6cef56e8-d556-48e5-a04f-b8e64114680f
  6d461258-d39c-46cc-8ca1-cab4120979d8 6d6f52ba-a7de-4c56-a58f-522154514fba 6d949e1d-41e2-46e3-8920-c6e4f31a8310
  6d994134-994b-4a59-9974-f479f0b227fb 6e0c8711-85a0-4490-8365-8ec13c4560b4 6f12a6df-dd06-4f3e-bcb1-ce8be600526a
  6f4fe6fc-f04f-4d97-8528-8bc18c848dca 6f91a4f9-10ee-4b95-b8cd-96ee73c5968d 6fbca9a8-3561-41fd-8b20-6576043c1076
  6fe711ec-654d-4ef7-8e32-eb7de3d94774 7021ea36-e168-4bc0-af53-88de51d20665 70bbe301-9835-447d-afdd-19eb3167307c
  71522526-b88f-4d52-b57f-d31fc3546d0d 72fafb9e-0641-4937-9268-a91bfd8191a3 73c2c328-d004-4c5e-938c-35c6f5679a1f
  74252426-c508-480e-9345-4607bbebead4 749a398d-560b-491b-bb21-08924219302e 754c1a27-40dc-4708-8ad4-2bffdeee09e8
  76153a9e-0edb-49bc-8e01-93c47e6b5180 7628b7b8-a8b2-4cdc-b46f-e9b35248918e 76315a85-9e6b-4514-9780-868b1977b64e
  7656b436-37d4-490a-a4ab-d39f838f0042 765a04e0-5de8-4bb2-9bf6-b2a30bc03e91 76cc9ee4-d5d3-4a45-a930-26add3d73475
  77be276d-fb44-4f3b-beb5-9bf03c4cd2d3 78739afa-3ece-4d6b-90ba-762fdccd7438 78cbd9e7-9798-4e2e-9b5a-547d9ebb31fb
  78cf819f-0969-4ebe-8759-015c6efcd5bf 78e4b983-1a0b-472e-8b7d-8d770f7c5890 78eacb5e-e318-4560-85a9-e6a724ca60c9
  79732128-7761-4733-aebf-35590da9f29b 79a36d98-eb96-4a76-ae1d-481dc98d2c23 79b01272-bf9f-4f4c-9517-5506269cf524
  7a6f0e70-c033-4fb1-828c-08514e5f4102 7ac06ca7-21ca-47e3-a67b-cbd6e6223baf 7b1f81f9-4196-4058-8aae-762e593270df
  7b3e853f-ad5d-4fb5-a7b8-56a3581c7037 7c2e40b7-25eb-482a-82cb-78ba06cb46d5 7d0c0268-1199-449b-a52e-75c20879f46b
  7e4f1700-ea5a-4f59-8f37-079cfe29dce3 7eabc9a4-85f7-4f71-b8ab-75daaccc1033 7ec7ccdc-f61e-41fe-9aaf-980df0a44eba
  7ee386e9-84f0-448e-80a6-f185f6533131 7f646f1b-fa08-80eb-a22b-edd6ce5c915c 7f646f1b-fa08-80eb-a33b-edd6ce5c915c
  7f6c6a51-bcf8-42ba-9220-52d62157d7db 804db8d3-32c7-4ad4-a975-3f6f90d5f5f5 80558df3-64f9-4c0f-b32d-e5094b036b0b
  80d0d6b0-f522-40a4-8886-a5a11720c375 80dcbedb-47ef-405d-95bd-188a1b4ac406 81b67e46-ef5b-4404-bddd-090985bb4a28
  8210e6a3-4e4c-4e1a-bd83-ef8bac788a45 82200a5b-e217-47a5-b665-6d8765ee745b 82b2f1a9-9593-4498-a824-c209343a28ec
  83ee7727-862c-4213-8ed8-2ce6c5d69a40 84c36cf8-7fcd-4453-af30-5f5b52b86732 8508508a-4469-4e45-963b-2518ee0bb728
  850c5848-fc51-4a9a-8823-f220370626e3 852e55ca-96ce-48b0-abca-2cd74d9042ca 85546f1f-f28b-4cb3-b852-73e422a96897
  85cb6faf-e071-4c9b-8136-154b5a04f717 86240b0e-9422-4c43-887b-b61143f32ba8 865ae368-6a45-4bd1-8fbf-0d5151f56fc1
  86fede04-b259-4277-8c3e-e26b9865abd8 871e35f6-b5c1-49cc-a043-bde969a0f2cd 88424f51-ebe7-446f-bc41-7fa16989e96c
  89f7a3ec-e9d0-40eb-9b96-c016a5c2a53f 8a3c2885-9b38-4fd2-9d99-91af537c1347 8a90fa6b-6997-4a07-8a95-30633a7c97b9
  8aac15f0-d885-4138-8afa-bfb5872f7d13 8ad4d0ee-9bfb-49e8-93fc-01abb8db6240 8b9beb50-e28c-4879-8472-24c9d328085f
  8b9dfcab-4b77-4632-a6df-94bd07820648 8bbe83f1-e2a6-4df7-8cb4-4e04d4e5c827 8c87871d-6201-42da-abb1-1c0c985ff71c
  8d6517c1-e434-405c-9f3f-e0ae65085d76 8d7ecc5c-f27b-43cf-883f-46409d445502 8d8d5a11-05d3-4bda-a417-a08778121c7c
  8da79822-b118-42bc-83c9-789fdbdcd77b 8e253927-1f29-4d89-baa2-c3a549eff423 8ea85a25-eb16-4e29-ab4d-6f2a26c711a2
  8ec773c5-7ce6-4b78-91d1-182f8faa536d 8f5e0ce6-4f7b-4dcf-bddf-e6f48634a204 8f96442b-4075-438f-813d-ad51ab4019af
  8fe6e843-6d9e-417b-9073-106b048f50bb 9106cda0-8a86-4e81-b686-29a22c54effe 91422e52-bb88-4415-bb4a-90f5b71f6dcb
  91c1777a-f3dc-4fae-b103-61d183457e46 92318126-08be-45d0-a1b2-532e6c7d52ce 9295f069-25d0-4f44-bb6a-3da70d11aa00
  93586559-c37d-4a6b-ba08-b9f0940c2d73 93ef01d8-7600-4956-9f82-b924cb66bfc6 93f83a62-9a8b-4821-9827-5b3ee513aec3
  955d0cb2-de4e-43ed-819a-14220e079ba7 9565a273-41b9-4368-97d2-aeb0c976a9b3 959f8984-c045-4866-89c7-12bf9737be2e
  965033a5-c8eb-4f35-b82f-fef460a3606d 9697f39a-3a08-4fc8-ab07-674a0d5cacdd 96ebd254-ecc7-4590-aff5-e9af3ff5f3b3
  97922edc-56af-49a9-8996-4679a6e10e68 97dfb3ce-e936-462c-9425-9cdb67e66d45 980cf6f7-edec-4fd1-8e9e-28f70b1d5258
  985d6b00-f706-48f5-a6fe-d0ca12fb668d 9894cab4-e18a-44aa-828b-cb588cd6f2d7 98c206fe-ea1b-4578-93f8-83a99a5628fc
  98d40527-c073-4096-943a-dd593105ca9c 99626c15-0799-47ad-96ab-f298031f69d6 9a0e5da3-6c70-4a35-b13a-715cd5a7919a
  9c1607d1-791d-4c68-885d-c7b7aaff7c8a 9c77f8a7-b0b9-4462-844c-de6e66add8ba 9cf8853f-1e61-4999-915d-3e018bfc8a71
  9d3ef640-3c86-4e0a-8907-8d361559c012 9ef4ef9c-a049-46b0-82ab-dd8ac094c889 a001fd3d-188f-4b5d-821b-7da978bf7442
  a00ed373-f085-4b75-a950-53eacdc52ac0 a02f7c31-354d-4106-865a-deedf37fa038 a06f5c24-21a7-4e1a-aa2b-f19eb6684f5b
  a12b0b94-b317-4dcd-84a8-502ce99884c6 a1705bd2-3a8f-45a5-8683-466fcfd5cc24 a1f96423-95ce-4224-ab27-4e3dc72facd4
  a2138dac-4907-4679-a376-736901ed8ad8 a227fb39-f479-404b-96fd-0176f5d88ab4 a2425b74-61f3-4bff-97cb-d0e3bc906777
  a2c4a527-7dc0-4ee3-897b-403ade70fafb a316ed6d-1efe-48ac-ac08-f7995a9c26fb a366d631-94bf-46bf-b4af-b38f28c80774
  a36e6959-b6be-4b12-8e9f-ef4b474d304d a37b566d-3efa-4beb-a2f2-698963fa42ce a3ab03bc-5350-42ff-b0d5-00207672db55
  a41e2c5b-bd99-4a07-88f4-9bf657a760b8 a4b10055-b0c7-44c2-b00f-c7b5b3550cf7 a4b156ac-253f-4a1a-9851-96d62b71b047
  a51d5f27-deba-47d1-9ccd-8589014b2e28 a51eacd1-6976-43ce-b6b6-83585e3639f0 a5c3590a-3a1a-4cd4-9648-ea0a32b15137
  a5eb8433-97a5-4a06-80b2-a877e1622c31 a60da355-bdec-443f-8d42-a03f0422f04d a68e7c17-0ab2-4c09-9a58-125dae29748c
  a6a9a135-9048-45df-b559-a90bb025e92f a795c7a0-d4a2-40c1-ae25-d81f01202912 a79a5197-3a5c-4973-a920-486035ffd60f
  a8281131-f312-4f34-8d98-ae12be9f0d23 a8d01690-9418-4783-8ca2-9f0f1791783d a8d4b70f-0fb9-4f72-b267-b87b2f990aec
  a954a0e0-f57f-4606-8421-fd7bd4e54b0f a97b65f3-24c7-4388-baec-2e87135dc908 a99b0159-1064-4c22-a57b-c9b3caa1c054
  a9a19cc5-31f4-447c-901f-56c0bb18fcaf a9b99099-ead7-47db-8fcf-072597a61dfa ab24b16e-fd5d-41b5-839e-6c6d2ad32363
  ac63b705-f282-497d-ac71-919bf39d939d ac7d1e6d-3070-4d7d-9cd9-7adbf5cdd579 ad2dd5fb-cd4b-4fd4-a9b6-4fed3630980b
  adb29209-aa1d-457b-a786-c913953d2891 adc3c795-c41e-4a89-a478-0b321783324c add466c9-e687-43fc-8d98-dfcf8d720be5
  ae349356-3a1b-4a5e-921d-050484c6347e aebf23d0-b568-4e86-b8f9-fe83a2c6ab55 af61e8fc-2633-4b95-bed3-421ad6826515
  af6a70f8-3c9f-4105-acf1-d719e9fca4ca af854a69-80ce-4ff7-8447-f1118a2e0ca8 b0d8363b-8ddd-447d-831f-62ca05bff136
  b0ffeab8-d678-4570-b532-ce96bf97b032 b12aa53e-6015-4669-85d0-8515ebb3ae7f b130f7de-5374-4e3d-ada8-bae6e49114b9
  b1e6a0dd-ea0f-4108-8925-7047693f2cfe b256d512-9a3a-4a96-9366-9f54f900e58b b279062a-9be3-42a0-92ae-8b3cf002ec4d
  b29efa5f-7782-4dc3-9537-4d5bc70a5e9f b2de6794-95db-4659-8781-7e080d3f2b9d b34d265f-36f7-4a0d-a4d4-e158ca92e90f
  b3eb788f-5426-48bd-821d-561701ede368 b447c946-2db7-41ec-983d-d8bf3b1c77e3 b459aa1d-e3c8-436f-ae21-c0531140f43e
  b5092dac-c796-4349-8681-1a322a31c3f9 b54df9c1-53dc-45cc-a86d-7a83cced2ed0 b5537268-8956-4941-a8f0-646150406f0c
  b556d68e-0be0-4f35-a333-ad7ee1ce17ea b59867f0-fa02-499b-be73-45a86b5b3e1c b5b0c71d-aca9-4081-aee2-9b1bb335fc1a
  b5b192c1-773c-4543-bfb0-6c59254b74a9 b60367af-1334-4454-b71e-769d9a4f83d9 b64e21ea-ac4e-4cdf-9dc9-5b892992bee7
  b66c1f7c-c685-40d6-b8b8-64b8230febf4 b67fe603-310e-4889-b9ee-8257d09d353d b6ee44de-fe58-4ddc-b5c2-ab174eb23f05
  b73a14ee-91f5-41b7-bd81-920e12466be9 b7b8f583-43d0-40ae-b147-6b46f53661c1 b8b15564-4fa6-4a59-ab12-03e1d9594795
  b97fb8bc-a8b2-4522-a38b-dd33c7e65ead b9a307c4-5aa3-4b52-ba60-2b17c136cd7b ba480ccd-6499-4709-b581-8f38bb215c63
  ba79058c-0414-4a34-9e42-c3399d80cd5a babe7770-cdbc-4f46-9bd7-b90b34842946 bafa5965-3211-483c-a7b7-027648c789e9
  bb6577c4-ea0a-40b2-8962-ea18cb8ecd4e bba48692-92b0-4667-a9ad-c31c7b334ac2 bbf86eb8-f7b4-4cce-96e4-18cddf81d86e
  bcd981a7-7f74-457b-83e1-cceb9e632ffe bcf28286-af25-4c81-bb6f-351fcab5dbe9 bd80684d-2f5f-4130-892a-0955546282de
  bd8acdb0-202c-4493-a7fe-ef98eefbfbc4 be7a6435-15ae-4171-8f30-4a343eff9e8f befefa01-2a29-4197-83a8-272ff33ce314
  bf2b6809-e9a5-4aea-a6e1-40a9dc8c43a7 bf7f8882-3383-422a-806a-6526c631a88a bf94e731-3a51-4a7c-8c54-a1ab9971dfc1
  bfb1c7d2-fb1a-466b-b2ba-aee63b92deaf bfc3b73d-c6ff-45eb-9a5f-40298295bf20 bfdb9389-c9a5-478a-bb2f-ba9ca092c3c7
  c031e6a8-4391-4de0-8d69-4706a7ed3729 c0781e91-8102-4553-8951-97c6d4243cda c088a766-074b-43ba-90d4-1fb21feae531
  c0ff367d-66d8-445e-917c-583feb0ef0d4 c1410b24-3e69-4857-8f86-4d0a2e603250 c18f9900-27b8-47c7-a8f0-5b3b3d4c2bc2
  c1ff6cc2-c111-46fe-8896-e0ef812ad9f3 c20923c5-b089-47a5-bf67-fd89569c4ad9 c24cf47c-5077-412d-a19c-45202126392c
  c2a970b4-16a7-4a51-8c84-8a8ea6ee0bb8 c357b964-0002-4b64-a50d-7a28f02edc52 c459b115-f629-486b-b359-35feb5568b83
  c4bc862a-3b64-4a35-a021-a380c159b042 c5826735-177b-4a0d-a9a3-d0e4b4bda107 c64499e0-74c3-47ad-921c-13865957895c
  c6decf44-fd0a-444c-a844-d653c394e7ab c7244dfb-f447-457d-b2ba-3999044d1706 c7aa55d3-1abb-444a-a5ca-5e51e485d6ec
  c883607b-5c40-4930-b09a-19f58ae1c538 c8ae6279-5a0b-4cb2-b3f0-d4d62845742c c8d4ff99-41c3-41a8-9f60-21dfdad59608
  c8d896ba-346d-4f50-bc1d-7d1c84130446 c9ba051b-aad6-42fd-92dc-e48780abee75 c9c97b9c-105d-4bb5-a2a7-7d15666c2484
  c9f76ca8-b262-4b10-8ed2-09cf0948aa35 ca0835dd-bacc-42dd-8ed2-ed5e7230d15b ca62263b-07d5-4b48-b437-088803f5c2ff
  ca6382a4-1721-4bcf-a114-ff0c70227b6b cb43c632-a144-4ec5-977c-e80c4affc34a cbb820e9-e561-45bb-84c2-ef45d0a13f7d
  cc733c34-b633-4850-8d77-77aa26638325 cd08ab90-6b14-449c-ad9a-8f8e549482c6 cdda3590-29a3-44f6-95f2-9f980659eb04
  ce40b423-cede-4313-a93f-9b28290b72e1 ce551c02-7c42-47e0-9deb-e3b6fc3a9a83 ceadfde2-b300-400a-ab7b-6143895aa822
  cf7c76d2-98a3-4358-a134-615aa78bf44d cfd33db0-3dd1-45e3-aa9d-cdbdf3b6f24e cff1b556-2399-4e7e-856d-a8f754be7b65
  d04c6db6-4947-4782-9e91-30a88feb7be7 d0a94e7a-d791-4571-b2e0-8bdd8f867544 d0f495dc-44ef-4140-aeb0-b89110e6a7c1
  d17ce0a2-0697-43bc-aac5-9113337ab61c d18777c0-1514-4662-8490-608db7d334b6 d18ad5f3-1baf-4119-b49b-d944edb1f9d0
  d1a38570-4b05-4d70-b8e4-1100bcf76d12 d1ee9a80-8b14-47f0-bdc2-f4a351625a7b d1f699ed-700a-4c77-a22f-29890ac7b115
  d2acaa63-2a62-4c01-998a-cdbe7a00d709 d2e8fe82-9212-490f-af3e-34bb52d87d3d d3881f73-407a-4167-8283-e981cbba0404
  d39065c4-c120-43c9-ab0a-63eed9795f0a d57506d4-4c8d-48b1-8587-93c323f6a5a3 d59a3e9c-6d52-4a5a-aeed-6bf3cf0e31da
  d5a2ae44-610b-4500-93be-660a0c5f5ca6 d5a91429-5739-47e2-a06b-3470a27159e7 d5adeb5b-107f-4aca-99ea-4e3f4fc008d5
  d622af9a-030e-4f32-8267-419abfd54702 d623d097-b882-4e1e-a26f-ac60e31065a1 d63b75f7-47ea-4f27-92ac-e0d173aaf093
  d6470a16-71bd-43ab-86b3-6f3a73f4e787 d683b71b-2b91-4fc1-a43e-b53b3d85bed9 d68eeb8d-afae-4932-a331-203b7957e509
  d6a5505f-6ebb-45a4-896e-ac8274cfc0ac d6c7ff7d-dd03-45a8-af9c-2a825e11bf9f d715fb95-a0f0-4f1c-8be6-5ad2d2767f67
  d9cd91b9-dada-4fa9-9406-454c4659c137 da9adf61-39cd-41d5-87a0-30b21f7270d8 daa9e50b-21df-454c-94a6-a8050adab352
  dab09fbf-28d0-4b30-b97e-d2a0f680847a db58b8e5-c6ad-4a2a-8342-4190687cbf4a db7003cd-07a9-490c-bfa5-23e40314f8d7
  db7b14f2-5adf-42da-9f96-f2ee17bab5cb db9875ba-bd2b-4e98-934d-0daa549a07f0 dba33070-676a-4fb0-87fa-064dc56ff7fb
  dbaa88c4-0c30-4179-9fb3-46319faa6149 dc0882cc-bc27-4d21-9ea2-f821aaa10fb1 dca88c6f-5090-44cd-a0ff-a88f337b12a5
  dd24193f-ef65-44e5-8a7e-6fa6e03f7713 dd799a69-ffc8-4aa8-9701-b51f686857d9 ddde6b66-c0df-4114-a159-3618637b3035
  de2b316d-7a2c-4143-b4cd-c148f6a355a1 df87f177-bb12-4db1-9793-a413691eff94 dfb2f09d-25f8-4558-8986-497084006d7a
  dfce44e4-17b7-4bd1-a6d1-04996ec95633 e131102b-11a5-4ff4-8508-ed922132b74c e1663658-d5f7-4383-9afb-af9fdc9c5eae
  e2217c0e-04bb-4724-9580-91cf9871bc01 e3d13bf0-dd5a-482e-ba6b-9b8433878d10 e4237640-0e3d-4a46-8fda-70bc94856432
  e503ece1-11d0-4e8e-8e2c-7a6c3bf38815 e5e2a7ff-d759-4cd2-bb51-3152d37e2eb1 e6aadb6b-e64f-41c0-9392-d2bba3bc3ebc
  e7560e73-ee25-4ed7-94f9-666cca24b501 e79298df-d852-4c6d-84f9-5d13249d1e55 e8113dce-c529-4d33-91fa-e9b972617508
  e82342c9-ac7f-422b-af64-e426d2e12b2d e89c7a3c-2f64-4fa1-a847-3e4c9ba4283a e8ddcd69-c73f-4f9f-9844-4100522f16ad
  e9701b4d-e6e7-4657-91cd-360a0881d224 e9b8712a-cbcf-4ea7-b0f7-e71b803401e6 e9c9ed2b-2a99-4071-b2ff-5b113ebf73a1
  e9ce8739-6fa2-4123-a0a2-0ef41a67806f e9dba6fb-3d52-4cf0-bce3-f06ce71b9e0f ea01e6af-a1c1-4350-9563-ad00f8c72ec5
  ea4bfff8-7fb4-485a-aadd-d4129a0ffaa6 eb5a76d5-50e7-4c33-a449-070e7c9c4cf2 eb64ab4c-23eb-4f63-a9c2-27da365f04e7
  eb960402-bf75-4cc3-8d68-35b34f960f72 ec156ff8-a8d1-4d15-830c-5b80698ca432 ed915fdf-c373-4707-988e-fb5d15a5a9ec
  edd66693-d32a-450b-997d-0158c03976b0 ede9aaa3-4627-494e-be13-4aa7c256148d eded264d-1796-4e25-8500-a78427f8a316
  ee361c5d-f7b5-4119-b4b6-892157c8f64c ee99642a-225b-4fe8-a771-9d9036053e87 eeaeda52-9324-47f6-8069-5d5bade478b2
  eed3b665-ab3a-47b6-8f48-c9382fb1dad6 eef9d654-743f-4e2c-ad0f-9ed243177663 ef1c2c96-4a77-49e8-b9a4-6179fe1d2fd2
  ef29765d-0d37-4119-a4f8-f9f9902c9588 ef3729d8-2861-401e-95ae-c7d4845a6097 f0310ce6-e953-4cf8-b892-fb1c87eaf7f6
  f07febfe-79bc-46b1-8b37-790e26e6e498 f094fb07-0703-4400-ad6a-e16dd8000e14 f0f57965-de58-41bc-ba76-2aaab4d09f30
  f1082fec-a70f-419f-9230-885d2550fb38 f1641a58-a144-402b-baf9-39d1a4c10119 f2310ca1-dc64-4889-bb49-c8e0fa3d47a8
  f24a559b-c2fc-4409-b96e-9af4b0c28ad6 f27b7598-bc64-41f7-8a44-855ff16326c2 f287ba2f-f923-4464-a5bd-721c3951d32d
  f2dc8367-1007-4938-bd23-fe263f013447 f4c81013-99ee-4d62-a7ee-b3f1f648599a f4cc2bf9-21be-47a1-bdf1-5c5804381025
  f4eb044f-76b9-47af-92f9-1d95c4c14ab5 f54b6d04-23c6-443e-b462-9c16ab7b4a52 f5880b48-c26d-48be-b172-7927bfa1c8f1
  f680209a-a2a2-4e0d-aa81-5d2a65c13604 f6c7c914-8db3-469d-8ca1-694a8f32e121 f6e92014-8af2-414d-9948-9b1abf559285
  f72c8140-2111-481c-87ff-72b910f6e3f8 f7669afb-68b2-44b4-9c5f-6d2a47fddda0 f7b75c60-3036-4b75-91c3-6b41c27c1689
  f82fbe13-0f98-4809-af81-b82c343db82f f8da80de-1ff9-4747-ad80-a19b7f6079e3 fa0d39e6-28e5-40cf-8521-1eb320653a4c
  fa23ad8b-c56e-40d8-ac0c-ce449e1d2c64 fa6cecf6-5db3-4c43-8470-c540bcb4eafa fa96a588-3fac-4adb-bfb2-f8404ece07e0
  fb382eab-e894-4461-af04-94435c366c3f fbc52c3f-28ad-4303-a892-8a056630b8f1 fc0c873f-45e9-4d0d-a7d1-585aab30c6ed
  fc3f91a1-40bf-4439-8c46-45edbd83563a fc6e3395-6a8c-4527-bb4c-d0abd41e8e74 fc896ebc-f9a8-484d-a5ff-bd6a8c36289f
  fd036e6b-1266-47a0-b0bb-a05d04831731 fd1bd22b-8476-40bc-a0bc-69b95687b9f3 fd53cd77-2268-407a-8f46-7e7863d0f521
  fdb3df26-8dd6-49ff-9a74-e95dbfadcad3 ff09793b-be48-49f6-ad96-70d32039c0b9 ff100721-1b9d-43d8-af52-42b69c1272db
  ff478a4e-8633-416e-91bc-ec33ce7c9516 ff8eb232-5069-437e-94e5-31112ef30539
`;

const split = (text: string): string[] => text.split(/\s+/).filter((word) => word !== '');

const NOTHING: BuiltInRole = {name: '', actions: [], notActions: [], dataActions: [], notDataActions: []};

const ROLES: ReadonlyMap<string, BuiltInRole> = new Map<string, BuiltInRole>([
  ...split(HARMLESS).map((id): [string, BuiltInRole] => [id, NOTHING]),
  ...ROWS.map(([id, name, actions, notActions, dataActions, notDataActions]): [string, BuiltInRole] => [
    id,
    {
      name,
      actions: split(actions),
      notActions: split(notActions),
      dataActions: split(dataActions),
      notDataActions: split(notDataActions),
    },
  ]),
]);

const CONSTRAINED: ReadonlySet<string> = new Set(
  ROWS.flatMap(([id, , , , , , limited]) => (limited ? [id] : [])),
);

/** What a built-in role allows; undefined = no built-in role of this id. */
export function builtInRole(guid: string): BuiltInRole | undefined {
  return ROLES.get(guid);
}

/** True for built-in roles that may assign only some roles. */
export function assignsOnlySome(guid: string): boolean {
  return CONSTRAINED.has(guid);
}
