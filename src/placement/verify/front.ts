import {
  type CutLevel,
  type CutProblem,
  FORBIDDEN,
  type FrontPoint,
  type Tradeoffs,
} from '../../model/plan.ts';
import {energyOf} from './certificate.ts';
import {leastValue} from './minimum-cut.ts';

/** The parts of a plan a front is checked against. */
export interface FrontClaim {
  problem: CutProblem;
  labels: number[];
  unitMembers: string[][];
}

/** Units and arcs of all points together up to which every point is solved again; above, only its values are recomputed. */
const SOLVED_AGAIN = 2e6;

const NAMES = ['risk', 'cost', 'churn'] as const;

/**
 * Whether every point of the front is what it says: its values from its own labels, its difference from the plan, that no
 * other point beats it, and, solved again with another algorithm, that no plan is better at its weights.
 */
export function frontProblems(
  {front, complete}: Tradeoffs,
  {problem, labels, unitMembers}: FrontClaim,
): {problems: string[]; detail: string} {
  const found: string[] = [];
  const levels = NAMES.map((name) => problem.levels.find((level) => level.name === name));
  if (complete === 'limits') {
    if (front.length > 0) found.push('there is a front, although limits move the plan');
    return {problems: found, detail: 'limits move the plan: no front is stated'};
  }
  // Too little work for any of it; the plan itself would be a point otherwise.
  if (complete === 'work' && front.length === 0) return {problems: found, detail: 'no front is stated'};
  const size = problem.units.length + problem.levels.reduce((sum, {arcs}) => sum + arcs.weight.length, 0);
  const again = size * front.length <= SOLVED_AGAIN && levels.every((level) => level !== undefined);
  if (front.filter(({chosen}) => chosen).length !== 1) found.push('not exactly one point is the plan');
  front.forEach((point, k) => {
    const say = (text: string): void => void found.push(`point ${k + 1} of the front ${text}`);
    const values = NAMES.map((name) => point[name]);
    const own = labels.slice();
    if (point.flipped.some((u, at) => !(u < labels.length) || u <= (point.flipped[at - 1] ?? -1)))
      return say('names units that do not exist');
    for (const u of point.flipped) own[u] = 1 - own[u]!;
    if (point.chosen && point.flipped.length > 0) say('is the plan, but differs from it');
    const moved = point.flipped.flatMap((u) => unitMembers[u]!);
    if (moved.length !== point.difference.total)
      say(`differs in ${moved.length} workloads, not ${point.difference.total}`);
    if (point.difference.workloads.some((id, at) => id !== moved[at]))
      say('names other workloads than it differs in');
    // With a weight of nothing a weighted plan may be beaten.
    const weighed = point.chosen && levels.includes(undefined);
    if (
      !weighed &&
      front.some(
        (other, at) =>
          at !== k &&
          [...NAMES, 'latency' as const].every((name) => (other[name] ?? 0) <= (point[name] ?? 0)),
      )
    )
      say('is no better than another one in anything');
    for (const text of valueProblems(problem, levels, own, values)) say(text);
    const slow = problem.levels.find(({name}) => name === 'latency');
    if (slow && energyOf(slow, own) !== point.latency) say('has another number of slow dependencies');
    if (again && point.weights) for (const text of weightProblems(levels, point)) say(text);
  });
  return {problems: found, detail: `${front.length} plans, ${depth()}`};

  function depth(): string {
    if (levels.includes(undefined))
      return 'differences from the plan hold; the problem is one weighted sum, values are not checked';
    return again
      ? 'each is the best at its weights, solved again'
      : 'values recomputed; too large to solve again';
  }
}

function valueProblems(
  problem: CutProblem,
  levels: (CutLevel | undefined)[],
  labels: number[],
  values: number[],
): string[] {
  return levels.flatMap((level, k) => {
    if (!level) return [];
    const paid = energyOf(level, labels);
    if (paid === null) return ['puts a unit into a forbidden class'];
    if (problem.levels[0]!.unary.some((value, at) => value === FORBIDDEN && labels[at >> 1] === at % 2))
      return ['puts a unit into a forbidden class'];
    return paid === values[k] ? [] : [`pays ${paid} of ${level.name}, not ${values[k]}`];
  });
}

function weightProblems(levels: CutLevel[], {risk, cost, churn, weights}: FrontPoint): string[] {
  const each = [weights!.risk, weights!.cost, weights!.churn];
  const sum = each[0]! * risk + each[1]! * cost + each[2]! * churn;
  if (!Number.isSafeInteger(sum)) return ['has weights that cannot be checked exactly'];
  if (each.some((weight) => weight < 0) || each.every((weight) => weight === 0)) return ['has no weights'];
  const unary = levels[0]!.unary.map((_, at) =>
    levels.reduce((all, level, k) => {
      const value = level.unary[at]!;
      return value === FORBIDDEN ? Infinity : all + each[k]! * value;
    }, 0),
  );
  const arcs = levels.flatMap(({arcs: {tail, head, weight}}, k) =>
    weight.map((value, a) => [tail[a]!, head[a]!, each[k]! * value] as [number, number, number]),
  );
  const least = leastValue({units: unary.length / 2, unary, arcs});
  return least === sum ? [] : [`is worth ${sum} at its weights, but a plan is worth ${least}`];
}
