import type {DecodeResult} from '../../model/decoded.ts';
import type {Finding, Place} from '../../model/common.ts';
import {topLevelSpans} from './json-documents.ts';
import {jsonErrorOffset} from './json-place.ts';
import {problem} from './problem.ts';

/** Broken lines of one NDJSON file that are named one by one. */
const NAMED_LINES = 20;

/**
 * Reads JSON, or NDJSON when the text is several JSON values: on lines of their own, or one after another over several
 * lines each (answers appended to one file). Never throws.
 */
export function decodeJson(text: string, file: string): DecodeResult {
  try {
    return {decoded: {kind: 'json', value: JSON.parse(text)}, findings: []};
  } catch {
    const lines = decodeLines(text, file);
    if (lines?.findings.length === 0) return lines;
    const documents = decodeDocuments(text, file);
    if (documents?.findings.length === 0) return documents;
    return lines ?? documents ?? {decoded: null, findings: [brokenJson(text, file)]};
  }
}

/** Null when the text is not line-wise: fewer than two lines, or a first line that is no JSON object or array itself. */
function decodeLines(text: string, file: string): DecodeResult | null {
  const records: unknown[] = [];
  const lines: number[] = [];
  const rejected: number[] = [];
  const findings: Finding[] = [];
  let number = 0;
  for (const line of text.split('\n')) {
    number++;
    const body = line.trim();
    if (body === '') continue;
    const value = parse(body);
    if (value === undefined) {
      if (records.length === 0) return null;
      rejected.push(number);
      if (rejected.length <= NAMED_LINES) findings.push(brokenLine(file, number));
    } else {
      records.push(value);
      lines.push(number);
    }
  }
  if (records.length + rejected.length < 2) return null;
  const last = findings.at(-1);
  if (last && rejected.length > NAMED_LINES)
    last.message += ` (and ${rejected.length - NAMED_LINES} more lines)`;
  return {decoded: {kind: 'ndjson', records, lines, ...(rejected.length > 0 ? {rejected} : {})}, findings};
}

/** Null when the text is not two or more JSON values, or the first is broken. A list counts as its entries. */
function decodeDocuments(text: string, file: string): DecodeResult | null {
  const spans = topLevelSpans(text);
  if (!spans || spans.length < 2) return null;
  const records: unknown[] = [];
  const lines: number[] = [];
  const rejected: number[] = [];
  const findings: Finding[] = [];
  let line = 1;
  let counted = 0;
  for (const {start, end} of spans) {
    for (let at = text.indexOf('\n', counted); at >= 0 && at < start; at = text.indexOf('\n', at + 1)) line++;
    counted = start;
    const value = end === null ? undefined : parse(text.slice(start, end));
    if (value === undefined) {
      if (records.length === 0) return null;
      rejected.push(line);
      findings.push(brokenLine(file, line));
      continue;
    }
    for (const record of Array.isArray(value) ? (value as unknown[]) : [value]) {
      records.push(record);
      lines.push(line);
    }
  }
  if (records.length === 0) return null;
  return {decoded: {kind: 'ndjson', records, lines, ...(rejected.length > 0 ? {rejected} : {})}, findings};
}

function parse(line: string): unknown {
  if (!line.startsWith('{') && !line.startsWith('[')) return undefined;
  try {
    return JSON.parse(line) as unknown;
  } catch {
    return undefined;
  }
}

function brokenLine(file: string, line: number): Finding {
  return problem(
    'BH-IO-018',
    {file, line},
    'no complete JSON value begins on this line; the record is missing from the result',
    'Export the file again; at the end of a file this means that the export was cut off.',
    {partial: true},
  );
}

function brokenJson(text: string, file: string): Finding {
  const offset = jsonErrorOffset(text);
  // An unfinished string is an error at its opening quote: no quote follows in a file that was cut off.
  const atEnd = offset >= text.trimEnd().length || (text[offset] === '"' && !text.includes('"', offset + 1));
  return problem(
    'BH-IO-017',
    {file, ...lineAndColumn(text, offset)},
    atEnd ? 'the JSON ends in the middle: the file was cut off' : 'not valid JSON at this place',
    atEnd
      ? 'Export the file again and wait until the command has finished.'
      : 'Export the file again, or correct it at this place.',
  );
}

function lineAndColumn(text: string, offset: number): Pick<Place, 'line' | 'col'> {
  const before = text.slice(0, offset);
  const newline = before.lastIndexOf('\n');
  let line = 1;
  for (let at = before.indexOf('\n'); at >= 0; at = before.indexOf('\n', at + 1)) line++;
  return {line, col: offset - newline};
}
