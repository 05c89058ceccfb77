import type {Interval} from '../model/common.ts';
import type {Workload} from '../model/estate.ts';
import type {
  Exposure,
  IdentityGraph,
  RootExposure,
  ScoreParameters,
  WorkloadExposure,
} from '../model/exposure.ts';
import type {SensitivityResult} from '../model/sensitivity.ts';
import {contributionsOf} from './contributions.ts';
import {rootReach} from './inbound.ts';
import {type GraphIndex, indexGraph, indexOf} from './index-graph.ts';
import type {Layer, Layers} from './layer.ts';
import {outboundSums, outboundValues} from './outbound.ts';
import {firstTwins} from './twins.ts';
import {UNIT, percentOf, saturate, surprise, workloadValues} from './values.ts';

/**
 * Shared-identity blast radius of all roots and workloads. Three times the same calculation: `lo` on certain edges,
 * `value` with conditional ones, `hi` with unknown ones. All numbers are exact for the graph, none is sampled.
 * @param workloads in the order of the estate; results keep it
 * @param sensitivity weights by workload id, normally in the same order
 * @param known the index of the graph, where there is one already
 */
export function scoreExposure(
  graph: IdentityGraph,
  workloads: Workload[],
  sensitivity: SensitivityResult,
  parameters: ScoreParameters,
  known?: GraphIndex,
): Exposure {
  const index = indexOf(graph, known);
  const ids = workloads.map(({id}) => id);
  const weights = workloadValues(ids, sensitivity.workloads);
  const total = weights.reduce((sum, w) => sum + w, 0);
  const isolated: number[] = [];
  const present: number[] = [];
  ids.forEach((id, i) => void (index.find(id) < 0 ? isolated : present).push(i));
  const bySensitivity = new Map(sensitivity.workloads.map((entry) => [entry.workload, entry]));
  const shares = Float64Array.from(present, (i) => bySensitivity.get(ids[i]!)?.weight ?? 0);
  const need = Uint8Array.from(shares, needOf);
  const scored = scoreLayers(
    index,
    {
      nodes: Uint32Array.from(present, (i) => index.find(ids[i]!)),
      weights: Float64Array.from(present, (i) => weights[i]!),
      need,
    },
    parameters,
  );
  const results: WorkloadExposure[] = [];
  const twins = firstTwins(present.length, columnsOf(shares, scored));
  present.forEach((i, at) => {
    const twin = twins[at]!;
    results[i] =
      twin === at
        ? workloadExposure(index, ids[i]!, at, shares[at]!, scored, parameters)
        : {...results[present[twin]!]!, workload: ids[i]!};
  });
  for (const i of isolated) results[i] = untouched(ids[i]!);
  return {
    parameters,
    totalValue: total / UNIT,
    roots: rootExposures(index, scored, total, parameters),
    workloads: results,
  };
}

/**
 * SIBR of all workloads at one end of the interval alone: a third of the work where only that end can have changed.
 * @param end `lo` on certain edges, `hi` on all
 * @returns 0 … 100 in the order of the estate, 0 for workloads the graph does not know
 */
export function sibrAt(
  end: 'lo' | 'hi',
  graph: IdentityGraph,
  workloads: readonly Pick<Workload, 'id'>[],
  sensitivity: SensitivityResult,
  parameters: ScoreParameters,
): Float64Array {
  const index = indexGraph(graph);
  const ids = workloads.map(({id}) => id);
  const weights = workloadValues(ids, sensitivity.workloads);
  const present = ids.flatMap((id, i) => (index.find(id) < 0 ? [] : [i]));
  const layer = scoreLayer(
    index,
    {
      nodes: Uint32Array.from(present, (i) => index.find(ids[i]!)),
      weights: Float64Array.from(present, (i) => weights[i]!),
      need: new Uint8Array(present.length),
    },
    parameters,
    end === 'lo' ? 0 : 2,
  );
  const sibr = new Float64Array(ids.length);
  present.forEach((i, at) => (sibr[i] = percentOf(surpriseOf(layer, at, parameters))));
  return sibr;
}

/** Workloads the graph knows: node numbers, values in units, classes of need. */
interface Scoreable {
  nodes: Uint32Array;
  weights: Float64Array;
  need: Uint8Array;
}

function scoreLayers(index: GraphIndex, workloads: Scoreable, parameters: ScoreParameters): Layers {
  const grades = new Set(index.list.grade);
  const lo = scoreLayer(index, workloads, parameters, 0);
  const value = grades.has(1) ? scoreLayer(index, workloads, parameters, 1) : lo;
  const hi = grades.has(2) ? scoreLayer(index, workloads, parameters, 2) : value;
  return {lo, value, hi};
}

