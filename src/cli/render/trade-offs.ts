import type {Tradeoffs} from '../../model/plan.ts';
import {type FrontRow, frontRows, type WeightRow, weightRows} from '../../report/trade-offs.ts';
import {renderTable} from '../table.ts';
import {wrap} from '../wrap.ts';

/** What the screen needs besides the trade-offs themselves. */
export interface Shown {
  workspace: string;
  /** ISO 4217 code of all amounts; null = no site states a price. */
  currency: string | null;
  nameOf: (workload: string) => string;
  width: number;
}

/** Rows of the front on the screen; `--json` has all. */
const MOST_ROWS = 15;

/** The front from fewest moves to most, the plan marked, and how far each weight can be changed. */
export function renderTradeoffs(found: Tradeoffs, shown: Shown): string {
  const blocks = [frontLines(found, shown), weightLines(found, shown)];
  return blocks
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n');
}

function frontLines(found: Tradeoffs, {workspace, currency, width}: Shown): string[] {
  const {front, statement} = found;
  if (front.length === 0) return wrap(`${workspace}: ${statement}`, width, '', '');
  const rows = frontRows(found, MOST_ROWS);
  const hidden = front.length - rows.length;
  const head = `${workspace}: ${front.length} ${front.length === 1 ? 'plan' : 'plans'} worth considering, from fewest moves to most`;
  const columns = [
    {head: '', cell: ({chosen}: FrontRow) => (chosen ? '→' : '')},
    {head: 'MOVES', cell: ({moves}: FrontRow) => moves.toLocaleString('en'), align: 'right' as const},
    {head: 'RISK points', cell: ({risk}: FrontRow) => number(risk, 1), align: 'right' as const},
    {
      head: `COST ${currency ?? 'no prices'}/month`,
      cell: ({cost}: FrontRow) => (currency === null ? '' : number(cost, 2)),
      align: 'right' as const,
    },
    {
      head: 'AGAINST THIS PLAN',
      cell: ({chosen, differs}: FrontRow) =>
        chosen ? 'this plan' : `${differs} ${differs === 1 ? 'workload' : 'workloads'} elsewhere`,
    },
  ];
  return [
    head,
    '',
    renderTable(columns, rows, width),
    '',
    ...(hidden > 0 ? [`${hidden} more lie between them: --json`] : []),
    ...wrap(statement, width, '', ''),
  ];
}

function weightLines(found: Tradeoffs, {nameOf, width}: Shown): string[] {
  const all = weightRows(found, nameOf);
  const rows = all.filter(({slack}) => slack < Infinity);
  const idle = all.filter(({slack}) => slack === Infinity).map(({weight}) => weight);
  const rest = wrap(
    `No plan but this one from nothing up to ten times its value (kinds of roots: up to 0.95): ${idle.join(', ')}.`,
    width,
    '',
    '',
  );
  if (rows.length === 0) return idle.length > 0 ? ['WEIGHTS', '', ...rest] : [];
  return [
    'WEIGHTS  (one changed alone: the plan stays the same in this range; what is not varied is said above)',
    '',
    renderTable<WeightRow>(
      [
        {head: 'WEIGHT', cell: ({weight}) => weight},
        {head: 'NOW', cell: ({value, unit}) => `${value} ${unit}`},
        {head: 'SAME PLAN', cell: ({range}) => range, align: 'right'},
        {head: 'OUTSIDE', cell: ({beyond}) => beyond, flexible: true},
      ],
      rows,
      width,
    ),
    ...(idle.length > 0 ? ['', ...rest] : []),
  ];
}

function number(value: number, digits: number): string {
  return value.toLocaleString('en', {minimumFractionDigits: digits, maximumFractionDigits: digits});
}
