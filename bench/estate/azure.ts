import type {Dice} from './dice.ts';
import {byScope, guid, type Target} from './files.ts';
import type {Item, Kind, World} from './world.ts';

type Json = Record<string, unknown>;

/** Subscriptions of one tenant at most; beyond that another company was bought. */
const TENANT_SIZE = 120;
/** Subscriptions per file of `az graph query`, pages already joined. */
const FILE_SIZE = 8;
const REGIONS = ['germanywestcentral', 'westeurope'] as const;
const ROLES = {
  Owner: '8e3af657-a8ff-443c-a75c-2fe8c4bcb635',
  Contributor: 'b24988ac-6180-42a0-ab88-20f7382dd24c',
  Reader: 'acdd72a7-3385-48ef-bd42-f606fba81ae7',
  'User Access Administrator': '18d7d88d-d35e-4fb5-a5c3-7773c20a72d9',
  'Storage Blob Data Contributor': 'ba92f5b4-2d11-453d-a403-e96b0029c9fe',
} as const;
type Role = keyof typeof ROLES;

const ACTIONS: Record<Role, Json> = {
  Owner: {actions: ['*'], notActions: [], dataActions: []},
  Contributor: {
    actions: ['*'],
    notActions: ['Microsoft.Authorization/*/Delete', 'Microsoft.Authorization/*/Write'],
    dataActions: [],
  },
  Reader: {actions: ['*/read'], notActions: [], dataActions: []},
  'User Access Administrator': {
    actions: ['*/read', 'Microsoft.Authorization/*', 'Microsoft.Support/*'],
    notActions: [],
    dataActions: [],
  },
  'Storage Blob Data Contributor': {
    actions: ['Microsoft.Storage/storageAccounts/blobServices/containers/read'],
    notActions: [],
    dataActions: ['Microsoft.Storage/storageAccounts/blobServices/containers/blobs/*'],
  },
};

export function subscriptionId(scope: number): string {
  return guid('b', scope);
}

export function tenantId(scope: number): string {
  return guid('a', Math.floor(scope / TENANT_SIZE));
}

/** `az graph query`, `az account list`, management groups, role definitions and assignments of all tenants. */
export function writeAzure(world: World, target: Target, dice: Dice): void {
  const groups = byScope(world.items.filter(({cloud}) => cloud === 'azure'));
  const scopes = Array.from({length: world.scopes.azure}, (_, scope) => scope);
  for (let first = 0; first < scopes.length; first += FILE_SIZE) {
    const part = scopes.slice(first, first + FILE_SIZE);
    const rows = part.flatMap((scope) => (groups.get(scope) ?? []).flatMap((item) => rowsOf(item)));
    const assignments = part.flatMap((scope) => assignmentsOf(scope, groups.get(scope) ?? [], dice));
    const number = String(first / FILE_SIZE).padStart(3, '0');
    target.json(`inventory/azure/graph-${number}.json`, {
      count: rows.length,
      data: rows,
      skip_token: null,
      total_records: rows.length,
    });
    target.json(`inventory/azure/role-assignments-${number}.json`, assignments);
  }
  target.json('inventory/azure/accounts.json', scopes.map(account));
  target.json('inventory/azure/role-definitions.json', Object.keys(ROLES).map(definition));
  for (let tenant = 0; tenant * TENANT_SIZE < scopes.length; tenant++) {
    const part = scopes.slice(tenant * TENANT_SIZE, (tenant + 1) * TENANT_SIZE);
    target.json(`inventory/azure/management-groups-${tenant}.json`, managementGroups(tenant, part));
  }
}

function groupOf(item: Item): string {
  return `rg-${item.app.name}`;
}

function armId(item: Item, path: string): string {
  return `/subscriptions/${subscriptionId(item.scope)}/resourceGroups/${groupOf(item)}/providers/${path}`;
}

const TYPES: Partial<Record<Kind, string>> = {
  vm: 'Microsoft.Compute/virtualMachines',
  database: 'Microsoft.DBforPostgreSQL/flexibleServers',
  bucket: 'Microsoft.Storage/storageAccounts',
  'app-service': 'Microsoft.Web/sites',
  function: 'Microsoft.Web/sites',
  'key-vault': 'Microsoft.KeyVault/vaults',
  'container-service': 'Microsoft.App/containerApps',
  queue: 'Microsoft.ServiceBus/namespaces',
};

function row(item: Item, type: string, name: string, properties: Json, more: Json = {}): Json {
  const {app} = item;
  return {
    id: armId(item, `${type}/${name}`),
    identity: null,
    kind: '',
    location: REGIONS[app.region],
    managedBy: '',
    name,
    plan: null,
    properties,
    resourceGroup: groupOf(item),
    sku: null,
    subscriptionId: subscriptionId(item.scope),
    tags: {
      application: app.name,
      ...(app.dataClass === null ? {} : {'data-class': app.dataClass}),
      environment: app.environment,
      owner: app.owner,
    },
    tenantId: tenantId(item.scope),
    type: type.toLowerCase(),
    zones: null,
    ...more,
  };
}

