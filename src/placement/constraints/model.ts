import type {Level} from '../solve/level.ts';

/** Something there is only so much of: room at a site, a budget, a share of one provider, a place for one of two. */
export interface Resource {
  id: string;
  kind: 'capacity' | 'share' | 'amount' | 'budget' | 'apart';
  /** What a reader is told: `vCPU at fra`. */
  text: string;
  /** Name of one unit of use for people, and how many integer units of the model it is. */
  unit: string;
  scale: number;
  /** Integer units. */
  limit: number;
  /** file:line of the site or constraint. */
  where?: string;
  /** Position of the site whose room this is; absent for shares and budgets. */
  site?: number;
}

/**
 * The placement problem with limits: each unit takes one of its options, a site of one of the two classes. What pairs of
 * units pay depends on their classes alone, as in {@link Level}; use of resources depends on the option.
 */
export interface ChoiceModel {
  units: number;
  /** Options of unit `u`: `start[u] … start[u+1]-1`; in a class the site that stands for it comes first. */
  start: Uint32Array;
  /** Position in the list of sites, or −1 = stays where it is. */
  site: Int32Array;
  /** 0 public, 1 dedicated. */
  label: Uint8Array;
  /** Per level and option: integers ≥ 0. */
  values: Float64Array[];
  /** Arcs of each level; their unary values are not read. */
  levels: Level[];
  resources: Resource[];
  /** Uses of option `o`: `useStart[o] … useStart[o+1]-1`. Amounts are integers > 0. */
  useStart: Uint32Array;
  useOf: Uint32Array;
  amount: Float64Array;
}

/** Σ values + Σ arcs of one level for the chosen option of every unit. */
export function valueOf(model: ChoiceModel, level: number, chosen: Uint32Array): number {
  const {values, levels, label} = model;
  const {tail, head, forward, backward} = levels[level]!;
  let sum = 0;
  for (let u = 0; u < chosen.length; u++) sum += values[level]![chosen[u]!]!;
  for (let e = 0; e < tail.length; e++) {
    const a = label[chosen[tail[e]!]!]!;
    const b = label[chosen[head[e]!]!]!;
    if (a < b) sum += forward[e]!;
    else if (b < a) sum += backward[e]!;
  }
  return sum;
}

/** Use of every resource. */
export function usedBy({resources, useStart, useOf, amount}: ChoiceModel, chosen: Uint32Array): Float64Array {
  const used = new Float64Array(resources.length);
  for (const o of chosen)
    for (let k = useStart[o]!; k < useStart[o + 1]!; k++) used[useOf[k]!]! += amount[k]!;
  return used;
}

/** Sum of what is used above the limits, each as a share of its limit. 0 = everything is kept. */
export function excess({resources}: ChoiceModel, used: Float64Array): number {
  let sum = 0;
  resources.forEach(({limit}, r) => (sum += Math.max(0, used[r]! - limit) / Math.max(1, limit)));
  return sum;
}

/** Negative when `a` is better than `b`, level by level. */
export function compareValues(a: readonly number[], b: readonly number[]): number {
  for (let k = 0; k < a.length; k++) if (a[k] !== b[k]) return a[k]! - b[k]!;
  return 0;
}

/** Class per unit. */
export function labelsOf({label}: ChoiceModel, chosen: Uint32Array): Uint8Array {
  return Uint8Array.from(chosen, (o) => label[o]!);
}
