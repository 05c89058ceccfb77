/** Weighted sum of levels as one network: what each unit pays per class, and directed arcs. `Infinity` = forbidden. */
export interface CutNetwork {
  units: number;
  /** `unary[2*u + class]`. */
  unary: number[];
  arcs: [tail: number, head: number, weight: number][];
}

/**
 * Least value of a labelling, by augmenting along shortest paths in layers (E. Dinic, Soviet Math. Dokl. 11, 1970), over
 * adjacency lists. Shares nothing with the solver.
 */
export function leastValue({units, unary, arcs}: CutNetwork): number {
  const [source, sink] = [units, units + 1];
  const to: number[] = [];
  const room: number[] = [];
  const out: number[][] = Array.from({length: units + 2}, () => []);
  const add = (tail: number, head: number, weight: number): void => {
    if (weight === 0) return;
    out[tail]!.push(to.push(head) - 1);
    room.push(weight);
    out[head]!.push(to.push(tail) - 1);
    room.push(0);
  };
  let value = 0;
  for (let u = 0; u < units; u++) {
    const least = Math.min(unary[2 * u]!, unary[2 * u + 1]!);
    value += least;
    add(source, u, unary[2 * u + 1]! - least);
    add(u, sink, unary[2 * u]! - least);
  }
  for (const [tail, head, weight] of arcs) add(tail, head, weight);
  for (;;) {
    const layer = layers();
    if (layer[sink]! < 0) return value;
    const next = new Uint32Array(units + 2);
    for (let sent = push(layer, next); sent > 0; sent = push(layer, next)) value += sent;
  }

  function layers(): Int32Array {
    const found = new Int32Array(units + 2).fill(-1);
    found[source] = 0;
    const queue = [source];
    for (const u of queue) {
      for (const arc of out[u]!) {
        const v = to[arc]!;
        if (room[arc]! === 0 || found[v]! >= 0) continue;
        found[v] = found[u]! + 1;
        queue.push(v);
      }
    }
    return found;
  }

  /** One path of the layered network, without recursion. */
  function push(layer: Int32Array, next: Uint32Array): number {
    const path: number[] = [];
    let u = source;
    while (u !== sink) {
      const arc = out[u]![next[u]!];
      if (arc === undefined) {
        const back = path.pop();
        if (back === undefined) return 0;
        u = to[back ^ 1]!;
        next[u]!++;
      } else if (room[arc]! > 0 && layer[to[arc]!] === layer[u]! + 1) {
        path.push(arc);
        u = to[arc]!;
      } else next[u]!++;
    }
    const sent = Math.min(...path.map((arc) => room[arc]!));
    for (const arc of path) {
      room[arc]! -= sent;
      room[arc ^ 1]! += sent;
    }
    return sent;
  }
}
