import type {Estate} from '../../model/estate.ts';
import type {PlacementInput} from '../input.ts';
import type {Eligibility} from './eligibility.ts';
import type {SharedServices} from './shared-services.ts';

/**
 * Groups of workloads that get one label, each ascending, ordered by their first member.
 * @param loose bonds that hold nothing together, by positions of their ends
 */
export function mustTogetherGroups(
  estate: Estate,
  loose: (from: number, to: number) => boolean = () => false,
): number[][] {
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
      if (a === undefined || b === undefined || loose(a, b)) continue;
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

/**
 * A bond to a shared service holds nothing together when the service stands ready at every site the other end may be at.
 * With one site left where it does not, the bond stays: no plan may leave a workload without what it must be with.
 */
export function looseBonds(
  {sites: {length: sites}, siteOf}: Pick<PlacementInput, 'sites' | 'siteOf'>,
  {allowed}: Eligibility,
  {ready}: SharedServices,
): (from: number, to: number) => boolean {
  const everywhere = (service: number, consumer: number): boolean => {
    // It may stay at a place of which nothing is stated.
    if (siteOf[consumer] === -1) return false;
    let open = false;
    for (let s = 0; s < sites; s++) {
      if (allowed[consumer * sites + s] === 0) continue;
      if (!ready(service, consumer, s)) return false;
      open = true;
    }
    return open;
  };
  return (from, to) => everywhere(to, from) || everywhere(from, to);
}
