import type {Finding} from '../model/common.ts';
import {CelFailure} from './cel.ts';
import {
  compileExpression,
  Missing,
  toFinding,
  type Expression,
  type Origin,
  type Scope,
} from './expression.ts';

/** A text with `{{ CEL }}` holes, ready to be filled. */
export interface Template {
  parts: (string | Expression)[];
}

/**
 * Compiles the holes of a message. Problems are findings at their place; a hole that does not compile is printed as
 * it was written.
 */
export function compileTemplate(
  text: string,
  scope: Scope,
  origin: Origin,
): {template: Template; findings: Finding[]} {
  const parts: (string | Expression)[] = [];
  const findings: Finding[] = [];
  let at = 0;
  while (at < text.length) {
    const open = text.indexOf('{{', at);
    if (open < 0) break;
    const close = text.indexOf('}}', open + 2);
    if (close < 0) {
      const problem = {
        code: 'BH-LINT-008',
        message: 'the hole `{{` is never closed',
        start: open,
        end: text.length,
      };
      findings.push(toFinding({...problem, remedy: 'Add `}}`.'}, origin));
      break;
    }
    const inner = text.slice(open + 2, close);
    const start = open + 2 + (inner.length - inner.trimStart().length);
    const compiled = compileExpression(inner.trim(), 'printable', scope, {
      ...origin,
      offset: origin.offset + start,
    });
    findings.push(...compiled.findings);
    if (open > at) parts.push(text.slice(at, open));
    parts.push(compiled.expression ?? text.slice(open, close + 2));
    at = close + 2;
  }
  if (at < text.length) parts.push(text.slice(at));
  return {template: {parts}, findings};
}

/** Fills the holes; what has no value reads `unknown`. */
export function renderTemplate(template: Template, environment: Readonly<Record<string, unknown>>): string {
  return template.parts
    .map((part) => (typeof part === 'string' ? part : printable(part.evaluate(environment))))
    .join('');
}

function printable(value: unknown): string {
  if (value instanceof Missing || value instanceof CelFailure) return 'unknown';
  if (Array.isArray(value)) return listed(value.map(printable));
  if (typeof value === 'number') return String(Math.round(value * 100) / 100);
  if (value instanceof Date) return value.toISOString().slice(0, 10);
  return String(value);
}

/** More items than this make a sentence unreadable. */
const MOST_LISTED = 4;

function listed(items: string[]): string {
  if (items.length <= MOST_LISTED) return items.join(', ');
  const shown = items.slice(0, MOST_LISTED - 1);
  return `${shown.join(', ')} and ${items.length - shown.length} more`;
}
