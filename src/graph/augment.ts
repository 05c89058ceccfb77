import {SINK, SOURCE} from './dominance.ts';
import type {ResidualNetwork} from './residual-network.ts';

const FREE = 0;

/** Values of `parent` that are not arcs. */
const NONE = -1;
const TERMINAL = -2;
const ORPHAN = -3;

/**
 * Pushes flow along shortest-found paths between two growing trees until none is left; `state` is consumed: its
 * residual capacities are those of a maximum flow afterwards. Arcs of negative capacity do not exist. Returns the tree of
 * each node: `SOURCE` = reachable from the source, `SINK` = reaches the sink, 0 = neither.
 */
export function saturate(state: ResidualNetwork): Uint8Array {
  const {nodes, first, to, sister, residual, terminal} = state;
  const tree = new Uint8Array(nodes);
  const parent = new Int32Array(nodes).fill(NONE);
  const stamp = new Int32Array(nodes);
  const distance = new Int32Array(nodes);
  /** Successor in the queue of active nodes; the last one points at itself, −1 = not queued. */
  const next = new Int32Array(nodes).fill(-1);
  /** Arc at which the last search for a parent ended: hubs do not look at all their arcs each time. */
  const cursor = first.slice(0, nodes);
  const orphans = new Uint32Array(nodes + 1);
  let queueHead = -1;
  let queueTail = -1;
  let orphanHead = 0;
  let orphanTail = 0;
  let time = 0;
  /** Arc at which growing stopped for an augmentation; those before it are done unless the node is queued anew. */
  let resume = 0;

  const activate = (node: number): void => {
    if (next[node] !== -1) return;
    if (queueTail === -1) queueHead = node;
    else next[queueTail] = node;
    queueTail = node;
    next[node] = node;
  };

  const nextActive = (): number => {
    while (queueHead !== -1) {
      const node = queueHead;
      if (next[node] === node) queueHead = queueTail = -1;
      else queueHead = next[node]!;
      next[node] = -1;
      if (tree[node] !== FREE) return node;
    }
    return -1;
  };

  const orphan = (node: number): void => {
    parent[node] = ORPHAN;
    orphans[orphanTail] = node;
    orphanTail = orphanTail === nodes ? 0 : orphanTail + 1;
  };

  /** Grows the tree of `node` by one layer. Returns an arc source tree → sink tree with capacity, or −1. */
  const grow = (node: number, from: number): number => {
    const own = tree[node]!;
    const fromSource = own === SOURCE;
    const end = first[node + 1]!;
    for (let a = from; a < end; a++) {
      const back = sister[a]!;
      if (residual[fromSource ? a : back]! <= 0) continue;
      const other = to[a]!;
      const otherTree = tree[other]!;
      if (otherTree === FREE) {
        tree[other] = own;
        parent[other] = back;
        stamp[other] = stamp[node]!;
        distance[other] = distance[node]! + 1;
        activate(other);
      } else if (otherTree !== own) {
        resume = a;
        return fromSource ? a : back;
      } else if (stamp[other]! <= stamp[node]! && distance[other]! > distance[node]!) {
        parent[other] = back;
        stamp[other] = stamp[node]!;
        distance[other] = distance[node]! + 1;
      }
    }
    return -1;
  };

  const augment = (middle: number): void => {
    let room = residual[middle]!;
    let node = to[sister[middle]!]!;
    for (let a = parent[node]!; a !== TERMINAL; a = parent[node]!) {
      room = Math.min(room, residual[sister[a]!]!);
      node = to[a]!;
    }
    room = Math.min(room, terminal[node]!);
    node = to[middle]!;
    for (let a = parent[node]!; a !== TERMINAL; a = parent[node]!) {
      room = Math.min(room, residual[a]!);
      node = to[a]!;
    }
    room = Math.min(room, -terminal[node]!);

    residual[middle]! -= room;
    residual[sister[middle]!]! += room;
    node = to[sister[middle]!]!;
    for (let a = parent[node]!; a !== TERMINAL; a = parent[node]!) {
      const up = to[a]!;
      residual[a]! += room;
      if ((residual[sister[a]!]! -= room) === 0) orphan(node);
      node = up;
    }
    if ((terminal[node]! -= room) === 0) orphan(node);
    node = to[middle]!;
    for (let a = parent[node]!; a !== TERMINAL; a = parent[node]!) {
      const up = to[a]!;
      residual[sister[a]!]! += room;
      if ((residual[a]! -= room) === 0) orphan(node);
      node = up;
    }
    if ((terminal[node]! += room) === 0) orphan(node);
  };

  /** Steps from `start` to its terminal along tree arcs, or −1 when an orphan lies between. */
  const depth = (start: number): number => {
    let node = start;
    let steps = 0;
    for (;;) {
      if (stamp[node] === time) return steps + distance[node]!;
      const a = parent[node]!;
      steps++;
      if (a === TERMINAL) {
        stamp[node] = time;
        distance[node] = 1;
        return steps;
      }
      if (a === ORPHAN) return -1;
      node = to[a]!;
    }
  };

  /** Finds a new parent in the same tree, or sets the node free and orphans its children. */
  const adopt = (node: number): void => {
    const own = tree[node]!;
    const fromSource = own === SOURCE;
    const start = first[node]!;
    const end = first[node + 1]!;
    let best = NONE;
    let bestDepth = Infinity;
    const enough = Math.max(1, distance[node]! - 1);
    const degree = end - start;
    let a = cursor[node]!;
    for (let seen = 0; seen < degree && bestDepth > enough; seen++) {
      a = a + 1 < end ? a + 1 : start;
      if (residual[fromSource ? sister[a]! : a]! <= 0) continue;
      const other = to[a]!;
      if (tree[other] !== own || parent[other] === NONE) continue;
      const steps = depth(other);
      if (steps === -1) continue;
      if (steps < bestDepth) {
        best = a;
        bestDepth = steps;
      }
      let mark = steps;
      for (let j = other; stamp[j] !== time; j = to[parent[j]!]!) {
        stamp[j] = time;
        distance[j] = mark--;
      }
    }
    cursor[node] = a;
    if (best !== NONE) {
      parent[node] = best;
      stamp[node] = time;
      distance[node] = bestDepth + 1;
      return;
    }
    for (let a = start; a < end; a++) {
      const other = to[a]!;
      if (tree[other] !== own) continue;
      if (residual[fromSource ? sister[a]! : a]! > 0) activate(other);
      const up = parent[other]!;
      if (up >= 0 && to[up] === node) orphan(other);
    }
    tree[node] = FREE;
    parent[node] = NONE;
  };

  // Paths source → u → v → sink first: most flow of sparse estates takes them, and no tree is needed to find them.
  for (let u = 0; u < nodes; u++) {
    const end = first[u + 1]!;
    for (let a = first[u]!; a < end && terminal[u]! > 0; a++) {
      const room = Math.min(residual[a]!, terminal[u]!, -terminal[to[a]!]!);
      if (room <= 0) continue;
      residual[a]! -= room;
      residual[sister[a]!]! += room;
      terminal[u]! -= room;
      terminal[to[a]!]! += room;
    }
  }
  for (let i = 0; i < nodes; i++) {
    if (terminal[i] === 0) continue;
    tree[i] = terminal[i]! > 0 ? SOURCE : SINK;
    parent[i] = TERMINAL;
    distance[i] = 1;
    activate(i);
  }
  let current = -1;
  for (;;) {
    if (current === -1 || tree[current] === FREE) {
      current = nextActive();
      if (current === -1) break;
      resume = first[current]!;
    }
    const middle = grow(current, resume);
    time++;
    if (middle === -1) {
      current = -1;
      continue;
    }
    augment(middle);
    while (orphanHead !== orphanTail) {
      const node = orphans[orphanHead]!;
      orphanHead = orphanHead === nodes ? 0 : orphanHead + 1;
      adopt(node);
    }
  }
  return tree;
}
