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
  // Signed counters: additions to values read from a Uint32Array would leave the integers' fast path.
  const next = new Int32Array(edges.nodes);
  for (let i = 0; i < count; i++) {
    const u = key[i]!;
    next[u] = (next[u]! + 1) | 0;
  }
  const offsets = new Uint32Array(edges.nodes + 1);
  let total = 0;
  for (let u = 0; u < edges.nodes; u++) {
    const degree = next[u]!;
    offsets[u] = next[u] = total;
    total = (total + degree) | 0;
  }
  offsets[edges.nodes] = total;
  // Only the edge numbers are scattered; everything else is then gathered, which the memory does better.
  const edge = new Uint32Array(count);
  for (let i = 0; i < count; i++) {
    const u = key[i]!;
    const at = next[u]!;
    next[u] = (at + 1) | 0;
    edge[at] = i;
  }
  const heads = new Uint32Array(count);
  const level = new Uint8Array(count);
  const grade = new Uint8Array(count);
  for (let at = 0; at < count; at++) heads[at] = other[edge[at]!]!;
  for (let at = 0; at < count; at++) {
    const i = edge[at]!;
    level[at] = edges.level[i]!;
    grade[at] = edges.grade[i]!;
  }
  return {nodes: edges.nodes, offsets, heads, level, grade, edge};
}
