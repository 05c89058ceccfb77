import {maxFlow} from './max-flow.ts';

/**
 * A set function f(S) = Σ unary over S − Σ bonds with both ends in S, over the sets that hold `before[k]` whenever they
 * hold `after[k]`. All numbers are integers; bonds are positive, sizes not negative.
 */
export interface SetFunction {
  nodes: number;
  size: Float64Array;
  unary: Float64Array;
  tail: Uint32Array;
  head: Uint32Array;
  bond: Float64Array;
  after: Uint32Array;
  before: Uint32Array;
}

export interface NestedSets {
  /** Block of each node. The sets are the unions of the first k blocks. */
  blockOf: Uint32Array;
  /** Per block: Σ size of its nodes and what f grows by when it joins. */
  size: number[];
  value: number[];
  /** Per bond within a block: the part of `bond × size of the block` that its tail bears, its head bears the rest. */
  share: Float64Array;
  /** Per order within a block: what `after` bears for `before`. */
  push: Float64Array;
  /** False when the work ran out: blocks may be coarser than they need be, and shares prove nothing. */
  complete: boolean;
}

/**
 * Nested sets ∅ = S₀ ⊂ S₁ ⊂ … ⊂ S_K = everything, each of which has the least f of all sets of its size.
 *
 * They are the minimisers of f(S) − λ·size(S) for growing λ. *Nested*: let A minimise at λ and B at μ > λ. Bonds are
 * positive, so f(A∩B) + f(A∪B) ≤ f(A) + f(B), and both are admitted sets. Adding f(A) − λ|A| ≤ f(A∩B) − λ|A∩B| and
 * f(B) − μ|B| ≤ f(A∪B) − μ|A∪B| leaves (μ − λ)·size(A∖B) ≤ 0, so A∖B holds nothing of a size. *Least*: a set R as large as A
 * has f(R) − λ|R| ≥ f(A) − λ|A|, hence f(R) ≥ f(A). (D. Gallo, M. Grigoriadis, R. Tarjan, SIAM J. Comput. 18, 1989.)
 *
 * Found by divide and conquer (as M. Eisner, D. Severance, J. ACM 23, 1976): between two nested sets, λ is the slope of f; if
 * a minimum cut finds a set below that line it parts them, else they are neighbours. λ = value/size is kept exact by
 * multiplying with the size of the block.
 *
 * *Proof in one pass*: a neighbouring pair's saturating flow divides every bond within the block among its ends so that
 * each node bears exactly λ·size; across blocks the later end bears the bond whole. What nodes of a set bear is then never
 * more than f of it (bonds that leave the set are borne, but not saved; orders only shift burden to `after`, whose
 * `before` is in the set), and equals f on each S_k. Slopes grow from block to block, so no set of n workloads is below
 * the n cheapest: a lower bound for every n, met by the nested sets.
 *
 * `work` = most (nodes + edges) handed to minimum cuts, summed.
 */
