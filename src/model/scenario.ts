import type {Level, Place} from './common.ts';
import type {GraphNode, PathStep} from './exposure.ts';
import type {ScenarioDocument} from './documents/scenario.ts';

/** What an incident means for a workload. `unknown` = an input is missing that would decide. */
export type Verdict = 'in' | 'conditional' | 'out' | 'unknown';

/** An incident as data, checked. */
export interface Scenario {
  /** Unique; a workspace's own scenario replaces a shipped one of the same id. */
  id: string;
  spec: ScenarioDocument['spec'];
  /** Day the facts were last checked; null = not stated. */
  asOf: string | null;
  shipped: boolean;
  place: Place;
  /** File, line and column of a character of one of its texts, for problems of expressions; absent where made in code. */
  textPlace?: (path: (string | number)[], offset: number) => Place;
}

/** Verdict of one workload. */
export interface ScenarioResult {
  workload: string;
  name: string;
  verdict: Verdict;
  /** The field and value that decided, or the input that is missing. */
  decidedBy: string;
  /** Highest level on the path, 0 … 3; null when not reached. */
  level: Level | null;
  /** Start node of the witness path; null when not reached. */
  start: string | null;
  /** Witness path, surest first; empty when the graph does not reach the workload. */
  path: PathStep[];
}

/** Workloads and value per verdict. */
export interface VerdictSum {
  workloads: number;
  /** Σ w(d); unit: workloads of very high need. */
  value: number;
  /** Per cent of the estate's value. */
  share: number;
}

/** What one start node takes by itself (certain and conditional edges). */
export interface ScenarioStart {
  id: string;
  kind: GraphNode['kind'];
  subKind: string;
  name: string;
  workloads: number;
  value: number;
  share: number;
}

/** One scenario run against one estate. */
export interface ScenarioRun {
  scenario: string;
  title: string;
  summary: string;
  levelCap: number;
  /** In the order of the estate. */
  results: ScenarioResult[];
  totals: Record<Verdict, VerdictSum>;
  /** Nodes the incident began with, heaviest first. */
  starts: ScenarioStart[];
  /** Start nodes left out, with the reason (outside the window, disabled). */
  excluded: {id: string; because: string}[];
  /** The asked-for window, ISO days; null = none. */
  window: {from: string; to: string; note: string | null} | null;
  facts: Scenario['spec']['facts'];
  mfa: Scenario['spec']['mfa'];
  firstActions: string[];
  asOf: string | null;
}
