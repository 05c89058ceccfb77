import type {Level, Place} from './common.ts';

export type Axis = 'c' | 'i' | 'a';

/** One piece of evidence on one axis. Append-only; the level is a view over these. */
export interface SensitivityEvidence {
  workload: string;
  axis: Axis;
  level: Level;
  /** 1 signed decision · 2 governed tag · 3 classifier · 4 name or ungoverned tag · 5 type prior · 6 inheritance */
  rank: 1 | 2 | 3 | 4 | 5 | 6;
  /** Rule id or field, with its value: `tag data-class=vertraulich`, `register patient-care, signed by …`. */
  source: string;
  /** 0 … 1 */
  confidence: number;
  /** Inheritance only: the workload whose need was taken over, and over which relation. */
  via?: {workload: string; relation: string};
  /** Classifiers only: share of the data that was looked at (null = not stated), and when (ISO 8601). */
  coverage?: number | null;
  collectedAt?: string | null;
  /** Signed decisions on distribution only: why this lowers the need of its axis. */
  lowers?: 'redundancy' | 'pseudonymised';
  /** Cumulation only: the rule, and the point where the counted needs meet. */
  cumulation?: CumulationReason;
}

/** Why many needs at one point count as one level more. */
export interface CumulationReason {
  rule: string;
  /** Host, store or identity root where they meet. */
  at: {kind: 'host' | 'store' | 'root'; id: string; name: string};
  /** Distinct applications that were counted. */
  applications: number;
  /** Records of the business functions that were counted; null = the rule does not look at them. */
  records: number | null;
}

/** The derived view of one axis. `level` null = unknown (planned at the profile's `unknownAs`). */
export interface SensitivityValue {
  level: Level | null;
  lo: Level;
  hi: Level;
  confidence: number;
}

export interface WorkloadSensitivity {
  workload: string;
  c: SensitivityValue;
  i: SensitivityValue;
  a: SensitivityValue;
  /** Data categories: `pii`, `phi`, `pan`, `secrets`, `financial` … */
  categories: string[];
  /** s ∈ [0,1] by the highest axis: none 0, normal 0.2, high 0.6, very high 1; unknown is planned at `unknownAs`. */
  weight: number;
  /** k of the register, default 1. */
  criticality: number;
  evidence: SensitivityEvidence[];
  /** Classifiers that looked and could not tell: their need stays unknown. Absent = none. */
  open?: string[];
  /** What a signed decision did not let through: needs of others that would have raised it. Absent = nothing. */
  refused?: {axis: Axis; level: Level; from: string; relation: string}[];
}

export interface SensitivityResult {
  /** In the order of `estate.workloads`. */
  workloads: WorkloadSensitivity[];
  /** Share of workloads raised by inheritance, 0 … 1 (the inflation guard). */
  inflation: number;
  /** What many lower needs at one point add up to. */
  cumulation?: Cumulation;
  /** Relation whose needs raise most workloads, over however many steps; null = nothing is raised. */
  inflationBy?: InflationEdge | null;
  /** Hosts take the highest need of what runs on them. In the order of `estate.hosts`. */
  hosts?: {host: string; c: SensitivityValue; i: SensitivityValue; a: SensitivityValue}[];
}

export interface Cumulation {
  /** Share of workloads raised by it, including what takes over from them, 0 … 1. */
  share: number;
  /** Share it would have had, where the guard stopped it: at identity roots only, or everywhere. */
  stopped: {at: 'roots' | 'everywhere'; share: number} | null;
  /** Points that hold, by rule and id. */
  points: (CumulationReason & {axis: Axis; level: Level; raised: string[]})[];
}

export interface InflationEdge {
  axis: Axis;
  relation: string;
  /** Names: the workload the need comes from, and what takes it over first. */
  from: string;
  to: string;
  /** Workloads raised through it. */
  workloads: number;
}

/** Workloads an identity root reaches, as plain data: positions in `estate.workloads`, ascending. */
export interface RootSet {
  root: string;
  name: string;
  /** Over certain edges, directly or guarded. */
  certain: Uint32Array;
  /** Over edges of any certainty, directly or guarded; holds `certain`. */
  possible: Uint32Array;
  /** Workloads that run the root: a domain controller, an AD FS server, a vCenter appliance. */
  carriers: Uint32Array;
}

/**
 * What one classifier said about one store. It says nothing as long as it has not looked: `level` null is no level.
 */
export interface Classification {
  /** `<classifier>:<api>:<native id>`, unique in a file. */
  id: string;
  /** Workload id, an id below one (a table of a data set), or `azure:*` and the end of one. */
  subject: string;
  classifier: 'macie' | 'defender' | 'purview' | 'sql-classification' | 'sensitive-data-protection';
  /** Need for confidentiality that the reading stands for; null = error, not yet classified, unknown. */
  level: Level | null;
  /** The field and value that say so: `sensitivityScore 50 (not yet classified)`. */
  reading: string;
  /** Share of the data that was looked at, 0 … 1; null = not stated. */
  coverage: number | null;
  /** ISO 8601; null = not stated. */
  collectedAt: string | null;
  /** Data categories found: `pii`, `financial`, `secrets` … */
  categories: string[];
  /** Sensitivity labels as written; tag rules for the key `sensitivity-label` give them a meaning. */
  labels: string[];
  place: Place;
}
