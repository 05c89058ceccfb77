import type {Level} from '../model/common.ts';
import type {Workload} from '../model/estate.ts';
import type {Axis, CumulationReason, SensitivityEvidence, SensitivityValue} from '../model/sensitivity.ts';
import {cumulate, type CountMode, type Cumulated} from './cumulate.ts';
import type {Countable, CumulationPoint} from './cumulation-points.ts';
import type {OwnNeed} from './own-need.ts';
import {arcsOf, originOf, propagate, type NeedArcs, type Raised} from './propagate.ts';
import type {NeedGraph} from './relations.ts';
import type {SensitivityRules} from './rules.ts';

/** One axis of all workloads (then hosts and meeting points). */
export interface AxisResult {
  axis: Axis;
  own: OwnNeed[];
  values: SensitivityValue[];
  /** Evidence of rank 6, one per raised workload; `raises` when it lifts the level. */
  inherited: {index: number; evidence: SensitivityEvidence; raises: boolean}[];
  /** Signed decisions that something would have raised: by how far and from where (a name). */
  held: {index: number; level: Level; from: string; relation: string}[];
  /** Level per node, and which edge and node it came from. */
  raised: Cumulated;
  /** Workloads whose level is higher than without cumulation. */
  cumulated: number[];
}

/** The maximum and dependency principles alone, as a start for cumulation. */
export interface AxisBase {
  axis: Axis;
  own: OwnNeed[];
  arcs: NeedArcs;
  fixed: Uint8Array;
  level: Raised;
  lo: Raised;
  hi: Raised;
}

/** Points and what is counted at them; the points of an axis are those whose rule speaks about it. */
export interface Points {
  list: readonly CumulationPoint[];
  countable: Countable;
}

/** Confidence of a need that came over one relation. */
const DECAY = 0.9;

/** A need below this does not make an unknown one known: it may still be higher for other reasons. */
const LEAST_KNOWN = 2;

/** Confidence of a need that several lower ones add up to, where nothing is known about theirs. */
const LEAST_CONFIDENCE = 0.3;

/**
 * Level, lower and upper end are the same monotone fix-point from three starting points, so they keep their order. An
 * unknown need takes over what is certain about its neighbours into `lo`, what is possible into `hi`.
 */
export function settleAxis(
  axis: Axis,
  own: OwnNeed[],
  graph: NeedGraph,
  inheritance: SensitivityRules['inheritance'],
): AxisBase {
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
  return {
    axis,
    own,
    arcs,
    fixed,
    level: propagate(start.level, fixed, arcs),
    lo: propagate(start.lo, fixed, arcs),
    hi: propagate(start.hi, fixed, arcs),
  };
}

/** Adds what needs add up to, and reads values, evidence and contradictions from the result. */
export function assessAxis(
  base: AxisBase,
  graph: NeedGraph,
  {list, countable}: Points,
  workloads: Workload[],
): AxisResult {
  const {axis, own, arcs, fixed} = base;
  const points = list.filter(({rule}) => rule.axes.includes(axis));
  const add = (layer: Raised, mode: CountMode): Cumulated =>
    cumulate(layer, fixed, arcs, points, countable, mode);
  const raised = add(base.level, {also: null, possible: false, report: true});
  const lo = add(base.lo, {also: raised.level, possible: false, report: false}).level;
  const hi = add(base.hi, {also: null, possible: true, report: false}).level;
  const confidence = confidences(own, raised, pointConfidences(points, raised, base));
  const values: SensitivityValue[] = [];
  const inherited: AxisResult['inherited'] = [];
  const held: AxisResult['held'] = [];
  const cumulated: number[] = [];
  const reasons = {graph, workloads, points, raised, confidence};
  for (let index = 0; index < graph.nodes; index++) {
    values.push(valueOf(index, own[index], raised, lo, hi, confidence));
    if (index >= graph.workloads) continue;
    if (raised.level[index]! > base.level.level[index]!) cumulated.push(index);
    if (raised.from[index] !== -1 || raised.by[index] !== -1) {
      inherited.push({
        index,
        evidence: inheritedEvidence(index, axis, reasons),
        raises: raised.level[index]! >= LEAST_KNOWN || own[index]!.level >= 0,
      });
    }
    if (raised.refused[index]! >= 0) held.push(refusal(index, reasons));
  }
  return {axis, own, values, inherited, held, raised, cumulated};
}

interface Reasons {
  graph: NeedGraph;
  workloads: Workload[];
  points: CumulationPoint[];
  raised: Cumulated;
  confidence: Float64Array;
}

