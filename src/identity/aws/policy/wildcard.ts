/**
 * Patterns of AWS policies: `*` any run of characters, `?` one character. A pattern may hold marks set by policy variables:
 * {@link LITERAL_STAR}, {@link LITERAL_QUESTION} stand for the characters themselves, {@link OPEN_TEXT} for text nobody knows.
 */
export const LITERAL_STAR = '\u0002';
export const LITERAL_QUESTION = '\u0003';
export const OPEN_TEXT = '\u0004';

/** Longer patterns than any service accepts are not matched, see `parse.ts`. */
export const LONGEST_PATTERN = 8192;

const STAR = 42;
const QUESTION = 63;

/**
 * Whether the text matches. Two pointers with a way back to the last star only: at most |text| · |longest piece between
 * stars| steps, whatever the pattern says.
 */
export function matches(pattern: string, text: string): boolean {
  let p = 0;
  let t = 0;
  let star = -1;
  let resume = 0;
  while (t < text.length) {
    const code = p < pattern.length ? pattern.charCodeAt(p) : -1;
    if (code === STAR || code === 4) {
      star = p++;
      resume = t;
    } else if (code === QUESTION || (code >= 0 && literal(code) === text.charCodeAt(t))) {
      p++;
      t++;
    } else if (star >= 0) {
      p = star + 1;
      t = ++resume;
    } else return false;
  }
  while (p < pattern.length && isStar(pattern.charCodeAt(p))) p++;
  return p === pattern.length;
}

/** Whether some text matches both patterns. */
export function overlap(a: string, b: string): boolean {
  if (!prefixesMeet(a, b)) return false;
  // Row i: which ends of b can be met by the first i characters of a.
  let row = new Uint8Array(b.length + 1);
  row[0] = 1;
  closeOverStars(row, b);
  for (let i = 0; i < a.length; i++) {
    const code = a.charCodeAt(i);
    const next = new Uint8Array(b.length + 1);
    if (isStar(code)) {
      // The star takes nothing, or whatever b holds.
      let open = 0;
      for (let j = 0; j <= b.length; j++) next[j] = open |= row[j]!;
    } else {
      for (let j = 0; j < b.length; j++) {
        if (row[j] === 0) continue;
        const other = b.charCodeAt(j);
        if (isStar(other)) next[j] = 1;
        else if (code === QUESTION || other === QUESTION || literal(code) === literal(other)) next[j + 1] = 1;
      }
    }
    closeOverStars(next, b);
    row = next;
  }
  return row[b.length] === 1;
}

/** The part before the first wildcard, mark or variable. */
export function literalPrefix(pattern: string): string {
  const end = pattern.search(/[*?$\u0001-\u0004]/);
  return end < 0 ? pattern : pattern.slice(0, end);
}

/** True when nothing but stars is in it: it matches everything. */
export function matchesAll(pattern: string): boolean {
  return /^\*+$/.test(pattern);
}

function prefixesMeet(a: string, b: string): boolean {
  const first = literalPrefix(a);
  const second = literalPrefix(b);
  return first.startsWith(second) || second.startsWith(first);
}

function closeOverStars(row: Uint8Array, pattern: string): void {
  for (let j = 0; j < pattern.length; j++) {
    if (row[j] === 1 && isStar(pattern.charCodeAt(j))) row[j + 1] = 1;
  }
}

function isStar(code: number): boolean {
  return code === STAR || code === 4;
}

function literal(code: number): number {
  return code === 2 ? STAR : code === 3 ? QUESTION : code;
}
