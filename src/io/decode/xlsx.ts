import type {Cell, DecodeResult, Table} from '../../model/decoded.ts';
import type {Finding} from '../../model/common.ts';
import type {DecodeLimits} from './limits.ts';
import {problem, Unreadable} from './problem.ts';
import {readSharedStrings, type SharedStrings} from './shared-strings.ts';
import {scanSheet, type SheetIssue} from './sheet-scan.ts';
import {notAWorkbook, readWorkbookIndex} from './workbook-index.ts';
import {inflateEntry, readZipDirectory, type ZipEntry} from './zip.ts';

/** How far right of the last header a cell may stand before it is reported instead of kept. */
const BEYOND_HEADER = 512;
/** Issues of one sheet named one by one. */
const NAMED_ISSUES = 5;

/**
 * Opens an .xlsx/.xlsm, values only. The ZIP directory is checked before anything is unpacked, every part is
 * unpacked as a stream and never beyond its declared size, and a sheet that cannot be read is a finding while the
 * others are kept. Dates are serial numbers (see {@link Table}).
 * @throws Unreadable when nothing of the workbook can be used
 */
export async function decodeWorkbook(
  data: Buffer,
  file: string,
  limits: DecodeLimits,
): Promise<DecodeResult> {
  const entries = readZipDirectory(data, file, limits);
  const findings: Finding[] = [];
  const index = await readWorkbookIndex(data, entries, file);
  const strings = await sharedStrings(data, index.sharedStrings, file);
  const tables: Table[] = [];
  const budget = {slots: limits.slots};
  for (const sheet of index.sheets) {
    try {
      if (!sheet.entry) throw new Error('its part is missing in the file');
      tables.push(await readSheet(data, sheet.name, sheet.entry, strings, file, budget, findings));
    } catch (error) {
      if (error instanceof Unreadable && error.finding.code !== 'BH-IO-010') throw error;
      findings.push(
        problem(
          'BH-IO-015',
          {file, sheet: sheet.name},
          `the sheet cannot be read: ${error instanceof Error ? error.message : String(error)}`,
          'Export the workbook again; the other sheets were read.',
          {partial: true},
        ),
      );
    }
  }
  if (tables.length === 0 && index.sheets.length > 0) {
    throw new Unreadable(findings[0] ?? notAWorkbook(file, entries));
  }
  return {decoded: {kind: 'tables', container: 'xlsx', tables}, findings};
}

async function sharedStrings(data: Buffer, entry: ZipEntry | null, file: string): Promise<SharedStrings> {
  if (!entry) return {texts: [], cut: new Set()};
  return readSharedStrings(inflateEntry(data, entry, file));
}

async function readSheet(
  data: Buffer,
  name: string,
  entry: ZipEntry,
  strings: SharedStrings,
  file: string,
  budget: {slots: number},
  findings: Finding[],
): Promise<Table> {
  const table: Table = {name, header: [], rowNumbers: [], rows: []};
  let headed = false;
  let width = 0;
  const issues: SheetIssue[] = [];
  await scanSheet(inflateEntry(data, entry, file), strings, {
    row: (row, cells) => {
      if (isBlank(cells)) return;
      budget.slots -= cells.length;
      if (budget.slots < 0) throw tooLarge(file);
      if (headed) {
        table.rowNumbers.push(row);
        table.rows.push(cells);
        width = Math.max(width, cells.length);
      } else {
        headed = true;
        table.header = cells.map((cell) => (cell === null ? '' : String(cell).trim()));
      }
    },
    issue: (issue) => issues.push(issue),
    lastColumn: () => (headed ? table.header.length + BEYOND_HEADER : Number.POSITIVE_INFINITY),
  });
  while (table.header.length < width) table.header.push('');
  findings.push(...issueFindings(issues, file, table));
  return table;
}

function isBlank(cells: Cell[]): boolean {
  return cells.every((cell) => cell === null || (typeof cell === 'string' && cell.trim() === ''));
}

function issueFindings(issues: SheetIssue[], file: string, table: Table): Finding[] {
  const named = issues.slice(0, NAMED_ISSUES).map((issue) => {
    const column = table.header[issue.column] || columnLetters(issue.column);
    const where = {file, sheet: table.name, row: issue.row, column};
    return issue.kind === 'cut'
      ? problem(
          'BH-IO-016',
          where,
          'a text longer than an Excel cell can hold (32,767 characters) was cut',
          'Nothing to do unless this column matters.',
          {severity: 'low'},
        )
      : problem(
          'BH-IO-029',
          where,
          'a cell far outside the table was left out',
          'Move it next to the table if it matters.',
          {severity: 'low'},
        );
  });
  const more = issues.length - named.length;
  const last = named.at(-1);
  if (more > 0 && last) last.message += ` (and ${more} more on this sheet)`;
  return named;
}

/** 0 → A, 27 → AB. */
function columnLetters(column: number): string {
  let letters = '';
  for (let rest = column; rest >= 0; rest = Math.floor(rest / 26) - 1) {
    letters = String.fromCharCode(65 + (rest % 26)) + letters;
  }
  return letters;
}

function tooLarge(file: string): Unreadable {
  return new Unreadable(
    problem(
      'BH-IO-011',
      {file},
      'the workbook has more cells than are read',
      'Export fewer sheets or split it.',
    ),
  );
}
