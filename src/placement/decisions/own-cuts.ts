import {bottleneck, UNREACHED} from '../../graph/bottleneck.ts';
import {stronglyConnected} from '../../graph/scc.ts';
import type {PlacementProblem} from '../problem/problem.ts';
import {NO_ROOT} from '../problem/profiles.ts';

/** A root that a workload brings along: without it, who still reaches the workload wherever it stands. */
export interface OwnCut {
  root: number;
  profile: number;
}

/** Edges of this grade and below count. */
const MAX_GRADE = 1;

/**
 * What each own root of a workload is worth: its domain membership, its sign-in. Roots that reach it only through the
 * one that is cut are gone with it. One search per root; asked only for moves that gain nothing, and once for all
 * workloads that bring along the same edges.
 */
export function createOwnCuts({input, model}: PlacementProblem): (workload: number) => OwnCut[] {
  const {index, table} = model;
  const {offsets, heads, level, grade, edge} = index.reverse;
  const placeBound = (entry: number): boolean => index.graph.edges[edge[entry]!]!.bound === 'place';
  const known = new Map<string, OwnCut[]>();
  let loops: ((node: number) => boolean) | null = null;
  return (workload) => {
    const target = index.find(input.estate.workloads[workload]!.id);
    if (target < 0) return [];
    // On a way back to itself it is met as a node among others, so what its twins get says nothing.
    loops ??= onCycle();
    if (loops(target)) return search(target, model.own[workload]!);
    const key = edgesOf(target);
    const found = known.get(key) ?? search(target, model.own[workload]!);
    known.set(key, found);
    return found;
  };

  function edgesOf(target: number): string {
    let key = '';
    for (let at = offsets[target]!; at < offsets[target + 1]!; at++)
      if (grade[at]! <= MAX_GRADE && !placeBound(at)) key += `${heads[at]!}/${level[at]!} `;
    return key;
  }

  function search(target: number, own: number): OwnCut[] {
    const [begin, end] = [offsets[target]!, offsets[target + 1]!];
    return table.reaches(own).map(({root}) => {
      const cut = index.roots[root]!;
      const [from, to] = [offsets[cut]!, offsets[cut + 1]!];
      // Never past the cut root, and never into the workload because of where it stands.
      const skip = (entry: number): boolean =>
        (entry >= begin && entry < end && placeBound(entry)) || (entry >= from && entry < to);
      const {delta} = bottleneck(index.reverse, [target], {maxGrade: MAX_GRADE, skip});
      let profile = NO_ROOT;
      index.roots.forEach((node, r) => {
        if (r !== root && delta[node] !== UNREACHED) profile = table.extend(profile, r, delta[node]!);
      });
      return {root, profile};
    });
  }

  function onCycle(): (node: number) => boolean {
    const {of, count} = stronglyConnected(index.reverse, {maxLevel: 3, maxGrade: MAX_GRADE});
    const sizes = new Uint32Array(count);
    for (const component of of) sizes[component]!++;
    return (node) => sizes[of[node]!]! > 1;
  }
}
