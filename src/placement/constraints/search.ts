import {type Incidence, incidence} from '../incidence.ts';
import {type ChoiceModel, compareValues, usedBy} from './model.ts';
import {createHeap} from './heap.ts';

/** A choice that can be changed unit by unit, with its use of resources. */
export class LocalSearch {
  readonly chosen: Uint32Array;
  readonly used: Float64Array;
  readonly #model: ChoiceModel;
  readonly #incident: Incidence[];
  /** No change on any level. */
  readonly #nothing: readonly number[];

  constructor(model: ChoiceModel, chosen: Uint32Array, incident: Incidence[]) {
    this.#model = model;
    this.#incident = incident;
    this.#nothing = model.levels.map(() => 0);
    this.chosen = chosen.slice();
    this.used = usedBy(model, chosen);
  }

  /** Moves units out of overfull resources, least loss per relief first, until all limits are kept or nothing helps. */
  repair(): boolean {
    const {units} = this.#model;
    const best: (Move | null)[] = Array.from({length: units}, () => null);
    const heap = createHeap((a, b) => compareMoves(best[a]!, best[b]!) || a - b);
    const queued = new Uint8Array(units);
    const offer = (u: number): void => {
      if (queued[u] === 1) return;
      best[u] = this.#relief(u);
      if (!best[u]) return;
      queued[u] = 1;
      heap.push(u);
    };
    if (this.#kept()) return true;
    for (let u = 0; u < units; u++) offer(u);
    for (let u = heap.pop(); u !== undefined; u = heap.pop()) {
      queued[u] = 0;
      const now = this.#relief(u);
      best[u] = now;
      if (!now) continue;
      const next = heap.peek();
      if (next !== undefined && compareMoves(now, best[next]!) > 0) {
        queued[u] = 1;
        heap.push(u);
        continue;
      }
      const turned = this.#model.label[now.option] !== this.#model.label[this.chosen[u]!];
      this.#apply(u, now.option);
      if (this.#kept()) return true;
      offer(u);
      if (turned) for (const rows of this.#incident) for (const v of rows.neighbours(u)) offer(v);
    }
    return false;
  }

  /** Takes every single change, and every exchange within the given work, that is better and keeps all limits. */
  improve(sweeps: number, exchanges: number): void {
    const {units, start} = this.#model;
    for (let sweep = 0; sweep < sweeps; sweep++) {
      let changed = false;
      for (let u = 0; u < units; u++) {
        if (start[u + 1]! - start[u]! < 2) continue;
        const found = this.#better(u);
        if (found < 0) continue;
        this.#apply(u, found);
        changed = true;
      }
      if (!changed) break;
    }
    if (exchanges > 0) this.#exchange(exchanges);
  }

  /** A unit takes the room of others that it would rather have, when all together gain by it. */
  #exchange(work: number): void {
    const {units, start} = this.#model;
    let left = work;
    for (let u = 0; u < units && left > 0; u++) {
      for (let o = start[u]!; o < start[u + 1]! && left > 0; o++) {
        const before = this.chosen[u]!;
        if (o === before || this.#fits(before, o)) continue;
        const gain = this.#change(u, o);
        if (compareValues(gain, this.#nothing) >= 0) continue;
        this.#apply(u, o);
        let partner = -1;
        let into = -1;
        let total = this.#nothing;
        for (let v = 0; v < units && left > 0; v++) {
          if (v === u) continue;
          for (let p = start[v]!; p < start[v + 1]!; p++) {
            if (p === this.chosen[v]) continue;
            left--;
            if (!this.#settles(this.chosen[v]!, p)) continue;
            const sum = this.#change(v, p).map((value, k) => value + gain[k]!);
            if (compareValues(sum, total) >= 0) continue;
            [partner, into, total] = [v, p, sum];
          }
        }
        if (partner < 0) this.#apply(u, before);
        else this.#apply(partner, into);
      }
    }
  }

  #kept(): boolean {
    return this.#model.resources.every(({limit}, r) => this.used[r]! <= limit);
  }

  /** Whether replacing one option by another leaves every resource within its limit. */
  #settles(from: number, to: number): boolean {
    this.#use(from, -1);
    this.#use(to, 1);
    const kept = this.#kept();
    this.#use(to, -1);
    this.#use(from, 1);
    return kept;
  }

  #better(u: number): number {
    const {start} = this.#model;
    let found = -1;
    let least = this.#nothing;
    for (let o = start[u]!; o < start[u + 1]!; o++) {
      if (o === this.chosen[u] || !this.#fits(this.chosen[u]!, o)) continue;
      const change = this.#change(u, o);
      if (compareValues(change, least) >= 0) continue;
      least = change;
      found = o;
    }
    return found;
  }

  /** Whether no resource gets fuller than its limit, or fuller than it is where it is overfull already. */
  #fits(from: number, to: number): boolean {
    const {useStart, useOf, amount, resources} = this.#model;
    for (let k = useStart[to]!; k < useStart[to + 1]!; k++) {
      const r = useOf[k]!;
      const net = amount[k]! - this.#amount(from, r);
      if (net > 0 && this.used[r]! + net > resources[r]!.limit) return false;
    }
    return true;
  }

  #amount(option: number, resource: number): number {
    const {useStart, useOf, amount} = this.#model;
    for (let k = useStart[option]!; k < useStart[option + 1]!; k++)
      if (useOf[k] === resource) return amount[k]!;
    return 0;
  }

  /** The change of this unit that relieves overfull resources at the least loss, or null. */
  #relief(u: number): Move | null {
    const {start, useStart, useOf, amount, resources} = this.#model;
    const from = this.chosen[u]!;
    let burdens = false;
    for (let k = useStart[from]!; k < useStart[from + 1]!; k++) {
      if (this.used[useOf[k]!]! > resources[useOf[k]!]!.limit) burdens = true;
    }
    if (!burdens) return null;
    let best: Move | null = null;
    for (let o = start[u]!; o < start[u + 1]!; o++) {
      if (o === from) continue;
      let relief = 0;
      for (let k = useStart[from]!; k < useStart[from + 1]!; k++) {
        const r = useOf[k]!;
        const {limit} = resources[r]!;
        const net = amount[k]! - this.#amount(o, r);
        if (net > 0) relief += Math.min(net, Math.max(0, this.used[r]! - limit)) / Math.max(1, limit);
      }
      for (let k = useStart[o]!; k < useStart[o + 1]!; k++) {
        const r = useOf[k]!;
        const {limit} = resources[r]!;
        const net = amount[k]! - this.#amount(from, r);
        if (net > 0) relief -= Math.max(0, Math.min(net, this.used[r]! + net - limit)) / Math.max(1, limit);
      }
      if (relief <= 1e-12) continue;
      const move = {option: o, relief, change: this.#change(u, o)};
      if (!best || compareMoves(move, best) < 0) best = move;
    }
    return best;
  }

  /** What every level changes by when the unit takes another option. */
  #change(u: number, option: number): number[] {
    const {values, levels, label} = this.#model;
    const from = this.chosen[u]!;
    const [was, is] = [label[from]!, label[option]!];
    return levels.map((level, k) => {
      let change = values[k]![option]! - values[k]![from]!;
      if (was === is) return change;
      for (const e of this.#incident[k]!.edges(u)) {
        const isTail = level.tail[e] === u;
        const other = label[this.chosen[isTail ? level.head[e]! : level.tail[e]!]!]!;
        const paid = (own: number): number => {
          if (own === other) return 0;
          return (own === 0) === isTail ? level.forward[e]! : level.backward[e]!;
        };
        change += paid(is) - paid(was);
      }
      return change;
    });
  }

  #apply(u: number, option: number): void {
    this.#use(this.chosen[u]!, -1);
    this.#use(option, 1);
    this.chosen[u] = option;
  }

  #use(option: number, sign: number): void {
    const {useStart, useOf, amount} = this.#model;
    for (let k = useStart[option]!; k < useStart[option + 1]!; k++)
      this.used[useOf[k]!]! += sign * amount[k]!;
  }
}

interface Move {
  option: number;
  relief: number;
  change: number[];
}

/** Least loss per relief first; a change that loses nothing on any level, largest relief first. */
function compareMoves(a: Move, b: Move): number {
  for (let k = 0; k < a.change.length; k++) {
    const difference = a.change[k]! / a.relief - b.change[k]! / b.relief;
    if (Math.abs(difference) > 1e-9) return difference;
  }
  return b.relief - a.relief;
}

export function incidences({units, levels}: ChoiceModel): Incidence[] {
  return levels.map((level) => incidence(units, level));
}
