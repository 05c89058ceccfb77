import type {Level, Solution} from '../../solve/level.ts';
import {solveLexicographic} from '../../solve/lexicographic.ts';
import type {PairProblem, Pairs} from './pairs.ts';
import {persistent} from './persistent.ts';

/** What the relaxation proves. */
export interface Roof {
  /** Class per unit that some optimum has, all of them together; −1 = not settled. */
  labels: Int8Array;
  /** Twice the lower bound of each level, among what is optimal on those before. */
  flows: number[];
  /** Twice the price of each pair on the second level: at these the Lagrangian bound is the relaxation's. */
  prices: Float64Array;
}

/**
 * Roof duality: every unit is split in one that says its class and one that says the opposite, which turns a pair that
 * must not be alike into two arcs, so that minimum cuts solve the relaxation exactly, level after level. Where both
 * halves agree, the class is that of an optimum of the problem itself (persistency).
 * P. L. Hammer, P. Hansen, B. Simeone, "Roof duality, complementation and persistency in quadratic 0–1 optimization",
 * Math. Programming 28 (1984); by minimum cut: E. Boros, P. L. Hammer, Discrete Appl. Math. 123 (2002); V. Kolmogorov,
 * C. Rother, PAMI 29 (2007).
 */
export function roofDual({units, levels, pairs}: PairProblem): Roof {
  const split = levels.map((level, k) => doubled(units, level, k === 0 ? pairs : null));
  const solution = solveLexicographic(2 * units, split);
  return {
    labels: persistent(units, split, solution),
    flows: solution.flows.map(({flow}) => flow),
    prices: pricesOf(units, pairs, solution),
  };
}

/** Unit `u` and, at `units + u`, its opposite. Every term is paid once on either side. */
function doubled(units: number, level: Level, pairs: Pairs | null): Level {
  const own = level.tail.length;
  const apart = pairs ? pairs.a.length : 0;
  const unary = new Float64Array(4 * units);
  for (let u = 0; u < units; u++) {
    for (const c of [0, 1]) {
      unary[2 * u + c] = level.unary[2 * u + c]!;
      unary[2 * (units + u) + 1 - c] = level.unary[2 * u + c]!;
    }
  }
  const tail = new Uint32Array(2 * (own + apart));
  const head = new Uint32Array(2 * (own + apart));
  const forward = new Float64Array(2 * (own + apart));
  const backward = new Float64Array(2 * (own + apart));
  tail.set(level.tail);
  head.set(level.head);
  forward.set(level.forward);
  backward.set(level.backward);
  for (let e = 0; e < own; e++) {
    tail[own + e] = units + level.tail[e]!;
    head[own + e] = units + level.head[e]!;
    forward[own + e] = level.backward[e]!;
    backward[own + e] = level.forward[e]!;
  }
  for (let p = 0; p < apart; p++) {
    const [first, second] = arcsOf(units, pairs!, p);
    const at = 2 * (own + p);
    [tail[at], head[at]] = first;
    [tail[at + 1], head[at + 1]] = second;
    forward[at] = forward[at + 1] = 1;
  }
  return {name: level.name, unary, tail, head, forward, backward};
}

/** The arcs `tail, head` that are paid, half each, when both of a pair are in its class. */
function arcsOf(units: number, {a, b, label}: Pairs, p: number): [[number, number], [number, number]] {
  const [first, second] = [a[p]!, b[p]!];
  return label[p] === 1
    ? [
        [units + second, first],
        [units + first, second],
      ]
    : [
        [first, units + second],
        [second, units + first],
      ];
}

/** What flows over the arcs of the pairs on the second level is what keeping them apart is worth there. */
function pricesOf(units: number, pairs: Pairs, {flows}: Solution): Float64Array {
  const carried = new Map<number, number>();
  const implied = flows[1]?.implied;
  implied?.flow.forEach((flow, k) => {
    const key = implied.tail[k]! * 2 * units + implied.head[k]!;
    carried.set(key, (carried.get(key) ?? 0) + flow);
  });
  return Float64Array.from(pairs.a, (_, p) => {
    let sum = 0;
    for (const [tail, head] of arcsOf(units, pairs, p)) {
      const key = tail * 2 * units + head;
      sum += carried.get(key) ?? 0;
      // Of several limits on the same two, the first one is paid.
      carried.delete(key);
    }
    return sum;
  });
}
