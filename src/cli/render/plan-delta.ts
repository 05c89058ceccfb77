import type {PlanAnswer} from '../what-if-plan.ts';
import type {Interval} from '../../model/common.ts';
import type {DecisionChange, PlanCost, PlanDelta, Sides} from '../../whatif/delta.ts';
import {onScreen} from '../on-screen.ts';
import {renderTable} from '../table.ts';
import {changeText, renderExposureDelta} from './what-if.ts';

/** The changes, the numbers of both plans, the decisions that differ with why, and what stays in one line. */
export function renderPlanDelta(answer: PlanAnswer, top: number): string {
  const {changes, supposed, plan} = answer;
  const asked = [...supposed.map(({text}) => text), ...changes.map(changeText)];
  return [
    ...(asked.length > 0 ? asked : ['no change']).flatMap((line) => onScreen(`Suppose ${line}`)),
    '',
    numberTable(plan),
    ...ruleLines(plan),
    ...limitLines(plan),
    '',
    ...decisionLines(plan, top),
    ...(changes.length > 0 ? [renderExposureDelta(answer, top)] : []),
  ].join('\n');
}

interface Row {
  what: string;
  before: string;
  after: string;
}

function numberTable({numbers}: PlanDelta): string {
  const row = <T>(what: string, {before, after}: Sides<T>, text: (value: T) => string): Row => ({
    what,
    before: text(before),
    after: text(after),
  });
  const rows = [
    row('moves', numbers.moves, String),
    row('cannot be placed', numbers.blocked, String),
    row('need data first', numbers.needsData, String),
    row('moves that gain nothing', numbers.gainsNothing, String),
    row('identity exposure today, points', numbers.exposureToday, intervalPoints),
    row('identity exposure after the plan, points', numbers.exposure, intervalPoints),
    ...((numbers.cost.before ?? numbers.cost.after)
      ? [row(costTitle(numbers.cost), numbers.cost, costText)]
      : []),
    ...(numbers.limitsExceeded.before + numbers.limitsExceeded.after > 0
      ? [row('limits exceeded', numbers.limitsExceeded, String)]
      : []),
  ];
  return renderTable<Row>(
    [
      {head: 'PLAN', cell: ({what}) => what, flexible: true},
      {head: 'BEFORE', cell: ({before}) => before, align: 'right'},
      {head: 'AFTER', cell: ({before, after}) => (after === before ? '=' : after), align: 'right'},
    ],
    rows,
  );
}

function intervalPoints({value, lo, hi}: Interval): string {
  const points = (milli: number): string => Math.round(milli / 1000).toLocaleString('en');
  return lo === hi ? points(value) : `${points(value)} (${points(lo)}–${points(hi)})`;
}

function costTitle({before, after}: Sides<PlanCost | null>): string {
  const unknown = Math.max(before?.unknown ?? 0, after?.unknown ?? 0);
  const short = unknown > 0 ? `, without ${unknown} workloads of unknown cost` : '';
  return `hosting per month, ${(after ?? before)!.currency}${short}`;
}

function costText(cost: PlanCost | null): string {
  return cost === null ? 'no prices' : Math.round(cost.perMonth / 100).toLocaleString('en');
}

function ruleLines({rules}: PlanDelta): string[] {
  const lines = [
    ...(rules.added.length > 0 ? [`Rules added: ${rules.added.join(', ')}`] : []),
    ...(rules.removed.length > 0 ? [`Rules removed: ${rules.removed.join(', ')}`] : []),
    ...(rules.changed.length > 0 ? [`Rules changed: ${rules.changed.join(', ')}`] : []),
  ];
  return lines.length > 0 ? ['', ...lines.flatMap((line) => onScreen(line))] : [];
}

function limitLines({limits}: PlanDelta): string[] {
  if (limits.length === 0) return [];
  const state = (side: PlanDelta['limits'][number]['before']): string =>
    side === null ? 'no limit' : `${amount(side.used)} of ${amount(side.limit)} ${side.unit}, ${side.status}`;
  return [
    '',
    ...limits.flatMap(({text, before, after}) =>
      onScreen(`Limit ${text}: ${state(before)} → ${state(after)}`),
    ),
  ];
}

function amount(value: number): string {
  return value.toLocaleString('en', {maximumFractionDigits: 1});
}

function decisionLines({decisions, unchanged}: PlanDelta, top: number): string[] {
  const total = decisions.length + unchanged;
  if (decisions.length === 0) return [`No decision changes (${total} workloads).`];
  const moved = decisions.filter(({before, after}) => before.site !== after.site);
  const rest = moved.length - top;
  return [
    `${decisions.length} of ${total} decisions change, ${moved.length} to another site; the other ${unchanged} stay as they are.`,
    ...moved.slice(0, top).flatMap(changeLines),
    ...(rest > 0 ? [`  … and ${rest} more (--top ${moved.length}, or --json)`] : []),
    ...statusLines(decisions.slice(moved.length)),
  ];
}

/** Names shown of decisions that keep their site. */
const NAMES = 5;

/** Decisions that keep their site, by how sure they were and are, and by what is missing for them. */
function statusLines(changes: DecisionChange[]): string[] {
  const groups = new Map<string, DecisionChange[]>();
  for (const change of changes) {
    const key = `${change.before.status}, now ${change.after.status}${change.missing.length > 0 ? `, for want of ${change.missing.join(', ')}` : ''}`;
    groups.set(key, [...(groups.get(key) ?? []), change]);
  }
  return [...groups].flatMap(([key, members]) => {
    const names = members.slice(0, NAMES).map(({name}) => name);
    const more = members.length > NAMES ? ` and ${members.length - NAMES} more` : '';
    return onScreen(`  same site, ${key}: ${names.join(', ')}${more}`);
  });
}

/** Lines of reasons per decision: what differs, else why the new one is as it is. */
const REASONS = 3;

function changeLines(change: DecisionChange): string[] {
  const {name, before, after, because, reasons, exposure} = change;
  const points = (milli: number): string => (milli / 1000).toFixed(1);
  const moved =
    exposure.before === exposure.after
      ? ''
      : ` (exposure ${points(exposure.before)} → ${points(exposure.after)} points)`;
  const why =
    because.length > 0 ? because : reasons.map(({by, text, where}) => ({by, text, where: where ?? null}));
  return [
    ...onScreen(`  ${name}: ${sideText(before)} → ${sideText(after)}${moved}`),
    ...why
      .slice(0, REASONS)
      .flatMap(({by, text, where}) =>
        onScreen(`      ${by}${text === '' ? '' : `: ${text}`}${where ? `  ${where}` : ''}`),
      ),
  ];
}

function sideText({site, status}: DecisionChange['before']): string {
  return `${site ?? 'no known site'}${status === 'decided' ? '' : ` (${status})`}`;
}
