import type {PlacementInput} from '../input.ts';
import {buildProblem} from '../problem/build.ts';
import {repriced} from '../problem/exposure-model.ts';
import {objective, riskLevel} from '../problem/levels.ts';
import type {PlacementProblem} from '../problem/problem.ts';
import {CLOSED, classOf} from '../problem/representatives.ts';
import type {Level, Solution} from '../solve/level.ts';
import {solveLexicographic} from '../solve/lexicographic.ts';

/** A problem with its exact answer without limits. */
export interface Solved {
  problem: PlacementProblem;
  levels: Level[];
  solution: Solution;
}

/** The problem of another input over the same estate, graph and sites, solved from scratch. */
export function replan({model}: PlacementProblem, input: PlacementInput): Solved {
  return solved(buildProblem(input, repriced(model, input)).value);
}

export function solved(problem: PlacementProblem): Solved {
  const levels = objective(problem, problem.risk);
  return {problem, levels, solution: solveLexicographic(problem.units.length, levels)};
}

/** What building and solving it costs, in visits of units, arcs and workloads at sites. */
export function workOf({problem: {units, input}, levels}: Solved): number {
  const arcs = levels.reduce((sum, {tail}) => sum + units.length + tail.length, 0);
  return arcs + input.estate.workloads.length * input.sites.length;
}

/** Site of each workload by position; negative = stays at no known site. */
export function sitesOf({problem: {units, unitOf}, solution: {labels}}: Solved): Int32Array {
  return Int32Array.from(unitOf, (u) => units[u]!.site[labels[u] === 1 ? 1 : 0]);
}

/** What the numbers of a problem do not show but depend on. */
export interface Shape {
  /** Sites that stand for the classes, two per unit. */
  sites: Int16Array;
  /** Per unit: 0 its other class gains nothing, 1 the tolerance takes the gain back, 2 the gain counts. */
  gains: Int16Array;
}

/** While this stays the same, all numbers are straight lines in every weight, but for rounding. */
export function shapeOf({units, facts, input}: PlacementProblem): Shape {
  const gains = units.map(({members, site}) => {
    if (members.length === 0 || site.includes(CLOSED)) return 0;
    const here = classOf(input, members[0]!);
    const alone = site.map((at) => members.reduce((sum, w) => sum + facts.risk(w, at), 0));
    const gain = alone[here]! - alone[1 - here]!;
    return gain <= 0 ? 0 : gain < input.settings.riskTolerance * members.length ? 1 : 2;
  });
  return {sites: Int16Array.from(units.flatMap(({site}) => site)), gains: Int16Array.from(gains)};
}

/** Milli-points of credential terms that minimum cuts cannot express. */
export function lostIn(problem: PlacementProblem): number {
  return problem.model.trust.length === 0 ? 0 : riskLevel(problem, problem.base).lost;
}
