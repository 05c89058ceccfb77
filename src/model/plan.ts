import type {Finding, Interval, Severity} from './common.ts';
import type {ExceptionMark, ExceptionRecord, Portability, RuleOutcome} from './policy.ts';
import type {WavePlan} from './waves.ts';

/** Unary value that says "this class is not allowed". No sum ever contains it. */
export const FORBIDDEN = Number.MAX_SAFE_INTEGER;

/** Integer milli-points unless said otherwise. Index 0 = public class, 1 = dedicated class. */
export interface CutProblem {
  /** Unit ids (workload id or joined must-together group), sorted; then auxiliary units, which stand for no workload. */
  units: string[];
  /** Lexicographic levels in order of importance: risk, latency where a dependency could be too slow, cost, churn. */
  levels: CutLevel[];
  /** What splitting applications costs; absent = nothing. */
  splits?: ApplicationSplit[];
  /** What each unit could choose and what that uses; present when limits are stated. */
  choice?: ChoiceTable;
}

/**
 * `weight` is paid on `level` when the units `members` are not all of one class. Two auxiliary units without workloads carry
 * it: each takes whichever class is cheaper.
 */
export interface ApplicationSplit {
  application: string;
  members: number[];
  auxiliary: number[];
  level: string;
  weight: number;
  /** Whether it is split in this plan. */
  split: boolean;
}

/** Options of the units of a problem with limits. All numbers non-negative integers. */
export interface ChoiceTable {
  /** Options of unit `u`: `start[u] … start[u+1]-1`. */
  start: number[];
  /** Site id; null = stays where it is, at no known site. */
  site: (string | null)[];
  /** 0 public, 1 dedicated. */
  class: number[];
  /** Per level of the problem: what the option costs there. */
  values: number[][];
  /** Uses of option `o` of limit `limit[k]` for `k` in `useStart[o] … useStart[o+1]-1`, in its integer units. */
  useStart: number[];
  limit: number[];
  amount: number[];
  /** Option of each unit by the choice of classes. */
  chosen: number[];
  /** Option of each unit in this plan, once sites within the classes are chosen; absent = `chosen`. */
  final?: number[];
  /**
   * Ids of the limits; `most` in integer units, `scale` of them are one `unit`. `allowed` where a limit cannot be kept: what
   * the plan was allowed instead, as little as was found; bounds are those of plans that use no more than that.
   */
  limits: {id: string; most: number; scale: number; unit: string; allowed?: number}[];
}

/**
 * One objective: Σ unary + Σ pairwise. All numbers non-negative safe integers whose sum is safe, too;
 * {@link FORBIDDEN} = hard, on the first level only: later levels choose among the optima of the earlier ones.
 */
export interface CutLevel {
  name: string;
  /** `unary[2*u + class]`. */
  unary: number[];
  /** Directed arcs: paid when tail is `public` (0) and head is `dedicated` (1); undirected terms are two arcs. */
  arcs: {tail: number[]; head: number[]; weight: number[]};
}

/** Proof that a labelling is optimal for the stated model: a feasible flow of equal value per level. */
export interface CutCertificate {
  levels: {
    name: string;
    /** Flow s→unit, unit→t, and on each arc, same order as the level's arrays (net, ≥ 0 per direction). */
    source: number[];
    sink: number[];
    arcs: number[];
    /**
     * Flow over arcs that have residual capacity on an earlier level: cutting them would give up that level's
     * optimum, so their capacity is unlimited here. Terminal arcs of that kind may exceed the level's unary values.
     */
    implied: {tail: number[]; head: number[]; flow: number[]};
    flow: number;
    cut: number;
    energy: number;
  }[];
  /**
   * Present when limits move the optimum; `levels` is empty then. With `leaves` the bound is the smallest of theirs: cases
   * that together cover every choice, each with some units held to a class, and a flow of its own.
   */
  dual?: WrittenDual & {leaves?: (WrittenDual & {held: {unit: number; label: 0 | 1}[]})[]};
}

