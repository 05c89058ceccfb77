import {bottleneck, UNREACHED} from '../../graph/bottleneck.ts';
import {siteNode} from '../../identity/node-ids.ts';
import type {PlanRun} from '../../model/plan.ts';
import type {PlacementProblem} from '../problem/problem.ts';
import {riskLevel} from '../problem/levels.ts';
import {NO_ROOT} from '../problem/profiles.ts';
import {profileAt} from '../problem/site-profiles.ts';
import {STAYS} from '../problem/representatives.ts';
import {solveLexicographic} from '../solve/lexicographic.ts';
import type {Answer} from './answer.ts';

/** "Root `root` no longer reaches site `site`": who still does. */
export interface SiteCut {
  site: number;
  root: number;
  /** Profile of the site afterwards. */
  profile: number;
}

/** Whoever runs the site's own control plane or hardware cannot be cut from it. */
const INHERENT = new Set(['vcSsoDomain', 'providerControlPlane', 'cpuFamily']);

/** Cuts tried per site, strongest root first. */
const MOST_CUTS = 8;

/**
 * Cuts worth asking about: a root that reaches a dedicated site and something outside it. Roots that reach the site only
 * through the one that is cut are gone with it.
 */
export function siteCuts(problem: PlacementProblem): SiteCut[] {
  const {input, model} = problem;
  return input.sites.flatMap((site, s): SiteCut[] => {
    if (site.class !== 'dedicated' || !site.receives) return [];
    const outside = rootsOutside(problem, s);
    const candidates = model.table
      .reaches(model.sites[s]!)
      .filter(({root}) => outside.has(root) && !INHERENT.has(model.roots[root]!.kind))
      .map(({root, delta}) => ({root, weight: model.roots[root]!.price * (model.attenuation[delta] ?? 0)}))
      .filter(({weight}) => weight > 0)
      .sort((a, b) => b.weight - a.weight || a.root - b.root)
      .slice(0, MOST_CUTS);
    return candidates.map(({root}) => ({site: s, root, profile: profileWithout(problem, s, root)}));
  });
}

function rootsOutside({input, model}: PlacementProblem, site: number): Set<number> {
  const profiles = new Set<number>(model.sites.filter((_, s) => s !== site));
  model.here.forEach((profile, w) => {
    if (input.siteOf[w] !== site) profiles.add(profile);
  });
  const roots = new Set<number>();
  for (const profile of profiles) for (const {root} of model.table.reaches(profile)) roots.add(root);
  return roots;
}

/** Searches backwards from the site and never through the root. */
function profileWithout({input, model}: PlacementProblem, site: number, root: number): number {
  const {index, table} = model;
  // Whoever has access to what stands there, without control of the site, keeps it.
  const target = index.target(index.find(siteNode(input.sites[site]!.id)));
  const cut = index.roots[root]!;
  const begin = index.reverse.offsets[cut]!;
  const end = index.reverse.offsets[cut + 1]!;
  const {delta} = bottleneck(index.reverse, [target], {
    maxGrade: 1,
    skip: (entry) => entry >= begin && entry < end,
  });
  let profile = NO_ROOT;
  index.roots.forEach((node, r) => {
    if (r !== root && delta[node] !== UNREACHED) profile = table.extend(profile, r, delta[node]!);
  });
  return profile;
}

/** Exposure of a workload at the site of the cut, after the cut, milli-points. */
export function pointsAfterCut(problem: PlacementProblem, cut: SiteCut, workload: number): number {
  const sites = problem.model.sites.slice();
  sites[cut.site] = cut.profile;
  const profile = profileAt(problem, {sites}, workload, cut.site);
  return problem.points(profile, problem.base.weights[workload]!);
}

/** What the plan as a whole gains from each cut, by planning again without the root. Largest gain first. */
export function rankCuts(answer: Answer, cuts: SiteCut[]): PlanRun['cutFirst'] {
  const {problem, solution} = answer;
  const {input, model, units, base, points} = problem;
  if (cuts.length === 0) return [];
  const today = solveLexicographic(units.length, [problem.risk]).values[0]!;
  const ranked = cuts.map((cut) => {
    const sites = model.sites.slice();
    sites[cut.site] = cut.profile;
    const variant = {weights: base.weights, sites};
    const {level} = riskLevel(problem, variant);
    const churn = {...problem.churn, unary: distance(problem, solution.labels)};
    const solved = solveLexicographic(units.length, [level, churn]);
    let workloads = 0;
    units.forEach((unit, u) => {
      const site = unit.site[solved.labels[u] === 1 ? 1 : 0];
      for (const w of unit.members) {
        const before = points(problem.profile(w, answer.siteFor(w)), base.weights[w]!);
        const after = points(
          site === STAYS ? model.here[w]! : profileAt(problem, variant, w, site),
          base.weights[w]!,
        );
        if (after < before) workloads++;
      }
    });
    const root = model.roots[cut.root]!;
    return {
      root: root.id,
      name: root.name,
      gain: today - solved.values[0]!,
      workloads,
      from: input.sites[cut.site]!.id,
    };
  });
  return ranked
    .filter((entry) => entry.gain > 0)
    .sort(
      (a, b) => b.gain - a.gain || (a.root < b.root ? -1 : a.root > b.root ? 1 : a.from < b.from ? -1 : 1),
    );
}

/** Among plans of equal risk, the one that differs least from the plan at hand. */
function distance({units}: PlacementProblem, labels: Uint8Array): Float64Array {
  const unary = new Float64Array(2 * units.length);
  units.forEach((unit, u) => (unary[2 * u + (labels[u] === 1 ? 0 : 1)] = unit.members.length));
  return unary;
}
