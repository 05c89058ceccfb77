/** Words of a condition expression. */
export interface Token {
  kind: 'name' | 'string' | 'number' | 'sign';
  text: string;
}

/** No condition of the providers is longer; what is, is not read. */
const LONGEST = 20_000;

const SIGNS = [
  '&&',
  '||',
  '==',
  '!=',
  '<=',
  '>=',
  '<',
  '>',
  '!',
  '(',
  ')',
  '[',
  ']',
  ',',
  '.',
  '?',
  ':',
  '+',
  '-',
  '*',
  '/',
  '%',
  '{',
  '}',
];

/** Splits an expression of the Common Expression Language into words; null = it holds something else or is too long. */
export function tokenize(text: string): Token[] | null {
  if (text.length > LONGEST) return null;
  const tokens: Token[] = [];
  let at = 0;
  while (at < text.length) {
    const char = text[at]!;
    if (/\s/.test(char)) {
      at += 1;
    } else if (char === '/' && text[at + 1] === '/') {
      const end = text.indexOf('\n', at);
      at = end < 0 ? text.length : end;
    } else if (char === '"' || char === "'") {
      const read = readString(text, at);
      if (read === null) return null;
      tokens.push({kind: 'string', text: read.value});
      at = read.end;
    } else if (/[A-Za-z_]/.test(char)) {
      const end = endOf(text, at, /\w/);
      tokens.push({kind: 'name', text: text.slice(at, end)});
      at = end;
    } else if (/\d/.test(char)) {
      const end = endOf(text, at, /[\d.]/);
      tokens.push({kind: 'number', text: text.slice(at, end)});
      at = end;
    } else {
      const sign = SIGNS.find((candidate) => text.startsWith(candidate, at));
      if (sign === undefined) return null;
      tokens.push({kind: 'sign', text: sign});
      at += sign.length;
    }
  }
  return tokens;
}

function endOf(text: string, from: number, part: RegExp): number {
  let end = from;
  while (end < text.length && part.test(text[end]!)) end += 1;
  return end;
}

const ESCAPES: Readonly<Record<string, string>> = {
  n: '\n',
  t: '\t',
  r: '\r',
  '"': '"',
  "'": "'",
  '\\': '\\',
  '`': '`',
  '?': '?',
};

function readString(text: string, start: number): {value: string; end: number} | null {
  const quote = text[start]!;
  let value = '';
  for (let at = start + 1; at < text.length; at += 1) {
    const char = text[at]!;
    if (char === quote) return {value, end: at + 1};
    if (char !== '\\') {
      value += char;
      continue;
    }
    at += 1;
    const escaped = ESCAPES[text[at] ?? ''];
    if (escaped === undefined) return null;
    value += escaped;
  }
  return null;
}
