import {crc32, createInflateRaw} from 'node:zlib';
import type {DecodeLimits} from './limits.ts';
import {problem, Unreadable, type IoCode} from './problem.ts';

/** One file of an archive, as its central directory declares it. Sizes in bytes. */
export interface ZipEntry {
  name: string;
  method: number;
  crc: number;
  compressed: number;
  size: number;
  headerOffset: number;
}

const END = 0x06054b50;
const END64_LOCATOR = 0x07064b50;
const END64 = 0x06064b50;
const CENTRAL = 0x02014b50;
const LOCAL = 0x04034b50;
const ENCRYPTED_FLAG = 0x1;
const MAX_COMMENT = 0xffff;

/**
 * Reads the central directory (APPNOTE 6.3.10 §4.3.12–16, ZIP64 included) and refuses the archive before anything is
 * inflated when it declares too many entries, too many bytes, an absurd ratio or encryption.
 * @throws Unreadable BH-IO-010, -011, -013
 */
export function readZipDirectory(data: Buffer, file: string, limits: DecodeLimits): Map<string, ZipEntry> {
  const damaged = (why: string) =>
    refuse('BH-IO-010', file, `damaged or truncated ZIP: ${why}`, EXPORT_AGAIN);
  const end = findEnd(data);
  if (end < 0) throw damaged('its directory is missing, the end of the file was probably cut off');
  let count = data.readUInt16LE(end + 10);
  let offset = data.readUInt32LE(end + 16);
  if (count === 0xffff || offset === 0xffffffff) {
    const locator = end - 20;
    if (locator < 0 || data.readUInt32LE(locator) !== END64_LOCATOR) throw damaged('no ZIP64 locator');
    const at = safe(data.readBigUInt64LE(locator + 8));
    if (at + 56 > data.length || data.readUInt32LE(at) !== END64) throw damaged('bad ZIP64 record');
    count = safe(data.readBigUInt64LE(at + 32));
    offset = safe(data.readBigUInt64LE(at + 48));
  }
  const beyond = (why: string) => refuse('BH-IO-011', file, `refused as a possible ZIP bomb: ${why}`, SPLIT);
  if (count > limits.zipEntries) throw beyond(`${count} entries, at most ${limits.zipEntries} are read`);

  const entries = new Map<string, ZipEntry>();
  let total = 0;
  for (let i = 0; i < count; i++) {
    if (offset + 46 > data.length || data.readUInt32LE(offset) !== CENTRAL)
      throw damaged(`entry ${i + 1} of ${count}`);
    const {entry, flags, next} = readEntry(data, offset);
    if (!entry || next > data.length) throw damaged(`entry ${i + 1} of ${count}`);
    if (flags & ENCRYPTED_FLAG) {
      throw refuse(
        'BH-IO-013',
        file,
        `\`${entry.name}\` inside the file is encrypted`,
        'Remove the password and save the file again.',
      );
    }
    total += entry.size;
    if (entry.size > limits.entryBytes) throw beyond(`\`${entry.name}\` unpacks to ${mib(entry.size)}`);
    if (total > limits.totalBytes) throw beyond(`it unpacks to more than ${mib(limits.totalBytes)}`);
    if (entry.size > limits.ratioFloor && entry.size > entry.compressed * limits.ratio) {
      throw beyond(`\`${entry.name}\` grows ${Math.round(entry.size / Math.max(entry.compressed, 1))}-fold`);
    }
    entries.set(entry.name, entry);
    offset = next;
  }
  return entries;
}

/**
 * Streams one entry unpacked. What comes out is counted against the declared size, so a directory that lies costs one
 * chunk of memory, and compared with the declared checksum.
 * @throws Unreadable BH-IO-010, -012
 */
