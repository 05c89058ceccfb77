/** Byte-level helpers for the XML of a workbook: no DTD, no entities beyond XML's own five and character references. */

const LT = 0x3c;
const GT = 0x3e;
const SLASH = 0x2f;
const COLON = 0x3a;
const SPACE = 0x20;

/** A start or end tag: local name without namespace prefix, attribute bytes and the index after `>`. */
export interface Tag {
  /** Index of the local name's first byte, and after its last. */
  nameStart: number;
  nameEnd: number;
  closing: boolean;
  selfClosing: boolean;
  /** Index after `>`. */
  end: number;
}

/** Index of the next `<` in [from, to), or `to`. */
export function nextTag(bytes: Buffer, from: number, to: number): number {
  let at = from;
  while (at < to && bytes[at] !== LT) at++;
  return at;
}

/**
 * Reads the tag at `at` (a `<`) into `tag`. Comments, CDATA and processing instructions come back with an empty name.
 * Returns false when the tag does not end before `to`.
 */
export function readTag(bytes: Buffer, at: number, to: number, tag: Tag): boolean {
  const first = bytes[at + 1];
  tag.closing = first === SLASH;
  tag.selfClosing = false;
  if (first === 0x21 || first === 0x3f) return skipMarkup(bytes, at, to, tag);
  let i = tag.closing ? at + 2 : at + 1;
  tag.nameStart = i;
  for (; i < to; i++) {
    const byte = bytes[i]!;
    if (byte === COLON) tag.nameStart = i + 1;
    else if (byte <= SPACE || byte === GT || byte === SLASH) break;
  }
  tag.nameEnd = i;
  let quote = 0;
  for (; i < to; i++) {
    const byte = bytes[i]!;
    if (quote !== 0) {
      if (byte === quote) quote = 0;
    } else if (byte === 0x22 || byte === 0x27) quote = byte;
    else if (byte === GT) {
      tag.selfClosing = bytes[i - 1] === SLASH;
      tag.end = i + 1;
      return true;
    }
  }
  return false;
}

function skipMarkup(bytes: Buffer, at: number, to: number, tag: Tag): boolean {
  const comment = bytes[at + 2] === 0x2d;
  const cdata = bytes[at + 2] === 0x5b;
  const closer = comment ? '-->' : cdata ? ']]>' : '>';
  const found = bytes.indexOf(closer, at + 2);
  tag.nameStart = tag.nameEnd = at;
  tag.end = found + closer.length;
  return found >= 0 && tag.end <= to;
}

/** True when the tag's local name is exactly `name` (ASCII). */
export function isNamed(bytes: Buffer, tag: Tag, name: string): boolean {
  if (tag.nameEnd - tag.nameStart !== name.length) return false;
  for (let i = 0; i < name.length; i++) if (bytes[tag.nameStart + i] !== name.charCodeAt(i)) return false;
  return true;
}

/** The value range of an attribute without prefix, as [start, end), or null. */
export function attribute(bytes: Buffer, tag: Tag, name: string): [number, number] | null {
  for (let i = tag.nameEnd; i < tag.end - 1;) {
    while (i < tag.end && bytes[i]! <= SPACE) i++;
    const start = i;
    while (i < tag.end && bytes[i] !== 0x3d && bytes[i] !== GT) i++;
    const length = i - start;
    i++;
    while (i < tag.end && bytes[i]! <= SPACE) i++;
    const quote = bytes[i];
    if (quote !== 0x22 && quote !== 0x27) return null;
    const valueStart = i + 1;
    let valueEnd = valueStart;
    while (valueEnd < tag.end && bytes[valueEnd] !== quote) valueEnd++;
    if (length === name.length) {
      let same = true;
      for (let k = 0; k < length && same; k++) same = bytes[start + k] === name.charCodeAt(k);
      if (same) return [valueStart, valueEnd];
    }
    i = valueEnd + 1;
  }
  return null;
}

/** Index after the last end tag `</name>` or `</prefix:name>` in the bytes, or 0. */
export function afterLastClosing(bytes: Buffer, name: string): number {
  const needle = `${name}>`;
  for (let at = bytes.lastIndexOf(needle); at > 1; at = bytes.lastIndexOf(needle, at - 1)) {
    const before = bytes[at - 1];
    if (before === SLASH && bytes[at - 2] === LT) return at + needle.length;
    if (before === COLON && bytes.lastIndexOf('</', at) === bytes.lastIndexOf('<', at))
      return at + needle.length;
  }
  return 0;
}

/** Text of [from, to) with CDATA, character references and Excel's `_xHHHH_` escapes resolved. */
export function textOf(bytes: Buffer, from: number, to: number): string {
  const raw = bytes.toString('utf8', from, to);
  if (!raw.includes('&') && !raw.includes('_x') && !raw.includes('<![CDATA[')) return raw;
  return decodeText(raw);
}

const NAMED: Record<string, string> = {amp: '&', lt: '<', gt: '>', quot: '"', apos: "'"};

function decodeText(raw: string): string {
  const text = raw
    .split(/<!\[CDATA\[(.*?)\]\]>/s)
    .map((part, i) => (i % 2 === 1 ? part : part.replace(/&(#x?[0-9a-fA-F]{1,6}|[a-z]{2,4});/g, reference)))
    .join('');
  return text.replace(/_x([0-9A-Fa-f]{4})_/g, (_, hex: string) =>
    String.fromCharCode(Number.parseInt(hex, 16)),
  );
}

function reference(whole: string, body: string): string {
  if (!body.startsWith('#')) return NAMED[body] ?? whole;
  const code = body[1] === 'x' ? Number.parseInt(body.slice(2), 16) : Number.parseInt(body.slice(1), 10);
  return Number.isFinite(code) && code <= 0x10ffff ? String.fromCodePoint(code) : whole;
}

/** A tag record to be filled by {@link readTag}. */
export function emptyTag(): Tag {
  return {nameStart: 0, nameEnd: 0, closing: false, selfClosing: false, end: 0};
}
