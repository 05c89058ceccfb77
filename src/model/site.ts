import type {Place} from './common.ts';
import type {StatedCriteria, StatedSeal} from './site-criteria.ts';

/** A place with its own jurisdiction, identity roots, tenancy, capacity and prices (kind Site). */
export interface Site {
  id: string;
  name: string;
  kind: 'public' | 'dedicated' | 'onprem' | 'saas';
  /** What the two-class solver decides between. */
  class: 'public' | 'dedicated';
  /** False = source only: nothing new may be placed there. */
  receives: boolean;
  provider: string;
  providerGroup: string;
  region: string | null;
  country: string | null;
  jurisdictions: string[];
  tenancy: 'shared' | 'dedicated-host' | 'dedicated-hardware' | null;
  /** Roots that control this site directly; what reaches these reaches the site. */
  identityRoots: {root: string; sharedWithOtherTenants: boolean | null}[];
  logRetentionDays: number | null;
  externalKeys: boolean | null;
  certifications: Certification[];
  /** What was stated about the provider and its contract, each with evidence. Absent = unknown. */
  criteria?: StatedCriteria;
  /** SEAL levels per sovereignty objective, as attested. Absent = unknown. */
  seal?: StatedSeal;
  /** Service names offered besides VMs: `database`, `bucket`, `function`, `cluster` … */
  services: string[];
  capacity: {vcpu: number | null; memoryGiB: number | null; storageGiB: number | null} | null;
  /** Money per month in `currency`; null = unknown, never zero. */
  cost: {
    currency: string;
    asOf: string;
    illustrative: boolean;
    vcpuMonth: number | null;
    memoryGiBMonth: number | null;
    storageGiBMonth: number | null;
    /** Steady traffic that leaves the site, whatever its target. */
    egressPerGiB: number | null;
    /** Steady traffic to one named site, instead of `egressPerGiB`. */
    egressTo?: {[site: string]: number};
    /** One-off traffic of moving out; absent or null = unknown. */
    migrationEgressPerGiB?: number | null;
  } | null;
  /** Round trip to other sites by their id, milliseconds; to itself it is 0. A pair may be stated at either end. */
  latencyMs?: {[site: string]: number};
  /** Shared services that stand ready here, by name: directory, backup, monitoring … Absent = not stated. */
  sharedServices?: string[];
  /** Licences that may be used here. Absent = not stated. */
  licences?: string[];
  /** Second locations; absent = not declared. `drSite` is the id or name of the fail-over location. */
  availability?: {zones: number | null; drSite: string | null; sla: number | null};
  /** Workloads that are here today: all given parts must match; globs allowed in `region` and `container`. */
  matches: {cloud?: string; region?: string; container?: string; source?: string}[];
  /** Where each field was written, by field name (`spec` for the whole). */
  place: Place;
}

/** A certificate or attestation, as declared. Dates are YYYY-MM-DD. */
export interface Certification {
  id: string;
  validUntil: string | null;
  /** `type1` = design on one day, `type2` = effect over a period. Absent or null = not stated. */
  type?: 'type1' | 'type2' | null;
  /** Edition of the standard, e.g. `2020`. */
  edition?: string | null;
  /** Last day of the audited period. */
  periodEnd?: string | null;
  /** Regions, locations and services it covers; `*` matches any text. */
  scope?: string[];
  /** Where the report or certificate can be seen. */
  evidence?: string | null;
}
