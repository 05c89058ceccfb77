import {CODES} from '../draft-findings.ts';
import type {Draft} from '../draft.ts';
import {isRow} from '../record.ts';

/**
 * A policy document as an object. The CLI gives objects, the raw API URL-encoded JSON text, some tools
 * plain JSON text. Null (with a finding) = unreadable: the rights in it are unknown.
 */
export function policyDocument(
  draft: Draft,
  value: unknown,
  at: string,
  id: string,
  command = 'iam get-account-authorization-details',
): unknown {
  if (isRow(value)) return value;
  const parsed = typeof value === 'string' ? (parseJson(value) ?? parseJson(decode(value))) : null;
  if (isRow(parsed)) return parsed;
  draft.find({
    code: CODES.policyUnreadable,
    severity: 'medium',
    message:
      value === undefined
        ? 'A policy has no document in force.'
        : 'A policy document is neither an object nor JSON text.',
    where: draft.place(at, id),
    remedy: `Export again with \`aws ${command} --output json\`; until then the rights in it are unknown.`,
  });
  return null;
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
