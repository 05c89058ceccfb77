import Table from 'cli-table3';
import {plainLine} from './plain.ts';
import {screenWidth} from './screen-width.ts';

/** One column: heading, how to read the cell, and how it behaves when the terminal is narrow. */
export interface Column<Row> {
  head: string;
  cell: (row: Row) => string;
  align?: 'left' | 'right';
  /** Takes what is left of the width and wraps; otherwise the column is as wide as its content. */
  flexible?: boolean;
}

/** No flexible column becomes narrower than this. */
const LEAST = 12;

const BORDERLESS = {
  top: '',
  'top-mid': '',
  'top-left': '',
  'top-right': '',
  bottom: '',
  'bottom-mid': '',
  'bottom-left': '',
  'bottom-right': '',
  left: '',
  'left-mid': '',
  mid: '',
  'mid-mid': '',
  right: '',
  'right-mid': '',
  middle: '  ',
};

/** Characters shown of one cell; `--json` has all. */
const CELL_CHARACTERS = 400;

/** Latin letters and signs that take one terminal cell each. */
const EVEN = /^[\u0020-\u007e\u00a0-\u02ff\u2010-\u2027→]*$/;

/** A borderless table that fits `width` columns; cell text is made safe for the terminal. */
export function renderTable<Row>(columns: Column<Row>[], rows: Row[], width: number = screenWidth()): string {
  const cells = rows.map((row) => columns.map((column) => shown(column.cell(row))));
  const natural = columns.map((column, c) =>
    // No spread: a hundred thousand arguments are more than a call can take.
    cells.reduce((widest, row) => Math.max(widest, cellsWide(row[c]!)), Math.max(column.head.length, 1)),
  );
  const colWidths = fit(
    natural,
    columns.map((column) => column.flexible === true),
    width,
  );
  const align = columns.map((column) => column.align ?? 'left');
  const heading = columns.map((column) => column.head);
  return [heading, ...cells].map((row) => rowText(row, colWidths, align)).join('\n');
}

/** One row. Only a row that wraps, or whose characters differ in width, needs the table library, which is slow. */
function rowText(row: string[], colWidths: number[], align: ('left' | 'right')[]): string {
  const simple = row.every((cell, c) => cell.length <= colWidths[c]! && EVEN.test(cell));
  if (!simple) return laidOut(row, colWidths, align);
  const padded = row.map((cell, c) =>
    align[c] === 'right' ? cell.padStart(colWidths[c]!) : cell.padEnd(colWidths[c]!),
  );
  return padded.join('  ').trimEnd();
}

function laidOut(row: string[], colWidths: number[], colAligns: ('left' | 'right')[]): string {
  const table = new Table({
    chars: BORDERLESS,
    style: {head: [], border: [], 'padding-left': 0, 'padding-right': 0, compact: true},
    colWidths,
    colAligns,
    wordWrap: true,
    wrapOnWordBoundary: true,
  });
  table.push(row);
  return table
    .toString()
    .split('\n')
    .map((line) => line.trimEnd())
    .join('\n');
}

/** Terminal cells of a text, at most: East Asian and emoji characters take two. */
function cellsWide(text: string): number {
  return (
    text.length +
    (text.match(
      /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]/g,
    )?.length ?? 0)
  );
}

function shown(text: string): string {
  const line = plainLine(text.length > CELL_CHARACTERS ? `${text.slice(0, CELL_CHARACTERS)}…` : text);
  return line.trim();
}

/** Narrows the widest flexible columns, one character at a time, until the row fits; none below {@link LEAST}. */
function fit(natural: number[], flexible: boolean[], width: number): number[] {
  const widths = [...natural];
  const gaps = 2 * (widths.length - 1);
  let over = widths.reduce((sum, one) => sum + one, gaps) - width;
  while (over > 0) {
    const widest = widths.reduce(
      (best, one, c) => (flexible[c] && (best < 0 || one > widths[best]!) ? c : best),
      -1,
    );
    if (widest < 0 || widths[widest]! <= LEAST) break;
    widths[widest]!--;
    over--;
  }
  return widths;
}
