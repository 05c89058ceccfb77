/** Google Cloud facts: predefined roles (IAM roles reference) and permissions that amount to control. */

export interface GcpRole {
  over: string;
  certainty: 'certain' | 'conditional';
}

const all = (over: string): GcpRole[] => [{over, certainty: 'certain'}];
const ACT_AS: GcpRole = {over: 'identities', certainty: 'conditional'};

/** Predefined roles that give control; `roles/editor` also acts as the default service accounts. */
export const GCP_ROLES: Record<string, GcpRole[]> = {
  'roles/owner': all('control'),
  'roles/resourcemanager.organizationAdmin': all('control'),
  'roles/resourcemanager.folderAdmin': all('control'),
  'roles/resourcemanager.projectIamAdmin': all('control'),
  'roles/resourcemanager.folderIamAdmin': all('control'),
  'roles/iam.securityAdmin': all('control'),
  'roles/iam.organizationRoleAdmin': all('control'),
  'roles/iam.roleAdmin': all('control'),
  'roles/editor': [
    {over: 'content', certainty: 'certain'},
    {over: 'identities', certainty: 'certain'},
  ],
  'roles/iam.serviceAccountAdmin': all('identities'),
  'roles/iam.serviceAccountKeyAdmin': all('identities'),
  'roles/iam.serviceAccountTokenCreator': all('identities'),
  'roles/iam.workloadIdentityUser': all('identities'),
  'roles/iam.serviceAccountUser': [ACT_AS],
  'roles/compute.admin': [...all('vm'), ACT_AS],
  'roles/compute.instanceAdmin': all('vm'),
  'roles/compute.instanceAdmin.v1': all('vm'),
  'roles/compute.osAdminLogin': all('vm'),
  'roles/container.admin': all('cluster'),
  'roles/container.clusterAdmin': all('cluster'),
  'roles/container.developer': all('cluster'),
  'roles/cloudsql.admin': all('database'),
  'roles/cloudsql.editor': all('database'),
  'roles/spanner.admin': all('database'),
  'roles/bigquery.admin': all('database'),
  'roles/datastore.owner': all('database'),
  'roles/storage.admin': all('bucket'),
  'roles/storage.objectAdmin': all('bucket'),
  'roles/storage.objectUser': all('bucket'),
  'roles/storage.objectViewer': all('bucket'),
  'roles/run.admin': all('container-service'),
  'roles/run.developer': [{over: 'container-service', certainty: 'conditional'}],
  'roles/cloudfunctions.admin': all('function'),
  'roles/cloudfunctions.developer': [{over: 'function', certainty: 'conditional'}],
  'roles/appengine.appAdmin': all('app-service'),
  'roles/appengine.deployer': all('app-service'),
  'roles/secretmanager.admin': all('key-vault'),
  'roles/secretmanager.secretAccessor': all('key-vault'),
  'roles/cloudkms.admin': all('key-vault'),
  'roles/pubsub.admin': all('queue'),
};

/** Permissions of custom roles that give the same. */
export const GCP_PERMISSIONS: ({permission: string} & GcpRole)[] = [
  {permission: 'resourcemanager.projects.setIamPolicy', over: 'control', certainty: 'certain'},
  {permission: 'resourcemanager.folders.setIamPolicy', over: 'control', certainty: 'certain'},
  {permission: 'resourcemanager.organizations.setIamPolicy', over: 'control', certainty: 'certain'},
  {permission: 'iam.roles.update', over: 'control', certainty: 'conditional'},
  {permission: 'iam.serviceAccounts.setIamPolicy', over: 'identities', certainty: 'certain'},
  {permission: 'iam.serviceAccounts.getAccessToken', over: 'identities', certainty: 'certain'},
  {permission: 'iam.serviceAccounts.signBlob', over: 'identities', certainty: 'certain'},
  {permission: 'iam.serviceAccounts.signJwt', over: 'identities', certainty: 'certain'},
  {permission: 'iam.serviceAccounts.implicitDelegation', over: 'identities', certainty: 'conditional'},
  {permission: 'iam.serviceAccountKeys.create', over: 'identities', certainty: 'certain'},
  {permission: 'iam.serviceAccounts.actAs', over: 'identities', certainty: 'conditional'},
  {permission: 'compute.instances.setMetadata', over: 'vm', certainty: 'certain'},
  {permission: 'compute.instances.osAdminLogin', over: 'vm', certainty: 'certain'},
  {permission: 'compute.instances.setIamPolicy', over: 'vm', certainty: 'certain'},
  {permission: 'container.clusters.update', over: 'cluster', certainty: 'certain'},
  {permission: 'container.clusters.getCredentials', over: 'cluster', certainty: 'conditional'},
  {permission: 'cloudsql.instances.update', over: 'database', certainty: 'certain'},
  {permission: 'cloudsql.users.update', over: 'database', certainty: 'certain'},
  {permission: 'storage.buckets.setIamPolicy', over: 'bucket', certainty: 'certain'},
  {permission: 'storage.objects.get', over: 'bucket', certainty: 'certain'},
  {permission: 'run.services.update', over: 'container-service', certainty: 'certain'},
  {permission: 'run.services.setIamPolicy', over: 'container-service', certainty: 'certain'},
  {permission: 'cloudfunctions.functions.update', over: 'function', certainty: 'certain'},
  {permission: 'cloudfunctions.functions.setIamPolicy', over: 'function', certainty: 'certain'},
  {permission: 'appengine.versions.create', over: 'app-service', certainty: 'certain'},
  {permission: 'secretmanager.versions.access', over: 'key-vault', certainty: 'certain'},
  {permission: 'secretmanager.secrets.setIamPolicy', over: 'key-vault', certainty: 'certain'},
  {permission: 'pubsub.topics.setIamPolicy', over: 'queue', certainty: 'certain'},
];

/**
 * Endings of predefined role names that give no control: they read metadata, write logs and metrics, call a service,
 * or belong to Google's own service agents (which the provider's control plane stands for).
 */
export const HARMLESS_ROLES =
  /(?:viewer|reader|browser|logwriter|metricwriter|invoker|subscriber|publisher|auditor|serviceagent|\bclient|reviewer|agent|consumer|listener|jobuser|networkuser)$/i;
