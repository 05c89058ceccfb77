import type {Axis} from '../model/sensitivity.ts';
import type {NeedGraph} from './relations.ts';
import type {SensitivityRules} from './rules.ts';

/** Edges of one axis in the direction needs travel: targets of u are `to[start[u]] … to[start[u+1]-1]`. */
export interface NeedArcs {
  start: Uint32Array;
  to: Uint32Array;
  /** Index into the graph's edges, for the relation. */
  edge: Uint32Array;
}

/** The result of one fix-point. */
export interface Raised {
  level: Int8Array;
  /** Edge that raised a node to its level, −1 = its own. */
  edge: Int32Array;
  /** Node the level came from, −1 = its own. */
  from: Int32Array;
  /** Fixed nodes: highest level that was refused, −1 = none, and where it came from. */
  refused: Int8Array;
  refusedFrom: Int32Array;
  refusedEdge: Int32Array;
}

/** The arcs along which needs of one axis travel, by counting sort; order follows node, then edge. */
export function arcsOf(graph: NeedGraph, inheritance: SensitivityRules['inheritance'], axis: Axis): NeedArcs {
  const tail: number[] = [];
  const head: number[] = [];
  const edges: number[] = [];
  for (let edge = 0; edge < graph.from.length; edge++) {
    const direction = inheritance.get(graph.relation[edge]!)?.[axis] ?? 'none';
    if (direction === 'forward' || direction === 'both') {
      tail.push(graph.from[edge]!);
      head.push(graph.to[edge]!);
      edges.push(edge);
    }
    if (direction === 'backward' || direction === 'both') {
      tail.push(graph.to[edge]!);
      head.push(graph.from[edge]!);
      edges.push(edge);
    }
  }
  const start = new Uint32Array(graph.nodes + 1);
  for (const node of tail) start[node + 1]!++;
  for (let node = 0; node < graph.nodes; node++) start[node + 1]! += start[node]!;
  const fill = start.slice();
  const to = new Uint32Array(tail.length);
  const edge = new Uint32Array(tail.length);
  for (let arc = 0; arc < tail.length; arc++) {
    const slot = fill[tail[arc]!]!++;
    to[slot] = head[arc]!;
    edge[slot] = edges[arc]!;
  }
  return {start, to, edge};
}

/**
 * Least fix-point of "a node's level is at least the level of whatever points to it", except at `fixed` nodes, which
 * keep theirs and pass on only that. Levels are settled from the highest down, so each node is expanded once:
 * O(nodes + arcs). The first node in order that reaches another explains its raise.
 */
export function propagate(own: Int8Array, fixed: Uint8Array, arcs: NeedArcs): Raised {
  const count = own.length;
  const level = own.slice();
  const edge = new Int32Array(count).fill(-1);
  const from = new Int32Array(count).fill(-1);
  const refused = new Int8Array(count).fill(-1);
  const refusedFrom = new Int32Array(count).fill(-1);
  const refusedEdge = new Int32Array(count).fill(-1);
  const queue = new Uint32Array(count);
  for (let at = 3; at >= 1; at--) {
    let end = 0;
    // A node raised to a higher level was expanded there; what is left at this level stands here by itself.
    for (let node = 0; node < count; node++) if (level[node] === at && from[node] === -1) queue[end++] = node;
    for (let next = 0; next < end; next++) {
      const node = queue[next]!;
      for (let arc = arcs.start[node]!; arc < arcs.start[node + 1]!; arc++) {
        const target = arcs.to[arc]!;
        if (level[target]! >= at) continue;
        if (fixed[target] === 1) {
          if (refused[target]! >= at) continue;
          refused[target] = at;
          refusedFrom[target] = node;
          refusedEdge[target] = arcs.edge[arc]!;
          continue;
        }
        level[target] = at;
        from[target] = node;
        edge[target] = arcs.edge[arc]!;
        queue[end++] = target;
      }
    }
  }
  return {level, edge, from, refused, refusedFrom, refusedEdge};
}

/** The workload behind a raise: meeting points and hosts are looked through. */
export function originOf(node: number, raised: Raised, workloads: number): number {
  let at = node;
  while (at >= workloads && raised.from[at] !== -1) at = raised.from[at]!;
  return at;
}
