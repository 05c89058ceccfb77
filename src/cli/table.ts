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

/** A borderless table that fits `width` columns; cell text is made safe for the terminal. */
export function renderTable<Row>(columns: Column<Row>[], rows: Row[], width: number = screenWidth()): string {
  const cells = rows.map((row) => columns.map((column) => shown(column.cell(row))));
  const natural = columns.map((column, c) =>
    // No spread: a hundred thousand arguments are more than a call can take.
    cells.reduce((widest, row) => Math.max(widest, cellsWide(row[c]!)), Math.max(column.head.length, 1)),
  );
  const flexible = columns.filter((column) => column.flexible).length;
  const fixed =
    columns.reduce((sum, column, c) => sum + (column.flexible ? 0 : natural[c]!), 0) +
    2 * (columns.length - 1);
  const share = Math.max(12, Math.floor((width - fixed) / Math.max(1, flexible)));
  const table = new Table({
    head: columns.map((column) => column.head),
    chars: BORDERLESS,
    style: {head: [], border: [], 'padding-left': 0, 'padding-right': 0, compact: true},
    colWidths: columns.map((column, c) => (column.flexible ? Math.min(natural[c]!, share) : natural[c]!)),
    colAligns: columns.map((column) => column.align ?? 'left'),
    wordWrap: true,
    wrapOnWordBoundary: true,
  });
  for (const row of cells) table.push(row);
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
