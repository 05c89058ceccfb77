/**
 * Reading fields of records nobody vouches for. Every accessor looks at own properties only (a record
 * may carry `__proto__` or `constructor` as data), accepts any value, and answers null instead of throwing.
 */
export type Row = Record<string, unknown>;

/** True for a JSON object. */
export function isRow(value: unknown): value is Row {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The value at a path of own properties, or undefined. */
export function field(value: unknown, ...path: string[]): unknown {
  return walk(value, path);
}

function walk(value: unknown, path: readonly string[]): unknown {
  let at = value;
  for (const key of path) {
    if (!isRow(at) || !Object.hasOwn(at, key)) return undefined;
    at = at[key];
  }
  return at;
}

/** A non-empty string at the path, trimmed; null for anything else. */
export function text(value: unknown, ...path: string[]): string | null {
  const found = walk(value, path);
  if (typeof found !== 'string') return null;
  const trimmed = found.trim();
  return trimmed === '' ? null : trimmed;
}

/** A text, or a whole number written as text: numbers of projects and accounts come in both forms. */
export function idText(value: unknown, ...path: string[]): string | null {
  const found = walk(value, path);
  return typeof found === 'number' && Number.isSafeInteger(found) ? String(found) : text(found);
}

/** A finite number at the path; numeric text (`"10"`, as int64 fields arrive in JSON) counts. */
export function number(value: unknown, ...path: string[]): number | null {
  const found = walk(value, path);
  if (typeof found === 'number') return Number.isFinite(found) ? found : null;
  if (typeof found === 'string' && /^-?\d{1,15}(?:\.\d{1,6})?$/.test(found.trim())) return Number(found);
  return null;
}

/** A boolean at the path; null for anything else. */
export function flag(value: unknown, ...path: string[]): boolean | null {
  const found = walk(value, path);
  return typeof found === 'boolean' ? found : null;
}

/** The array at the path, or an empty one. */
export function list(value: unknown, ...path: string[]): unknown[] {
  const found = walk(value, path);
  return Array.isArray(found) ? found : [];
}

/** The non-empty texts of the array at the path. */
export function texts(value: unknown, ...path: string[]): string[] {
  return list(value, ...path).flatMap((item) => text(item) ?? []);
}

/** A typed look at a row: field names are checked against the provider's own SDK type at compile time. */
export function textOf<T>(row: unknown, key: keyof T & string): string | null {
  return text(row, key);
}

/** Like {@link field} for one key, checked against the SDK type `T`. */
export function fieldOf<T>(row: unknown, key: keyof T & string): unknown {
  return field(row, key);
}

/** The entries that say something: attributes without the unknown ones. */
export function known<V extends string | number | boolean>(all: Record<string, V | null>): Record<string, V> {
  const kept: Record<string, V> = {};
  for (const key of Object.keys(all)) {
    const value = all[key];
    if (value !== null && value !== undefined) kept[key] = value;
  }
  return kept;
}

/** A JSON pointer (RFC 6901) one or more steps below `base`. */
export function pointer(base: string, ...parts: (string | number)[]): string {
  let at = base;
  for (const part of parts) at += `/${String(part).replaceAll('~', '~0').replaceAll('/', '~1')}`;
  return at;
}

/** Whether any of the first rows passes; detection never walks a whole file of 10⁵ rows. */
export function someRow(rows: unknown, test: (row: Row) => boolean, look = 50): boolean {
  if (!Array.isArray(rows)) return false;
  const end = Math.min(rows.length, look);
  for (let i = 0; i < end; i += 1) {
    const row: unknown = rows[i];
    if (isRow(row) && test(row)) return true;
  }
  return false;
}

/** Deep equality of JSON values, without recursion: hostile nesting cannot exhaust the stack. */
export function sameJson(left: unknown, right: unknown): boolean {
  const pairs: [unknown, unknown][] = [[left, right]];
  for (let pair = pairs.pop(); pair !== undefined; pair = pairs.pop()) {
    const [a, b] = pair;
    if (Object.is(a, b)) continue;
    if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
    if (Array.isArray(a) !== Array.isArray(b)) return false;
    const keys = Object.keys(a);
    if (keys.length !== Object.keys(b).length) return false;
    for (const key of keys) {
      if (!Object.hasOwn(b, key)) return false;
      pairs.push([(a as Row)[key], (b as Row)[key]]);
    }
  }
  return true;
}
