/** How the moves of a plan are put into waves; `spec.waves` of the workspace. */
export interface WaveSettings {
  /** Most workloads of one wave. */
  size: number;
  /** Day of the first wave, YYYY-MM-DD; null = waves have numbers, but no days. */
  start: string | null;
  /** Days from one wave to the next. */
  everyDays: number;
  freeze: FreezeWindow[];
  /** Words for the environments, first to move first; whatever has none of them counts as the last. */
  environments: string[][];
  /** Tag keys whose value names the environment. */
  environmentTags: string[];
  /** GiB per month assumed of a data flow whose traffic is not known. */
  unknownGib: number;
}

/** Days on which nothing moves, first and last day included. */
export interface FreezeWindow {
  from: string;
  to: string;
  reason: string | null;
  /** What it holds for: name of an application, or `KEY=VALUE` of a tag; null = everything. */
  match: {application: string | null; tag: string | null} | null;
}

export const DEFAULT_WAVES: WaveSettings = {
  size: 50,
  start: null,
  everyDays: 14,
  freeze: [],
  environments: [
    ['dev', 'development', 'sandbox', 'lab', 'demo', 'entwicklung'],
    ['test', 'testing', 'qa', 'uat', 'int', 'integration'],
    ['stage', 'staging', 'preprod', 'abnahme'],
    ['prod', 'production', 'prd', 'live', 'produktion'],
  ],
  environmentTags: ['environment', 'env', 'stage', 'umgebung', 'landscape'],
  unknownGib: 10,
};

/** Something that must be done, or known, before a wave. */
export interface WaveNeed {
  kind: 'data-gap' | 'root-cut' | 'exception';
  text: string;
  /** Who can tell or act; null = nobody is named. */
  owner: string | null;
  /** Workloads of the wave it concerns. */
  workloads: number;
  /** Set on exceptions that end before the day of the wave. */
  late?: true;
}

/** Data that flows between sites, of flows with an end that moves at some time. */
export interface CrossTraffic {
  /** GiB per month, as far as known. */
  gib: number;
  /** Flows between sites whose traffic is not known. */
  unknownFlows: number;
}

/** One wave of moves. */
export interface Wave {
  /** From 1. */
  number: number;
  /** YYYY-MM-DD; null = no start is set. */
  date: string | null;
  /** Ids, ascending. */
  workloads: string[];
  routes: {from: string | null; to: string; workloads: number}[];
  /** Storage that is copied; `unknown` = workloads of unknown size, which count as nothing. */
  copy: {gib: number; unknown: number};
  /** One-off cost of sending the copies out, minor currency units; `unknown` = workloads whose size or price is not known. */
  egress: {amounts: {currency: string; minor: number}[]; unknown: number};
  /** Traffic between sites from the end of this wave to the next one. */
  after: CrossTraffic;
  /**
   * The least traffic between sites, in weighed GiB (see {@link WaveTraffic}), that any choice of as many moved workloads
   * has which keeps groups and the order of environments; null = not computed. `after`, weighed, is never below it.
   */
  least: number | null;
  /** `after`, weighed: GiB with unknown flows at their assumed traffic. */
  weighed: number;
  /** True when it is larger than the size because its workloads cannot be parted. */
  oversize: boolean;
  needs: WaveNeed[];
}

/** Sum over the waves but the last, and the largest, of weighed GiB per month between sites. */
export interface WaveTotals {
  waves: number;
  /** GiB per month × waves. */
  sum: number;
  /** GiB per month. */
  peak: number;
}

/** Flows with an end that moves. All lists of equal length; positions in `decisions`. */
export interface WaveTraffic {
  from: number[];
  to: number[];
  /** Known traffic, integer; `unitsPerGib` of them are one GiB. */
  amount: number[];
  /** Number of flows of unknown traffic, each weighed as `unknownAmount`. */
  unknown: number[];
  unitsPerGib: number;
  unknownAmount: number;
}

/**
 * Shares of what is saved when both ends of a tie have moved, which prove every `least` at once: see
 * `src/graph/nested-sets.ts`.
 */
export interface WaveProof {
  /** Groups with an environment of the application up to the place `through` move before those with a later one. */
  stages: {application: string; through: number}[];
  /** Per group (see {@link WavePlan.groups}), then per stage: block it belongs to. */
  blockOf: number[];
  /** Per block in order: Σ workloads and Σ traffic units its joining adds. */
  size: number[];
  value: number[];
  /** Ties within a block: groups, and what of `bond × size of the block` the first of them bears. */
  ties: {tail: number[]; head: number[]; share: number[]};
  /** Order "`after` only with `before`" within a block, between a group and a stage, and what `after` bears for it. */
  order: {after: number[]; before: number[]; push: number[]};
}

/** The moves of a plan in waves, and how much traffic crosses sites meanwhile. */
export interface WavePlan {
  settings: WaveSettings;
  waves: Wave[];
  /** Traffic between sites before the first and after the last wave. */
  today: CrossTraffic;
  final: CrossTraffic;
  totals: WaveTotals;
  /** The same moves under the same rules in another order; `waveOf` = wave of each mover. */
  baselines: (WaveTotals & {name: 'app-by-app' | 'random'; waveOf: number[]})[];
  /** One sentence for people. */
  statement: string;
  /** Positions in `decisions` of what moves, ascending. */
  movers: number[];
  /** Per mover: place in `settings.environments`, what it copies in MiB, days it may not move on (in `settings.freeze`). */
  environment: number[];
  storageMiB: (number | null)[];
  frozen: {mover: number; freeze: number}[];
  /** Movers that go in one wave, as positions in `movers`; each mover is in one group. */
  groups: number[][];
  /** Pairs of groups whose environments could not be kept in order, since groups wait for each other. */
  unordered: {before: number; after: number}[];
  /** Groups that were let go because they are larger than a wave: how many workloads depended on each other. */
  parted: {workloads: number; example: string}[];
  /** Price of one GiB sent out, by site, major currency units. */
  prices: {site: string; currency: string; perGib: number}[];
  traffic: WaveTraffic;
  proof: WaveProof | null;
}
