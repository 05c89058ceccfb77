import type {PlacementInput} from '../input.ts';
import {CLOSED, classOf, type Unit} from './representatives.ts';

/**
 * What is added to each class of a unit, milli-points, so that a gain too small to act on counts as none: the other
 * class gets the risk of today's, and cost and churn decide. Never the other way: no cost makes up for more risk.
 * @param alone risk of the unit in each class without terms over other units
 */
export function toleranceShift(
  input: PlacementInput,
  unit: Unit,
  alone: readonly [number, number],
): [number, number] {
  if (unit.members.length === 0 || unit.site.includes(CLOSED)) return [0, 0];
  const here = classOf(input, unit.members[0]!);
  const gain = alone[here] - alone[here === 0 ? 1 : 0];
  if (gain <= 0 || gain >= input.settings.riskTolerance * unit.members.length) return [0, 0];
  return here === 0 ? [0, gain] : [gain, 0];
}
