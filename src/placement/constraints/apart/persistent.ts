import {forwardCsr} from '../../../graph/csr.ts';
import {stronglyConnected} from '../../../graph/scc.ts';
import type {Level, Solution} from '../../solve/level.ts';

/**
 * The classes that are settled by a minimum cut of the split problem. Units whose halves are on opposite sides of every
 * minimum cut are so in every optimum. The others follow from what the residual graph says, u public ⇒ v public: any
 * unit of which one class implies no contradiction takes it, public first, with all it implies, in the order of units,
 * so that the order of arcs does not matter.
 */
export function persistent(units: number, split: Level[], solution: Solution): Int8Array {
  const {labels: side, free} = solution;
  const labels = new Int8Array(units).fill(-1);
  let open = 0;
  for (let u = 0; u < units; u++) {
    if (free[u] === 0) labels[u] = side[u]!;
    else open++;
  }
  if (open === 0) return labels;
  const graph = implications(2 * units, split, solution);
  const opposite = (node: number): number => (node < units ? node + units : node - units);
  const {of} = stronglyConnected(graph, {maxLevel: 0, maxGrade: 0});
  /** 0 = open; 1 = public, or for an opposite, its unit dedicated; 2 = the other way round. */
  const set = new Uint8Array(2 * units);
  const seen = new Uint32Array(2 * units);
  const stack: number[] = [];
  let round = 0;
  /** All that follows when this half is public; null when that contradicts itself. */
  const follow = (from: number): number[] | null => {
    round++;
    const reached = [from];
    seen[from] = round;
    stack.length = 0;
    stack.push(from);
    for (let node = stack.pop(); node !== undefined; node = stack.pop()) {
      for (let k = graph.offsets[node]!; k < graph.offsets[node + 1]!; k++) {
        const next = graph.heads[k]!;
        if (seen[next] === round || set[next] === 1) continue;
        if (hopeless[next] === 1 || set[next] === 2 || seen[opposite(next)] === round) return null;
        seen[next] = round;
        reached.push(next);
        stack.push(next);
      }
    }
    return reached;
  };
  const hopeless = new Uint8Array(2 * units);
  for (let u = 0; u < units; u++) if (of[u] === of[u + units]) hopeless[u] = hopeless[u + units] = 1;
  for (let u = 0; u < units; u++) {
    for (const half of [u, u + units]) {
      if (labels[u] !== -1 || set[u] !== 0 || hopeless[half] === 1) continue;
      const reached = follow(half);
      if (!reached) {
        hopeless[half] = 1;
        continue;
      }
      for (const node of reached) {
        set[node] = 1;
        set[opposite(node)] = 2;
      }
    }
    if (labels[u] === -1 && set[u] !== 0) labels[u] = set[u]! - 1;
  }
  return labels;
}

/** Arcs `u public ⇒ v public` between halves that no minimum cut settles. */
function implications(nodes: number, split: Level[], {free, flows}: Solution) {
  const from: number[] = [];
  const to: number[] = [];
  const add = (u: number, v: number): void => {
    if (free[u] === 0 || free[v] === 0) return;
    from.push(u);
    to.push(v);
  };
  split.forEach(({tail, head, forward, backward}, k) => {
    const {net, implied} = flows[k]!;
    for (let e = 0; e < tail.length; e++) {
      if (net[e]! < forward[e]!) add(tail[e]!, head[e]!);
      if (-net[e]! < backward[e]!) add(head[e]!, tail[e]!);
    }
    implied.flow.forEach((flow, a) => {
      if (flow > 0) add(implied.head[a]!, implied.tail[a]!);
    });
  });
  return forwardCsr({
    nodes,
    from: Uint32Array.from(from),
    to: Uint32Array.from(to),
    level: new Uint8Array(from.length),
    grade: new Uint8Array(from.length),
  });
}
