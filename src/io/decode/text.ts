/** A text with the encoding it was read as; `assumed` when nothing in the file says so. */
export interface DecodedText {
  text: string;
  encoding: 'utf-8' | 'utf-16le' | 'utf-16be' | 'windows-1252';
  assumed: boolean;
}

/**
 * Decodes bytes to text: byte-order mark first (PowerShell 5's `>` writes UTF-16LE), then UTF-16 without mark by its
 * zero bytes, then strict UTF-8, else Windows-1252 (Excel's "CSV" on western systems). Null when it is no text.
 */
export function decodeText(data: Buffer): DecodedText | null {
  if (data[0] === 0xef && data[1] === 0xbb && data[2] === 0xbf) return strictUtf8(data.subarray(3));
  if (data[0] === 0xff && data[1] === 0xfe) return utf16(data.subarray(2), 'utf-16le', false);
  if (data[0] === 0xfe && data[1] === 0xff) return utf16(data.subarray(2), 'utf-16be', false);
  const start = data.subarray(0, 4096);
  if (start.includes(0)) {
    const wide = zeroSide(start);
    return wide ? utf16(data, wide, true) : null;
  }
  const utf8 = strictUtf8(data);
  if (utf8) return utf8;
  // Control bytes other than tab, line ends and form feed do not occur in text of any encoding we know.
  if (start.some((byte) => byte < 0x20 && byte !== 9 && byte !== 10 && byte !== 12 && byte !== 13))
    return null;
  return {text: new TextDecoder('windows-1252').decode(data), encoding: 'windows-1252', assumed: true};
}

function strictUtf8(data: Buffer): DecodedText | null {
  try {
    return {text: new TextDecoder('utf-8', {fatal: true}).decode(data), encoding: 'utf-8', assumed: false};
  } catch {
    return null;
  }
}

function utf16(data: Buffer, encoding: 'utf-16le' | 'utf-16be', assumed: boolean): DecodedText {
  return {text: new TextDecoder(encoding).decode(data), encoding, assumed};
}

/** ASCII in UTF-16 has its zeros all on one side. */
function zeroSide(start: Buffer): 'utf-16le' | 'utf-16be' | null {
  let even = 0;
  let odd = 0;
  for (let i = 0; i < start.length; i++) {
    if (start[i] !== 0) continue;
    if (i % 2 === 0) even++;
    else odd++;
  }
  const half = start.length / 2;
  if (odd > half * 0.7 && even < half * 0.05) return 'utf-16le';
  if (even > half * 0.7 && odd < half * 0.05) return 'utf-16be';
  return null;
}
