import type {Capability} from '../../../model/exposure.ts';

/**
 * What single Google Cloud permissions amount to, after Google's permission reference. Permissions not listed give no access to
 * the content of anything and no way to more rights.
 */
export interface Effect {
  /**
   * `control` who else has rights on the scope · `identities` the service accounts on or below it · `delegation` what those may
   * mint tokens for · `roles` custom roles defined there · a native type, or the service part of one: workloads of that sort.
   */
  over: 'control' | 'identities' | 'delegation' | 'roles' | (string & {});
  /** Access without control; absent = control. */
  caps?: readonly Capability[];
  /** Needs a further permission: held in the same role it is certain, otherwise conditional. */
  with?: string;
  /** Only conditional, and why. */
  doubt?: string;
  /** Native type of the part of a workload the request names (an object of a bucket); absent = the workload itself. */
  part?: string;
}

const ACT_AS = 'iam.serviceAccounts.actAs';
const READ: readonly Capability[] = ['read'];
const WRITE: readonly Capability[] = ['write'];
const DESTROY: readonly Capability[] = ['destroy'];
const STOP: readonly Capability[] = ['deny-service'];

const INSTANCE = 'compute.googleapis.com/Instance';
const BUCKET = 'storage.googleapis.com/Bucket';
const OBJECT = 'storage.googleapis.com/Object';
const DATASET = 'bigquery.googleapis.com/Dataset';
const TABLE = 'bigquery.googleapis.com/Table';
const SQL = 'sqladmin.googleapis.com/Instance';
const SPANNER = 'spanner.googleapis.com/Instance';
const SPANNER_DB = 'spanner.googleapis.com/Database';
const BIGTABLE = 'bigtableadmin.googleapis.com';
const BIGTABLE_TABLE = 'bigtableadmin.googleapis.com/Table';
const ALLOY = 'alloydb.googleapis.com/Cluster';
const SECRET = 'secretmanager.googleapis.com/Secret';
const VERSION = 'secretmanager.googleapis.com/SecretVersion';
const KEY_RING = 'cloudkms.googleapis.com/KeyRing';
const CRYPTO_KEY = 'cloudkms.googleapis.com/CryptoKey';
const KEY_VERSION = 'cloudkms.googleapis.com/CryptoKeyVersion';
const TOPIC = 'pubsub.googleapis.com/Topic';
const SUBSCRIPTION = 'pubsub.googleapis.com/Subscription';
const GKE = 'container.googleapis.com/Cluster';
const DATAPROC = 'dataproc.googleapis.com/Cluster';
const COMPOSER = 'composer.googleapis.com/Environment';
const PRIVATE_CLOUD = 'vmwareengine.googleapis.com/PrivateCloud';
const RUN = 'run.googleapis.com';
const FUNCTIONS = 'cloudfunctions.googleapis.com';
const APP_ENGINE = 'appengine.googleapis.com/Service';
const WORKFLOW = 'workflows.googleapis.com/Workflow';
const NOTEBOOK = 'notebooks.googleapis.com/Instance';
const ARTIFACTS = 'artifactregistry.googleapis.com/Repository';
const REDIS = 'redis.googleapis.com';
const FIRESTORE = 'firestore.googleapis.com/Database';
const DATASTORE = 'datastore.googleapis.com/Database';
const TASKS = 'cloudtasks.googleapis.com/Queue';

const on = (over: string, more: Omit<Effect, 'over'> = {}): Effect => ({over, ...more});
const both = (...effects: Effect[]): Effect[] => effects;