export async function* inflateEntry(data: Buffer, entry: ZipEntry, file: string): AsyncGenerator<Buffer> {
  const damaged = (why: string) =>
    refuse('BH-IO-010', file, `damaged or truncated ZIP: \`${entry.name}\` ${why}`, EXPORT_AGAIN);
  const at = entry.headerOffset;
  if (at + 30 > data.length || data.readUInt32LE(at) !== LOCAL) throw damaged('has no header');
  const start = at + 30 + data.readUInt16LE(at + 26) + data.readUInt16LE(at + 28);
  if (start + entry.compressed > data.length) throw damaged('is cut off');
  const packed = data.subarray(start, start + entry.compressed);
  let seen = 0;
  let crc = 0;
  for await (const chunk of unpack(packed, entry, damaged)) {
    seen += chunk.length;
    if (seen > entry.size) {
      throw refuse(
        'BH-IO-012',
        file,
        `refused as a possible ZIP bomb: \`${entry.name}\` holds more than the ${entry.size} bytes its directory declares`,
        EXPORT_AGAIN,
      );
    }
    crc = crc32(chunk, crc);
    yield chunk;
  }
  if (seen < entry.size) throw damaged('is shorter than declared');
  if (crc !== entry.crc) throw damaged('fails its checksum');
}

async function* unpack(
  packed: Buffer,
  entry: ZipEntry,
  damaged: (why: string) => Unreadable,
): AsyncGenerator<Buffer> {
  if (entry.method === 0) {
    yield packed;
    return;
  }
  if (entry.method !== 8) throw damaged(`uses compression method ${entry.method}`);
  const inflate = createInflateRaw({chunkSize: 256 * 1024});
  inflate.end(packed);
  try {
    for await (const chunk of inflate) yield chunk as Buffer;
  } catch (error) {
    throw damaged(`does not unpack (${error instanceof Error ? error.message : String(error)})`);
  } finally {
    inflate.destroy();
  }
}

function readEntry(data: Buffer, at: number): {entry: ZipEntry | null; flags: number; next: number} {
  const nameLength = data.readUInt16LE(at + 28);
  const extraLength = data.readUInt16LE(at + 30);
  const extraStart = at + 46 + nameLength;
  const next = extraStart + extraLength + data.readUInt16LE(at + 32);
  const flags = data.readUInt16LE(at + 8);
  if (extraStart + extraLength > data.length) return {entry: null, flags, next};
  let size = data.readUInt32LE(at + 24);
  let compressed = data.readUInt32LE(at + 20);
  let headerOffset = data.readUInt32LE(at + 42);
  const wide = wideFields(data, extraStart, extraStart + extraLength);
  if (size === 0xffffffff) size = wide.shift() ?? -1;
  if (compressed === 0xffffffff) compressed = wide.shift() ?? -1;
  if (headerOffset === 0xffffffff) headerOffset = wide.shift() ?? -1;
  if (size < 0 || compressed < 0 || headerOffset < 0) return {entry: null, flags, next};
  const name = data.toString('utf8', at + 46, extraStart).replaceAll('\\', '/');
  const entry = {
    name,
    method: data.readUInt16LE(at + 10),
    crc: data.readUInt32LE(at + 16),
    compressed,
    size,
    headerOffset,
  };
  return {entry, flags, next};
}

/** The 64-bit values of the ZIP64 extra field, in their fixed order. */
function wideFields(data: Buffer, from: number, to: number): number[] {
  for (let at = from; at + 4 <= to;) {
    const length = data.readUInt16LE(at + 2);
    if (data.readUInt16LE(at) === 1) {
      const values = [];
      for (let i = at + 4; i + 8 <= Math.min(at + 4 + length, to); i += 8)
        values.push(safe(data.readBigUInt64LE(i)));
      return values;
    }
    at += 4 + length;
  }
  return [];
}

function findEnd(data: Buffer): number {
  for (let at = data.length - 22; at >= Math.max(0, data.length - 22 - MAX_COMMENT); at--) {
    if (data.readUInt32LE(at) === END) return at;
  }
  return -1;
}

/** Sizes beyond 2^53 are as good as infinite here: they fail the limits. */
function safe(value: bigint): number {
  return value > BigInt(Number.MAX_SAFE_INTEGER) ? Number.MAX_SAFE_INTEGER : Number(value);
}

function mib(bytes: number): string {
  return `${Math.round(bytes / 1024 / 1024)} MiB`;
}

const EXPORT_AGAIN = 'Export or copy the file again.';
const SPLIT = 'If the file is genuine, export fewer sheets or split it.';

function refuse(code: IoCode, file: string, message: string, remedy: string): Unreadable {
  return new Unreadable(problem(code, {file}, message, remedy));
}
