import type {Finding, Place, Severity} from './common.ts';

export type Effect = 'forbid' | 'require' | 'prefer' | 'avoid' | 'obligate';
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

/** Result of the policy stage. */
export interface PolicyEvaluation {
  rules: RuleEvaluation[];
  /** Rendered message of a rule for one pair, by index. */
  message(rule: number, workload: number, site: number): string;
  /** `gate[w * sites.length + s]`, with reasons by the same index. Staying put is always `rehost`. */
  portability(workload: number, site: number): {verdict: Portability; reason: string};
  findings: Finding[];
}
