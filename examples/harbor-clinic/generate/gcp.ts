import {jsonFile, type GeneratedFile} from './files.ts';
import {BUILD_POOL, identityFiles, PUBLISHER, serviceAccount as sa} from './gcp-identities.ts';
import {GCP_FOLDERS, GCP_ORG, GCP_PROJECTS, type GcpProjectKey} from './ids.ts';

type Json = Record<string, unknown>;

const WHEN = '2025-02-11T10:00:00Z';
const GENOMICS = {app: 'genomics', 'data-class': 'vertraulich', owner: 'forschung'};
const DEV = {app: 'analytics-dev', 'data-class': 'intern', env: 'dev'};
const PUBLIC = {app: 'open-data', 'data-class': 'oeffentlich'};

interface Asset {
  project: GcpProjectKey;
  type: string;
  /** Path after `//<service>/`; `{p}` stands for the project id. */
  path: string;
  location: string;
  state?: string;
  labels?: Record<string, string>;
  resource?: Json;
}

const instance = (machine: string, zone: string, email: string, address?: string): Json => ({
  machineType: `https://www.googleapis.com/compute/v1/projects/x/zones/${zone}/machineTypes/${machine}`,
  status: 'RUNNING',
  serviceAccounts: [{email, scopes: ['https://www.googleapis.com/auth/cloud-platform']}],
  networkInterfaces: [
    {networkIP: '192.0.2.230', accessConfigs: address ? [{natIP: address, type: 'ONE_TO_ONE_NAT'}] : []},
  ],
});

const ASSETS: Asset[] = [
  {
    project: 'genomics',
    type: 'compute.googleapis.com/Instance',
    path: 'projects/{p}/zones/europe-west3-a/instances/genomics-batch-1',
    location: 'europe-west3-a',
    state: 'RUNNING',
    labels: GENOMICS,
    resource: instance('n2-standard-16', 'europe-west3-a', sa('genomics', 'pipeline')),
  },
  {
    project: 'genomics',
    type: 'compute.googleapis.com/Instance',
    path: 'projects/{p}/zones/europe-west3-b/instances/genomics-batch-2',
    location: 'europe-west3-b',
    state: 'RUNNING',
    labels: GENOMICS,
    resource: instance('n2-standard-16', 'europe-west3-b', sa('genomics', 'pipeline')),
  },
  {
    project: 'genomics',
    type: 'storage.googleapis.com/Bucket',
    path: 'harbor-genomics-raw',
    location: 'europe-west3',
    labels: GENOMICS,
    resource: {storageClass: 'STANDARD', iamConfiguration: {publicAccessPrevention: 'enforced'}},
  },
  {
    project: 'genomics',
    type: 'sqladmin.googleapis.com/Instance',
    path: 'projects/{p}/instances/genomics-catalog',
    location: 'europe-west3',
    state: 'RUNNABLE',
    labels: GENOMICS,
    resource: {
      databaseVersion: 'POSTGRES_16',
      settings: {tier: 'db-custom-4-16384', ipConfiguration: {ipv4Enabled: false}},
    },
  },
  {
    project: 'genomics',
    type: 'run.googleapis.com/Service',
    path: 'projects/{p}/locations/europe-west3/services/study-website',
    location: 'europe-west3',
    labels: PUBLIC,
    resource: {ingress: 'INGRESS_TRAFFIC_ALL'},
  },
  {
    project: 'genomics',
    type: 'storage.googleapis.com/Bucket',
    path: 'harbor-open-data',
    location: 'europe-west3',
    labels: PUBLIC,
  },
  {
    project: 'genomics',
    type: 'cloudfunctions.googleapis.com/CloudFunction',
    path: 'projects/{p}/locations/europe-west3/functions/consent-mailer',
    location: 'europe-west3',
    state: 'ACTIVE',
    labels: {app: 'consent', 'data-class': 'intern'},
    resource: {serviceAccountEmail: sa('genomics', 'pipeline'), ingressSettings: 'ALLOW_INTERNAL_ONLY'},
  },
  {
    project: 'analytics',
    type: 'container.googleapis.com/Cluster',
    path: 'projects/{p}/locations/europe-west3/clusters/analytics-dev',
    location: 'europe-west3',
    state: 'RUNNING',
    labels: DEV,
    resource: {currentNodeCount: 3, privateClusterConfig: {enablePrivateEndpoint: true}},
  },
  {
    project: 'genomics',
    type: 'iam.googleapis.com/ServiceAccount',
    path: 'projects/{p}/serviceAccounts/' + sa('genomics', 'pipeline'),
    location: 'global',
  },
  {
    project: 'genomics',
    type: 'compute.googleapis.com/Disk',
    path: 'projects/{p}/zones/europe-west3-a/disks/genomics-batch-1',
    location: 'europe-west3-a',
    labels: GENOMICS,
  },
  {
    project: 'genomics',
    type: 'compute.googleapis.com/Network',
    path: 'projects/{p}/global/networks/default',
    location: 'global',
  },
];

