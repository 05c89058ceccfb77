import {CODES} from '../draft-findings.ts';
import type {Draft} from '../draft.ts';
import {idText} from '../record.ts';
import type {AnswerContext} from './answer-shape.ts';

/**
 * Many answers do not say what they are about: `list-targets-for-policy` carries no policy id. One rule serves them all:
 * the request's own parameter put into the object (`{"PolicyId": "p-…", "Targets": […]}`), else `scope` of the workspace,
 * else the file name (`targets-p-abc12345.json`).
 */
interface Subject {
  /** Names of the request's parameter. */
  parameters: readonly string[];
  /** What it looks like, inside any text. */
  pattern: RegExp;
}

/** The id an answer is about; null when nothing says. */
export function subjectOf(
  value: unknown,
  context: AnswerContext,
  {parameters, pattern}: Subject,
): string | null {
  for (const name of parameters) {
    const given = idText(value, name);
    if (given !== null) return given;
  }
  for (const text of [context.hints.scope ?? '', context.file.display]) {
    const found = [...new Set([...text.matchAll(new RegExp(pattern, 'g'))].map(([match]) => match))];
    if (found.length === 1) return found[0] ?? null;
  }
  return null;
}

/** Rejects an answer nobody can place, and says how to name the file. */
export function rejectNameless(
  draft: Draft,
  scope: string,
  what: string,
  parameter: string,
  example: string,
): void {
  draft.reject(scope, `answer does not say which ${what} it is about`, '');
  draft.find({
    code: CODES.scopeUnknown,
    severity: 'medium',
    message: `The answer does not say which ${what} it is about, so it is not used.`,
    where: draft.place(''),
    remedy: `Name the file after the ${what}, e.g. \`${example}\`, or add the request's own parameter to the object: \`"${parameter}": "…"\`.`,
  });
}
