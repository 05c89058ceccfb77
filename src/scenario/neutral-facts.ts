import type {Facts} from '../model/estate.ts';

type Fields = Record<string, unknown>;

/** Values of fields that a test leaves out: nothing known, nothing claimed. */
const NEUTRAL: Partial<Record<keyof Facts, Fields>> = {
  workloads: {
    type: 'vm',
    cloud: 'private',
    nativeType: 'test',
    source: 'scenario.facts:test',
    container: null,
    application: null,
    region: null,
    state: 'running',
    tags: {},
    os: null,
    vcpu: null,
    memoryMiB: null,
    storageMiB: null,
    identities: [],
    internetExposed: null,
    host: null,
    attributes: {},
  },
  containers: {kind: 'account', cloud: 'aws', parent: null, root: null, tags: {}},
  hosts: {
    container: null,
    cpuModel: null,
    hyperThreadingActive: null,
    version: null,
    biosDate: null,
    domain: null,
  },
  principals: {kind: 'user', cloud: 'azure', container: null, person: false, memberOf: []},
  roleDefinitions: {cloud: 'azure', actions: [], notActions: [], dataActions: [], notDataActions: []},
  assignments: {cloud: 'azure', roleName: '', effect: 'allow', condition: null},
  policyDocuments: {kind: 'managed'},
  roots: {kind: 'other'},
  edges: {level: 0, certainty: 'certain', evidence: 'stated by the test'},
  credentials: {
    kind: 'accessKey',
    cloud: 'aws',
    created: null,
    expires: null,
    neverExpires: null,
    lastUsed: null,
    active: true,
    mfa: null,
    publicKeySha256: null,
    managedBy: 'customer',
  },
  identityProviders: {
    kind: 'saml',
    cloud: 'aws',
    issuer: null,
    publicKeySha256: [],
    audiences: [],
    condition: null,
    disabled: false,
    attributes: {},
  },
  federatedTrusts: {cloud: 'azure', subject: null, subjectIsPattern: false, audiences: []},
  permissionSets: {policies: null, boundary: null},
  denyRules: {
    cloud: 'azure',
    inherited: true,
    principals: [],
    exceptPrincipals: [],
    actions: [],
    exceptActions: [],
    dataActions: [],
    exceptDataActions: [],
    condition: null,
  },
  accessBoundaries: {cloud: 'gcp', principals: [], resources: [], condition: null},
  appRegistrations: {
    cloud: 'azure',
    tenant: null,
    servicePrincipal: null,
    signInAudience: null,
    hosts: [],
    owners: [],
    firstParty: false,
  },
};

/** Collections whose records carry a place. */
const PLACED = new Set<keyof Facts>([
  'edges',
  'federatedTrusts',
  'dependencies',
  'register',
  'answers',
  'classifications',
]);

/** A record of a test with its left-out fields; the name is the id where none is given. */
export function neutralFact(collection: keyof Facts, record: Fields, file: string): Fields {
  const neutral = NEUTRAL[collection] ?? {};
  return {
    ...structuredClone(neutral),
    ...(typeof record['id'] === 'string' ? {name: record['id']} : {}),
    ...(PLACED.has(collection) ? {place: {file}} : {}),
    ...record,
  };
}
