import type {Csr} from './csr.ts';
import type {EdgeFilter} from './scc.ts';

/**
 * Immediate dominators of everything reached from a set of starts: the node every path passes last before a node.
 * Reached nodes are numbered 1 … `count` in depth-first order; 0 stands for a super-root before all starts.
 */
export interface Dominators {
  count: number;
  /** Node of each number; position 0 is not used. */
  node: Uint32Array;
  /** Number of each node, 0 = not reached. */
  number: Uint32Array;
  /** Number of the immediate dominator of each number, always smaller. */
  idom: Uint32Array;
}

/**
 * Semi-NCA: semidominators as in T. Lengauer, R. Tarjan, "A fast algorithm for finding dominators in a flowgraph", TOPLAS
 * 1(1), 1979, then the nearest common ancestor by walking up (L. Georgiadis, R. Tarjan, R. Werneck, "Finding dominators
 * in practice", J. Graph Algorithms Appl. 10(1), 2006). Cycles need no condensation first. No recursion; nearly linear
 * in practice. Thresholds are not looked at: a gate counts as a node any tail opens.
 */
export function dominators(
  csr: Csr,
  reverse: Csr,
  starts: ArrayLike<number>,
  filter: EdgeFilter,
): Dominators {
  const tree = depthFirst(csr, starts, filter);
  const {count, node, number, parent} = tree;
  const {maxLevel, maxGrade} = filter;
  const semi = new Uint32Array(count + 1);
  const label = new Uint32Array(count + 1);
  const ancestor = parent.slice(0, count + 1);
  for (let i = 0; i <= count; i++) semi[i] = label[i] = i;
  const isStart = new Uint8Array(count + 1);
  for (let s = 0; s < starts.length; s++) isStart[number[starts[s]!]!] = 1;
  const path = new Uint32Array(count + 1);
  for (let i = count; i > 0; i--) {
    const v = node[i]!;
    let least = isStart[i] === 1 ? 0 : parent[i]!;
    for (let at = reverse.offsets[v]!; least > 0 && at < reverse.offsets[v + 1]!; at++) {
      if (reverse.level[at]! > maxLevel || reverse.grade[at]! > maxGrade) continue;
      const p = number[reverse.heads[at]!]!;
      if (p === 0) continue;
      const candidate = p <= i ? p : semi[best(p, i)]!;
      if (candidate < least) least = candidate;
    }
    semi[i] = least;
  }
  const idom = parent.slice(0, count + 1);
  for (let i = 1; i <= count; i++) {
    let above = idom[i]!;
    while (above > semi[i]!) above = idom[above]!;
    idom[i] = above;
  }
  return {count, node, number, idom};

  /** Number with the least semidominator on the tree path from `p` up to, not including, the first one ≤ `linked`. */
  function best(p: number, linked: number): number {
    let depth = 0;
    let u = p;
    while (ancestor[u]! > linked) {
      path[depth++] = u;
      u = ancestor[u]!;
    }
    while (depth > 0) {
      const below = path[--depth]!;
      const above = ancestor[below]!;
      if (semi[label[above]!]! < semi[label[below]!]!) label[below] = label[above]!;
      ancestor[below] = ancestor[above]!;
    }
    return label[p]!;
  }
}

interface Tree extends Omit<Dominators, 'idom'> {
  /** Number of the tree parent of each number, 0 = the super-root. */
  parent: Uint32Array;
}

function depthFirst(
  {nodes, offsets, heads, level, grade}: Csr,
  starts: ArrayLike<number>,
  {maxLevel, maxGrade}: EdgeFilter,
): Tree {
  const number = new Uint32Array(nodes);
  const node = new Uint32Array(nodes + 1);
  const parent = new Uint32Array(nodes + 1);
  const cursor = new Uint32Array(nodes);
  let count = 0;
  for (let s = 0; s < starts.length; s++) {
    const start = starts[s]!;
    if (number[start] !== 0) continue;
    number[start] = ++count;
    node[count] = start;
    cursor[start] = offsets[start]!;
    let current = count;
    while (current !== 0) {
      const u = node[current]!;
      const end = offsets[u + 1]!;
      let at = cursor[u]!;
      while (at < end && (number[heads[at]!] !== 0 || level[at]! > maxLevel || grade[at]! > maxGrade)) {
        at++;
      }
      if (at === end) {
        current = parent[current]!;
        continue;
      }
      cursor[u] = at + 1;
      const v = heads[at]!;
      number[v] = ++count;
      node[count] = v;
      parent[count] = current;
      cursor[v] = offsets[v]!;
      current = count;
    }
  }
  return {count, node, number, parent};
}

/** Weight of everything each number dominates, itself included: what is out of reach once it is cut. By number. */
export function dominatedWeight({count, node, idom}: Dominators, weight: Float64Array): Float64Array {
  const sums = new Float64Array(count + 1);
  for (let i = count; i > 0; i--) {
    sums[i]! += weight[node[i]!]!;
    sums[idom[i]!]! += sums[i]!;
  }
  return sums;
}

/**
 * For each number the one tail over which alone it and all it dominates are reached from outside, as a node; `NO_TAIL`
 * where there are several or the number is a start. All edges of that tail into the node together are a choke point.
 */
export function bridgeTails(
  found: Dominators,
  reverse: Csr,
  starts: ArrayLike<number>,
  filter: EdgeFilter,
): Uint32Array {
  const {count, node, number} = found;
  const {maxLevel, maxGrade} = filter;
  const {first, last} = intervals(found);
  const tails = new Uint32Array(count + 1).fill(NO_TAIL);
  const isStart = new Uint8Array(count + 1);
  for (let s = 0; s < starts.length; s++) isStart[number[starts[s]!]!] = 1;
  for (let i = 1; i <= count; i++) {
    if (isStart[i] === 1) continue;
    const v = node[i]!;
    let only = NO_TAIL;
    for (let at = reverse.offsets[v]!; at < reverse.offsets[v + 1]!; at++) {
      if (reverse.level[at]! > maxLevel || reverse.grade[at]! > maxGrade) continue;
      const tail = reverse.heads[at]!;
      const p = number[tail]!;
      const inside = first[p]! >= first[i]! && first[p]! <= last[i]!;
      if (p === 0 || inside || tail === only) continue;
      if (only !== NO_TAIL) {
        only = NO_TAIL;
        break;
      }
      only = tail;
    }
    tails[i] = only;
  }
  return tails;
}

/** No single tail. */
export const NO_TAIL = 0xffffffff;

/** Positions in a walk over the dominator tree: `i` dominates `j` when first[i] ≤ first[j] ≤ last[i]. */
function intervals({count, idom}: Dominators): {first: Uint32Array; last: Uint32Array} {
  const size = new Uint32Array(count + 1).fill(1);
  for (let i = count; i > 0; i--) size[idom[i]!]! += size[i]!;
  const first = new Uint32Array(count + 1);
  const next = new Uint32Array(count + 1);
  next[0] = 1;
  const last = new Uint32Array(count + 1);
  for (let i = 1; i <= count; i++) {
    const above = idom[i]!;
    first[i] = next[above]!;
    next[above]! += size[i]!;
    next[i] = first[i]! + 1;
    last[i] = first[i]! + size[i]! - 1;
  }
  last[0] = count;
  return {first, last};
}
