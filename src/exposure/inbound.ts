import {UNREACHED} from '../graph/bottleneck.ts';
import {bottleneckMatrix} from '../graph/lanes.ts';
import type {ScoreParameters} from '../model/exposure.ts';
import type {GraphIndex} from './index-graph.ts';
import {rootWeight, saturate, surprise} from './values.ts';

/** Roots searched at a time: bounds the δ matrix to this many bytes per workload. */
const BLOCK = 256;

/** Terms of one root kind per workload, on the additive scale −ln(1−x). */
export interface KindTerms {
  kind: string;
  inbound: Float64Array;
  sharedFate: Float64Array;
  /** Position (in `index.roots`) of the root that attains each maximum; −1 = none. */
  inboundRoot: Int32Array;
  sharedFateRoot: Int32Array;
}

export interface RootReach {
  kinds: KindTerms[];
  /** V({r}) in units, per root in the order of `index.roots`. */
  values: Float64Array;
  /** Workloads with δ ≤ 3. */
  counts: Uint32Array;
  /** Workloads with δ ≤ 1 by class: `near[4·root + class]`. */
  near: Uint32Array;
}

/**
 * What the roots reach, and per root kind the IN and SF terms of each workload: the maximum inside a kind, so that two
 * roots that turn out to be one never lower a score.
 * @param targets node number per workload
 * @param weights w(d) in units
 * @param classes need 0 … 3 per workload
 */
export function rootReach(
  index: GraphIndex,
  targets: Uint32Array,
  weights: Float64Array,
  classes: Uint8Array,
  parameters: ScoreParameters,
  maxGrade: number,
): RootReach {
  const {roots, graph} = index;
  const values = new Float64Array(roots.length);
  const counts = new Uint32Array(roots.length);
  const near = new Uint32Array(roots.length * 4);
  const byKind = new Map<string, number[]>();
  roots.forEach((node, r) => {
    const kind = graph.nodes[node]!.subKind;
    const list = byKind.get(kind);
    if (list) list.push(r);
    else byKind.set(kind, [r]);
  });
  const kinds = [...byKind]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([kind]) => emptyTerms(kind, targets.length));
  // All kinds share the blocks.
  const order = kinds.flatMap((terms) => byKind.get(terms.kind)!.map((r) => ({r, terms})));
  for (let begin = 0; begin < order.length; begin += BLOCK) {
    const block = order.slice(begin, begin + BLOCK);
    const starts = block.map(({r}) => roots[r]!);
    const matrix = bottleneckMatrix(index.forward, starts, targets, maxGrade);
    const row = (at: number): Uint8Array => matrix.subarray(at * targets.length, (at + 1) * targets.length);
    block.forEach(({r}, at) => {
      const {value, count} = sumRow(row(at), weights, classes, parameters, near.subarray(4 * r, 4 * r + 4));
      values[r] = value;
      counts[r] = count;
    });
    // The heaviest first: it is the best witness of a tie, and most of the others need no look at their fate.
    const heaviest = block
      .map((_, at) => at)
      .sort((x, y) => values[block[y]!.r]! - values[block[x]!.r]! || x - y);
    for (const at of heaviest) {
      const {r, terms} = block[at]!;
      if (counts[r]! > 0) raise(terms, r, row(at), values[r]!, weights, parameters);
    }
  }
  for (const {inbound, sharedFate} of kinds) {
    toScale(inbound);
    toScale(sharedFate);
  }
  return {kinds, values, counts, near};
}

function emptyTerms(kind: string, count: number): KindTerms {
  return {
    kind,
    inbound: new Float64Array(count),
    sharedFate: new Float64Array(count),
    inboundRoot: new Int32Array(count).fill(-1),
    sharedFateRoot: new Int32Array(count).fill(-1),
  };
}

/** V of one root from exact sums per δ. */
function sumRow(
  delta: Uint8Array,
  weights: Float64Array,
  classes: Uint8Array,
  {attenuation}: ScoreParameters,
  near: Uint32Array,
): {value: number; count: number} {
  const sums = [0, 0, 0, 0];
  let count = 0;
  for (let i = 0; i < delta.length; i++) {
    const d = delta[i]!;
    if (d === UNREACHED) continue;
    count++;
    sums[d]! += weights[i]!;
    if (d <= 1) near[classes[i]!]!++;
  }
  return {value: attenuation.reduce((v, alpha, d) => v + alpha * sums[d]!, 0), count};
}

/** Raises the kind's maxima by one root. */
function raise(
  terms: KindTerms,
  root: number,
  delta: Uint8Array,
  value: number,
  weights: Float64Array,
  parameters: ScoreParameters,
): void {
  const {attenuation} = parameters;
  const rho = rootWeight(terms.kind, parameters);
  const inboundOf = attenuation.map((alpha) => rho * alpha);
  const fateAtMost = inboundOf.map((most) => most * saturate(value, parameters));
  for (let i = 0; i < delta.length; i++) {
    const d = delta[i]!;
    if (d === UNREACHED) continue;
    if (inboundOf[d]! > terms.inbound[i]!) {
      terms.inbound[i] = inboundOf[d]!;
      terms.inboundRoot[i] = root;
    }
    if (fateAtMost[d]! <= terms.sharedFate[i]!) continue;
    const fate = inboundOf[d]! * saturate(value - weights[i]! * attenuation[d]!, parameters);
    if (fate > terms.sharedFate[i]!) {
      terms.sharedFate[i] = fate;
      terms.sharedFateRoot[i] = root;
    }
  }
}

/** From shares in [0, 1) to the additive scale: once per kind and workload, not once per root. */
function toScale(terms: Float64Array): void {
  for (let i = 0; i < terms.length; i++) if (terms[i]! > 0) terms[i] = surprise(terms[i]!);
}
