import {CLOSED, ranking, STAYS} from '../problem/representatives.ts';
import type {PlacementProblem} from '../problem/problem.ts';
import type {Solution} from '../solve/level.ts';

/** The solved problem, asked about single workloads. Sites are positions in `input.sites`. */
export interface Answer {
  problem: PlacementProblem;
  solution: Solution;
  /** Recommended site; {@link STAYS} = where it is, at no known site. */
  siteFor: (workload: number) => number;
  /** Site of the other class, or {@link CLOSED}. */
  otherSite: (workload: number) => number;
  /** Second best: the other class, else the next site of the same class, else null. */
  runnerUp: (workload: number) => number | null;
  /** True when the workload goes to another site. */
  moves: (workload: number) => boolean;
}

export function answer(problem: PlacementProblem, solution: Solution): Answer {
  const {units, unitOf, input, facts} = problem;
  const label = (u: number): 0 | 1 => (solution.labels[u] === 1 ? 1 : 0);
  const siteFor = (w: number): number => units[unitOf[w]!]!.site[label(unitOf[w]!)];
  const otherSite = (w: number): number => units[unitOf[w]!]!.site[label(unitOf[w]!) === 1 ? 0 : 1];
  const next = new Map<number, number | null>();
  return {
    problem,
    solution,
    siteFor,
    otherSite,
    runnerUp(w) {
      const other = otherSite(w);
      if (other !== CLOSED) return other === STAYS ? null : other;
      const u = unitOf[w]!;
      const known = next.get(u);
      if (known !== undefined) return known;
      const unit = units[u]!;
      const chosen = siteFor(w);
      const found = unit.blocked
        ? null
        : (ranking(input, unit.members, label(u), facts).find((site) => site !== chosen) ?? null);
      next.set(u, found);
      return found;
    },
    moves: (w) => siteFor(w) !== STAYS && siteFor(w) !== input.siteOf[w],
  };
}
