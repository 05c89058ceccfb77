import type {Flip} from '../../../model/plan.ts';
import {objective, riskLevel} from '../../problem/levels.ts';
import type {Variant} from '../../problem/problem.ts';
import {solveLexicographic} from '../../solve/lexicographic.ts';
import type {PlacementInput} from '../../input.ts';
import {replan, sitesOf, type Solved, workOf} from '../../tradeoffs/replan.ts';
import type {SiteCut} from '../cuts.ts';

/** Changed problems, each built and solved as a whole, as long as there is work left. */
export interface Trial {
  plan: Solved;
  cuts: SiteCut[];
  /** Site of each workload in the plan; negative = stays at no known site. */
  sites: Int32Array;
  /** Sites in the plan of another input; null when the work is spent. */
  of(input: PlacementInput): Int32Array | null;
  /** Sites in the plan of the same input with other roots at the sites. */
  withRoots(variant: Variant): Int32Array | null;
  /** Sites when a unit costs more in the class it has, hundredths of the currency per month. */
  dearer(unit: number, cost: number): Int32Array | null;
  spent(): boolean;
  nameOf(site: number): string | null;
}

export function createTrial(plan: Solved, cuts: SiteCut[], work: number): Trial {
  const {problem, solution, levels} = plan;
  const perSolve = workOf(plan);
  let left = work;
  const pay = (): boolean => (left -= perSolve) >= 0;
  const solvedWith = (changed: typeof levels): Int32Array =>
    sitesOf({problem, levels: changed, solution: solveLexicographic(problem.units.length, changed)});
  return {
    plan,
    cuts,
    sites: sitesOf(plan),
    of: (input) => (pay() ? sitesOf(replan(problem, input)) : null),
    withRoots: (variant) =>
      pay() ? solvedWith(objective(problem, riskLevel(problem, variant).level)) : null,
    dearer(unit, cost) {
      if (!pay()) return null;
      const unary = problem.cost.unary.slice();
      unary[2 * unit + solution.labels[unit]!]! += cost;
      return solvedWith(objective({...problem, cost: {...problem.cost, unary}}, problem.risk));
    },
    spent: () => left < perSolve,
    nameOf: (site) => problem.input.sites[site]?.id ?? null,
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
