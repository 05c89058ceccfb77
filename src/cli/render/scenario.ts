import type {Scenario, ScenarioResult, ScenarioRun, Verdict, VerdictSum} from '../../model/scenario.ts';
import type {BeforeAfter} from '../../scenario/compare.ts';
import type {ScenarioTestResult} from '../../scenario/test.ts';
import {plainLine} from '../plain.ts';
import {screenWidth} from '../screen-width.ts';
import {renderTable} from '../table.ts';
import {wrap} from '../wrap.ts';
import {shareText} from './share.ts';

const ORDER: readonly Verdict[] = ['in', 'conditional', 'unknown', 'out'];
const SHOWN = 25;
const STARTS = 5;
/** Workloads of one row called by name. */
const NAMED = 3;

/** All scenarios with what they begin with. */
export function renderScenarioList(scenarios: readonly Scenario[]): string {
  const table = renderTable<Scenario>(
    [
      {head: 'ID', cell: ({id}) => id},
      {head: 'INCIDENT', cell: ({spec}) => spec.title, flexible: true},
      {head: 'LEVEL', cell: ({spec}) => `≤ ${spec.levelCap}`},
      {head: 'FROM', cell: ({shipped}) => (shipped ? 'shipped' : 'workspace')},
    ],
    [...scenarios],
  );
  return `${table}\n\n${scenarios.length} scenarios. Run one: bulkhead scenario run ID`;
}

/** One run: what it means, who is hit and why, what to do first. */
export function renderScenarioRun(run: ScenarioRun, all: boolean): string {
  const lines = [`${run.title} (${run.scenario})`, ...told(run.summary), '', totalsLine(run.totals)];
  if (run.window) {
    lines.push(`Window ${run.window.from} to ${run.window.to}`);
    if (run.window.note) lines.push(...told(`Note: ${run.window.note}.`));
  }
  lines.push('', ...startLines(run), '', ...resultLines(run.results, all), '');
  lines.push(
    ...told(`Multi-factor sign-in ${run.mfa.helps ? 'helps' : 'does not help'}: ${run.mfa.because}.`),
    '',
  );
  lines.push('First actions');
  run.firstActions.forEach((action, at) => lines.push(...told(`${at + 1}. ${action}`, '   ')));
  lines.push('', 'What is known');
  for (const {text, source, date, certainty} of run.facts)
    lines.push(
      ...told(`- ${text} (${source}, ${date}${certainty === 'confirmed' ? '' : `, ${certainty}`})`, '  '),
    );
  return lines.join('\n');
}

/**
 * Many runs, most value first.
 * @param planned by scenario id, the same runs after the plan; empty = not asked for
 */
export function renderScenarioTable(
  runs: readonly ScenarioRun[],
  planned: ReadonlyMap<string, ScenarioRun> = new Map(),
): string {
  const share = (sum: VerdictSum): string =>
    sum.workloads === 0 ? '–' : `${sum.workloads} (${shareText(sum.share)})`;
  return renderTable<ScenarioRun>(
    [
      {head: 'SCENARIO', cell: ({scenario}) => scenario},
      {head: 'STARTS', cell: ({starts}) => String(starts.length), align: 'right'},
      ...ORDER.slice(0, 3).map((verdict) => ({
        head: verdict.toUpperCase(),
        cell: ({totals}: ScenarioRun) => share(totals[verdict]),
        align: 'right' as const,
      })),
      ...(planned.size === 0
        ? []
        : [
            {
              head: 'IN AFTER PLAN',
              cell: ({scenario}: ScenarioRun) => share(planned.get(scenario)!.totals.in),
              align: 'right' as const,
            },
          ]),
      {head: 'INCIDENT', cell: ({title}) => title, flexible: true},
    ],
    runs.toSorted(
      (a, b) =>
        b.totals.in.value - a.totals.in.value || b.totals.conditional.value - a.totals.conditional.value,
    ),
  );
}

