import type {Effect, RuleOutcome} from '../model/policy.ts';
import {Unknown, type Truth} from './kleene.ts';

/** Outcome of a rule at one site, with the score of soft rules and the path that was missing. */
export interface SiteOutcome {
  outcome: RuleOutcome;
  score: number;
  missing: string | null;
}

/**
 * Combines "does the rule apply" with "does its condition hold".
 *
 * | effect | applies, condition true | applies, condition false |
 * |---|---|---|
 * | forbid | fail | pass |
 * | require | pass | fail |
 * | prefer | pass, score 1 | fail, score 0 |
 * | avoid | fail, score 1 | pass, score 0 |
 * | obligate | pass, obligations apply | not-applicable |
 *
 * With `score`, a soft rule counts as true above 0. What does not apply is `not-applicable`. An unknown part makes the
 * outcome `unknown` unless the other part settles that the rule cannot fail.
 */
export function outcomeOf(
  effect: Effect,
  applies: Truth,
  condition: Truth,
  score: number | null,
): SiteOutcome {
  if (applies === false) return {outcome: 'not-applicable', score: 0, missing: null};
  const positive = effect === 'require' || effect === 'prefer' || effect === 'obligate';
  if (condition instanceof Unknown) return unknown(applies instanceof Unknown ? applies : condition);
  const outcome = condition === positive ? 'pass' : effect === 'obligate' ? 'not-applicable' : 'fail';
  if (applies instanceof Unknown) {
    const harmless =
      outcome === 'not-applicable' || (outcome === 'pass' && (effect === 'forbid' || effect === 'require'));
    return harmless ? {outcome, score: 0, missing: null} : unknown(applies);
  }
  const soft = effect === 'prefer' || effect === 'avoid';
  return {outcome, score: soft && condition ? (score ?? 1) : 0, missing: null};
}

function unknown({missing}: Unknown): SiteOutcome {
  return {outcome: 'unknown', score: 0, missing};
}
