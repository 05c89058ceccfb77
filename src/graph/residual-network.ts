/** Capacities of a flow network between one source and one sink. Integers below 2^52, or `Infinity`. */
export interface FlowNetwork {
  nodes: number;
  /** Capacity source → node. */
  source: Float64Array;
  /** Capacity node → sink. */
  sink: Float64Array;
  tail: Uint32Array;
  head: Uint32Array;
  /** Capacity tail → head. */
  forward: Float64Array;
  /** Capacity head → tail. */
  backward: Float64Array;
}

/** Residual capacities in compressed rows: the arcs of node `i` are `first[i] … first[i+1]-1`. */
export interface ResidualNetwork {
  nodes: number;
  first: Uint32Array;
  to: Uint32Array;
  /** Position of the opposite arc. */
  sister: Uint32Array;
  residual: Float64Array;
  /** Positive: left from the source. Negative: left towards the sink. */
  terminal: Float64Array;
  /** Position of the arc tail → head of each edge. */
  position: Uint32Array;
  /** True when every edge is finite. */
  finite: boolean;
  /** What `Infinity` became: one more than all finite capacities together, so no minimum cut pays it. */
  infinity: number;
}

/** Counting sort of the edges into rows. O(nodes + edges), 40 bytes per edge besides the input. */
export function residualNetwork(network: FlowNetwork): ResidualNetwork {
  const {nodes, tail, head, forward, backward} = network;
  const edges = tail.length;
  const infinity = finiteSum([network.source, network.sink, forward, backward]) + 1;
  const finite = isFinite(forward) && isFinite(backward);
  const first = new Uint32Array(nodes + 1);
  for (let e = 0; e < edges; e++) {
    first[tail[e]! + 1]!++;
    first[head[e]! + 1]!++;
  }
  for (let i = 0; i < nodes; i++) first[i + 1]! += first[i]!;
  const cursor = first.slice(0, nodes);
  const to = new Uint32Array(2 * edges);
  const sister = new Uint32Array(2 * edges);
  const residual = new Float64Array(2 * edges);
  const position = new Uint32Array(edges);
  for (let e = 0; e < edges; e++) {
    const u = tail[e]!;
    const v = head[e]!;
    const a = cursor[u]!++;
    const b = cursor[v]!++;
    to[a] = v;
    to[b] = u;
    sister[a] = b;
    sister[b] = a;
    residual[a] = Math.min(forward[e]!, infinity);
    residual[b] = Math.min(backward[e]!, infinity);
    position[e] = a;
  }
  const terminal = new Float64Array(nodes);
  for (let i = 0; i < nodes; i++) {
    terminal[i] = Math.min(network.source[i]!, infinity) - Math.min(network.sink[i]!, infinity);
  }
  return {nodes, first, to, sister, residual, terminal, position, finite, infinity};
}

function finiteSum(parts: Float64Array[]): number {
  let sum = 0;
  for (const part of parts) {
    for (let i = 0; i < part.length; i++) {
      const capacity = part[i]!;
      if (capacity !== Infinity) sum += capacity;
    }
  }
  return sum;
}

function isFinite(capacities: Float64Array): boolean {
  for (let i = 0; i < capacities.length; i++) if (capacities[i] === Infinity) return false;
  return true;
}
