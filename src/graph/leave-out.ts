import type {Csr} from './csr.ts';
import {type Barrier, type DeltaMatrix, type Starts, lanesMatrix} from './lanes.ts';

/** What is taken out of the graph: nodes with all their edges, and single row entries. */
export interface Cut {
  nodes?: readonly number[];
  entries?: readonly number[];
}

/**
 * δ of every target from all starts together after each of several cuts: `delta[cut * targets.length + target]`, 255 = not
 * reached any more. A start that is cut is no start. Exact also over gates. All cuts at once, 32 to a word; memory nodes
 * × cuts / 8 bytes + the matrix, so give them in blocks.
 */
export function reachWithout(
  csr: Csr,
  starts: ArrayLike<number>,
  cuts: readonly Cut[],
  targets: ArrayLike<number>,
  maxGrade: number,
): DeltaMatrix {
  const words = Math.ceil(cuts.length / 32);
  const bits = new Uint32Array(csr.nodes * words);
  for (let s = 0; s < starts.length; s++) {
    bits.fill(0xffffffff, starts[s]! * words, (starts[s]! + 1) * words);
  }
  const gone = new Map<number, Uint32Array>();
  const barred = new Map<number, Uint32Array>();
  const note = (map: Map<number, Uint32Array>, key: number, lane: number): void => {
    const lanes = map.get(key) ?? new Uint32Array(words);
    lanes[lane >>> 5]! |= 1 << (lane & 31);
    map.set(key, lanes);
  };
  cuts.forEach(({nodes = [], entries = []}, lane) => {
    for (const node of nodes) note(gone, node, lane);
    for (const entry of entries) note(barred, entry, lane);
  });
  for (const [node, lanes] of gone) lanes.forEach((set, w) => (bits[node * words + w]! &= ~set));
  const begin: Starts = {count: cuts.length, words, bits};
  return lanesMatrix(csr, begin, targets, maxGrade, barrierOf(csr, gone, barred));
}

/** Nothing enters a node that is gone: all edges into it are barred. */
function barrierOf(csr: Csr, gone: Map<number, Uint32Array>, barred: Map<number, Uint32Array>): Barrier {
  const marked = new Uint8Array(csr.heads.length);
  const lanes = new Map(barred);
  for (const entry of barred.keys()) marked[entry] = 1;
  if (gone.size > 0) {
    for (let at = 0; at < marked.length; at++) {
      const entering = gone.get(csr.heads[at]!);
      if (entering === undefined) continue;
      const also = barred.get(at);
      lanes.set(at, also ? entering.map((set, w) => set | also[w]!) : entering);
      marked[at] = 1;
    }
  }
  return {marked, lanes: (entry) => lanes.get(entry) ?? null};
}
