import type {LedgerScope} from '../../model/ledger.ts';
import {renderTable} from '../table.ts';

/** The coverage ledger as a table; the last line proves that no row was lost. */
export function renderCoverage(scopes: LedgerScope[]): string {
  const table = renderTable<LedgerScope>(
    [
      {head: 'SOURCE', cell: (scope) => scope.source, flexible: true},
      {head: 'SCOPE', cell: (scope) => scope.scope, flexible: true},
      {head: 'READ AS', cell: (scope) => scope.api},
      {head: 'STATUS', cell: (scope) => scope.status},
      {head: 'ROWS', cell: (scope) => String(scope.rowsIn), align: 'right'},
      {head: 'WORKLOADS', cell: (scope) => String(scope.kept), align: 'right'},
      {head: 'CLASSIFIED', cell: (scope) => counted(scope.classified, scope.classifiedBy), flexible: true},
      {head: 'REJECTED', cell: (scope) => counted(scope.rejected, scope.rejectedBy), flexible: true},
    ],
    scopes,
  );
  const sum = (pick: (scope: LedgerScope) => number): number =>
    scopes.reduce((total, scope) => total + pick(scope), 0);
  const rows = sum((scope) => scope.rowsIn);
  const parts = `${sum((scope) => scope.kept)} workloads + ${sum((scope) => scope.classified)} classified + ${sum((scope) => scope.rejected)} rejected`;
  return `${table}\n\n${rows} rows in = ${parts}`;
}

function counted(total: number, by: Record<string, number>): string {
  const parts = Object.entries(by)
    .toSorted(([, a], [, b]) => b - a)
    .map(([name, count]) => `${count} ${name}`);
  return parts.length > 0 ? parts.join(', ') : String(total);
}
