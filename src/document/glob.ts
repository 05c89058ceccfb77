/** A test for texts against a pattern in which `*` stands for any run of characters; letters of either case match. */
export interface Glob {
  pattern: string;
  /** Number of characters that are not `*`: the more, the more specific. */
  literal: number;
  exact: boolean;
  test(text: string): boolean;
}

/**
 * Compiles a glob without regular expressions: pieces between stars are searched left to right, which takes at most
 * |text|·|pattern| steps whatever the pattern says.
 */
export function compileGlob(pattern: string): Glob {
  const pieces = pattern.toLowerCase().split('*');
  const literal = pieces.reduce((sum, piece) => sum + piece.length, 0);
  const exact = pieces.length === 1;
  return {pattern, literal, exact, test: (text) => matches(pieces, text.toLowerCase())};
}

function matches(pieces: string[], text: string): boolean {
  const first = pieces[0]!;
  if (pieces.length === 1) return text === first;
  const last = pieces.at(-1)!;
  if (text.length < first.length + last.length) return false;
  if (!text.startsWith(first) || !text.endsWith(last)) return false;
  const end = text.length - last.length;
  let at = first.length;
  for (let index = 1; index < pieces.length - 1; index++) {
    const piece = pieces[index]!;
    const found = text.indexOf(piece, at);
    if (found < 0 || found + piece.length > end) return false;
    at = found + piece.length;
  }
  return true;
}
