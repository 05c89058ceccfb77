import type {Level} from '../solve/level.ts';
import type {PlacementInput} from '../input.ts';
import type {Eligibility} from './eligibility.ts';
import type {ExposureModel, ProfilePoints} from './exposure-model.ts';
import type {Latency} from './latency.ts';
import type {NeedWeights} from './need-weights.ts';
import type {SiteFacts, Unit} from './representatives.ts';
import type {SplitTerm} from './split-penalty.ts';

/** What differs between the plan and a question about it: other needs, or other roots at the sites. */
export interface Variant {
  weights: Float64Array;
  /** Profile of each site. */
  sites: Uint32Array;
}

/** The question as the solver and the decisions see it. */
export interface PlacementProblem {
  input: PlacementInput;
  model: ExposureModel;
  points: ProfilePoints;
  weights: NeedWeights;
  eligibility: Eligibility;
  /** Rule milli-points, indexed `w * sites + s`. */
  soft: Float64Array;
  facts: SiteFacts;
  /** Who reaches a workload at a site, by the linear model. */
  profile: (workload: number, site: number) => number;
  /** What gets a label: groups of workloads, then the auxiliary units of `splits`. */
  units: Unit[];
  /** The units as the classes were chosen by, once sites within the classes are; absent = `units`. */
  represented?: Unit[];
  /** Unit of each workload. */
  unitOf: Uint32Array;
  /** The plan's own variant: planned needs, today's roots. */
  base: Variant;
  /** Workloads that get one label, before any of them was found to fit nowhere. */
  groups: number[][];
  /** Applications that cost something when they are split; empty when that is not asked for. */
  splits: SplitTerm[];
  risk: Level;
  latency: Latency;
  cost: Level;
  churn: Level;
}
