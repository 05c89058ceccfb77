/**
 * One objective as the solver holds it: Σ unary + Σ pairwise, non-negative integers whose total stays below 2^52.
 * Class 0 = public, 1 = dedicated.
 */
export interface Level {
  name: string;
  /** `unary[2*u + class]`; `Infinity` = the class is forbidden (first level only). */
  unary: Float64Array;
  tail: Uint32Array;
  head: Uint32Array;
  /** Paid when tail is public and head is dedicated. */
  forward: Float64Array;
  /** Paid when tail is dedicated and head is public. */
  backward: Float64Array;
}

/** Flow of one level that proves its value: see {@link solveLexicographic}. */
export interface LevelFlow {
  flow: number;
  source: Float64Array;
  sink: Float64Array;
  /** Net flow on the level's own edges, within their capacities; negative = head → tail. */
  net: Float64Array;
  /** Flow over arcs that an earlier level made unbreakable. */
  implied: {tail: number[]; head: number[]; flow: number[]};
}

export interface Solution {
  /** Class per unit. */
  labels: Uint8Array;
  /** 1 where both classes are optimal on every level. */
  free: Uint8Array;
  /** 1 where the first level alone leaves only one class. */
  settled: Uint8Array;
  /** Value of each level at `labels`. */
  values: number[];
  flows: LevelFlow[];
}

/** Value of a labelling on one level; `Infinity` when it uses a forbidden class. */
export function energy(level: Level, labels: ArrayLike<number>): number {
  let sum = 0;
  for (let u = 0; u < labels.length; u++) sum += level.unary[2 * u + labels[u]!]!;
  for (let e = 0; e < level.tail.length; e++) {
    const a = labels[level.tail[e]!]!;
    const b = labels[level.head[e]!]!;
    if (a < b) sum += level.forward[e]!;
    else if (b < a) sum += level.backward[e]!;
  }
  return sum;
}

/** One level that pays `weights[k]` times level k. Weights are non-negative integers. */
export function combine(name: string, levels: Level[], weights: number[]): Level {
  const edges = levels.reduce((sum, level) => sum + level.tail.length, 0);
  const combined: Level = {
    name,
    unary: new Float64Array(levels[0]?.unary.length ?? 0),
    tail: new Uint32Array(edges),
    head: new Uint32Array(edges),
    forward: new Float64Array(edges),
    backward: new Float64Array(edges),
  };
  let at = 0;
  levels.forEach((level, k) => {
    const weight = weights[k] ?? 0;
    for (let i = 0; i < level.unary.length; i++) {
      const value = level.unary[i]!;
      combined.unary[i]! += value === Infinity ? Infinity : weight * value;
    }
    combined.tail.set(level.tail, at);
    combined.head.set(level.head, at);
    for (let e = 0; e < level.tail.length; e++) {
      combined.forward[at + e] = weight * level.forward[e]!;
      combined.backward[at + e] = weight * level.backward[e]!;
    }
    at += level.tail.length;
  });
  return combined;
}
