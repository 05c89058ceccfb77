import type {Outcome} from '../../model/common.ts';
import type {Decision, PlanRun} from '../../model/plan.ts';
import type {WavePlan} from '../../model/waves.ts';
import type {PlacementInput} from '../input.ts';
import {planWaves} from './plan-waves.ts';

/** The waves of a plan's moves, when they are asked for and something moves. */
export function wavesOfPlan(
  {estate, sites, questions}: PlacementInput,
  decisions: Decision[],
  {roots}: PlanRun['residual'],
): Outcome<WavePlan | null> {
  const settings = questions?.waves;
  if (!settings) return {value: null, findings: []};
  const names = new Map(roots.map(({id, name}) => [id, name]));
  return planWaves({estate, sites, decisions, settings, rootName: (id) => names.get(id) ?? id});
}