/**
 * With `multipliers[k] / scale` paid per integer unit of limit `k`, this flow proves a lower bound of the first level over
 * all choices that keep the limits.
 */
export interface WrittenDual {
  scale: number;
  multipliers: number[];
  source: number[];
  sink: number[];
  arcs: number[];
  flow: number;
  bound: number;
}

/**
 * Second step of a plan, with the class of every unit given: which site of its class each takes. Only units that have a
 * choice that makes a difference to a pair are in it; what they pay in pairs with others is part of their values. Values
 * are hundredths of the plan's currency per month, and `penalty` for each breach (a round trip that is too long, a pair
 * that must be apart and is not).
 */
export interface SiteChoice {
  /** Site ids; positions in it are used below. */
  sites: string[];
  /** Positions in the units of the problem, ascending. */
  units: number[];
  /** Options of the k-th of them: `start[k] … start[k+1]-1`. */
  start: number[];
  site: number[];
  values: number[];
  /** Positions in `units`, and in `tables`: `tables[t][a * sites + b]` is paid with the tail at a and the head at b. */
  pairs: {tail: number[]; head: number[]; table: number[]};
  tables: number[][];
  penalty: number;
  /** Option of each unit in this plan. */
  chosen: number[];
  value: number;
  /** How many breaches are in the value. */
  breaches: number;
  /**
   * What each pair adds to its head at each of the head's options, one after the other, in units of 1/`scale`; the tail
   * gets what is left. These integers prove the bound, together with what is tried. Null = no proof was asked for.
   */
  messages: number[] | null;
  /**
   * Groups of positions in `units` of which every choice was tried, with what other pairs add to them by messages; pairs
   * within a group have none. At most 20,000 choices each.
   */
  tried: number[][];
  scale: number;
  /** No choice of sites within these classes is worth less. */
  bound: number;
  gap: number;
}

/** What became of one limit: room at a site, a budget, a share of one provider. */
export interface LimitUse {
  id: string;
  kind: 'capacity' | 'share' | 'amount' | 'budget' | 'apart';
  text: string;
  unit: string;
  limit: number;
  used: number;
  status: 'kept' | 'exceeded';
  /**
   * Milli-points one more unit would be worth at most, besides the gap that prices alone leave; 0 = there is room, null = not known.
   */
  shadowPrice: number | null;
  /** Workloads whose use is not known and counts as nothing. */
  unknown: number;
  /** Of an exceeded limit: every choice of sites uses at least this much, whatever becomes of the other limits. */
  least?: number;
  where?: string;
}

export type DecisionStatus = 'decided' | 'tie' | 'blocked' | 'needs-data';

export interface Reason {
  /** Rule id, `portability`, `exposure`, `cost`, `inertia`, `together` … */
  by: string;
  text: string;
  /** file:line of the rule, where there is one. */
  where?: string;
  /** Milli-points this reason contributes to the recommended site against the runner-up; null for hard reasons. */
  points: number | null;
}

