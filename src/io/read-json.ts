import {open, readFile, stat} from 'node:fs/promises';
import {jsonPieces} from './decode/json-pieces.ts';

/** Files up to this many bytes are parsed as one string, which is fastest. */
const ONE_STRING = 2 ** 28;
/** Longer files are read in portions of at least this many bytes. */
const PORTION = 2 ** 22;

/**
 * Parsed JSON of a file of any length, or one sentence that says why not.
 * @param oneString bytes up to which the file is taken as one string; a parameter only to be testable
 */
export async function readJson(
  path: string,
  oneString: number = ONE_STRING,
): Promise<{value: unknown} | {problem: string}> {
  try {
    const {size} = await stat(path);
    return {
      value: size <= oneString ? (JSON.parse(await readFile(path, 'utf8')) as unknown) : await readLong(path),
    };
  } catch (error) {
    if (error instanceof SyntaxError) return {problem: `${path} is not JSON: ${error.message}`};
    return {problem: `${path} cannot be read (${(error as NodeJS.ErrnoException).code ?? 'unknown error'})`};
  }
}

async function readLong(path: string): Promise<unknown> {
  const pieces = jsonPieces();
  const file = await open(path);
  try {
    let portion = Buffer.allocUnsafe(PORTION);
    for (;;) {
      const {bytesRead} = await file.read(portion, 0, portion.length);
      if (bytesRead === 0) return pieces.end();
      const waiting = pieces.feed(portion.subarray(0, bytesRead));
      // A long member is copied once per portion: portions grow with it.
      if (waiting > portion.length) portion = Buffer.allocUnsafe(2 * portion.length);
    }
  } finally {
    await file.close();
  }
}
