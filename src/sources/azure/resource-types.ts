import type {WorkloadType} from '../../model/estate.ts';

/**
 * What each Azure resource type is. A workload is a thing that runs or stores something and could be
 * placed elsewhere; everything else is counted in the ledger under the word given here.
 * Keys are lower-case ARM types. Types not listed: see {@link classifyType}.
 */
export const WORKLOAD_TYPES: ReadonlyMap<string, WorkloadType> = new Map<string, WorkloadType>([
  ['microsoft.compute/virtualmachines', 'vm'],
  ['microsoft.compute/virtualmachinescalesets', 'vm'],
  ['microsoft.classiccompute/virtualmachines', 'vm'],
  ['microsoft.hybridcompute/machines', 'vm'],
  ['microsoft.avs/privateclouds', 'cluster'],
  ['microsoft.compute/cloudservices', 'app-service'],
  ['microsoft.web/sites', 'app-service'],
  ['microsoft.web/sites/slots', 'app-service'],
  ['microsoft.web/staticsites', 'app-service'],
  ['microsoft.appplatform/spring', 'app-service'],
  ['microsoft.logic/workflows', 'function'],
  ['microsoft.app/containerapps', 'container-service'],
  ['microsoft.app/jobs', 'container-service'],
  ['microsoft.containerinstance/containergroups', 'container-service'],
  ['microsoft.containerservice/managedclusters', 'cluster'],
  ['microsoft.redhatopenshift/openshiftclusters', 'cluster'],
  ['microsoft.kubernetes/connectedclusters', 'cluster'],
  ['microsoft.hdinsight/clusters', 'cluster'],
  ['microsoft.databricks/workspaces', 'cluster'],
  ['microsoft.batch/batchaccounts', 'cluster'],
  ['microsoft.servicefabric/clusters', 'cluster'],
  ['microsoft.servicefabric/managedclusters', 'cluster'],
  ['microsoft.sql/servers/databases', 'database'],
  ['microsoft.sql/managedinstances', 'database'],
  ['microsoft.sqlvirtualmachine/sqlvirtualmachines', 'database'],
  ['microsoft.dbforpostgresql/servers', 'database'],
  ['microsoft.dbforpostgresql/flexibleservers', 'database'],
  ['microsoft.dbforpostgresql/servergroupsv2', 'database'],
  ['microsoft.dbformysql/servers', 'database'],
  ['microsoft.dbformysql/flexibleservers', 'database'],
  ['microsoft.dbformariadb/servers', 'database'],
  ['microsoft.documentdb/databaseaccounts', 'database'],
  ['microsoft.documentdb/mongoclusters', 'database'],
  ['microsoft.documentdb/cassandraclusters', 'database'],
  ['microsoft.cache/redis', 'database'],
  ['microsoft.cache/redisenterprise', 'database'],
  ['microsoft.kusto/clusters', 'database'],
  ['microsoft.synapse/workspaces', 'database'],
  ['microsoft.search/searchservices', 'database'],
  ['microsoft.timeseriesinsights/environments', 'database'],
  ['microsoft.storage/storageaccounts', 'bucket'],
  ['microsoft.classicstorage/storageaccounts', 'bucket'],
  ['microsoft.netapp/netappaccounts/capacitypools/volumes', 'bucket'],
  ['microsoft.storagesync/storagesyncservices', 'bucket'],
  ['microsoft.containerregistry/registries', 'bucket'],
  ['microsoft.datalakestore/accounts', 'bucket'],
  ['microsoft.recoveryservices/vaults', 'bucket'],
  ['microsoft.dataprotection/backupvaults', 'bucket'],
  ['microsoft.keyvault/vaults', 'key-vault'],
  ['microsoft.keyvault/managedhsms', 'key-vault'],
  ['microsoft.appconfiguration/configurationstores', 'key-vault'],
  ['microsoft.servicebus/namespaces', 'queue'],
  ['microsoft.eventhub/namespaces', 'queue'],
  ['microsoft.eventgrid/topics', 'queue'],
  ['microsoft.eventgrid/domains', 'queue'],
  ['microsoft.eventgrid/namespaces', 'queue'],
  ['microsoft.devices/iothubs', 'queue'],
  ['microsoft.relay/namespaces', 'queue'],
  ['microsoft.signalrservice/signalr', 'queue'],
  ['microsoft.cognitiveservices/accounts', 'saas'],
  ['microsoft.botservice/botservices', 'saas'],
  ['microsoft.powerbidedicated/capacities', 'saas'],
  ['microsoft.fabric/capacities', 'saas'],
  ['microsoft.apimanagement/service', 'app-service'],
  ['microsoft.datafactory/factories', 'other'],
  ['microsoft.machinelearningservices/workspaces', 'other'],
  ['microsoft.automation/automationaccounts', 'other'],
  ['microsoft.operationalinsights/workspaces', 'database'],
  ['microsoft.desktopvirtualization/hostpools', 'other'],
  ['microsoft.labservices/labs', 'other'],
  ['microsoft.devcenter/projects', 'other'],
  ['microsoft.saas/resources', 'saas'],
  ['microsoft.healthcareapis/workspaces', 'database'],
  ['microsoft.healthcareapis/services', 'database'],
]);

