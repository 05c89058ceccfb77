import {globMatches} from './glob.ts';

/** A function or method expressions may call. Everything else of the engine is closed. */
export interface FunctionInfo {
  signature: string;
  description: string;
}

/** Shipped with the engine. `has`, `exists`, `all`, `exists_one`, `filter` and `map` are macros. */
export const BUILT_IN: Readonly<Record<string, FunctionInfo>> = {
  has: {signature: 'has(field): bool', description: 'The field has a value'},
  size: {signature: 'size(string | list | map): int', description: 'Number of characters or items'},
  exists: {signature: 'list.exists(x, condition): bool', description: 'Some item satisfies the condition'},
  all: {signature: 'list.all(x, condition): bool', description: 'Every item satisfies the condition'},
  exists_one: {signature: 'list.exists_one(x, condition): bool', description: 'Exactly one item does'},
  filter: {signature: 'list.filter(x, condition): list', description: 'The items that satisfy the condition'},
  map: {signature: 'list.map(x, value): list', description: 'A value per item'},
  join: {signature: 'list<string>.join(string): string', description: 'Joins strings'},
  startsWith: {signature: 'string.startsWith(string): bool', description: 'Prefix test'},
  endsWith: {signature: 'string.endsWith(string): bool', description: 'Suffix test'},
  contains: {signature: 'string.contains(string): bool', description: 'Substring test'},
  lowerAscii: {signature: 'string.lowerAscii(): string', description: 'Lower case'},
  upperAscii: {signature: 'string.upperAscii(): string', description: 'Upper case'},
  trim: {signature: 'string.trim(): string', description: 'Without surrounding white space'},
  double: {signature: 'double(int | string): double', description: 'Conversion'},
  int: {signature: 'int(double | string): int', description: 'Conversion, truncates'},
  string: {signature: 'string(any scalar): string', description: 'Conversion'},
  timestamp: {signature: 'timestamp(string): timestamp', description: 'RFC 3339 time'},
  duration: {signature: 'duration(string): duration', description: 'Such as "720h"'},
};

/** Ours, registered with the engine by their signatures. */
export const CUSTOM: readonly (FunctionInfo & {name: string; handler: (...args: never[]) => unknown})[] = [
  {
    name: 'glob',
    signature: 'glob(string, string): bool',
    description: 'Pattern with * (any text) and ? (one character), the whole text must match',
    handler: (text: string, pattern: string) => globMatches(pattern, text),
  },
  {
    name: 'min',
    signature: 'min(double, double): double',
    description: 'The smaller number',
    handler: (a: number, b: number) => Math.min(a, b),
  },
  {
    name: 'max',
    signature: 'max(double, double): double',
    description: 'The larger number',
    handler: (a: number, b: number) => Math.max(a, b),
  },
  {
    name: 'levelName',
    signature: 'levelName(int): string',
    description: 'none, normal, high or very high',
    handler: (level: bigint) => ['none', 'normal', 'high', 'very high'][Number(level)] ?? `level ${level}`,
  },
];

/** Names of everything callable, for checks and "did you mean". */
export const CALLABLE: ReadonlySet<string> = new Set([
  ...Object.keys(BUILT_IN),
  ...CUSTOM.map((entry) => entry.name),
  're2',
]);

/** Macros that bind their first argument over the items of a list. */
export const COMPREHENSIONS: ReadonlySet<string> = new Set(['exists', 'all', 'exists_one', 'filter', 'map']);