/** What the plan changes about an incident. */
export function renderBeforeAfter(
  before: ScenarioRun,
  after: ScenarioRun,
  changes: readonly BeforeAfter[],
): string {
  const lines = [
    '',
    'After the plan',
    `  today  ${totalsLine(before.totals)}`,
    `  then   ${totalsLine(after.totals)}`,
  ];
  if (changes.length === 0) lines.push('  The plan changes no verdict.');
  for (const {name, before: was, after: is} of changes.slice(0, SHOWN))
    lines.push(`  ${name}: ${was} → ${is}`);
  if (changes.length > SHOWN) lines.push(`  … and ${changes.length - SHOWN} more (--json lists all)`);
  return lines.join('\n');
}

/** Test results of scenarios. */
export function renderScenarioTests(results: readonly ScenarioTestResult[]): string {
  const failed = results.filter(({passed}) => !passed);
  const lines = failed.flatMap(({scenario, test, problems}) => [
    `FAILED ${scenario}: ${test}`,
    ...problems.map((problem) => `  ${problem}`),
  ]);
  lines.push(`${results.length - failed.length} of ${results.length} tests passed`);
  return lines.join('\n');
}

function totalsLine(totals: Record<Verdict, VerdictSum>): string {
  return ORDER.map((verdict) => {
    const {workloads, share} = totals[verdict];
    return `${verdict} ${workloads}${workloads > 0 ? ` (${shareText(share)} of value)` : ''}`;
  }).join(' · ');
}

function startLines({starts, excluded}: ScenarioRun): string[] {
  if (starts.length === 0) return ['Start set: no such node in the data'];
  const lines = [`Start set: ${starts.length} node${starts.length === 1 ? '' : 's'}`];
  for (const {name, subKind, workloads, share} of starts.slice(0, STARTS))
    lines.push(
      `  ${name} (${subKind}): reaches ${workloads} workload${workloads === 1 ? '' : 's'}, ${shareText(share)} of value`,
    );
  if (starts.length > STARTS) lines.push(`  … and ${starts.length - STARTS} more`);
  for (const {id, because} of excluded.slice(0, STARTS)) lines.push(`  left out: ${id}, ${because}`);
  return lines;
}

function resultLines(results: readonly ScenarioResult[], all: boolean): string[] {
  if (results.length === 0) return ['The input holds no workloads, and verdicts are about workloads.'];
  const hit = results.filter(({verdict}) => all || verdict !== 'out');
  if (hit.length === 0) return ['No workload is hit.'];
  const sorted = hit.toSorted((a, b) => ORDER.indexOf(a.verdict) - ORDER.indexOf(b.verdict));
  const rows = all ? sorted.map((result): ResultRow => ({result, names: [result.name]})) : alike(sorted);
  const shown = all ? rows : rows.slice(0, SHOWN);
  const table = renderTable<ResultRow>(
    [
      {head: 'WORKLOAD', cell: ({names}) => namesText(names), flexible: true},
      {head: 'VERDICT', cell: ({result}) => result.verdict},
      {head: 'LEVEL', cell: ({result: {level}}) => (level === null ? '' : String(level)), align: 'right'},
      {head: 'DECIDED BY', cell: ({result}) => result.decidedBy, flexible: true},
    ],
    shown,
  );
  const rest = rows.slice(shown.length).reduce((sum, {names}) => sum + names.length, 0);
  const hidden = shown.some(({names}) => names.length > NAMED);
  if (rest > 0) return [table, `… and ${rest} more (--verdicts lists all)`];
  return hidden ? [table, '--verdicts lists all'] : [table];
}

/** Workloads with one verdict for one reason. */
interface ResultRow {
  result: ScenarioResult;
  names: string[];
}

/** One row per verdict, level and reason, where the first of its workloads stood. */
function alike(results: readonly ScenarioResult[]): ResultRow[] {
  const rows = new Map<string, ResultRow>();
  for (const result of results) {
    const key = JSON.stringify([result.verdict, result.level, result.decidedBy]);
    const row = rows.get(key);
    if (row) row.names.push(result.name);
    else rows.set(key, {result, names: [result.name]});
  }
  return [...rows.values()];
}

function namesText(names: readonly string[]): string {
  const rest = names.length - NAMED;
  return `${names.slice(0, NAMED).join(', ')}${rest > 0 ? ` and ${rest} more` : ''}`;
}

/** Text for people, broken at the width of the screen. */
function told(text: string, indent = ''): string[] {
  return wrap(plainLine(text), screenWidth(), '', indent);
}
