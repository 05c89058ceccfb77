/** Directed edges in input order. `level` and `grade` are small classes the searches filter by. */
export interface EdgeList {
  nodes: number;
  from: Uint32Array;
  to: Uint32Array;
  /** Cost class of each edge, 0 … 3. */
  level: Uint8Array;
  /** Quality class of each edge, 0 best; a search takes edges with `grade ≤ mask`. */
  grade: Uint8Array;
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
}

/** Rows by tail, in O(nodes + edges) by counting sort (Seward 1954); stable, so input order decides ties. */
export function forwardCsr(edges: EdgeList): Csr {
  return byKey(edges, edges.from, edges.to);
}

/** Rows by head: `heads` then holds the tails, so a search over it runs against the edges. */
export function reverseCsr(edges: EdgeList): Csr {
  return byKey(edges, edges.to, edges.from);
}

function byKey(edges: EdgeList, key: Uint32Array, other: Uint32Array): Csr {
  const count = key.length;
  const offsets = new Uint32Array(edges.nodes + 1);
  for (let i = 0; i < count; i++) offsets[key[i]! + 1]!++;
  for (let u = 0; u < edges.nodes; u++) offsets[u + 1]! += offsets[u]!;
  const next = offsets.slice(0, edges.nodes);
  const csr: Csr = {
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
