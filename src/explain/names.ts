import type {GraphIndex} from '../exposure/index-graph.ts';
import type {Chain} from './chain.ts';

/** Names of the graph nodes an explanation mentions by id, for readers; ids without a better name are left out. */
export function namesOf(
  index: GraphIndex,
  chains: Chain[],
  others: (string | null)[],
): Record<string, string> {
  const ids = new Set(chains.flatMap((chain) => chain.path.flatMap((step) => [step.from, step.to])));
  for (const id of others) if (id !== null) ids.add(id);
  const names: Record<string, string> = {};
  for (const id of [...ids].toSorted()) {
    const node = index.graph.nodes[index.find(id)];
    if (node && node.name !== id) names[id] = node.name;
  }
  return names;
}
