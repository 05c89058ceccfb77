import type {GraphIndex} from '../exposure/index-graph.ts';
import type {Estate} from '../model/estate.ts';
import type {Exposure, IdentityGraph} from '../model/exposure.ts';
import type {Milp} from '../model/milp.ts';
import type {ExchangeRate} from '../model/workspace.ts';
import type {PolicyEvaluation} from '../model/policy.ts';
import type {PlanQuestions} from '../model/questions.ts';
import type {SensitivityResult} from '../model/sensitivity.ts';
import type {Site} from '../model/site.ts';
import type {WaveSettings} from '../model/waves.ts';
import type {Stop} from './solve/task.ts';

/** Everything the placement stage is given. Arrays over workloads are in the order of `estate.workloads`. */
export interface PlacementInput {
  estate: Estate;
  sensitivity: SensitivityResult;
  /** The identity graph of today. */
  graph: IdentityGraph;
  /** Its index, where there is one already; of another graph it is not used. */
  index?: GraphIndex;
  exposure: Exposure;
  sites: Site[];
  /** Position in `sites` of each workload today; −1 = no site matches. */
  siteOf: Int32Array;
  policy: PolicyEvaluation;
  settings: PlacementSettings;
  /** Default: nothing. */
  questions?: Questions;
  /** The rules evaluated again for other needs; absent = nobody can, and needs are not varied. */
  rejudge?: (sensitivity: SensitivityResult) => PolicyEvaluation;
  /** Solver for small models with limits, for heavy work done in place; absent = not installed. */
  milp?: Milp | null;
  /** Set when the best plan so far is to be taken, for heavy work done in place. Default: never. */
  expired?: () => Stop | null;
  /** Told the proven gap of a plan with limits, as a share, whenever it is known anew. */
  progress?: (gap: number | null) => void;
}

/** What is asked beyond the plan. */
export interface Questions extends PlanQuestions {
  /** The moves in waves. */
  waves?: WaveSettings;
}

/** Choices of the placement stage; all are printed with the plan. */
export interface PlacementSettings {
  objective: 'lexicographic' | 'weighted';
  /**
   * Points per unit of each objective, weighted mode only: milli-points, dependencies that are too slow, minor currency
   * units, moves.
   */
  weights: {risk: number; latency?: number; cost: number; churn: number};
  /** s of need 0 none … 3 very high. */
  needWeights: [number, number, number, number];
  /** Need that unknown sensitivity is planned at. */
  unknownAs: 1 | 2 | 3;
  /** Exact regret of every unit up to this many units; above, of the moves and the most exposed up to as many. */
  regretUnits: number;
  /** A move that lowers exposure by no more than this share of it gains nothing. */
  nothingShare: number;
  /** From this weight on, a move into a dedicated site is wanted if only a shared root makes it pointless. */
  wantedWeight: number;
  /** A gain in risk below this many milli-points per workload counts as none: cost decides, then staying. */
  riskTolerance: number;
  /** Minor currency units per month for splitting a `prefer-together` pair of unknown traffic. */
  preferTogetherMonth: number;
  /** ISO 4217 code of all amounts; null = the one most sites are priced in. */
  currency: string | null;
  /** What one unit of another currency is worth in it. */
  exchangeRates: Record<string, ExchangeRate>;
  /** Minor currency units per month a move must save per workload; counted on the cost level at every site but today's. */
  moveMustSave: number;
  /** Minor currency units per month for an application whose units are not all of one class; counted on the cost level. */
  splitPenalty: number;
  /** Months over which the one-off traffic of a move counts as monthly cost; null = told, not counted. */
  paybackMonths: number | null;
  /** Writes the flow that proves the optimum into the plan. */
  certificate: boolean;
  /** Limits: a plan whose proven gap is at most this share of its risk is good enough. */
  maxGap: number;
  /** Limits: most price steps, and most options and seconds the outside solver gets. */
  limitSteps: number;
  milpOptions: number;
  milpSeconds: number;
}

export const DEFAULT_SETTINGS: PlacementSettings = {
  objective: 'lexicographic',
  weights: {risk: 1, latency: 100_000, cost: 1, churn: 1000},
  needWeights: [0, 0.2, 0.6, 1],
  unknownAs: 2,
  regretUnits: 2000,
  nothingShare: 0.05,
  wantedWeight: 0.6,
  riskTolerance: 10_000,
  preferTogetherMonth: 1000,
  currency: null,
  exchangeRates: {},
  moveMustSave: 500,
  splitPenalty: 0,
  paybackMonths: null,
  certificate: true,
  maxGap: 0.0005,
  limitSteps: 80,
  milpOptions: 3000,
  milpSeconds: 10,
};
