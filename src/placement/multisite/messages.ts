import type {Arranged} from './arrange.ts';
import {passOn} from './pair-table.ts';

/**
 * Sequential tree-reweighted message passing (Kolmogorov, "Convergent Tree-Reweighted Message Passing for Energy
 * Minimization", PAMI 28, 2006). One message per edge and site; between passes each points at the earlier unit. The
 * bound never falls from one round to the next.
 */
export class Messages {
  /** `values[e * sites + s]`: what edge `e` adds to its earlier unit at site `s`, after a full round. */
  readonly values: Float64Array;
  readonly #arranged: Arranged;
  readonly #skipped: Uint8Array;
  readonly #share: Float64Array;
  readonly #sums: Float64Array;
  readonly #scratch: Float64Array;
  readonly #passed: Float64Array;

  /** @param skipped 1 = the unit belongs to a component that is solved already; its messages are left alone */
  constructor(arranged: Arranged, skipped: Uint8Array) {
    const {units, sites, first, backFirst, tail} = arranged;
    this.#arranged = arranged;
    this.#skipped = skipped;
    this.values = new Float64Array(tail.length * sites);
    this.#share = Float64Array.from({length: units}, (_, u) => {
      const most = Math.max(first[u + 1]! - first[u]!, backFirst[u + 1]! - backFirst[u]!);
      return 1 / Math.max(1, most);
    });
    this.#sums = new Float64Array(sites);
    this.#scratch = new Float64Array(sites);
    this.#passed = new Float64Array(sites);
  }

  /** One round forth and back over all edges. Returns the bound on the components that are not skipped, not rounded. */
  round(): number {
    const {units, first, back, backFirst} = this.#arranged;
    for (let u = 0; u < units; u++) {
      if (this.#skipped[u] === 1 || first[u] === first[u + 1]) continue;
      this.#gather(u);
      for (let e = first[u]!; e < first[u + 1]!; e++) this.#send(u, e, 0);
    }
    let bound = 0;
    for (let u = units - 1; u >= 0; u--) {
      if (this.#skipped[u] === 1) continue;
      bound += this.#gather(u);
      for (let k = backFirst[u]!; k < backFirst[u + 1]!; k++) bound += this.#send(u, back[k]!, 1);
    }
    return bound;
  }

  /** Sites chosen one unit after the other, each with the messages of the later and the choices of the earlier ones. */
  decode(chosen: Uint16Array): void {
    const {units, sites, unary, first, back, backFirst, tail, weight, table, tables} = this.#arranged;
    const sums = this.#sums;
    for (let u = 0; u < units; u++) {
      if (this.#skipped[u] === 1) continue;
      for (let s = 0; s < sites; s++) sums[s] = unary[u * sites + s]!;
      for (let k = backFirst[u]!; k < backFirst[u + 1]!; k++) {
        const e = back[k]!;
        const {costs} = tables[table[e]!]!;
        const row = chosen[tail[e]!]! * sites;
        for (let s = 0; s < sites; s++) sums[s]! += weight[e]! * costs[row + s]!;
      }
      for (let e = first[u]!; e < first[u + 1]!; e++)
        for (let s = 0; s < sites; s++) sums[s]! += this.values[e * sites + s]!;
      let best = 0;
      for (let s = 1; s < sites; s++) if (sums[s]! < sums[best]!) best = s;
      chosen[u] = best;
    }
  }

  /** What a unit pays at each site by its messages, less the least of it, which is returned. */
  #gather(u: number): number {
    const {sites, unary, first, back, backFirst} = this.#arranged;
    const sums = this.#sums;
    const {values} = this;
    for (let s = 0; s < sites; s++) sums[s] = unary[u * sites + s]!;
    for (let at = first[u]! * sites; at < first[u + 1]! * sites; at += sites)
      for (let s = 0; s < sites; s++) sums[s]! += values[at + s]!;
    for (let k = backFirst[u]!; k < backFirst[u + 1]!; k++) {
      const at = back[k]! * sites;
      for (let s = 0; s < sites; s++) sums[s]! += values[at + s]!;
    }
    let least = Infinity;
    for (let s = 0; s < sites; s++) if (sums[s]! < least) least = sums[s]!;
    for (let s = 0; s < sites; s++) sums[s]! -= least;
    return least;
  }

  /** Turns the message of an edge around: from `u` to its other end. Returns what was taken off to keep numbers small. */
  #send(u: number, e: number, turn: 0 | 1): number {
    const {sites, unary, tail, head, weight, table, tables} = this.#arranged;
    const share = this.#share[u]!;
    const at = e * sites;
    const from = this.#scratch;
    const into = this.#passed;
    for (let s = 0; s < sites; s++) from[s] = share * this.#sums[s]! - this.values[at + s]!;
    passOn(tables[table[e]! ^ turn]!, weight[e]!, from, into);
    const other = (turn === 0 ? head[e]! : tail[e]!) * sites;
    let least = Infinity;
    for (let s = 0; s < sites; s++) if (unary[other + s] !== Infinity && into[s]! < least) least = into[s]!;
    for (let s = 0; s < sites; s++)
      this.values[at + s] = unary[other + s] === Infinity ? 0 : into[s]! - least;
    return least;
  }
}
