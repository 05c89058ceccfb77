import type {Delta, ExposureDelta} from '../../exposure/delta.ts';
import type {Applied, Change} from '../../exposure/what-if.ts';
import {onScreen} from '../on-screen.ts';
import {renderTable} from '../table.ts';
import {intervalText} from './score.ts';

/** What each change did, then roots and workloads whose numbers differ. */
export function renderWhatIf(applied: readonly Applied[], delta: ExposureDelta, top: number): string {
  return [...applied.flatMap((entry) => onScreen(changeText(entry))), renderExposureDelta(delta, top)].join(
    '\n',
  );
}

/** Roots and workloads whose numbers differ, below a blank line. */
export function renderExposureDelta(delta: ExposureDelta, top: number): string {
  const {before, after} = delta.total;
  const total = `Priority of all workloads  ${before.toFixed(1)} → ${after.toFixed(1)} points (${gainText(before - after)})`;
  return [
    '',
    ...onScreen(total),
    ...table('Roots, blast radius', delta.roots, top),
    ...table('Workloads, SIBR', delta.workloads, top),
  ].join('\n');
}

/** What a change of the graph did to it, in one line. */
export function changeText({change, edges, note}: Applied): string {
  return `${nameOf(change)}: ${edges} edge${edges === 1 ? '' : 's'}${note ? `; ${note}` : ''}`;
}

function nameOf(change: Change): string {
  if (change.kind === 'remove-edge') return `without ${change.from} –${change.edge ?? 'any'}→ ${change.to}`;
  if (change.kind === 'answer') return `${change.gap} answered ${change.answer}`;
  return change.kind === 'add-mfa' ? `with a second proof at ${change.id}` : `without root ${change.id}`;
}

function gainText(gain: number): string {
  if (Math.abs(gain) < 0.05) return 'no gain';
  return gain > 0 ? `gain ${gain.toFixed(1)}` : `loss ${(-gain).toFixed(1)}`;
}

function table(title: string, deltas: readonly Delta[], top: number): string[] {
  if (deltas.length === 0) return ['', `${title}: nothing changes`];
  const rows = deltas.slice(0, top);
  const rest = deltas.length - rows.length;
  return [
    '',
    renderTable<Delta>(
      [
        {head: title.toUpperCase(), cell: ({name}) => name, flexible: true},
        {head: 'BEFORE', cell: (row) => intervalText(row.before, 1), align: 'right'},
        {head: 'AFTER', cell: (row) => intervalText(row.after, 1), align: 'right'},
      ],
      rows,
    ),
    ...(rest > 0 ? [`… and ${rest} more (--top ${deltas.length})`] : []),
  ];
}
