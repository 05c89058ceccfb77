import {principalId, SUBSCRIPTIONS, type SubscriptionKey} from './ids.ts';

type Json = Record<string, unknown>;

/** One row of `az graph query` over the table `resources`. */
export interface AzureRow extends Json {
  id: string;
  name: string;
  type: string;
}

interface Options {
  kind?: string;
  location?: string;
  tags?: Record<string, string>;
  sku?: Json;
  /** Number of the system-assigned identity's principal. */
  identity?: number;
  managedBy?: string;
}

const REGION = 'germanywestcentral';

/** Ids as the resource provider spells them; the query lower-cases types and resource groups. */
export function armId(subscription: SubscriptionKey, group: string, path: string): string {
  return `/subscriptions/${SUBSCRIPTIONS[subscription].id}/resourceGroups/${group}/providers/${path}`;
}

export function row(
  subscription: SubscriptionKey,
  group: string,
  path: string,
  properties: Json,
  options: Options = {},
): AzureRow {
  const segments = path.split('/');
  const type = [segments[0], ...segments.slice(1).filter((_, index) => index % 2 === 0)]
    .join('/')
    .toLowerCase();
  return {
    id: armId(subscription, group, path),
    identity:
      options.identity === undefined
        ? null
        : {
            principalId: principalId(options.identity),
            tenantId: SUBSCRIPTIONS[subscription].tenant,
            type: 'SystemAssigned',
          },
    kind: options.kind ?? '',
    location: options.location ?? REGION,
    managedBy: options.managedBy ?? '',
    name: segments.at(-1) ?? '',
    plan: null,
    properties,
    resourceGroup: group.toLowerCase(),
    sku: options.sku ?? null,
    subscriptionId: SUBSCRIPTIONS[subscription].id,
    tags: options.tags ?? null,
    tenantId: SUBSCRIPTIONS[subscription].tenant,
    type,
    zones: null,
  };
}

interface VmOptions extends Options {
  size: string;
  os: 'Windows' | 'Linux';
  state?: 'running' | 'deallocated';
  publicIp?: string;
  diskGb?: number;
}

/** A virtual machine with what belongs to it: OS disk, NIC and, where it has one, a public IP address. */
export function vm(
  subscription: SubscriptionKey,
  group: string,
  name: string,
  options: VmOptions,
): AzureRow[] {
  const nic = `Microsoft.Network/networkInterfaces/${name}-nic`;
  const disk = `Microsoft.Compute/disks/${name}-os`;
  const address = `Microsoft.Network/publicIPAddresses/${name}-pip`;
  const state = options.state ?? 'running';
  const id = armId(subscription, group, `Microsoft.Compute/virtualMachines/${name}`);
  const image =
    options.os === 'Windows'
      ? {
          offer: 'WindowsServer',
          publisher: 'MicrosoftWindowsServer',
          sku: '2022-datacenter-g2',
          version: 'latest',
        }
      : {offer: 'RHEL', publisher: 'RedHat', sku: '9-lvm-gen2', version: 'latest'};
  const own = options.tags ? {tags: options.tags} : {};
  return [
    row(
      subscription,
      group,
      `Microsoft.Compute/virtualMachines/${name}`,
      {
        extended: {instanceView: {powerState: {code: `PowerState/${state}`, displayStatus: `VM ${state}`}}},
        hardwareProfile: {vmSize: options.size},
        networkProfile: {
          networkInterfaces: [{id: armId(subscription, group, nic), properties: {primary: true}}],
        },
        osProfile: {adminUsername: 'hcadmin', computerName: name},
        provisioningState: 'Succeeded',
        storageProfile: {
          dataDisks: [],
          imageReference: image,
          osDisk: {
            createOption: 'FromImage',
            diskSizeGB: options.diskGb ?? 128,
            managedDisk: {id: armId(subscription, group, disk), storageAccountType: 'Premium_LRS'},
            osType: options.os,
          },
        },
      },
      options,
    ),
    row(
      subscription,
      group,
      disk,
      {diskSizeGB: options.diskGb ?? 128, diskState: 'Attached', osType: options.os},
      {...own, managedBy: id, sku: {name: 'Premium_LRS', tier: 'Premium'}},
    ),
    row(
      subscription,
      group,
      nic,
      {
        ipConfigurations: [
          {
            name: 'ipconfig1',
            properties: {
              primary: true,
              privateIPAddress: '192.0.2.200',
              ...(options.publicIp ? {publicIPAddress: {id: armId(subscription, group, address)}} : {}),
            },
          },
        ],
        virtualMachine: {id},
      },
      own,
    ),
    ...(options.publicIp
      ? [
          row(
            subscription,
            group,
            address,
            {
              ipAddress: options.publicIp,
              ipConfiguration: {id: `${armId(subscription, group, nic)}/ipConfigurations/ipconfig1`},
            },
            {...own, sku: {name: 'Standard', tier: 'Regional'}},
          ),
        ]
      : []),
  ];
}

