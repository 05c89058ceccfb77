import type {Cell} from '../../model/decoded.ts';
import {CELL_CHARACTERS} from './limits.ts';
import {textEnd, type SharedStrings} from './shared-strings.ts';
import {
  afterLastClosing,
  attribute,
  emptyTag,
  isNamed,
  nextTag,
  readTag,
  textOf,
  type Tag,
} from './xml-bytes.ts';

/** What the scanner reports besides rows; `column` is 0-based. */
export interface SheetIssue {
  kind: 'cut' | 'outside';
  row: number;
  column: number;
}

export interface SheetSink {
  /** One row that holds at least one cell, placed by reference; `row` is the physical number, from 1. */
  row(row: number, cells: Cell[]): void;
  issue(issue: SheetIssue): void;
  /** Columns beyond this 0-based index are reported, not stored. */
  lastColumn(): number;
}

const EXCEL_COLUMNS = 16_384;
const MAX_ROW_BYTES = 32 * 1024 * 1024;

/**
 * Scans a worksheet part as it streams in, values only: formulas give their cached value, styles are not read, so
 * dates stay serial numbers. Each window ends after the last complete row, so memory stays at one chunk plus one row.
 */
export async function scanSheet(
  chunks: AsyncIterable<Buffer>,
  strings: SharedStrings,
  sink: SheetSink,
): Promise<void> {
  let pending: Buffer = Buffer.alloc(0);
  const state: ScanState = {rowNumber: 0, done: false};
  for await (const chunk of chunks) {
    if (state.done) continue; // drain: the checksum of the entry covers the rest
    pending = pending.length > 0 ? Buffer.concat([pending, chunk]) : chunk;
    const end = afterLastClosing(pending, 'row');
    if (end > 0) {
      scanRows(pending, end, strings, sink, state);
      pending = pending.subarray(end);
    } else if (pending.length > MAX_ROW_BYTES) throw new Error('a row does not end');
  }
  if (!state.done) scanRows(pending, pending.length, strings, sink, state);
}

interface ScanState {
  rowNumber: number;
  done: boolean;
}

function scanRows(
  bytes: Buffer,
  to: number,
  strings: SharedStrings,
  sink: SheetSink,
  state: ScanState,
): void {
  const tag = emptyTag();
  let cells: Cell[] = [];
  let column = 0;
  for (let at = nextTag(bytes, 0, to); at < to; at = nextTag(bytes, tag.end, to)) {
    if (!readTag(bytes, at, to, tag)) return;
    if (isNamed(bytes, tag, 'c')) {
      if (tag.closing) continue;
      const reference = attribute(bytes, tag, 'r');
      if (reference) column = columnOf(bytes, reference[0], reference[1]);
      if (!tag.selfClosing) {
        const value = readCell(bytes, to, tag, strings, () =>
          sink.issue({kind: 'cut', row: state.rowNumber, column}),
        );
        if (value !== null && value !== '') place(cells, column, value, sink, state.rowNumber);
      }
      column++;
    } else if (isNamed(bytes, tag, 'row')) {
      if (tag.closing) {
        if (cells.length > 0) sink.row(state.rowNumber, cells);
        cells = [];
        continue;
      }
      const reference = attribute(bytes, tag, 'r');
      const given = reference ? integerOf(bytes, reference[0], reference[1]) : -1;
      state.rowNumber = given > 0 ? given : state.rowNumber + 1;
      column = 0;
    } else if (tag.closing && isNamed(bytes, tag, 'sheetData')) {
      state.done = true;
      return;
    }
  }
}

function place(cells: Cell[], column: number, value: Cell, sink: SheetSink, row: number): void {
  if (column < 0 || column >= EXCEL_COLUMNS || column > sink.lastColumn()) {
    sink.issue({kind: 'outside', row, column});
    return;
  }
  while (cells.length < column) cells.push(null);
  cells[column] = value;
}

