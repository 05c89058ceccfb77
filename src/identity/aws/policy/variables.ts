import type {Lookup} from './context.ts';
import {isProbe} from './probe.ts';
import {LITERAL_QUESTION, LITERAL_STAR, OPEN_TEXT} from './wildcard.ts';

/** A pattern after its policy variables were put in. */
export interface Filled {
  pattern: string;
  /** Some variable's value is not known; the pattern holds a mark that matches any text in its place. */
  open: boolean;
  /** Some variable has no value: the pattern matches nothing. */
  void: boolean;
}

/**
 * Puts policy variables in: `${aws:username}`, `${key, 'default'}`, `${*}`, `${?}`, `${$}`. Values stand for themselves, also
 * where they hold wildcard characters.
 * @param enabled false = the policy's version knows no variables
 */
export function fillVariables(pattern: string, enabled: boolean, lookup: Lookup): Filled {
  if (!enabled || !pattern.includes('${')) return {pattern, open: false, void: false};
  let filled = '';
  let open = false;
  let none = false;
  let at = 0;
  for (;;) {
    const start = pattern.indexOf('${', at);
    const end = start < 0 ? -1 : pattern.indexOf('}', start);
    if (start < 0 || end < 0) break;
    filled += pattern.slice(at, start);
    at = end + 1;
    const value = variable(pattern.slice(start + 2, end).trim(), lookup);
    if (value === 'open') {
      open = true;
      filled += OPEN_TEXT;
    } else if (value === null) none = true;
    else filled += asLiteral(value.text);
  }
  return {pattern: filled + pattern.slice(at), open, void: none};
}

/** True when the text holds a policy variable that names a key. */
export function namesVariable(text: string): boolean {
  return /\$\{\s*[^*?$}\s]/.test(text);
}

function variable(inside: string, lookup: Lookup): {text: string} | 'open' | null {
  if (inside === '*' || inside === '?' || inside === '$') return {text: inside};
  const comma = inside.indexOf(',');
  const key = (comma < 0 ? inside : inside.slice(0, comma)).trim().toLowerCase();
  const fallback = comma < 0 ? undefined : /^'([\s\S]*)'$/.exec(inside.slice(comma + 1).trim())?.[1];
  const state = lookup(key);
  if (!state.known) return 'open';
  if (state.values === null) return fallback === undefined ? null : {text: fallback};
  const value = state.values[0];
  // A key with several values has no single one to put in.
  if (value === undefined || state.values.length > 1 || isProbe(value)) return 'open';
  return {text: value};
}

function asLiteral(text: string): string {
  return text.replaceAll('*', LITERAL_STAR).replaceAll('?', LITERAL_QUESTION);
}
