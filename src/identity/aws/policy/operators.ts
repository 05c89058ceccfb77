import type {Filled} from './variables.ts';
import {inNetwork} from './network.ts';
import {isProbe, probePattern} from './probe.ts';
import {NO, OPEN, type Tri, YES} from './tri.ts';
import {LITERAL_QUESTION, LITERAL_STAR, OPEN_TEXT, matches, overlap} from './wildcard.ts';

/** The operator without its negation: `stringnotlike` → `stringlike`. */
export function positive(operator: string): {operator: string; negated: boolean} {
  const negated = operator.includes('not');
  return {operator: negated ? operator.replace('not', '') : operator, negated};
}

/** Operators that compare texts and thus take policy variables. */
export function comparesText(operator: string): boolean {
  return operator.startsWith('string') || operator.startsWith('arn');
}

/**
 * Whether one value of the request matches one value of a condition.
 * @param operator lower case, without negation
 */
export function compare(operator: string, value: string, wanted: Filled): Tri {
  if (wanted.void) return NO;
  const {pattern} = wanted;
  switch (operator) {
    case 'stringequals':
      return equal(pattern, value, wanted.open);
    case 'stringequalsignorecase':
      return equal(pattern.toLowerCase(), lowerCase(value), wanted.open);
    case 'stringlike':
      return like(pattern, value, wanted.open);
    case 'arnlike':
    case 'arnequals':
      return arnLike(pattern, value, wanted.open);
    case 'binaryequals':
      return pattern === value ? YES : NO;
    default:
      return isProbe(value) ? OPEN : other(operator, value, pattern);
  }
}

function other(operator: string, value: string, pattern: string): Tri {
  if (operator === 'bool') return truth(value.toLowerCase() === pattern.toLowerCase());
  if (operator === 'ipaddress') return inNetwork(value, pattern);
  const isDate = operator.startsWith('date');
  const read = isDate ? readDate : readNumber;
  const left = read(value);
  const right = read(pattern);
  // Whether AWS matches or refuses what is no number is not documented.
  if (left === null || right === null) return OPEN;
  switch (operator.slice(isDate ? 4 : 7)) {
    case 'equals':
      return truth(left === right);
    case 'lessthan':
      return truth(left < right);
    case 'lessthanequals':
      return truth(left <= right);
    case 'greaterthan':
      return truth(left > right);
    default:
      return truth(left >= right);
  }
}

/** Compares literally; wildcards in the wanted text are plain characters. */
function equal(wanted: string, value: string, open: boolean): Tri {
  if (!open && !isProbe(value)) {
    return truth(wanted.replaceAll(LITERAL_STAR, '*').replaceAll(LITERAL_QUESTION, '?') === value);
  }
  const literal = wanted.replaceAll('*', LITERAL_STAR).replaceAll('?', LITERAL_QUESTION);
  return overlap(literal, asPattern(value)) ? OPEN : NO;
}

function like(wanted: string, value: string, open: boolean): Tri {
  if (!isProbe(value)) return matches(wanted, value) ? (open ? OPEN : YES) : NO;
  if (!open && matches(wanted, value)) return YES;
  return overlap(wanted, asPattern(value)) ? OPEN : NO;
}

/** Six parts at colons, each matched alone. */
function arnLike(wanted: string, value: string, open: boolean): Tri {
  const patterns = arnParts(wanted);
  const values = arnParts(value);
  // Whether AWS takes a pattern that is no ARN is not documented; a variable may hold colons.
  if (patterns.length !== 6 || wanted.includes(OPEN_TEXT)) return OPEN;
  if (values.length !== 6) return NO;
  let result: Tri = YES;
  for (const [index, pattern] of patterns.entries()) {
    const part = like(pattern, values[index]!, open);
    if (part < result) result = part;
  }
  return result;
}

function arnParts(arn: string): string[] {
  const parts = arn.split(':');
  return parts.length <= 6 ? parts : [...parts.slice(0, 5), parts.slice(5).join(':')];
}

/** The value with what is not known of it as wildcards. */
function asPattern(value: string): string {
  const literal = value.replaceAll('*', LITERAL_STAR).replaceAll('?', LITERAL_QUESTION);
  return probePattern(literal);
}

function lowerCase(value: string): string {
  return value.toLowerCase();
}

function readNumber(text: string): number | null {
  const number = text.trim() === '' ? Number.NaN : Number(text);
  return Number.isNaN(number) ? null : number;
}

/** ISO 8601, or seconds since 1970. */
function readDate(text: string): number | null {
  const time = /^\d{6,}(?:\.\d+)?$/.test(text) ? Number(text) * 1000 : Date.parse(text);
  return Number.isNaN(time) ? null : time;
}

function truth(value: boolean): Tri {
  return value ? YES : NO;
}