/** Reads from after `<c …>` to after `</c>`; leaves `tag.end` there. */
function readCell(bytes: Buffer, to: number, tag: Tag, strings: SharedStrings, onCut: () => void): Cell {
  const typed = attribute(bytes, tag, 't');
  const type = typed ? cellType(bytes, typed[0], typed[1]) : 'n';
  let from = -1;
  let end = -1;
  let inline = '';
  for (let at = nextTag(bytes, tag.end, to); at < to; at = nextTag(bytes, tag.end, to)) {
    if (!readTag(bytes, at, to, tag)) {
      tag.end = to;
      return null;
    }
    if (tag.closing) {
      if (isNamed(bytes, tag, 'c')) break;
      continue;
    }
    if (tag.selfClosing) continue;
    if (isNamed(bytes, tag, 'v')) {
      from = tag.end;
      tag.end = end = textEnd(bytes, from, to);
    } else if (isNamed(bytes, tag, 't')) {
      const stop = textEnd(bytes, tag.end, to);
      inline += textOf(bytes, tag.end, stop);
      tag.end = stop;
    } else if (isNamed(bytes, tag, 'rPh')) skipElement(bytes, to, tag, 'rPh');
    else if (isNamed(bytes, tag, 'f')) skipElement(bytes, to, tag, 'f');
  }
  if (type === 'inlineStr') return cut(inline, onCut);
  if (from < 0 || end <= from) return null;
  if (type === 's') {
    const index = integerOf(bytes, from, end);
    if (strings.cut.size > 0 && strings.cut.has(index)) onCut();
    return strings.texts[index] ?? null;
  }
  if (type === 'b') return bytes[from] === 0x31 || bytes[from] === 0x74;
  if (type === 'n') return numberOf(bytes, from, end);
  const text = textOf(bytes, from, end);
  if (type === 'd') {
    const time = Date.parse(/[zZ]|[+-]\d\d:\d\d$/.test(text) ? text : `${text}Z`);
    return Number.isNaN(time) ? text : time / 86_400_000 + UNIX_EPOCH_SERIAL;
  }
  return cut(text, onCut);
}

type CellType = 's' | 'str' | 'inlineStr' | 'b' | 'e' | 'd' | 'n';

/** By first byte and length: a string per cell would cost a fifth of the whole scan. */
function cellType(bytes: Buffer, from: number, to: number): CellType {
  switch (bytes[from]) {
    case 0x73:
      return to - from === 1 ? 's' : 'str';
    case 0x69:
      return 'inlineStr';
    case 0x62:
      return 'b';
    case 0x65:
      return 'e';
    case 0x64:
      return 'd';
    default:
      return 'n';
  }
}

/** Excel serial number of 1970-01-01. */
const UNIX_EPOCH_SERIAL = 25_569;

function skipElement(bytes: Buffer, to: number, tag: Tag, name: string): void {
  for (let at = nextTag(bytes, tag.end, to); at < to; at = nextTag(bytes, tag.end, to)) {
    if (!readTag(bytes, at, to, tag)) break;
    if (tag.closing && isNamed(bytes, tag, name)) return;
  }
  tag.end = to;
}

function cut(text: string, onCut: () => void): string {
  if (text.length <= CELL_CHARACTERS) return text;
  onCut();
  return text.slice(0, CELL_CHARACTERS);
}

function columnOf(bytes: Buffer, from: number, to: number): number {
  let column = 0;
  for (let i = from; i < to && i < from + 4; i++) {
    const letter = bytes[i]! | 0x20;
    if (letter < 0x61 || letter > 0x7a) break;
    column = column * 26 + letter - 0x60;
  }
  return column - 1;
}

/** A plain non-negative integer, or -1. */
function integerOf(bytes: Buffer, from: number, to: number): number {
  let value = 0;
  for (let i = from; i < to; i++) {
    const digit = bytes[i]! - 0x30;
    if (digit < 0 || digit > 9) return -1;
    value = value * 10 + digit;
  }
  return to > from ? value : -1;
}

function numberOf(bytes: Buffer, from: number, to: number): Cell {
  const plain = to - from <= 15 ? integerOf(bytes, from, to) : -1;
  if (plain >= 0) return plain;
  const text = bytes.toString('latin1', from, to).trim();
  if (text === '') return null;
  const value = Number(text);
  return Number.isFinite(value) ? value : text;
}
