/** One top-level object or array of a text that holds several, by offsets; `end` null = it never closes. */
interface Span {
  start: number;
  end: number | null;
}

/**
 * Splits a text into its top-level JSON objects and arrays, wherever their lines break. Only brackets and quotes are
 * looked at; whether a span is JSON is for the parser. Null when something else stands between them.
 */
export function topLevelSpans(text: string): Span[] | null {
  const spans: Span[] = [];
  let depth = 0;
  let start = 0;
  for (let at = 0; at < text.length; at++) {
    const sign = text[at];
    if (sign === '"' && depth > 0) {
      at = closingQuote(text, at);
    } else if (sign === '{' || sign === '[') {
      if (depth === 0) start = at;
      depth++;
    } else if (depth > 0 && (sign === '}' || sign === ']')) {
      depth--;
      if (depth === 0) spans.push({start, end: at + 1});
    } else if (depth === 0 && sign !== ' ' && sign !== '\n' && sign !== '\r' && sign !== '\t') {
      return null;
    }
  }
  if (depth > 0) spans.push({start, end: null});
  return spans;
}

function closingQuote(text: string, from: number): number {
  let at = text.indexOf('"', from + 1);
  while (at >= 0 && isEscaped(text, at)) at = text.indexOf('"', at + 1);
  return at < 0 ? text.length : at;
}

function isEscaped(text: string, at: number): boolean {
  let slashes = 0;
  while (text[at - 1 - slashes] === '\\') slashes++;
  return slashes % 2 === 1;
}
