import type {Estate} from '../model/estate.ts';
import type {Exposure, IdentityGraph} from '../model/exposure.ts';
import type {IdentityGap} from '../model/identity-facts.ts';
import type {SensitivityResult} from '../model/sensitivity.ts';
import {indexGraph} from './index-graph.ts';
import {reachOf} from './reach.ts';
import {sibrAt} from './score.ts';
import {UNIT, workloadValues} from './values.ts';
import {applyChanges} from './what-if.ts';

/** How much of the width of all score intervals one answer would take away. Unit: points of priority (need × SIBR). */
export interface GapWidth {
  gap: IdentityGap;
  /** Edges that hang on it. */
  edges: number;
  /** Width of all intervals today, and after each answer. */
  width: {now: number; ifYes: number; ifNo: number};
  /** Mean of what the two answers take away. */
  settles: number;
}

export interface GapInput {
  graph: IdentityGraph;
  estate: Pick<Estate, 'workloads'>;
  sensitivity: SensitivityResult;
  exposure: Exposure;
}

/**
 * Open questions ranked by how much interval width an answer settles, by scoring the estate with either answer.
 * Only the `most` questions with the greatest value behind their edges are scored: what lies behind bounds what an
 * answer can change.
 * @returns ranked results, and how many questions were not scored
 */
export function gapWidths(input: GapInput, most: number): {ranked: GapWidth[]; unscored: number} {
  const {graph, estate, sensitivity, exposure} = input;
  const needs = new Map(sensitivity.workloads.map(({workload, weight}) => [workload, weight]));
  const now = widthOf(exposure, needs);
  const behind = valueBehind(input);
  const candidates = graph.gaps
    .map((gap) => ({gap, ...(behind.get(gap.id) ?? {value: 0, edges: 0})}))
    .sort((a, b) => b.value - a.value || (a.gap.id < b.gap.id ? -1 : 1));
  const width = (gap: string, answer: 'yes' | 'no'): number => {
    const changed = applyChanges(graph, [{kind: 'answer', gap, answer}]).graph;
    // A yes only makes open edges certain and a no only takes them away: one end of the interval moves, the other stays.
    const end = answer === 'yes' ? 'lo' : 'hi';
    return widthWith(
      exposure,
      needs,
      end,
      sibrAt(end, changed, estate.workloads, sensitivity, exposure.parameters),
    );
  };
  const ranked = candidates.slice(0, most).map(({gap, edges}): GapWidth => {
    const [ifYes, ifNo] = [width(gap.id, 'yes'), width(gap.id, 'no')];
    return {gap, edges, width: {now, ifYes, ifNo}, settles: Math.max(0, now - (ifYes + ifNo) / 2)};
  });
  ranked.sort((a, b) => b.settles - a.settles || (a.gap.id < b.gap.id ? -1 : 1));
  return {ranked, unscored: Math.max(0, candidates.length - most)};
}

/** Σ s·(hi − lo) over all workloads. */
function widthOf(exposure: Exposure, needs: ReadonlyMap<string, number>): number {
  return exposure.workloads.reduce(
    (sum, {workload, sibr}) => sum + (needs.get(workload) ?? 0) * (sibr.hi - sibr.lo),
    0,
  );
}

/** The same with one end replaced, for workloads in the order of the estate. */
function widthWith(
  exposure: Exposure,
  needs: ReadonlyMap<string, number>,
  end: 'lo' | 'hi',
  moved: Float64Array,
): number {
  return exposure.workloads.reduce((sum, {workload, sibr}, w) => {
    const width = end === 'lo' ? sibr.hi - moved[w]! : moved[w]! - sibr.lo;
    return sum + (needs.get(workload) ?? 0) * Math.max(0, width);
  }, 0);
}

/** Value that lies behind the edges of each question. */
function valueBehind({graph, estate, sensitivity}: GapInput): Map<string, {value: number; edges: number}> {
  const heads = new Map<string, string[]>();
  for (const {gap, to} of graph.edges) {
    if (gap === undefined) continue;
    const known = heads.get(gap);
    if (known) known.push(to);
    else heads.set(gap, [to]);
  }
  const index = indexGraph(graph);
  const ids = estate.workloads.map(({id}) => id);
  const weights = workloadValues(ids, sensitivity.workloads);
  const targets = ids.map((id) => index.find(id));
  const behind = new Map<string, {value: number; edges: number}>();
  for (const [gap, ends] of heads) {
    const delta = reachOf(index, ends, 'unknown');
    let value = 0;
    targets.forEach((node, w) => {
      if (node >= 0 && delta[index.target(node)]! <= 3) value += weights[w]! / UNIT;
    });
    behind.set(gap, {value, edges: ends.length});
  }
  return behind;
}
