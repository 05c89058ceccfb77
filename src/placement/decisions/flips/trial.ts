import type {Flip} from '../../../model/plan.ts';
import {buildProblem} from '../../problem/build.ts';
import {repriced} from '../../problem/exposure-model.ts';
import {objective, riskLevel} from '../../problem/levels.ts';
import type {PlacementProblem} from '../../problem/problem.ts';
import {solveLexicographic} from '../../solve/lexicographic.ts';
import type {Steps} from '../../solve/task.ts';
import type {PlacementInput} from '../../input.ts';
import {replan, sitesOf, type Solved, workOf} from '../../tradeoffs/replan.ts';
import type {SiteCut} from '../cuts.ts';
import {modelAfterCut} from '../site-cut.ts';

/** Changed problems, each built and solved as a whole, as long as there is work left; null = it is spent. */
export interface Trial {
  plan: Solved;
  cuts: SiteCut[];
  /** Site of each workload in the plan; negative = stays at no known site. */
  sites: Int32Array;
  /** The same once sites within a class are chosen. */
  final: Int32Array;
  /** Sites in the plan of another input. */
  of(input: PlacementInput): Steps<Int32Array | null>;
  /** Sites once a root no longer reaches a site, roots priced as in the plan. */
  afterCut(cut: SiteCut): Steps<Int32Array | null>;
  /** Sites when a unit costs more in the class it has, hundredths of the currency per month. */
  dearer(unit: number, cost: number): Steps<Int32Array | null>;
  /** Where the steps of the plan itself put everything once changed like this; null = that could not be found out. */
  confirmed(there: Int32Array): Steps<Int32Array | null>;
  spent(): boolean;
  nameOf(site: number): string | null;
}

/** The plan where more than the cut of classes has a say: limits, and the choice of sites within a class. */
export interface Whole {
  /** The problem before limits. */
  problem: PlacementProblem;
  sites: Int32Array;
  solve: (problem: PlacementProblem) => Steps<Int32Array | null>;
}

/** The steps of a whole plan take about so many times the visits of one cut. */
const TIMES = 20;

/**
 * Changed problems, cut here and now. Where there is more to the plan than the cut, what it shows is solved again by all
 * steps of the plan before it is told.
 */
export function createTrial(plan: Solved, cuts: SiteCut[], work: number, whole: Whole | null): Trial {
  const {problem, solution, levels} = plan;
  const {model, base, units, input} = problem;
  const perSolve = workOf(plan);
  let left = work;
  const pay = (times = 1): boolean => (left -= times * perSolve) >= 0;
  const changedTo = new Map<Int32Array, (from: PlacementProblem) => PlacementProblem>();
  const again = new Map<Int32Array, Int32Array | null>();
  const solvedWith = (changed: typeof levels): Int32Array =>
    sitesOf({problem, levels: changed, solution: solveLexicographic(units.length, changed)});
  const noted = (there: Int32Array, change: (from: PlacementProblem) => PlacementProblem): Int32Array => {
    if (whole) changedTo.set(there, change);
    return there;
  };
  return {
    plan,
    cuts,
    sites: sitesOf(plan),
    final: whole?.sites ?? sitesOf(plan),
    of: (changed) =>
      known(
        pay()
          ? noted(
              sitesOf(replan(problem, changed)),
              (from) => buildProblem(changed, repriced(from.model, changed)).value,
            )
          : null,
      ),
    afterCut(cut) {
      if (!pay()) return known(null);
      const sites = model.sites.slice();
      sites[cut.site] = cut.profile;
      const there = solvedWith(objective(problem, riskLevel(problem, {weights: base.weights, sites}).level));
      return known(noted(there, (from) => buildProblem(from.input, modelAfterCut(from, cut)).value));
    },
    dearer(unit, cost) {
      if (!pay()) return known(null);
      const label = solution.labels[unit]!;
      const there = solvedWith(objective(withDearer(problem, unit, label, cost), problem.risk));
      return known(noted(there, (from) => withDearer(from, unit, label, cost)));
    },
    *confirmed(there) {
      const change = changedTo.get(there);
      if (!whole || !change) return there;
      const before = again.get(there);
      if (before !== undefined) return before;
      const sites = pay(TIMES) ? yield* whole.solve(change(whole.problem)) : null;
      again.set(there, sites);
      return sites;
    },
    spent: () => left < perSolve,
    nameOf: (site) => input.sites[site]?.id ?? null,
  };
}

/** The flip, if the workload goes elsewhere there, and does so by all steps of the plan. */
export function* flipAt(
  trial: Trial,
  workload: number,
  there: Int32Array | null,
  flip: Omit<Flip, 'site'>,
): Steps<Flip[]> {
  if (!there || there[workload] === trial.sites[workload]) return [];
  const sites = yield* trial.confirmed(there);
  if (!sites || sites[workload] === trial.final[workload]) return [];
  return [{...flip, site: trial.nameOf(sites[workload]!)}];
}

/** The same problem in which a unit costs more in one class. */
export function withDearer(
  problem: PlacementProblem,
  unit: number,
  label: number,
  cost: number,
): PlacementProblem {
  const unary = problem.cost.unary.slice();
  unary[2 * unit + label]! += cost;
  return {...problem, cost: {...problem.cost, unary}};
}

/** An answer that needed nobody else. */
function* known<T>(answer: T): Steps<T> {
  yield* [];
  return answer;
}
