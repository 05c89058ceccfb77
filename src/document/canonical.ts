/**
 * JSON text with object keys in one order at every depth, so that equal values give equal bytes however they were
 * built. Members JSON cannot hold are treated as JSON.stringify treats them.
 */
export function canonicalJson(value: unknown): string {
  return JSON.stringify(inKeyOrder(value)) ?? 'null';
}

/** Orders by UTF-16 code units: the same on every machine, unlike a locale's order. */
export function byText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** The value itself where its keys are in order already, else a copy; sorting first lets the engine's own writer do the rest. */
function inKeyOrder(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return mapChanged(value);
  const record = value as Record<string, unknown>;
  const keys = Object.keys(record);
  let changed = false;
  for (let at = 1; at < keys.length && !changed; at++) changed = keys[at - 1]! > keys[at]!;
  if (changed) keys.sort();
  const members = keys.map((key) => inKeyOrder(record[key]));
  changed ||= members.some((member, at) => member !== record[keys[at]!]);
  if (!changed) return value;
  const copy: Record<string, unknown> = {};
  for (let at = 0; at < keys.length; at++) put(copy, keys[at]!, members[at]);
  return copy;
}

function mapChanged(list: unknown[]): unknown[] {
  let copy: unknown[] | null = null;
  for (let at = 0; at < list.length; at++) {
    const member = inKeyOrder(list[at]);
    if (member === list[at]) continue;
    copy ??= list.slice();
    copy[at] = member;
  }
  return copy ?? list;
}

/** Assigning `__proto__` would set the prototype instead of a member. */
function put(target: Record<string, unknown>, key: string, value: unknown): void {
  if (key === '__proto__') {
    Object.defineProperty(target, key, {value, enumerable: true, configurable: true, writable: true});
  } else target[key] = value;
}
