import type {PlacementInput} from '../input.ts';
import {CLOSED, classOf, type Unit} from './representatives.ts';

/**
 * What is added to each class of a unit, milli-points, so that a difference in risk too small to act on counts as none:
 * the other class gets the risk of today's, and cost and churn decide. [0, 0] where the difference is large enough.
 * @param alone risk of the unit in each class without terms over other units
 */
export function toleranceShift(
  input: PlacementInput,
  unit: Unit,
  alone: readonly [number, number],
): [number, number] {
  if (unit.site.includes(CLOSED)) return [0, 0];
  const difference = alone[1] - alone[0];
  if (Math.abs(difference) >= input.settings.riskTolerance * unit.members.length) return [0, 0];
  return classOf(input, unit.members[0]!) === 0 ? [0, -difference] : [difference, 0];
}
