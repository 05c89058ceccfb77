import {incidence} from '../../incidence.ts';
import {compareValues} from '../model.ts';
import {joined} from './components.ts';
import {pairValues, type PairProblem} from './pairs.ts';
import {reduce} from './reduce.ts';
import {roofDual} from './roof.ts';

/** Times all sets of pairs are turned over, each followed by an exact solution of what is in no pair. */
const ROUNDS = 3;

/**
 * Good labels where branch and bound would take too long: of every set of units joined by pairs one is fixed, to what is
 * guessed, and roof duality settles what follows, until all is settled. Then sets are turned over where that is better,
 * and everything outside pairs is solved exactly again.
 */
export function dive(problem: PairProblem, settled: Int8Array, guess: Uint8Array): Uint8Array {
  const labels = settled.slice();
  while (labels.includes(-1)) {
    const rest = reduce(problem, labels);
    const roof = roofDual(rest.problem);
    roof.labels.forEach((label, k) => (labels[rest.unitOf[k]!] = label));
    const closed = problem.levels[0]!.unary;
    for (const set of joined(problem, labels, true)) {
      const unit = set.reduce((best, u) => (stake(problem, u) > stake(problem, best) ? u : best));
      const wanted = guess[unit]!;
      labels[unit] = closed[2 * unit + wanted] === Infinity ? 1 - wanted : wanted;
    }
  }
  return turned(problem, Uint8Array.from(labels));
}

/** What the class of a unit matters by itself on the first level of the plan. */
function stake({levels}: PairProblem, u: number): number {
  const {unary} = levels[1]!;
  return Math.abs(unary[2 * u]! - unary[2 * u + 1]!);
}

function turned(problem: PairProblem, start: Uint8Array): Uint8Array {
  const sets = joined(problem, new Int8Array(problem.units).fill(-1), true).filter(
    (set) => set.length > 1 && canTurn(problem, set),
  );
  const rows = problem.levels.map((level) => incidence(problem.units, level));
  let best = start;
  let values = pairValues(problem, best);
  for (let round = 0; round < ROUNDS; round++) {
    const labels = best.slice();
    let changed = false;
    for (const set of sets) {
      if (compareValues(turning(problem, rows, labels, set), NOTHING(problem)) >= 0) continue;
      for (const u of set) labels[u] = 1 - labels[u]!;
      changed = true;
    }
    if (!changed && round > 0) break;
    const fixed = Int8Array.from(labels, () => -1);
    for (let p = 0; p < problem.pairs.a.length; p++)
      for (const u of [problem.pairs.a[p]!, problem.pairs.b[p]!]) fixed[u] = labels[u]!;
    const rest = reduce(problem, fixed);
    roofDual(rest.problem).labels.forEach((label, k) => {
      if (label !== -1) labels[rest.unitOf[k]!] = label;
    });
    const now = pairValues(problem, labels);
    if (compareValues(now, values) >= 0) break;
    [best, values] = [labels, now];
  }
  return best;
}

function canTurn({levels}: PairProblem, set: number[]): boolean {
  return set.every((u) => levels[0]!.unary[2 * u] !== Infinity && levels[0]!.unary[2 * u + 1] !== Infinity);
}

const NOTHING = ({levels}: PairProblem): number[] => levels.map(() => 0);

/** What every level changes by when all units of a set joined by pairs take their other class. */
function turning(
  {levels}: PairProblem,
  rows: ReturnType<typeof incidence>[],
  labels: Uint8Array,
  set: number[],
): number[] {
  const inside = new Set(set);
  return levels.map(({unary, tail, head, forward, backward}, k) => {
    let change = 0;
    for (const u of set) {
      change += unary[2 * u + 1 - labels[u]!]! - unary[2 * u + labels[u]!]!;
      for (const e of rows[k]!.edges(u)) {
        const [t, h] = [tail[e]!, head[e]!];
        // An arc within the set is looked at from its tail only.
        if (u === h && inside.has(t)) continue;
        const paid = (a: number, b: number): number => (a < b ? forward[e]! : b < a ? backward[e]! : 0);
        const [a, b] = [labels[t]!, labels[h]!];
        change += paid(inside.has(t) ? 1 - a : a, inside.has(h) ? 1 - b : b) - paid(a, b);
      }
    }
    return change;
  });
}
