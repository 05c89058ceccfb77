import type {Estate} from '../../model/estate.ts';

/** Groups of workloads that get one label, each ascending, ordered by their first member. */
export function mustTogetherGroups(estate: Estate): number[][] {
  const count = estate.workloads.length;
  const leader = Uint32Array.from({length: count}, (_, w) => w);
  const find = (start: number): number => {
    let w = start;
    while (leader[w] !== w) {
      leader[w] = leader[leader[w]!]!;
      w = leader[w]!;
    }
    return w;
  };
  const bonds = estate.dependencies.filter((dependency) => dependency.kind === 'must-together');
  if (bonds.length > 0) {
    const workloadOf = new Map(estate.workloads.map((workload, index) => [workload.id, index]));
    for (const {from, to} of bonds) {
      const a = workloadOf.get(from);
      const b = workloadOf.get(to);
      if (a === undefined || b === undefined) continue;
      const roots = [find(a), find(b)] as const;
      const first = Math.min(...roots);
      for (const root of roots) leader[root] = first;
    }
  }
  const groups = new Map<number, number[]>();
  for (let w = 0; w < count; w++) {
    const group = groups.get(find(w));
    if (group) group.push(w);
    else groups.set(find(w), [w]);
  }
  return [...groups.values()];
}
