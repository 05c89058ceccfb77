import type {Csr} from './csr.ts';

/** Which edges a search may take. */
export interface EdgeFilter {
  maxLevel: number;
  maxGrade: number;
}

export interface Components {
  count: number;
  /** Component of each node. Numbered sinks first: every edge between components goes to a smaller number. */
  of: Uint32Array;
  /** All nodes, component by component in ascending order. */
  members: Uint32Array;
}

const UNSEEN = 0xffffffff;
/** Low-link of a node whose component is known: larger than the order of any open one. */
const CLOSED = 0xfffffffe;

/**
 * Strongly connected components over the admitted edges, O(nodes + edges), without recursion.
 * R. Tarjan, "Depth-first search and linear graph algorithms", SIAM J. Comput. 1(2), 1972, with order and low-link in one
 * array (D. Pearce, Inf. Process. Lett. 116, 2016): an edge costs one look-up. What belongs to a call is kept by depth.
 */
export function stronglyConnected(csr: Csr, filter: EdgeFilter): Components {
  const {nodes, offsets, heads, level, grade} = csr;
  const {maxLevel, maxGrade} = filter;
  const of = new Uint32Array(nodes);
  const members = new Uint32Array(nodes);
  const low = new Uint32Array(nodes).fill(UNSEEN);
  const open = new Uint32Array(nodes);
  const calls = {
    node: new Uint32Array(nodes),
    entry: new Uint32Array(nodes),
    order: new Uint32Array(nodes),
    least: new Uint32Array(nodes),
  };
  let clock = 0;
  let openTop = 0;
  let count = 0;
  let closed = 0;
  for (let start = 0; start < nodes; start++) {
    if (low[start] !== UNSEEN) continue;
    let depth = 0;
    let u = start;
    let order = clock++;
    let least = order;
    let at = offsets[u]!;
    low[u] = order;
    open[openTop++] = u;
    for (;;) {
      const end = offsets[u + 1]!;
      let next = UNSEEN;
      for (; at < end; at++) {
        if (level[at]! > maxLevel || grade[at]! > maxGrade) continue;
        const seen = low[heads[at]!]!;
        if (seen === UNSEEN) {
          next = heads[at]!;
          break;
        }
        if (seen < least) least = seen;
      }
      if (next !== UNSEEN) {
        calls.node[depth] = u;
        calls.entry[depth] = at + 1;
        calls.order[depth] = order;
        calls.least[depth] = least;
        depth++;
        u = next;
        order = clock++;
        least = order;
        at = offsets[u]!;
        low[u] = order;
        open[openTop++] = u;
        continue;
      }
      if (least === order) {
        let v: number;
        do {
          v = open[--openTop]!;
          of[v] = count;
          members[closed++] = v;
          low[v] = CLOSED;
        } while (v !== u);
        count++;
      } else {
        low[u] = least;
      }
      if (depth === 0) break;
      depth--;
      u = calls.node[depth]!;
      at = calls.entry[depth]!;
      order = calls.order[depth]!;
      least = Math.min(least, calls.least[depth]!);
    }
  }
  return {count, of, members};
}
