import type {Flip} from '../../../model/plan.ts';
import type {Axis, SensitivityValue, WorkloadSensitivity} from '../../../model/sensitivity.ts';
import type {Level} from '../../../model/common.ts';
import type {PlacementInput} from '../../input.ts';
import {flipAt, type Trial} from './trial.ts';

const AXES: [Axis, string][] = [
  ['c', 'confidentiality'],
  ['i', 'integrity'],
  ['a', 'availability'],
];
const WORDS = ['none', 'normal', 'high', 'very high'];

/** Each need of a workload one level up and one down, with all rules evaluated again; roots are priced as today. */
export function needFlips(trial: Trial, workload: number): Flip[] {
  const {input} = trial.plan.problem;
  const {rejudge} = input;
  if (!rejudge) return [];
  const one = input.sensitivity.workloads[workload]!;
  return AXES.flatMap(([axis, name]) => {
    const level = one[axis].level ?? input.settings.unknownAs;
    return [level + 1, level - 1].flatMap((next): Flip[] => {
      if (next < 0 || next > 3 || trial.spent()) return [];
      const changed = withNeed(input, one, axis, next as Level);
      const sensitivity = {
        ...input.sensitivity,
        workloads: input.sensitivity.workloads.with(workload, changed),
      };
      const there = trial.of({...input, sensitivity, policy: rejudge(sensitivity)});
      const instead = one[axis].level === null ? 'not known' : WORDS[level];
      return flipAt(trial, workload, there, {
        kind: 'need',
        change: `${name} ${WORDS[next]} instead of ${instead}`,
        field: `sensitivity.${axis}`,
      });
    });
  });
}

function withNeed(
  {settings}: PlacementInput,
  one: WorkloadSensitivity,
  axis: Axis,
  level: Level,
): WorkloadSensitivity {
  const value: SensitivityValue = {...one[axis], level, lo: level, hi: level};
  const changed = {...one, [axis]: value};
  const highest = ({c, i, a}: WorkloadSensitivity): number =>
    Math.max(...[c, i, a].map(({level: own}) => own ?? settings.unknownAs));
  if (highest(changed) === highest(one)) return changed;
  return {...changed, weight: settings.needWeights[highest(changed)] ?? one.weight};
}
