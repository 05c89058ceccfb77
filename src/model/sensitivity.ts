import type {Level} from './common.ts';

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
}

export interface SensitivityResult {
  /** In the order of `estate.workloads`. */
  workloads: WorkloadSensitivity[];
  /** Share of workloads raised by inheritance, 0 … 1 (the inflation guard). */
  inflation: number;
  /** Hosts take the highest need of what runs on them. In the order of `estate.hosts`. */
  hosts?: {host: string; c: SensitivityValue; i: SensitivityValue; a: SensitivityValue}[];
}