/** Recommended site of one workload with everything needed to defend it. */
export interface Decision {
  workload: string;
  name: string;
  application: string | null;
  current: string | null;
  recommended: string | null;
  runnerUp: string | null;
  status: DecisionStatus;
  move: boolean;
  reasons: Reason[];
  /** Sites that a hard rule or the portability gate removed. */
  removed: {site: string; by: string; outcome: RuleOutcome | Portability; where?: string; text: string}[];
  /** Hard rules that would remove a site, were it not for an exception; the failure stands. Absent = none. */
  excepted?: {
    site: string;
    by: string;
    outcome: RuleOutcome;
    where?: string;
    text: string;
    exception: ExceptionMark;
  }[];
  /** Hard rules that fail at the recommended site and that a profile made advisory. Absent = none. */
  advisories?: {site: string; by: string; outcome: RuleOutcome; where?: string; text: string}[];
  /** Extra objective of the best alternative class by exact re-solve, per level name; null when there is none. */
  regret: {risk: number; latency?: number; cost: number; churn: number} | null;
  /**
   * In place of `regret` where limits move the plan: what the best plan within the limits with it in the other class would
   * be worse by on the first level, at least and at most; proven by prices, and shown by a plan. `hi` null = no such plan
   * was found; below zero = the gap of the plan itself is open. Absent = one class, or not examined.
   */
  regretRange?: {level: string; lo: number; hi: number | null};
  /** Workloads that change class with it in that re-solve. */
  companions: string[];
  /**
   * How firm the class is, milli-points: `margin` is the risk by which the other class is worse (of a weighted plan, the
   * whole sum), `uncertainty` the most that unknown needs and edges that are not certain could change about it. `stable`
   * = the margin is larger, or hard rules leave no choice; `unknown` = not examined. Never a probability.
   */
  confidence?: {
    verdict: 'stable' | 'fragile' | 'unknown';
    margin: number | null;
    uncertainty: number | null;
    because: string;
  };
  /**
   * Single changes, each the smallest of its kind that was found, that send it elsewhere: the whole changed problem was
   * solved again for each. Absent = not looked for; empty = none of those tried does.
   */
  flips?: Flip[];
  /**
   * Of flips of a plan that limits move: each was solved again the way this plan was, which finds a plan with a proven gap
   * and not always the best one; a raised limit is kept there, and one step less does not do it. `untried` = kinds that were not
   * looked at, or not to the end.
   */
  flipsWithinLimits?: {untried: Flip['kind'][]};
  /** Identity exposure of the workload, milli-points, counted per root: before, after the move, and gain. */
  exposure: {
    before: number;
    after: number;
    gain: number;
    rootsKept: string[];
    rootsLeft: string[];
    rootsAdded: string[];
    /** The same two numbers in the linear model that was solved; the ones above are of the rebuilt graph. */
    linear: {before: number; after: number};
  };
  /**
   * Set on moves that gain nothing, and on wanted moves that are not made because they would gain nothing: the site
   * meant, the root to cut from it first (null = no single root helps) and the gain after cutting, milli-points.
   */
  gainsNothing: {cutFirst: string | null; gainAfterCut: number; site: string} | null;
  portability: {verdict: Portability; reason: string} | null;
  /**
   * Of a move: what leaves today's site once, GiB, and what that costs, minor currency units; null = not known. Absent where
   * no site states such a price.
   */
  migration?: {gib: number | null; cost: number | null; currency: string};
  dataGaps: {field: string; owner: string | null; remedy: string}[];
  evidence: string[];
}

/** A single change that sends a workload to another site. */
export interface Flip {
  kind: 'rule' | 'site-fact' | 'need' | 'root' | 'capacity' | 'price' | 'weight';
  /** What is changed, with numbers and units. */
  change: string;
  /** Rule, root, limit or weight. */
  id?: string;
  /** Field of the workload or the site that is changed. */
  field?: string;
  /** file:line of the rule or limit. */
  where?: string;
  /** Of a raised limit: how much more of it, in its `unit`. */
  raise?: number;
  /** Where it goes then: the site that stands for its new class; null = stays at no known site. */
  site: string | null;
}

/** One plan of the front of risk × cost × churn. */
export interface FrontPoint {
  /** Milli-points. */
  risk: number;
  /** Minor currency units per month. */
  cost: number;
  /** Workloads that would go to another site. */
  churn: number;
  /** Dependencies that would be too slow, where one can be; told, and not weighed. */
  latency?: number;
  /**
   * Whole weights at which no plan has a smaller sum of risk, cost and churn; a weight of 0 = of equal sums the one of least
   * risk, then cost, then churn. Null = least in one objective, then in the others in order.
   */
  weights: {risk: number; cost: number; churn: number} | null;
  /** True for the plan of this document. */
  chosen: boolean;
  /** Positions in `problem.units` of the units whose class differs from the plan's, ascending. */
  flipped: number[];
  /** Workloads of those units, the first ones of `total` in the order of the units. */
  difference: {workloads: string[]; total: number};
}

