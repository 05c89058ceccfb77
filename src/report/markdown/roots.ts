import type {PlanRun} from '../../model/plan.ts';
import {count, interval, points} from '../facts.ts';
import {escape, table} from './escape.ts';

/** Which root would sink most today. */
export function rootSentence({residual}: PlanRun): string {
  const top = residual.roots[0];
  if (!top || top.before.hi === 0) return '';
  const {name, before, after} = top;
  return `${escape(name)} would sink most: ${interval(before)} workloads of highest need, weighted, today; ${interval(after)} after this plan.`;
}

/** Which root to cut from which site, by what the whole plan would gain. */
export function cutFirstList({cutFirst}: PlanRun): string {
  const lines = cutFirst.map(
    ({root, name, gain, workloads, from}, index) =>
      `${index + 1}. **${escape(name)}** (${escape(root)}) from ${escape(from)}: the plan then gains ${points(gain)} points, ${count(workloads, 'workload')} ${workloads === 1 ? 'gains' : 'gain'}.`,
  );
  return lines.join('\n') || 'No root reaches a dedicated site from outside it, as far as is known.';
}

/** Cuts with the moves they make worth while; empty = none was found. */
export function combinedList({combined = [], decisions}: PlanRun): string {
  const names = new Map(decisions.map(({workload, name}) => [workload, name]));
  const lines = combined.map(({statement, moves, gainOfOthers}, index) => {
    const shown = moves
      .slice(0, MOVES)
      .map(
        ({workload, site, gain}) =>
          `${escape(names.get(workload) ?? workload)} to ${escape(site)} (${points(gain)})`,
      );
    const more = moves.length > MOVES ? ` and ${moves.length - MOVES} more` : '';
    const others = gainOfOthers === 0 ? '' : ` Workloads that stay gain ${points(gainOfOthers)}.`;
    return `${index + 1}. ${escape(statement)} Points per move: ${shown.join(', ')}${more}.${others}`;
  });
  return lines.join('\n');
}

/** Moves named one by one. */
const MOVES = 20;

/** What each root can still reach, before and after, rebuilt and linear. */
export function residualTable({residual}: PlanRun): string {
  const {total} = residual;
  const rows = residual.roots
    .filter((root) => root.before.hi > 0 || root.after.hi > 0)
    .map((root) => [
      escape(root.name),
      escape(root.kind),
      interval(root.before),
      interval(root.after),
      `${trim(root.linearised.before)} → ${trim(root.linearised.after)}`,
      statement(root),
    ]);
  const recomputed = `${points(total.recomputed.before.value)} (${points(total.recomputed.before.lo)}–${points(total.recomputed.before.hi)}) → ${points(total.recomputed.after.value)} (${points(total.recomputed.after.lo)}–${points(total.recomputed.after.hi)})`;
  return [
    `Exposure of the estate in points: ${recomputed} on the rebuilt graph; ${points(total.linearised.before)} → ${points(total.linearised.after)} in the linear model that was solved. What stays is a risk to accept by name, not an absence of risk.`,
    table(['Root', 'Kind', 'Reaches today', 'After the plan', 'Linear model', 'Residual risk'], rows),
  ]
    .filter((part) => part !== '')
    .join('\n\n');
}

function statement({before, after}: PlanRun['residual']['roots'][number]): string {
  if (after.hi === 0) return 'no known path is left';
  if (after.value > before.value) return 'rises: who holds this root gains by the plan';
  if (after.value === before.value) return 'unchanged by this plan';
  if (after.value === 0) return 'left only over paths that are not known for certain';
  return 'lower, not gone';
}

function trim(value: number): string {
  return value.toFixed(1).replace(/\.0$/, '');
}
