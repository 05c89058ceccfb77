import {accessFiles} from './azure-access.ts';
import {row, site, sql, storage, vm, type AzureRow} from './azure-resources.ts';
import {limitFiles} from './azure-limits.ts';
import {jsonFile, type GeneratedFile} from './files.ts';
import {
  AGENCY_TENANT,
  CLINIC_TENANT,
  DIGITAL_TENANT,
  principalId,
  SUBSCRIPTIONS,
  type SubscriptionKey,
} from './ids.ts';

/** Principal numbers of the system-assigned identities and of the people and groups of azure-access.ts. */
export const IDENTITIES = {portalApi: 1, research: 2, telemed: 3, wardApp: 4, labFunction: 5, aks: 6};

const TAGS = {
  portal: {application: 'patient-portal', 'data-class': 'streng-vertraulich', owner: 'Digitalteam'},
  research: {application: 'research-cohort', 'data-class': 'streng-vertraulich', owner: 'Forschung'},
  telemed: {application: 'telemedicine', 'data-class': 'streng-vertraulich', owner: 'Telemedizin'},
  ward: {application: 'ward-round', 'data-class': 'streng-vertraulich', owner: 'Pflegedirektion'},
  lab: {application: 'lab-results', 'data-class': 'streng-vertraulich', owner: 'Zentrallabor'},
  website: {application: 'website', 'data-class': 'öffentlich', owner: 'Kommunikation'},
  booking: {application: 'appointment-frontend', 'data-class': 'intern', owner: 'Digitalteam'},
  dev: {application: 'sandbox', 'data-class': 'intern', owner: 'Digitalteam', env: 'dev'},
};

function clinical(): AzureRow[] {
  return [
    ...vm('clinical', 'rg-patient-portal', 'vm-portal-api', {
      size: 'Standard_D8s_v5',
      os: 'Linux',
      publicIp: '203.0.113.20',
      identity: IDENTITIES.portalApi,
      tags: TAGS.portal,
    }),
    ...sql('clinical', 'rg-patient-portal', 'sql-patient-portal', 'Disabled', [
      {name: 'patient-portal', vcores: 8, gb: 500, tags: TAGS.portal},
    ]),
    row(
      'clinical',
      'rg-patient-portal',
      'Microsoft.KeyVault/vaults/kv-patient-portal',
      {
        enablePurgeProtection: true,
        enableRbacAuthorization: true,
        publicNetworkAccess: 'Disabled',
        sku: {family: 'A', name: 'standard'},
        tenantId: CLINIC_TENANT,
        vaultUri: 'https://kv-patient-portal.vault.azure.net/',
      },
      {tags: TAGS.portal},
    ),
    storage('clinical', 'rg-research', 'stresearchcohort', false, {tags: TAGS.research}),
    ...vm('clinical', 'rg-research', 'vm-research-stats', {
      size: 'Standard_E16s_v5',
      os: 'Linux',
      diskGb: 1024,
      identity: IDENTITIES.research,
      tags: TAGS.research,
    }),
    ...vm('clinical', 'rg-telemedicine', 'vm-telemed-signal', {
      size: 'Standard_D4s_v5',
      os: 'Linux',
      publicIp: '203.0.113.21',
      identity: IDENTITIES.telemed,
      tags: TAGS.telemed,
    }),
    ...vm('clinical', 'rg-telemedicine', 'vm-telemed-records', {
      size: 'Standard_D8s_v5',
      os: 'Linux',
      diskGb: 512,
      tags: TAGS.telemed,
    }),
    ...vm('clinical', 'rg-ward-round', 'vm-ward-app', {
      size: 'Standard_D8s_v5',
      os: 'Windows',
      identity: IDENTITIES.wardApp,
      tags: TAGS.ward,
    }),
    ...vm('clinical', 'rg-ward-round', 'vm-ward-db', {
      size: 'Standard_E8s_v5',
      os: 'Windows',
      diskGb: 512,
      tags: TAGS.ward,
    }),
    row(
      'clinical',
      'rg-lab',
      'Microsoft.Web/serverfarms/plan-linux',
      {numberOfSites: 1, status: 'Ready'},
      {
        kind: 'linux',
        sku: {name: 'EP1', tier: 'ElasticPremium'},
      },
    ),
    site('clinical', 'rg-lab', 'func-lab-hl7', 'functionapp,linux', 'Disabled', {
      identity: IDENTITIES.labFunction,
      tags: TAGS.lab,
    }),
    row('clinical', 'rg-hub', 'Microsoft.Network/virtualNetworks/vnet-clinical', {
      addressSpace: {addressPrefixes: ['192.0.2.0/24']},
    }),
    row('clinical', 'rg-hub', 'Microsoft.Network/networkSecurityGroups/nsg-clinical', {securityRules: []}),
    row('clinical', 'rg-hub', 'Microsoft.Network/natGateways/nat-clinical', {idleTimeoutInMinutes: 4}),
  ];
}

