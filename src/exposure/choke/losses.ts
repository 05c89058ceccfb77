import {NO_TAIL, bridgeTails, dominatedWeight, dominators} from '../../graph/dominators.ts';
import type {Csr} from '../../graph/csr.ts';
import {type ChokeQuestion, pruned, valueWithout} from './pruned.ts';

/** All edges from one node to another, by number, and the value the root loses without them. */
export interface Loss {
  from: number;
  to: number;
  edges: number[];
  lost: number;
}

export interface Losses {
  /** Connections that somebody can cut and without which something is out of reach, largest loss first. */
  connections: Loss[];
  /** Nodes but the root without which they or more are out of reach, largest loss first, of equal ones the deepest. */
  nodes: {node: number; lost: number; depth: number}[];
}

/** Where gates are, so many candidates of each sort are searched one by one. */
const CANDIDATES = 48;

/**
 * What the root loses when a single connection or node goes. V is a sum over levels, Σ (α_L − α_L+1) · (weight reached over
 * edges of level ≤ L), and of each summand one dominator tree says for all nodes and connections at once what is lost.
 * With gates in reach the trees only name candidates (they take a gate for opened by any input, so the edges into gates
 * are candidates as well), and each number is that of a search without them.
 */
export function lossesOf(question: ChokeQuestion, gone: ReadonlySet<number>): Losses {
  const {connections, nodes, gates} = byDominators(question, gone);
  if (gates.length === 0) return {connections: sorted(connections), nodes: sortedNodes(nodes)};
  const before = valueWithout(question, gone);
  const into = intoGates(question, gates, gone);
  const candidates = new Map(
    [...sorted(connections).slice(0, CANDIDATES), ...into].map((loss) => [`${loss.from} ${loss.to}`, loss]),
  );
  const lostWithout = (edges: Iterable<number>): number =>
    before - valueWithout(question, new Set([...gone, ...edges]));
  return {
    connections: sorted([...candidates.values()].map((loss) => ({...loss, lost: lostWithout(loss.edges)}))),
    nodes: sortedNodes(
      [
        ...sortedNodes(nodes)
          .slice(0, CANDIDATES)
          .map(({node}) => node),
        ...into.map(({from}) => from),
      ]
        .filter((node, at, all) => node !== question.root && all.indexOf(node) === at)
        .map((node) => ({node, lost: lostWithout(edgesInto(question, node)), depth: 0})),
    ),
  };
}

function sorted(losses: Loss[]): Loss[] {
  return losses.filter(({lost}) => lost > 0).sort((a, b) => b.lost - a.lost || a.edges[0]! - b.edges[0]!);
}

function sortedNodes(nodes: Losses['nodes']): Losses['nodes'] {
  return nodes
    .filter(({lost}) => lost > 0)
    .sort((a, b) => b.lost - a.lost || b.depth - a.depth || a.node - b.node);
}

function byDominators(
  question: ChokeQuestion,
  gone: ReadonlySet<number>,
): {connections: Loss[]; nodes: Losses['nodes']; gates: number[]} {
  const {index, root, weight, maxGrade, removable} = question;
  const {forward, reverse} = pruned(question, gone);
  const lostNodes = new Float64Array(forward.nodes);
  const depth = new Uint32Array(forward.nodes);
  const connections = new Map<number, Loss>();
  const gates = new Set<number>();
  for (const {level: maxLevel, step} of steps(question)) {
    const filter = {maxLevel, maxGrade};
    const found = dominators(forward, reverse, [root], filter);
    const lost = dominatedWeight(found, weight);
    const tails = bridgeTails(found, reverse, [root], filter);
    for (const gate of index.gates) if (found.number[gate] !== 0) gates.add(gate);
    for (let i = 1; i <= found.count; i++) {
      const to = found.node[i]!;
      const from = tails[i]!;
      if (lost[i] === 0 || to === root) continue;
      lostNodes[to]! += step * lost[i]!;
      depth[to] = i;
      if (from === NO_TAIL) continue;
      const key = from * forward.nodes + to;
      const known = connections.get(key);
      const edges = known?.edges ?? edgesBetween(reverse, from, to, maxGrade);
      if (edges.some((edge) => removable[edge] === 0)) continue;
      connections.set(key, {from, to, edges, lost: (known?.lost ?? 0) + step * lost[i]!});
    }
  }
  const nodes: Losses['nodes'] = [];
  for (let node = 0; node < index.graph.nodes.length; node++) {
    if (lostNodes[node]! > 0) nodes.push({node, lost: lostNodes[node]!, depth: depth[node]!});
  }
  return {connections: [...connections.values()], nodes, gates: [...gates]};
}

/** Levels at which the graph changes, with the part of V that hangs on each: α of it less α of the next. */
function steps({index, attenuation, maxGrade}: ChokeQuestion): {level: number; step: number}[] {
  const {forward} = index;
  const present = [true, false, false, false];
  for (let at = 0; at < forward.heads.length; at++) {
    if (forward.grade[at]! <= maxGrade) present[forward.level[at]!] = true;
  }
  const levels = [0, 1, 2, 3].filter((level) => present[level]);
  return levels
    .map((level, i) => ({level, step: attenuation[level]! - (attenuation[levels[i + 1] ?? 4] ?? 0)}))
    .filter(({step}) => step > 0);
}

/** Edges of all levels, in ascending order. */
function edgesBetween(reverse: Csr, from: number, to: number, maxGrade: number): number[] {
  const edges: number[] = [];
  for (let at = reverse.offsets[to]!; at < reverse.offsets[to + 1]!; at++) {
    if (reverse.heads[at] === from && reverse.grade[at]! <= maxGrade) edges.push(reverse.edge[at]!);
  }
  return edges.sort((a, b) => a - b);
}

/** Removable connections into gates: each may be the input that is missing. */
function intoGates(question: ChokeQuestion, gates: number[], gone: ReadonlySet<number>): Loss[] {
  const {maxGrade, removable} = question;
  const {reverse} = pruned(question, gone);
  return gates.flatMap((to) => {
    const tails = new Set(reverse.heads.subarray(reverse.offsets[to], reverse.offsets[to + 1]));
    return [...tails].flatMap((from): Loss[] => {
      const edges = edgesBetween(reverse, from, to, maxGrade);
      const open = edges.length > 0 && edges.every((edge) => removable[edge] === 1);
      return open ? [{from, to, edges, lost: 0}] : [];
    });
  });
}

function edgesInto({index: {reverse}}: ChokeQuestion, node: number): Uint32Array {
  return reverse.edge.subarray(reverse.offsets[node], reverse.offsets[node + 1]);
}
