import type {Facts} from '../model/estate.ts';

/** A fresh, empty set of facts for a mapper to fill. */
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
  };
}
