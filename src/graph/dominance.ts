import type {FlowNetwork, ResidualNetwork} from './residual-network.ts';

/** On the source side, resp. the sink side, of every minimum cut. */
export const SOURCE = 1;
export const SINK = 2;

/** Nodes whose side is known before any search, and what that adds to the terminals of the others. */
export interface Dominated {
  /** Per node: 0 = open, {@link SOURCE}, {@link SINK}. */
  side: Uint8Array;
  /** Fixed nodes in the order they were fixed. */
  order: Uint32Array;
  /** What can reach each node from the source, and leave it to the sink, directly or through nodes fixed before. */
  supply: Float64Array;
  demand: Float64Array;
}

/**
 * Fixes every node that has more from the source than it could ever pass on (or the other way round), as long as there is
 * one: such a node is on its side in *every* minimum cut, so its arcs to open nodes are as good as terminals of those.
 * Arcs of fixed nodes are taken out of `state` (stored as −1 − capacity, which no search uses) and the terminals of
 * open nodes are raised; {@link restore} turns the rest's maximum flow into one of the whole network.
 * Edges must be finite.
 */
export function dominate(state: ResidualNetwork, network: FlowNetwork): Dominated {
  const {nodes, first, to, sister, residual, terminal, infinity} = state;
  const {tail, head, forward, backward} = network;
  const supply = capped(network.source, infinity);
  const demand = capped(network.sink, infinity);
  const outgoing = new Float64Array(nodes);
  const incoming = new Float64Array(nodes);
  for (let e = 0; e < tail.length; e++) {
    outgoing[tail[e]!]! += forward[e]!;
    incoming[tail[e]!]! += backward[e]!;
    outgoing[head[e]!]! += backward[e]!;
    incoming[head[e]!]! += forward[e]!;
  }
  const side = new Uint8Array(nodes);
  const order = new Uint32Array(nodes);
  let fixed = 0;
  for (let i = 0; i < nodes; i++) settle(i);
  // `order` doubles as the work list: neighbours of a fixed node may have become fixable.
  for (let next = 0; next < fixed; next++) {
    const i = order[next]!;
    for (let a = first[i]!; a < first[i + 1]!; a++) settle(to[a]!);
  }
  for (let i = 0; i < nodes; i++) terminal[i] = side[i] === 0 ? supply[i]! - demand[i]! : 0;
  return {side, order: order.slice(0, fixed), supply, demand};

  function settle(i: number): void {
    if (side[i] !== 0) return;
    const excess = supply[i]! - demand[i]!;
    if (excess > outgoing[i]!) side[i] = SOURCE;
    else if (-excess > incoming[i]!) side[i] = SINK;
    else return;
    order[fixed++] = i;
    for (let a = first[i]!; a < first[i + 1]!; a++) {
      const j = to[a]!;
      if (side[j] !== 0) continue;
      const out = residual[a]!;
      const back = residual[sister[a]!]!;
      if (side[i] === SOURCE) supply[j]! += out;
      else demand[j]! += back;
      incoming[j]! -= out;
      outgoing[j]! -= back;
      residual[a] = -1 - out;
      residual[sister[a]!] = -1 - back;
    }
  }
}

/** A copy with `Infinity` as the network's stand-in for it. */
export function capped(capacities: Float64Array, infinity: number): Float64Array {
  const copy = capacities.slice();
  for (let i = 0; i < copy.length; i++) if (copy[i]! > infinity) copy[i] = infinity;
  return copy;
}

/**
 * Completes the flow over the fixed nodes, last fixed first: a fixed node passes on what later nodes take from it,
 * fills its own sink side, and takes that from its source or from nodes fixed before it, which by dominance can
 * always give it. `source` and `sink` hold the flow through the terminals {@link dominate} made and are rewritten to
 * the network's own; `state.residual` becomes that of the whole network.
 */
export function restore(
  state: ResidualNetwork,
  network: FlowNetwork,
  {side, order}: Dominated,
  source: Float64Array,
  sink: Float64Array,
): void {
  const {nodes, first, to, sister, residual, infinity} = state;
  const rank = new Uint32Array(nodes).fill(nodes);
  order.forEach((node, k) => (rank[node] = k));
  for (let i = 0; i < nodes; i++) if (side[i] === 0) distribute(i, source[i]!, sink[i]!);
  for (let k = order.length - 1; k >= 0; k--) {
    const i = order[k]!;
    // So far these hold what later nodes took from it, resp. gave to it.
    const through = side[i] === SOURCE ? source[i]! : sink[i]!;
    const full = fullTerminal(i);
    if (side[i] === SOURCE) distribute(i, through + full, full);
    else distribute(i, full, through + full);
  }

  /** Sum of everything on the losing side of a fixed node: its own terminal and arcs with earlier nodes. */
  function fullTerminal(i: number): number {
    const loser = side[i] === SOURCE ? SINK : SOURCE;
    let sum = Math.min(infinity, loser === SINK ? network.sink[i]! : network.source[i]!);
    for (let a = first[i]!; a < first[i + 1]!; a++) {
      const j = to[a]!;
      if (side[j] !== loser || rank[j]! > rank[i]!) continue;
      sum += -1 - residual[loser === SINK ? a : sister[a]!]!;
    }
    return sum;
  }

  /** Takes `take` from the source side and gives `give` to the sink side, own terminals first. */
  function distribute(i: number, take: number, give: number): void {
    const own = {taken: Math.min(take, network.source[i]!), given: Math.min(give, network.sink[i]!)};
    source[i] = own.taken;
    sink[i] = own.given;
    let taken = take - own.taken;
    let given = give - own.given;
    for (let a = first[i]!; a < first[i + 1]!; a++) {
      const j = to[a]!;
      if (side[j] === 0 || rank[j]! > rank[i]!) continue;
      const back = sister[a]!;
      const out = -1 - residual[a]!;
      const inn = -1 - residual[back]!;
      let flow = 0;
      if (side[j] === SOURCE) {
        flow = -Math.min(taken, inn);
        taken += flow;
        source[j]! -= flow;
      } else {
        flow = Math.min(given, out);
        given -= flow;
        sink[j]! += flow;
      }
      residual[a] = out - flow;
      residual[back] = inn + flow;
    }
  }
}
