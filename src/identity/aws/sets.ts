import type {BuildContext} from '../context.ts';
import {facetNode} from '../node-ids.ts';

/**
 * Nodes that stand for many things at once, so that edges grow with holders plus things and not with pairs.
 */
export interface Sets {
  /**
   * Node for these things of an account, all of them under control; null = none. One thing is its own node; all of their
   * sort are called by the sort alone.
   * @param list all things of the sort, in one order for every call
   */
  of(
    account: string,
    sort: string,
    words: string,
    members: readonly string[],
    list: readonly string[],
  ): string | null;
}

/** Sets above this size are put together from blocks of neighbours, of which each holds as many blocks or things. */
const BLOCK = 16;

export function createSets({graph, containers}: BuildContext): Sets {
  const made = new Set<string>();
  const contain = (node: string, member: string, account: string): void =>
    graph.edge(node, member, 'CONTAINS', {evidence: `account = ${account}`});
  return {
    of(account, sort, words, members, list) {
      if (members.length === 0) return null;
      if (members.length === 1) return members[0]!;
      const whole = members.length === list.length;
      const node = facetNode(account, whole ? sort : `${sort}@${hash(members.toSorted().join('\n'))}`);
      if (made.has(node)) return node;
      made.add(node);
      const of = containers.get(account)?.name ?? account;
      graph.node(node, 'container', sort, `${whole ? '' : `${members.length} of the `}${words} of ${of}`);
      if (whole || members.length <= BLOCK) {
        for (const member of members) contain(node, member, account);
        return node;
      }
      const chosen = new Set(members);
      let level: Block[] = list.map((id) => ({ids: [id], full: chosen.has(id)}));
      while (level.length > 1) {
        const above: Block[] = [];
        for (let at = 0; at < level.length; at += BLOCK) {
          const parts = level.slice(at, at + BLOCK);
          const full = parts.every((part) => part.full);
          // What is not whole hands its whole parts to the set; what is whole goes up as one.
          if (!full)
            for (const part of parts)
              if (part.full) contain(node, blockNode(account, sort, words, part), account);
          above.push({ids: full ? parts.flatMap(({ids}) => ids) : [], full});
        }
        level = above;
      }
      return node;
    },
  };

  /** Node of neighbours in the list; a single one is itself. */
  function blockNode(account: string, sort: string, words: string, {ids}: Block): string {
    if (ids.length === 1) return ids[0]!;
    const [first, last] = [ids[0]!, ids.at(-1)!];
    const node = facetNode(account, `${sort}@${hash(`${first}\n${last}\n${ids.length}`)}`);
    if (made.has(node)) return node;
    made.add(node);
    graph.node(node, 'container', sort, `${ids.length} ${words} from ${nameOf(first)} to ${nameOf(last)}`);
    const size = BLOCK ** Math.ceil(Math.log(ids.length) / Math.log(BLOCK) - 1e-9 - 1);
    for (let at = 0; at < ids.length; at += size)
      contain(node, blockNode(account, sort, words, {ids: ids.slice(at, at + size), full: true}), account);
    return node;
  }
}

interface Block {
  ids: readonly string[];
  /** All of its things belong to the set. */
  full: boolean;
}

function nameOf(id: string): string {
  return id.slice(Math.max(id.lastIndexOf('/'), id.lastIndexOf(':')) + 1);
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
