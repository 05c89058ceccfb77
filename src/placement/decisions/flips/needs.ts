import type {Flip} from '../../../model/plan.ts';
import type {Axis, SensitivityValue, WorkloadSensitivity} from '../../../model/sensitivity.ts';
import type {Level} from '../../../model/common.ts';
import type {PlacementInput} from '../../input.ts';
import type {Steps} from '../../solve/task.ts';
import {flipAt, type Trial} from './trial.ts';

const AXES: [Axis, string][] = [
  ['c', 'confidentiality'],
  ['i', 'integrity'],
  ['a', 'availability'],
];
const WORDS = ['none', 'normal', 'high', 'very high'];

/** Each need of a workload one level up and one down, with all rules evaluated again; roots are priced as today. */
export function* needFlips(trial: Trial, workload: number): Steps<Flip[]> {
  const {input} = trial.plan.problem;
  const {rejudge} = input;
  if (!rejudge) return [];
  const one = input.sensitivity.workloads[workload]!;
  const found: Flip[] = [];
  for (const [axis, name] of AXES) {
    const level = one[axis].level ?? input.settings.unknownAs;
    for (const next of [level + 1, level - 1]) {
      if (next < 0 || next > 3) continue;
      if (trial.spent()) return found;
      const changed = withNeed(input, one, axis, next as Level);
      const sensitivity = {
        ...input.sensitivity,
        workloads: input.sensitivity.workloads.with(workload, changed),
      };
      const there = yield* trial.of({...input, sensitivity, policy: rejudge(sensitivity)});
      const instead = one[axis].level === null ? 'not known' : WORDS[level];
      const change = `${name} ${WORDS[next]} instead of ${instead}`;
      found.push(
        ...(yield* flipAt(trial, workload, there, {kind: 'need', change, field: `sensitivity.${axis}`})),
      );
    }
  }
  return found;
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
