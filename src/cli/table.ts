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
    Math.max(column.head.length, ...cells.map((row) => row[c]!.length), 1),
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
  table.push(...cells);
  return table
    .toString()
    .split('\n')
    .map((line) => line.trimEnd())
    .join('\n');
}

function shown(text: string): string {
  const line = plainLine(text.length > CELL_CHARACTERS ? `${text.slice(0, CELL_CHARACTERS)}…` : text);
  return line.trim();
}
