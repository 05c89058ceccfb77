import {UNREACHED} from '../graph/bottleneck.ts';
import {condense} from '../graph/condense.ts';
import {bottleneckMatrix} from '../graph/lanes.ts';
import {reachWeights} from '../graph/reach-weights.ts';
import {stronglyConnected} from '../graph/scc.ts';
import type {ScoreParameters} from '../model/exposure.ts';
import {GRADE, type GraphIndex} from './index-graph.ts';

/** What each root reaches over certain and conditional edges, whatever the parameters say it counts. */
export interface RootSums {
  ids: string[];
  kinds: string[];
  /** Weight reached over edges of level ≤ L: `within[4·root + L]`, whole units. */
  within: Float64Array;
}

/** Roots at a time where gates have to be counted: bounds the δ matrix to this many bytes per workload. */
const BLOCK = 64;

/**
 * Sums of all roots, one bit-parallel pass over the condensation of each level. Behind gates components do not tell
 * what is reached, so there each root is searched for itself, still many at a time.
 * @param nodes node number per workload
 */
export function rootSums(index: GraphIndex, nodes: Uint32Array, weights: Float64Array): RootSums {
  const {roots, graph} = index;
  return {
    ids: Array.from(roots, (root) => graph.nodes[root]!.id),
    kinds: Array.from(roots, (root) => graph.nodes[root]!.subKind),
    within: index.gates.length === 0 ? byComponents(index, nodes, weights) : bySearch(index, nodes, weights),
  };
}

function byComponents(
  {forward, roots, target}: GraphIndex,
  nodes: Uint32Array,
  weights: Float64Array,
): Float64Array {
  const within = new Float64Array(4 * roots.length);
  const present = new Set(forward.level);
  let sums = new Float64Array(roots.length);
  for (let maxLevel = 0; maxLevel < 4; maxLevel++) {
    if (maxLevel === 0 || present.has(maxLevel)) {
      const filter = {maxLevel, maxGrade: GRADE.conditional};
      const components = stronglyConnected(forward, filter);
      const weight = new Float64Array(components.count);
      nodes.forEach((u, i) => (weight[components.of[target(u)]!]! += weights[i]!));
      const starts = roots.map((root) => components.of[root]!);
      sums = reachWeights(condense(forward, components, filter), weight, starts) as typeof sums;
    }
    sums.forEach((sum, r) => (within[4 * r + maxLevel] = sum));
  }
  return within;
}

function bySearch(
  {forward, roots, target}: GraphIndex,
  nodes: Uint32Array,
  weights: Float64Array,
): Float64Array {
  const within = new Float64Array(4 * roots.length);
  const targets = nodes.map((node) => target(node));
  for (let begin = 0; begin < roots.length; begin += BLOCK) {
    const block = roots.subarray(begin, begin + BLOCK);
    const delta = bottleneckMatrix(forward, block, targets, GRADE.conditional);
    for (let cell = 0; cell < delta.length; cell++) {
      if (delta[cell] === UNREACHED) continue;
      const root = begin + Math.floor(cell / targets.length);
      for (let level = delta[cell]!; level < 4; level++) {
        within[4 * root + level]! += weights[cell % targets.length]!;
      }
    }
  }
  return within;
}

/** V({r}) of each root in units: Σ (α_L − α_L+1) · (weight within level L). */
export function rootValues(
  {within, ids}: Pick<RootSums, 'within' | 'ids'>,
  {attenuation}: ScoreParameters,
): Float64Array {
  return Float64Array.from(ids, (_, r) =>
    attenuation.reduce(
      (v, alpha, level) => v + (alpha - (attenuation[level + 1] ?? 0)) * within[4 * r + level]!,
      0,
    ),
  );
}
