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
}

const UNSEEN = 0xffffffff;

/**
 * Strongly connected components over the admitted edges, O(nodes + edges), without recursion.
 * R. Tarjan, "Depth-first search and linear graph algorithms", SIAM J. Comput. 1(2), 1972, with the
 * explicit call stack and the low-link kept in one array (D. Pearce, Inf. Process. Lett. 116, 2016).
 */
export function stronglyConnected(csr: Csr, filter: EdgeFilter): Components {
  const {nodes, offsets, heads, level, grade} = csr;
  const {maxLevel, maxGrade} = filter;
  const of = new Uint32Array(nodes).fill(UNSEEN);
  const order = new Uint32Array(nodes).fill(UNSEEN);
  const low = new Uint32Array(nodes);
  const cursor = new Uint32Array(nodes);
  const calls = new Uint32Array(nodes);
  const open = new Uint32Array(nodes);
  let clock = 0;
  let openTop = 0;
  let count = 0;
  for (let start = 0; start < nodes; start++) {
    if (order[start] !== UNSEEN) continue;
    let depth = 0;
    calls[0] = start;
    order[start] = low[start] = clock++;
    cursor[start] = offsets[start]!;
    open[openTop++] = start;
    while (depth >= 0) {
      const u = calls[depth]!;
      const end = offsets[u + 1]!;
      let at = cursor[u]!;
      let descended = false;
      for (; at < end; at++) {
        if (level[at]! > maxLevel || grade[at]! > maxGrade) continue;
        const v = heads[at]!;
        if (order[v] === UNSEEN) {
          cursor[u] = at + 1;
          order[v] = low[v] = clock++;
          cursor[v] = offsets[v]!;
          open[openTop++] = v;
          calls[++depth] = v;
          descended = true;
          break;
        }
        if (of[v] === UNSEEN && order[v]! < low[u]!) low[u] = order[v]!;
      }
      if (descended) continue;
      if (low[u] === order[u]) {
        let v: number;
        do {
          v = open[--openTop]!;
          of[v] = count;
        } while (v !== u);
        count++;
      }
      depth--;
      if (depth >= 0 && low[u]! < low[calls[depth]!]!) low[calls[depth]!] = low[u]!;
    }
  }
  return {count, of};
}
