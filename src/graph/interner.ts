/** A `Map` holds at most 2^24 entries; beyond this many ids a further map is opened. */
const SHARD = 16_000_000;

/** Strings to dense numbers 0…size−1 in order of first sight. Everything after interning is typed arrays. */
export interface Interner {
  /** Number of a string, given on first sight. */
  intern(id: string): number;
  /** Number of a string, or −1 when never interned. */
  find(id: string): number;
  /** String of a number. */
  name(index: number): string;
  readonly size: number;
}

/** Creates an empty interner. `shard` (entries per map) is a parameter only to be testable. */
export function createInterner(shard: number = SHARD): Interner {
  const maps: Map<string, number>[] = [new Map()];
  const names: string[] = [];
  const find = (id: string): number => {
    for (const map of maps) {
      const found = map.get(id);
      if (found !== undefined) return found;
    }
    return -1;
  };
  return {
    find,
    intern(id) {
      const known = find(id);
      if (known >= 0) return known;
      let last = maps.at(-1)!;
      if (last.size >= shard) maps.push((last = new Map()));
      last.set(id, names.length);
      return names.push(id) - 1;
    },
    name: (index) => names[index]!,
    get size() {
      return names.length;
    },
  };
}
