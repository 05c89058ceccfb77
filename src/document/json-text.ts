/** Pieces are joined up to about this many characters. */
const PIECE = 1 << 16;

/**
 * The text of `JSON.stringify(value, null, indent)` and a line break, in pieces: a string ends at 2^29 characters, the plan of a large
 * estate does not. Members of the outer object and items of its arrays are written one by one.
 * @param indent blanks per level; 0 = one line
 */
export function* jsonText(value: unknown, indent = 0): Generator<string, void> {
  let piece = '';
  for (const part of parts(value, indent, 0)) {
    piece += part;
    if (piece.length < PIECE) continue;
    yield piece;
    piece = '';
  }
  yield `${piece}\n`;
}

/** How deep members and items are taken one by one; what lies below is short enough for one string. */
const DEPTH = 2;

function* parts(value: unknown, indent: number, depth: number): Generator<string, void> {
  if (depth === DEPTH || !isPlain(value)) {
    yield shifted(JSON.stringify(value, null, indent) ?? 'null', indent, depth);
    return;
  }
  const list = Array.isArray(value);
  const inside = indent === 0 ? '' : `\n${' '.repeat(indent * (depth + 1))}`;
  let separator = inside;
  yield list ? '[' : '{';
  for (const [key, member] of list ? value.entries() : Object.entries(value)) {
    if (!list && !isWritten(member)) continue;
    yield list ? separator : `${separator}${JSON.stringify(key)}:${indent === 0 ? '' : ' '}`;
    yield* parts(isWritten(member) ? member : null, indent, depth + 1);
    separator = `,${inside}`;
  }
  const empty = separator === inside;
  yield `${empty || indent === 0 ? '' : `\n${' '.repeat(indent * depth)}`}${list ? ']' : '}'}`;
}

/** Line breaks of JSON text are never part of a string, so moving it to the right is safe. */
function shifted(text: string, indent: number, depth: number): string {
  return indent === 0 || depth === 0 ? text : text.replaceAll('\n', `\n${' '.repeat(indent * depth)}`);
}

function isWritten(value: unknown): boolean {
  return value !== undefined && typeof value !== 'function' && typeof value !== 'symbol';
}

function isPlain(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !('toJSON' in value);
}
