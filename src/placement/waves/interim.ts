import type {CrossTraffic, WaveTotals} from '../../model/waves.ts';
import type {Moves} from './moves.ts';

/** Traffic between sites after each wave; index 0 = today, the last one = when all have moved. */
export interface Interim {
  /** Integer units, unknown flows at their assumed weight. */
  weighed: Float64Array;
  known: Float64Array;
  unknownFlows: Float64Array;
}

/** Sums the flows by what their ends are at after each wave. `waveOf` per mover, from 1. O(flows + waves). */
export function interimTraffic(moves: Moves, waveOf: ArrayLike<number>, waves: number): Interim {
  const {moverOf, before, after, traffic, weight} = moves;
  const [weighed, known, unknownFlows] = [0, 1, 2].map(() => new Float64Array(waves + 1)) as [
    Float64Array,
    Float64Array,
    Float64Array,
  ];
  const never = waves + 1;
  const wave = (w: number): number => (moverOf[w]! < 0 ? never : waveOf[moverOf[w]!]!);
  for (let f = 0; f < weight.length; f++) {
    const [i, j] = [traffic.from[f]!, traffic.to[f]!];
    const [first, last] = wave(i) <= wave(j) ? [i, j] : [j, i];
    const [one, both] = [wave(first), wave(last)];
    const span = (from: number, to: number, a: number, b: number): void => {
      if (a === b || from >= to) return;
      for (const [column, value] of [
        [weighed, weight[f]!],
        [known, traffic.amount[f]!],
        [unknownFlows, traffic.unknown[f]!],
      ] as const) {
        column[from]! += value;
        if (to <= waves) column[to]! -= value;
      }
    };
    span(0, one, before[i]!, before[j]!);
    span(one, both, after[first]!, before[last]!);
    span(both, never, after[i]!, after[j]!);
  }
  for (const column of [weighed, known, unknownFlows])
    for (let k = 1; k <= waves; k++) column[k]! += column[k - 1]!;
  return {weighed, known, unknownFlows};
}

/** The state after wave `k`. */
export function crossTraffic({known, unknownFlows}: Interim, k: number, unitsPerGib: number): CrossTraffic {
  return {gib: known[k]! / unitsPerGib, unknownFlows: unknownFlows[k]!};
}

/** What is between the first wave and the last one. */
export function totalsOf({weighed}: Interim, unitsPerGib: number): WaveTotals {
  const between = weighed.subarray(1, weighed.length - 1);
  let [sum, peak] = [0, 0];
  for (const value of between) {
    sum += value;
    peak = Math.max(peak, value);
  }
  return {waves: weighed.length - 1, sum: sum / unitsPerGib, peak: peak / unitsPerGib};
}
