import {join} from 'node:path';
import type {Facts, Source} from '../../model/estate.ts';
import type {LedgerScope} from '../../model/ledger.ts';

/** `manifest.json` of a snapshot. `created` and `tool` are not part of its identity. */
export interface Manifest {
  apiVersion: 'bulkhead.dev/v1alpha1';
  kind: 'Snapshot';
  /** First 32 hex digits of the SHA-256 over sources, ledger and sums. */
  id: string;
  /** ISO 8601, as handed in. */
  created: string;
  tool: {name: string; version: string};
  sources: Source[];
  ledger: LedgerScope[];
  /** SHA-256 of every other file of the snapshot, by path with `/`. */
  sums: Record<string, string>;
}

export type Collection = keyof Facts | 'applications';

/** One NDJSON file each, below `estate/`. */
export const COLLECTIONS: readonly Collection[] = [
  'workloads',
  'containers',
  'hosts',
  'principals',
  'roleDefinitions',
  'assignments',
  'policyDocuments',
  'roots',
  'edges',
  'dependencies',
  'register',
  'identity',
  'credentials',
  'identityProviders',
  'federatedTrusts',
  'ssoAssignments',
  'permissionSets',
  'denyRules',
  'accessBoundaries',
  'appRegistrations',
  'answers',
  'classifications',
  'applications',
];

export const MANIFEST = 'manifest.json';
/** Begins the name of a folder that is being written. */
export const TEMPORARY = '.tmp-';

/** Where the snapshots of a workspace lie. */
export function snapshotRoot(workspace: string): string {
  return join(workspace, '.bulkhead', 'snapshots');
}

/** File that holds the id of the newest snapshot. */
export function latestFile(workspace: string): string {
  return join(snapshotRoot(workspace), 'latest');
}
