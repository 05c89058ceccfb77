import type {Flip} from '../../../model/plan.ts';
import {objective, riskLevel} from '../../problem/levels.ts';
import type {PlacementProblem} from '../../problem/problem.ts';
import {solveLexicographic} from '../../solve/lexicographic.ts';
import type {Steps} from '../../solve/task.ts';
import type {PlacementInput} from '../../input.ts';
import {replan, sitesOf, type Solved, workOf} from '../../tradeoffs/replan.ts';
import type {SiteCut} from '../cuts.ts';

/** Changed problems, each built and solved as a whole, as long as there is work left; null = it is spent. */
export interface Trial {
  plan: Solved;
  cuts: SiteCut[];
  /** Site of each workload in the plan; negative = stays at no known site. */
  sites: Int32Array;
  /** Sites in the plan of another input. */
  of(input: PlacementInput): Steps<Int32Array | null>;
  /** Sites once a root no longer reaches a site, roots priced as in the plan. */
  afterCut(cut: SiteCut): Steps<Int32Array | null>;
  /** Sites when a unit costs more in the class it has, hundredths of the currency per month. */
  dearer(unit: number, cost: number): Steps<Int32Array | null>;
  spent(): boolean;
  nameOf(site: number): string | null;
}

/** Changed problems without limits, solved here and now. */
export function createTrial(plan: Solved, cuts: SiteCut[], work: number): Trial {
  const {problem, solution, levels} = plan;
  const {model, base, units, input} = problem;
  const perSolve = workOf(plan);
  let left = work;
  const pay = (): boolean => (left -= perSolve) >= 0;
  const solvedWith = (changed: typeof levels): Int32Array =>
    sitesOf({problem, levels: changed, solution: solveLexicographic(units.length, changed)});
  return {
    plan,
    cuts,
    sites: sitesOf(plan),
    of: (changed) => known(pay() ? sitesOf(replan(problem, changed)) : null),
    afterCut({site, profile}) {
      if (!pay()) return known(null);
      const sites = model.sites.slice();
      sites[site] = profile;
      return known(solvedWith(objective(problem, riskLevel(problem, {weights: base.weights, sites}).level)));
    },
    dearer(unit, cost) {
      if (!pay()) return known(null);
      return known(
        solvedWith(objective(withDearer(problem, unit, solution.labels[unit]!, cost), problem.risk)),
      );
    },
    spent: () => left < perSolve,
    nameOf: (site) => input.sites[site]?.id ?? null,
  };
}

/** The flip, if the workload goes elsewhere there. */
export function flipAt(
  trial: Trial,
  workload: number,
  there: Int32Array | null,
  flip: Omit<Flip, 'site'>,
): Flip[] {
  if (!there || there[workload] === trial.sites[workload]) return [];
  return [{...flip, site: trial.nameOf(there[workload]!)}];
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
