import {ask, type Steps, type Stop} from '../solve/task.ts';
import type {DualPoint} from './dual.ts';
import type {Kept} from './lagrange.ts';
import {type ChoiceModel, compareValues, excess, usedBy, valueOf} from './model.ts';

/** How a limited problem was solved. */
export type Method = 'unlimited-optimum' | 'lagrange' | 'roof-duality' | 'milp' | 'none';

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
  /** Set when the work was ended before it was done. */
  stopped: Stop | null;
  /** Set when all limits are pairs apart: whose class roof duality settled, and whose the search after it. */
  settled: {units: number; proven: number; searched: number; levels: number} | null;
}

export interface LimitedEffort {
  steps: number;
  /** Good enough: a gap of at most this share of the value. */
  maxGap: number;
  /** Largest number of options an outside solver is asked for, and the seconds it gets. */
  milpOptions: number;
  milpSeconds: number;
}

/**
 * Solves a problem with limits. Where the optimum without limits keeps them it is the answer, with its own proof.
 * Otherwise prices give a choice and a bound; a small model whose gap is larger than asked goes to the outside solver.
 * @param first the optimum without limits
 * @param known a choice that keeps the limits, if one is known
 */
export function* solveLimited(
  model: ChoiceModel,
  first: Uint32Array,
  effort: LimitedEffort,
  known?: Uint32Array,
): Steps<LimitedSolution> {
  const valuesOf = (chosen: Uint32Array): number[] => model.levels.map((_, k) => valueOf(model, k, chosen));
  const none = {
    dual: null,
    exactBy: null,
    impossible: false,
    contradiction: null,
    stopped: null,
    settled: null,
  };
  if (excess(model, usedBy(model, first)) === 0) {
    return {method: 'unlimited-optimum', kept: true, chosen: first, values: valuesOf(first), ...none};
  }
  const {steps, maxGap} = effort;
  const small = model.site.length <= effort.milpOptions;
  const enough = (best: Kept | null, dual: DualPoint): boolean =>
    best !== null && best.values[0]! - dual.bound <= maxGap * best.values[0]!;
  let settled: LimitedSolution['settled'] = null;
  let before: Kept | null = known ? {chosen: known, values: valuesOf(known)} : null;
  if (model.resources.every(({kind}) => kind === 'apart')) {
    const {best, least, dual, proven, searched, levels, impossible, stopped} = yield* ask({
      kind: 'apart',
      model,
      first,
    });
    settled = {units: model.units, proven, searched, levels};
    const common = {...none, dual, settled, stopped};
    if (impossible)
      return {...common, method: 'none', kept: false, chosen: least, values: valuesOf(least), impossible};
    if (best && (levels > 0 || enough(best, dual) || stopped)) {
      const exactBy = levels > 0 && best.values[0]! > dual.bound ? 'branch and bound' : null;
      return {...common, method: 'roof-duality', kept: true, ...best, exactBy};
    }
    before = best;
    if (before && !small) return {...common, method: 'roof-duality', kept: true, ...before};
  }
  const priced = yield* ask({
    kind: 'priced',
    model,
    first,
    ...(before ? {known: before.chosen} : {}),
    steps,
    maxGap,
  });
  const {least, dual, contradiction, stopped} = priced;
  const best = betterOf(before, priced.best);
  const failed = {
    ...none,
    method: 'none' as const,
    kept: false,
    chosen: least,
    values: valuesOf(least),
    stopped,
    settled,
  };
  if (contradiction) return {...failed, impossible: true, contradiction};
  if (stopped === null && small && !enough(best, dual)) {
    const exact = yield* ask({kind: 'exact', model, seconds: effort.milpSeconds});
    if (exact?.result.status === 'infeasible' && !best) return {...failed, dual, impossible: true};
    const better = betterOf(best, exact?.result.best ?? null);
    if (exact && better) {
      const proven = exact.result.status === 'optimal' && exact.result.best.values[0] === better.values[0];
      return {
        ...none,
        method: better === best ? 'lagrange' : 'milp',
        kept: true,
        ...better,
        dual,
        exactBy: proven ? exact.by : null,
        settled,
      };
    }
  }
  return best
    ? {...none, method: 'lagrange', kept: true, ...best, dual, stopped, settled}
    : {...failed, dual};
}

function betterOf(a: Kept | null, b: Kept | null): Kept | null {
  if (!a || !b) return a ?? b;
  return compareValues(b.values, a.values) < 0 ? b : a;
}
