import {byText, canonicalJson} from '../document/canonical.ts';

/** Records of one id; the common case of a single record costs no array. */
type Group<T> = T | [T, T, ...T[]];

/**
 * One record per id, sorted by id. Ids stated once pass through untouched; of several statements the richest leads
 * and `merge` folds the others into it, in an order that does not depend on the order of input.
 */
export function mergeById<T extends {id: string}>(
  records: Iterable<T>[],
  richness: (record: T) => number,
  merge: (lead: T, other: T) => T,
): T[] {
  const groups = new Map<string, Group<T>>();
  for (const list of records) for (const record of list) add(groups, record);
  const merged: T[] = [];
  for (const group of groups.values()) {
    if (!Array.isArray(group)) merged.push(group);
    else merged.push(ranked(group, richness).reduce((lead, other) => merge(lead, other)));
  }
  return merged.sort((a, b) => byText(a.id, b.id));
}

/** Richest first; ties by content, which is only written out when there is a tie. */
export function ranked<T>(group: T[], richness: (record: T) => number): T[] {
  const keyed = group.map((record) => ({record, rich: richness(record), text: ''}));
  const text = (entry: {record: T; text: string}) => (entry.text ||= canonicalJson(entry.record));
  keyed.sort((a, b) => b.rich - a.rich || byText(text(a), text(b)));
  return keyed.map((entry) => entry.record);
}

/** The records without exact repetitions, sorted by their content. For records whose id alone does not identify them. */
export function distinct<T>(records: Iterable<T>[]): T[] {
  const byContent = new Map<string, T>();
  for (const list of records) {
    for (const record of list) {
      const text = canonicalJson(record);
      if (!byContent.has(text)) byContent.set(text, record);
    }
  }
  return [...byContent].sort(([a], [b]) => byText(a, b)).map(([, record]) => record);
}

export function sortedUnion(a: readonly string[], b: readonly string[]): string[] {
  return [...new Set([...a, ...b])].sort(byText);
}

function add<T extends {id: string}>(groups: Map<string, Group<T>>, record: T): void {
  const group = groups.get(record.id);
  if (group === undefined) groups.set(record.id, record);
  else if (Array.isArray(group)) group.push(record);
  else groups.set(record.id, [group, record]);
}
