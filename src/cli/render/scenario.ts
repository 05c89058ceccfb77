import type {Scenario, ScenarioResult, ScenarioRun, Verdict, VerdictSum} from '../../model/scenario.ts';
import type {BeforeAfter} from '../../scenario/compare.ts';
import type {ScenarioTestResult} from '../../scenario/test.ts';
import {plainLine} from '../plain.ts';
import {screenWidth} from '../screen-width.ts';
import {renderTable} from '../table.ts';
import {wrap} from '../wrap.ts';

const ORDER: readonly Verdict[] = ['in', 'conditional', 'unknown', 'out'];
const SHOWN = 25;
const STARTS = 5;

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

/** Many runs, most value first. */
export function renderScenarioTable(runs: readonly ScenarioRun[]): string {
  const share = (sum: VerdictSum): string =>
    sum.workloads === 0 ? '–' : `${sum.workloads} (${sum.share.toFixed(0)} %)`;
  return renderTable<ScenarioRun>(
    [
      {head: 'SCENARIO', cell: ({scenario}) => scenario},
      {head: 'STARTS', cell: ({starts}) => String(starts.length), align: 'right'},
      ...ORDER.slice(0, 3).map((verdict) => ({
        head: verdict.toUpperCase(),
        cell: ({totals}: ScenarioRun) => share(totals[verdict]),
        align: 'right' as const,
      })),
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
    return `${verdict} ${workloads}${workloads > 0 ? ` (${share.toFixed(0)} % of value)` : ''}`;
  }).join(' · ');
}

function startLines({starts, excluded}: ScenarioRun): string[] {
  if (starts.length === 0) return ['Start set: no such node in the data'];
  const lines = [`Start set: ${starts.length} node${starts.length === 1 ? '' : 's'}`];
  for (const {name, subKind, workloads, share} of starts.slice(0, STARTS))
    lines.push(`  ${name} (${subKind}): reaches ${workloads} workloads, ${share.toFixed(0)} % of value`);
  if (starts.length > STARTS) lines.push(`  … and ${starts.length - STARTS} more`);
  for (const {id, because} of excluded.slice(0, STARTS)) lines.push(`  left out: ${id}, ${because}`);
  return lines;
}

function resultLines(results: readonly ScenarioResult[], all: boolean): string[] {
  const hit = results.filter(({verdict}) => all || verdict !== 'out');
  if (hit.length === 0) return ['No workload is hit.'];
  const sorted = hit.toSorted((a, b) => ORDER.indexOf(a.verdict) - ORDER.indexOf(b.verdict));
  const shown = all ? sorted : sorted.slice(0, SHOWN);
  const table = renderTable<ScenarioResult>(
    [
      {head: 'WORKLOAD', cell: ({name}) => name},
      {head: 'VERDICT', cell: ({verdict}) => verdict},
      {head: 'LEVEL', cell: ({level}) => (level === null ? '' : String(level)), align: 'right'},
      {head: 'DECIDED BY', cell: ({decidedBy}) => decidedBy, flexible: true},
    ],
    shown,
  );
  const rest = sorted.length - shown.length;
  return rest > 0 ? [table, `… and ${rest} more (--verdicts lists all)`] : [table];
}

/** Text for people, broken at the width of the screen. */
function told(text: string, indent = ''): string[] {
  return wrap(plainLine(text), screenWidth(), '', indent);
}
