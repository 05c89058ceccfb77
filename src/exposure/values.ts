import type {ScoreParameters} from '../model/exposure.ts';
import type {WorkloadSensitivity} from '../model/sensitivity.ts';

/**
 * Values are counted in whole millionths of a workload of very high need: sums of integers are exact and do not depend on
 * the order of a search.
 */
export const UNIT = 1_000_000;

/** w(d) = s·k in {@link UNIT}s, in the order of `workloads`; 0 where sensitivity is not given. */
export function workloadValues(ids: string[], sensitivity: WorkloadSensitivity[]): Float64Array {
  const byId = new Map(sensitivity.map((entry) => [entry.workload, entry]));
  return Float64Array.from(ids, (id, i) => {
    const entry = sensitivity[i]?.workload === id ? sensitivity[i] : byId.get(id);
    return entry ? Math.round(entry.weight * entry.criticality * UNIT) : 0;
  });
}

/** φ(v)/100 = v/(v+h) for v in {@link UNIT}s. */
export function saturate(units: number, {halfValue}: ScoreParameters): number {
  const v = units / UNIT;
  return v <= 0 ? 0 : v / (v + halfValue);
}

/** −ln(1−x), the scale on which factors add up. */
export function surprise(x: number): number {
  return -Math.log1p(-x);
}

/** 100·(1−e^−l): back from the additive scale to 0 … 100. */
export function percentOf(l: number): number {
  return -100 * Math.expm1(-l);
}

/** ρ of a root kind. */
export function rootWeight(kind: string, {rootWeight}: ScoreParameters): number {
  const own = Object.hasOwn(rootWeight, kind) ? rootWeight[kind] : rootWeight['default'];
  return Math.min(0.95, Math.max(0, own ?? 0.5));
}
