import type {Finding, Place} from './common.ts';

/** A cell as the workbook or CSV gave it. Dates of workbooks arrive as Excel serial numbers. */
export type Cell = string | number | boolean | null;

/** One table: header row found and cells placed by header position. Blank rows are already left out. */
export interface Table {
  /** Sheet name; for CSV the file stem. */
  name: string;
  header: string[];
  /** Physical row number (1-based) of each entry of `rows`. */
  rowNumbers: number[];
  rows: Cell[][];
  /**
   * Rows that could not be split into the header's columns (ragged CSV): not in `rows`, each also a finding. Whoever
   * reads the file counts them as rejected; mappers need not care.
   */
  rejected?: {row: number; reason: string}[];
}

/** A file after its container format was opened, before anyone knows what it says. */
export type Decoded =
  | {kind: 'tables'; container: 'xlsx' | 'csv'; tables: Table[]}
  | {kind: 'json'; value: unknown}
  | {
      kind: 'ndjson';
      records: unknown[];
      lines: number[];
      /** Lines that are not JSON: each also a finding; counted as rejected by whoever reads the file. */
      rejected?: number[];
    }
  | {kind: 'yaml'; documents: YamlDocument[]};

/** One YAML document with a way back from any path to its position. */
export interface YamlDocument {
  value: unknown;
  /** Position of a key path, e.g. `['spec','rules',0,'when']`; falls back to the nearest ancestor. */
  place(path: (string | number)[]): Place;
  /**
   * Position of the character at `offset` of the *decoded* text of the scalar at `path`, also inside quoted, folded
   * and literal scalars. Hand-made documents may leave it out; callers then use `place`.
   */
  scalarPlace?(path: (string | number)[], offset: number): Place;
}

/** A file that is to be read. `display` is the path as the user wrote it: it goes into messages and provenance. */
export interface InputFile {
  path: string;
  display: string;
  sha256: string;
  size: number;
}

export interface DecodeResult {
  decoded: Decoded | null;
  findings: Finding[];
}
