import type {Cloud, Place} from '../../model/common.ts';
import type {Decoded, InputFile} from '../../model/decoded.ts';
import type {Classification} from '../../model/sensitivity.ts';
import {createDraft, type Draft} from '../draft.ts';
import {field, isRow, list, pointer, someRow, text, type Row} from '../record.ts';
import type {IntakeHints, Shape} from '../shape.ts';

/** One row of a classifier's export, read. A text is the reason why nothing could be made of it. */
export type Reading =
  | (Omit<Classification, 'place'> & {scope: string | null})
  | {classified: string}
  | string;

export interface ClassifierSpec {
  id: string;
  title: string;
  api: string;
  cloud: Cloud;
  /** Keys of the list in API answers, tried in order; a bare array is read as well. */
  wrappers: readonly string[];
  /** One record by itself. */
  single?: boolean;
  /** Left-over page tokens. */
  tokens: readonly string[];
  /** Cheap and specific: all of the first rows must be of this kind. */
  matches(row: Row): boolean;
  read(row: Row, at: string, context: {file: InputFile; hints: IntakeHints; draft: Draft}): Reading;
}

export function classifierShape(spec: ClassifierSpec): Shape {
  return {
    id: spec.id,
    title: spec.title,
    matches: (decoded) => {
      const {rows} = rowsOf(decoded, spec);
      return someRow(rows, (row) => spec.matches(row)) && !someRow(rows, (row) => !spec.matches(row));
    },
    map(decoded, file, hints) {
      const lines = decoded.kind === 'ndjson' ? decoded.lines : null;
      const draft = createDraft({
        format: spec.id,
        cloud: spec.cloud,
        api: spec.api,
        file,
        hints,
        ...(lines === null ? {} : {locate: (at: string) => linePlace(at, lines)}),
      });
      const {rows, base} = rowsOf(decoded, spec);
      for (const [index, row] of rows.entries()) {
        const at = pointer(base, index);
        if (!isRow(row)) {
          draft.reject(hints.scope ?? '*', 'not an object', at);
          continue;
        }
        take(draft, spec.read(row, at, {file, hints, draft}), row, at, hints.scope ?? '*');
      }
      if (decoded.kind === 'json') checkPaging(draft, decoded.value, spec.tokens);
      return draft.finish();
    },
  };
}

function take(draft: Draft, reading: Reading, row: Row, at: string, fallback: string): void {
  if (typeof reading === 'string') {
    draft.reject(fallback, reading, at);
  } else if ('classified' in reading) {
    draft.classify(fallback, reading.classified);
  } else {
    const {scope, ...rest} = reading;
    if (!draft.claim(rest.id, row, at, scope ?? fallback)) return;
    draft.classify(
      scope ?? fallback,
      rest.level === null && rest.labels.length === 0 ? 'unknown sensitivity' : 'sensitivity',
    );
    draft.identity('classifications', {...rest, place: draft.place(at)}, at);
  }
}

function rowsOf(decoded: Decoded, {wrappers, single}: ClassifierSpec): {rows: unknown[]; base: string} {
  if (decoded.kind === 'ndjson') return {rows: decoded.records, base: ''};
  if (decoded.kind !== 'json') return {rows: [], base: ''};
  const {value} = decoded;
  if (Array.isArray(value)) return {rows: value, base: ''};
  for (const key of wrappers) {
    if (Array.isArray(field(value, key))) return {rows: list(value, key), base: `/${key}`};
  }
  return single === true && isRow(value) ? {rows: [value], base: ''} : {rows: [], base: ''};
}

/** `/3/score` in NDJSON: the pointer inside the record on its line. */
function linePlace(at: string, lines: number[]): Pick<Place, 'line' | 'pointer'> {
  const [, index = '', ...rest] = at.split('/');
  const line = lines[Number(index)];
  return line === undefined ? {pointer: at} : {line, pointer: rest.length === 0 ? '' : `/${rest.join('/')}`};
}

function checkPaging(draft: Draft, value: unknown, tokens: readonly string[]): void {
  const token = tokens.find((key) => isRow(value) && text(value, key) !== null);
  if (token === undefined) return;
  draft.incomplete(
    `${token} is left over, so further pages exist`,
    'Export all pages and import each of them.',
    `/${token}`,
  );
}

/** part / whole in 0 … 1; null where either is not stated or nothing is there to look at. */
export function shareOf(part: number | null, whole: number | null): number | null {
  if (part === null || whole === null || whole <= 0 || part < 0) return null;
  return Math.min(1, part / whole);
}
