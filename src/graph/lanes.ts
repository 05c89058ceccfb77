import {UNREACHED} from './bottleneck.ts';
import type {Csr} from './csr.ts';

/** δ of many starts to many targets: `delta[s * targets.length + t]`, 255 = not reached. */
export type DeltaMatrix = Uint8Array;

const WORD = 32;

/** Marks row entries that the search which began at their own row's node must not take. */
export type Blocked = Uint8Array;

/**
 * Bottleneck distances from each of `starts` to each of `targets`, all starts at once: one bit per start,
 * 32 to a word, spread level by level with a first-in-first-out work list until nothing changes (the bit-parallel
 * search of M. Then et al., "The more the merrier: efficient multi-source graph traversal", PVLDB 8(4), 2014).
 * Exact; never more relaxations than one search per start, usually a small constant number per edge.
 * Memory: nodes × starts / 8 bytes + the matrix.
 * @param blocked entries (1 = yes) that a search leaving its own start must not take; other searches may
 */
export function bottleneckMatrix(
  csr: Csr,
  starts: ArrayLike<number>,
  targets: ArrayLike<number>,
  maxGrade: number,
  blocked?: Blocked,
): DeltaMatrix {
  const matrix = new Uint8Array(starts.length * targets.length).fill(UNREACHED);
  for (const {bits, words, level} of spreadByLevel(csr, starts, maxGrade, blocked ?? null)) {
    settle(bits, words, starts.length, targets, level, matrix);
  }
  return matrix;
}

/** Which starts reach each node over edges up to `level`: bit `s & 31` of `bits[node * words + (s >>> 5)]`. */
export interface Lanes {
  bits: Uint32Array;
  words: number;
  level: 0 | 1 | 2 | 3;
}

/** The searches after each level that some edge has; `bits` is one array that grows from step to step. */
export function* spreadByLevel(
  csr: Csr,
  starts: ArrayLike<number>,
  maxGrade: number,
  blocked: Blocked | null,
): Generator<Lanes, void> {
  const words = Math.ceil(starts.length / WORD);
  if (words === 0) return;
  const bits = startBits(csr.nodes, starts, words);
  const present = levelsPresent(csr, maxGrade);
  const own = blocked ? startBits(csr.nodes, starts, words) : null;
  for (const level of [0, 1, 2, 3] as const) {
    if (level > 0 && !present[level]) continue;
    spread(csr, bits, words, level, maxGrade, blocked, own);
    yield {bits, words, level};
  }
}

/** Bits of the searches that began at each node. */
function startBits(nodes: number, starts: ArrayLike<number>, words: number): Uint32Array {
  const bits = new Uint32Array(nodes * words);
  for (let s = 0; s < starts.length; s++) bits[starts[s]! * words + (s >>> 5)]! |= 1 << (s & 31);
  return bits;
}

function levelsPresent(csr: Csr, maxGrade: number): boolean[] {
  const present = [false, false, false, false];
  for (let at = 0; at < csr.heads.length; at++) {
    if (csr.grade[at]! <= maxGrade) present[csr.level[at]!] = true;
  }
  return present;
}

/** Propagates all bits over edges of level ≤ now until the fix-point. */
function spread(
  csr: Csr,
  bits: Uint32Array,
  words: number,
  now: number,
  maxGrade: number,
  blocked: Blocked | null,
  own: Uint32Array | null,
): void {
  const {nodes, offsets, heads, level, grade} = csr;
  // A ring of `nodes` places suffices, because a node is never queued twice at a time.
  const ring = new Uint32Array(nodes);
  const queued = new Uint8Array(nodes);
  let read = 0;
  let waiting = 0;
  for (let u = 0; u < nodes; u++) {
    for (let w = 0; w < words; w++) {
      if (bits[u * words + w] === 0) continue;
      ring[waiting++] = u;
      queued[u] = 1;
      break;
    }
  }
  let write = waiting === nodes ? 0 : waiting;
  while (waiting > 0) {
    const u = ring[read]!;
    read = read + 1 === nodes ? 0 : read + 1;
    waiting--;
    queued[u] = 0;
    const from = u * words;
    for (let at = offsets[u]!; at < offsets[u + 1]!; at++) {
      if (level[at]! > now || grade[at]! > maxGrade) continue;
      const v = heads[at]!;
      const to = v * words;
      const barred = own !== null && blocked![at] === 1;
      let grown = 0;
      for (let w = 0; w < words; w++) {
        let fresh = bits[from + w]! & ~bits[to + w]!;
        if (barred) fresh &= ~own[from + w]!;
        if (fresh === 0) continue;
        bits[to + w]! |= fresh;
        grown = 1;
      }
      if (grown === 0 || queued[v] === 1) continue;
      queued[v] = 1;
      ring[write] = v;
      write = write + 1 === nodes ? 0 : write + 1;
      waiting++;
    }
  }
}

/** Writes level `now` where a bit is set and no smaller level was written before. */
function settle(
  bits: Uint32Array,
  words: number,
  starts: number,
  targets: ArrayLike<number>,
  now: number,
  matrix: DeltaMatrix,
): void {
  const count = targets.length;
  for (let w = 0; w < words; w++) {
    const most = w === words - 1 && starts % WORD !== 0 ? (1 << (starts % WORD)) - 1 : -1;
    for (let t = 0; t < count; t++) {
      // One step per bit that is set, lowest first.
      for (let left = bits[targets[t]! * words + w]! & most; left !== 0; left &= left - 1) {
        const at = (w * WORD + 31 - Math.clz32(left & -left)) * count + t;
        if (matrix[at] === UNREACHED) matrix[at] = now;
      }
    }
  }
}
