import type {ExposureModel, TrustEdge} from './exposure-model.ts';

/** Exposure of `target` through `holder` by their classes, milli-points: `theta[2*holderClass + targetClass]`. */
export interface TrustTerm {
  holder: number;
  target: number;
  theta: [number, number, number, number];
}

/** Profiles of workloads when their units are in a class; −1 when that class is not open. */
export interface TrustProfiles {
  /** Who controls the holder. */
  holder(workload: number, inClass: 0 | 1): number;
  /** Who reaches the target anyway. */
  target(workload: number, inClass: 0 | 1): number;
}

/**
 * What roots of the holder's site add to the target over the credential that lies on the holder. A root that several
 * holders bring along is shared out among them, so that with all of them in place it counts once.
 */
export function trustTerms(
  model: ExposureModel,
  profiles: TrustProfiles,
  weights: Float64Array,
): TrustTerm[] {
  const terms: TrustTerm[] = [];
  for (let start = 0; start < model.trust.length;) {
    let end = start;
    while (model.trust[end]?.target === model.trust[start]!.target) end++;
    for (const term of termsOf(model, model.trust.slice(start, end), profiles, weights)) terms.push(term);
    start = end;
  }
  return terms;
}

function termsOf(
  model: ExposureModel,
  edges: TrustEdge[],
  profiles: TrustProfiles,
  weights: Float64Array,
): TrustTerm[] {
  const brought = edges.map((edge) =>
    [0, 1, 2, 3].map((combination) => gained(model, edge, combination, profiles)),
  );
  const holders = new Map<number, number>();
  for (const combinations of brought) {
    const roots = new Set(combinations.flatMap((gains) => [...gains.keys()]));
    for (const root of roots) holders.set(root, (holders.get(root) ?? 0) + 1);
  }
  return edges.flatMap(({holder, target}, k) => {
    const theta = brought[k]!.map((gains) => {
      let sum = 0;
      for (const [root, share] of gains) {
        const price = model.roots[root]!.price * share * weights[target]!;
        sum += Math.round(price / holders.get(root)!);
      }
      return sum;
    }) as TrustTerm['theta'];
    return theta.every((value) => value === 0) ? [] : [{holder, target, theta}];
  });
}

/** Roots that reach the target more strongly through the holder than without, with the extra attenuation. */
function gained(
  model: ExposureModel,
  edge: TrustEdge,
  combination: number,
  profiles: TrustProfiles,
): Map<number, number> {
  const from = profiles.holder(edge.holder, combination > 1 ? 1 : 0);
  const to = profiles.target(edge.target, combination % 2 === 1 ? 1 : 0);
  const gains = new Map<number, number>();
  if (from < 0 || to < 0) return gains;
  const already = new Map(model.table.reaches(to).map(({root, delta}) => [root, delta]));
  for (const {root, delta} of model.table.reaches(from)) {
    const through = model.attenuation[Math.max(delta, edge.level)] ?? 0;
    const without = already.has(root) ? (model.attenuation[already.get(root)!] ?? 0) : 0;
    if (through > without) gains.set(root, through - without);
  }
  return gains;
}

/** A pairwise table as non-negative unary values and two directed arcs; `lost` = what could not be expressed. */
export interface SplitTerm {
  holder: [number, number];
  target: [number, number];
  /** Paid when the holder is public and the target dedicated, and the other way round. */
  forward: number;
  backward: number;
  lost: number;
}

/**
 * Splits θ exactly when it is submodular, θ00 + θ11 ≤ θ01 + θ10. Otherwise the surplus is taken off the two
 * equal-class values, and `lost` says how much.
 */
export function splitTerm(theta: TrustTerm['theta']): SplitTerm {
  let [both0, forward, backward, both1] = theta;
  const lost = Math.max(0, both0 + both1 - forward - backward);
  const off = Math.min(lost, both0);
  both0 -= off;
  both1 -= lost - off;
  // With d = target[0] − target[1]: arcs are θ01 − θ00 + d and θ10 − θ11 − d, both ≥ 0 for d in [low, high].
  const low = Math.max(both0 - forward, -both1);
  const high = Math.min(backward - both1, both0);
  const d = Math.min(Math.max(0, low), high);
  const target: [number, number] = [Math.max(d, 0), Math.max(-d, 0)];
  return {
    holder: [both0 - target[0], both1 - target[1]],
    target,
    forward: forward - both0 + d,
    backward: backward - both1 - d,
    lost,
  };
}
