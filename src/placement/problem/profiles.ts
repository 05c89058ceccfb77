import type {RootSets} from '../../exposure/site-roots.ts';
import {UNREACHED} from '../../graph/bottleneck.ts';

/** A root that reaches something, over a path of this level. `root` is a position in the list of roots. */
export interface Reach {
  root: number;
  delta: 0 | 1 | 2 | 3;
}

/** Number of the profile that no root reaches. */
export const NO_ROOT = 0;

/** Keys of pairs stay exact integers up to this many profiles. */
const MOST_PROFILES = 2 ** 25;

/**
 * Sets of (root, level), each kept once and known by a number: in an estate of a million workloads only some
 * thousand different ones occur, so everything that depends on "who reaches it" is computed per profile.
 */
export interface ProfileTable {
  /** Roots by ascending number. */
  reaches(profile: number): readonly Reach[];
  /** The profile with one more root; `root` must be larger than all roots in it. */
  extend(profile: number, root: number, delta: number): number;
  /** Who reaches a thing that can be entered both ways; `level` is that of the last step of `b`. */
  merge(a: number, b: number, level: number): number;
}

export function createProfileTable(roots: number): ProfileTable {
  const lists: Reach[][] = [[]];
  const children = new Map<number, number>();
  const merged = new Map<number, number>();
  const extend = (profile: number, root: number, delta: number): number => {
    const key = (profile * roots + root) * 4 + delta;
    const known = children.get(key);
    if (known !== undefined) return known;
    lists.push([...lists[profile]!, {root, delta: delta as Reach['delta']}]);
    children.set(key, lists.length - 1);
    return lists.length - 1;
  };
  const build = (a: number, b: number, level: number): number => {
    const left = lists[a]!;
    const right = lists[b]!;
    let profile = NO_ROOT;
    for (let i = 0, j = 0; i < left.length || j < right.length;) {
      const first = Math.min(left[i]?.root ?? Infinity, right[j]?.root ?? Infinity);
      let delta = UNREACHED;
      if (left[i]?.root === first) delta = left[i++]!.delta;
      if (right[j]?.root === first) delta = Math.min(delta, Math.max(level, right[j++]!.delta));
      profile = extend(profile, first, delta);
    }
    return profile;
  };
  return {
    reaches: (profile) => lists[profile]!,
    extend,
    merge(a, b, level) {
      if (b === NO_ROOT) return a;
      const key = (a * MOST_PROFILES + b) * 4 + level;
      const known = merged.get(key);
      if (known !== undefined) return known;
      const profile = build(a, b, level);
      merged.set(key, profile);
      return profile;
    },
  };
}

/** Profiles of the nodes of root sets. */
export function profilesOf({setOf, sets}: RootSets, table: ProfileTable): Uint32Array {
  const profiles = sets.map((row) => {
    let profile = NO_ROOT;
    for (let root = 0; root < row.length; root++) {
      if (row[root] !== UNREACHED) profile = table.extend(profile, root, row[root]!);
    }
    return profile;
  });
  return setOf.map((set) => profiles[set]!);
}
