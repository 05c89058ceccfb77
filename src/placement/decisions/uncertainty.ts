import type {PlacementProblem} from '../problem/problem.ts';
import {CLOSED, classOf, openSites, STAYS} from '../problem/representatives.ts';
import {controlUnknown} from '../problem/site-profiles.ts';
import type {Answer} from './answer.ts';
import {openEdges, type OpenEdges} from './open-edges.ts';

/** Milli-points that rounding one workload's terms may come to. */
const ROUNDING = 20;

/** What is not known about a unit. */
export interface Uncertainty {
  /** By how much it could lessen the lead of its class, milli-points. */
  of(unit: number): number;
  /** True when its risk is known at every site open to it, so that none of them can turn out another one's better. */
  riskKnown(unit: number): boolean;
}

/**
 * By how much what is not known could lessen the lead of a unit's class over the other one, milli-points: needs anywhere in
 * their interval, conditional and unknown edges there or not, and the tolerance, which may take a lead back. Edges that go
 * along with a workload are there at both sites or at neither.
 * @param units positions of the units that will be asked for
 */
export function createUncertainty(answer: Answer, units: number[]): Uncertainty {
  const {problem, solution} = answer;
  const {input, weights, base, model} = problem;
  const workloads = units.flatMap((u) => problem.units[u]!.members);
  const edges = openEdges(problem, workloads);
  const place = new Map(workloads.map((w, k) => [w, k]));
  const known = new Map<number, number>();
  const sums = new Map<number, number>();
  const credentials = credentialDoubt(problem);
  return {
    of(u) {
      let found = known.get(u);
      if (found === undefined) known.set(u, (found = of(u) + credentials(u)));
      return found;
    },
    riskKnown(u) {
      const unit = problem.units[u]!;
      const open = ([0, 1] as const).flatMap((c) => [
        ...new Set([unit.site[c], ...openSites(input, unit, c, problem.facts.eligibility)]),
      ]);
      return unit.members.every((w) => {
        const at = open.filter((site) => site !== CLOSED);
        const points = at.map((site) => pointsOf(profile(w, site)));
        const steady = edges === null || at.every((site) => sameEitherWay(edges, w, site));
        return steady && (weights.lo[w] === weights.hi[w] || new Set(points).size === 1);
      });
    },
  };

  function of(u: number): number {
    const {members, site} = problem.units[u]!;
    if (members.length === 0 || site.includes(CLOSED)) return 0;
    const own = site[solution.labels[u] === 1 ? 1 : 0];
    const other = site[solution.labels[u] === 1 ? 0 : 1];
    const sum = (worth: (w: number) => number): number => members.reduce((all, w) => all + worth(w), 0);
    // Rounded as the problem counts it, so that nothing is left between this and the margin.
    const planned = (w: number, at: number): number =>
      problem.points(profile(w, at), base.weights[w]!) -
      problem.points(profile(w, own), base.weights[w]!) +
      rules(w, at) -
      rules(w, own);
    const worst = (w: number, at: number): number =>
      Math.min(...leastLead(w, own, at)) + rules(w, at) - rules(w, own);
    const lead = sum((w) => planned(w, other));
    // Another site of that class may turn out better than the one that stands for it.
    const away = solution.labels[u] === 1 ? 0 : 1;
    const rivals = openSites(input, problem.units[u]!, away, problem.facts.eligibility).filter((at) =>
      members.some((w) => worst(w, at) < planned(w, at) - ROUNDING),
    );
    const least = Math.min(
      lead,
      ...[other, ...rivals].map((at) => sum((w) => Math.min(planned(w, at), worst(w, at)))),
    );
    const stays = classOf(input, members[0]!) === solution.labels[u];
    const most = input.settings.riskTolerance * members.length;
    return afterTolerance(lead, stays, most) - afterTolerance(least, stays, most);
  }

  /** Leads of one workload's own site at both ends of its need, with edges as bad as they could be. */
  function leastLead(w: number, own: number, other: number): number[] {
    const ends = [weights.lo[w]!, weights.hi[w]!];
    const worst = edges
      ? worstDifference(edges, w, own, other)
      : difference(profile(w, other), profile(w, own));
    return ends.map((weight) => weight * worst);
  }

  function worstDifference(found: OpenEdges, w: number, own: number, other: number): number {
    return Math.min(
      ...(['certain', 'all'] as const).map((along) =>
        difference(reachedAt(found, w, other, 'certain', along), reachedAt(found, w, own, 'all', along)),
      ),
    );
  }

  function sameEitherWay(found: OpenEdges, w: number, site: number): boolean {
    return (
      difference(reachedAt(found, w, site, 'certain', 'certain'), reachedAt(found, w, site, 'all', 'all')) ===
      0
    );
  }

  /** Who reaches a workload at a site, over edges of the site and over those that go along with it. */
  function reachedAt(
    found: OpenEdges,
    w: number,
    site: number,
    which: keyof OpenEdges,
    along: keyof OpenEdges,
  ): number {
    const k = place.get(w)!;
    const here = site === STAYS || input.siteOf[w] === site || controlUnknown(input.sites[site]!);
    return here
      ? found[which].here[k]!
      : model.table.merge(found[which].sites[site]!, found[along].own[k]!, 0);
  }

  function profile(w: number, site: number): number {
    return problem.profile(w, site);
  }

  function rules(w: number, site: number): number {
    return site === STAYS ? 0 : problem.soft[w * input.sites.length + site]!;
  }

  /** Milli-points per unit of need by which one profile is worse than another. */
  function difference(worse: number, better: number): number {
    return pointsOf(worse) - pointsOf(better);
  }

  function pointsOf(found: number): number {
    let sum = sums.get(found);
    if (sum === undefined) {
      sum = 0;
      for (const {root, delta} of model.table.reaches(found))
        sum += model.roots[root]!.price * (model.attenuation[delta] ?? 0);
      sums.set(found, sum);
    }
    return sum;
  }
}

/** A lead as the problem counts it: a gain below the tolerance is none. */
function afterTolerance(lead: number, stays: boolean, tolerance: number): number {
  const gain = stays ? -lead : lead;
  return gain > 0 && gain < tolerance ? 0 : lead;
}

/**
 * What credentials between units could change: nothing where all needs of the units they join, however far, are known. Else
 * a unit may find itself beside neighbours in other classes than planned: all its terms, there and back, at the largest need.
 */
function credentialDoubt({risk, units, weights}: PlacementProblem): (unit: number) => number {
  if (risk.tail.length === 0) return () => 0;
  const leader = Uint32Array.from(units, (_, u) => u);
  const find = (start: number): number => {
    let u = start;
    while (leader[u] !== u) {
      leader[u] = leader[leader[u]!]!;
      u = leader[u]!;
    }
    return u;
  };
  const doubt = new Map<number, number>();
  const largest = (u: number): number =>
    units[u]!.members.reduce((most, w) => Math.max(most, weights.hi[w]! / (weights.planned[w]! || 1)), 1);
  for (let e = 0; e < risk.tail.length; e++) {
    const [a, b] = [risk.tail[e]!, risk.head[e]!];
    leader[find(a)] = find(b);
    const most = 2 * (risk.forward[e]! + risk.backward[e]!) * Math.max(largest(a), largest(b));
    for (const u of [a, b]) doubt.set(u, (doubt.get(u) ?? 0) + most);
  }
  const open = new Set<number>();
  units.forEach(({members}, u) => {
    if (members.some((w) => weights.lo[w] !== weights.hi[w])) open.add(find(u));
  });
  return (u) => (open.has(find(u)) ? (doubt.get(u) ?? 0) : 0);
}
