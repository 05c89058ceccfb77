import type {Level} from '../model/common.ts';
import type {Workload} from '../model/estate.ts';
import type {Axis, SensitivityEvidence, SensitivityValue} from '../model/sensitivity.ts';
import type {OwnNeed} from './own-need.ts';
import {arcsOf, originOf, propagate, type Raised} from './propagate.ts';
import type {NeedGraph} from './relations.ts';
import type {SensitivityRules} from './rules.ts';

/** One axis of all workloads (then hosts and meeting points). */
export interface AxisResult {
  axis: Axis;
  own: OwnNeed[];
  values: SensitivityValue[];
  /** Evidence of rank 6, one per raised workload; `raises` when it lifts the level. */
  inherited: {index: number; evidence: SensitivityEvidence; raises: boolean}[];
  /** Signed decisions that something would have raised: by how far and from where. */
  held: {index: number; level: Level; from: number; relation: string}[];
}

/** Confidence of a need that came over one relation. */
const DECAY = 0.9;

/** A need below this does not make an unknown one known: it may still be higher for other reasons. */
const LEAST_KNOWN = 2;

/**
 * Level, lower and upper end are the same monotone fix-point from three starting points, so they keep their order. An
 * unknown need takes over what is certain about its neighbours into `lo`, what is possible into `hi`.
 */
export function assessAxis(
  axis: Axis,
  own: OwnNeed[],
  graph: NeedGraph,
  inheritance: SensitivityRules['inheritance'],
  workloads: Workload[],
): AxisResult {
  const arcs = arcsOf(graph, inheritance, axis);
  const fixed = new Uint8Array(graph.nodes);
  const start = {
    level: new Int8Array(graph.nodes).fill(-1),
    lo: new Int8Array(graph.nodes),
    hi: new Int8Array(graph.nodes),
  };
  for (const [index, need] of own.entries()) {
    if (need.fixed) fixed[index] = 1;
    start.level[index] = need.level;
    start.lo[index] = need.lo;
    start.hi[index] = need.hi;
  }
  const raised = propagate(start.level, fixed, arcs);
  const lo = propagate(start.lo, fixed, arcs).level;
  const hi = propagate(start.hi, fixed, arcs).level;
  const confidence = confidences(own, raised);
  const values: SensitivityValue[] = [];
  const inherited: AxisResult['inherited'] = [];
  const held: AxisResult['held'] = [];
  for (let index = 0; index < graph.nodes; index++) {
    values.push(valueOf(index, own[index], raised, lo, hi, confidence));
    if (index >= graph.workloads) continue;
    if (raised.from[index] !== -1) {
      inherited.push({
        index,
        evidence: inheritedEvidence(index, axis, raised, graph, workloads, confidence),
        raises: raised.level[index]! >= LEAST_KNOWN || own[index]!.level >= 0,
      });
    }
    if (raised.refused[index]! >= 0) {
      held.push({
        index,
        level: raised.refused[index] as Level,
        from: originOf(raised.refusedFrom[index]!, raised, graph.workloads),
        relation: graph.relation[raised.refusedEdge[index]!]!,
      });
    }
  }
  return {axis, own, values, inherited, held};
}

function valueOf(
  index: number,
  own: OwnNeed | undefined,
  raised: Raised,
  lo: Int8Array,
  hi: Int8Array,
  confidence: Float64Array,
): SensitivityValue {
  const level = raised.level[index]!;
  const known = own !== undefined && own.level >= 0;
  if (!known && level < LEAST_KNOWN) {
    return {level: null, lo: lo[index] as Level, hi: hi[index] as Level, confidence: 0};
  }
  return {
    level: level as Level,
    lo: lo[index] as Level,
    hi: Math.max(hi[index]!, level) as Level,
    confidence: confidence[index]!,
  };
}

/** Follows each raise back to its start once; a node's confidence is that of its origin, less per step. */
function confidences(own: OwnNeed[], raised: Raised): Float64Array {
  const confidence = new Float64Array(raised.level.length).fill(-1);
  const path: number[] = [];
  for (let node = 0; node < confidence.length; node++) {
    let at = node;
    while (confidence[at] === -1 && raised.from[at] !== -1) {
      path.push(at);
      at = raised.from[at]!;
    }
    if (confidence[at] === -1) confidence[at] = own[at]?.confidence ?? 0;
    for (let value = confidence[at]!, back = path.pop(); back !== undefined; back = path.pop()) {
      value = Math.round(value * DECAY * 1000) / 1000;
      confidence[back] = value;
    }
  }
  return confidence;
}

function inheritedEvidence(
  index: number,
  axis: Axis,
  raised: Raised,
  graph: NeedGraph,
  workloads: Workload[],
  confidence: Float64Array,
): SensitivityEvidence {
  const relation = graph.relation[raised.edge[index]!]!;
  const origin = workloads[originOf(raised.from[index]!, raised, graph.workloads)]!;
  return {
    workload: workloads[index]!.id,
    axis,
    level: raised.level[index] as Level,
    rank: 6,
    source: `${relation}: ${origin.name}`,
    confidence: confidence[index]!,
    via: {workload: origin.id, relation},
  };
}