/**
 * A workload that goes elsewhere, and where: the site that stands for its new class, before limits and the choice within
 * the class; null = stays at no known site.
 */
export interface Flipped {
  workload: string;
  site: string | null;
}

/** How far one weight may be changed while every workload keeps its site. */
export interface WeightStability {
  /** `root:KIND`, `rule:ID`, `tolerance`, `move-must-save`, or in a weighted plan `objective:NAME`. */
  weight: string;
  /** In `unit`, as it is written in the parameters. */
  value: number;
  unit: string;
  /**
   * The plan is the same at every value from `lo` to `hi`: solved again at both ends, and proven between, but for values
   * less than one `step` apart and the rounding of numbers to whole milli-points.
   */
  lo: number;
  hi: number;
  step: number;
  /** Why it ends there: the plan changes at the next step, the search ended, or the work was spent. */
  loEnd: 'flips' | 'range' | 'work';
  hiEnd: 'flips' | 'range' | 'work';
  /** What changes one step below and above; the first ones of `total`. */
  below: {workloads: Flipped[]; total: number};
  above: {workloads: Flipped[]; total: number};
}

/** What could be had instead of the plan, and how far the weights can be changed without another plan. */
export interface Tradeoffs {
  /**
   * Corners of the supported front, fewest moves first: plans that no other plan beats in all three, each the best at some
   * weights. Plans that are best at no weights exist, too, and are not here. Empty when limits move the plan.
   */
  front: FrontPoint[];
  /**
   * `all`: every corner is here. `rounded`: corners may be missing that are best only within the rounding of weights.
   * `work`: the search was ended early. `limits`: limits move the plan, no front is made.
   */
  complete: 'all' | 'rounded' | 'work' | 'limits';
  /** Minimum cuts it took. */
  cuts: number;
  statement: string;
  /** One weight at a time, everything else as it is. */
  weights?: WeightStability[];
  /** Times the whole problem was built and solved again for it. */
  solved?: number;
}

