import type {Level} from '../../solve/level.ts';
import type {ChoiceModel} from '../model.ts';

/** Pairs of units of which not both may take class `label`. */
export interface Pairs {
  a: Uint32Array;
  b: Uint32Array;
  label: Uint8Array;
  /** Position of the limit in its model. */
  resource: Uint32Array;
}

/**
 * Two classes, and pairs that must not be together in one: `levels[0]` counts the pairs that are, and what a single unit
 * breaks by itself; it alone may forbid a class. The other levels are those of the plan.
 */
export interface PairProblem {
  units: number;
  levels: Level[];
  pairs: Pairs;
}

/** A problem of pairs within a model, and the option that stands for `2*u + class`, −1 = closed. */
export interface PairModel {
  problem: PairProblem;
  pick: Int32Array;
}

/**
 * The pairs no choice of sites can keep apart within a class, because both have one site there. Where one of them has a
 * second site the pair is left out, which only makes the problem easier: its optimum is a lower bound of the model's.
 * Every class is represented by its best option, level by level.
 */
export function pairModel(model: ChoiceModel): PairModel {
  const {units, start, label, values, levels, resources, useStart, useOf, amount} = model;
  const pick = new Int32Array(2 * units).fill(-1);
  const count = new Uint8Array(2 * units);
  for (let u = 0; u < units; u++) {
    for (let o = start[u]!; o < start[u + 1]!; o++) {
      const slot = 2 * u + label[o]!;
      if (count[slot]! < 2) count[slot]!++;
      if (pick[slot] === -1 || isBetter(values, o, pick[slot]!)) pick[slot] = o;
    }
  }
  const broken = new Float64Array(2 * units);
  const waiting = new Map<number, number>();
  const found: {a: number; b: number; label: number; resource: number}[] = [];
  for (let slot = 0; slot < 2 * units; slot++) {
    const o = pick[slot]!;
    if (o === -1) broken[slot] = Infinity;
    if (o === -1 || count[slot] !== 1) continue;
    const u = slot >> 1;
    for (let k = useStart[o]!; k < useStart[o + 1]!; k++) {
      const r = useOf[k]!;
      if (resources[r]!.kind !== 'apart') continue;
      if (amount[k]! > resources[r]!.limit) broken[slot]!++;
      const other = waiting.get(r);
      if (other === undefined) waiting.set(r, u);
      else found.push({a: other, b: u, label: slot & 1, resource: r});
    }
  }
  const classes = levels.map((level, k): Level => {
    const unary = new Float64Array(2 * units);
    for (let slot = 0; slot < 2 * units; slot++)
      if (pick[slot] !== -1) unary[slot] = values[k]![pick[slot]!]!;
    return {...level, unary};
  });
  return {
    problem: {
      units,
      levels: [{name: 'apart', unary: broken, ...NO_ARCS()}, ...classes],
      pairs: {
        a: Uint32Array.from(found, (pair) => pair.a),
        b: Uint32Array.from(found, (pair) => pair.b),
        label: Uint8Array.from(found, (pair) => pair.label),
        resource: Uint32Array.from(found, (pair) => pair.resource),
      },
    },
    pick,
  };
}

function isBetter(values: Float64Array[], o: number, than: number): boolean {
  for (const level of values) if (level[o] !== level[than]) return level[o]! < level[than]!;
  return false;
}

const NO_ARCS = (): Omit<Level, 'name' | 'unary'> => ({
  tail: new Uint32Array(0),
  head: new Uint32Array(0),
  forward: new Float64Array(0),
  backward: new Float64Array(0),
});

/** What a labelling pays level by level. */
export function pairValues({levels, pairs}: PairProblem, labels: ArrayLike<number>): number[] {
  return levels.map(({unary, tail, head, forward, backward}, k) => {
    let sum = 0;
    for (let u = 0; u < labels.length; u++) sum += unary[2 * u + labels[u]!]!;
    for (let e = 0; e < tail.length; e++) {
      const [s, t] = [labels[tail[e]!]!, labels[head[e]!]!];
      if (s < t) sum += forward[e]!;
      else if (t < s) sum += backward[e]!;
    }
    if (k > 0) return sum;
    for (let p = 0; p < pairs.a.length; p++)
      if (labels[pairs.a[p]!] === pairs.label[p] && labels[pairs.b[p]!] === pairs.label[p]) sum++;
    return sum;
  });
}
