import {condense} from '../graph/condense.ts';
import {reachSums} from '../graph/reach-sums.ts';
import {stronglyConnected} from '../graph/scc.ts';
import type {ScoreParameters} from '../model/exposure.ts';
import type {GraphIndex} from './index-graph.ts';
import {outboundOverGates} from './outbound-gates.ts';

/** Weight each workload reaches beside itself over edges of level ≤ L, per level L; whole units, so exact. */
export type OutboundSums = readonly [Float64Array, Float64Array, Float64Array, Float64Array];

/**
 * What each workload reaches: per level one weighted reachability over the condensation, shared by all workloads. Only
 * workloads with an admitted outgoing edge can have more than 0. Workloads from which a gate can be seen are searched for
 * themselves.
 * @param nodes node number per workload
 */
export function outboundSums(
  index: GraphIndex,
  nodes: Uint32Array,
  weights: Float64Array,
  maxGrade: number,
): OutboundSums {
  const {shut} = index;
  const sums = [0, 1, 2, 3].map(() => new Float64Array(nodes.length)) as unknown as OutboundSums;
  const active: number[] = [];
  const levels = [true, false, false, false];
  for (let at = 0; at < shut.heads.length; at++) {
    if (shut.grade[at]! <= maxGrade) levels[shut.level[at]!] = true;
  }
  nodes.forEach((u, i) => {
    if (hasWayOut(index, u, maxGrade)) active.push(i);
  });
  for (let level = 0; level < 4 && active.length > 0; level++) {
    if (levels[level]) reachedBeside(index, nodes, weights, active, level, maxGrade, sums[level]!);
    else sums[level]!.set(sums[level - 1]!);
  }
  if (index.gates.length > 0) outboundOverGates(index, nodes, weights, maxGrade, sums);
  return sums;
}

/**
 * V({d}) − w(d) per workload, in units. With α falling in steps, V is a sum over levels: Σ (α_L − α_L+1) · (weight reached
 * over edges of level ≤ L).
 */
export function outboundValues(
  sums: OutboundSums,
  {attenuation}: Pick<ScoreParameters, 'attenuation'>,
): Float64Array {
  const values = new Float64Array(sums[0].length);
  for (let level = 0; level < 4; level++) {
    const step = attenuation[level]! - (attenuation[level + 1] ?? 0);
    if (step <= 0) continue;
    const reached = sums[level]!;
    for (let i = 0; i < values.length; i++) values[i]! += step * reached[i]!;
  }
  return values;
}

/** Weight each active workload reaches with all gates shut over edges of level ≤ `maxLevel`, its own left out. */
function reachedBeside(
  index: GraphIndex,
  nodes: Uint32Array,
  weights: Float64Array,
  active: number[],
  maxLevel: number,
  maxGrade: number,
  sums: Float64Array,
): void {
  const filter = {maxLevel, maxGrade};
  const components = stronglyConnected(index.shut, filter);
  const weight = new Float64Array(components.count);
  nodes.forEach((u, i) => void (weight[components.of[index.target(u)]!]! += weights[i]!));
  const wanted = new Uint8Array(components.count);
  for (const i of active) wanted[components.of[nodes[i]!]!] = 1;
  const reached = reachSums(condense(index.shut, components, filter), weight, wanted);
  for (const i of active) sums[i] = reached[components.of[nodes[i]!]!]! - weights[i]!;
}

/** An admitted edge to something other than itself; that it is reached where it is controlled does not count. */
function hasWayOut(index: GraphIndex, u: number, maxGrade: number): boolean {
  const {shut} = index;
  for (let at = shut.offsets[u]!; at < shut.offsets[u + 1]!; at++) {
    if (shut.grade[at]! <= maxGrade && index.owner(shut.heads[at]!) !== u) return true;
  }
  return false;
}
