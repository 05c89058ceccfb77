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

/** Rows laid out at once: the table library makes call arguments of them, and a call takes about 10⁵. */
const CHUNK = 1_000;

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
  const lines: string[] = [];
  for (let start = 0; start === 0 || start < cells.length; start += CHUNK) {
    const table = new Table({
      head: start === 0 ? columns.map((column) => column.head) : [],
      chars: BORDERLESS,
      style: {head: [], border: [], 'padding-left': 0, 'padding-right': 0, compact: true},
      colWidths,
      colAligns: columns.map((column) => column.align ?? 'left'),
      wordWrap: true,
      wrapOnWordBoundary: true,
    });
    for (const row of cells.slice(start, start + CHUNK)) table.push(row);
    for (const line of table.toString().split('\n')) lines.push(line.trimEnd());
  }
  return lines.join('\n');
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
