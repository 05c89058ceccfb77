import type {Facts} from './estate.ts';

/** An empty set of facts to fill. */
export function emptyFacts(): Facts {
  return {
    workloads: [],
    containers: [],
    hosts: [],
    principals: [],
    roleDefinitions: [],
    assignments: [],
    policyDocuments: [],
    roots: [],
    edges: [],
    dependencies: [],
    register: [],
    identity: [],
    credentials: [],
    identityProviders: [],
    federatedTrusts: [],
    ssoAssignments: [],
    permissionSets: [],
    denyRules: [],
    accessBoundaries: [],
    appRegistrations: [],
    answers: [],
    classifications: [],
  };
}
