import {byText} from '../document/canonical.ts';
import {nearest} from '../document/nearest.ts';
import type {Application, Workload} from '../model/estate.ts';

/** What a reference written by a person means. Workloads are indexes into the sorted list, ascending. */
export type Resolution =
  | {kind: 'found'; workloads: readonly number[]}
  | {kind: 'unknown'; what: string}
  | {kind: 'ambiguous'; candidates: string[]};

/** Resolves references in constant time after O(n) preparation; each part is built when first needed. */
export interface ReferenceIndex {
  /**
   * Exact id, exact name, unique name in any case, unique id suffix (from a `/` or `:` on), `app:NAME`,
   * `tag:KEY=VALUE`; in this order.
   */
  resolve(text: string): Resolution;
  /** Nearest known name, for "did you mean". */
  suggest(text: string): string | null;
}

const APP = /^app:\s*/i;
const TAG = /^tag:\s*/i;

/** `applications` may be empty while applications are still being found; `app:` references are then unknown. */
export function indexReferences(workloads: Workload[], applications: Application[]): ReferenceIndex {
  const memo = new Map<string, Resolution>();
  const ids = new Map(workloads.map((workload, index) => [workload.id, index]));
  const names = once(() => group(workloads, (workload) => workload.name));
  const foldedNames = once(() => group(workloads, (workload) => workload.name.toLowerCase()));
  const suffixes = once(() => indexSuffixes(workloads));
  const apps = once(() => group(applications, (application) => application.name.toLowerCase()));
  const tags = tagIndex(workloads);

  const found = (indexes: number[]): Resolution => ({kind: 'found', workloads: indexes});
  const one = (indexes: number[]): Resolution =>
    indexes.length === 1
      ? found(indexes)
      : {kind: 'ambiguous', candidates: indexes.map((index) => workloads[index]!.id)};

  const lookUp = (text: string): Resolution => {
    if (APP.test(text)) return application(text.replace(APP, '').trim());
    if (TAG.test(text)) return tagged(text.replace(TAG, ''));
    const id = ids.get(text);
    if (id !== undefined) return found([id]);
    const named =
      names().get(text) ?? foldedNames().get(text.toLowerCase()) ?? suffixes()(text.toLowerCase());
    return named.length > 0 ? one(named) : {kind: 'unknown', what: `workload \`${text}\``};
  };
  const application = (name: string): Resolution => {
    const indexes = apps().get(name.toLowerCase());
    if (!indexes) return {kind: 'unknown', what: `application \`${name}\``};
    const named = indexes.filter((index) => /^(tag:|declared$)/.test(applications[index]!.by));
    const [only, ...others] = named.length > 0 ? named : indexes;
    if (others.length > 0)
      return {kind: 'ambiguous', candidates: indexes.map((index) => applications[index]!.id)};
    return found(applications[only!]!.workloads.map((id) => ids.get(id)!).sort((a, b) => a - b));
  };
  const tagged = (text: string): Resolution => {
    const equals = text.indexOf('=');
    const key = (equals < 0 ? text : text.slice(0, equals)).trim();
    const indexes =
      equals < 0
        ? undefined
        : tags(key)?.get(
            text
              .slice(equals + 1)
              .trim()
              .toLowerCase(),
          );
    return indexes ? found(indexes) : {kind: 'unknown', what: `tag \`${text}\` on any workload`};
  };

  return {
    resolve(text) {
      const trimmed = text.trim();
      let resolution = memo.get(trimmed);
      if (!resolution) memo.set(trimmed, (resolution = lookUp(trimmed)));
      return resolution;
    },
    suggest(text) {
      if (APP.test(text))
        return prefixed(
          'app:',
          nearest(
            text.replace(APP, ''),
            applications.map((app) => app.name),
          ),
        );
      if (TAG.test(text)) return prefixed('tag:', nearestTag(workloads, text.replace(TAG, '')));
      return nearest(text, names().keys());
    },
  };
}

function prefixed(prefix: string, text: string | null): string | null {
  return text === null ? null : prefix + text;
}

function nearestTag(workloads: Workload[], text: string): string | null {
  const pairs = new Set<string>();
  for (const workload of workloads)
    for (const [key, value] of Object.entries(workload.tags)) pairs.add(`${key}=${value}`);
  return nearest(text, pairs);
}

function once<T>(make: () => T): () => T {
  let made: {value: T} | null = null;
  return () => (made ??= {value: make()}).value;
}

function group<T>(items: T[], keyOf: (item: T) => string): Map<string, number[]> {
  const groups = new Map<string, number[]>();
  for (const [index, item] of items.entries()) {
    const key = keyOf(item);
    const known = groups.get(key);
    if (known) known.push(index);
    else groups.set(key, [index]);
  }
  return groups;
}

/** Tag values by key, both in any case; a key is indexed when it is first asked for. */
function tagIndex(workloads: Workload[]): (key: string) => Map<string, number[]> | undefined {
  const byKey = new Map<string, Map<string, number[]>>();
  return (key) => {
    const folded = key.toLowerCase();
    let values = byKey.get(folded);
    if (!values) {
      values = new Map();
      for (const [index, workload] of workloads.entries()) {
        for (const [name, value] of Object.entries(workload.tags)) {
          if (name.toLowerCase() !== folded) continue;
          const known = values.get(value.toLowerCase());
          if (!known) values.set(value.toLowerCase(), [index]);
          else if (known.at(-1) !== index) known.push(index);
        }
      }
      byKey.set(folded, values);
    }
    return values;
  };
}

/** Ids that end in a text: reversed ids sorted, so that a suffix is a range found by binary search. */
function indexSuffixes(workloads: Workload[]): (suffix: string) => number[] {
  const entries = workloads.map((workload, index) => ({index, text: reversed(workload.id.toLowerCase())}));
  entries.sort((a, b) => byText(a.text, b.text));
  return (suffix) => {
    const wanted = reversed(suffix);
    const hits: number[] = [];
    for (let at = lowerBound(entries, wanted); at < entries.length; at++) {
      const {text, index} = entries[at]!;
      if (!text.startsWith(wanted)) break;
      const next = text[wanted.length];
      if (next === undefined || next === '/' || next === ':') hits.push(index);
    }
    return hits.sort((a, b) => a - b);
  };
}

function reversed(text: string): string {
  let result = '';
  for (let index = text.length - 1; index >= 0; index--) result += text[index];
  return result;
}

function lowerBound(entries: {text: string}[], wanted: string): number {
  let low = 0;
  let high = entries.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (entries[middle]!.text < wanted) low = middle + 1;
    else high = middle;
  }
  return low;
}
