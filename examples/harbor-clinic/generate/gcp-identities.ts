import {jsonFile, type GeneratedFile} from './files.ts';
import {GCP_ORG, GCP_PROJECTS, type GcpProjectKey} from './ids.ts';

/** Address of a service account. */
export const serviceAccount = (project: GcpProjectKey, name: string): string =>
  `${name}@${GCP_PROJECTS[project].id}.iam.gserviceaccount.com`;

const POOL = `projects/${GCP_PROJECTS.genomics.number}/locations/global/workloadIdentityPools/builds`;
/** Everyone the pool lets in. */
export const BUILD_POOL = `principalSet://iam.googleapis.com/${POOL}/*`;
/** Publishes the study website; the builds act as it. */
export const PUBLISHER = serviceAccount('genomics', 'site-publisher');

const PIPELINE = serviceAccount('genomics', 'pipeline');
const ACCOUNTS = [
  {email: PIPELINE, uniqueId: '700000000000000000001'},
  {email: PUBLISHER, uniqueId: '700000000000000000002'},
];

/** What `gcloud iam` says of keys, pools and limits; the pool has no condition, so it takes tokens of anybody's builds. */
export function identityFiles(): GeneratedFile[] {
  return [
    jsonFile(
      'inventory/gcp/service-accounts.json',
      ACCOUNTS.map(({email, uniqueId}) => ({
        disabled: false,
        email,
        name: `projects/${GCP_PROJECTS.genomics.id}/serviceAccounts/${email}`,
        projectId: GCP_PROJECTS.genomics.id,
        uniqueId,
      })),
    ),
    jsonFile('inventory/gcp/service-account-keys.json', [
      // Lies on a workstation of the sequencing group since the first import.
      key(
        '0000000000000000000000000000000000000001',
        'USER_MANAGED',
        '2022-11-08T09:30:00Z',
        '9999-12-31T23:59:59Z',
      ),
      key(
        '0000000000000000000000000000000000000002',
        'SYSTEM_MANAGED',
        '2026-09-30T02:00:00Z',
        '2028-10-04T02:00:00Z',
      ),
    ]),
    jsonFile('inventory/gcp/workload-identity-pools.json', [
      {displayName: 'Builds', name: POOL, state: 'ACTIVE'},
    ]),
    jsonFile('inventory/gcp/workload-identity-providers.json', [
      {
        attributeMapping: {'google.subject': 'assertion.sub'},
        displayName: 'GitHub',
        name: `${POOL}/providers/github`,
        oidc: {issuerUri: 'https://token.actions.githubusercontent.com'},
        state: 'ACTIVE',
      },
    ]),
    jsonFile('inventory/gcp/deny-policies.json', [noNewKeys()]),
  ];
}

function key(id: string, keyType: string, from: string, until: string): unknown {
  return {
    keyAlgorithm: 'KEY_ALG_RSA_2048',
    keyOrigin: 'GOOGLE_PROVIDED',
    keyType,
    name: `projects/${GCP_PROJECTS.genomics.id}/serviceAccounts/${PIPELINE}/keys/${id}`,
    validAfterTime: from,
    validBeforeTime: until,
  };
}

/** New keys are denied in the whole organisation; those that exist stay valid. */
function noNewKeys(): unknown {
  return {
    createTime: '2026-03-02T08:00:00Z',
    displayName: 'No new service account keys',
    kind: 'DenyPolicy',
    name: `policies/cloudresourcemanager.googleapis.com%2Forganizations%2F${GCP_ORG}/denypolicies/no-new-keys`,
    rules: [
      {
        denyRule: {
          deniedPermissions: ['iam.googleapis.com/serviceAccountKeys.create'],
          deniedPrincipals: ['principalSet://goog/public:all'],
          exceptionPrincipals: ['principalSet://goog/group/gcp-admins@harborclinic.example'],
        },
      },
    ],
  };
}
