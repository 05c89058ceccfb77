import type {Level} from '../model/common.ts';
import type {WorkloadType} from '../model/estate.ts';
import type {Axis} from '../model/sensitivity.ts';

export const AXES: readonly Axis[] = ['c', 'i', 'a'];

/** Least need per axis; an axis that is not there is not spoken about. */
export type Needs = Partial<Record<Axis, Level>>;

export interface TagRule {
  id: string;
  keys: string[];
  axes: Axis[];
  values: {match: string[]; level: Level; categories: string[]}[];
}

export interface NameRule {
  id: string;
  words: string[];
  needs: Needs;
  categories: string[];
  confidence: number;
}

export interface TypeRule {
  id: string;
  types: WorkloadType[];
  words: string[];
  hostsIdentity: boolean;
  needs: Needs;
  guards: boolean;
  confidence: number;
}

/** A relation along which needs are taken over. */
export type Relation =
  | 'data-flow'
  | 'trust'
  | 'must-together'
  | 'prefer-together'
  | 'runs-on'
  | 'protects'
  | 'signs-in'
  | 'administers';

export type Direction = 'forward' | 'backward' | 'both' | 'none';

/** Where many needs meet and add up to a higher one. */
export interface CumulationRule {
  id: string;
  at: 'host' | 'store' | 'root';
  /** Stores only: workload types that count as one. */
  types: WorkloadType[];
  axes: Axis[];
  /** Needs from this level on count; the result is one above. */
  need: 1 | 2;
  /** Distinct applications from which on it holds; null = not by applications. */
  applications: number | null;
  /** Total of records from which on it holds; null = not by records. */
  records: number | null;
  raises: 'point' | 'members';
}

/** Shares are 0 … 1. */
export interface SensitivityLimits {
  inflation: number;
  cumulation: number;
  /** Share that must have been looked at before "nothing found" counts. */
  classifierCoverage: number;
  /** Age from which what a classifier found is only a suspicion. */
  classifierDays: number;
}

/** Rules of all documents, levels as numbers, defaults filled. */
export interface SensitivityRules {
  tags: TagRule[];
  names: NameRule[];
  types: TypeRule[];
  /** Least need of a data category. */
  categories: Map<string, Needs>;
  inheritance: Map<Relation, Partial<Record<Axis, Direction>>>;
  /** Only those that are switched on. */
  cumulation: CumulationRule[];
  limits: SensitivityLimits;
}
