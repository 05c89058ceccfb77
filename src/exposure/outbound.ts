import {condense} from '../graph/condense.ts';
import {reachSums} from '../graph/reach-sums.ts';
import {stronglyConnected} from '../graph/scc.ts';
import type {ScoreParameters} from '../model/exposure.ts';
import type {GraphIndex} from './index-graph.ts';
import {outboundOverGates} from './outbound-gates.ts';

/**
 * V({d}) − w(d) per workload, in units. With α falling in steps, V is a sum over levels: Σ (α_L − α_L+1) · (weight reached
 * over edges of level ≤ L), so each level is one weighted reachability over the condensation, shared by all workloads.
 * Only workloads with an admitted outgoing edge can have more than 0. Workloads from which a gate can be seen are
 * searched for themselves.
 * @param nodes node number per workload
 */
export function outboundValues(
  index: GraphIndex,
  nodes: Uint32Array,
  weights: Float64Array,
  parameters: Pick<ScoreParameters, 'attenuation'>,
  maxGrade: number,
): Float64Array {
  const {shut} = index;
  const {attenuation} = parameters;
  const outbound = new Float64Array(nodes.length);
  const active: number[] = [];
  const levels = [false, false, false, false];
  for (let at = 0; at < shut.heads.length; at++) {
    if (shut.grade[at]! <= maxGrade) levels[shut.level[at]!] = true;
  }
  nodes.forEach((u, i) => {
    if (hasWayOut(index, u, maxGrade)) active.push(i);
  });
  if (active.length > 0) {
    let sums = new Float64Array(nodes.length);
    for (let level = 0; level < 4; level++) {
      if (levels[level]) sums = reachedBeside(index, nodes, weights, active, level, maxGrade);
      const step = attenuation[level]! - (attenuation[level + 1] ?? 0);
      if (step > 0) for (const i of active) outbound[i]! += step * sums[i]!;
    }
  }
  if (index.gates.length > 0) outboundOverGates(index, nodes, weights, parameters, maxGrade, outbound);
  return outbound;
}

/** Weight each active workload reaches with all gates shut over edges of level ≤ `maxLevel`, its own left out. */
function reachedBeside(
  index: GraphIndex,
  nodes: Uint32Array,
  weights: Float64Array,
  active: number[],
  maxLevel: number,
  maxGrade: number,
): Float64Array<ArrayBuffer> {
  const filter = {maxLevel, maxGrade};
  const components = stronglyConnected(index.shut, filter);
  const weight = new Float64Array(components.count);
  nodes.forEach((u, i) => void (weight[components.of[index.target(u)]!]! += weights[i]!));
  const wanted = new Uint8Array(components.count);
  for (const i of active) wanted[components.of[nodes[i]!]!] = 1;
  const reached = reachSums(condense(index.shut, components, filter), weight, wanted);
  const sums = new Float64Array(nodes.length);
  for (const i of active) sums[i] = reached[components.of[nodes[i]!]!]! - weights[i]!;
  return sums;
}

/** An admitted edge to something other than itself; that it is reached where it is controlled does not count. */
function hasWayOut(index: GraphIndex, u: number, maxGrade: number): boolean {
  const {shut} = index;
  for (let at = shut.offsets[u]!; at < shut.offsets[u + 1]!; at++) {
    if (shut.grade[at]! <= maxGrade && index.owner(shut.heads[at]!) !== u) return true;
  }
  return false;
}
