import type {Finding, Outcome} from '../../model/common.ts';
import type {Decision, PlanRun} from '../../model/plan.ts';
import type {WavePlan} from '../../model/waves.ts';
import type {PlacementInput} from '../input.ts';
import {planWaves} from './plan-waves.ts';

/** Most moves that are put into waves without being asked for by name: some seconds of work. */
const MOST_MOVES = 50_000;

/** The waves of a plan's moves, when they are asked for and something moves. */
export function wavesOfPlan(
  {estate, sites, questions}: PlacementInput,
  decisions: Decision[],
  {roots}: PlanRun['residual'],
  most: number = questions?.manyWaves ? Infinity : MOST_MOVES,
): Outcome<WavePlan | null> {
  const settings = questions?.waves;
  if (!settings) return {value: null, findings: []};
  const moves = decisions.reduce((sum, {move}) => sum + (move ? 1 : 0), 0);
  if (moves > most) return {value: null, findings: [tooMany(moves)]};
  const names = new Map(roots.map(({id, name}) => [id, name]));
  return planWaves({estate, sites, decisions, settings, rootName: (id) => names.get(id) ?? id});
}

function tooMany(moves: number): Finding {
  return {
    code: 'BH-WAVE-009',
    severity: 'info',
    message: `${moves.toLocaleString('en')} moves take too long to be put into waves beside the plan`,
    where: {},
    remedy: 'Run `bulkhead waves`.',
  };
}
