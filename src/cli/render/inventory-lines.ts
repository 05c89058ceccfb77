import {stringify} from 'csv-stringify/sync';
import type {Workload} from '../../model/estate.ts';
import {plain, safeJson} from '../plain.ts';
import {INVENTORY_COLUMNS} from './inventory.ts';

/** The inventory for other programs: one JSON object per line, or CSV that no spreadsheet takes for formulas. */
export function inventoryLines(workloads: Workload[], columns: string[], format: 'ndjson' | 'csv'): string {
  if (format === 'ndjson') return workloads.map((workload) => safeJson(JSON.stringify(workload))).join('\n');
  const rows = workloads.map((workload) =>
    columns.map((column) => plain(INVENTORY_COLUMNS[column]!.cell(workload))),
  );
  return stringify([columns, ...rows], {escape_formulas: true});
}
