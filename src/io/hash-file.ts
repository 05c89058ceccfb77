import {createHash} from 'node:crypto';
import {createReadStream} from 'node:fs';

/** SHA-256 of a file, hex; null when it cannot be read. */
export async function hashFile(path: string): Promise<string | null> {
  const hash = createHash('sha256');
  try {
    for await (const chunk of createReadStream(path)) hash.update(chunk as Buffer);
    return hash.digest('hex');
  } catch {
    return null;
  }
}
