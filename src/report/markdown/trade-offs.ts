import type {PlanRun} from '../../model/plan.ts';
import {frontRows, weightRows} from '../trade-offs.ts';
import {escape, table} from './escape.ts';

/** Rows of the front and of weights shown. */
const MOST = 12;

/** What could be had instead, which weights matter, and how many decisions are firm; empty when none of it was asked. */
export function tradeoffSection(run: PlanRun): string {
  const {tradeoffs} = run;
  if (!tradeoffs) return '';
  return [firmness(run), front(run), weights(run)].filter((part) => part !== '').join('\n\n');
}

function firmness({decisions}: PlanRun): string {
  const count = (wanted: string): number =>
    decisions.filter(({confidence}) => confidence?.verdict === wanted).length;
  const [stable, fragile] = [count('stable'), count('fragile')];
  if (stable + fragile === 0) return '';
  const named = decisions
    .filter(({confidence}) => confidence?.verdict === 'fragile')
    .slice(0, MOST)
    .map(({name}) => escape(name))
    .join(', ');
  const rest = fragile > MOST ? ` and ${fragile - MOST} more` : '';
  return `${stable} of ${decisions.length} decisions are stable: their lead is larger than all that is not known about them, or hard rules leave no choice. ${fragile} are fragile${fragile > 0 ? `: ${named}${rest}` : ''}.`;
}

function front({tradeoffs, parameters}: PlanRun): string {
  const found = tradeoffs!;
  if (found.front.length === 0) return escape(found.statement);
  const {currency = null} = (parameters['placement'] ?? {}) as {currency?: string | null};
  const rows = frontRows(found, MOST).map(({chosen, moves, risk, cost, differs}) => [
    chosen ? '**this plan**' : '',
    String(moves),
    risk.toFixed(1),
    currency === null ? '–' : cost.toFixed(2),
    chosen ? '' : String(differs),
  ]);
  const head = [
    '',
    'Moves',
    'Risk, points',
    `Cost per month${currency === null ? '' : `, ${currency}`}`,
    'Workloads elsewhere',
  ];
  const hidden = found.front.length - rows.length;
  const more = hidden > 0 ? `\n\n${hidden} more are in run.json.` : '';
  return `${table(head.map(escape), rows)}${more}\n\n${escape(found.statement)}`;
}

function weights({tradeoffs, decisions}: PlanRun): string {
  const names = new Map(decisions.map(({workload, name}) => [workload, name]));
  const all = weightRows(tradeoffs!, (id) => names.get(id) ?? id);
  const rows = all.filter(({slack}) => slack < Infinity).slice(0, MOST);
  if (all.length === 0) return '';
  const told = table(
    ['Weight', 'Now', 'Same plan', 'Outside'],
    rows.map(({weight, value, unit, range, beyond}) => [
      escape(weight),
      escape(`${value} ${unit}`),
      escape(range),
      escape(beyond),
    ]),
  );
  const idle = all.length - rows.length;
  const rest = `The plan stays the same whatever is done with ${idle === 0 ? 'no other weight' : `each of the ${idle} other weights`} alone, in the range that was searched.`;
  return told === '' ? rest : `${told}\n\n${rest}`;
}
