import type {Finding, Place} from '../model/common.ts';
import type {Scenario, Verdict} from '../model/scenario.ts';
import type {PolicyContext} from '../policy/context.ts';
import {selectWorkloads} from '../policy/select.ts';
import {expressionProblems} from './expression-problems.ts';

/** A verdict with the field that decided. */
export interface Decided {
  verdict: Verdict;
  decidedBy: string;
}

export interface Decisions {
  /** Whether the scenario can concern the workload; null = a field that decides it is missing. */
  concerned(workload: number): boolean | null;
  /** Verdict of the first rule that is true or cannot be told; null = the graph's verdict stands. */
  rules(workload: number): Decided | null;
  findings: Finding[];
}

/**
 * Evaluates the scenario's conditions over all workloads at once. A field that is missing makes the verdict `unknown`,
 * never `out`; so does a rule that does not type-check, for everyone it could have decided about. `concerns` that does
 * not type-check leaves nobody out.
 */
export async function decideByRules(
  {id, spec, textPlace}: Scenario,
  context: PolicyContext,
  isReached: (workload: number) => boolean,
): Promise<Decisions> {
  const findings: Finding[] = [];
  const select = async (expression: string, path: (string | number)[]) => {
    const {matches, unknown, findings: problems} = await selectWorkloads(expression, context);
    const where = ({col = 1}: Place): Place =>
      textPlace?.(['spec', ...path], col - 1) ?? {file: `${id} ${path.join('.')}`};
    findings.push(
      ...expressionProblems(problems).map((problem) => ({
        ...problem,
        where: where(problem.where),
        partial: true,
      })),
    );
    return {yes: new Set(matches), open: new Set(unknown), broken: problems.length > 0};
  };
  const concerns = spec.concerns === undefined ? null : await select(spec.concerns, ['concerns']);
  const rules: ({rule: Scenario['spec']['decide'][number]} & Awaited<ReturnType<typeof select>>)[] = [];
  for (const [at, rule] of spec.decide.entries())
    rules.push({rule, ...(await select(rule.when, ['decide', at, 'when']))});
  return {
    findings,
    concerned: (w) => {
      if (concerns === null || concerns.broken || concerns.yes.has(w)) return true;
      return concerns.open.has(w) ? null : false;
    },
    rules: (w) => {
      for (const {rule, yes, open, broken} of rules) {
        if (rule.among !== 'all' && (rule.among === 'reached') !== isReached(w)) continue;
        if (yes.has(w)) return {verdict: rule.verdict, decidedBy: rule.because};
        if (broken) return {verdict: 'unknown', decidedBy: `cannot be evaluated: ${rule.when}`};
        if (open.has(w)) return {verdict: 'unknown', decidedBy: `not known: ${rule.when}`};
      }
      return null;
    },
  };
}
