import type {CsvError} from 'csv-parse/sync';
import type {Cell, DecodeResult, Table} from '../../model/decoded.ts';
import type {Finding} from '../../model/common.ts';
import {CELL_CHARACTERS} from './limits.ts';
import {problem} from './problem.ts';

/** Unreadable rows of one file that are named one by one. */
const NAMED_ROWS = 20;
const DELIMITERS = [',', ';', '\t'] as const;

/** The fields of one row; `line` counts from 1 and is the row's last. */
interface Row {
  record: string[];
  line: number;
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
  const parsed = isPlain(body)
    ? splitPlain(body, delimiter)
    : await splitQuoted(body, delimiter, (error) => {
        const line = error + skipped;
        reject(line, 'broken quotes', brokenQuotes(file, line));
      });
  for (const {record, line} of parsed) {
    const row = line + skipped;
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

/** Rows of any text; `broken` is told the line of each row whose quotes do not close. */
async function splitQuoted(body: string, delimiter: string, broken: (line: number) => void): Promise<Row[]> {
  const {parse} = await import('csv-parse/sync');
  const parsed = parse(body, {
    delimiter,
    info: true,
    relax_column_count: true,
    relax_quotes: true,
    skip_empty_lines: true,
    skip_records_with_error: true,
    on_skip: (error: CsvError | undefined) => {
      broken(Number((error as {lines?: number} | undefined)?.lines ?? 0));
    },
  }) as unknown as {record: string[]; info: {lines: number}}[];
  return parsed.map(({record, info}) => ({record, line: info.lines}));
}

/** No quotes, and one kind of line end: then every line is a row. */
function isPlain(body: string): boolean {
  if (body.includes('"')) return false;
  return body.includes('\r') ? !/\r(?!\n)|(?<!\r)\n/.test(body) : true;
}

/** Rows of a text that {@link isPlain}, found ten times faster than by looking at every character. */
function* splitPlain(body: string, delimiter: string): Generator<Row> {
  const end = body.includes('\r\n') ? '\r\n' : '\n';
  let line = 0;
  for (let from = 0; from < body.length;) {
    const found = body.indexOf(end, from);
    const to = found < 0 ? body.length : found;
    line++;
    if (to > from) yield {record: body.slice(from, to).split(delimiter), line};
    from = to + end.length;
  }
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
