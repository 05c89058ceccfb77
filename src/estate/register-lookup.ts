import type {Estate, RegisterEntry} from '../model/estate.ts';

/**
 * The register entry of each workload by index, null where no business function covers it. Of several entries
 * the most critical one speaks, then the first by id.
 */
export function registerLookup(
  estate: Pick<Estate, 'workloads' | 'register'>,
): (workload: number) => RegisterEntry | null {
  const entries = new Map<string, RegisterEntry>();
  // Answers about one workload are signed decisions, not business functions.
  const functions = estate.register.filter((entry) => entry.function !== '');
  for (const entry of functions.toSorted((a, b) => b.criticality - a.criticality || (a.id < b.id ? -1 : 1))) {
    for (const workload of entry.covers) if (!entries.has(workload)) entries.set(workload, entry);
  }
  return (workload) => entries.get(estate.workloads[workload]?.id ?? '') ?? null;
}
