import type {FieldRead} from './analyse.ts';
import type {PolicyContext} from './context.ts';
import {NEED_AXES, WORKLOAD_READERS, isStated, needOf, readWorkload} from './workload-values.ts';

/** Equal ids = equal values, in the order of `estate.workloads`. */
export interface Column {
  ids: Uint32Array;
  count: number;
}

/** Workloads grouped by the values of some fields; one evaluation per tuple serves the whole group. */
export interface Tuples {
  tupleOf: Uint32Array;
  /** First workload of each tuple. */
  representatives: Uint32Array;
}

/** Pairs up to this many are counted in a table, more in a hash map. */
const TABLE_LIMIT = 1 << 22;

/** Names the column of a field read: `workload.tags` with a literal key is a column of its own. */
export function columnKeys(reads: readonly FieldRead[]): string[] {
  const keys = reads.flatMap(({path, key}) => {
    if (path === 'current' || path.startsWith('current.')) return ['current'];
    if (path === 'workload.tags' && key !== null) return [`tags\u0000${key}`];
    return leaves(path);
  });
  return [...new Set(keys)].toSorted();
}

/** Leaf fields below `workload` a read covers; empty for reads of anything else. */
export function leaves(path: string): string[] {
  if (path !== 'workload' && !path.startsWith('workload.')) return [];
  const below = path.slice('workload.'.length);
  const known = [...Object.keys(WORKLOAD_READERS), ...Object.keys(NEED_AXES)];
  return known.filter((leaf) => below === '' || leaf === below || leaf.startsWith(`${below}.`));
}

/** Columns and tuples of one estate, each computed once and only when a rule asks. */
export class ColumnStore {
  readonly context: PolicyContext;
  private readonly columns = new Map<string, Column>();
  private readonly folded = new Map<string, Column>();
  private readonly grouped = new Map<string, Tuples>();

  constructor(context: PolicyContext) {
    this.context = context;
  }

  /** Groups the workloads by the given columns (see {@link columnKeys}). */
  tuples(keys: readonly string[]): Tuples {
    const name = keys.join('\u0001');
    const known = this.grouped.get(name);
    if (known) return known;
    const column = this.fold(keys);
    const representatives = new Uint32Array(column.count);
    for (let w = column.ids.length - 1; w >= 0; w--) representatives[column.ids[w]!] = w;
    const tuples = {tupleOf: column.ids, representatives};
    this.grouped.set(name, tuples);
    return tuples;
  }

  private fold(keys: readonly string[]): Column {
    if (keys.length === 0) return {ids: new Uint32Array(this.size), count: this.size > 0 ? 1 : 0};
    if (keys.length === 1) return this.column(keys[0]!);
    const name = keys.join('\u0001');
    const known = this.folded.get(name);
    if (known) return known;
    const column = combine(this.fold(keys.slice(0, -1)), this.column(keys.at(-1)!));
    this.folded.set(name, column);
    return column;
  }

  /**
   * Makes a column of results of a function of other columns: called once per group of equal values with the first
   * workload of the group. Its name can then be used as a key of {@link tuples}.
   */
  derive(name: string, keys: readonly string[], value: (workload: number) => unknown): void {
    if (this.columns.has(name)) return;
    const {tupleOf, representatives} = this.tuples(keys);
    const numbers = new Map<unknown, number>();
    const results = Uint32Array.from(representatives, (workload) => number(numbers, value(workload)));
    const ids = new Uint32Array(tupleOf.length);
    for (let w = 0; w < ids.length; w++) ids[w] = results[tupleOf[w]!]!;
    this.columns.set(name, {ids, count: numbers.size});
  }

  private get size(): number {
    return this.context.estate.workloads.length;
  }

  private column(key: string): Column {
    const known = this.columns.get(key);
    if (known) return known;
    const column = this.read(key);
    this.columns.set(key, column);
    return column;
  }

  private read(key: string): Column {
    const {context, size} = this;
    const ids = new Uint32Array(size);
    const numbers = new Map<unknown, number>();
    const value = valueReader(context, key);
    for (let w = 0; w < size; w++) ids[w] = number(numbers, value(w));
    return {ids, count: numbers.size};
  }
}

function number(numbers: Map<unknown, number>, value: unknown): number {
  let id = numbers.get(value);
  if (id === undefined) {
    id = numbers.size;
    numbers.set(value, id);
  }
  return id;
}

function valueReader(context: PolicyContext, key: string): (workload: number) => unknown {
  if (key === 'current') return (w) => context.siteOf[w];
  if (key.startsWith('tags\u0000')) {
    const tag = key.slice('tags\u0000'.length);
    return (w) => {
      const {tags} = context.estate.workloads[w]!;
      return Object.hasOwn(tags, tag) ? tags[tag] : undefined;
    };
  }
  const axis = NEED_AXES[key];
  if (axis) {
    return (w) => {
      const need = needOf(context, w, axis);
      const {level, lo, hi} = need;
      return isStated(need) ? level : 16 * (1 + (level ?? 4)) + lo * 4 + hi;
    };
  }
  return (w) => comparable(readWorkload(context, key, w));
}

/** Lists and tag maps compare by content. */
function comparable(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value ?? undefined;
  if (Array.isArray(value)) return JSON.stringify(value);
  return JSON.stringify(Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1)));
}

/** Ids of the pairs that occur, numbered in order of first occurrence. */
function combine(a: Column, b: Column): Column {
  if (b.count <= 1) return a;
  if (a.count <= 1) return b;
  const ids = new Uint32Array(a.ids.length);
  let count = 0;
  if (a.count * b.count <= TABLE_LIMIT) {
    const table = new Uint32Array(a.count * b.count);
    for (let w = 0; w < ids.length; w++) {
      const pair = a.ids[w]! * b.count + b.ids[w]!;
      let id = table[pair]!;
      if (id === 0) table[pair] = id = ++count;
      ids[w] = id - 1;
    }
    return {ids, count};
  }
  const table = new Map<number, number>();
  for (let w = 0; w < ids.length; w++) {
    const pair = a.ids[w]! * b.count + b.ids[w]!;
    let id = table.get(pair);
    if (id === undefined) {
      id = count++;
      table.set(pair, id);
    }
    ids[w] = id;
  }
  return {ids, count};
}
