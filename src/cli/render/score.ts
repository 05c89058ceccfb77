import type {Interval} from '../../model/common.ts';
import type {Workload} from '../../model/estate.ts';
import type {WorkloadExposure} from '../../model/exposure.ts';
import type {SensitivityValue, WorkloadSensitivity} from '../../model/sensitivity.ts';
import {renderTable} from '../table.ts';

/** One line of `bulkhead score`. */
export interface ScoreRow {
  workload: Workload;
  sensitivity: WorkloadSensitivity;
  exposure: WorkloadExposure;
  /** Inputs whose absence widens the numbers. */
  missing: string[];
}

/** Levels in words, by number. */
export const LEVELS: readonly string[] = ['none', 'normal', 'high', 'very high'];

/** Level in BSI words; what inheritance or names only suspect carries a `?`, the unknown is a `?` alone. */
export function levelText(value: SensitivityValue): string {
  if (value.level === null) return '?';
  return LEVELS[value.level]! + (value.confidence < 0.5 ? '?' : '');
}

/** `61 (48–74)`; the interval is left out when it has no width. */
export function intervalText({value, lo, hi}: Interval, digits = 0): string {
  const [v, l, h] = [value, lo, hi].map((number) => number.toFixed(digits));
  return l === h ? v! : `${v} (${l}–${h})`;
}

/**
 * Scores as a table, highest priority first.
 * @param note what the ranking hangs on, below the table
 */
export function renderScores(rows: ScoreRow[], rootName: (id: string) => string, note: string): string {
  const table = renderTable<ScoreRow>(
    [
      {head: 'WORKLOAD', cell: (row) => row.workload.name, flexible: true},
      {head: 'CONFID.', cell: (row) => levelText(row.sensitivity.c)},
      {head: 'INTEGR.', cell: (row) => levelText(row.sensitivity.i)},
      {head: 'AVAIL.', cell: (row) => levelText(row.sensitivity.a)},
      {head: 'SIBR', cell: (row) => intervalText(row.exposure.sibr), align: 'right'},
      {head: 'PRIORITY', cell: (row) => row.exposure.priority.toFixed(0), align: 'right'},
      {
        head: 'TOP ROOT',
        cell: (row) => (row.exposure.topRoot ? rootName(row.exposure.topRoot) : '–'),
        flexible: true,
      },
      {head: 'MISSING', cell: (row) => row.missing.join(', '), flexible: true},
    ],
    rows.toSorted(
      (a, b) => b.exposure.priority - a.exposure.priority || (a.workload.id < b.workload.id ? -1 : 1),
    ),
  );
  return `${table}\n\nSIBR: shared-identity blast radius 0–100, value (certain edges only – all edges). PRIORITY = need × SIBR. A need with ? is suspected, not stated.\n\n${note}`;
}
