import type {Workload} from '../model/estate.ts';

/** A table of a data set, a container of a storage account: at most this many steps below a workload. */
const DEPTH = 4;

/**
 * Finds the workload a classifier speaks of: by id, by the id of what it lies in, or for `azure:*` and the end of an id by
 * that end, which names storage accounts and databases uniquely. Answers positions in `workloads`, null where there is none.
 */
export function findSubjects(workloads: readonly Workload[]): (subject: string) => number | null {
  const byId = new Map(workloads.map(({id}, index) => [id, index]));
  const byEnd = new Map<string, number | null>();
  for (const [index, {id}] of workloads.entries()) {
    const at = id.indexOf('/providers/');
    if (!id.startsWith('azure:') || at < 0) continue;
    const end = id.slice(at + '/providers/'.length);
    // Two of one name: neither is meant for certain.
    byEnd.set(end, byEnd.has(end) ? null : index);
  }
  return (subject) => {
    if (subject.startsWith('azure:*/')) return byEnd.get(subject.slice('azure:*/'.length)) ?? null;
    let id = subject;
    for (let step = 0; step <= DEPTH; step++) {
      const index = byId.get(id);
      if (index !== undefined) return index;
      const cut = id.lastIndexOf('/');
      if (cut <= 0 || id[cut - 1] === '/') return null;
      id = id.slice(0, cut);
    }
    return null;
  };
}
