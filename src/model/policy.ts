import type {Finding, Place, Severity} from './common.ts';

export type Effect = 'forbid' | 'require' | 'prefer' | 'avoid' | 'obligate';
/**
 * What a failure of a hard rule does, apart from what the rule says: `advisory` tells it and removes no site, `mandatory`
 * removes the site whatever exception is written, `override-with-exception` removes it unless an exception covers it.
 */
export type Enforcement = 'advisory' | 'mandatory' | 'override-with-exception';

export type RuleOutcome = 'pass' | 'fail' | 'not-applicable' | 'unknown';

/** What is known of a rule after parsing and type-checking. */
export interface RuleInfo {
  /** Unique over all loaded policies, e.g. `BH-S0558-001`. */
  id: string;
  title: string;
  policy: string;
  pack: string | null;
  effect: Effect;
  severity: Severity;
  /** Points for `prefer` / `avoid` (milli-points = ×1000); 0 for hard effects. */
  weight: number;
  onUnknown: 'fail' | 'warn' | 'ignore';
  /** Citable origin with date. */
  source: {title: string; date: string; url?: string} | null;
  verification: 'primary' | 'secondary' | null;
  /** Position of the rule in its YAML file. */
  place: Place;
  /** A broken rule is isolated: outcome `unknown` everywhere. */
  broken: boolean;
  /** Day the rule's facts were last checked against the source, `YYYY-MM-DD`. */
  asOf?: string;
  /** What whoever places a workload under this rule has to do; applies wherever the rule is applicable. */
  obligations?: Obligation[];
  /** Controls of frameworks this rule speaks to; an indicator, never a statement of compliance. */
  mappings?: {framework: string; control: string}[];
  /** Fields a profile set instead of the rule's author, with the place in the profile. */
  overrides?: {
    field: 'severity' | 'weight' | 'onUnknown' | 'enforcement';
    profile: string;
    place: Place;
    reason?: string;
  }[];
  /** Stated criteria and SEAL levels of a site that decide it (`incidentNoticeHours`, `seal.sov2`); absent = none. */
  criteria?: string[];
  /** Set by a profile, for forbid and require only; absent = `override-with-exception`. */
  enforcement?: Enforcement;
}

export interface Obligation {
  id: string;
  text: string;
  /** Days from the plan's date; null = no date. */
  dueDays: number | null;
}

/** Evaluation of one rule over all workloads × sites, memoised per referenced-field tuple. */
export interface RuleEvaluation {
  rule: RuleInfo;
  /** Index into `tuples` per workload, in the order of `estate.workloads`. */
  tupleOf: Uint32Array;
  tuples: TupleOutcome[];
  /**
   * Failures (and unknown outcomes that count as one) an exception in force covers: workload index → exception per
   * site, in the order of `sites`. The outcome stays what it is; a covered pair does not remove the site.
   */
  excepted?: ReadonlyMap<number, readonly (ExceptionMark | null)[]>;
}

export type ExceptionCategory = 'waiver' | 'mitigated' | 'false-positive' | 'data-gap';

/** The exception a failure is excused by. */
export interface ExceptionMark {
  id: string;
  owner: string;
  /** Last day it holds, `YYYY-MM-DD`. */
  expiresOn: string;
  category: ExceptionCategory;
}

/** One entry of the register of exceptions. */
export interface ExceptionRecord extends ExceptionMark {
  /** Ids of the rules it speaks about. */
  rules: string[];
  reason: string;
  approvedBy: string[];
  createdOn: string | null;
  compensatingControls: string[];
  /** `void`: it lacks what an exception needs. `ignored`: the run leaves all exceptions out. */
  status: 'in-force' | 'expired' | 'void' | 'ignored';
  /** Workload × site × rule it excuses in this run. */
  covers: number;
  place: Place;
}

export interface TupleOutcome {
  /** Per site, in the order of `sites`. */
  outcomes: RuleOutcome[];
  /** Per site, 0 … 1; only for `prefer` / `avoid`, else 0. Unknown needs are scored at `unknownAs`. */
  scores: number[];
  /**
   * Per site: the outcome with unknown needs taken at `unknownAs`; equals `outcomes` unless only an unknown need makes
   * the outcome `unknown`. Plans use it, reports show `outcomes`.
   */
  planned?: RuleOutcome[];
  /** Per site: field path that was missing when `unknown` (`site.logRetentionDays`), else null. */
  missing: (string | null)[];
}

export type Portability = 'rehost' | 'replatform' | 'refactor' | 'immovable' | 'unknown';

/** A limit over the whole portfolio with what each workload counts (kind PortfolioConstraint). */
export interface PortfolioLimit {
  name: string;
  pack: string | null;
  severity: Severity;
  place: Place;
  /** Share of the total (0 … 1), an amount of the measure, or hosting cost per month in major units. */
  limit: {share: number} | {amount: number} | {perMonth: number; currency: string};
  /** What the measure counts, for people. */
  unit: string;
  /** Per site: the group it belongs to; null = counts nowhere. Not used by a limit per month. */
  groupOf: (string | null)[];
  /** Per workload, ≥ 0; 0 = not concerned, NaN = not known. */
  measure: Float64Array;
}

/** Result of the policy stage. */
export interface PolicyEvaluation {
  rules: RuleEvaluation[];
  /** Rendered message of a rule for one pair, by index. */
  message(rule: number, workload: number, site: number): string;
  /** `gate[w * sites.length + s]`, with reasons by the same index. Staying put is always `rehost`. */
  portability(workload: number, site: number): {verdict: Portability; reason: string};
  findings: Finding[];
  /** Every readable exception with what became of it; absent = there is none. */
  exceptions?: ExceptionRecord[];
  /** Limits over the portfolio; absent when no document states one. */
  portfolio?: PortfolioLimit[];
}
