import type {Site} from '../model/site.ts';

/** Round trip between two sites by their positions, milliseconds; null = not stated. */
export type LatencyBetween = (a: number, b: number) => number | null;

/** Within a site it is 0. Where both ends state different values, the larger one counts. */
export function latencies(sites: readonly Pick<Site, 'id' | 'latencyMs'>[]): LatencyBetween {
  const stated = (a: number, b: number): number | null => {
    const {latencyMs} = sites[a] ?? {};
    const id = sites[b]?.id;
    return latencyMs && id !== undefined && Object.hasOwn(latencyMs, id) ? latencyMs[id]! : null;
  };
  return (a, b) => {
    if (a === b) return 0;
    const [there, back] = [stated(a, b), stated(b, a)];
    return there === null || back === null ? (there ?? back) : Math.max(there, back);
  };
}