function refusal(index: number, {graph, workloads, points, raised}: Reasons): AxisResult['held'][number] {
  const level = raised.refused[index] as Level;
  const point = points[raised.refusedBy[index]!];
  if (point) return {index, level, from: point.name, relation: point.rule.id};
  const from = originOf(raised.refusedFrom[index]!, raised, graph.workloads);
  return {
    index,
    level,
    from: workloads[from]?.name ?? graph.names.get(from) ?? 'cumulation',
    relation: graph.relation[raised.refusedEdge[index]!]!,
  };
}

/** Why the needs at a point add up. */
export function reasonOf(
  points: readonly CumulationPoint[],
  raised: Cumulated,
  point: number,
): CumulationReason {
  const {rule, id, name} = points[point]!;
  const {applications, records} = raised.fired.get(point)!;
  return {
    rule: rule.id,
    at: {kind: rule.at, id, name},
    applications,
    records: rule.records === null ? null : records,
  };
}

/** How sure the least sure need is that it takes to reach the threshold, less one step. */
function pointConfidences(points: CumulationPoint[], raised: Cumulated, base: AxisBase): Map<number, number> {
  const before = confidences(base.own, {...raised, ...base.level, by: raised.by.slice().fill(-1)}, new Map());
  return new Map(
    [...new Set(raised.by)].flatMap((p) => {
      if (p < 0) return [];
      const {rule, members} = points[p]!;
      const sure = members.filter((w) => base.level.level[w]! >= rule.need).map((w) => before[w]!);
      sure.sort((a, b) => b - a);
      const needed = Math.min(rule.applications ?? 1, sure.length);
      const least = needed === 0 ? LEAST_CONFIDENCE : sure[needed - 1]!;
      return [[p, Math.round(least * DECAY * 1000) / 1000] as const];
    }),
  );
}

function valueOf(
  index: number,
  own: OwnNeed | undefined,
  raised: Raised,
  lo: Int8Array,
  hi: Int8Array,
  confidence: Float64Array,
): SensitivityValue {
  const known = own !== undefined && own.level >= 0;
  // An unknown neighbour is at least normal: what takes over from it cannot be none.
  const level = known ? Math.max(raised.level[index]!, lo[index]!) : raised.level[index]!;
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
function confidences(own: OwnNeed[], raised: Cumulated, byPoint: Map<number, number>): Float64Array {
  const confidence = new Float64Array(raised.level.length).fill(-1);
  const path: number[] = [];
  for (let node = 0; node < confidence.length; node++) {
    let at = node;
    while (confidence[at] === -1 && raised.from[at] !== -1) {
      path.push(at);
      at = raised.from[at]!;
    }
    if (confidence[at] === -1) {
      confidence[at] = byPoint.get(raised.by[at]!) ?? own[at]?.confidence ?? 0;
    }
    for (let value = confidence[at]!, back = path.pop(); back !== undefined; back = path.pop()) {
      value = Math.round(value * DECAY * 1000) / 1000;
      confidence[back] = value;
    }
  }
  return confidence;
}

function inheritedEvidence(index: number, axis: Axis, reasons: Reasons): SensitivityEvidence {
  const {graph, workloads, points, raised, confidence} = reasons;
  const common = {
    workload: workloads[index]!.id,
    axis,
    level: raised.level[index] as Level,
    rank: 6 as const,
    confidence: confidence[index]!,
  };
  const point = raised.by[index]!;
  if (point >= 0) {
    const cumulation = reasonOf(points, raised, point);
    return {...common, source: `${cumulation.rule}: ${countText(cumulation)}`, cumulation};
  }
  const relation = graph.relation[raised.edge[index]!]!;
  const origin = originOf(raised.from[index]!, raised, graph.workloads);
  const workload = workloads[origin];
  // A host that is raised by what adds up on it is no workload, and still the reason.
  const from = workload?.name ?? graph.names.get(origin) ?? 'cumulation';
  return {
    ...common,
    source: `${relation}: ${from}`,
    via: {workload: workload?.id ?? from, relation},
  };
}

/** `23 applications meet at AD corp.example`. */
export function countText({at, applications, records}: CumulationReason): string {
  const what = [
    ...(applications > 0 ? [`${applications} application${applications === 1 ? '' : 's'}`] : []),
    ...(records === null || records === 0 ? [] : [`${records} records`]),
  ];
  return `${what.join(' and ')} meet at ${at.kind} ${at.name}`;
}
