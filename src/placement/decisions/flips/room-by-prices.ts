import {evaluateDual} from '../../constraints/dual.ts';
import type {LimitedPlan} from '../../constraints/limited-plan.ts';
import {usedBy} from '../../constraints/model.ts';
import {withResources} from '../../constraints/options.ts';

/**
 * Where to look for the raise of a limit that gets a unit the option it wants, in integer units of the limit: all that is
 * used of it at the highest price at which one minimum cut gives the unit that option, beyond what there is. Null = the
 * price of this limit alone is not what keeps it away. About twenty cuts, where a plan takes hundreds.
 */
export function roomByPrices(
  {built, enforced, planned, result}: LimitedPlan,
  unit: number,
  wanted: number,
  r: number,
): number | null {
  const k = enforced.indexOf(r);
  const {dual} = result;
  if (!dual || k < 0) return null;
  const model = withResources({...built.model, resources: [...planned]}, enforced);
  const usedAt = (price: number): number | null => {
    const {scale, multipliers} = dual;
    const {chosen} = evaluateDual(model, {scale, multipliers: multipliers.with(k, price)});
    return chosen[unit] === wanted ? usedBy(model, chosen)[k]! : null;
  };
  let used = usedAt(0);
  if (used === null) return null;
  let [gets, misses] = [0, dual.multipliers[k]! + 1];
  while (misses - gets > 1) {
    const price = Math.floor((gets + misses) / 2);
    const there = usedAt(price);
    if (there === null) misses = price;
    else [gets, used] = [price, there];
  }
  return used - built.model.resources[r]!.limit;
}
