import type {Decision} from '../../model/plan.ts';
import type {PlacementInput} from '../input.ts';
import {outcomesOf, removes} from './eligibility.ts';

export type Excepted = NonNullable<Decision['excepted']>[number];

/** Hard rules that would remove a site of a workload, were it not for an exception. */
export function createExcepted(input: PlacementInput): (workload: number) => Excepted[] {
  const {sites, policy} = input;
  const rules = policy.rules.flatMap((evaluation, rule) =>
    evaluation.excepted ? [{evaluation, rule, marks: evaluation.excepted}] : [],
  );
  return (workload) =>
    rules.flatMap(({evaluation, rule, marks}) => {
      const {tupleOf, rule: info} = evaluation;
      const where =
        info.place.file === undefined ? {} : {where: `${info.place.file}:${info.place.line ?? 1}`};
      return (marks.get(workload) ?? []).flatMap((exception, s): Excepted[] => {
        const outcome = outcomesOf(evaluation, tupleOf[workload]!)[s]!;
        if (!exception || !removes(evaluation, outcome)) return [];
        const text = policy.message(rule, workload, s);
        return [{site: sites[s]!.id, by: info.id, outcome, ...where, text, exception}];
      });
    });
}
