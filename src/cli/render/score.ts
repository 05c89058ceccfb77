import type {Interval} from '../../model/common.ts';
import type {Workload} from '../../model/estate.ts';
import type {RootExposure, WorkloadExposure} from '../../model/exposure.ts';
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

const LEVELS = ['none', 'normal', 'high', 'very high'];

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

/** Scores as a table, highest priority first. */
export function renderScores(rows: ScoreRow[], rootName: (id: string) => string): string {
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
  return `${table}\n\nSIBR: shared-identity blast radius 0–100, value (certain edges only – all edges). PRIORITY = need × SIBR. A need with ? is suspected, not stated.`;
}

/** Identity roots as a table, largest blast radius first. */
export function renderRoots(roots: RootExposure[], totalValue: number): string {
  const table = renderTable<RootExposure>(
    [
      {head: 'ROOT', cell: (root) => root.name, flexible: true},
      {head: 'KIND', cell: (root) => root.kind},
      {head: 'BLAST RADIUS', cell: (root) => intervalText(root.blastRadius), align: 'right'},
      {head: 'SHARE %', cell: (root) => intervalText(root.share), align: 'right'},
      {head: 'WORKLOADS', cell: (root) => String(root.workloads), align: 'right'},
      {head: 'VERY HIGH', cell: (root) => String(root.byLevel[3]), align: 'right'},
      {head: 'HIGH', cell: (root) => String(root.byLevel[2]), align: 'right'},
      {head: 'ID', cell: (root) => root.id, flexible: true},
    ],
    roots,
  );
  return `${table}\n\nBLAST RADIUS 0–100 of the value a thief of the root reaches; SHARE of ${totalValue.toFixed(1)} value in the estate; VERY HIGH, HIGH: workloads with that need reached directly or behind one guard.`;
}
