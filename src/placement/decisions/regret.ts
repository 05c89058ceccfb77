import type {Decision} from '../../model/plan.ts';
import {namedLevels, objective} from '../problem/levels.ts';
import {CLOSED} from '../problem/representatives.ts';
import type {PlacementProblem} from '../problem/problem.ts';
import {energy, type Level, type Solution} from '../solve/level.ts';
import {solveLexicographic} from '../solve/lexicographic.ts';
import {type Region, regions} from './regions.ts';

export interface Regret {
  regret: NonNullable<Decision['regret']>;
  /** Units that change class with it, other than the unit itself. */
  companions: number[];
}

/** Stop re-solving when this many unit and edge visits are spent; later units keep no regret. */
const WORK = 5e6;

/**
 * What it costs to put a unit into its other class, by solving the problem again with that class forced. Only the region
 * that can change is solved again: exact. Null where the other class is closed, where the unit was not asked for, or
 * when the work is spent.
 */
export function regrets(problem: PlacementProblem, solution: Solution, asked: number[]): (Regret | null)[] {
  const found: (Regret | null)[] = Array.from(problem.units, () => null);
  const named = namedLevels(problem);
  const regionOf = regions(problem.units.length, objective(problem, problem.risk), named, solution);
  let work = WORK;
  for (const u of asked) {
    const unit = problem.units[u]!;
    if (unit.blocked || unit.members.length === 0 || unit.site.includes(CLOSED)) continue;
    const region = regionOf(u);
    work -= region.size;
    if (work < 0) break;
    found[u] = forced(u, region, solution);
  }
  return found;
}

function forced(unit: number, region: Region, solution: Solution): Regret {
  const local = region.units.indexOf(unit);
  const now = Uint8Array.from(region.units, (u) => solution.labels[u]!);
  const away = now[local]!;
  let labels: Uint8Array = Uint8Array.from([away === 1 ? 0 : 1]);
  if (region.units.length > 1) {
    const [first, ...rest] = region.solved;
    const unary = first!.unary.slice();
    unary[2 * local + away] = Infinity;
    labels = solveLexicographic(region.units.length, [{...first!, unary}, ...rest]).labels;
  }
  const change = (level: Level): number => energy(level, labels) - energy(level, now);
  const regret = Object.fromEntries(region.named.map((level) => [level.name, change(level)]));
  return {
    regret: regret as Regret['regret'],
    companions: region.units.filter((_, k) => k !== local && labels[k] !== now[k]),
  };
}
