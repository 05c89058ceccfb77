import type {Csr} from './csr.ts';
import type {Barrier} from './lanes.ts';

/** The admitted inputs of all gates at one level. */
export interface GateInputs {
  /** 1 = the node has a threshold above 1. */
  isGate: Uint8Array;
  threshold: Uint32Array;
  /** Of each gate with an input: tails in ascending order, with all their row entries. */
  of: Map<number, {tail: number; entries: number[]}[]>;
}

/** Inputs of gates over edges of level ≤ `maxLevel` and grade ≤ `maxGrade`; null when no node is a gate. O(edges). */
export function gateInputs(csr: Csr, maxLevel: number, maxGrade: number): GateInputs | null {
  const {threshold} = csr;
  if (threshold === null) return null;
  const isGate = Uint8Array.from(threshold, (least) => (least > 1 ? 1 : 0));
  const of: GateInputs['of'] = new Map();
  for (let u = 0; u < csr.nodes; u++) {
    for (let at = csr.offsets[u]!; at < csr.offsets[u + 1]!; at++) {
      const v = csr.heads[at]!;
      if (isGate[v] === 0 || csr.level[at]! > maxLevel || csr.grade[at]! > maxGrade) continue;
      const inputs = of.get(v) ?? [];
      of.set(v, inputs);
      // Rows come in the order of their tails, so a tail's entries follow each other.
      const last = inputs.at(-1);
      if (last?.tail === u) last.entries.push(at);
      else inputs.push({tail: u, entries: [at]});
    }
  }
  return {isGate, threshold, of};
}

/**
 * Lets into a gate the searches that reach at least `threshold` different tails of it; true when some are new. Counts all
 * searches of a word at once: `least[j]` holds the searches seen at j or more tails, O(inputs × threshold) per word.
 */
export function openLanes(
  {threshold, of}: GateInputs,
  gate: number,
  bits: Uint32Array,
  words: number,
  barrier: Barrier | null,
): boolean {
  const inputs = of.get(gate);
  const needed = threshold[gate]!;
  if (inputs === undefined || inputs.length < needed) return false;
  let grown = false;
  const least = new Uint32Array(needed + 1);
  for (let w = 0; w < words; w++) {
    least.fill(0);
    least[0] = 0xffffffff;
    for (const {tail, entries} of inputs) {
      const here = bits[tail * words + w]!;
      const arriving = barrier === null ? here : here & admitted(barrier, tail, entries, w);
      if (arriving === 0) continue;
      for (let j = needed; j > 0; j--) least[j]! |= least[j - 1]! & arriving;
    }
    const fresh = least[needed]! & ~bits[gate * words + w]!;
    if (fresh === 0) continue;
    bits[gate * words + w]! |= fresh;
    grown = true;
  }
  return grown;
}

/** Searches that may take at least one of a tail's entries. */
function admitted(barrier: Barrier, tail: number, entries: number[], word: number): number {
  let open = 0;
  for (const entry of entries) {
    const barred = barrier.marked[entry] === 1 ? barrier.lanes(entry, tail) : null;
    if (barred === null) return -1;
    open |= ~barred[word]!;
  }
  return open;
}
