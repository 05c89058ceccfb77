import type {Csr} from './csr.ts';
import {spreadByLevel, startLanes} from './lanes.ts';

/** Pairs listed at a time: 160 MB. */
const LISTED = 1 << 25;

/**
 * Which of many starts reach which of many targets, and at what level, without a matrix of all pairs: where most starts
 * reach little, only what is reached takes time.
 */
export interface ReachPairs {
  /** Targets each start reaches. */
  counts: Uint32Array;
  /** Every pair once; in no order. */
  each(visit: (start: number, target: number, level: number) => void): void;
  /** What the starts reach, start by start in this order; those that reach nothing are left out. */
  lists(order: readonly number[]): Generator<ReachList, void>;
}

/** Targets of one start and the level of each. Views that hold until the next list is asked for. */
export interface ReachList {
  start: number;
  targets: Uint32Array;
  levels: Uint8Array;
}

/** Searches from all starts at once. `listed` (pairs listed at a time) is a parameter only to be testable. */
export function reachPairs(
  csr: Csr,
  starts: ArrayLike<number>,
  targets: ArrayLike<number>,
  maxGrade: number,
  listed: number = LISTED,
): ReachPairs {
  const {words, planes, touched} = levelPlanes(csr, starts, targets, maxGrade);

  const within = (mask: Uint32Array, visit: (start: number, target: number, level: number) => void): void => {
    for (const {level, fresh} of planes) {
      for (const t of touched) {
        for (let w = 0; w < words; w++) {
          for (let left = fresh[t * words + w]! & mask[w]!; left !== 0; left &= left - 1) {
            visit(w * 32 + 31 - Math.clz32(left & -left), t, level);
          }
        }
      }
    }
  };
  const each: ReachPairs['each'] = (visit) => within(new Uint32Array(words).fill(0xffffffff), visit);
  const counts = new Uint32Array(starts.length);
  each((start) => void counts[start]!++);

  return {
    counts,
    each,
    *lists(order) {
      const some = order.filter((start) => counts[start]! > 0);
      for (let begin = 0; begin < some.length;) {
        const next = new Uint32Array(starts.length);
        const mask = new Uint32Array(words);
        let total = 0;
        let end = begin;
        for (; end < some.length && (end === begin || total + counts[some[end]!]! <= listed); end++) {
          const start = some[end]!;
          next[start] = total;
          total += counts[start]!;
          mask[start >>> 5]! |= 1 << (start & 31);
        }
        const reached = new Uint32Array(total);
        const levels = new Uint8Array(total);
        within(mask, (start, target, level) => {
          const at = next[start]!;
          next[start] = at + 1;
          reached[at] = target;
          levels[at] = level;
        });
        for (; begin < end; begin++) {
          const start = some[begin]!;
          const [from, to] = [next[start]! - counts[start]!, next[start]!];
          yield {start, targets: reached.subarray(from, to), levels: levels.subarray(from, to)};
        }
      }
    },
  };
}

/** Per level the bits that are new at each target, and the targets that have any. */
function levelPlanes(
  csr: Csr,
  starts: ArrayLike<number>,
  targets: ArrayLike<number>,
  maxGrade: number,
): {words: number; planes: {level: number; fresh: Uint32Array}[]; touched: Uint32Array} {
  const lanes = startLanes(csr.nodes, starts);
  const {words} = lanes;
  const seen = new Uint32Array(targets.length * words);
  const planes: {level: number; fresh: Uint32Array}[] = [];
  for (const {bits, level} of spreadByLevel(csr, lanes, maxGrade, null)) {
    const fresh = new Uint32Array(seen.length);
    for (let t = 0, cell = 0; t < targets.length; t++) {
      const from = targets[t]! * words;
      for (let w = 0; w < words; w++, cell++) {
        const now = bits[from + w]!;
        if (now === seen[cell]) continue;
        fresh[cell] = now & ~seen[cell]!;
        seen[cell] = now;
      }
    }
    planes.push({level, fresh});
  }
  const any = (t: number): boolean => {
    for (let cell = t * words; cell < (t + 1) * words; cell++) if (seen[cell] !== 0) return true;
    return false;
  };
  const touched: number[] = [];
  for (let t = 0; t < targets.length; t++) if (any(t)) touched.push(t);
  return {words, planes, touched: Uint32Array.from(touched)};
}
