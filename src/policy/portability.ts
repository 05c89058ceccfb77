import type {Portability} from '../model/policy.ts';
import {columnKeys, type ColumnStore} from './columns.ts';
import {workloadPlan, type EnvironmentBuilder} from './environment.ts';
import {Missing} from './expression.ts';
import type {CompiledPortability} from './portability-rules.ts';
import {renderTemplate} from './template.ts';

interface Verdict {
  verdict: Portability;
  /** Row that decided, or null. */
  row: number | null;
  /** Set when the verdict is unknown because this field has no value. */
  missing: string | null;
}

interface Answer {
  verdict: Portability;
  reason: string;
}

/**
 * The gate in front of every placement: what it takes to run a workload at a site. Rows are read in order, the first
 * true one decides. A row that cannot be decided leaves the verdict open unless the row that decides says the same.
 * Staying where the workload is needs nothing: `rehost`, whatever the table says.
 */
export function portabilityGate(
  rows: readonly CompiledPortability[],
  store: ColumnStore,
  builder: EnvironmentBuilder,
): (workload: number, site: number) => Answer {
  const {context} = store;
  const conditions = rows.flatMap(({condition}) => (condition ? condition.reads : []));
  const keys = columnKeys(conditions);
  const plan = workloadPlan(conditions);
  const reasonPlans = rows.map(({reason}) =>
    workloadPlan(reason.parts.flatMap((part) => (typeof part === 'string' ? [] : part.reads))),
  );
  const readsCurrent = rows.map(({reason}) =>
    reason.parts.some((part) => typeof part !== 'string' && columnKeys(part.reads).includes('current')),
  );
  /** Answers per group of equal workloads and site; a function where the reason names the workload. */
  const answers = new Map<number, (Answer | ((workload: number) => Answer))[]>();

  const decide = (workload: number, site: number): Verdict => {
    const environment = builder.of(plan, workload, null);
    environment.site = builder.sites[site];
    const open: Verdict[] = [];
    for (const [index, row] of rows.entries()) {
      const value = row.condition ? row.condition.evaluate(environment) : null;
      if (value === false) continue;
      if (value !== true) {
        open.push({verdict: row.verdict, row: index, missing: value instanceof Missing ? value.path : null});
        continue;
      }
      const first = open.find(({verdict}) => verdict !== row.verdict);
      return first ? {...first, verdict: 'unknown'} : {verdict: row.verdict, row: index, missing: null};
    }
    return open[0] ? {...open[0], verdict: 'unknown'} : {verdict: 'unknown', row: null, missing: null};
  };

  const answer = (workload: number, site: number): Answer | ((workload: number) => Answer) => {
    const {verdict, row, missing} = decide(workload, site);
    if (row === null) return {verdict, reason: 'no portability rule covers this case'};
    const {id, reason} = rows[row]!;
    if (missing !== null) return {verdict, reason: `${missing} is not known (rule ${id})`};
    if (verdict !== rows[row]!.verdict) return {verdict, reason: `rule ${id} cannot be evaluated`};
    const render = (one: number): Answer => {
      const environment = builder.of(reasonPlans[row]!, one, null);
      environment.site = builder.sites[site];
      return {verdict, reason: renderTemplate(reason, environment)};
    };
    return reasonPlans[row]!.length === 0 && !readsCurrent[row] ? render(workload) : render;
  };

  let tupleOf: Uint32Array | undefined;
  return (workload, site) => {
    if (context.siteOf[workload] === site) return {verdict: 'rehost', reason: 'it is there already'};
    if (rows.length === 0) return {verdict: 'unknown', reason: 'no portability rules are loaded'};
    tupleOf ??= store.tuples(keys).tupleOf;
    const tuple = tupleOf[workload]!;
    let known = answers.get(tuple);
    if (!known) {
      known = builder.sites.map((_, index) => answer(workload, index));
      answers.set(tuple, known);
    }
    const at = known[site]!;
    return typeof at === 'function' ? at(workload) : at;
  };
}
