import type {Decision} from '../../model/plan.ts';
import type {Wave, WavePlan} from '../../model/waves.ts';
import {some} from '../../report/facts.ts';
import {applicationsOf, copyText, egressText, gibText, trafficText} from '../../report/wave-facts.ts';
import {plain} from '../plain.ts';
import {type Column, renderTable} from '../table.ts';
import {wrap} from '../wrap.ts';

/** Entries shown; `--json` has all. */
const MOST = {applications: 6, routes: 2, needs: 4, waves: 12};

/** The waves as `--json` gives them, without the columns only `verify` needs. */
export function wavesDocument(workspace: string, plan: WavePlan | null) {
  if (plan === null) return {workspace, waves: []};
  const {statement, settings, waves, today, final, totals, baselines, parted, unordered, groups} = plan;
  return {
    workspace,
    statement,
    settings,
    waves,
    today,
    final,
    totals,
    baselines: baselines.map(({name, waves, sum, peak}) => ({name, waves, sum, peak})),
    groups: {total: groups.length, unordered: unordered.length, parted},
  };
}

/** Waves as a table, then what moves in each and what must be done before. */
export function renderWaves(
  workspace: string,
  {waves: plan, decisions}: {waves?: WavePlan; decisions: Decision[]},
  width: number,
): string {
  if (!plan) return plain(`${workspace}: nothing should move, so there are no waves`);
  const applications = applicationsOf(plan, decisions);
  const shown = plan.waves.slice(0, MOST.waves);
  const rest = plan.waves.length - shown.length;
  const moves = plan.movers.length;
  const blocks = [
    `${workspace}: ${moves} ${moves === 1 ? 'move' : 'moves'} in ${plan.waves.length} ${plan.waves.length === 1 ? 'wave' : 'waves'} of at most ${plan.settings.size}`,
    renderTable(columns(plan), plan.waves, width),
    wrap(
      `Between sites per month, of flows with an end that moves: ${trafficText(plan.today)} today, ${trafficText(plan.final)} at the end. ${plan.statement}`,
      width,
      '',
      '',
    ).join('\n'),
    ...shown.map((wave, k) => block(wave, applications[k]!, width).join('\n')),
    ...(rest > 0 ? [`… ${rest} more waves: --json has them all`] : []),
  ];
  return plain(blocks.join('\n\n'));
}

function columns(plan: WavePlan): Column<Wave>[] {
  const last = plan.waves.length;
  const dated: Column<Wave>[] =
    plan.settings.start === null ? [] : [{head: 'DAY', cell: ({date}) => date ?? ''}];
  const proven: Column<Wave>[] =
    plan.proof === null
      ? []
      : [
          {
            head: 'LEAST',
            cell: ({least, number}) => (number === last ? '' : gibText(least!)),
            align: 'right',
          },
        ];
  return [
    {head: 'WAVE', cell: ({number}) => String(number), align: 'right'},
    ...dated,
    {head: 'MOVES', cell: ({workloads}) => String(workloads.length), align: 'right'},
    {head: 'FROM → TO', cell: routesText, flexible: true},
    {head: 'COPY', cell: ({copy}) => copyText(copy), align: 'right'},
    {head: 'MOVING OUT', cell: ({egress}) => egressText(egress), align: 'right'},
    {head: 'BETWEEN SITES', cell: ({after}) => trafficText(after), align: 'right'},
    ...proven,
  ];
}

function routesText({routes}: Wave): string {
  const shown = routes.map(({from, to, workloads}) => `${from ?? 'no known site'} → ${to} (${workloads})`);
  return some(shown, MOST.routes);
}

function block(wave: Wave, what: string[], width: number): string[] {
  const left = wave.needs.length - MOST.needs;
  return [
    `WAVE ${wave.number}${wave.date === null ? '' : `  ${wave.date}`}`,
    ...wrap(some(what, MOST.applications), width, '  ', '  '),
    ...(wave.needs.length > 0 ? ['  before it:'] : []),
    ...wave.needs.slice(0, MOST.needs).flatMap(({text, owner, workloads}) => {
      const who = owner === null ? '' : ` Ask ${owner}.`;
      return wrap(
        `- ${text} (${workloads} ${workloads === 1 ? 'workload' : 'workloads'})${who}`,
        width,
        '  ',
        '    ',
      );
    }),
    ...(left > 0 ? [`  … ${left} more: --json has them all`] : []),
  ];
}
