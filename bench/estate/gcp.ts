import type {Dice} from './dice.ts';
import {byScope, pieces, type Target} from './files.ts';
import type {Item, Kind, World} from './world.ts';

type Json = Record<string, unknown>;

const ORGANIZATION = '700000000001';
const REGIONS = ['europe-west3', 'europe-west4'] as const;
/** Projects per folder; one pair of files per folder. */
const FOLDER_SIZE = 15;

const project = (scope: number): string => `estate-${String(scope).padStart(4, '0')}`;
const projectNumber = (scope: number): string => String(710_000_000_000 + scope);
const folder = (scope: number): string => String(720_000_000_000 + Math.floor(scope / FOLDER_SIZE));

/** `gcloud asset search-all-resources` and `search-all-iam-policies` per folder, projects, folders, organisation. */
export function writeGcp(world: World, target: Target, dice: Dice): void {
  const json = (name: string, value: unknown): void => target.json(`inventory/gcp/${name}.json`, value);
  const groups = byScope(world.items.filter(({cloud}) => cloud === 'gcp'));
  const scopes = Array.from({length: world.scopes.gcp}, (_, scope) => scope);
  const createTime = '2025-02-11T10:00:00Z';
  json('organizations', [
    {
      creationTime: createTime,
      displayName: 'estate.example',
      lifecycleState: 'ACTIVE',
      name: `organizations/${ORGANIZATION}`,
      owner: {directoryCustomerId: 'C00estate'},
    },
  ]);
  json(
    'folders',
    [...new Set(scopes.map(folder))].map((id) => ({
      createTime,
      displayName: `Division ${id}`,
      lifecycleState: 'ACTIVE',
      name: `folders/${id}`,
      parent: `organizations/${ORGANIZATION}`,
    })),
  );
  json(
    'projects',
    scopes.map((scope) => ({
      createTime,
      lifecycleState: 'ACTIVE',
      name: project(scope),
      parent: {id: folder(scope), type: 'folder'},
      projectId: project(scope),
      projectNumber: projectNumber(scope),
    })),
  );
  for (const [part, list] of pieces(scopes, FOLDER_SIZE).entries()) {
    const number = String(part).padStart(3, '0');
    json(
      `resources-${number}`,
      list.flatMap((scope) => (groups.get(scope) ?? []).map(asset)),
    );
    json(`iam-${number}`, [
      ...(part === 0 ? [organizationPolicy()] : []),
      ...list.flatMap((scope) => policies(scope, groups.get(scope) ?? [], dice)),
    ]);
  }
}

const TYPES: Partial<Record<Kind, string>> = {
  vm: 'compute.googleapis.com/Instance',
  database: 'sqladmin.googleapis.com/Instance',
  bucket: 'storage.googleapis.com/Bucket',
  function: 'cloudfunctions.googleapis.com/Function',
  'container-service': 'run.googleapis.com/Service',
};

function fullName(item: Item): string {
  const home = project(item.scope);
  const region = REGIONS[item.app.region];
  const path: Partial<Record<Kind, string>> = {
    vm: `//compute.googleapis.com/projects/${home}/zones/${region}-a/instances/${item.name}`,
    database: `//sqladmin.googleapis.com/projects/${home}/instances/${item.name}`,
    bucket: `//storage.googleapis.com/${item.name}`,
    function: `//cloudfunctions.googleapis.com/projects/${home}/locations/${region}/functions/${item.name}`,
    'container-service': `//run.googleapis.com/projects/${home}/locations/${region}/services/${item.name}`,
  };
  return path[item.kind]!;
}

function serviceAccount(item: Item): string {
  return `${item.app.name}@${project(item.scope)}.iam.gserviceaccount.com`;
}

