import {UNREACHED} from './bottleneck.ts';
import type {Csr} from './csr.ts';
import {type GateInputs, gateInputs, openLanes} from './gate-lanes.ts';

/** δ of many starts to many targets: `delta[s * targets.length + t]`, 255 = not reached. */
export type DeltaMatrix = Uint8Array;

const WORD = 32;

/** Searches that must not take some row entries. */
export interface Barrier {
  /** 1 = some search must not take this row entry. */
  marked: Uint8Array;
  /** Lanes (as bits) that must not take a marked entry, in words; null = none. */
  lanes: (entry: number, tail: number) => Uint32Array | null;
}

/** The searches after each level that some edge has: bit `s & 31` of `bits[node * words + (s >>> 5)]` = search s is there. */
export interface Lanes {
  bits: Uint32Array;
  words: number;
  level: 0 | 1 | 2 | 3;
}

/** Where many searches begin. Search s has bit `s & 31` of word `s >>> 5` at each of its start nodes. */
export interface Starts {
  count: number;
  words: number;
  /** Taken over and grown by the search. */
  bits: Uint32Array;
}

/** One start node per search. */
export function startLanes(nodes: number, starts: ArrayLike<number>): Starts {
  const words = Math.ceil(starts.length / WORD);
  const bits = new Uint32Array(nodes * words);
  for (let s = 0; s < starts.length; s++) bits[starts[s]! * words + (s >>> 5)]! |= 1 << (s & 31);
  return {count: starts.length, words, bits};
}

/**
 * Bottleneck distances from each of `starts` to each of `targets`, all starts at once: one bit per start,
 * 32 to a word, spread level by level with a first-in-first-out work list until nothing changes (the bit-parallel
 * search of M. Then et al., "The more the merrier: efficient multi-source graph traversal", PVLDB 8(4), 2014).
 * Exact, also over gates; never more relaxations than one search per start, usually a small constant number per edge.
 * Memory: nodes × starts / 8 bytes + the matrix.
 */
export function bottleneckMatrix(
  csr: Csr,
  starts: ArrayLike<number>,
  targets: ArrayLike<number>,
  maxGrade: number,
): DeltaMatrix {
  return lanesMatrix(csr, startLanes(csr.nodes, starts), targets, maxGrade, null);
}

/** As {@link bottleneckMatrix} for searches with any number of starts each, some of them barred from some entries. */
export function lanesMatrix(
  csr: Csr,
  starts: Starts,
  targets: ArrayLike<number>,
  maxGrade: number,
  barrier: Barrier | null,
): DeltaMatrix {
  const matrix = new Uint8Array(starts.count * targets.length).fill(UNREACHED);
  for (const {bits, words, level} of spreadByLevel(csr, starts, maxGrade, barrier)) {
    settle(bits, words, starts.count, targets, level, matrix);
  }
  return matrix;
}

/** The searches after each level that some edge has; `bits` is one array that grows from step to step. */
export function* spreadByLevel(
  csr: Csr,
  {words, bits}: Starts,
  maxGrade: number,
  barrier: Barrier | null,
): Generator<Lanes, void> {
  if (words === 0) return;
  const present = levelsPresent(csr, maxGrade);
  for (const level of [0, 1, 2, 3] as const) {
    if (level > 0 && !present[level]) continue;
    spread(csr, bits, words, level, maxGrade, barrier, gateInputs(csr, level, maxGrade));
    yield {bits, words, level};
  }
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
  barrier: Barrier | null,
  gates: GateInputs | null,
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
      let grown = 0;
      if (gates !== null && gates.isGate[v] === 1) {
        grown = openLanes(gates, v, bits, words, barrier) ? 1 : 0;
      } else {
        const barred = barrier !== null && barrier.marked[at] === 1 ? barrier.lanes(at, u) : null;
        for (let w = 0; w < words; w++) {
          let fresh = bits[from + w]! & ~bits[to + w]!;
          if (barred !== null) fresh &= ~barred[w]!;
          if (fresh === 0) continue;
          bits[to + w]! |= fresh;
          grown = 1;
        }
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
