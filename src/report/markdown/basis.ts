import type {PlanRun} from '../../model/plan.ts';
import {gapGroups, siteChoiceSentence, some} from '../facts.ts';
import {escape, fence, table} from './escape.ts';

/** Data gaps with owner and remedy. */
export function gapTable(run: PlanRun): string {
  const rows = gapGroups(run).map(({field, owner, remedy, workloads}) => [
    escape(field),
    String(workloads.length),
    escape(some(workloads)),
    escape(owner ?? 'nobody named'),
    escape(remedy),
  ]);
  return (
    table(['Missing', 'Workloads', 'For example', 'Who can tell', 'What to do'], rows) ||
    'No gap bears on a decision.'
  );
}

/** What is claimed, and how to check it. */
export function proof(run: PlanRun): string {
  const {optimality} = run;
  const rows = Object.entries(optimality.value).map(([level, value]) => [
    escape(level),
    String(value),
    String(optimality.bound[level] ?? '–'),
  ]);
  return [
    `${escape(optimality.statement)} Method: ${escape(optimality.method)}. Certificate: ${escape(optimality.certificate)}; check it with \`bulkhead verify run.json\`. "Optimal" holds for this model and these inputs only.`,
    table(['Objective', 'Value', 'Bound'], rows),
    ...[siteChoiceSentence(run)].filter((text) => text !== ''),
  ].join('\n\n');
}

/** Files the plan was made from. */
export function sourceTable({inputs}: PlanRun): string {
  const rows = inputs.map(({file, role, sha256}) => [escape(file), escape(role), escape(sha256)]);
  return table(['File', 'Role', 'SHA-256'], rows) || 'None recorded.';
}

/** Everything that could have been chosen otherwise. */
export function parameterBlock({parameters}: PlanRun): string {
  return fence('json', JSON.stringify(parameters, null, 2));
}
