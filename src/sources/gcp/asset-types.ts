import type {WorkloadType} from '../../model/estate.ts';

/**
 * What each Cloud Asset Inventory type is. A workload runs or stores something and could be placed
 * elsewhere; everything else is counted in the ledger under its word. Types not listed: {@link classifyAsset}.
 */
const WORKLOAD_ASSETS: ReadonlyMap<string, WorkloadType> = new Map<string, WorkloadType>([
  ['compute.googleapis.com/Instance', 'vm'],
  ['baremetalsolution.googleapis.com/Instance', 'vm'],
  ['vmwareengine.googleapis.com/PrivateCloud', 'cluster'],
  ['container.googleapis.com/Cluster', 'cluster'],
  ['dataproc.googleapis.com/Cluster', 'cluster'],
  ['run.googleapis.com/Service', 'container-service'],
  ['run.googleapis.com/Job', 'container-service'],
  ['cloudfunctions.googleapis.com/CloudFunction', 'function'],
  ['cloudfunctions.googleapis.com/Function', 'function'],
  ['workflows.googleapis.com/Workflow', 'function'],
  ['appengine.googleapis.com/Service', 'app-service'],
  ['composer.googleapis.com/Environment', 'app-service'],
  ['notebooks.googleapis.com/Instance', 'vm'],
  ['sqladmin.googleapis.com/Instance', 'database'],
  ['alloydb.googleapis.com/Cluster', 'database'],
  ['spanner.googleapis.com/Instance', 'database'],
  ['bigtableadmin.googleapis.com/Instance', 'database'],
  ['google.bigtable.Instance', 'database'],
  ['firestore.googleapis.com/Database', 'database'],
  ['datastore.googleapis.com/Database', 'database'],
  ['bigquery.googleapis.com/Dataset', 'database'],
  ['redis.googleapis.com/Instance', 'database'],
  ['redis.googleapis.com/Cluster', 'database'],
  ['memcache.googleapis.com/Instance', 'database'],
  ['healthcare.googleapis.com/Dataset', 'database'],
  ['metastore.googleapis.com/Service', 'database'],
  ['storage.googleapis.com/Bucket', 'bucket'],
  ['file.googleapis.com/Instance', 'bucket'],
  ['netapp.googleapis.com/Volume', 'bucket'],
  ['artifactregistry.googleapis.com/Repository', 'bucket'],
  ['secretmanager.googleapis.com/Secret', 'key-vault'],
  ['cloudkms.googleapis.com/KeyRing', 'key-vault'],
  ['pubsub.googleapis.com/Topic', 'queue'],
  ['cloudtasks.googleapis.com/Queue', 'queue'],
  ['aiplatform.googleapis.com/Endpoint', 'other'],
  ['dataflow.googleapis.com/Job', 'other'],
  ['datafusion.googleapis.com/Instance', 'other'],
]);

/** Ledger words for assets that are not workloads. */
const CLASSIFIED_ASSETS: ReadonlyMap<string, string> = new Map([
  ['compute.googleapis.com/Disk', 'disk'],
  ['compute.googleapis.com/RegionDisk', 'disk'],
  ['compute.googleapis.com/Snapshot', 'snapshot'],
  ['compute.googleapis.com/Image', 'image'],
  ['compute.googleapis.com/InstanceTemplate', 'template'],
  ['compute.googleapis.com/MachineImage', 'image'],
  ['compute.googleapis.com/InstanceGroup', 'instance group'],
  ['compute.googleapis.com/InstanceGroupManager', 'instance group'],
  ['compute.googleapis.com/Network', 'virtual network'],
  ['compute.googleapis.com/Subnetwork', 'subnet'],
  ['compute.googleapis.com/Firewall', 'firewall rule'],
  ['compute.googleapis.com/Address', 'ip address'],
  ['compute.googleapis.com/ForwardingRule', 'load balancer'],
  ['compute.googleapis.com/GlobalForwardingRule', 'load balancer'],
  ['compute.googleapis.com/Project', 'project setting'],
  ['appengine.googleapis.com/Application', 'app engine application'],
  ['appengine.googleapis.com/Version', 'app engine version'],
  ['run.googleapis.com/Revision', 'revision'],
  ['bigquery.googleapis.com/Table', 'table'],
  ['spanner.googleapis.com/Database', 'database in instance'],
  ['bigtableadmin.googleapis.com/Cluster', 'cluster of instance'],
  ['bigtableadmin.googleapis.com/Table', 'table'],
  ['alloydb.googleapis.com/Instance', 'instance of cluster'],
  ['container.googleapis.com/NodePool', 'node pool'],
  ['dataproc.googleapis.com/Job', 'job'],
  ['cloudkms.googleapis.com/CryptoKey', 'encryption key'],
  ['cloudkms.googleapis.com/CryptoKeyVersion', 'encryption key version'],
  ['secretmanager.googleapis.com/SecretVersion', 'secret version'],
  ['pubsub.googleapis.com/Subscription', 'subscription'],
  ['iam.googleapis.com/Role', 'role'],
  ['iam.googleapis.com/ServiceAccount', 'service account'],
  ['iam.googleapis.com/ServiceAccountKey', 'service account key'],
  ['iam.googleapis.com/WorkloadIdentityPool', 'workload identity pool'],
  ['iam.googleapis.com/WorkloadIdentityPoolProvider', 'workload identity pool'],
  ['iam.googleapis.com/WorkforcePool', 'workforce pool'],
  ['iam.googleapis.com/WorkforcePoolProvider', 'workforce pool'],
  ['iam.googleapis.com/PrincipalAccessBoundaryPolicy', 'access boundary'],
  ['iam.googleapis.com/PolicyBinding', 'policy binding'],
  ['dns.googleapis.com/ManagedZone', 'dns zone'],
  ['serviceusage.googleapis.com/Service', 'enabled service'],
  ['cloudbilling.googleapis.com/ProjectBillingInfo', 'billing'],
  ['cloudbilling.googleapis.com/BillingAccount', 'billing'],
  ['logging.googleapis.com/LogSink', 'monitoring'],
]);

