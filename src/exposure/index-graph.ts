import {type Csr, type EdgeList, forwardCsr, reverseCsr} from '../graph/csr.ts';
import {createInterner} from '../graph/interner.ts';
import type {Certainty} from '../model/common.ts';
import type {IdentityGraph} from '../model/exposure.ts';

/** A graph made ready for many queries. Node numbers are positions in `graph.nodes`. */
export interface GraphIndex {
  graph: IdentityGraph;
  /** Node number of an id, −1 when there is none. */
  find(id: string): number;
  list: EdgeList;
  forward: Csr;
  reverse: Csr;
  /** Numbers of all root nodes, in node order. */
  roots: Uint32Array;
}

/** Edge grade of a certainty; a mask takes all grades up to its own. */
export const GRADE: Record<Certainty, number> = {certain: 0, conditional: 1, unknown: 2};

/** Interns the ids and builds both directions, O(nodes + edges). Edges to unknown ids are left out. */
export function indexGraph(graph: IdentityGraph): GraphIndex {
  const interner = createInterner();
  for (const {id} of graph.nodes) interner.intern(id);
  const count = graph.edges.length;
  const list: EdgeList = {
    nodes: interner.size,
    from: new Uint32Array(count),
    to: new Uint32Array(count),
    level: new Uint8Array(count),
    grade: new Uint8Array(count),
  };
  // Edges come sorted by tail: most look-ups repeat the one before.
  let tail = '';
  let from = -1;
  graph.edges.forEach((edge, i) => {
    if (edge.from !== tail || from < 0) from = interner.find((tail = edge.from));
    const to = interner.find(edge.to);
    if (from < 0 || to < 0) {
      // A loop at node 0 changes nothing and keeps edge numbers equal to positions in `graph.edges`.
      if (list.nodes > 0) list.grade[i] = UNUSABLE;
      return;
    }
    list.from[i] = from;
    list.to[i] = to;
    list.level[i] = edge.level;
    list.grade[i] = GRADE[edge.certainty];
  });
  const roots = graph.nodes.flatMap(({kind}, i) => (kind === 'root' ? [i] : []));
  return {
    graph,
    find: (id) => interner.find(id),
    list,
    forward: forwardCsr(list),
    reverse: reverseCsr(list),
    roots: Uint32Array.from(roots),
  };
}

/** Grade no mask admits. */
const UNUSABLE = 255;
