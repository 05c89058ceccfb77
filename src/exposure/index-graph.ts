import {type Csr, type EdgeList, forwardCsr, reverseCsr} from '../graph/csr.ts';
import {createInterner} from '../graph/interner.ts';
import type {Certainty} from '../model/common.ts';
import type {IdentityGraph} from '../model/exposure.ts';

/**
 * A graph made ready for many queries. Node numbers are positions in `graph.nodes`; numbers from `graph.nodes.length` on
 * are internal. Entry numbers of `list` are positions in `graph.edges`; from `graph.edges.length` on they are internal.
 *
 * Access without control (edges with `caps`) ends in an internal node beside its head, to which the head itself
 * leads as well: no path continues there, and no search needs to know why.
 */
export interface GraphIndex {
  graph: IdentityGraph;
  /** Node number of an id, −1 when there is none. */
  find: (id: string) => number;
  /** Node whose being reached means that the value of this node is reached: by control or by access. */
  target: (node: number) => number;
  /** The node of `graph.nodes` an internal node stands beside; every other node itself. */
  owner: (node: number) => number;
  list: EdgeList;
  /** Rows by tail; searches over them count the inputs of gates. */
  forward: Csr;
  /** Rows by head. Gates are open for everything that reaches one of their inputs: too much rather than too little. */
  reverse: Csr;
  /** `forward` with all gates shut, so that plain reachability is exact; the same object where there is no gate. */
  shut: Csr;
  /** Numbers of all gates that need more than one input. */
  gates: Uint32Array;
  /** Numbers of all root nodes, in node order. */
  roots: Uint32Array;
}

/** Edge grade of a certainty; a mask takes all grades up to its own. */
export const GRADE: Record<Certainty, number> = {certain: 0, conditional: 1, unknown: 2};

/** Grade no mask admits. */
export const UNUSABLE = 255;

/** Interns the ids and builds both directions, O(nodes + edges). Edges to unknown ids are left out. */
export function indexGraph(graph: IdentityGraph): GraphIndex {
  const interner = createInterner();
  for (const {id} of graph.nodes) interner.intern(id);
  const count = interner.size;
  const {list, owners, targets} = edgeList(graph, (id) => interner.find(id), count);
  const roots = graph.nodes.flatMap(({kind}, i) => (kind === 'root' ? [i] : []));
  const gates = graph.nodes.flatMap(({threshold}, i) =>
    threshold !== undefined && threshold > 1 ? [i] : [],
  );
  const forward = forwardCsr(list);
  return {
    graph,
    find: (id) => interner.find(id),
    target: (node) => targets.get(node) ?? node,
    owner: (node) => (node < count ? node : owners[node - count]!),
    list,
    forward,
    reverse: reverseCsr(list),
    shut: gates.length === 0 ? forward : shutGates(list),
    gates: Uint32Array.from(gates),
    roots: Uint32Array.from(roots),
  };
}

/** `known` where it is the index of this very graph, else a new one. Most stages ask the same graph. */
export function indexOf(graph: IdentityGraph, known: GraphIndex | undefined): GraphIndex {
  return known?.graph === graph ? known : indexGraph(graph);
}

/** The same graph, some of whose edges no search takes. Numbers of nodes and edges stay. */
export function withoutEdges(index: GraphIndex, edges: Iterable<number>): GraphIndex {
  const grade = index.list.grade.slice();
  for (const edge of edges) grade[edge] = UNUSABLE;
  const list = {...index.list, grade};
  const forward = forwardCsr(list);
  return {
    ...index,
    list,
    forward,
    reverse: reverseCsr(list),
    shut: index.gates.length === 0 ? forward : shutGates(list),
  };
}

function edgeList(
  {nodes, edges}: IdentityGraph,
  find: (id: string) => number,
  count: number,
): {list: EdgeList; owners: number[]; targets: Map<number, number>} {
  const owners: number[] = [];
  const targets = new Map<number, number>();
  for (const {caps, to} of edges) {
    const head = caps === undefined ? -1 : find(to);
    if (head < 0 || targets.has(head)) continue;
    targets.set(head, count + owners.length);
    owners.push(head);
  }
  const total = edges.length + owners.length;
  const list: EdgeList = {
    nodes: count + owners.length,
    from: new Uint32Array(total),
    to: new Uint32Array(total),
    level: new Uint8Array(total),
    grade: new Uint8Array(total),
    threshold: thresholds({nodes}, count + owners.length),
  };
  // Edges come sorted by tail: most look-ups repeat the one before.
  let tail = '';
  let from = -1;
  edges.forEach((edge, i) => {
    if (edge.from !== tail || from < 0) from = find((tail = edge.from));
    const to = find(edge.to);
    if (from < 0 || to < 0) {
      // A loop at node 0 changes nothing and keeps edge numbers equal to positions in `graph.edges`.
      if (list.nodes > 0) list.grade[i] = UNUSABLE;
      return;
    }
    list.from[i] = from;
    list.to[i] = edge.caps === undefined ? to : targets.get(to)!;
    list.level[i] = edge.level;
    list.grade[i] = GRADE[edge.certainty];
  });
  owners.forEach((owner, i) => {
    list.from[edges.length + i] = owner;
    list.to[edges.length + i] = count + i;
  });
  return {list, owners, targets};
}

function thresholds({nodes}: Pick<IdentityGraph, 'nodes'>, count: number): Uint32Array | null {
  if (!nodes.some(({threshold}) => threshold !== undefined && threshold > 1)) return null;
  const threshold = new Uint32Array(count);
  nodes.forEach((node, i) => (threshold[i] = node.threshold ?? 0));
  return threshold;
}

/** All edges into gates taken away. */
function shutGates(list: EdgeList): Csr {
  const grade = list.grade.slice();
  list.to.forEach((head, i) => {
    if (list.threshold![head]! > 1) grade[i] = UNUSABLE;
  });
  return forwardCsr({...list, grade, threshold: null});
}
