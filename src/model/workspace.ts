import type {WaveSettings} from './waves.ts';

/** `bulkhead.yaml` after parsing, defaults filled, paths still relative to the workspace folder. */
export interface Workspace {
  name: string;
  client: string | null;
  locale: 'en' | 'de';
  /** Globs of inventory files, with hints the file itself cannot give. */
  sources: SourceDeclaration[];
  identity: string[];
  dependencies: string[];
  register: string[];
  sites: string[];
  policies: string[];
  /** Profile file or pack the policies build on; it is read before them. */
  profile?: string;
  /** Files of own scenarios; null = `scenarios/*.yaml` where it exists. */
  scenarios: string[] | null;
  /** How moves are put into waves. */
  waves: WaveSettings;
  /** Tag keys whose values a tag policy enforces (rank 2 evidence), tag keys that name the application … */
  settings: {
    governedTags: string[];
    applicationTags: string[];
    unknownAs: 1 | 2 | 3;
    /** Least retention of audit logs a site should offer, days. */
    logRetentionDays: number;
    /** A gain in risk below this many points per workload counts as none. */
    riskTolerance: number;
    /** Lexicographic: hard → risk → cost → churn. Weighted: one sum of milli-points. */
    objective: 'lexicographic' | 'weighted';
    /** ISO 4217 code all amounts of a plan are in; null = the one most sites are priced in. */
    currency: string | null;
    /** What one unit of another currency is worth in it, by ISO 4217 code. */
    exchangeRates: Record<string, ExchangeRate>;
    /** What moving a workload must save at least, in that currency per month, at equal risk. */
    moveMustSave: number;
    /** What an application stretched over both classes counts like, in that currency per month; 0 = nothing. */
    splitPenalty: number;
    /** Months over which the one-off traffic of a move counts as monthly cost; null = it is told, not counted. */
    paybackMonths: number | null;
  };
}

/** Units of the plan's currency for one unit of another, on a day (YYYY-MM-DD). */
export interface ExchangeRate {
  rate: number;
  asOf: string;
}

export interface SourceDeclaration {
  file: string;
  /** Overrides detection; a format id of `bulkhead import --help`. */
  as?: string;
  /** AWS account, Azure subscription, GCP project or vCenter the file speaks for, where the file does not say. */
  scope?: string;
}