/** The workload and what the same query lists beside it: disk and network interface of a machine. */
function rowsOf(item: Item): Json[] {
  const own = identityOf(item);
  const open = item.exposed ? 'Enabled' : 'Disabled';
  const main = (properties: Json, more: Json = {}): Json =>
    row(item, TYPES[item.kind]!, item.name, properties, {identity: own, ...more});
  switch (item.kind) {
    case 'vm':
      return machine(item, main);
    case 'database':
      return [
        main(
          {
            version: '16',
            state: 'Ready',
            network: {publicNetworkAccess: open},
            storage: {storageSizeGB: item.storageGiB, autoGrow: 'Enabled'},
            fullyQualifiedDomainName: `${item.name}.postgres.database.azure.com`,
          },
          {sku: {name: `Standard_D${item.vcpu}ds_v5`, tier: 'GeneralPurpose'}},
        ),
      ];
    case 'bucket':
      return [
        main(
          {
            accessTier: 'Hot',
            allowBlobPublicAccess: false,
            networkAcls: {
              defaultAction: item.exposed ? 'Allow' : 'Deny',
              ipRules: [],
              virtualNetworkRules: [],
            },
            supportsHttpsTrafficOnly: true,
            encryption: {keySource: 'Microsoft.Storage', services: {blob: {enabled: true}}},
          },
          {kind: 'StorageV2', sku: {name: 'Standard_ZRS', tier: 'Standard'}},
        ),
      ];
    case 'app-service':
    case 'function':
      return [
        main(
          {
            defaultHostName: `${item.name}.azurewebsites.net`,
            hostNames: [`${item.name}.azurewebsites.net`],
            httpsOnly: true,
            publicNetworkAccess: open,
            state: item.running ? 'Running' : 'Stopped',
          },
          {kind: item.kind === 'function' ? 'functionapp,linux' : 'app,linux'},
        ),
      ];
    case 'key-vault':
      return [
        main({
          enableRbacAuthorization: true,
          publicNetworkAccess: open,
          sku: {family: 'A', name: 'standard'},
          vaultUri: `https://${item.name}.vault.azure.net/`,
        }),
      ];
    case 'container-service':
      return [main({configuration: {ingress: {external: item.exposed, targetPort: 8080}}})];
    default:
      return [main({publicNetworkAccess: open, status: 'Active'})];
  }
}

function machine(item: Item, main: (properties: Json) => Json): Json[] {
  const nic = `${item.name}-nic`;
  const disk = `${item.name}-os`;
  const address = `${item.name}-pip`;
  const state = item.running ? 'running' : 'deallocated';
  const nicId = armId(item, `Microsoft.Network/networkInterfaces/${nic}`);
  const diskId = armId(item, `Microsoft.Compute/disks/${disk}`);
  const addressId = armId(item, `Microsoft.Network/publicIPAddresses/${address}`);
  return [
    main({
      extended: {instanceView: {powerState: {code: `PowerState/${state}`, displayStatus: `VM ${state}`}}},
      hardwareProfile: {vmSize: `Standard_D${item.vcpu}s_v5`},
      networkProfile: {networkInterfaces: [{id: nicId, properties: {primary: true}}]},
      osProfile: {adminUsername: 'ops', computerName: item.name},
      provisioningState: 'Succeeded',
      storageProfile: {
        dataDisks: [],
        imageReference: item.windows
          ? {offer: 'WindowsServer', publisher: 'MicrosoftWindowsServer', sku: '2022-datacenter-g2'}
          : {offer: 'RHEL', publisher: 'RedHat', sku: '9-lvm-gen2'},
        osDisk: {
          createOption: 'FromImage',
          diskSizeGB: item.storageGiB,
          managedDisk: {id: diskId, storageAccountType: 'Premium_LRS'},
          osType: item.windows ? 'Windows' : 'Linux',
        },
      },
    }),
    row(item, 'Microsoft.Compute/disks', disk, {diskSizeGB: item.storageGiB, diskState: 'Attached'}),
    row(item, 'Microsoft.Network/networkInterfaces', nic, {
      ipConfigurations: [
        {
          name: 'ipconfig1',
          properties: {
            primary: true,
            privateIPAddress: privateAddress(item.index),
            ...(item.exposed ? {publicIPAddress: {id: addressId}} : {}),
          },
        },
      ],
      virtualMachine: {id: armId(item, `Microsoft.Compute/virtualMachines/${item.name}`)},
    }),
    ...(item.exposed
      ? [row(item, 'Microsoft.Network/publicIPAddresses', address, {ipAddress: '203.0.113.7'})]
      : []),
  ];
}

export function privateAddress(index: number): string {
  return `10.${(index >> 16) & 255}.${(index >> 8) & 255}.${index & 255}`;
}

