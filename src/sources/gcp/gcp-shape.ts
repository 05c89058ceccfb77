import type {Decoded, InputFile} from '../../model/decoded.ts';
import type {Intake} from '../../model/estate.ts';
import {createDraft} from '../draft.ts';
import type {Draft} from '../draft.ts';
import {field, isRow, list, someRow, text} from '../record.ts';
import type {Row} from '../record.ts';
import type {IntakeHints, Shape} from '../shape.ts';

/** One kind of export with its reader. */
export interface GcpShape {
  id: string;
  title: string;
  api: string;
  /** Key of the list in raw API answers; gcloud prints the bare array. */
  wrapper: string | readonly string[];
  /** `describe` and `get` print one record by itself. */
  single?: boolean;
  matches(row: Row): boolean;
  read(draft: Draft, rows: unknown[], base: string, hints: IntakeHints): void;
}

/** A shape over JSON arrays, API answers under a key, NDJSON and, where asked for, a single record. */
export function shape(spec: GcpShape): Shape {
  return {
    id: spec.id,
    title: spec.title,
    matches: (decoded: Decoded) => someRow(rowsOf(decoded, spec).rows, (row) => spec.matches(row)),
    map(decoded: Decoded, file: InputFile, hints: IntakeHints): Intake {
      const lines = decoded.kind === 'ndjson' ? decoded.lines : null;
      const draft = createDraft({
        format: spec.id,
        cloud: 'gcp',
        api: spec.api,
        file,
        hints,
        ...(lines === null ? {} : {locate: (at: string) => linePlace(at, lines)}),
      });
      const {rows, base} = rowsOf(decoded, spec);
      spec.read(draft, rows, base, hints);
      if (decoded.kind === 'json') checkPaging(draft, decoded.value);
      return draft.finish();
    },
  };
}

/** Rows of a bare array, of an API answer under its key, of NDJSON lines, or a single record. */
function rowsOf(decoded: Decoded, {wrapper, single}: GcpShape): {rows: unknown[]; base: string} {
  if (decoded.kind === 'ndjson') return {rows: decoded.records, base: ''};
  if (decoded.kind !== 'json') return {rows: [], base: ''};
  const {value} = decoded;
  if (Array.isArray(value)) return {rows: value, base: ''};
  for (const key of typeof wrapper === 'string' ? [wrapper] : wrapper)
    if (Array.isArray(field(value, key))) return {rows: list(value, key), base: `/${key}`};
  return single === true && isRow(value) ? {rows: [value], base: ''} : {rows: [], base: ''};
}

/** `/3/iam_policy` in NDJSON: the pointer inside the record on its line. */
function linePlace(at: string, lines: number[]): {line?: number; pointer: string} {
  const [, index = '', ...rest] = at.split('/');
  const line = lines[Number(index)];
  const inner = rest.length === 0 ? '' : `/${rest.join('/')}`;
  return line === undefined ? {pointer: at} : {line, pointer: inner};
}

/** Whether the record carries the key at all. */
export function has(row: unknown, key: string): boolean {
  return isRow(row) && Object.hasOwn(row, key);
}

function checkPaging(draft: Draft, value: unknown): void {
  if (Array.isArray(value) || text(value, 'nextPageToken') === null) return;
  draft.incomplete(
    'nextPageToken is left over, so further pages exist',
    'Follow the token until it is absent, or export with gcloud, which pages by itself.',
    '/nextPageToken',
  );
}
