import {createHash} from 'node:crypto';
import {open, readFile} from 'node:fs/promises';

/** Lines are collected to about this many characters before they are written. */
const CHUNK = 1 << 20;

/** Writes one line per entry and forces it to disk. Returns the SHA-256 of the file, hex. */
export async function writeLines(path: string, lines: Iterable<string>): Promise<string> {
  const hash = createHash('sha256');
  const file = await open(path, 'wx');
  try {
    let chunk = '';
    const flush = async (): Promise<void> => {
      const bytes = Buffer.from(chunk);
      hash.update(bytes);
      await file.writeFile(bytes);
      chunk = '';
    };
    for (const line of lines) {
      chunk += `${line}\n`;
      if (chunk.length >= CHUNK) await flush();
    }
    await flush();
    await file.sync();
  } finally {
    await file.close();
  }
  return hash.digest('hex');
}

/** Values of an NDJSON file, or null when its SHA-256 is not the expected one. Throws when it cannot be read. */
export async function readLines(path: string, sha256: string): Promise<unknown[] | null> {
  const bytes = await readFile(path);
  if (createHash('sha256').update(bytes).digest('hex') !== sha256) return null;
  const values: unknown[] = [];
  for (let start = 0; start < bytes.length;) {
    const end = bytes.indexOf(10, start);
    const stop = end < 0 ? bytes.length : end;
    if (stop > start) values.push(JSON.parse(bytes.toString('utf8', start, stop)));
    start = stop + 1;
  }
  return values;
}
