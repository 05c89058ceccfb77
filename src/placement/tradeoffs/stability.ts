import {energy} from '../solve/level.ts';
import type {Lever} from './levers.ts';
import {classOf} from '../problem/representatives.ts';
import {lostIn, replan, type Shape, shapeOf, sitesOf, type Solved, workOf} from './replan.ts';

/** How far one weight can go one way with every workload at its site. */
export interface Reach {
  /** Last value proven. */
  value: number;
  end: 'flips' | 'range' | 'work';
  /** Position and new site of every workload that goes elsewhere one step further. */
  flips: {workload: number; site: number}[];
}

/** The plan at one value of a weight. */
interface Probe extends Solved {
  /** Steps away from today's value. */
  steps: number;
  same: boolean;
  shape: Shape;
  /** What could not be expressed; then nothing is known to be straight. */
  lost: number;
}

export interface Search {
  reach(lever: Lever, direction: -1 | 1, work: number): Reach;
  /** Solved again so often. */
  solved(): number;
  spent(): number;
}

/**
 * How far weights can be changed. At every value tried the whole problem is built and solved again. Between two values
 * at which the plan is the same it is the same everywhere, if all numbers are straight lines in the weight there: the
 * least value is concave in it and the plan's own value straight, so if they meet at both ends they meet between
 * (Eisner & Severance 1976). They are straight, but for the rounding of each number to a thousandth of a point, while the
 * same site stands for each class and the tolerance takes back the same gains; where that changes, the stretch is halved.
 */
export function stabilitySearch(plan: Solved): Search {
  const sites = sitesOf(plan);
  const {problem} = plan;
  const perSolve = workOf(plan);
  let [count, spent] = [0, 0];
  return {
    solved: () => count,
    spent: () => spent,
    reach(lever, direction, work) {
      const until = spent + work;
      const last = Math.floor(
        Math.abs((direction > 0 ? lever.to : lever.from) - lever.value) / lever.step + 1e-9,
      );
      const origin: Probe = {...plan, steps: 0, same: true, shape: shapeOf(problem), lost: lostIn(problem)};
      const ends = (proven: Probe, end: Reach['end'], flips: Reach['flips'] = []): Reach => ({
        value: valueAt(lever, direction, proven.steps),
        end,
        flips,
      });
      let proven = origin;
      if (last === 0) return ends(proven, 'range');
      const ahead = [probe(lever, direction, last)];
      for (let turn = 0; ahead.length > 0; turn++) {
        const next = ahead.at(-1)!;
        const near = next.steps - proven.steps === 1;
        if (next.same && (near || straight(proven, next, lever))) {
          proven = next;
          ahead.pop();
        } else if (near) return ends(proven, 'flips', differences(next));
        else if (spent >= until) return ends(proven, 'work');
        else ahead.push(probe(lever, direction, between(proven, next, turn)));
      }
      return ends(proven, 'range');
    },
  };

  function probe(lever: Lever, direction: -1 | 1, steps: number): Probe {
    count++;
    spent += perSolve;
    const found = replan(problem, lever.at(valueAt(lever, direction, steps)));
    const own = sitesOf(found);
    const same = own.every((site, w) => site === sites[w]);
    return {...found, steps, same, shape: shapeOf(found.problem), lost: lostIn(found.problem)};
  }

  function differences(found: Solved): Reach['flips'] {
    return Array.from(sitesOf(found), (site, workload) => ({workload, site})).filter(
      ({site, workload}) => site !== sites[workload],
    );
  }
}

/** A whole number of steps from today's value, without binary noise. */
function valueAt({value, step}: Lever, direction: -1 | 1, steps: number): number {
  return Math.max(0, Number((value + direction * steps * step).toFixed(9)));
}

/** Whether every number of the problem is a straight line in the weight between two of its values, or the plan stays anyhow. */
function straight(a: Probe, b: Probe, {weight}: Lever): boolean {
  if (a.lost > 0 || b.lost > 0 || !same(a.shape.sites, b.shape.sites)) return false;
  return same(a.shape.gains, b.shape.gains) || (weight === 'tolerance' && keepsGains(a, b));
}

/**
 * A larger tolerance makes the class dearer a unit would gain in, and changes nothing else. So the plan stays on the whole
 * stretch if all gains it newly takes back are of units that do not go there: what the plan pays stays, others pay no
 * less. The other way round if all of them do go there: a smaller tolerance takes off the plan all that it takes off.
 */
function keepsGains(a: Probe, b: Probe): boolean {
  const {solution, problem} = a;
  const going = new Set<boolean>();
  a.shape.gains.forEach((gain, u) => {
    if (gain === b.shape.gains[u]) return;
    going.add(solution.labels[u] !== classOf(problem.input, problem.units[u]!.members[0]!));
  });
  return going.size === 1;
}

/**
 * The next value to try between one that is proven and one that is not: where what is better there would overtake the
 * plan if all were straight, now and then the middle.
 */
function between(proven: Probe, next: Probe, turn: number): number {
  const width = next.steps - proven.steps;
  const middle = proven.steps + (width >> 1);
  const [here, there] = [proven.levels[0]!, next.levels[0]!];
  if (next.same || turn % 3 === 2 || here.unary.length !== there.unary.length) return middle;
  const [own, rival] = [proven.solution.labels, next.solution.labels];
  const ahead = energy(here, rival) - energy(here, own);
  const behind = energy(there, own) - energy(there, rival);
  if (!(ahead >= 0 && behind >= 0 && ahead + behind > 0 && ahead + behind < Infinity)) return middle;
  const meet = proven.steps + Math.floor((width * ahead) / (ahead + behind));
  return Math.max(proven.steps + 1, Math.min(next.steps - 1, meet));
}

function same(a: Int16Array, b: Int16Array): boolean {
  return a.length === b.length && a.every((value, k) => value === b[k]);
}
