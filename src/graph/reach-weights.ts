import type {Dag} from './condense.ts';

/** Searches at a time: 16 words, so that the bits of a node are one cache line. */
const LANES = 512;
const WORD = 32;

/**
 * Weight of everything each start reaches in an acyclic graph, the start itself included. Weights are non-negative
 * integers, so that sums are exact.
 *
 * Bit-parallel over blocks of {@link LANES} starts: one pass from the sources down hands every node's bits on to its
 * successors. Weights are not added bit by bit but to counters of the 256 values of each byte; a start's sum is that of the
 * counters that have its bit. O(nodes + edges) word operations per block. `dag` must have every edge go to a smaller
 * number (see `condense`).
 * @returns by position in `starts`
 */
export function reachWeights(dag: Dag, weight: Float64Array, starts: ArrayLike<number>): Float64Array {
  const sums = new Float64Array(starts.length);
  const words = Math.min(LANES, Math.ceil(starts.length / WORD) * WORD) / WORD;
  const bits = new Uint32Array(dag.nodes * words);
  const counters = new Float64Array(words * 4 * 256);
  for (let begin = 0; begin < starts.length; begin += LANES) {
    const count = Math.min(LANES, starts.length - begin);
    bits.fill(0);
    counters.fill(0);
    for (let s = 0; s < count; s++) bits[starts[begin + s]! * words + (s >>> 5)]! |= 1 << (s & 31);
    spread(dag, bits, words, weight, counters);
    for (let s = 0; s < count; s++) sums[begin + s] = sumOf(counters, s);
  }
  return sums;
}

function spread(
  {nodes, offsets, heads}: Dag,
  bits: Uint32Array,
  words: number,
  weight: Float64Array,
  counters: Float64Array,
): void {
  for (let c = nodes - 1; c >= 0; c--) {
    const from = c * words;
    let any = 0;
    for (let w = 0; w < words; w++) any |= bits[from + w]!;
    if (any === 0) continue;
    const own = weight[c]!;
    if (own > 0) {
      for (let w = 0; w < words; w++) {
        const word = bits[from + w]!;
        if (word === 0) continue;
        const at = w << 10;
        counters[at + (word & 255)]! += own;
        counters[at + 256 + ((word >>> 8) & 255)]! += own;
        counters[at + 512 + ((word >>> 16) & 255)]! += own;
        counters[at + 768 + (word >>> 24)]! += own;
      }
    }
    for (let at = offsets[c]!; at < offsets[c + 1]!; at++) {
      const to = heads[at]! * words;
      for (let w = 0; w < words; w++) bits[to + w]! |= bits[from + w]!;
    }
  }
}

/** Sum of the counters of all byte values that have the bit of this search. */
function sumOf(counters: Float64Array, lane: number): number {
  const at = (lane >>> 3) * 256;
  const bit = 1 << (lane & 7);
  let sum = 0;
  for (let value = bit; value < 256; value++) if ((value & bit) !== 0) sum += counters[at + value]!;
  return sum;
}
