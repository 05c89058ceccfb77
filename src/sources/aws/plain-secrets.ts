import {bytesOfBase64} from '../base64.ts';
import type {Draft} from '../draft.ts';
import {REDACTED, redactText} from '../redact.ts';
import {field, isRow, list, text} from '../record.ts';

/** Names listed of one thing. */
const LISTED = 10;

/** Values that name where a secret is kept, not the secret: ARNs, dynamic references, parameter paths, plain URLs. */
const REFERENCE =
  /^(?:arn:|\{\{resolve:|\/[\w.-]+(?:\/[\w.-]+)*$|https?:\/\/[^@\s]*$|[\w.-]+:(?:ssm|secretsmanager):)/i;

/**
 * Names of settings that hold a secret in plain text, as an attribute of their workload (`plainSecrets`). The values are
 * looked at and never kept; each is also counted as withheld.
 */
export function plainSecrets(
  draft: Draft,
  prefix: string,
  pairs: Iterable<readonly [string, unknown]>,
  at: string,
): string | null {
  const names: string[] = [];
  for (const [name, value] of pairs) {
    if (typeof value !== 'string' || REFERENCE.test(value.trim())) continue;
    const {[name]: kept} = draft.tags([[name, value]], at);
    if (kept?.includes(REDACTED) === true) names.push(`${prefix}.${redactText(name).text}`);
  }
  if (names.length === 0) return null;
  const sorted = [...new Set(names)].toSorted();
  const more = sorted.length > LISTED ? `, and ${sorted.length - LISTED} more` : '';
  return sorted.slice(0, LISTED).join(', ') + more;
}

/** Name and value of each setting: `{NAME: value}`, `[{name, value}]` or `[{Name, Value}]`. */
export function settings(value: unknown): [string, unknown][] {
  if (isRow(value)) return Object.entries(value);
  if (!Array.isArray(value)) return [];
  return value.flatMap((entry: unknown): [string, unknown][] => {
    const name = text(entry, 'name') ?? text(entry, 'Name');
    // CodeBuild and others name the place of a secret with a type of its own.
    const type = text(entry, 'type');
    if (name === null || (type !== null && type !== 'PLAINTEXT')) return [];
    return [[name, field(entry, 'value') ?? field(entry, 'Value')]];
  });
}

/** Settings of all containers of a definition. */
export function containerSettings(value: unknown, ...path: string[]): [string, unknown][] {
  return list(value, ...path).flatMap((container) => settings(field(container, 'environment')));
}

/** Whether the script an instance starts with (base64) holds a secret; null = no script, or one that is packed. */
export function userDataSecret(draft: Draft, base64: string | null, at: string): boolean | null {
  const script = base64 === null ? null : decoded(base64);
  if (script === null) return null;
  return draft.clean(script, at).includes(REDACTED);
}

function decoded(base64: string): string | null {
  const bytes = bytesOfBase64(base64);
  // Packed scripts (gzip) are not opened.
  if (bytes === null || (bytes[0] === 0x1f && bytes[1] === 0x8b)) return null;
  return new TextDecoder().decode(bytes);
}
