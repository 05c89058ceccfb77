import type {BuildContext} from '../context.ts';
import {facetNode} from '../node-ids.ts';

/**
 * Nodes that stand for many things at once, so that edges grow with holders plus things and not with pairs.
 */
export interface Sets {
  /**
   * Node for these things of an account, all of them under control; null = none. One thing is its own node.
   * @param whole true where they are all of their sort: the node is then called by the sort alone
   */
  of(account: string, sort: string, words: string, members: readonly string[], whole: boolean): string | null;
}

export function createSets({graph, containers}: BuildContext): Sets {
  const made = new Set<string>();
  return {
    of(account, sort, words, members, whole) {
      if (members.length === 0) return null;
      if (members.length === 1) return members[0]!;
      if (whole && made.has(facetNode(account, sort))) return facetNode(account, sort);
      const sorted = members.toSorted();
      const node = facetNode(account, whole ? sort : `${sort}@${hash(sorted.join('\n'))}`);
      if (made.has(node)) return node;
      made.add(node);
      const name = `${whole ? '' : `${members.length} of the `}${words} of ${containers.get(account)?.name ?? account}`;
      graph.node(node, 'container', sort, name);
      for (const member of sorted) graph.edge(node, member, 'CONTAINS', {evidence: `account = ${account}`});
      return node;
    },
  };
}

/** 53-bit hash of a text as hex; names a set by its members, nothing depends on it being secret. */
function hash(text: string): string {
  let high = 0xdeadbeef;
  let low = 0x41c6ce57;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    high = Math.imul(high ^ code, 2654435761);
    low = Math.imul(low ^ code, 1597334677);
  }
  high = Math.imul(high ^ (high >>> 16), 2246822507) ^ Math.imul(low ^ (low >>> 13), 3266489909);
  low = Math.imul(low ^ (low >>> 16), 2246822507) ^ Math.imul(high ^ (high >>> 13), 3266489909);
  return (4294967296 * (2097151 & low) + (high >>> 0)).toString(16).padStart(14, '0');
}
