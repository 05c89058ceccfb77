import {indexGraph, indexOf, type GraphIndex} from '../../exposure/index-graph.ts';
import {moveWorkloads} from '../../exposure/move.ts';
import {nodeNumbers, rootsReaching} from '../../exposure/site-roots.ts';
import type {Certainty, Interval} from '../../model/common.ts';
import type {PlanRun} from '../../model/plan.ts';
import {profilesOf} from '../problem/profiles.ts';
import {controlUnknown} from '../problem/site-profiles.ts';
import type {Answer} from './answer.ts';

const MASKS = {lo: 'certain', value: 'conditional', hi: 'unknown'} as const satisfies Record<
  string,
  Certainty
>;

/** Who reaches each workload before and after all moves of the plan, in the whole graph, not in the linear model. */
export interface Rebuilt {
  /** Profile of each workload with certain and conditional edges. */
  before: Uint32Array;
  after: Uint32Array;
  residual: PlanRun['residual'];
}

/** Applies all moves at once, rebuilds the edges and searches again from every root. */
export function rebuild(answer: Answer): Rebuilt {
  const {input} = answer.problem;
  const {workloads} = input.estate;
  const moves = new Map(
    workloads.flatMap((workload, w): [string, string][] =>
      landsSomewhereKnown(answer, w) ? [[workload.id, input.sites[answer.siteFor(w)]!.id]] : [],
    ),
  );
  const today = indexOf(input.graph, input.index);
  const planned = moves.size === 0 ? today : indexGraph(moveWorkloads(input.graph, moves));
  const before = reachedBy(answer, today);
  const after = planned === today ? before : reachedBy(answer, planned);
  return {before: before.profiles, after: after.profiles, residual: residual(answer, before, after)};
}

/** A move to a site nobody said who controls keeps today's edges: what would vanish there is not known. */
function landsSomewhereKnown(answer: Answer, w: number): boolean {
  return answer.moves(w) && !controlUnknown(answer.problem.input.sites[answer.siteFor(w)]!);
}

interface Reached {
  profiles: Uint32Array;
  /** V of each root. */
  values: Interval[];
  /** Exposure of all workloads together, milli-points. */
  total: Interval;
}

function reachedBy(answer: Answer, index: GraphIndex): Reached {
  const {problem} = answer;
  const {table, roots} = problem.model;
  const ids = problem.input.estate.workloads.map((workload) => workload.id);
  const nodes = nodeNumbers(index, ids);
  const at = (mask: Certainty): Uint32Array => profilesOf(rootsReaching(index, nodes, mask), table);
  const profiles = at(MASKS.value);
  const [low, high] = [at(MASKS.lo), at(MASKS.hi)];
  const [value, lo, hi] = [profiles, low, high].map((found) => valuesOf(answer, found)) as [
    Float64Array,
    Float64Array,
    Float64Array,
  ];
  return {
    profiles,
    values: roots.map((_, r) => ({value: value[r]!, lo: lo[r]!, hi: hi[r]!})),
    total: {
      value: totalPoints(answer, profiles),
      lo: totalPoints(answer, low),
      hi: totalPoints(answer, high),
    },
  };
}

/** Sum over the workloads, so that it equals the sum of the decisions to the last digit. */
function totalPoints({problem: {points, base}}: Answer, profiles: Uint32Array): number {
  let sum = 0;
  profiles.forEach((profile, w) => (sum += points(profile, base.weights[w]!)));
  return sum;
}

/** V({r}) = Σ w·α(δ) of each root for these profiles. */
export function valuesOf({problem}: Answer, profiles: Uint32Array): Float64Array {
  const {model, base} = problem;
  const byProfile = new Map<number, number>();
  profiles.forEach((profile, w) => {
    byProfile.set(profile, (byProfile.get(profile) ?? 0) + base.weights[w]!);
  });
  const values = new Float64Array(model.roots.length);
  for (const [profile, weight] of byProfile) {
    for (const {root, delta} of model.table.reaches(profile)) {
      values[root]! += weight * (model.attenuation[delta] ?? 0);
    }
  }
  return values;
}

function residual(answer: Answer, before: Reached, after: Reached): PlanRun['residual'] {
  const {problem} = answer;
  const {model, input} = problem;
  const linear = {
    before: linearProfiles(answer, (w) => input.siteOf[w]!),
    after: linearProfiles(answer, (w) => answer.siteFor(w)),
  };
  const values = {before: valuesOf(answer, linear.before), after: valuesOf(answer, linear.after)};
  const roots = model.roots.map((root, r) => ({
    id: root.id,
    kind: root.kind,
    name: root.name,
    before: rounded(before.values[r]!),
    after: rounded(after.values[r]!),
    linearised: {before: round(values.before[r]!), after: round(values.after[r]!)},
  }));
  return {
    roots: roots.sort((a, b) => b.before.value - a.before.value || (a.id < b.id ? -1 : 1)),
    total: {
      linearised: {before: totalPoints(answer, linear.before), after: totalPoints(answer, linear.after)},
      recomputed: {before: before.total, after: after.total},
    },
  };
}

/** Profiles of all workloads in the linear model, credentials on other workloads left out. */
function linearProfiles({problem}: Answer, siteOf: (w: number) => number): Uint32Array {
  return Uint32Array.from(problem.input.estate.workloads, (_, w) => problem.profile(w, siteOf(w)));
}

function rounded({value, lo, hi}: Interval): Interval {
  return {value: round(value), lo: round(lo), hi: round(hi)};
}

/** Sums of decimal weights, rid of binary noise. */
function round(value: number): number {
  return Math.round(value * 1e6) / 1e6;
}
