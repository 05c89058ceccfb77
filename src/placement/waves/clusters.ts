import type {TrafficModel} from './traffic-model.ts';

/** Part of a traffic model, with groups of its own numbers. */
export type Bonds = Pick<TrafficModel, 'size' | 'tail' | 'head' | 'bond'>;

/**
 * Groups that exchange much with each other and little with others, none larger than `most` workloads: heavy-edge matching
 * in rounds (G. Karypis, V. Kumar, SIAM J. Sci. Comput. 20, 1998), here by bond per product of sizes. Returns the cluster
 * of each group, numbered by first member.
 */
export function clusters(bonds: Bonds, most: number): Uint32Array {
  const of = Uint32Array.from(bonds.size.keys());
  const weight = Array.from(bonds.size);
  for (;;) {
    const near = neighbours(of, weight.length, bonds);
    const partner = new Int32Array(weight.length).fill(-1);
    let merged = false;
    for (let c = 0; c < weight.length; c++) {
      if (partner[c] !== -1) continue;
      let best = -1;
      let rating = 0;
      for (const [d, saved] of near[c]!) {
        if (partner[d] !== -1 || weight[c]! + weight[d]! > most) continue;
        const rated = saved / (weight[c]! * weight[d]!);
        if (rated > rating || (rated === rating && d < best)) [best, rating] = [d, rated];
      }
      if (best === -1) continue;
      partner[c] = best;
      partner[best] = c;
      merged = true;
    }
    if (!merged) return of;
    const number = new Int32Array(weight.length);
    const next: number[] = [];
    partner.forEach((other, c) => {
      if (other !== -1 && other < c) {
        number[c] = number[other]!;
        return;
      }
      number[c] = next.length;
      next.push(weight[c]! + (other === -1 ? 0 : weight[other]!));
    });
    for (let g = 0; g < of.length; g++) of[g] = number[of[g]!]!;
    weight.length = next.length;
    next.forEach((sum, c) => (weight[c] = sum));
  }
}

/** Per cluster: what it saves with each other one. */
export function neighbours(of: Uint32Array, count: number, {tail, head, bond}: Bonds): Map<number, number>[] {
  const near = Array.from({length: count}, () => new Map<number, number>());
  for (let e = 0; e < bond.length; e++) {
    const [a, b] = [of[tail[e]!]!, of[head[e]!]!];
    if (a === b) continue;
    near[a]!.set(b, (near[a]!.get(b) ?? 0) + bond[e]!);
    near[b]!.set(a, (near[b]!.get(a) ?? 0) + bond[e]!);
  }
  return near;
}