function digital(): AzureRow[] {
  return [
    row(
      'digital',
      'rg-web',
      'Microsoft.Web/serverfarms/plan-linux',
      {numberOfSites: 2, status: 'Ready'},
      {
        kind: 'linux',
        sku: {name: 'P1v3', tier: 'PremiumV3'},
      },
    ),
    site('digital', 'rg-web', 'app-www', 'app,linux', 'Enabled', {tags: TAGS.website}),
    storage('digital', 'rg-web', 'stwwwassets', true, {tags: TAGS.website}),
    site('digital', 'rg-web', 'app-termine', 'app,linux', 'Enabled', {tags: TAGS.booking}),
    row(
      'digital',
      'rg-aks',
      'Microsoft.ContainerService/managedClusters/aks-digital',
      {
        agentPoolProfiles: [{count: 3, name: 'system', osType: 'Linux', vmSize: 'Standard_D4s_v5'}],
        apiServerAccessProfile: {enablePrivateCluster: true},
        kubernetesVersion: '1.33.4',
        nodeResourceGroup: 'MC_rg-aks_aks-digital_germanywestcentral',
        powerState: {code: 'Running'},
      },
      {identity: IDENTITIES.aks, tags: TAGS.booking, sku: {name: 'Base', tier: 'Standard'}},
    ),
  ];
}

function sandbox(): AzureRow[] {
  return [
    ...vm('sandbox', 'rg-dev', 'vm-dev-01', {size: 'Standard_D2s_v5', os: 'Linux', tags: TAGS.dev}),
    ...vm('sandbox', 'rg-dev', 'vm-dev-02', {
      size: 'Standard_D2s_v5',
      os: 'Linux',
      state: 'deallocated',
      tags: TAGS.dev,
    }),
    storage('sandbox', 'rg-misc', 'stmisc042', false, {location: 'westeurope'}),
  ];
}

/** Exports of the Azure command line: resources, subscriptions, management groups, access. */
export function azureFiles(): GeneratedFile[] {
  const data = [...clinical(), ...digital(), ...sandbox()].toSorted((a, b) =>
    a.id.toLowerCase() < b.id.toLowerCase() ? -1 : 1,
  );
  return [
    jsonFile('inventory/azure/graph-query.json', {
      count: data.length,
      data,
      skip_token: null,
      total_records: data.length,
    }),
    jsonFile('inventory/azure/account-list.json', accounts()),
    jsonFile('inventory/azure/management-groups-clinic.json', clinicGroups()),
    jsonFile('inventory/azure/management-groups-digital.json', digitalGroups()),
    ...accessFiles(),
    ...limitFiles(),
  ];
}

function accounts(): unknown[] {
  return (Object.keys(SUBSCRIPTIONS) as SubscriptionKey[]).map((key) => {
    const {id, name, tenant} = SUBSCRIPTIONS[key];
    const clinic = tenant === CLINIC_TENANT;
    return {
      cloudName: 'AzureCloud',
      homeTenantId: tenant,
      id,
      isDefault: key === 'clinical',
      managedByTenants: key === 'digital' ? [{tenantId: AGENCY_TENANT}] : [],
      name,
      state: 'Enabled',
      tenantDefaultDomain: clinic ? 'harborclinic.example' : 'harbordigital.example',
      tenantDisplayName: clinic ? 'Harbor Clinic' : 'Harbor Digital',
      tenantId: tenant,
      user: {name: `inventory-reader@${clinic ? 'harborclinic' : 'harbordigital'}.example`, type: 'user'},
    };
  });
}

function clinicGroups(): unknown {
  return tree(CLINIC_TENANT, [group('mg-harbor', 'Harbor Clinic', [subscription('clinical')])]);
}

function digitalGroups(): unknown {
  return tree(DIGITAL_TENANT, [
    group('mg-digital', 'Harbor Digital', [subscription('digital'), subscription('sandbox')]),
  ]);
}

/** `az account management-group show --name <tenant> --expand --recurse`. */
function tree(tenant: string, children: unknown[]): unknown {
  return {
    ...group(tenant, 'Tenant Root Group', children),
    details: {
      parent: null,
      updatedBy: principalId(90),
      updatedTime: '2026-03-02T08:00:00.0000000Z',
      version: 4,
    },
    path: null,
    tenantId: tenant,
  };
}

function group(name: string, displayName: string, children: unknown[]): Record<string, unknown> {
  return {
    children,
    displayName,
    id: `/providers/Microsoft.Management/managementGroups/${name}`,
    name,
    type: 'Microsoft.Management/managementGroups',
  };
}

function subscription(key: SubscriptionKey): unknown {
  return {
    children: null,
    displayName: SUBSCRIPTIONS[key].name,
    id: `/subscriptions/${SUBSCRIPTIONS[key].id}`,
    name: SUBSCRIPTIONS[key].id,
    type: '/subscriptions',
  };
}
