import type {CutCertificate, CutProblem} from '../../model/plan.ts';
import {priceProblems} from './limits.ts';

type Dual = NonNullable<CutCertificate['dual']>;
type Leaf = NonNullable<Dual['leaves']>[number];

/**
 * Whether prices prove the stated bound: by themselves, or case by case when it is made of cases. Those must cover every
 * choice: what a unit is held to in one must be held to the other class in others, and so on. Returns what is wrong.
 */
export function dualProblems(problem: CutProblem, dual: Dual): string[] {
  const {leaves} = dual;
  if (!leaves) return priceProblems(problem, dual);
  const units = problem.units.length;
  // The prices that are told as shadow prices prove a bound of their own, if a lower one.
  const room = problem.choice!.limits.reduce(
    (sum, {most, allowed}, r) => sum + dual.multipliers[r]! * (allowed ?? most),
    0,
  );
  const own = {...dual, bound: Math.ceil((dual.flow - room) / dual.scale)};
  const found = new Set(priceProblems(problem, own));
  if (!covers(leaves, 0)) found.add('the cases do not cover every choice');
  leaves.forEach((leaf, k) => {
    const closed = new Uint8Array(2 * units);
    for (const {unit, label} of leaf.held) closed[2 * unit + 1 - label] = 1;
    for (const text of priceProblems(problem, leaf, closed)) found.add(`case ${k + 1}: ${text}`);
  });
  const bound = leaves.reduce((least, leaf) => Math.min(least, leaf.bound), Infinity);
  if (bound !== dual.bound) found.add(`the cases prove a bound of ${bound}, not ${dual.bound}`);
  return [...found];
}

/** Whether these cases, alike in their first `depth` holds, are all there can be after those. */
function covers(leaves: Leaf[], depth: number): boolean {
  const [first] = leaves;
  if (!first) return false;
  if (leaves.length === 1) return first.held.length === depth;
  const unit = first.held[depth]?.unit;
  if (unit === undefined || leaves.some(({held}) => held[depth]?.unit !== unit)) return false;
  return [0, 1].every((label) =>
    covers(
      leaves.filter(({held}) => held[depth]!.label === label),
      depth + 1,
    ),
  );
}