/** Effects by permission. */
export const PERMISSIONS: Readonly<Record<string, readonly Effect[]>> = {
  // Who has rights.
  'resourcemanager.organizations.setIamPolicy': [on('control')],
  'resourcemanager.folders.setIamPolicy': [on('control')],
  'resourcemanager.projects.setIamPolicy': [on('control')],
  'iam.roles.update': [on('roles')],

  // Acting as a service account.
  'iam.serviceAccounts.getAccessToken': [on('identities')],
  'iam.serviceAccounts.signBlob': [on('identities')],
  'iam.serviceAccounts.signJwt': [on('identities')],
  'iam.serviceAccounts.setIamPolicy': [on('identities')],
  'iam.serviceAccountKeys.create': [on('identities')],
  'iam.serviceAccounts.getOpenIdToken': [
    on('identities', {doubt: 'an identity token opens only what trusts this account by such tokens'}),
  ],
  'storage.hmacKeys.create': [
    on('identities', {doubt: 'an HMAC key gives the Cloud Storage rights of the account only'}),
  ],
  'iam.serviceAccounts.implicitDelegation': [on('delegation')],
  'deploymentmanager.deployments.create': [
    on('agent:cloudservices', {doubt: 'the Google APIs service agent has the rights it was left with'}),
  ],
  'cloudbuild.builds.create': [
    on('agent:cloudbuild', {
      doubt: 'which account builds run as by default depends on the age of the project',
    }),
  ],

  // Virtual machines.
  // Who gets onto a machine has its account: where it runs as one, all three ask for the right to act as it.
  'compute.instances.setMetadata': [on(INSTANCE, {with: ACT_AS})],
  'compute.instances.osAdminLogin': [on(INSTANCE, {with: ACT_AS})],
  'compute.instances.setIamPolicy': [on(INSTANCE, {with: ACT_AS})],
  'compute.instances.osLogin': [on(INSTANCE, {doubt: 'login without administrator rights'})],
  'compute.projects.setCommonInstanceMetadata': [
    on(INSTANCE, {doubt: 'an instance may block keys of its project'}),
  ],
  'compute.instances.delete': [on(INSTANCE, {caps: DESTROY})],
  'compute.instances.stop': [on(INSTANCE, {caps: STOP})],
  'compute.disks.createSnapshot': [on(INSTANCE, {caps: READ, with: 'compute.snapshots.create'})],
  'compute.disks.delete': [
    on(INSTANCE, {caps: DESTROY, doubt: 'an attached disk cannot be deleted before it is detached'}),
  ],
  'baremetalsolution.instances.enableInteractiveSerialConsole': [
    on('baremetalsolution.googleapis.com/Instance', {doubt: 'a console asks for a login of the machine'}),
  ],
  'baremetalsolution.instances.update': [
    on('baremetalsolution.googleapis.com/Instance', {doubt: 'login keys can be set on some images only'}),
  ],
  'baremetalsolution.instances.stop': [on('baremetalsolution.googleapis.com/Instance', {caps: STOP})],
  'vmwareengine.privateClouds.showVcenterCredentials': [on(PRIVATE_CLOUD)],
  'vmwareengine.privateClouds.resetVcenterCredentials': [
    on(PRIVATE_CLOUD, {with: 'vmwareengine.privateClouds.showVcenterCredentials'}),
  ],
  'vmwareengine.privateClouds.delete': [on(PRIVATE_CLOUD, {caps: DESTROY})],

  // Containers, functions, services.
  'container.pods.exec': [on(GKE)],
  'container.pods.create': [on(GKE)],
  'container.clusterRoleBindings.create': [on(GKE)],
  'container.secrets.get': [on(GKE, {caps: READ})],
  'container.clusters.update': [on(GKE)],
  'container.clusters.delete': [on(GKE, {caps: DESTROY})],
  'container.clusters.getCredentials': [
    on(GKE, {doubt: 'what it opens is decided by the roles inside the cluster'}),
  ],
  'run.services.update': [on(RUN, {with: ACT_AS})],
  'run.services.setIamPolicy': [on(RUN, {caps: READ, doubt: 'opens the service to callers'})],
  'run.jobs.update': [on('run.googleapis.com/Job', {with: ACT_AS})],
  'run.jobs.runWithOverrides': [on('run.googleapis.com/Job')],
  'run.services.delete': [on('run.googleapis.com/Service', {caps: DESTROY})],
  'cloudfunctions.functions.update': [on(FUNCTIONS, {with: ACT_AS})],
  'cloudfunctions.functions.setIamPolicy': [
    on(FUNCTIONS, {caps: READ, doubt: 'opens the function to callers'}),
  ],
  'cloudfunctions.functions.delete': [on(FUNCTIONS, {caps: DESTROY})],
  'appengine.versions.create': [on(APP_ENGINE, {with: ACT_AS})],
  'appengine.instances.enableDebug': [on(APP_ENGINE)],
  'appengine.services.delete': [on(APP_ENGINE, {caps: DESTROY})],
  'workflows.workflows.update': [on(WORKFLOW, {with: ACT_AS})],
  'workflows.workflows.delete': [on(WORKFLOW, {caps: DESTROY})],
  'composer.environments.update': [on(COMPOSER)],
  'composer.environments.executeAirflowCommand': [on(COMPOSER)],
  'composer.environments.delete': [on(COMPOSER, {caps: DESTROY})],
  'notebooks.instances.setIamPolicy': [on(NOTEBOOK)],
  'notebooks.instances.use': [on(NOTEBOOK)],
  'notebooks.instances.update': [on(NOTEBOOK, {doubt: 'start scripts run only where metadata may be set'})],
  'notebooks.instances.delete': [on(NOTEBOOK, {caps: DESTROY})],
  'dataproc.jobs.create': [on(DATAPROC, {with: 'dataproc.clusters.use'})],
  'dataproc.clusters.update': [on(DATAPROC, {doubt: 'changes size and settings, not code'})],
  'dataproc.clusters.setIamPolicy': [on(DATAPROC)],
  'dataproc.clusters.delete': [on(DATAPROC, {caps: DESTROY})],
  'datafusion.instances.setIamPolicy': [on('datafusion.googleapis.com/Instance')],
  'datafusion.instances.update': [
    on('datafusion.googleapis.com/Instance', {doubt: 'settings of the instance'}),
  ],
  'datafusion.instances.delete': [on('datafusion.googleapis.com/Instance', {caps: DESTROY})],
  'aiplatform.endpoints.update': [on('aiplatform.googleapis.com/Endpoint')],
  'aiplatform.endpoints.delete': [on('aiplatform.googleapis.com/Endpoint', {caps: DESTROY})],
  'dataflow.jobs.cancel': [on('dataflow.googleapis.com/Job', {caps: STOP})],
  'dataflow.jobs.updateContents': [
    on('dataflow.googleapis.com/Job', {doubt: 'job state of its own workers'}),
  ],

  // Databases.
  'cloudsql.users.update': [on(SQL)],
  'cloudsql.users.create': [on(SQL)],
  'cloudsql.instances.executeSql': [on(SQL, {caps: ['read', 'write']})],
  'cloudsql.instances.export': [on(SQL, {caps: READ})],
  'cloudsql.instances.import': [on(SQL, {caps: WRITE})],
  'cloudsql.instances.restoreBackup': [on(SQL, {caps: WRITE})],
  'cloudsql.instances.clone': [on(SQL, {caps: READ, with: 'cloudsql.users.update'})],
  'cloudsql.instances.login': [
    on(SQL, {caps: ['read', 'write'], doubt: 'the database decides what its user may do'}),
  ],
  'cloudsql.instances.delete': [on(SQL, {caps: DESTROY})],
  'cloudsql.instances.restart': [on(SQL, {caps: STOP})],
  'alloydb.users.update': [on(ALLOY)],
  'alloydb.users.create': [on(ALLOY)],
  'alloydb.users.login': [
    on(ALLOY, {caps: ['read', 'write'], doubt: 'the database decides what its user may do'}),
  ],
  'alloydb.clusters.export': [on(ALLOY, {caps: READ})],
  'alloydb.clusters.delete': [on(ALLOY, {caps: DESTROY})],
  'spanner.databases.select': [on(SPANNER, {caps: READ, part: SPANNER_DB})],
  'spanner.databases.read': [on(SPANNER, {caps: READ, part: SPANNER_DB})],
  'spanner.databases.write': [on(SPANNER, {caps: WRITE, part: SPANNER_DB})],
  'spanner.databases.drop': [on(SPANNER, {caps: DESTROY, part: SPANNER_DB})],
  'spanner.databases.setIamPolicy': [on(SPANNER, {part: SPANNER_DB})],
  'spanner.instances.setIamPolicy': [on(SPANNER)],
  'spanner.instances.delete': [on(SPANNER, {caps: DESTROY})],
  'bigtable.tables.readRows': [on(BIGTABLE, {caps: READ, part: BIGTABLE_TABLE})],
  'bigtable.tables.mutateRows': [on(BIGTABLE, {caps: WRITE, part: BIGTABLE_TABLE})],
  'bigtable.tables.delete': [on(BIGTABLE, {caps: DESTROY, part: BIGTABLE_TABLE})],
  'bigtable.instances.setIamPolicy': [on(BIGTABLE)],
  'bigtable.instances.delete': [on(BIGTABLE, {caps: DESTROY})],
  'datastore.entities.get': both(on(FIRESTORE, {caps: READ}), on(DATASTORE, {caps: READ})),
  'datastore.entities.update': both(on(FIRESTORE, {caps: WRITE}), on(DATASTORE, {caps: WRITE})),
  'datastore.entities.delete': both(on(FIRESTORE, {caps: DESTROY}), on(DATASTORE, {caps: DESTROY})),
  'bigquery.tables.getData': [on(DATASET, {caps: READ, part: TABLE})],
  'bigquery.tables.updateData': [on(DATASET, {caps: WRITE, part: TABLE})],
  'bigquery.tables.delete': [on(DATASET, {caps: DESTROY, part: TABLE})],
  'bigquery.datasets.update': [on(DATASET)],
  'bigquery.datasets.setIamPolicy': [on(DATASET)],
  'bigquery.datasets.delete': [on(DATASET, {caps: DESTROY})],
  'redis.instances.getAuthString': [on(REDIS, {caps: ['read', 'write']})],
  'redis.instances.updateAuth': [
    on(REDIS, {doubt: 'switches the password off; the network still guards it'}),
  ],
  'redis.instances.export': [on(REDIS, {caps: READ})],
  'redis.instances.delete': [on(REDIS, {caps: DESTROY})],
  'redis.clusters.connect': [on('redis.googleapis.com/Cluster', {caps: ['read', 'write']})],
  'redis.clusters.delete': [on('redis.googleapis.com/Cluster', {caps: DESTROY})],
  'memcache.instances.update': [on('memcache.googleapis.com/Instance', {doubt: 'settings of the instance'})],
  'memcache.instances.delete': [on('memcache.googleapis.com/Instance', {caps: DESTROY})],
  'healthcare.datasets.setIamPolicy': [on('healthcare.googleapis.com/Dataset')],
  'healthcare.fhirResources.get': [on('healthcare.googleapis.com/Dataset', {caps: READ})],
  'healthcare.fhirResources.update': [on('healthcare.googleapis.com/Dataset', {caps: WRITE})],
  'healthcare.fhirResources.delete': [on('healthcare.googleapis.com/Dataset', {caps: DESTROY})],
  'healthcare.dicomStores.dicomWebRead': [on('healthcare.googleapis.com/Dataset', {caps: READ})],
  'healthcare.hl7V2Messages.get': [on('healthcare.googleapis.com/Dataset', {caps: READ})],
  'healthcare.datasets.delete': [on('healthcare.googleapis.com/Dataset', {caps: DESTROY})],
  'metastore.services.setIamPolicy': [on('metastore.googleapis.com/Service')],
  'metastore.services.export': [on('metastore.googleapis.com/Service', {caps: READ})],
  'metastore.services.delete': [on('metastore.googleapis.com/Service', {caps: DESTROY})],

  // Files and packages.
  'storage.objects.get': [on(BUCKET, {caps: READ, part: OBJECT})],
  'storage.objects.create': [on(BUCKET, {caps: WRITE, part: OBJECT})],
  'storage.objects.delete': [on(BUCKET, {caps: DESTROY, part: OBJECT})],
  'storage.objects.setIamPolicy': [
    on(BUCKET, {caps: READ, part: OBJECT, doubt: 'only where access is not uniform'}),
  ],
  'storage.buckets.setIamPolicy': [on(BUCKET)],
  'storage.buckets.update': [on(BUCKET, {caps: DESTROY})],
  'storage.buckets.delete': [on(BUCKET, {caps: DESTROY, with: 'storage.objects.delete'})],
  'artifactregistry.repositories.downloadArtifacts': [on(ARTIFACTS, {caps: READ})],
  'artifactregistry.repositories.uploadArtifacts': [on(ARTIFACTS, {caps: WRITE})],
  'artifactregistry.repositories.deleteArtifacts': [on(ARTIFACTS, {caps: DESTROY})],
  'artifactregistry.repositories.setIamPolicy': [on(ARTIFACTS)],
  'file.instances.delete': [on('file.googleapis.com/Instance', {caps: DESTROY})],
  'file.instances.update': [on('file.googleapis.com/Instance', {doubt: 'export rules decide who may mount'})],
  'file.backups.create': [on('file.googleapis.com/Instance', {caps: READ, with: 'file.instances.create'})],
  'netapp.volumes.update': [on('netapp.googleapis.com/Volume', {doubt: 'export rules decide who may mount'})],
  'netapp.volumes.delete': [on('netapp.googleapis.com/Volume', {caps: DESTROY})],

  // Secrets, keys, queues.
  'secretmanager.versions.access': [on(SECRET, {caps: READ, part: VERSION})],
  'secretmanager.versions.add': [on(SECRET, {caps: WRITE})],
  'secretmanager.versions.destroy': [on(SECRET, {caps: DESTROY, part: VERSION})],
  'secretmanager.secrets.delete': [on(SECRET, {caps: DESTROY})],
  'secretmanager.secrets.setIamPolicy': [on(SECRET)],
  'cloudkms.cryptoKeyVersions.useToDecrypt': [on(KEY_RING, {caps: READ, part: CRYPTO_KEY})],
  'cloudkms.cryptoKeyVersions.useToSign': [on(KEY_RING, {caps: WRITE, part: KEY_VERSION})],
  'cloudkms.cryptoKeyVersions.destroy': [on(KEY_RING, {caps: DESTROY, part: KEY_VERSION})],
  'cloudkms.cryptoKeyVersions.update': [on(KEY_RING, {caps: STOP, part: KEY_VERSION})],
  'cloudkms.cryptoKeys.setIamPolicy': [on(KEY_RING, {part: CRYPTO_KEY})],
  'cloudkms.keyRings.setIamPolicy': [on(KEY_RING)],
  'pubsub.subscriptions.consume': [on(TOPIC, {caps: READ, part: SUBSCRIPTION})],
  'pubsub.topics.attachSubscription': [on(TOPIC, {caps: READ, with: 'pubsub.subscriptions.create'})],
  'pubsub.topics.publish': [on(TOPIC, {caps: WRITE})],
  'pubsub.topics.delete': [on(TOPIC, {caps: DESTROY})],
  'pubsub.topics.setIamPolicy': [on(TOPIC)],
  'cloudtasks.tasks.create': [on(TASKS, {caps: WRITE})],
  'cloudtasks.tasks.get': [on(TASKS, {caps: READ})],
  'cloudtasks.queues.purge': [on(TASKS, {caps: DESTROY})],
  'cloudtasks.queues.setIamPolicy': [on(TASKS)],
};
