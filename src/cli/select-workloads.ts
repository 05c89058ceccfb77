import type {Finding} from '../model/common.ts';
import type {Workload} from '../model/estate.ts';
import {policyContext, type Scored} from '../pipeline.ts';
import {selectWorkloads} from '../policy/select.ts';
import {expressionProblems} from '../scenario/expression-problems.ts';
import {Failure} from './failure.ts';

/** Workloads of a scored estate for which an expression is true; those it cannot decide are counted in a finding. */
export async function workloadsWhere(
  scored: Scored,
  expression: string,
): Promise<{workloads: Workload[]; findings: Finding[]}> {
  const {matches, unknown, findings} = await selectWorkloads(expression, policyContext(scored));
  if (findings.length > 0)
    throw new Failure('the expression of --where does not type-check', {
      findings: expressionProblems(findings),
    });
  const undecided: Finding = {
    code: 'BH-CLI-001',
    severity: 'low',
    message: `workloads left out because a field of --where is not known for them: ${unknown.length}`,
    where: {},
    remedy: 'Add the missing fact, or test for it in the expression.',
  };
  return {
    workloads: matches.map((w) => scored.estate.workloads[w]!),
    findings: [...scored.findings, ...(unknown.length > 0 ? [undecided] : [])],
  };
}
