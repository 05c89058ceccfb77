import {objective, riskLevel} from '../problem/levels.ts';
import type {PlacementProblem} from '../problem/problem.ts';
import type {Solution} from '../solve/level.ts';
import {solveLexicographic} from '../solve/lexicographic.ts';

/**
 * Units whose class changes when every unknown need is taken at its lower or its upper end. Rules and sites stay as
 * planned.
 */
export function fragileUnits(problem: PlacementProblem, solution: Solution): Set<number> {
  const {weights, base, units} = problem;
  const fragile = new Set<number>();
  for (const end of [weights.lo, weights.hi]) {
    if (end.every((weight, w) => weight === weights.planned[w])) continue;
    const {level} = riskLevel(problem, {...base, weights: end});
    const {labels} = solveLexicographic(units.length, objective(problem, level));
    labels.forEach((label, u) => {
      if (label !== solution.labels[u]) fragile.add(u);
    });
  }
  return fragile;
}
