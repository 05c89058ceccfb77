import type {Level} from '../model/common.ts';
import type {Axis, CumulationReason, SensitivityEvidence, WorkloadSensitivity} from '../model/sensitivity.ts';
import {loweredTo, statedNeed} from './own-need.ts';
import {AXES} from './rules.ts';

/** What one piece of evidence did to the level. */
export type Effect =
  | 'lowers'
  | 'decides'
  | 'suspects'
  | 'raises'
  | 'agrees'
  | 'widens'
  | 'superseded'
  | 'refused';

export interface ReplayStep {
  effect: Effect;
  level: Level;
  /** Rank of the evidence, null for what a signed decision refused. */
  rank: SensitivityEvidence['rank'] | null;
  source: string;
  confidence: number;
  /** Why it had this effect and no other. */
  because: string;
  /** Raises only: the workloads the need came over, nearest first, each with the relation to the one before it. */
  chain?: {workload: string; relation: string; level: Level | null}[];
  cumulation?: CumulationReason;
}

/** How the level of one axis came about; the steps in the order they are decided in. */
export interface AxisReplay {
  axis: Axis;
  level: Level | null;
  lo: Level;
  hi: Level;
  steps: ReplayStep[];
  /** Confidentiality only: classifiers that looked and could not tell. */
  open: string[];
}

const ORDER: readonly Effect[] = [
  'lowers',
  'decides',
  'suspects',
  'raises',
  'agrees',
  'widens',
  'superseded',
  'refused',
];

/**
 * Replays the evidence of one workload: what decided, what was superseded and by what, and over which workloads a need
 * was taken over.
 * @param find other workloads of the same result, by id
 */
export function replay(
  workload: WorkloadSensitivity,
  find: (id: string) => WorkloadSensitivity | undefined,
): AxisReplay[] {
  return AXES.map((axis) => {
    const {level, lo, hi} = workload[axis];
    const judge = judgeOf(workload.evidence, axis);
    const steps = workload.evidence
      .filter((entry) => entry.axis === axis)
      .map((entry): ReplayStep => {
        const {level: said, rank, source, confidence, cumulation} = entry;
        return {
          ...judge(entry),
          level: said,
          rank,
          source,
          confidence,
          ...(entry.via ? {chain: chainOf(entry, axis, find)} : {}),
          ...(cumulation ? {cumulation} : {}),
        };
      });
    const refused = (workload.refused ?? [])
      .filter((entry) => entry.axis === axis)
      .map(({level: said, from, relation}) => ({
        effect: 'refused' as const,
        level: said,
        rank: null,
        source: `${relation}: ${from}`,
        confidence: 0,
        because: 'a signed decision is raised by nothing',
      }));
    const all = [...steps, ...refused].sort(
      (a, b) =>
        ORDER.indexOf(a.effect) - ORDER.indexOf(b.effect) ||
        (a.rank ?? 9) - (b.rank ?? 9) ||
        b.level - a.level,
    );
    return {axis, level, lo, hi, steps: all, open: axis === 'c' ? (workload.open ?? []) : []};
  });
}

type Judgement = Pick<ReplayStep, 'effect' | 'because'>;

/** The rules of conflict, told about each piece of evidence. */
function judgeOf(evidence: SensitivityEvidence[], axis: Axis): (entry: SensitivityEvidence) => Judgement {
  const stated = statedNeed(evidence, axis);
  const lowered = loweredTo(evidence, axis);
  const ranks = evidence.filter(
    (entry) => entry.axis === axis && entry.rank <= 3 && entry.lowers === undefined,
  );
  const best = Math.min(7, ...ranks.map(({rank}) => rank));
  const byDistribution = lowered !== null && !(stated.decided && stated.level < lowered);
  return (entry) => {
    if (entry.lowers !== undefined) return judgeLowering(entry, lowered, byDistribution);
    if (entry.rank === 6)
      return {
        effect: 'raises',
        because: entry.cumulation ? 'cumulation principle' : 'maximum or dependency principle',
      };
    if (byDistribution) return {effect: 'superseded', because: 'a signed decision on distribution lowers it'};
    if (entry.rank > best && entry.level === stated.level)
      return {effect: 'agrees', because: `evidence of rank ${best} says the same`};
    if (entry.rank > 3) {
      if (best < 4) {
        return entry.level > stated.level && !stated.fixed
          ? {effect: 'widens', because: 'a suspicion only raises the upper end of what is stated'}
          : {effect: 'superseded', because: `evidence of rank ${best} is stated, this is a suspicion`};
      }
      return entry.level === stated.level
        ? {effect: 'suspects', because: 'nothing is stated; the highest suspicion counts'}
        : {
            effect: 'superseded',
            because:
              stated.level < 0 ? 'a suspicion below high makes nothing known' : 'a higher suspicion counts',
          };
    }
    if (entry.rank > best) {
      return entry.level > stated.level && !stated.fixed
        ? {effect: 'widens', because: `evidence of rank ${best} wins; this stays the upper end`}
        : {effect: 'superseded', because: `evidence of rank ${best} wins`};
    }
    return entry.level === stated.level
      ? {effect: 'decides', because: best === 1 ? 'a signed decision' : 'the best rank, its highest level'}
      : {effect: 'superseded', because: 'the same rank says a higher level'};
  };
}

function judgeLowering(entry: SensitivityEvidence, lowered: Level | null, holds: boolean): Judgement {
  if (entry.rank !== 1) return {effect: 'superseded', because: 'lowering needs a valid signed decision'};
  if (entry.level !== lowered)
    return {effect: 'superseded', because: 'another decision leaves a higher need'};
  return holds
    ? {effect: 'lowers', because: 'distribution principle, by signed decision'}
    : {effect: 'superseded', because: 'the need is lower already'};
}

/** From what raised it back to where the need is its own. */
function chainOf(
  entry: SensitivityEvidence,
  axis: Axis,
  find: (id: string) => WorkloadSensitivity | undefined,
): NonNullable<ReplayStep['chain']> {
  const chain: NonNullable<ReplayStep['chain']> = [];
  const seen = new Set<string>([entry.workload]);
  for (let via = entry.via; via !== undefined && !seen.has(via.workload);) {
    const {workload, relation} = via;
    seen.add(workload);
    const at = find(workload);
    chain.push({workload, relation, level: at?.[axis].level ?? null});
    via = at?.evidence.find((other) => other.axis === axis && other.rank === 6)?.via;
  }
  return chain;
}
