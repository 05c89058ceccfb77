import type {CutProblem} from '../../model/plan.ts';
import type {Level} from '../solve/level.ts';
import {weightOf} from './levels.ts';
import type {PlacementProblem} from './problem.ts';

/** The splits as they are written into the plan. */
export function splitDocument(
  {splits, input: {settings}}: Pick<PlacementProblem, 'splits' | 'input'>,
  levels: readonly Pick<Level, 'name'>[],
  labels: ArrayLike<number>,
): Pick<CutProblem, 'splits'> {
  if (splits.length === 0) return {};
  const weighted = levels.every(({name}) => name !== 'cost');
  const weight = settings.splitPenalty * (weighted ? weightOf(settings, 'cost') : 1);
  if (weight === 0) return {};
  return {
    splits: splits.map(({application, members, auxiliary}) => ({
      application,
      members,
      auxiliary,
      level: weighted ? 'weighted' : 'cost',
      weight,
      split: members.some((u) => labels[u] !== labels[members[0]!]),
    })),
  };
}
