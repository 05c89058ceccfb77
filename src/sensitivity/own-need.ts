import type {Level} from '../model/common.ts';
import type {Axis, SensitivityEvidence} from '../model/sensitivity.ts';

/** What a workload's own evidence says about one axis, before anything is taken over from others. */
export interface OwnNeed {
  /** −1 = unknown. */
  level: -1 | Level;
  lo: Level;
  hi: Level;
  confidence: number;
  /** A signed, valid decision: nothing raises or lowers it. */
  fixed: boolean;
  /** Backed by a decision, a governed tag or a classifier, not by suspicion. */
  decided: boolean;
}

const UNKNOWN: OwnNeed = {level: -1, lo: 1, hi: 3, confidence: 0, fixed: false, decided: false};

/** Suspicions below this say nothing: an unknown need is not lowered by a harmless name. */
const LEAST_SUSPICION: Level = 2;

/**
 * Higher rank wins; within a rank the higher level. Only a valid signed decision on distribution lowers what that gives,
 * and it never raises. Names, free tags and type priors (ranks 4 and 5) only raise the
 * upper end of a stated need, and without a statement give a suspected level inside [1,3].
 */
export function ownNeed(evidence: SensitivityEvidence[], axis: Axis): OwnNeed {
  const stated = statedNeed(evidence, axis);
  const lowered = loweredTo(evidence, axis);
  if (lowered === null) return stated;
  const level =
    stated.decided && stated.level >= 0 && stated.level < lowered ? (stated.level as Level) : lowered;
  return {level, lo: level, hi: level, confidence: 1, fixed: true, decided: true};
}

/** The highest level that valid decisions on distribution leave; null = there is none. */
export function loweredTo(evidence: SensitivityEvidence[], axis: Axis): Level | null {
  let level: Level | null = null;
  for (const entry of evidence) {
    if (entry.axis !== axis || entry.lowers === undefined || entry.rank !== 1) continue;
    if (level === null || entry.level > level) level = entry.level;
  }
  return level;
}

/** The need without distribution. */
export function statedNeed(evidence: SensitivityEvidence[], axis: Axis): OwnNeed {
  let best = 7;
  let level: Level = 0;
  let highest: Level = 0;
  let suspected: Level = 0;
  for (const entry of evidence) {
    // Inheritance comes later, and what lowers is applied to the result.
    if (entry.axis !== axis || entry.rank === 6 || entry.lowers !== undefined) continue;
    if (entry.level > highest) highest = entry.level;
    if (entry.rank > 3) {
      if (entry.level > suspected) suspected = entry.level;
    } else if (entry.rank < best || (entry.rank === best && entry.level > level)) {
      best = entry.rank;
      level = entry.level;
    }
  }
  if (best === 1) return {level, lo: level, hi: level, confidence: 1, fixed: true, decided: true};
  if (best < 4) {
    // However many classifiers found nothing: they are no surer than what they have looked at.
    const cap = best === 3 && level < 2 ? coverageOf(evidence, axis) : 1;
    const confidence = Math.min(cap, agreement(evidence, axis, level));
    return {level, lo: level, hi: highest, confidence, fixed: false, decided: true};
  }
  if (suspected < LEAST_SUSPICION) return UNKNOWN;
  const confidence = agreement(evidence, axis, suspected);
  return {level: suspected, lo: 1, hi: 3, confidence, fixed: false, decided: false};
}

/** The largest share of the data that any classifier has looked at. */
function coverageOf(evidence: SensitivityEvidence[], axis: Axis): number {
  const shares = evidence.filter((entry) => entry.axis === axis).map(({coverage}) => coverage ?? 0);
  return Math.max(0, ...shares);
}

/** Noisy-or over the evidence that agrees on a level. */
function agreement(evidence: SensitivityEvidence[], axis: Axis, level: Level): number {
  let doubt = 1;
  for (const entry of evidence) {
    if (entry.rank === 6 || entry.lowers !== undefined) continue;
    if (entry.axis === axis && entry.level === level) doubt *= 1 - entry.confidence;
  }
  return Math.round((1 - doubt) * 1000) / 1000;
}
