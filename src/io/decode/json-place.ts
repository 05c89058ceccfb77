/** One JSON token (RFC 8259) at the scanner's position; white space before it is skipped. */
const TOKEN =
  /[ \t\r\n]*(?:([{}[\],:])|("(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*")|(-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null)(?![\w.]))/y;

/**
 * Offset of the first character that cannot stand where it stands in a JSON text; the length of the text when it only
 * ends too early. Engines do not always say, and quote the content where they do. Linear, no recursion.
 */
export function jsonErrorOffset(text: string): number {
  const open: string[] = [];
  // What may come next: a value, a key, a colon, or a separator / closing bracket.
  let want: 'value' | 'first' | 'firstKey' | 'key' | 'colon' | 'next' | 'end' = 'value';
  let at = 0;
  while (at < text.length) {
    TOKEN.lastIndex = at;
    const match = TOKEN.exec(text);
    const start = at + leadingBlanks(text, at);
    if (!match) return start;
    const [, sign, string, scalar] = match;
    const value = string !== undefined || scalar !== undefined;
    const inside = open.at(-1);
    const afterValue = () => (open.length === 0 ? 'end' : 'next');
    if (want === 'colon' && sign === ':') want = 'value';
    else if ((want === 'key' || want === 'firstKey') && string !== undefined) want = 'colon';
    else if ((want === 'value' || want === 'first') && value) want = afterValue();
    else if ((want === 'value' || want === 'first') && (sign === '{' || sign === '[')) {
      open.push(sign);
      want = sign === '{' ? 'firstKey' : 'first';
    } else if (want === 'next' && sign === ',') want = inside === '{' ? 'key' : 'value';
    else if (
      (sign === '}' && inside === '{' && (want === 'next' || want === 'firstKey')) ||
      (sign === ']' && inside === '[' && (want === 'next' || want === 'first'))
    ) {
      open.pop();
      want = afterValue();
    } else return start;
    at = TOKEN.lastIndex;
  }
  return text.length;
}

function leadingBlanks(text: string, from: number): number {
  let at = from;
  while (at < text.length && ' \t\r\n'.includes(text[at]!)) at++;
  return at - from;
}
