import type {Milp} from '../../model/milp.ts';
import {contradiction} from './conflict.ts';
import type {DualPoint} from './dual.ts';
import {lagrange, type Effort, type Kept} from './lagrange.ts';
import {solveExactly} from './milp.ts';
import {type ChoiceModel, compareValues, excess, usedBy, valueOf} from './model.ts';

/** How a limited problem was solved. */
export type Method = 'unlimited-optimum' | 'lagrange' | 'milp' | 'none';

export interface LimitedSolution {
  method: Method;
  /** True when all limits are kept. */
  kept: boolean;
  chosen: Uint32Array;
  values: number[];
  /** Proven by prices: no choice that keeps the limits is worth less on the first level. Null = not priced. */
  dual: DualPoint | null;
  /** Name of the outside solver that proved the first level optimal; its proof is not in the plan. */
  exactBy: string | null;
  /** True when it is proven that nothing keeps all limits. */
  impossible: boolean;
  /** The proof of that by prices, when there is one. */
  contradiction: Float64Array | null;
}

export interface LimitedEffort extends Effort {
  milp: Milp | null;
  /** Largest number of options the outside solver is asked for. */
  milpOptions: number;
  milpSeconds: number;
}

/**
 * Solves a problem with limits. Where the optimum without limits keeps them it is the answer, with its own proof.
 * Otherwise prices give a choice and a bound; a small model whose gap is larger than asked goes to the outside solver.
 */
export function solveLimited(model: ChoiceModel, first: Uint32Array, effort: LimitedEffort): LimitedSolution {
  const valuesOf = (chosen: Uint32Array): number[] => model.levels.map((_, k) => valueOf(model, k, chosen));
  const none = {dual: null, exactBy: null, impossible: false, contradiction: null};
  if (excess(model, usedBy(model, first)) === 0) {
    return {method: 'unlimited-optimum', kept: true, chosen: first, values: valuesOf(first), ...none};
  }
  const proof = contradiction(model);
  const small = effort.milp !== null && model.site.length <= effort.milpOptions;
  if (proof) {
    const {least} = lagrange(model, first, {...effort, steps: 0});
    return {
      ...none,
      method: 'none',
      kept: false,
      chosen: least,
      values: valuesOf(least),
      impossible: true,
      contradiction: proof,
    };
  }
  const {best, least, dual} = lagrange(model, first, effort);
  const gap = best ? best.values[0]! - dual.bound : Infinity;
  if (small && gap > effort.maxGap * (best?.values[0] ?? 0) && !effort.expired()) {
    const exact = solveExactly(model, effort.milp!, effort.milpSeconds);
    if (exact.status === 'infeasible' && !best) {
      return {
        ...none,
        method: 'none',
        kept: false,
        chosen: least,
        values: valuesOf(least),
        dual,
        impossible: true,
      };
    }
    const better = betterOf(best, exact.best);
    if (better) {
      const proven = exact.status === 'optimal' && exact.best.values[0] === better.values[0];
      return {
        ...none,
        method: better === best ? 'lagrange' : 'milp',
        kept: true,
        ...better,
        dual,
        exactBy: proven ? effort.milp!.name : null,
      };
    }
  }
  if (best) return {...none, method: 'lagrange', kept: true, ...best, dual};
  return {...none, method: 'none', kept: false, chosen: least, values: valuesOf(least), dual};
}

function betterOf(a: Kept | null, b: Kept | null): Kept | null {
  if (!a || !b) return a ?? b;
  return compareValues(b.values, a.values) < 0 ? b : a;
}
