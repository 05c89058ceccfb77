import {createHash} from 'node:crypto';
import type {Finding} from '../../model/common.ts';
import type {DecodeResult, InputFile} from '../../model/decoded.ts';
import {DEFAULT_LIMITS, type DecodeLimits} from './limits.ts';
import {OLE_MAGIC, oleFinding} from './ole.ts';
import {problem, Unreadable} from './problem.ts';
import {readBytes, tooLarge} from './read-bytes.ts';
import {decodeText} from './text.ts';

/** A file's content as far as it could be opened; `file` is null when not even its bytes could be read. */
export type DecodedFile = DecodeResult & {file: InputFile | null};

/**
 * Opens one file by its content, never by its extension: .xlsx, CSV, JSON, NDJSON or YAML. Never throws for a bad
 * file: what cannot be used is one finding with cause and remedy.
 * @param display the path as the user wrote it; goes into every place
 */
export async function decodeFile(
  path: string,
  display: string,
  limits: DecodeLimits = DEFAULT_LIMITS,
): Promise<DecodedFile> {
  let file: InputFile | null = null;
  try {
    const data = await readBytes(path, display, limits);
    file = {path, display, sha256: createHash('sha256').update(data).digest('hex'), size: data.length};
    return {...(await decodeBytes(data, display, limits)), file};
  } catch (error) {
    const finding = error instanceof Unreadable ? error.finding : readerFailed(display, error);
    return {decoded: null, findings: [finding], file};
  }
}

/** {@link decodeFile} for bytes already in memory; throws {@link Unreadable}. */
export async function decodeBytes(data: Buffer, file: string, limits: DecodeLimits): Promise<DecodeResult> {
  if (data.subarray(0, 8).equals(OLE_MAGIC)) throw new Unreadable(oleFinding(data, file));
  if (data[0] === 0x50 && data[1] === 0x4b && (data[2] === 3 || data[2] === 5)) {
    const {decodeWorkbook} = await import('./xlsx.ts');
    return decodeWorkbook(data, file, limits);
  }
  const packed = compression(data);
  if (packed) {
    throw new Unreadable(
      problem(
        'BH-IO-009',
        {file},
        `the file is compressed (${packed})`,
        'Unpack it and give the files inside.',
      ),
    );
  }
  if (data.length > limits.textBytes) throw tooLarge(file, data.length, limits.textBytes);
  const decoded = decodeText(data);
  if (!decoded) {
    throw new Unreadable(
      problem(
        'BH-IO-021',
        {file},
        'this is a binary file of no known kind',
        'Give an .xlsx, .csv, .json or .yaml export.',
      ),
    );
  }
  const result = await decodeContent(decoded.text, file);
  if (decoded.encoding === 'windows-1252') result.findings.unshift(assumedEncoding(file));
  return result;
}

async function decodeContent(text: string, file: string): Promise<DecodeResult> {
  const start = text.slice(0, 4096).trimStart();
  if (start === '' && text.trim() === '') {
    throw new Unreadable(
      problem('BH-IO-004', {file}, 'the file holds only blanks', 'Export the file again.'),
    );
  }
  if ((start.startsWith('{') || start.startsWith('[')) && !isOwnDocument(start)) {
    const {decodeJson} = await import('./json.ts');
    return decodeJson(text, file);
  }
  if (start.startsWith('<')) {
    const html = /^<(!doctype html|html)/i.test(start);
    throw new Unreadable(
      problem(
        'BH-IO-022',
        {file},
        html
          ? 'this is a web page, probably a sign-in page saved instead of the export'
          : 'this is XML, which is not read',
        'Export as .xlsx, .csv or .json.',
      ),
    );
  }
  if (looksLikeYaml(start) || isOwnDocument(start)) {
    const {parseYaml} = await import('../../document/yaml.ts');
    const {documents, findings} = parseYaml(text, file);
    return {decoded: documents.length > 0 ? {kind: 'yaml', documents} : null, findings};
  }
  const {decodeCsv} = await import('./csv.ts');
  return decodeCsv(text, file);
}

/** A document of ours that a program wrote as JSON, which is YAML as well. */
function isOwnDocument(start: string): boolean {
  return /^\{\s*"(?:apiVersion|kind|metadata)"\s*:/.test(start) && /"bulkhead\.dev\/v\w+"/.test(start);
}

/** A document marker, or a first line of content that is `key:` or `- item`. */
function looksLikeYaml(start: string): boolean {
  const line =
    start.split('\n').find((candidate) => candidate.trim() !== '' && !/^\s*#(?!TYPE\b)/.test(candidate)) ??
    '';
  return /^(---|%YAML)/.test(line) || /^["']?[\w.$/-]+["']?\s*:(\s|$)/.test(line) || /^-\s+\S/.test(line);
}

function compression(data: Buffer): string | null {
  if (data[0] === 0x1f && data[1] === 0x8b) return 'gzip';
  if (data.subarray(0, 6).equals(Buffer.from('377abcaf271c', 'hex'))) return '7-Zip';
  if (data.subarray(0, 4).equals(Buffer.from('28b52ffd', 'hex'))) return 'Zstandard';
  if (data.subarray(0, 3).toString('latin1') === 'BZh') return 'bzip2';
  if (data.subarray(0, 6).equals(Buffer.from('fd377a585a00', 'hex'))) return 'xz';
  if (data.subarray(0, 4).toString('latin1') === 'Rar!') return 'RAR';
  return null;
}

function assumedEncoding(file: string): Finding {
  return problem(
    'BH-IO-027',
    {file},
    'the text is not UTF-8; it was read as Windows-1252',
    'Save as UTF-8 if letters such as ä or é come out wrong.',
    {severity: 'info'},
  );
}

function readerFailed(file: string, error: unknown): Finding {
  return problem(
    'BH-IO-030',
    {file},
    `the file cannot be read: ${error instanceof Error ? error.message : String(error)}`,
    'Export the file again; if it opens elsewhere, please report it.',
  );
}
