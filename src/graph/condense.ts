import type {Csr} from './csr.ts';
import type {Components, EdgeFilter} from './scc.ts';

/** A graph without attributes; rows as in {@link Csr}. */
export interface Dag {
  nodes: number;
  offsets: Uint32Array;
  heads: Uint32Array;
}

/**
 * The condensation over the admitted edges: one node per component, parallel edges and loops removed,
 * O(nodes + edges). Every edge goes to a smaller number, because {@link Components} are numbered sinks first.
 * Rows are in ascending order, so equal successor sets are equal arrays.
 */
export function condense(csr: Csr, components: Components, filter: EdgeFilter): Dag {
  const {of, count} = components;
  const {maxLevel, maxGrade} = filter;
  const members = groupByComponent(components, csr.nodes);
  const mark = new Uint32Array(count).fill(0xffffffff);
  const offsets = new Uint32Array(count + 1);
  let heads = new Uint32Array(Math.max(16, csr.heads.length));
  let top = 0;
  for (let c = 0; c < count; c++) {
    const begin = top;
    for (let m = members.offsets[c]!; m < members.offsets[c + 1]!; m++) {
      const u = members.nodes[m]!;
      for (let at = csr.offsets[u]!; at < csr.offsets[u + 1]!; at++) {
        if (csr.level[at]! > maxLevel || csr.grade[at]! > maxGrade) continue;
        const d = of[csr.heads[at]!]!;
        if (d === c || mark[d] === c) continue;
        mark[d] = c;
        heads[top++] = d;
      }
    }
    if (top - begin > 1) heads.subarray(begin, top).sort();
    offsets[c + 1] = top;
  }
  heads = heads.slice(0, top);
  return {nodes: count, offsets, heads};
}

/** Nodes of each component as rows. */
function groupByComponent(
  {of, count}: Components,
  nodes: number,
): {offsets: Uint32Array; nodes: Uint32Array} {
  const offsets = new Uint32Array(count + 1);
  for (let u = 0; u < nodes; u++) offsets[of[u]! + 1]!++;
  for (let c = 0; c < count; c++) offsets[c + 1]! += offsets[c]!;
  const next = offsets.slice(0, count);
  const grouped = new Uint32Array(nodes);
  for (let u = 0; u < nodes; u++) grouped[next[of[u]!]!++] = u;
  return {offsets, nodes: grouped};
}
