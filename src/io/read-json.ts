import {readFile} from 'node:fs/promises';

/** Parsed JSON of a file, or one sentence that says why not. */
export async function readJson(path: string): Promise<{value: unknown} | {problem: string}> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    return {problem: `${path} cannot be read (${(error as NodeJS.ErrnoException).code ?? 'unknown error'})`};
  }
  try {
    return {value: JSON.parse(text) as unknown};
  } catch (error) {
    return {problem: `${path} is not JSON: ${(error as Error).message}`};
  }
}
