import {type ReachList, type ReachPairs, reachPairs} from '../graph/reach-pairs.ts';
import {stronglyConnected} from '../graph/scc.ts';
import type {ScoreParameters} from '../model/exposure.ts';
import type {GraphIndex} from './index-graph.ts';
import {rootWeight, saturate, surprise} from './values.ts';

/** Roots searched at a time: an eighth as many bytes per node and level. */
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
 * @param targets the node per workload whose being reached counts
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
  const kindOf = (r: number): string => graph.nodes[roots[r]!]!.subKind;
  const names = [...new Set(Array.from(roots, (_, r) => kindOf(r)))].sort();
  const kinds = names.map((kind) => emptyTerms(kind, targets.length));
  const groups = equalRoots(index, maxGrade);
  for (let begin = 0; begin < groups.length; begin += BLOCK) {
    const block = groups.slice(begin, begin + BLOCK);
    const starts = block.map(([r]) => roots[r!]!);
    const pairs = reachPairs(index.forward, starts, targets, maxGrade);
    const sums = sumsOf(pairs, weights, classes, parameters);
    block.forEach((group, at) => {
      for (const r of group) {
        values[r] = sums.values[at]!;
        counts[r] = pairs.counts[at]!;
        near.set(sums.near.subarray(4 * at, 4 * at + 4), 4 * r);
      }
    });
    // The heaviest first: it is the best witness of a tie, and most of the others need no look at their fate.
    const heaviest = block.map((_, at) => at).sort((x, y) => sums.values[y]! - sums.values[x]! || x - y);
    for (const list of pairs.lists(heaviest)) {
      const seen = new Set<string>();
      for (const r of block[list.start]!) {
        const kind = kindOf(r);
        if (seen.has(kind)) continue;
        seen.add(kind);
        raise(kinds[names.indexOf(kind)]!, r, list, sums.values[list.start]!, weights, parameters);
      }
    }
  }
  for (const {inbound, sharedFate} of kinds) {
    toScale(inbound);
    toScale(sharedFate);
  }
  return {kinds, values, counts, near};
}

/**
 * Roots in groups that rule each other directly, and so reach the same at the same levels; one search serves a group.
 * A loop over a gate does not count: the other inputs of the gate may be missing. Groups and their members in node order.
 */
function equalRoots({shut, roots}: GraphIndex, maxGrade: number): number[][] {
  const {of} = stronglyConnected(shut, {maxLevel: 0, maxGrade});
  const groups = new Map<number, number[]>();
  roots.forEach((node, r) => {
    const group = groups.get(of[node]!);
    if (group) group.push(r);
    else groups.set(of[node]!, [r]);
  });
  return [...groups.values()];
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

/** V of each start from exact sums per δ, and the workloads with δ ≤ 1 by class: `near[4·start + class]`. */
function sumsOf(
  pairs: ReachPairs,
  weights: Float64Array,
  classes: Uint8Array,
  {attenuation}: ScoreParameters,
): {values: Float64Array; near: Uint32Array} {
  const sums = new Float64Array(4 * pairs.counts.length);
  const near = new Uint32Array(4 * pairs.counts.length);
  pairs.each((start, target, delta) => {
    sums[4 * start + delta]! += weights[target]!;
    if (delta <= 1) near[4 * start + classes[target]!]!++;
  });
  const values = Float64Array.from(pairs.counts, (_, start) =>
    attenuation.reduce((v, alpha, d) => v + alpha * sums[4 * start + d]!, 0),
  );
  return {values, near};
}

/** Raises the kind's maxima by one root. */
function raise(
  terms: KindTerms,
  root: number,
  {targets, levels}: ReachList,
  value: number,
  weights: Float64Array,
  parameters: ScoreParameters,
): void {
  const {attenuation} = parameters;
  const rho = rootWeight(terms.kind, parameters);
  const inboundOf = attenuation.map((alpha) => rho * alpha);
  const fateAtMost = inboundOf.map((most) => most * saturate(value, parameters));
  for (let at = 0; at < targets.length; at++) {
    const i = targets[at]!;
    const d = levels[at]!;
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
