import {isUtf8} from 'node:buffer';
import {createHash} from 'node:crypto';
import {glob, readFile, stat} from 'node:fs/promises';
import {isAbsolute, join, relative, resolve, sep} from 'node:path';
import type {Finding} from '../model/common.ts';

/** A file to read, with the path as it is printed: relative to the workspace, `/` as separator. */
export interface NamedFile {
  path: string;
  display: string;
}

/** Authored text files (YAML, CSV) beyond this are refused: nobody wrote them by hand. 32 MiB. */
const MAX_TEXT_BYTES = 32 * 1024 * 1024;

/**
 * Files that match the patterns, each once, sorted by display name. A pattern without a match is a
 * finding that makes the run partial: a file the author counted on is missing.
 */
export async function expand(
  folder: string,
  patterns: string[],
  role: string,
): Promise<{files: NamedFile[]; findings: Finding[]}> {
  const files = new Map<string, NamedFile>();
  const findings: Finding[] = [];
  for (const pattern of patterns) {
    const found = await matches(folder, pattern);
    for (const path of found) files.set(path, {path, display: displayName(folder, path)});
    if (found.length > 0) continue;
    const folderNamed = (await stat(resolve(folder, pattern)).catch(() => null))?.isDirectory() ?? false;
    findings.push({
      code: 'BH-WS-002',
      severity: 'high',
      message: folderNamed
        ? `\`${pattern}\` is a folder, not a file`
        : `no ${role} file matches \`${pattern}\``,
      where: {file: pattern},
      remedy: folderNamed
        ? `Name the files in it, for example \`${pattern}/*\`.`
        : 'Correct the path or add the file; paths in bulkhead.yaml are relative to it.',
      partial: true,
    });
  }
  return {files: [...files.values()].toSorted((a, b) => (a.display < b.display ? -1 : 1)), findings};
}

async function matches(folder: string, pattern: string): Promise<string[]> {
  const literal = resolve(folder, pattern);
  if (await isFile(literal)) return [literal];
  const found: string[] = [];
  for await (const name of glob(pattern, {cwd: folder})) {
    const path = isAbsolute(name) ? name : join(folder, name);
    if (await isFile(path)) found.push(path);
  }
  return found;
}

/** Bytes of all files together; one that cannot be looked at counts as none. */
export async function sizeOf(paths: readonly string[]): Promise<number> {
  let bytes = 0;
  for (const path of paths) bytes += (await stat(path).catch(() => null))?.size ?? 0;
  return bytes;
}

async function isFile(path: string): Promise<boolean> {
  return (await stat(path).catch(() => null))?.isFile() ?? false;
}

/** Path as it is printed and kept in provenance: relative to the workspace where it lies inside. */
export function displayName(folder: string, path: string): string {
  const name = relative(folder, path);
  return (name.startsWith('..') ? path : name).split(sep).join('/');
}

/** Reads an authored text file. Unreadable or oversized files are one finding, text null. */
export async function readText(
  file: NamedFile,
): Promise<{text: string | null; sha256: string | null; findings: Finding[]}> {
  try {
    const size = (await stat(file.path)).size;
    if (size > MAX_TEXT_BYTES)
      return refused(file, `the file has ${size} bytes, more than ${MAX_TEXT_BYTES}`, 'Split the file.');
    const bytes = await readFile(file.path);
    if (!isUtf8(bytes)) return notUtf8(file, bytes);
    const text = new TextDecoder('utf-8').decode(bytes);
    return {text, sha256: createHash('sha256').update(bytes).digest('hex'), findings: []};
  } catch (error) {
    const cause = (error as NodeJS.ErrnoException).code ?? (error as Error).message;
    return refused(
      file,
      `the file cannot be read (${cause})`,
      'Check the path and the permission to read it.',
    );
  }
}

/** Says what the bytes look like and where the first wrong one stands. */
function notUtf8(file: NamedFile, bytes: Uint8Array) {
  const remedy = 'Save the file as UTF-8.';
  const wide = (bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff);
  if (wide) return refused(file, 'the file is UTF-16, not UTF-8', remedy);
  // Longest prefix that is valid but for a sign cut in half at its end.
  let [low, high] = [0, bytes.length];
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    const whole = [0, 1, 2, 3].some((cut) => isUtf8(bytes.subarray(0, Math.max(0, middle - cut))));
    if (whole) low = middle;
    else high = middle - 1;
  }
  const good = new TextDecoder('utf-8').decode(bytes.subarray(0, low)).split('\n');
  const place = {line: good.length, col: Math.max(1, good.at(-1)!.length)};
  return refused(file, 'the file is not UTF-8 text', remedy, place);
}

function refused(
  file: NamedFile,
  message: string,
  remedy: string,
  place: {line?: number; col?: number} = {},
) {
  const finding: Finding = {
    code: 'BH-WS-003',
    severity: 'high',
    message,
    where: {file: file.display, ...place},
    remedy,
    partial: true,
  };
  return {text: null, sha256: null, findings: [finding]};
}
