import {bottleneck, UNREACHED} from '../../graph/bottleneck.ts';
import type {PlacementProblem} from '../problem/problem.ts';
import {NO_ROOT} from '../problem/profiles.ts';

/** A root that a workload brings along: without it, who still reaches the workload wherever it stands. */
export interface OwnCut {
  root: number;
  profile: number;
}

/**
 * What each own root of a workload is worth: its domain membership, its sign-in. Roots that reach it only through the
 * one that is cut are gone with it. One search per root; asked only for moves that gain nothing.
 */
export function ownCuts({input, model}: PlacementProblem, workload: number): OwnCut[] {
  const {index, table} = model;
  const target = index.find(input.estate.workloads[workload]!.id);
  if (target < 0) return [];
  const {offsets, edge} = index.reverse;
  const [begin, end] = [offsets[target]!, offsets[target + 1]!];
  const placeBound = (entry: number): boolean =>
    entry >= begin && entry < end && index.graph.edges[edge[entry]!]!.bound === 'place';
  return table.reaches(model.own[workload]!).map(({root}) => {
    const cut = index.roots[root]!;
    const [from, to] = [offsets[cut]!, offsets[cut + 1]!];
    // Never past the cut root, and never into the workload because of where it stands.
    const skip = (entry: number): boolean => placeBound(entry) || (entry >= from && entry < to);
    const {delta} = bottleneck(index.reverse, [target], {maxGrade: 1, skip});
    let profile = NO_ROOT;
    index.roots.forEach((node, r) => {
      if (r !== root && delta[node] !== UNREACHED) profile = table.extend(profile, r, delta[node]!);
    });
    return {root, profile};
  });
}