/** Services whose assets are never workloads. */
const CLASSIFIED_SERVICES: ReadonlyMap<string, string> = new Map([
  ['logging.googleapis.com', 'monitoring'],
  ['monitoring.googleapis.com', 'monitoring'],
  ['dns.googleapis.com', 'dns'],
  ['networkconnectivity.googleapis.com', 'network resource'],
  ['networkmanagement.googleapis.com', 'network resource'],
  ['networkservices.googleapis.com', 'network resource'],
  ['networksecurity.googleapis.com', 'network resource'],
  ['vpcaccess.googleapis.com', 'network resource'],
  ['servicedirectory.googleapis.com', 'network resource'],
  ['orgpolicy.googleapis.com', 'organisation policy'],
  ['identity.accesscontextmanager.googleapis.com', 'access policy'],
  ['k8s.io', 'kubernetes object'],
  ['rbac.authorization.k8s.io', 'kubernetes object'],
  ['apps.k8s.io', 'kubernetes object'],
  ['batch.k8s.io', 'kubernetes object'],
  ['extensions.k8s.io', 'kubernetes object'],
  ['networking.k8s.io', 'kubernetes object'],
  ['iam.googleapis.com', 'identity setting'],
  ['cloudbilling.googleapis.com', 'billing'],
  ['osconfig.googleapis.com', 'maintenance setting'],
  ['apikeys.googleapis.com', 'api key'],
]);

/** Services that exist to compute or to keep data: a new asset kind named like a whole is taken for a workload. */
const HOSTING_SERVICES: ReadonlySet<string> = new Set([
  'compute.googleapis.com',
  'container.googleapis.com',
  'run.googleapis.com',
  'appengine.googleapis.com',
  'sqladmin.googleapis.com',
  'alloydb.googleapis.com',
  'spanner.googleapis.com',
  'redis.googleapis.com',
  'memorystore.googleapis.com',
  'storage.googleapis.com',
  'file.googleapis.com',
  'netapp.googleapis.com',
  'parallelstore.googleapis.com',
  'looker.googleapis.com',
  'discoveryengine.googleapis.com',
  'tpu.googleapis.com',
  'workstations.googleapis.com',
  'gkehub.googleapis.com',
  'managedkafka.googleapis.com',
  'oracledatabase.googleapis.com',
]);

/** Kinds that name something that stands by itself, rather than a part or a setting. */
const WHOLE =
  /(?:^|\.|\/)(?:\w*Instance|\w*Cluster|\w*Database|Bucket|Service|Workstation|Node|Engine|Environment)$/;

type AssetClass = {workload: WorkloadType; known: boolean} | {workload: null; word: string; known: boolean};

/**
 * Decides what an asset type is: by the tables; else a kind that names a whole within a hosting service
 * is a workload of type `other`, everything else is `other resource`. `known` is false where only that
 * last rule spoke, so that the reader is told.
 */
export function classifyAsset(type: string): AssetClass {
  const workload = WORKLOAD_ASSETS.get(type);
  if (workload !== undefined) return {workload, known: true};
  const word = CLASSIFIED_ASSETS.get(type) ?? CLASSIFIED_SERVICES.get(type.split('/')[0] ?? '');
  if (word !== undefined) return {workload: null, word, known: true};
  if (HOSTING_SERVICES.has(type.split('/')[0] ?? '') && WHOLE.test(type))
    return {workload: 'other', known: false};
  return {workload: null, word: 'other resource', known: false};
}
