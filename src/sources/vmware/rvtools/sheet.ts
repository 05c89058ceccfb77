import type {Place} from '../../../model/common.ts';
import type {Cell, Table} from '../../../model/decoded.ts';
import {cellBoolean, cellNumber, cellText} from '../../cells.ts';
import {FIELDS, headerKey, sheetKey, type Field} from './fields.ts';
import {KNOWN_HEADERS, OTHER_SHEETS, VM_SHEETS} from './known-headers.ts';

/** A recognised tab with its columns found. Row arguments are indexes into `table.rows`. */
export interface Sheet {
  /** Canonical name: `vInfo`. */
  name: string;
  table: Table;
  /** The site's own columns: tag categories and custom attributes. */
  tagColumns: {key: string; index: number}[];
  has(field: Field): boolean;
  text(row: number, field: Field): string | null;
  /** Null for unset, unreadable and −1 ("unlimited"). */
  amount(row: number, field: Field): number | null;
  flag(row: number, field: Field): boolean | null;
  cell(row: number, field: Field): Cell;
  place(row: number, column?: string): Place;
  /** The header as the file writes it, for messages. */
  label(field: Field): string;
  /** A header row that a merge left among the data. */
  isRepeatedHeader(row: number): boolean;
}

const CANONICAL = new Map([...VM_SHEETS, ...Object.keys(OTHER_SHEETS)].map((name) => [sheetKey(name), name]));

/** Columns that only the leading VM tab has; they tell a CSV whose file name says nothing. */
const VINFO_MARKS = ['powerstate', 'cpus', 'memory'];

/** Canonical sheet name of a table by its name, else by a header only vInfo has; null when it is none of RVTools'. */
export function sheetName(table: Table): string | null {
  const byName = CANONICAL.get(sheetKey(table.name));
  if (byName) return byName;
  const keys = new Set(table.header.map((header) => headerKey(header)));
  if (keys.has('vm') && VINFO_MARKS.every((mark) => keys.has(mark))) return 'vInfo';
  return keys.has('vinfovmname') ? 'vInfo' : null;
}

/** Finds the columns of a recognised table. */
export function openSheet(name: string, table: Table, file: string): Sheet {
  const prefix = headerKey(name);
  const byKey = new Map<string, number>();
  for (const [index, header] of table.header.entries()) {
    const key = columnKey(header, prefix);
    if (key !== '' && !byKey.has(key)) byKey.set(key, index);
  }
  const columns = new Map<Field, number>();
  for (const [field, spellings] of Object.entries(FIELDS) as [Field, readonly string[]][]) {
    const index = spellings.flatMap((spelling) => byKey.get(columnKey(spelling, prefix)) ?? []).at(0);
    if (index !== undefined) columns.set(field, index);
  }
  const cell = (row: number, field: Field): Cell => {
    const index = columns.get(field);
    return index === undefined ? null : (table.rows[row]?.[index] ?? null);
  };
  return {
    name,
    table,
    tagColumns: tagColumns(name, table, prefix),
    has: (field) => columns.has(field),
    cell,
    text(row, field) {
      const text = cellText(cell(row, field));
      // Some exporters write the word VM where they know nothing; a VM itself may be called so.
      return text === 'VM' && field !== 'vm' ? null : text;
    },
    amount(row, field) {
      const amount = cellNumber(cell(row, field));
      return amount === null || amount < 0 ? null : amount;
    },
    flag: (row, field) => cellBoolean(cell(row, field)),
    place: (row, column) => ({
      file,
      sheet: name,
      ...(table.rowNumbers[row] === undefined ? {} : {row: table.rowNumbers[row]}),
      ...(column ? {column} : {}),
    }),
    label: (field) => table.header[columns.get(field) ?? -1] ?? FIELDS[field][0],
    isRepeatedHeader(row) {
      let same = 0;
      let filled = 0;
      for (const [index, value] of (table.rows[row] ?? []).entries()) {
        if (value === null) continue;
        filled++;
        if (typeof value === 'string' && value.trim() === table.header[index]) same++;
      }
      return same >= 2 && same * 2 > filled;
    },
  };
}

/**
 * The comparable key of a column. The database dialect puts the sheet name first and leaves units out
 * (`vInfoProvisioned`), so both are dropped for everybody.
 */
function columnKey(header: string, prefix: string): string {
  const key = headerKey(header);
  const bare = key.startsWith(prefix) && key.length > prefix.length ? key.slice(prefix.length) : key;
  return bare.replace(/(?:mib|kib)$/, '') || bare;
}

function tagColumns(name: string, table: Table, prefix: string): Sheet['tagColumns'] {
  const known = KNOWN_HEADERS[name as keyof typeof KNOWN_HEADERS] as string | undefined;
  if (known === undefined) return [];
  const keys = new Set(known.split('|').map((header) => columnKey(header, prefix)));
  return table.header.flatMap((header, index) => {
    const ours = header === '' || keys.has(columnKey(header, prefix)) || headerKey(header).startsWith(prefix);
    return ours ? [] : [{key: header, index}];
  });
}