/** Ledger words for resources that are not workloads. */
export const CLASSIFIED_TYPES: ReadonlyMap<string, string> = new Map([
  ['microsoft.compute/disks', 'disk'],
  ['microsoft.compute/snapshots', 'snapshot'],
  ['microsoft.compute/images', 'image'],
  ['microsoft.compute/galleries', 'image gallery'],
  ['microsoft.compute/availabilitysets', 'availability set'],
  ['microsoft.compute/proximityplacementgroups', 'placement group'],
  ['microsoft.compute/capacityreservationgroups', 'capacity reservation'],
  ['microsoft.compute/hostgroups', 'dedicated host group'],
  ['microsoft.compute/diskaccesses', 'disk access'],
  ['microsoft.compute/diskencryptionsets', 'disk encryption set'],
  ['microsoft.compute/restorepointcollections', 'restore point'],
  ['microsoft.compute/sshpublickeys', 'ssh key'],
  ['microsoft.compute/virtualmachines/extensions', 'vm extension'],
  ['microsoft.compute/virtualmachines/runcommands', 'vm run command'],
  ['microsoft.compute/virtualmachinescalesets/virtualmachines', 'scale set instance'],
  ['microsoft.sql/servers', 'database server'],
  ['microsoft.sql/servers/elasticpools', 'elastic pool'],
  ['microsoft.sql/instancepools', 'instance pool'],
  ['microsoft.sql/virtualclusters', 'virtual cluster'],
  ['microsoft.sql/managedinstances/databases', 'managed database'],
  ['microsoft.web/serverfarms', 'app service plan'],
  ['microsoft.web/hostingenvironments', 'app service environment'],
  ['microsoft.web/kubeenvironments', 'container environment'],
  ['microsoft.app/managedenvironments', 'container environment'],
  ['microsoft.web/certificates', 'certificate'],
  ['microsoft.web/connections', 'api connection'],
  ['microsoft.domainregistration/domains', 'domain name'],
  ['microsoft.certificateregistration/certificateorders', 'certificate'],
  ['microsoft.managedidentity/userassignedidentities', 'managed identity'],
  ['microsoft.containerservice/snapshots', 'snapshot'],
  ['microsoft.containerservice/fleets', 'cluster fleet'],
  ['microsoft.netapp/netappaccounts', 'storage account group'],
  ['microsoft.netapp/netappaccounts/capacitypools', 'storage pool'],
  ['microsoft.storage/deletedaccounts', 'deleted resource'],
  ['microsoft.authorization/locks', 'lock'],
  ['microsoft.authorization/policyassignments', 'policy assignment'],
  ['microsoft.authorization/policydefinitions', 'policy definition'],
  ['microsoft.network/networkinterfaces', 'network interface'],
  ['microsoft.network/publicipaddresses', 'public ip address'],
  ['microsoft.network/virtualnetworks', 'virtual network'],
  ['microsoft.network/networksecuritygroups', 'network security group'],
  ['microsoft.network/loadbalancers', 'load balancer'],
  ['microsoft.network/applicationgateways', 'application gateway'],
  ['microsoft.network/privateendpoints', 'private endpoint'],
  ['microsoft.network/privatednszones', 'dns zone'],
  ['microsoft.network/dnszones', 'dns zone'],
  ['microsoft.network/azurefirewalls', 'firewall'],
  ['microsoft.network/bastionhosts', 'bastion host'],
  ['microsoft.cdn/profiles', 'cdn profile'],
  ['microsoft.resources/deployments', 'deployment'],
  ['microsoft.resources/templatespecs', 'template'],
  ['microsoft.solutions/applications', 'managed application'],
  ['microsoft.portal/dashboards', 'dashboard'],
]);

