import type {Interval} from '../model/common.ts';
import type {Exposure} from '../model/exposure.ts';

/** A number before and after a change. */
export interface Delta {
  id: string;
  name: string;
  before: Interval;
  after: Interval;
}

export interface ExposureDelta {
  /** Σ priority over all workloads: need × SIBR, points. */
  total: {before: number; after: number};
  /** Blast radius of roots that changes, largest change first. A root that is gone has 0. */
  roots: Delta[];
  /** SIBR of workloads that changes, largest change first. */
  workloads: Delta[];
}

/** Changes below this are rounding. */
const NOTICEABLE = 1e-9;

/** What differs between two scores of the same workloads. */
export function exposureDelta(
  before: Exposure,
  after: Exposure,
  nameOf: (workload: string) => string,
): ExposureDelta {
  const none: Interval = {value: 0, lo: 0, hi: 0};
  const later = new Map(after.roots.map((root) => [root.id, root.blastRadius]));
  const roots = before.roots.map(({id, name, blastRadius}) => ({
    id,
    name,
    before: blastRadius,
    after: later.get(id) ?? none,
  }));
  const workloads = before.workloads.map(({workload, sibr}, w) => ({
    id: workload,
    name: nameOf(workload),
    before: sibr,
    after: after.workloads[w]!.sibr,
  }));
  const sum = (exposure: Exposure): number =>
    exposure.workloads.reduce((total, {priority}) => total + priority, 0);
  return {
    total: {before: sum(before), after: sum(after)},
    roots: changed(roots),
    workloads: changed(workloads),
  };
}

function changed(deltas: Delta[]): Delta[] {
  return deltas
    .filter(({before, after}) =>
      (['value', 'lo', 'hi'] as const).some((end) => Math.abs(before[end] - after[end]) > NOTICEABLE),
    )
    .sort((a, b) => size(b) - size(a) || (a.id < b.id ? -1 : 1));
}

function size({before, after}: Delta): number {
  return Math.abs(before.value - after.value);
}
