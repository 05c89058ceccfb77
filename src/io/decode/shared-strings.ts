import {CELL_CHARACTERS} from './limits.ts';
import {afterLastClosing, emptyTag, isNamed, nextTag, readTag, textOf} from './xml-bytes.ts';

/** The workbook's string table. `cut` holds the indexes of texts that were longer than a cell may be. */
export interface SharedStrings {
  texts: string[];
  cut: Set<number>;
}

/** One entry may not be larger than this, else the stream is no string table. */
const MAX_ENTRY_BYTES = 32 * 1024 * 1024;

/** Reads `sharedStrings.xml` as it streams in. Rich text is joined; phonetic hints (`rPh`) are left out. */
export async function readSharedStrings(chunks: AsyncIterable<Buffer>): Promise<SharedStrings> {
  const result: SharedStrings = {texts: [], cut: new Set()};
  let pending: Buffer = Buffer.alloc(0);
  for await (const chunk of chunks) {
    pending = pending.length > 0 ? Buffer.concat([pending, chunk]) : chunk;
    const end = afterLastClosing(pending, 'si');
    if (end > 0) {
      scan(pending, end, result);
      pending = pending.subarray(end);
    } else if (pending.length > MAX_ENTRY_BYTES) throw new Error('a text of the string table does not end');
  }
  scan(pending, pending.length, result);
  return result;
}

function scan(bytes: Buffer, to: number, result: SharedStrings): void {
  const tag = emptyTag();
  let text = '';
  let inside = false;
  let phonetic = false;
  for (let at = nextTag(bytes, 0, to); at < to; at = nextTag(bytes, tag.end, to)) {
    if (!readTag(bytes, at, to, tag)) return;
    if (isNamed(bytes, tag, 'si')) {
      if (tag.closing || tag.selfClosing) push(result, text);
      inside = !tag.closing && !tag.selfClosing;
      text = '';
    } else if (isNamed(bytes, tag, 'rPh')) phonetic = !tag.closing && !tag.selfClosing;
    else if (inside && !phonetic && !tag.closing && !tag.selfClosing && isNamed(bytes, tag, 't')) {
      const end = textEnd(bytes, tag.end, to);
      const part = textOf(bytes, tag.end, end);
      text = text === '' ? part : text + part;
      tag.end = end;
    }
  }
}

/** Index of the `<` that ends a text, looking through CDATA sections. */
export function textEnd(bytes: Buffer, from: number, to: number): number {
  let at = nextTag(bytes, from, to);
  while (at < to && bytes[at + 1] === 0x21) {
    const closer = bytes[at + 2] === 0x5b ? ']]>' : '-->';
    const end = bytes.indexOf(closer, at);
    if (end < 0) return to;
    at = nextTag(bytes, end + 3, to);
  }
  return at;
}

function push(result: SharedStrings, text: string): void {
  if (text.length > CELL_CHARACTERS) {
    result.cut.add(result.texts.length);
    result.texts.push(text.slice(0, CELL_CHARACTERS));
  } else result.texts.push(text);
}