function identityOf(item: Item): Json | null {
  if (!item.identity) return null;
  return {principalId: guid('c', item.index), tenantId: tenantId(item.scope), type: 'SystemAssigned'};
}

/** Platform and audit groups per subscription, one team per resource group, identities on their own group. */
function assignmentsOf(scope: number, items: Item[], dice: Dice): Json[] {
  const subscription = `/subscriptions/${subscriptionId(scope)}`;
  const rows: Json[] = [
    assignment(subscription, guid('d1', scope % 12), 'Group', 'Contributor'),
    assignment(subscription, guid('d2', 0), 'Group', 'Reader'),
    assignment(subscription, guid('d3', scope), 'ServicePrincipal', 'Contributor'),
  ];
  if (dice.chance(0.3)) rows.push(assignment(subscription, guid('d4', scope), 'User', 'Owner'));
  if (dice.chance(0.2))
    rows.push(assignment(subscription, guid('d5', 0), 'Group', 'User Access Administrator'));
  for (const app of new Set(items.map((item) => item.app))) {
    const group = `${subscription}/resourceGroups/rg-${app.name}`;
    rows.push(assignment(group, guid('d6', app.index), 'Group', 'Contributor'));
    if (dice.chance(0.5)) rows.push(assignment(group, guid('d7', app.index), 'ServicePrincipal', 'Owner'));
  }
  for (const item of items) {
    if (!item.identity) continue;
    const group = `${subscription}/resourceGroups/${groupOf(item)}`;
    const role: Role = dice.chance(0.1) ? 'Contributor' : 'Storage Blob Data Contributor';
    rows.push(assignment(group, guid('c', item.index), 'ServicePrincipal', role));
  }
  return rows;
}

function assignment(scope: string, principal: string, type: string, role: Role): Json {
  const name = `${principal.slice(9, 13)}${principal.slice(28)}-${ROLES[role].slice(0, 8)}`;
  return {
    condition: null,
    conditionVersion: null,
    createdBy: guid('d0', 1),
    createdOn: '2025-11-04T09:00:00.000000+00:00',
    delegatedManagedIdentityResourceId: null,
    description: null,
    id: `${scope}/providers/Microsoft.Authorization/roleAssignments/${name}`,
    name,
    principalId: principal,
    principalName: `${type.toLowerCase()}-${principal.slice(9, 13)}-${principal.slice(-6)}`,
    principalType: type,
    roleDefinitionId: `/subscriptions/${guid('b', 0)}/providers/Microsoft.Authorization/roleDefinitions/${ROLES[role]}`,
    roleDefinitionName: role,
    scope,
    type: 'Microsoft.Authorization/roleAssignments',
    updatedBy: guid('d0', 1),
    updatedOn: '2025-11-04T09:00:00.000000+00:00',
  };
}

function definition(role: string): Json {
  const id = ROLES[role as Role];
  return {
    assignableScopes: ['/'],
    description: '',
    id: `/subscriptions/${guid('b', 0)}/providers/Microsoft.Authorization/roleDefinitions/${id}`,
    name: id,
    permissions: [{...ACTIONS[role as Role], notDataActions: [], condition: null, conditionVersion: null}],
    roleName: role,
    roleType: 'BuiltInRole',
    type: 'Microsoft.Authorization/roleDefinitions',
  };
}

function account(scope: number): Json {
  return {
    cloudName: 'AzureCloud',
    homeTenantId: tenantId(scope),
    id: subscriptionId(scope),
    isDefault: scope === 0,
    managedByTenants: [],
    name: `sub-${String(scope).padStart(4, '0')}`,
    state: 'Enabled',
    tenantId: tenantId(scope),
    user: {name: 'reader@estate.example', type: 'user'},
  };
}

/** Root, one group per ten subscriptions, subscriptions. */
function managementGroups(tenant: number, scopes: number[]): Json {
  const root = guid('a', tenant);
  const type = 'Microsoft.Management/managementGroups';
  const node = (name: string, displayName: string, children: Json[] | null): Json => ({
    children,
    displayName,
    id: `/providers/${type}/${name}`,
    name,
    type,
  });
  const parts = new Map<number, Json[]>();
  for (const scope of scopes) {
    const part = parts.get(Math.floor(scope / 10)) ?? [];
    part.push({
      children: null,
      displayName: `sub-${String(scope).padStart(4, '0')}`,
      id: `/subscriptions/${subscriptionId(scope)}`,
      name: subscriptionId(scope),
      type: '/subscriptions',
    });
    parts.set(Math.floor(scope / 10), part);
  }
  const children = [...parts].map(([part, list]) => node(`mg-${tenant}-${part}`, `Division ${part}`, list));
  return {
    ...node(root, 'Tenant Root Group', children),
    details: {parent: null, version: 1},
    path: null,
    tenantId: root,
  };
}
