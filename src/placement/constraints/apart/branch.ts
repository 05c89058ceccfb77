import {compareValues} from '../model.ts';
import {pairValues, type PairProblem} from './pairs.ts';
import {reduce, sizeOf} from './reduce.ts';
import {roofDual} from './roof.ts';

/** The best labels of a problem that were found. */
export interface Branched {
  labels: Uint8Array;
  /** True when they are proven optimal, level by level. */
  exact: boolean;
  /** Work that was used. */
  work: number;
}

/**
 * Branch and bound over what roof duality leaves open, with the same relaxation at every node. `work` counts units, arcs
 * and pairs of the nodes looked at; once it is used up the first way down is finished and its end taken.
 */
export function branch(problem: PairProblem, work: number): Branched {
  const closed = problem.levels[0]!.unary;
  let best: {labels: Uint8Array; values: number[]} | null = null;
  let left = work;
  let exact = true;
  const visit = (fixed: Int8Array): void => {
    const rest = reduce(problem, fixed);
    left -= sizeOf(rest.problem);
    const roof = roofDual(rest.problem);
    // Some optimum of what is left has all these classes, so they stay fixed further down.
    const labels = fixed.slice();
    roof.labels.forEach((label, k) => (labels[rest.unitOf[k]!] = label));
    const unit = mostPairs(problem, labels);
    if (unit === -1) {
      const values = pairValues(problem, labels);
      if (!best || compareValues(values, best.values) < 0) best = {labels: Uint8Array.from(labels), values};
      return;
    }
    const bound = roof.flows.map((flow, k) => rest.paid[k]! + flow / 2);
    if (best && compareValues(bound, best.values) >= 0) return;
    for (const label of [0, 1]) {
      if (closed[2 * unit + label] === Infinity) continue;
      if (left < 0 && best) {
        exact = false;
        return;
      }
      const next = labels.slice();
      next[unit] = label;
      visit(next);
    }
  };
  visit(new Int8Array(problem.units).fill(-1));
  return {labels: best!.labels, exact, work: work - left};
}

/** The open unit with most pairs among the open ones, the first of equals; −1 = none is open. */
function mostPairs({pairs}: PairProblem, labels: Int8Array): number {
  const count = Int32Array.from(labels, (label) => (label === -1 ? 0 : -1));
  for (let p = 0; p < pairs.a.length; p++) {
    const [a, b] = [pairs.a[p]!, pairs.b[p]!];
    if (labels[a] !== -1 || labels[b] !== -1) continue;
    count[a]!++;
    count[b]!++;
  }
  let most = -1;
  count.forEach((pairsOf, u) => {
    if (pairsOf >= 0 && (most === -1 || pairsOf > count[most]!)) most = u;
  });
  return most;
}
