import type {Decision, PlanRun, Reason} from '../../model/plan.ts';
import {effect, mainReason, moveGroups, points, some} from '../facts.ts';
import {escape, more, MOST_ROWS, table} from './escape.ts';

/** Moves by application, most gain first. */
export function moveTable(run: PlanRun): string {
  const rows = moveGroups(run).map(({application, from, to, decisions}) => {
    const reason = mainReason(decisions[0]!);
    return [
      escape(application ?? '–'),
      escape(some(decisions.map((decision) => decision.name))),
      `${escape(from ?? 'unknown')} → ${escape(to)}`,
      reasonText(reason),
      effect(decisions),
    ];
  });
  return (
    table(['Application', 'Workloads', 'Move', 'Why', 'Identity exposure'], rows) || 'Nothing should move.'
  );
}

/** Moves, made or wanted, that leave the identity roots as they are. */
export function pointlessList({decisions}: PlanRun): string {
  const lines = decisions.flatMap((decision) => {
    const {gainsNothing, name, move, exposure} = decision;
    const raised =
      move && exposure.gain < 0 ? ` It raises exposure by ${points(-exposure.gain)} points.` : '';
    if (!gainsNothing) return raised ? [`- **${escape(name)}**:${raised}`] : [];
    const {cutFirst, gainAfterCut, site} = gainsNothing;
    const what = move
      ? `The move to ${escape(site)} gains nothing, because its identity roots go along.`
      : `A move to ${escape(site)} is not made: it would gain nothing, because the identity roots go along.`;
    const then = cutFirst
      ? ` Cut ${escape(cutFirst)} from ${escape(site)} first; the move then gains ${points(gainAfterCut)} points.`
      : ' No single root explains it.';
    return [`- **${escape(name)}**: ${what}${raised}${then}`];
  });
  const shown = lines.slice(0, MOST_ROWS).join('\n') + more(lines.length);
  return shown || 'None found with what is known.';
}

/** One row per workload. */
export function decisionTable({decisions}: PlanRun): string {
  const rows = decisions
    .slice(0, MOST_ROWS)
    .map((decision) => [
      escape(decision.name),
      escape(decision.current ?? 'unknown'),
      escape(decision.recommended ?? 'stays'),
      decision.status,
      reasonText(mainReason(decision)),
      regretText(decision),
      `${points(decision.exposure.before)} → ${points(decision.exposure.after)}`,
    ]);
  const header = [
    'Workload',
    'Today',
    'Recommended',
    'Status',
    'Main reason',
    'Regret of the other class',
    'Exposure',
  ];
  return table(header, rows) + more(decisions.length);
}

/** Severe first, in their own order otherwise. */
export function findingTable({findings}: PlanRun): string {
  const order = ['critical', 'high', 'medium', 'low', 'info'];
  const sorted = findings.toSorted((a, b) => order.indexOf(a.severity) - order.indexOf(b.severity));
  const rows = sorted.map(({severity, code, message, where, remedy}) => {
    const place = where.file
      ? `${where.file}${where.line === undefined ? '' : `:${where.line}`}`
      : (where.id ?? '');
    return [severity, escape(code), escape(message), escape(place), escape(remedy ?? '')];
  });
  return table(['Severity', 'Code', 'What', 'Where', 'What to do'], rows) || 'None.';
}

function reasonText(reason: Reason | null): string {
  if (!reason) return '–';
  const where = reason.where ? ` (${escape(reason.by)}, ${escape(reason.where)})` : '';
  return `${escape(reason.text)}${where}`;
}

function regretText({regret, companions}: Decision): string {
  if (!regret) return '–';
  const along = companions.length > 0 ? `, ${companions.length} more along` : '';
  if (regret.risk !== 0) return `${points(regret.risk)} points${along}`;
  if (regret.latency)
    return `${regret.latency} ${regret.latency === 1 ? 'dependency' : 'dependencies'} too slow${along}`;
  if (regret.cost !== 0) return `${(regret.cost / 100).toFixed(2)} per month${along}`;
  return `${regret.churn} moves${along}`;
}