/** Exports of the Google Cloud command line: assets, policies, hierarchy. */
export function gcpFiles(): GeneratedFile[] {
  return [
    jsonFile('inventory/gcp/search-all-resources.json', [...ASSETS.map(asset), ...projectAssets()]),
    jsonFile('inventory/gcp/search-all-iam-policies.json', policies()),
    jsonFile('inventory/gcp/projects.json', (Object.keys(GCP_PROJECTS) as GcpProjectKey[]).map(project)),
    jsonFile('inventory/gcp/folders.json', [
      folder(GCP_FOLDERS.research, 'Forschung'),
      folder(GCP_FOLDERS.playground, 'Spielwiese'),
    ]),
    ...identityFiles(),
    jsonFile('inventory/gcp/organizations.json', [
      {
        creationTime: '2022-09-01T08:00:00.000Z',
        displayName: 'harborclinic.example',
        lifecycleState: 'ACTIVE',
        name: `organizations/${GCP_ORG}`,
        owner: {directoryCustomerId: 'C00harbor'},
      },
    ]),
  ];
}

const parents = (key: GcpProjectKey): Json => ({
  folders: [`folders/${GCP_PROJECTS[key].folder}`],
  organization: `organizations/${GCP_ORG}`,
  project: `projects/${GCP_PROJECTS[key].number}`,
});

function asset({project: key, type, path, location, state, labels, resource}: Asset): Json {
  const filled = path.replace('{p}', GCP_PROJECTS[key].id);
  return {
    assetType: type,
    createTime: WHEN,
    displayName: filled.split('/').at(-1),
    ...(labels ? {labels} : {}),
    location,
    name: `//${type.split('/')[0]}/${filled}`,
    parentAssetType: 'cloudresourcemanager.googleapis.com/Project',
    parentFullResourceName: `//cloudresourcemanager.googleapis.com/projects/${GCP_PROJECTS[key].id}`,
    ...parents(key),
    ...(state ? {state} : {}),
    updateTime: WHEN,
    ...(resource ? {versionedResources: [{resource, version: 'v1'}]} : {}),
  };
}

function projectAssets(): Json[] {
  return (Object.keys(GCP_PROJECTS) as GcpProjectKey[]).map((key) => ({
    additionalAttributes: {projectId: GCP_PROJECTS[key].id},
    assetType: 'cloudresourcemanager.googleapis.com/Project',
    createTime: WHEN,
    displayName: GCP_PROJECTS[key].id,
    location: 'global',
    name: `//cloudresourcemanager.googleapis.com/projects/${GCP_PROJECTS[key].id}`,
    parentAssetType: 'cloudresourcemanager.googleapis.com/Folder',
    parentFullResourceName: `//cloudresourcemanager.googleapis.com/folders/${GCP_PROJECTS[key].folder}`,
    ...parents(key),
    state: 'ACTIVE',
  }));
}

function policies(): Json[] {
  const org = `organizations/${GCP_ORG}`;
  const manager = 'cloudresourcemanager.googleapis.com';
  return [
    {
      assetType: `${manager}/Organization`,
      organization: org,
      policy: {
        bindings: [
          {
            members: ['group:gcp-admins@harborclinic.example'],
            role: 'roles/resourcemanager.organizationAdmin',
          },
          {members: ['group:gcp-admins@harborclinic.example'], role: 'roles/owner'},
        ],
      },
      resource: `//${manager}/${org}`,
    },
    {
      assetType: `${manager}/Project`,
      ...parents('genomics'),
      policy: {
        bindings: [
          {members: ['group:genomics-team@harborclinic.example'], role: 'roles/editor'},
          {members: [`serviceAccount:${sa('genomics', 'pipeline')}`], role: 'roles/storage.objectAdmin'},
          // Publishing needs one service; it was given the project.
          {members: [`serviceAccount:${PUBLISHER}`], role: 'roles/editor'},
        ],
      },
      resource: `//${manager}/projects/${GCP_PROJECTS.genomics.id}`,
    },
    {
      assetType: 'iam.googleapis.com/ServiceAccount',
      ...parents('genomics'),
      policy: {bindings: [{members: [BUILD_POOL], role: 'roles/iam.workloadIdentityUser'}]},
      resource: `//iam.googleapis.com/projects/${GCP_PROJECTS.genomics.id}/serviceAccounts/${PUBLISHER}`,
    },
    {
      assetType: 'storage.googleapis.com/Bucket',
      ...parents('genomics'),
      policy: {bindings: [{members: ['allUsers'], role: 'roles/storage.objectViewer'}]},
      resource: '//storage.googleapis.com/harbor-open-data',
    },
  ];
}

function project(key: GcpProjectKey): Json {
  const {id, number, folder: parent} = GCP_PROJECTS[key];
  return {
    createTime: WHEN,
    lifecycleState: 'ACTIVE',
    name: id,
    parent: {id: parent, type: 'folder'},
    projectId: id,
    projectNumber: number,
  };
}

function folder(id: string, displayName: string): Json {
  return {
    createTime: WHEN,
    displayName,
    lifecycleState: 'ACTIVE',
    name: `folders/${id}`,
    parent: `organizations/${GCP_ORG}`,
  };
}