export function nestedSets(f: SetFunction, work = Infinity): NestedSets {
  const local = new Int32Array(f.nodes);
  const side = new Uint8Array(f.nodes);
  const share = new Float64Array(f.tail.length);
  const push = new Float64Array(f.after.length);
  const found: NestedSets = {
    blockOf: new Uint32Array(f.nodes),
    size: [],
    value: [],
    share,
    push,
    complete: true,
  };
  /** What each node pays when it joins after all blocks before its own. */
  const unary = f.unary.slice();
  const all = Uint32Array.from({length: f.nodes}, (_, i) => i);
  const stack: Part[] = [
    {
      nodes: all,
      bonds: Uint32Array.from({length: f.tail.length}, (_, e) => e),
      orders: Uint32Array.from({length: f.after.length}, (_, e) => e),
    },
  ];
  let left = work;
  while (stack.length > 0) {
    const part = stack.pop()!;
    if (part.nodes.length === 0) continue;
    const cut = cutOf(part);
    if (cut === null) {
      const block = found.size.length;
      for (const i of part.nodes) found.blockOf[i] = block;
      const {size, value} = totals(part);
      found.size.push(size);
      found.value.push(value);
      continue;
    }
    // Last part first: the stack gives back the first one first.
    stack.push(...divide(part).toReversed());
  }
  return found;

  function totals({nodes, bonds}: Part): {size: number; value: number} {
    let size = 0;
    let value = 0;
    for (const i of nodes) {
      size += f.size[i]!;
      value += unary[i]!;
    }
    for (const e of bonds) value -= f.bond[e]!;
    return {size, value};
  }

  /** Marks in `side` what a minimum cut says of the nodes; null = nothing lies below the line, shares are noted. */
  function cutOf({nodes, bonds, orders}: Part): true | null {
    const {size, value} = totals({nodes, bonds, orders});
    const edges = bonds.length + orders.length;
    const single = nodes.length === 1;
    if (!single && left < nodes.length + edges) {
      found.complete = false;
      return null;
    }
    if (single) return null;
    left -= nodes.length + edges;
    nodes.forEach((i, k) => (local[i] = k));
    const cost = Float64Array.from(nodes, (i) => size * unary[i]! - value * f.size[i]!);
    const tail = new Uint32Array(edges);
    const head = new Uint32Array(edges);
    const forward = new Float64Array(edges);
    const backward = new Float64Array(edges);
    bonds.forEach((e, k) => {
      const whole = size * f.bond[e]!;
      const half = Math.floor(whole / 2);
      const [a, b] = [local[f.tail[e]!]!, local[f.head[e]!]!];
      tail[k] = a;
      head[k] = b;
      forward[k] = half;
      backward[k] = whole - half;
      cost[a]! -= half;
      cost[b]! -= whole - half;
    });
    orders.forEach((e, k) => {
      const at = bonds.length + k;
      tail[at] = local[f.after[e]!]!;
      head[at] = local[f.before[e]!]!;
      forward[at] = Infinity;
    });
    const source = cost.map((value) => Math.max(0, -value));
    const sink = cost.map((value) => Math.max(0, value));
    const result = maxFlow({nodes: nodes.length, source, sink, tail, head, forward, backward});
    let most = 0;
    for (const value of source) most += value;
    if (result.flow < most) {
      nodes.forEach((i, k) => (side[i] = result.side[k]!));
      return true;
    }
    bonds.forEach((e, k) => (share[e] = forward[k]! - result.net[k]!));
    orders.forEach((e, k) => (push[e] = result.net[bonds.length + k]!));
    return null;
  }

  /** The smallest minimiser, what the largest one has beyond it, and the rest. Later parts pay less by what they share with earlier ones. */
  function divide({nodes, bonds, orders}: Part): Part[] {
    const rank = (i: number): number => (side[i] === 1 ? 0 : side[i] === 0 ? 1 : 2);
    const ranks = Uint8Array.from(nodes, rank);
    const inside = [0, 1, 2].map(() => [] as number[]);
    for (const e of bonds) {
      const [a, b] = [rank(f.tail[e]!), rank(f.head[e]!)];
      if (a === b) inside[a]!.push(e);
      else unary[a > b ? f.tail[e]! : f.head[e]!]! -= f.bond[e]!;
    }
    const kept = [0, 1, 2].map(() => [] as number[]);
    for (const e of orders) {
      const a = rank(f.after[e]!);
      if (a === rank(f.before[e]!)) kept[a]!.push(e);
    }
    return [0, 1, 2].map((r) => ({
      nodes: nodes.filter((_, k) => ranks[k] === r),
      bonds: Uint32Array.from(inside[r]!),
      orders: Uint32Array.from(kept[r]!),
    }));
  }
}

/** What lies between two nested sets. */
interface Part {
  nodes: Uint32Array;
  /** Bonds and orders with both ends in it. */
  bonds: Uint32Array;
  orders: Uint32Array;
}
