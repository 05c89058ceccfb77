import type {SensitivityResult, SensitivityValue, WorkloadSensitivity} from '../../model/sensitivity.ts';
import type {PlacementSettings} from '../input.ts';

/** w = s·k of each workload: as planned, and with every unknown need at its lower and upper end. */
export interface NeedWeights {
  planned: Float64Array;
  lo: Float64Array;
  hi: Float64Array;
}

export function needWeights(sensitivity: SensitivityResult, settings: PlacementSettings): NeedWeights {
  const of = (weight: (one: WorkloadSensitivity) => number): Float64Array =>
    Float64Array.from(sensitivity.workloads, (one) => weight(one) * one.criticality);
  const highest = (one: WorkloadSensitivity, end: (value: SensitivityValue) => number): number =>
    settings.needWeights[Math.max(end(one.c), end(one.i), end(one.a))] ?? 1;
  return {
    planned: of((one) => one.weight),
    lo: of((one) => Math.min(one.weight, highest(one, lowEnd))),
    hi: of((one) => Math.max(one.weight, highest(one, highEnd))),
  };
}

/** True when no axis has a level: the workload is planned at `unknownAs`. */
export function isUnknown(one: WorkloadSensitivity): boolean {
  return one.c.level === null && one.i.level === null && one.a.level === null;
}

/** Only unknown axes are open; a known level is taken at its word. */
function lowEnd(value: SensitivityValue): number {
  return value.level ?? value.lo;
}

function highEnd(value: SensitivityValue): number {
  return value.level ?? value.hi;
}
