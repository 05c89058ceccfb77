import type {Decision} from '../../model/plan.ts';
import {objective} from '../problem/levels.ts';
import {CLOSED} from '../problem/representatives.ts';
import type {PlacementProblem} from '../problem/build.ts';
import {energy, type Level, type Solution} from '../solve/level.ts';
import {solveLexicographic} from '../solve/lexicographic.ts';
import {components, groupEdges, type Part, partOf} from './components.ts';

export interface Regret {
  regret: NonNullable<Decision['regret']>;
  /** Units that change class with it, other than the unit itself. */
  companions: number[];
}

/** Stop re-solving when this many unit and edge visits are spent; later units keep no regret. */
const WORK = 4e7;

/**
 * What it costs to put a unit into its other class, by solving the whole problem again with that class forced. Only
 * the part of the problem that is connected with the unit can change, so only that part is solved again: exact.
 * Null where the other class is closed, where the unit was not asked for, or when the work is spent.
 */
export function regrets(problem: PlacementProblem, solution: Solution, asked: number[]): (Regret | null)[] {
  const found: (Regret | null)[] = Array.from(problem.units, () => null);
  const named: Level[] = [problem.risk, problem.cost, problem.churn];
  const levels = objective(problem, problem.risk);
  const grouped = components(problem.units.length, named);
  const edges = [groupEdges(grouped, named), groupEdges(grouped, levels)] as const;
  const parts = new Map<number, [Part, Part]>();
  let work = WORK;
  for (const u of asked) {
    const unit = problem.units[u]!;
    if (unit.blocked || unit.site.includes(CLOSED)) continue;
    const id = grouped.of[u]!;
    let both = parts.get(id);
    if (!both)
      parts.set(id, (both = [partOf(grouped, edges[0], id, named), partOf(grouped, edges[1], id, levels)]));
    const [told, solved] = both;
    work -= solved.size * (solved.units.length > 1 ? solved.levels.length : 0);
    if (work < 0) break;
    found[u] = forced(u, told, solved, solution);
  }
  return found;
}

function forced(unit: number, told: Part, solved: Part, solution: Solution): Regret {
  const local = solved.units.indexOf(unit);
  const now = Uint8Array.from(solved.units, (u) => solution.labels[u]!);
  const away = now[local]!;
  let labels: Uint8Array = Uint8Array.from([away === 1 ? 0 : 1]);
  if (solved.units.length > 1) {
    const [first, ...rest] = solved.levels;
    const unary = first!.unary.slice();
    unary[2 * local + away] = Infinity;
    labels = solveLexicographic(solved.units.length, [{...first!, unary}, ...rest]).labels;
  }
  const [risk, cost, churn] = told.levels.map((level) => energy(level, labels) - energy(level, now));
  return {
    regret: {risk: risk ?? 0, cost: cost ?? 0, churn: churn ?? 0},
    companions: solved.units.filter((_, k) => k !== local && labels[k] !== now[k]),
  };
}
