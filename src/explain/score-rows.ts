import type {Estate, Workload} from '../model/estate.ts';
import type {Exposure, WorkloadExposure} from '../model/exposure.ts';
import type {SensitivityResult, WorkloadSensitivity} from '../model/sensitivity.ts';

/** A workload with its scores and the inputs whose absence widens them. */
export interface ScoredWorkload {
  workload: Workload;
  sensitivity: WorkloadSensitivity;
  exposure: WorkloadExposure;
  missing: string[];
}

/** Workloads joined with their scores, highest priority first, then by id. */
export function scoreRows(from: {
  estate: Pick<Estate, 'workloads'>;
  sensitivity: SensitivityResult;
  exposure: Exposure;
  siteOf: Int32Array;
}): ScoredWorkload[] {
  return from.estate.workloads
    .map((workload, w) => {
      const sensitivity = from.sensitivity.workloads[w]!;
      const exposure = from.exposure.workloads[w]!;
      return {
        workload,
        sensitivity,
        exposure,
        missing: missing(workload, sensitivity, from.siteOf[w]!),
      };
    })
    .toSorted(
      (a, b) => b.exposure.priority - a.exposure.priority || (a.workload.id < b.workload.id ? -1 : 1),
    );
}

function missing(workload: Workload, sensitivity: WorkloadSensitivity, site: number): string[] {
  const axes = (['c', 'i', 'a'] as const).filter((axis) => sensitivity[axis].level === null);
  return [
    ...(axes.length > 0 ? [`need ${axes.join('/').toUpperCase()}`] : []),
    ...(site < 0 ? ['site'] : []),
    ...(workload.container === null ? ['container'] : []),
  ];
}
