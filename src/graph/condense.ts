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
  const {of, count, members} = components;
  const {offsets: rows, heads: next, level, grade} = csr;
  const {maxLevel, maxGrade} = filter;
  const mark = new Uint32Array(count).fill(NONE);
  const offsets = new Uint32Array(count + 1);
  const heads = new Uint32Array(next.length);
  let top = 0;
  let m = 0;
  for (let c = 0; c < count; c++) {
    const begin = top;
    for (; m < members.length && of[members[m]!] === c; m++) {
      const u = members[m]!;
      const end = rows[u + 1]!;
      for (let at = rows[u]!; at < end; at++) {
        if (level[at]! > maxLevel || grade[at]! > maxGrade) continue;
        const d = of[next[at]!]!;
        if (d === c || mark[d] === c) continue;
        mark[d] = c;
        heads[top++] = d;
      }
    }
    ascending(heads, begin, top);
    offsets[c + 1] = top;
  }
  return {nodes: count, offsets, heads: heads.slice(0, top)};
}

/** No component. */
const NONE = 0xffffffff;
/** Up to this length insertion is faster than a call of the sort. */
const SHORT = 32;

/** Sorts `values[begin] … values[end−1]` in place. */
export function ascending(values: Uint32Array, begin: number, end: number): void {
  if (end - begin > SHORT) {
    values.subarray(begin, end).sort();
    return;
  }
  for (let i = begin + 1; i < end; i++) {
    const value = values[i]!;
    let at = i;
    while (at > begin && values[at - 1]! > value) {
      values[at] = values[at - 1]!;
      at--;
    }
    values[at] = value;
  }
}
