import type {Estate} from '../model/estate.ts';
import type {Cumulation, RootSet} from '../model/sensitivity.ts';
import {assessAxis, reasonOf, settleAxis, type AxisBase, type AxisResult, type Points} from './axis.ts';
import {countables, cumulationPoints, type CumulationPoint} from './cumulation-points.ts';
import {ownNeed, type OwnNeed} from './own-need.ts';
import type {NeedGraph} from './relations.ts';
import {AXES, type SensitivityRules} from './rules.ts';

/** All axes, and what cumulation did to them. */
export interface Settled {
  axes: AxisResult[];
  cumulation: Cumulation;
}

/**
 * Maximum and dependency first, then cumulation on top. Where it would raise a larger share of the workloads than the
 * limit, identity roots stop cumulating, and if that is not enough, everything does: a model that calls all high says
 * nothing. The decision is taken for the whole estate, so it does not depend on any order.
 */
export function settle(
  estate: Estate,
  graph: NeedGraph,
  own: readonly OwnNeed[][],
  rules: SensitivityRules,
  roots: readonly RootSet[],
): Settled {
  const bases = AXES.map((axis, at) => settleAxis(axis, own[at]!, graph, rules.inheritance));
  const points = cumulationPoints(estate, graph, rules.cumulation, roots);
  const countable = countables(estate);
  const conclude = (list: CumulationPoint[]): {axes: AxisResult[]; share: number} => {
    const axes = concludeAll(bases, graph, {list, countable}, estate);
    const raised = new Set(axes.flatMap((axis) => axis.cumulated));
    return {axes, share: estate.workloads.length === 0 ? 0 : raised.size / estate.workloads.length};
  };
  const all = conclude(points);
  if (all.share <= rules.limits.cumulation) return settled(all, points, estate, null);
  const elsewhere = points.filter(({rule}) => rule.at !== 'root');
  const withoutRoots = conclude(elsewhere);
  if (elsewhere.length < points.length && withoutRoots.share <= rules.limits.cumulation) {
    return settled(withoutRoots, elsewhere, estate, {at: 'roots', share: all.share});
  }
  return settled(conclude([]), [], estate, {at: 'everywhere', share: all.share});
}

function concludeAll(bases: AxisBase[], graph: NeedGraph, points: Points, estate: Estate): AxisResult[] {
  return bases.map((base) => assessAxis(base, graph, points, estate.workloads));
}

function settled(
  {axes, share}: {axes: AxisResult[]; share: number},
  list: CumulationPoint[],
  {workloads}: Estate,
  stopped: Cumulation['stopped'],
): Settled {
  const points = axes.flatMap(({axis, raised}) => {
    const own = list.filter(({rule}) => rule.axes.includes(axis));
    const raisedBy = new Map<number, string[]>();
    for (const [w, {id}] of workloads.entries()) {
      const p = raised.by[w]!;
      if (p === -1) continue;
      const known = raisedBy.get(p);
      if (known) known.push(id);
      else raisedBy.set(p, [id]);
    }
    return [...raised.fired.keys()]
      .sort((a, b) => a - b)
      .map((p) => ({
        ...reasonOf(own, raised, p),
        axis,
        level: (own[p]!.rule.need + 1) as 2 | 3,
        raised: raisedBy.get(p) ?? [],
      }));
  });
  return {axes, cumulation: {share, stopped, points}};
}

/** Needs of all axes by their own evidence. */
export function ownNeeds(evidence: Parameters<typeof ownNeed>[0][]): OwnNeed[][] {
  return AXES.map((axis) => evidence.map((list) => ownNeed(list, axis)));
}
