import {type FlowNetwork, residualNetwork} from './residual-network.ts';
import {saturate} from './augment.ts';
import {capped, dominate, restore, SINK} from './dominance.ts';

/** A maximum flow and what its residual graph says about every node. */
export interface FlowResult {
  flow: number;
  /** Flow source → node. */
  source: Float64Array;
  /** Flow node → sink. */
  sink: Float64Array;
  /** Net flow of each edge; negative = head → tail. */
  net: Float64Array;
  /** Per node: 1 = on the source side of every minimum cut, 2 = on the sink side of every one, 0 = either. */
  side: Uint8Array;
}

export {SINK};
export type {FlowNetwork};

/**
 * Maximum flow after Boykov & Kolmogorov, "An Experimental Comparison of Min-Cut/Max-Flow Algorithms for Energy
 * Minimization in Vision", PAMI 26 (2004), on typed arrays without recursion. `side` depends on the network alone,
 * never on the order of edges: both the smallest source side and the smallest sink side of the minimum cuts are unique.
 * The caller sees to it that no path of infinite capacity joins source and sink.
 */
export function maxFlow(network: FlowNetwork): FlowResult {
  const state = residualNetwork(network);
  const {nodes, position, residual, terminal, infinity} = state;
  const dominated = state.finite ? dominate(state, network) : null;
  const supply = dominated?.supply ?? capped(network.source, infinity);
  const demand = dominated?.demand ?? capped(network.sink, infinity);
  const side = saturate(state);
  const source = new Float64Array(nodes);
  const sink = new Float64Array(nodes);
  for (let i = 0; i < nodes; i++) {
    if (dominated && dominated.side[i] !== 0) {
      side[i] = dominated.side[i]!;
      continue;
    }
    const through = Math.min(supply[i]!, demand[i]!);
    const used = supply[i]! - demand[i]! - terminal[i]!;
    source[i] = through + Math.max(0, used);
    sink[i] = through + Math.max(0, -used);
  }
  if (dominated) restore(state, network, dominated, source, sink);
  const net = new Float64Array(position.length);
  for (let e = 0; e < net.length; e++) {
    net[e] = Math.min(network.forward[e]!, infinity) - residual[position[e]!]!;
  }
  let flow = 0;
  for (let i = 0; i < nodes; i++) flow += source[i]!;
  return {flow, source, sink, net, side};
}
