import type {RuleEvaluation} from '../../model/policy.ts';
import type {PlacementInput} from '../input.ts';
import {outcomesOf} from './eligibility.ts';

/**
 * Milli-points `prefer` and `avoid` rules add at each site, indexed `w * sites + s`. A preferred site costs nothing and the
 * others cost the weight, an avoided site costs the weight: so points never go below zero.
 */
export function softPoints(input: PlacementInput): Float64Array {
  const count = input.sites.length;
  const points = new Float64Array(input.estate.workloads.length * count);
  for (const evaluation of input.policy.rules) {
    if (!isSoft(evaluation)) continue;
    const perTuple = evaluation.tuples.map((_, tuple) => tuplePoints(evaluation, tuple));
    for (let w = 0; w < input.estate.workloads.length; w++) {
      const own = perTuple[evaluation.tupleOf[w]!]!;
      for (let s = 0; s < count; s++) points[w * count + s]! += own[s]!;
    }
  }
  return points;
}

export function isSoft(evaluation: RuleEvaluation): boolean {
  const {effect, weight, broken} = evaluation.rule;
  return (effect === 'prefer' || effect === 'avoid') && weight > 0 && !broken;
}

/** Milli-points of one rule per site. Where it is not applicable or not known, a site earns and pays nothing. */
export function tuplePoints(evaluation: RuleEvaluation, tuple: number): number[] {
  const {rule} = evaluation;
  const {scores} = evaluation.tuples[tuple]!;
  const outcomes = outcomesOf(evaluation, tuple);
  const weight = Math.round(rule.weight * 1000);
  if (outcomes.every((outcome) => outcome === 'not-applicable')) return outcomes.map(() => 0);
  return outcomes.map((outcome, s) => {
    const known = outcome === 'pass' || outcome === 'fail';
    const score = known ? Math.min(1, Math.max(0, scores[s] ?? 0)) : 0;
    if (rule.effect === 'prefer') return Math.round(weight * (1 - score));
    if (outcome === 'unknown' && rule.onUnknown === 'fail') return weight;
    return Math.round(weight * score);
  });
}
