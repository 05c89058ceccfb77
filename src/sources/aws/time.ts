/**
 * A time as answers carry it: ISO 8601 with or without zone (the CLI's default), or seconds since 1970 (raw API answers).
 * Null for anything else. Always in UTC, to the second: two answers about one key must agree.
 */
export function timeOf(value: unknown): string | null {
  if (typeof value === 'number') return inSeconds(value * 1000);
  if (typeof value !== 'string' || !/^\d{4}-\d\d-\d\d/.test(value.trim())) return null;
  const text = value.trim();
  const zoned = /(?:Z|[+-]\d\d:?\d\d)$/i.test(text.slice(10)) || text.length === 10;
  return inSeconds(Date.parse(zoned ? text : `${text}Z`));
}

function inSeconds(milliseconds: number): string | null {
  if (!Number.isFinite(milliseconds) || Math.abs(milliseconds) > 8.64e15) return null;
  return `${new Date(milliseconds).toISOString().slice(0, -5)}Z`;
}
