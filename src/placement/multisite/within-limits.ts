import type {ChoiceModel} from '../constraints/model.ts';
import {usedBy} from '../constraints/model.ts';
import {type Incidence, incidence} from '../incidence.ts';
import type {SiteModel} from './site-model.ts';

/** Sweeps over all units, at most. */
const SWEEPS = 4;

export interface Fitted {
  /** Site of each unit of the model. */
  chosen: Uint32Array;
  /** Option of each unit of the limited problem. */
  final: Uint32Array;
  /** False when the wanted choice would not have kept the limits. */
  asWanted: boolean;
}

/**
 * As much of a wanted choice of sites as keeps every limit that is kept now: all of it if possible, else whole groups of
 * units that are connected by pairs, else single units as long as one of them gains.
 */
export function fitLimits(
  limited: ChoiceModel,
  before: Uint32Array,
  model: SiteModel,
  wanted: Uint32Array,
): Fitted {
  const state = new Fit(limited, before, model);
  const all = model.units.map((_, i) => i);
  if (state.take(all, wanted)) return {...state.result(), asWanted: true};
  for (const group of groupsOf(model)) state.take(group, wanted);
  for (let sweep = 0; sweep < SWEEPS && all.filter((i) => state.improve(i)).length > 0; sweep++);
  return {...state.result(), asWanted: false};
}

class Fit {
  readonly #limited: ChoiceModel;
  readonly #model: SiteModel;
  readonly #final: Uint32Array;
  readonly #chosen: Uint32Array;
  readonly #used: Float64Array;
  readonly #most: Float64Array;
  readonly #incident: Incidence;

  constructor(limited: ChoiceModel, before: Uint32Array, model: SiteModel) {
    this.#limited = limited;
    this.#model = model;
    this.#final = before.slice();
    this.#chosen = model.start.slice();
    this.#used = usedBy(limited, before);
    // What is exceeded already may stay so, but not get worse.
    this.#most = Float64Array.from(limited.resources, ({limit}, r) => Math.max(limit, this.#used[r]!));
    this.#incident = incidence(model.units.length, model.problem);
  }

  result(): {chosen: Uint32Array; final: Uint32Array} {
    return {chosen: this.#chosen, final: this.#final};
  }

  /** Puts some units where they are wanted, unless that breaks a limit. */
  take(units: number[], wanted: Uint32Array): boolean {
    const before = units.map((i) => this.#chosen[i]!);
    for (const i of units) this.#put(i, wanted[i]!);
    if (units.every((i) => this.#fits(i))) return true;
    units.forEach((i, at) => this.#put(i, before[at]!));
    return false;
  }

  /** Takes the best other site of a unit that keeps the limits, if it gains anything. */
  improve(i: number): boolean {
    const {sites, unary} = this.#model.problem;
    const own = this.#chosen[i]!;
    let best = own;
    let least = this.#paid(i, own);
    for (let s = 0; s < sites; s++) {
      if (s === own || unary[i * sites + s] === Infinity) continue;
      const paid = this.#paid(i, s);
      if (paid >= least) continue;
      this.#put(i, s);
      if (this.#fits(i)) [best, least] = [s, paid];
      this.#put(i, own);
    }
    this.#put(i, best);
    return best !== own;
  }

  /** Whether nothing a unit uses where it is now is used too much; what it has left cannot be. */
  #fits(i: number): boolean {
    const option = this.#final[this.#model.units[i]!]!;
    const {useStart, useOf} = this.#limited;
    for (let k = useStart[option]!; k < useStart[option + 1]!; k++)
      if (this.#used[useOf[k]!]! > this.#most[useOf[k]!]!) return false;
    return true;
  }

  #put(i: number, site: number): void {
    const u = this.#model.units[i]!;
    const {start, site: siteOf, useStart, useOf, amount} = this.#limited;
    const from = this.#final[u]!;
    let to = start[u]!;
    while (siteOf[to] !== this.#model.sites[site]) to++;
    for (let k = useStart[from]!; k < useStart[from + 1]!; k++) this.#used[useOf[k]!]! -= amount[k]!;
    for (let k = useStart[to]!; k < useStart[to + 1]!; k++) this.#used[useOf[k]!]! += amount[k]!;
    this.#final[u] = to;
    this.#chosen[i] = site;
  }

  #paid(i: number, site: number): number {
    const {sites, unary, tail, head, table, tables} = this.#model.problem;
    let paid = unary[i * sites + site]!;
    for (const e of this.#incident.edges(i)) {
      const isTail = tail[e] === i;
      const other = this.#chosen[isTail ? head[e]! : tail[e]!]!;
      paid += tables[table[e]!]![isTail ? site * sites + other : other * sites + site]!;
    }
    return paid;
  }
}

/** Units connected by pairs, by their first unit. */
function groupsOf({units, problem: {tail, head}}: SiteModel): number[][] {
  const leader = units.map((_, i) => i);
  const find = (start: number): number => {
    let i = start;
    while (leader[i] !== i) i = leader[i]!;
    return i;
  };
  for (let e = 0; e < tail.length; e++) {
    const [a, b] = [find(tail[e]!), find(head[e]!)];
    leader[Math.max(a, b)] = Math.min(a, b);
  }
  const groups = new Map<number, number[]>();
  units.forEach((_, i) => {
    const first = find(i);
    const known = groups.get(first);
    if (known) known.push(i);
    else groups.set(first, [i]);
  });
  return [...groups.values()];
}
