import type {Finding} from '../model/common.ts';
import type {Scenario, Verdict} from '../model/scenario.ts';
import type {PolicyContext} from '../policy/context.ts';
import {selectWorkloads} from '../policy/select.ts';

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
 * never `out`. Conditions that do not type-check are findings and count for nobody.
 */
export async function decideByRules(
  {id, spec}: Scenario,
  context: PolicyContext,
  isReached: (workload: number) => boolean,
): Promise<Decisions> {
  const findings: Finding[] = [];
  const select = async (expression: string, field: string) => {
    const {matches, unknown, findings: problems} = await selectWorkloads(expression, context);
    findings.push(
      ...problems.map((problem) => ({
        ...problem,
        where: {...problem.where, file: `${id} ${field}`},
        partial: true,
      })),
    );
    return {yes: new Set(matches), open: new Set(unknown), broken: problems.length > 0};
  };
  const concerns = spec.concerns === undefined ? null : await select(spec.concerns, 'concerns');
  const rules: {rule: Scenario['spec']['decide'][number]; yes: Set<number>; open: Set<number>}[] = [];
  for (const [at, rule] of spec.decide.entries()) {
    const {yes, open, broken} = await select(rule.when, `decide[${at}]`);
    if (!broken) rules.push({rule, yes, open});
  }
  return {
    findings,
    concerned: (w) => {
      if (concerns === null || concerns.broken || concerns.yes.has(w)) return true;
      return concerns.open.has(w) ? null : false;
    },
    rules: (w) => {
      for (const {rule, yes, open} of rules) {
        if (rule.among !== 'all' && (rule.among === 'reached') !== isReached(w)) continue;
        if (yes.has(w)) return {verdict: rule.verdict, decidedBy: rule.because};
        if (open.has(w)) return {verdict: 'unknown', decidedBy: `not known: ${rule.when}`};
      }
      return null;
    },
  };
}
