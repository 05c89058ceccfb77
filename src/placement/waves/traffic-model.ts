import type {Groups} from './groups.ts';
import type {Moves} from './moves.ts';

/**
 * Traffic between sites while the groups S have moved: `today` + Σ alone over S − Σ bond over pairs within S. A negative
 * bond: one goes where the other one is today, so that moving one alone saves traffic that both together do not.
 */
export interface TrafficModel {
  /** Workloads per group. */
  size: Float64Array;
  alone: Float64Array;
  tail: Uint32Array;
  head: Uint32Array;
  bond: Float64Array;
  today: number;
}

/**
 * A flow between i and j costs θ(i moved, j moved) times its weight, θ = 1 where they are at different sites then. As
 * θ00 + (θ10 − θ00)·i + (θ01 − θ00)·j − (θ10 + θ01 − θ00 − θ11)·i·j that is exact for whatever sites there are: nothing
 * is approximated, and what is cut before or after counts as it is.
 */
export function trafficModel(moves: Moves, {groups, groupOf}: Groups): TrafficModel {
  const {moverOf, before, after, traffic, weight} = moves;
  const size = Float64Array.from(groups, (members) => members.length);
  const alone = new Float64Array(groups.length);
  const pairs = new Map<number, {tail: number; head: number; bond: number}>();
  let today = 0;
  for (let f = 0; f < weight.length; f++) {
    const [i, j] = [traffic.from[f]!, traffic.to[f]!];
    const w = weight[f]!;
    const apart = (a: number, b: number): number => (a === b ? 0 : w);
    const t00 = apart(before[i]!, before[j]!);
    const t10 = apart(after[i]!, before[j]!);
    const t01 = apart(before[i]!, after[j]!);
    const t11 = apart(after[i]!, after[j]!);
    today += t00;
    const [g, h] = [moverOf[i]!, moverOf[j]!].map((m) => (m < 0 ? -1 : groupOf[m]!)) as [number, number];
    if (g === h) {
      alone[g]! += t11 - t00;
      continue;
    }
    if (g >= 0) alone[g]! += t10 - t00;
    if (h >= 0) alone[h]! += t01 - t00;
    const bond = t10 + t01 - t00 - t11;
    if (g < 0 || h < 0 || bond === 0) continue;
    const [tail, head] = [Math.min(g, h), Math.max(g, h)];
    const key = tail * groups.length + head;
    const pair = pairs.get(key) ?? {tail, head, bond: 0};
    pair.bond += bond;
    pairs.set(key, pair);
  }
  const kept = [...pairs.values()].filter(({bond}) => bond !== 0);
  kept.sort((a, b) => a.tail - b.tail || a.head - b.head);
  return {
    size,
    alone,
    tail: Uint32Array.from(kept, ({tail}) => tail),
    head: Uint32Array.from(kept, ({head}) => head),
    bond: Float64Array.from(kept, ({bond}) => bond),
    today,
  };
}
