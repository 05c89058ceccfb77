import type {BuildContext} from './context.ts';
import {facetNode} from './node-ids.ts';

/** A sort of thing a right may be limited to: the identities of a container, or workloads of one type. */
export type Facet = 'identities' | (string & {});

export interface Facets {
  /** Node for all things of this sort below the container; made on first use. */
  of(containerId: string, facet: Facet): string;
}

/**
 * Rights over "all virtual machines of this subscription" or "all service accounts of this project" are edges to one node per
 * container and sort, chained down the hierarchy: edges grow with assignments, not with assignments × things.
 */
export function createFacets(context: BuildContext): Facets {
  const {graph, containers, children} = context;
  const made = new Set<string>();
  return {
    of(containerId, facet) {
      const top = facetNode(containerId, facet);
      const open = [containerId];
      for (let id = open.pop(); id !== undefined; id = open.pop()) {
        const node = facetNode(id, facet);
        if (made.has(node)) continue;
        made.add(node);
        graph.node(node, 'container', facet, `${facet} of ${containers.get(id)?.name ?? id}`);
        for (const member of membersOf(context, id, facet)) {
          graph.edge(node, member, 'CONTAINS', {evidence: `container = ${id}`});
        }
        for (const child of children.get(id) ?? []) {
          const below = facetNode(child.id, facet);
          graph.node(below, 'container', facet, `${facet} of ${child.name}`);
          graph.edge(node, below, 'CONTAINS', {evidence: `parent = ${id}`});
          open.push(child.id);
        }
      }
      return top;
    },
  };
}

function membersOf(context: BuildContext, containerId: string, facet: Facet): string[] {
  if (facet === 'identities') return (context.principalsIn.get(containerId) ?? []).map(({id}) => id);
  return (context.workloadsIn.get(containerId) ?? []).flatMap(({id, type}) => (type === facet ? [id] : []));
}