function asset(item: Item): Json {
  const {app} = item;
  const region = REGIONS[app.region]!;
  return {
    assetType: TYPES[item.kind],
    createTime: '2025-02-11T10:00:00Z',
    displayName: item.name,
    labels: {
      app: app.name,
      ...(app.dataClass === null ? {} : {'data-class': app.dataClass.toLowerCase()}),
      environment: app.environment,
      owner: app.owner,
    },
    location: item.kind === 'vm' ? `${region}-a` : region,
    name: fullName(item),
    parentAssetType: 'cloudresourcemanager.googleapis.com/Project',
    parentFullResourceName: `//cloudresourcemanager.googleapis.com/projects/${project(item.scope)}`,
    folders: [`folders/${folder(item.scope)}`],
    organization: `organizations/${ORGANIZATION}`,
    project: `projects/${projectNumber(item.scope)}`,
    state: item.kind === 'database' ? 'RUNNABLE' : item.running ? 'RUNNING' : 'TERMINATED',
    updateTime: '2025-02-11T10:00:00Z',
    versionedResources: [{resource: resource(item, region), version: 'v1'}],
  };
}

function resource(item: Item, region: string): Json {
  const account = item.identity ? {serviceAccountEmail: serviceAccount(item)} : {};
  switch (item.kind) {
    case 'vm':
      return {
        machineType: `https://www.googleapis.com/compute/v1/projects/${project(item.scope)}/zones/${region}-a/machineTypes/n2-standard-${item.vcpu}`,
        status: item.running ? 'RUNNING' : 'TERMINATED',
        serviceAccounts: item.identity
          ? [{email: serviceAccount(item), scopes: ['https://www.googleapis.com/auth/cloud-platform']}]
          : [],
        networkInterfaces: [
          {
            networkIP: `10.200.${item.index % 250}.${(item.index >> 8) % 250}`,
            accessConfigs: item.exposed ? [{natIP: '203.0.113.9', type: 'ONE_TO_ONE_NAT'}] : [],
          },
        ],
        disks: [{boot: true, diskSizeGb: String(item.storageGiB), type: 'PERSISTENT'}],
      };
    case 'database':
      return {
        databaseVersion: 'POSTGRES_16',
        settings: {
          tier: `db-custom-${item.vcpu}-${item.memoryGiB * 1024}`,
          ipConfiguration: {ipv4Enabled: item.exposed},
        },
      };
    case 'bucket':
      return {
        storageClass: 'STANDARD',
        iamConfiguration: {publicAccessPrevention: item.exposed ? 'inherited' : 'enforced'},
      };
    default:
      return {ingress: item.exposed ? 'all' : 'internal', ...account};
  }
}

function organizationPolicy(): Json {
  return {
    assetType: 'cloudresourcemanager.googleapis.com/Organization',
    organization: `organizations/${ORGANIZATION}`,
    policy: {
      bindings: [
        {members: ['group:cloud-admins@estate.example'], role: 'roles/resourcemanager.organizationAdmin'},
        {members: ['group:cloud-admins@estate.example'], role: 'roles/owner'},
      ],
    },
    resource: `//cloudresourcemanager.googleapis.com/organizations/${ORGANIZATION}`,
  };
}

function policies(scope: number, items: Item[], dice: Dice): Json[] {
  const common = {
    folders: [`folders/${folder(scope)}`],
    organization: `organizations/${ORGANIZATION}`,
    project: `projects/${projectNumber(scope)}`,
  };
  const accounts = [
    ...new Set(
      items.filter(({identity}) => identity).map((item) => `serviceAccount:${serviceAccount(item)}`),
    ),
  ];
  const bindings: Json[] = [
    {members: [`group:division-${folder(scope)}@estate.example`], role: 'roles/editor'},
    {members: [`serviceAccount:ci@${project(scope)}.iam.gserviceaccount.com`], role: 'roles/owner'},
    {members: ['group:auditors@estate.example'], role: 'roles/viewer'},
    ...(accounts.length > 0 ? [{members: accounts, role: 'roles/storage.objectAdmin'}] : []),
  ];
  const open = items.filter((item) => item.kind === 'bucket' && dice.chance(0.1));
  return [
    {
      assetType: 'cloudresourcemanager.googleapis.com/Project',
      ...common,
      policy: {bindings},
      resource: `//cloudresourcemanager.googleapis.com/projects/${project(scope)}`,
    },
    ...open.map((item) => ({
      assetType: TYPES.bucket,
      ...common,
      policy: {
        bindings: [
          {
            members: [item.exposed ? 'allUsers' : 'group:readers@estate.example'],
            role: 'roles/storage.objectViewer',
          },
        ],
      },
      resource: fullName(item),
    })),
  ];
}
