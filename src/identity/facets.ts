import type {Capability} from '../model/exposure.ts';
import type {BuildContext} from './context.ts';
import {heldFromAbove} from './membership.ts';
import {facetNode} from './node-ids.ts';
import {isOfSort} from './sorts.ts';

/** A sort of thing a right may be limited to: identities of a container, workloads of one type, or all workloads (`content`). See {@link isOfSort}. */
export type Facet = 'identities' | (string & {});

export interface Facets {
  /**
   * Node for all things of this sort below the container; made on first use. With `caps` its holder has access of these
   * kinds only; without, control.
   */
  of(containerId: string, facet: Facet, caps?: readonly Capability[]): string;
}

/**
 * Rights over "all virtual machines of this subscription" or "all service accounts of this project" are edges to one node per
 * container and sort, chained down the hierarchy: edges grow with assignments, not with assignments × things.
 */
export function createFacets(context: BuildContext): Facets {
  const {graph, containers, children} = context;
  const made = new Set<string>();
  return {
    of(containerId, facet, caps = []) {
      const sorted = [...new Set(caps)].sort();
      const sort = sorted.length > 0 ? `${facet}:${sorted.join('+')}` : facet;
      const things = facetWords(facet);
      const words = sorted.length > 0 ? `${sorted.join(' and ')} access to ${things}` : things;
      const top = facetNode(containerId, sort);
      const open = [containerId];
      for (let id = open.pop(); id !== undefined; id = open.pop()) {
        const node = facetNode(id, sort);
        if (made.has(node)) continue;
        made.add(node);
        graph.node(node, 'container', sort, `${words} of ${containers.get(id)?.name ?? id}`);
        for (const member of membersOf(context, id, facet)) {
          graph.edge(node, member, 'CONTAINS', {
            evidence: `container = ${id}`,
            ...(facet === 'identities' ? {} : {caps: sorted}),
          });
        }
        for (const child of children.get(id) ?? []) {
          const below = facetNode(child.id, sort);
          graph.node(below, 'container', sort, `${words} of ${child.name}`);
          graph.edge(node, below, 'CONTAINS', heldFromAbove(context, child));
          open.push(child.id);
        }
      }
      return top;
    },
  };
}

/** The sort for readers: without fields, and content as what it is. */
function facetWords(facet: Facet): string {
  const sort = facet.split('?')[0]!;
  return sort === 'content' ? 'workloads' : sort;
}

function membersOf(context: BuildContext, containerId: string, facet: Facet): string[] {
  if (facet === 'identities') {
    // An account's root user is ruled by nobody in it.
    const within = context.principalsIn.get(containerId) ?? [];
    return within.filter(({attributes}) => attributes?.['rootUser'] !== true).map(({id}) => id);
  }
  return (context.workloadsIn.get(containerId) ?? []).flatMap((workload) =>
    isOfSort(workload, facet) ? [workload.id] : [],
  );
}
