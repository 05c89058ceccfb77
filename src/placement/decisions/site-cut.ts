import {indexGraph} from '../../exposure/index-graph.ts';
import {moveWorkloads} from '../../exposure/move.ts';
import {nodeNumbers, rootsReaching} from '../../exposure/site-roots.ts';
import {bottleneck, UNREACHED} from '../../graph/bottleneck.ts';
import {siteNode} from '../../identity/node-ids.ts';
import type {IdentityGraph} from '../../model/exposure.ts';
import type {ExposureModel} from '../problem/exposure-model.ts';
import {NO_ROOT, profilesOf, type ProfileTable} from '../problem/profiles.ts';
import type {PlacementProblem} from '../problem/problem.ts';
import {controlUnknown} from '../problem/site-profiles.ts';
import type {SiteCut} from './cuts.ts';

/** The linear model once a root no longer reaches a site: of the site, and of what stands there. */
export function modelAfterCut({input, model}: PlacementProblem, cut: SiteCut): ExposureModel {
  const sites = model.sites.slice();
  sites[cut.site] = cut.profile;
  const after = createAfterCut(model, cut);
  const patched = (here: Uint32Array, own: Uint32Array): Uint32Array =>
    here.map((profile, w) => (input.siteOf[w] === cut.site ? after(profile, own[w]!, 0) : profile));
  const {control} = model;
  const here = patched(model.here, model.own);
  const controlled = control.here === model.here ? here : patched(control.here, control.own);
  return {...model, sites, here, control: {here: controlled, own: control.own}};
}

/** Exposure of each workload, milli-points, in one placement: as things are, and once the cut is made. */
export interface Exposures {
  asIs: Float64Array;
  cut: Float64Array;
}

/**
 * Rebuilds the edges for a placement and searches from every root. After the cut, roots that lost the site keep the ways
 * that neither lead over it nor are there because of what stands at it; those who still reach the site go on from there.
 */
export function exposuresAt(
  {input, model, points, base}: PlacementProblem,
  cut: SiteCut,
  siteFor: (workload: number) => number,
): Exposures {
  const {workloads} = input.estate;
  const ids = workloads.map(({id}) => id);
  const moves = new Map<string, string>();
  const there = new Set<string>();
  ids.forEach((id, w) => {
    const s = siteFor(w);
    const site = input.sites[s];
    if (site && s !== input.siteOf[w] && !controlUnknown(site)) moves.set(id, site.id);
    if (s === cut.site) there.add(id);
  });
  const graph = moves.size === 0 ? input.graph : moveWorkloads(input.graph, moves);
  const node = siteNode(input.sites[cut.site]!.id);
  const reached = (edges: IdentityGraph['edges']) => {
    const index = indexGraph({...graph, edges});
    const numbers = nodeNumbers(index, ids);
    return {index, numbers, profiles: profilesOf(rootsReaching(index, numbers, 'conditional'), model.table)};
  };
  const today = reached(graph.edges);
  const around = reached(
    graph.edges.filter(({to, bound}) => to !== node && !(bound === 'place' && there.has(to))),
  );
  const onwards = bottleneck(today.index.forward, [today.index.find(node)], {maxGrade: 1}).delta;
  const after = createAfterCut(model, cut);
  const weigh = (profiles: Uint32Array): Float64Array =>
    Float64Array.from(profiles, (profile, w) => points(profile, base.weights[w]!));
  return {
    asIs: weigh(today.profiles),
    cut: weigh(
      today.profiles.map((profile, w) => {
        const number = today.numbers[w]!;
        const level = number < 0 ? UNREACHED : onwards[today.index.target(number)]!;
        return after(profile, around.profiles[w]!, level);
      }),
    ),
  };
}

/**
 * Who reaches something after the cut: of the roots that lost the site, `around` says what is left; all others as before. Who
 * still reaches the site goes on from there at `level`.
 */
function createAfterCut({table, sites}: ExposureModel, {site, profile: left}: SiteCut) {
  const still = new Map(table.reaches(left).map(({root, delta}) => [root, delta]));
  const lost = new Set<number>();
  for (const {root, delta} of table.reaches(sites[site]!)) {
    if ((still.get(root) ?? UNREACHED) > delta) lost.add(root);
  }
  const known = new Map<string, number>();
  return (before: number, around: number, level: number): number => {
    const key = `${before} ${around} ${level}`;
    let found = known.get(key);
    if (found === undefined) {
      const ways = [
        ...table.reaches(before).filter(({root}) => !lost.has(root)),
        ...table.reaches(around).filter(({root}) => lost.has(root)),
      ];
      found = profileOf(table, ways);
      if (level !== UNREACHED) found = table.merge(found, left, level);
      known.set(key, found);
    }
    return found;
  };
}

function profileOf(table: ProfileTable, reaches: {root: number; delta: number}[]): number {
  let profile = NO_ROOT;
  for (const {root, delta} of reaches.sort((a, b) => a.root - b.root))
    profile = table.extend(profile, root, delta);
  return profile;
}