/** A logical SQL server with its databases; the server and its `master` are not placed on their own. */
export function sql(
  subscription: SubscriptionKey,
  group: string,
  server: string,
  publicAccess: 'Enabled' | 'Disabled',
  databases: {name: string; vcores: number; gb: number; tags?: Record<string, string>}[],
): AzureRow[] {
  const path = `Microsoft.Sql/servers/${server}`;
  return [
    row(
      subscription,
      group,
      path,
      {
        fullyQualifiedDomainName: `${server}.database.windows.net`,
        publicNetworkAccess: publicAccess,
        state: 'Ready',
        version: '12.0',
      },
      {kind: 'v12.0'},
    ),
    row(
      subscription,
      group,
      `${path}/databases/master`,
      {maxSizeBytes: 32_212_254_720, status: 'Online'},
      {kind: 'v12.0,system', sku: {capacity: 0, name: 'System', tier: 'System'}},
    ),
    ...databases.map((database) =>
      row(
        subscription,
        group,
        `${path}/databases/${database.name}`,
        {
          currentServiceObjectiveName: `GP_Gen5_${database.vcores}`,
          currentSku: {capacity: database.vcores, family: 'Gen5', name: 'GP_Gen5', tier: 'GeneralPurpose'},
          maxSizeBytes: database.gb * 1_073_741_824,
          status: 'Online',
          zoneRedundant: false,
        },
        {
          kind: 'v12.0,user,vcore',
          sku: {capacity: database.vcores, family: 'Gen5', name: 'GP_Gen5', tier: 'GeneralPurpose'},
          ...(database.tags ? {tags: database.tags} : {}),
        },
      ),
    ),
  ];
}

export function storage(
  subscription: SubscriptionKey,
  group: string,
  name: string,
  publicBlobs: boolean,
  options: Options = {},
): AzureRow {
  return row(
    subscription,
    group,
    `Microsoft.Storage/storageAccounts/${name}`,
    {
      accessTier: 'Hot',
      allowBlobPublicAccess: publicBlobs,
      encryption: {keySource: 'Microsoft.Storage', services: {blob: {enabled: true, keyType: 'Account'}}},
      minimumTlsVersion: 'TLS1_2',
      networkAcls: {bypass: 'AzureServices', defaultAction: publicBlobs ? 'Allow' : 'Deny'},
      primaryLocation: options.location ?? REGION,
      publicNetworkAccess: publicBlobs ? 'Enabled' : 'Disabled',
      supportsHttpsTrafficOnly: true,
    },
    {kind: 'StorageV2', sku: {name: 'Standard_ZRS', tier: 'Standard'}, ...options},
  );
}

/** App Service site; `kind` is `app`, `app,linux` or `functionapp`. */
export function site(
  subscription: SubscriptionKey,
  group: string,
  name: string,
  kind: string,
  publicAccess: 'Enabled' | 'Disabled',
  options: Options = {},
): AzureRow {
  const host = `${name}.azurewebsites.net`;
  return row(
    subscription,
    group,
    `Microsoft.Web/sites/${name}`,
    {
      defaultHostName: host,
      enabled: true,
      hostNames: [host],
      httpsOnly: true,
      publicNetworkAccess: publicAccess,
      serverFarmId: armId(subscription, group, 'Microsoft.Web/serverfarms/plan-linux'),
      state: 'Running',
    },
    {kind, ...options},
  );
}
