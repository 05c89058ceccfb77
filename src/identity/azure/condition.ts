import {actionMatches} from '../rights.ts';

/**
 * Actions that an attribute condition limits: those its `ActionMatches{…}` name. The usual form lets every other action
 * through: `((!(ActionMatches{'a'}) [AND !(…)]) OR (…)) [AND (…)]`. Anything else limits all actions.
 */
export type ConditionScope = (action: string) => boolean;

/** Which actions a condition can withhold. `null` condition = none. */
export function conditionLimits(condition: string | null): ConditionScope {
  if (condition === null) return () => false;
  const patterns = limitedActions(condition);
  if (patterns === null) return () => true;
  return (action) => patterns.some((pattern) => actionMatches(pattern, action));
}

/** Patterns of all conjuncts, or null when one of them is not of the usual form. */
function limitedActions(condition: string): string[] | null {
  const found: string[] = [];
  for (const part of splitTop(condition, 'AND')) {
    const [first, ...rest] = splitTop(part, 'OR');
    if (first === undefined || rest.length === 0) return null;
    for (const term of splitTop(first, 'AND')) {
      const bare = unwrap(term);
      const action = /^!\s*\(?\s*ActionMatches\s*\{\s*'([^']+)'\s*\}\s*\)?$/i.exec(bare);
      // A suboperation narrows the action: those calls outside it pass, which is not decided here.
      const narrowed = /^!\s*\(\s*ActionMatches\s*\{\s*'([^']+)'\s*\}\s+AND\s+/i.exec(bare);
      const pattern = action?.[1] ?? narrowed?.[1];
      if (pattern === undefined) return null;
      found.push(pattern);
    }
  }
  return found.length === 0 ? null : found;
}

/** Splits at a word outside parentheses, braces and quotes; a text in one pair of parentheses is opened first. */
function splitTop(text: string, word: 'AND' | 'OR'): string[] {
  const inner = unwrap(text);
  const parts: string[] = [];
  let depth = 0;
  let quoted = false;
  let start = 0;
  for (let i = 0; i < inner.length; i++) {
    const c = inner[i];
    if (c === "'") quoted = !quoted;
    else if (quoted) continue;
    else if (c === '(' || c === '{') depth++;
    else if (c === ')' || c === '}') depth--;
    else if (depth === 0 && isWordAt(inner, i, word)) {
      parts.push(inner.slice(start, i));
      i += word.length - 1;
      start = i + 1;
    }
  }
  parts.push(inner.slice(start));
  return parts.map((part) => part.trim());
}

function isWordAt(text: string, at: number, word: string): boolean {
  return (
    text.slice(at, at + word.length).toUpperCase() === word &&
    !/\w/.test(text[at - 1] ?? ' ') &&
    !/\w/.test(text[at + word.length] ?? ' ')
  );
}

/** Takes off parentheses that enclose the whole text. */
function unwrap(text: string): string {
  let inner = text.trim();
  while (inner.startsWith('(') && closes(inner) === inner.length - 1) inner = inner.slice(1, -1).trim();
  return inner;
}

/** Position of the parenthesis that closes the first one; −1 = none. */
function closes(text: string): number {
  let depth = 0;
  let quoted = false;
  for (let i = 0; i < text.length; i++) {
    const c = text[i];
    if (c === "'") quoted = !quoted;
    else if (quoted) continue;
    else if (c === '(') depth++;
    else if (c === ')' && --depth === 0) return i;
  }
  return -1;
}
