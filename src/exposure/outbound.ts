import {condense} from '../graph/condense.ts';
import {reachSums} from '../graph/reach-sums.ts';
import {stronglyConnected} from '../graph/scc.ts';
import type {ScoreParameters} from '../model/exposure.ts';
import type {GraphIndex} from './index-graph.ts';

/**
 * V({d}) − w(d) per workload, in units. With α falling in steps, V is a sum over levels: Σ (α_L − α_L+1) · (weight reached
 * over edges of level ≤ L), so each level is one weighted reachability over the condensation, shared by all workloads.
 * Only workloads with an admitted outgoing edge can have more than 0.
 */
export function outboundValues(
  index: GraphIndex,
  targets: Uint32Array,
  weights: Float64Array,
  {attenuation}: ScoreParameters,
  maxGrade: number,
): Float64Array {
  const {forward} = index;
  const outbound = new Float64Array(targets.length);
  const active: number[] = [];
  const levels = [false, false, false, false];
  for (let at = 0; at < forward.heads.length; at++) {
    if (forward.grade[at]! <= maxGrade) levels[forward.level[at]!] = true;
  }
  targets.forEach((u, i) => {
    if (hasWayOut(index, u, maxGrade)) active.push(i);
  });
  if (active.length === 0) return outbound;
  let sums = new Float64Array(targets.length);
  for (let level = 0; level < 4; level++) {
    if (levels[level]) sums = reachedBeside(index, targets, weights, active, level, maxGrade);
    const step = attenuation[level]! - (attenuation[level + 1] ?? 0);
    if (step > 0) for (const i of active) outbound[i]! += step * sums[i]!;
  }
  return outbound;
}

/** Weight each active workload reaches over edges of level ≤ `maxLevel`, its own left out. */
function reachedBeside(
  index: GraphIndex,
  targets: Uint32Array,
  weights: Float64Array,
  active: number[],
  maxLevel: number,
  maxGrade: number,
): Float64Array<ArrayBuffer> {
  const filter = {maxLevel, maxGrade};
  const components = stronglyConnected(index.forward, filter);
  const weight = new Float64Array(components.count);
  targets.forEach((u, i) => void (weight[components.of[u]!]! += weights[i]!));
  const wanted = new Uint8Array(components.count);
  for (const i of active) wanted[components.of[targets[i]!]!] = 1;
  const reached = reachSums(condense(index.forward, components, filter), weight, wanted);
  const sums = new Float64Array(targets.length);
  for (const i of active) sums[i] = reached[components.of[targets[i]!]!]! - weights[i]!;
  return sums;
}

function hasWayOut({forward}: GraphIndex, u: number, maxGrade: number): boolean {
  for (let at = forward.offsets[u]!; at < forward.offsets[u + 1]!; at++) {
    if (forward.grade[at]! <= maxGrade && forward.heads[at] !== u) return true;
  }
  return false;
}
