import type {TrafficModel} from './traffic-model.ts';

/**
 * Groups that exchange much with each other and little with others, none larger than `most` workloads: heavy-edge matching
 * in rounds (G. Karypis, V. Kumar, SIAM J. Sci. Comput. 20, 1998), here by bond per product of sizes. Returns the cluster
 * of each group of `members`, −1 for the rest; numbered by first member.
 */
export function clusters(
  {size, tail, head, bond}: TrafficModel,
  members: Iterable<number>,
  most: number,
): Int32Array {
  const of = new Int32Array(size.length).fill(-1);
  const weight: number[] = [];
  for (const g of members) {
    of[g] = weight.length;
    weight.push(size[g]!);
  }
  for (;;) {
    const near = neighbours(of, weight.length, {tail, head, bond});
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
    for (let g = 0; g < of.length; g++) if (of[g] !== -1) of[g] = number[of[g]!]!;
    weight.splice(0, weight.length, ...next);
  }
}

/** What clusters save with each other, where it is positive. */
function neighbours(
  of: Int32Array,
  count: number,
  {tail, head, bond}: Pick<TrafficModel, 'tail' | 'head' | 'bond'>,
): Map<number, number>[] {
  const near = Array.from({length: count}, () => new Map<number, number>());
  for (let e = 0; e < bond.length; e++) {
    const [a, b] = [of[tail[e]!]!, of[head[e]!]!];
    if (a === -1 || b === -1 || a === b) continue;
    near[a]!.set(b, (near[a]!.get(b) ?? 0) + bond[e]!);
    near[b]!.set(a, (near[b]!.get(a) ?? 0) + bond[e]!);
  }
  return near;
}
