import type {Cell, Decoded, InputFile, Table} from '../../model/decoded.ts';
import type {Intake} from '../../model/estate.ts';
import {createDraft} from '../draft.ts';
import type {IntakeHints, Shape} from '../shape.ts';
import {mapReportRow, REPORT_COLUMNS} from './map-credential-report.ts';
import {awsScope} from './scope.ts';

/** AWS answers that are tables: people keep the credential report as the CSV it is. */
export const shapes: Shape[] = [
  {
    id: 'aws.credential-report-csv',
    title: 'credential report as CSV (user,arn,user_creation_time,…)',
    matches: (decoded) => reportOf(decoded) !== null,
    map: mapReport,
  },
];

function reportOf(decoded: Decoded): Table | null {
  if (decoded.kind !== 'tables' || decoded.container !== 'csv') return null;
  return decoded.tables.find(({header}) => REPORT_COLUMNS.every((name) => header.includes(name))) ?? null;
}

function mapReport(decoded: Decoded, file: InputFile, hints: IntakeHints): Intake {
  const draft = createDraft({
    format: 'aws.credential-report',
    cloud: 'aws',
    api: 'iam get-credential-report',
    file,
    hints,
    locate: (at) => ({row: Number(at)}),
  });
  const table = reportOf(decoded);
  const scope = awsScope(file, hints).account ?? '*';
  for (const [i, row] of (table?.rows ?? []).entries()) {
    const named = Object.fromEntries((table?.header ?? []).map((name, j) => [name, cell(row[j])]));
    mapReportRow(draft, named, String(table?.rowNumbers[i] ?? i + 2), scope);
  }
  return draft.finish();
}

function cell(value: Cell | undefined): string {
  return value === null || value === undefined ? '' : String(value);
}
