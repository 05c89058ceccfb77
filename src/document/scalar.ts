/** Escapes of YAML double-quoted scalars that take a fixed number of hex digits. */
const HEX_ESCAPES: Record<string, number> = {x: 2, u: 4, U: 8};

/** Single-character escapes whose result counts as white space here. */
const BLANK_ESCAPES = new Set(['n', 't', 'r', ' ', '\t']);

const isBlank = (char: string | undefined): boolean =>
  char === ' ' || char === '\t' || char === '\n' || char === '\r';

/**
 * Source offset of the character at `offset` of a scalar's decoded `value`.
 *
 * Folding, indentation and line ends change only white space, so the n-th non-blank character of the value is the
 * n-th non-blank character of the source once quotes, escapes and block headers are accounted for. A blank is placed
 * right after the character before it. `start`/`end` are the scalar's range in `source`, `type` is the yaml library's
 * scalar type (`PLAIN`, `QUOTE_SINGLE`, `QUOTE_DOUBLE`, `BLOCK_FOLDED`, `BLOCK_LITERAL`).
 */
export function scalarOffset(
  source: string,
  start: number,
  end: number,
  type: string,
  value: string,
  offset: number,
): number {
  const positions = characterOffsets(source, start, end, type);
  let count = 0;
  for (let i = 0; i < offset && i < value.length; i++) if (!isBlank(value[i])) count++;
  const exact = offset < value.length && !isBlank(value[offset]);
  if (exact) return positions[count] ?? start;
  const before = positions[count - 1];
  if (before === undefined) return positions[0] ?? start;
  let blanks = 0;
  while (offset - blanks - 1 >= 0 && isBlank(value[offset - blanks - 1])) blanks++;
  return Math.min(before + 1 + blanks, end);
}

/** Source offset of every non-blank character (UTF-16 unit) of the decoded scalar, in order. */
function characterOffsets(source: string, start: number, end: number, type: string): number[] {
  if (type === 'QUOTE_DOUBLE') return doubleQuoted(source, start + 1, end - 1);
  const positions: number[] = [];
  let at = start;
  let stop = end;
  if (type === 'QUOTE_SINGLE') {
    at = start + 1;
    stop = end - 1;
  } else if (type === 'BLOCK_FOLDED' || type === 'BLOCK_LITERAL') {
    const headerEnd = source.indexOf('\n', start);
    at = headerEnd < 0 ? end : headerEnd + 1;
  }
  for (; at < stop; at++) {
    if (isBlank(source[at])) continue;
    positions.push(at);
    if (type === 'QUOTE_SINGLE' && source[at] === "'" && source[at + 1] === "'") at++;
  }
  return positions;
}

function doubleQuoted(source: string, start: number, end: number): number[] {
  const positions: number[] = [];
  for (let at = start; at < end; at++) {
    const char = source[at]!;
    if (char !== '\\') {
      if (!isBlank(char)) positions.push(at);
      continue;
    }
    const escape = source[at + 1] ?? '';
    const digits = HEX_ESCAPES[escape];
    if (digits !== undefined) {
      const text = hexText(source.slice(at + 2, at + 2 + digits));
      for (const unit of text) if (!isBlank(unit)) positions.push(at);
      at += 1 + digits;
    } else if (escape === '\n' || escape === '\r') {
      at += 1;
    } else {
      if (!BLANK_ESCAPES.has(escape)) positions.push(at);
      at += 1;
    }
  }
  return positions;
}

/** UTF-16 units of a hex code point; one placeholder where it is not valid. */
function hexText(hex: string): string[] {
  const code = Number.parseInt(hex, 16);
  if (!Number.isInteger(code) || code > 0x10ffff) return ['?'];
  return String.fromCodePoint(code).split('');
}