/** The canonical document of a plan (`run.json`). Deterministic key order. */
export interface PlanRun {
  apiVersion: 'bulkhead.dev/v1alpha1';
  kind: 'PlanRun';
  tool: {name: 'bulkhead'; version: string};
  /** The only clock value; pinned by `--now` / SOURCE_DATE_EPOCH. ISO 8601 UTC. */
  generatedAt: string;
  workspace: {name: string; client: string | null};
  inputs: {file: string; sha256: string; role: string}[];
  parameters: Record<string, unknown>;
  sites: {id: string; class: 'public' | 'dedicated'; kind: string; name: string}[];
  decisions: Decision[];
  residual: {
    /** Value at risk of each root before and after the plan, same unit as RootExposure.value. */
    roots: {
      id: string;
      kind: string;
      name: string;
      before: Interval;
      after: Interval;
      linearised: {before: number; after: number};
    }[];
    /** Σ exposure in milli-points: of the linear model and recomputed on the rebuilt graph. */
    total: {linearised: {before: number; after: number}; recomputed: {before: Interval; after: Interval}};
  };
  /**
   * "Cut this root first": what the whole plan would gain, milli-points, if `root` no longer reached the site
   * `from`; `workloads` = how many gain. Largest gain first.
   */
  cutFirst: {root: string; name: string; gain: number; workloads: number; from: string}[];
  /**
   * "Decouple, then move": a cut of `cutFirst` together with moves that are worth while only after it, found by solving
   * the whole placement again on the graph without that reach. Only what gains more together than either part alone.
   * Milli-points against this plan without these `moves`, all recomputed on rebuilt graphs; prices of roots and
   * rules as in this plan. Largest gain first. Absent = none was found.
   */
  combined?: {
    cut: {root: string; name: string; from: string};
    /** `planned` = this plan makes the move already, although it gains nothing before the cut. */
    moves: {workload: string; site: string; planned: boolean; gain: number}[];
    /** Of cut and moves together: the sum over `moves`, and what all others gain. */
    gain: number;
    gainOfOthers: number;
    gainOfCutAlone: number;
    /** Negative: without the cut these moves raise exposure. */
    gainOfMovesAlone: number;
    statement: string;
  }[];
  summary: PlanSummary;
  optimality: {
    method: string;
    value: Record<string, number>;
    bound: Record<string, number>;
    gap: number;
    certificate: 'verified' | 'none';
    statement: string;
    /** Present when sites within a class were chosen by what pairs pay; the proof is in `siteChoice`. */
    sites?: {
      /** `exact`: no gap is left. `within-limits`: only what keeps all limits was changed. */
      method: 'exact' | 'messages' | 'within-limits';
      /** Units with a choice, and those that took another site than the one that stands for their class. */
      units: number;
      changed: number;
      /** Proven gap as a share of the money in the value; null = not even the breaches are proven. */
      gapShare: number | null;
    };
    /** Present when limits are stated: how they were dealt with. */
    limited?: {
      method: 'unlimited-optimum' | 'lagrange' | 'roof-duality' | 'milp' | 'none';
      /** Proven gap as a share of the value of the first level; null when nothing is proven. */
      gapShare: number | null;
      /** What proved the first level optimal beyond the written prices, an outside solver or `branch and bound`; that proof is not part of the plan. */
      exactBy: string | null;
      /**
       * All limits are pairs that must be apart: of how many units the class is proven by roof duality, of how many more by
       * the search after it, and how many levels are proven optimal that way. The written prices prove the bound alone.
       */
      settled?: {units: number; proven: number; searched: number; levels: number};
      /** Why the work ended before it was done: this is the best plan there was by then. Absent = it was done. */
      stopped?: 'time-limit' | 'interrupt';
      /** Limits and hard rules of which no plan can keep all, and none can be left out; empty = none is known. */
      conflict: {id: string; where?: string}[];
    };
  };
  /**
   * One-off traffic of all moves, minor units of `currency`; not part of the monthly cost unless the settings spread it over
   * months. `cost` leaves out the moves whose price is not known; `asOf` is the oldest price. Absent where no site states one.
   */
  migration?: {
    currency: string;
    cost: number;
    moves: number;
    unknown: number;
    asOf: string | null;
    note?: string;
  };
  /** Present when limits are stated. */
  limits?: LimitUse[];
  /** Present when units have a choice among the sites of their class that makes a difference to a pair. */
  siteChoice?: SiteChoice;
  problem: CutProblem;
  /** The moves in waves; absent when nothing moves. */
  waves?: WavePlan;
  /** Class per unit, 0 public · 1 dedicated. */
  labels: number[];
  certificate: CutCertificate | null;
  /** Workload ids of each unit of the problem; none in an auxiliary unit. */
  unitMembers: string[][];
  /** Present when asked for. */
  tradeoffs?: Tradeoffs;
  /** The register of exceptions with what became of each; absent = there is none. */
  exceptions?: ExceptionRecord[];
  /** Of all that the placement stage computed; finds accidental changes. */
  checksum: string;
  findings: Finding[];
  outcome: RunOutcome;
}

export interface PlanSummary {
  workloads: number;
  moves: number;
  gainsNothing: number;
  blocked: number;
  needsData: number;
  ties: number;
  unknownSensitivity: number;
}

/** Names all causes, not only the winning exit code. */
export interface RunOutcome {
  exitCode: 0 | 1 | 2 | 3 | 4 | 130;
  reasons: {exitCode: number; severity: Severity; text: string}[];
}
