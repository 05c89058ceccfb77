import {UNREACHED} from './bottleneck.ts';
import type {Csr} from './csr.ts';
import {spreadByLevel, startLanes} from './lanes.ts';

/** δ of many starts to many targets, where targets that the same starts reach at the same levels share one row. */
export interface ReachSets {
  /** Row of each target. */
  setOf: Uint32Array;
  /** δ of each start, 255 = not reached. */
  rows: Uint8Array[];
}

/**
 * Like the matrix of all bottleneck distances, but each distinct column is kept once: of a hundred thousand targets only
 * some thousand differ. Targets are told apart level by level, by their set at the level before and the starts that
 * reach them now.
 */
export function reachSets(
  csr: Csr,
  starts: ArrayLike<number>,
  targets: ArrayLike<number>,
  maxGrade: number,
): ReachSets {
  let setOf: Uint32Array = new Uint32Array(targets.length);
  let rows: Uint8Array[] = [new Uint8Array(starts.length).fill(UNREACHED)];
  for (const {bits, words, level} of spreadByLevel(csr, startLanes(csr.nodes, starts), maxGrade, null)) {
    const {next, first} = refine(bits, words, targets, setOf);
    rows = first.map((target) => {
      const row = rows[setOf[target]!]!.slice();
      const from = targets[target]! * words;
      for (let s = 0; s < row.length; s++) {
        const reached = (bits[from + (s >>> 5)]! >>> (s & 31)) & 1;
        if (reached === 1 && row[s] === UNREACHED) row[s] = level;
      }
      return row;
    });
    setOf = next;
  }
  return {setOf, rows};
}

/** Splits sets of targets by their bits. `first` = one target of each new set, in order of appearance. */
function refine(
  bits: Uint32Array,
  words: number,
  targets: ArrayLike<number>,
  setOf: Uint32Array,
): {next: Uint32Array; first: number[]} {
  const next = new Uint32Array(targets.length);
  const first: number[] = [];
  const places = 1 << Math.ceil(Math.log2(2 * targets.length + 2));
  /** Open addressing: set + 1, 0 = free. */
  const table = new Uint32Array(places);
  for (let t = 0; t < targets.length; t++) {
    const from = targets[t]! * words;
    let hash = Math.imul(setOf[t]! + 1, 0x9e3779b1);
    for (let w = 0; w < words; w++) {
      hash = Math.imul(hash ^ bits[from + w]!, 0x85ebca6b);
      hash ^= hash >>> 13;
    }
    let at = (hash >>> 0) & (places - 1);
    for (;;) {
      const known = table[at]!;
      if (known === 0) {
        first.push(t);
        table[at] = first.length;
        next[t] = first.length - 1;
        break;
      }
      if (same(first[known - 1]!)) {
        next[t] = known - 1;
        break;
      }
      at = (at + 1) & (places - 1);
    }

    function same(other: number): boolean {
      if (setOf[other] !== setOf[t]) return false;
      const base = targets[other]! * words;
      for (let w = 0; w < words; w++) if (bits[base + w] !== bits[from + w]) return false;
      return true;
    }
  }
  return {next, first};
}