/** The score over edges up to one grade. */
function scoreLayer(
  index: GraphIndex,
  {nodes, weights, need}: Scoreable,
  parameters: ScoreParameters,
  maxGrade: number,
): Layer {
  const targets = nodes.map((node) => index.target(node));
  const reach = rootReach(index, targets, weights, need, parameters, maxGrade);
  const add = (pick: 'inbound' | 'sharedFate'): Float64Array => {
    const sum = new Float64Array(targets.length);
    for (const terms of reach.kinds) for (let i = 0; i < sum.length; i++) sum[i]! += terms[pick][i]!;
    return sum;
  };
  const outbound = outboundValues(outboundSums(index, nodes, weights, maxGrade), parameters);
  return {
    reach,
    inbound: add('inbound'),
    sharedFate: add('sharedFate'),
    outbound: outbound.map((units) => surprise(saturate(units, parameters))),
  };
}

/** The three parts of the score in one number, before it becomes a percentage. */
function surpriseOf(layer: Layer, at: number, {exponents}: ScoreParameters): number {
  const {inbound: a, sharedFate: b, outbound: c} = exponents;
  return a * layer.inbound[at]! + b * layer.sharedFate[at]! + c * layer.outbound[at]!;
}

/** All a workload's exposure is computed from. */
function columnsOf(shares: Float64Array, layers: Layers): (Float64Array | Int32Array)[] {
  const scores = [layers.lo, layers.value, layers.hi].flatMap((layer) => [
    layer.inbound,
    layer.sharedFate,
    layer.outbound,
  ]);
  const terms = layers.value.reach.kinds.flatMap((kind) => [
    kind.inbound,
    kind.sharedFate,
    kind.inboundRoot,
    kind.sharedFateRoot,
  ]);
  return [shares, ...scores, ...terms];
}

function workloadExposure(
  index: GraphIndex,
  workload: string,
  at: number,
  s: number,
  layers: Layers,
  parameters: ScoreParameters,
): WorkloadExposure {
  const over = (pick: (layer: Layer) => number): Interval =>
    interval(percentOf(pick(layers.lo)), percentOf(pick(layers.value)), percentOf(pick(layers.hi)));
  const sibr = over((layer) => surpriseOf(layer, at, parameters));
  return {
    workload,
    sibr,
    inbound: over((layer) => layer.inbound[at]!),
    sharedFate: over((layer) => layer.sharedFate[at]!),
    outbound: over((layer) => layer.outbound[at]!),
    priority: s * sibr.value,
    ...contributionsOf(index, layers.value, at, parameters),
  };
}

function rootExposures(
  index: GraphIndex,
  {lo, value, hi}: Layers,
  total: number,
  parameters: ScoreParameters,
): RootExposure[] {
  const exposures = Array.from(index.roots, (node, r): RootExposure => {
    const {id, subKind, name} = index.graph.nodes[node]!;
    const over = (f: (units: number) => number): Interval =>
      interval(f(lo.reach.values[r]!), f(value.reach.values[r]!), f(hi.reach.values[r]!));
    const near = value.reach.near.subarray(4 * r, 4 * r + 4);
    return {
      id,
      kind: subKind,
      name,
      blastRadius: over((units) => 100 * saturate(units, parameters)),
      value: over((units) => units / UNIT),
      share: over((units) => (total === 0 ? 0 : (100 * units) / total)),
      workloads: value.reach.counts[r]!,
      byLevel: [near[0]!, near[1]!, near[2]!, near[3]!],
    };
  });
  return exposures.sort((x, y) => y.blastRadius.value - x.blastRadius.value || (x.id < y.id ? -1 : 1));
}

/** Class 0 … 3 at which the workload is planned, from s (0, 0.2, 0.6, 1). */
function needOf(s: number): number {
  return s >= 1 ? 3 : s >= 0.6 ? 2 : s >= 0.2 ? 1 : 0;
}

/** Rounding must not turn the ends around. */
function interval(lo: number, value: number, hi: number): Interval {
  const middle = Math.max(lo, value);
  return {value: middle, lo, hi: Math.max(middle, hi)};
}

/** A workload the graph does not know: nothing reaches it. */
function untouched(workload: string): WorkloadExposure {
  const zero = (): Interval => ({value: 0, lo: 0, hi: 0});
  return {
    workload,
    sibr: zero(),
    inbound: zero(),
    sharedFate: zero(),
    outbound: zero(),
    priority: 0,
    topRoot: null,
    contributions: [],
  };
}