/** Whole providers whose top-level types are never workloads. */
export const CLASSIFIED_PROVIDERS: ReadonlyMap<string, string> = new Map([
  ['microsoft.network', 'network resource'],
  ['microsoft.insights', 'monitoring'],
  ['microsoft.monitor', 'monitoring'],
  ['microsoft.alertsmanagement', 'monitoring'],
  ['microsoft.operationsmanagement', 'monitoring'],
  ['microsoft.dashboard', 'monitoring'],
  ['microsoft.security', 'security setting'],
  ['microsoft.securityinsights', 'security setting'],
  ['microsoft.authorization', 'authorization setting'],
  ['microsoft.policyinsights', 'authorization setting'],
  ['microsoft.managedservices', 'delegation'],
  ['microsoft.resources', 'resource group content'],
  ['microsoft.consumption', 'billing'],
  ['microsoft.costmanagement', 'billing'],
  ['microsoft.billing', 'billing'],
  ['microsoft.capacity', 'billing'],
  ['microsoft.maintenance', 'maintenance setting'],
  ['microsoft.advisor', 'recommendation'],
  ['microsoft.visualstudio', 'devops organisation'],
]);

/** Providers that exist to compute or to keep data: a new top-level type there is taken for a workload. */
export const HOSTING_PROVIDERS: ReadonlySet<string> = new Set([
  'microsoft.compute',
  'microsoft.classiccompute',
  'microsoft.hybridcompute',
  'microsoft.azurestackhci',
  'microsoft.connectedvmwarevsphere',
  'microsoft.web',
  'microsoft.app',
  'microsoft.appplatform',
  'microsoft.containerinstance',
  'microsoft.containerservice',
  'microsoft.containerregistry',
  'microsoft.sql',
  'microsoft.dbforpostgresql',
  'microsoft.dbformysql',
  'microsoft.dbformariadb',
  'microsoft.documentdb',
  'microsoft.cache',
  'microsoft.kusto',
  'microsoft.synapse',
  'microsoft.storage',
  'microsoft.netapp',
  'microsoft.elasticsan',
  'microsoft.storagecache',
  'microsoft.keyvault',
  'microsoft.servicebus',
  'microsoft.eventhub',
  'microsoft.machinelearningservices',
  'microsoft.cognitiveservices',
  'microsoft.healthcareapis',
  'oracle.database',
]);

export type TypeClass =
  | {workload: WorkloadType; known: boolean}
  | {workload: null; word: string; known: boolean};

/**
 * Decides what a resource type is: by the tables; else nested types are `child resource`, top-level
 * types of a hosting provider are workloads of type `other`, and everything else is `other resource`.
 * `known` is false where only that last rule spoke, so that the reader is told.
 */
export function classifyType(type: string): TypeClass {
  const workload = WORKLOAD_TYPES.get(type);
  if (workload !== undefined) return {workload, known: true};
  const word = CLASSIFIED_TYPES.get(type);
  if (word !== undefined) return {workload: null, word, known: true};
  const [provider = '', , ...nested] = type.split('/');
  const area = CLASSIFIED_PROVIDERS.get(provider);
  if (area !== undefined) return {workload: null, word: area, known: true};
  if (nested.length > 0) return {workload: null, word: 'child resource', known: true};
  if (HOSTING_PROVIDERS.has(provider)) return {workload: 'other', known: false};
  return {workload: null, word: 'other resource', known: false};
}
