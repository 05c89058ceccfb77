import type {CsvError} from 'csv-parse/sync';
import type {Cell, DecodeResult, Table} from '../../model/decoded.ts';
import type {Finding} from '../../model/common.ts';
import {CELL_CHARACTERS} from './limits.ts';
import {problem} from './problem.ts';

/** Unreadable rows of one file that are named one by one. */
const NAMED_ROWS = 20;
const DELIMITERS = [',', ';', '\t'] as const;

interface Parsed {
  record: string[];
  info: {lines: number};
}

/**
 * Reads CSV with `,`, `;` or tab, found on the header line outside quotes; Excel's `sep=` and PowerShell's `#TYPE`
 * first lines are tolerated. A row with another number of fields than the header is never guessed at: it goes to
 * `rejected` with a finding (rows whose surplus fields are all empty are taken). All cells are texts, empty = null.
 */
export async function decodeCsv(text: string, file: string): Promise<DecodeResult> {
  const {body, skipped, declared} = withoutPreamble(text);
  const delimiter = declared ?? detectDelimiter(body);
  const table: Table = {name: stem(file), header: [], rowNumbers: [], rows: []};
  const rejected: {row: number; reason: string}[] = [];
  const findings: Finding[] = [];
  const reject = (row: number, reason: string, finding: Finding) => {
    rejected.push({row, reason});
    if (rejected.length <= NAMED_ROWS) findings.push(finding);
  };
  const {parse} = await import('csv-parse/sync');
  const parsed = parse(body, {
    delimiter,
    info: true,
    relax_column_count: true,
    relax_quotes: true,
    skip_empty_lines: true,
    skip_records_with_error: true,
    on_skip: (error: CsvError | undefined) => {
      const line = Number((error as {lines?: number} | undefined)?.lines ?? 0) + skipped;
      reject(line, 'broken quotes', brokenQuotes(file, line));
    },
  }) as unknown as Parsed[];
  for (const {record, info} of parsed) {
    const row = info.lines + skipped;
    if (table.header.length === 0) {
      table.header = trimRight(record.map((name) => name.trim()));
      continue;
    }
    const width = table.header.length;
    const cells = record.map(toCell);
    if (cells.every((cell) => cell === null)) continue;
    const surplus = cells.slice(width).some((cell) => cell !== null);
    if (cells.length < width || surplus) {
      reject(row, 'ragged row', ragged(file, row, cells.length, width));
      continue;
    }
    table.rowNumbers.push(row);
    table.rows.push(cells.length > width ? cells.slice(0, width) : cells);
  }
  const last = findings.at(-1);
  if (last && rejected.length > NAMED_ROWS)
    last.message += ` (and ${rejected.length - NAMED_ROWS} more rows)`;
  if (rejected.length > 0) table.rejected = rejected;
  return {decoded: {kind: 'tables', container: 'csv', tables: [table]}, findings};
}

/** Drops `sep=;` and `#TYPE …` lines at the top and says how many lines that were. */
function withoutPreamble(text: string): {body: string; skipped: number; declared: string | null} {
  let body = text;
  let skipped = 0;
  let declared: string | null = null;
  for (;;) {
    const end = body.indexOf('\n');
    const line = (end < 0 ? body : body.slice(0, end)).trim();
    const separator = /^"?sep=(.)"?$/i.exec(line);
    if (separator) declared = separator[1] ?? null;
    else if (!/^"?#TYPE\b/.test(line) && line !== '') break;
    if (end < 0) return {body: '', skipped, declared};
    body = body.slice(end + 1);
    skipped++;
  }
  return {body, skipped, declared};
}

function detectDelimiter(body: string): string {
  const counts = new Map<string, number>();
  let quoted = false;
  for (const character of body) {
    if (character === '"') quoted = !quoted;
    else if (!quoted && character === '\n') break;
    else if (!quoted) counts.set(character, (counts.get(character) ?? 0) + 1);
  }
  return DELIMITERS.reduce((best, next) => ((counts.get(next) ?? 0) > (counts.get(best) ?? 0) ? next : best));
}

function toCell(field: string): Cell {
  if (field.trim() === '') return null;
  return field.length > CELL_CHARACTERS ? field.slice(0, CELL_CHARACTERS) : field;
}

function trimRight(header: string[]): string[] {
  let end = header.length;
  while (end > 1 && header[end - 1] === '') end--;
  return header.slice(0, end);
}

function ragged(file: string, line: number, fields: number, width: number): Finding {
  return problem(
    'BH-IO-019',
    {file, line},
    `the row has ${fields} fields, the header has ${width}; it was not read`,
    'Correct the row, often a separator or a quote inside a value, or export the file again.',
    {partial: true},
  );
}

function brokenQuotes(file: string, line: number): Finding {
  return problem(
    'BH-IO-020',
    {file, ...(line > 0 ? {line} : {})},
    'quotes are opened and not closed here; the row was not read',
    'Double the quotes inside values; RVTools does so since 4.6.1.',
    {partial: true},
  );
}

function stem(file: string): string {
  const name = file.slice(Math.max(file.lastIndexOf('/'), file.lastIndexOf('\\')) + 1);
  return name.replace(/\.[^.]+$/, '') || name;
}
