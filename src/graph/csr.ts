/** Directed edges in input order. `level` and `grade` are small classes the searches filter by. */
export interface EdgeList {
  nodes: number;
  from: Uint32Array;
  to: Uint32Array;
  /** Cost class of each edge, 0 … 3. */
  level: Uint8Array;
  /** Quality class of each edge, 0 best; a search takes edges with `grade ≤ mask`. */
  grade: Uint8Array;
  /** Gates: nodes that open only when so many different tails are reached; 0 and 1 = any edge will do. */
  threshold?: Uint32Array | null;
}

/** Compressed sparse rows: the edges of node `u` are `offsets[u] … offsets[u+1]−1`. */
export interface Csr {
  nodes: number;
  offsets: Uint32Array;
  heads: Uint32Array;
  level: Uint8Array;
  grade: Uint8Array;
  /** Index of each entry in the {@link EdgeList}. */
  edge: Uint32Array;
  /** Thresholds of the nodes as in the {@link EdgeList}; null = no node has one above 1, or the rows run against the edges. */
  threshold: Uint32Array | null;
}

/** Rows by tail, in O(nodes + edges) by counting sort (Seward 1954); stable, so input order decides ties. */
export function forwardCsr(edges: EdgeList): Csr {
  const threshold = edges.threshold?.some((least) => least > 1) ? edges.threshold : null;
  return {...byKey(edges, edges.from, edges.to), threshold};
}

/**
 * Rows by head: `heads` then holds the tails, so a search over it runs against the edges. Thresholds mean nothing in this
 * direction: every tail of a gate counts as reaching it.
 */
export function reverseCsr(edges: EdgeList): Csr {
  return {...byKey(edges, edges.to, edges.from), threshold: null};
}

function byKey(edges: EdgeList, key: Uint32Array, other: Uint32Array): Omit<Csr, 'threshold'> {
  const count = key.length;
  const offsets = new Uint32Array(edges.nodes + 1);
  for (let i = 0; i < count; i++) offsets[key[i]! + 1]!++;
  for (let u = 0; u < edges.nodes; u++) offsets[u + 1]! += offsets[u]!;
  const next = offsets.slice(0, edges.nodes);
  const csr: Omit<Csr, 'threshold'> = {
    nodes: edges.nodes,
    offsets,
    heads: new Uint32Array(count),
    level: new Uint8Array(count),
    grade: new Uint8Array(count),
    edge: new Uint32Array(count),
  };
  for (let i = 0; i < count; i++) {
    const at = next[key[i]!]!++;
    csr.heads[at] = other[i]!;
    csr.level[at] = edges.level[i]!;
    csr.grade[at] = edges.grade[i]!;
    csr.edge[at] = i;
  }
  return csr;
}
