import type {Outcome} from '../model/common.ts';
import type {Estate, Workload} from '../model/estate.ts';
import type {IdentityGraph} from '../model/exposure.ts';
import type {Suppositions} from './suppositions.ts';

type Supposed = Suppositions | undefined;

/** How tags are changed while the estate is built; absent = they are not. */
export async function supposedTags(
  supposed: Supposed,
): Promise<{retag?: (workloads: Workload[]) => Workload[]}> {
  if (!supposed || supposed.tags.length === 0) return {};
  const {retag} = await import('./tags.ts');
  return {retag: (workloads) => retag(workloads, supposed.tags)};
}

/** The estate with signed decisions that are supposed instead of those of its register. */
export async function supposeNeeds(estate: Estate, supposed: Supposed, now: Date): Promise<Estate> {
  if (!supposed || supposed.needs.length === 0) return estate;
  const {redecide} = await import('./needs.ts');
  return {...estate, register: redecide(estate.register, supposed.needs, now.toISOString())};
}

/** The identity graph with what is supposed to be cut, guarded or settled. */
export async function supposeGraph(
  graph: Outcome<IdentityGraph>,
  supposed: Supposed,
): Promise<Outcome<IdentityGraph>> {
  if (!supposed || supposed.graph.length === 0) return graph;
  const {applyChanges} = await import('../exposure/what-if.ts');
  return {...graph, value: applyChanges(graph.value, supposed.graph).graph};
}
