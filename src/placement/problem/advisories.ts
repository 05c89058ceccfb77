import type {Decision} from '../../model/plan.ts';
import type {PlacementInput} from '../input.ts';
import {outcomesOf} from './eligibility.ts';

export type Advisory = NonNullable<Decision['advisories']>[number];

/** Failures at one site of hard rules that a profile made advisory: they remove nothing, and are told. */
export function createAdvisories(input: PlacementInput): (workload: number, site: number) => Advisory[] {
  const {sites, policy} = input;
  const rules = policy.rules.flatMap((evaluation, rule) =>
    evaluation.rule.enforcement === 'advisory' && !evaluation.rule.broken ? [{evaluation, rule}] : [],
  );
  return (workload, s) => {
    const site = sites[s];
    if (!site) return [];
    return rules.flatMap(({evaluation, rule}): Advisory[] => {
      const {tupleOf, rule: info} = evaluation;
      const outcome = outcomesOf(evaluation, tupleOf[workload]!)[s]!;
      const counts = outcome === 'fail' || (outcome === 'unknown' && info.onUnknown === 'fail');
      if (!counts || evaluation.excepted?.get(workload)?.[s]) return [];
      const where =
        info.place.file === undefined ? {} : {where: `${info.place.file}:${info.place.line ?? 1}`};
      return [{site: site.id, by: info.id, outcome, ...where, text: policy.message(rule, workload, s)}];
    });
  };
}
