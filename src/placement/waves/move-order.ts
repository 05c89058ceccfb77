import {nestedSets, type NestedSets, type SetFunction} from '../../graph/nested-sets.ts';
import {createHeap} from '../constraints/heap.ts';
import {incidence} from '../incidence.ts';
import {type Bonds, clusters, neighbours} from './clusters.ts';
import type {Order} from './stages.ts';
import type {TrafficModel} from './traffic-model.ts';

/** The groups in an order whose beginnings have little traffic between sites. */
export interface MoveOrder {
  /** Groups. */
  order: number[];
  /** Over groups, then stages; of the bonds that are positive: see {@link positive}. */
  nested: NestedSets;
  f: SetFunction;
}

/**
 * Nested sets of least traffic first; within a block, which no cut parts, always the cluster next that adds least per
 * workload. Negative bonds are left out of the cuts: what is minimised then is never above the traffic, so the bound the
 * proof gives stays a bound, and is met where no such pair is moved. Within blocks the order
 * goes by `guide`. `work` as in {@link nestedSets}; `most` = workloads of a wave.
 */
export function moveOrder(
  model: TrafficModel,
  {stages, knot}: Order,
  {most, work, guide = model}: {most: number; work: number; guide?: TrafficModel},
): MoveOrder {
  const groups = model.size.length;
  const after: number[] = [];
  const before: number[] = [];
  stages.forEach((stage, k) => {
    // An order within a knot cannot be kept; without it the cuts have more to choose from, and bounds still hold.
    const node = groups + k;
    for (const g of stage.before) {
      if (knot[g] === knot[node]) continue;
      after.push(node);
      before.push(g);
    }
    for (const h of stage.after) {
      if (knot[h] === knot[node]) continue;
      after.push(h);
      before.push(node);
    }
  });
  const f = positive(model, stages.length, {
    after: Uint32Array.from(after),
    before: Uint32Array.from(before),
  });
  const nested = nestedSets(f, work);
  return {order: refine(guide, f, nested, most), nested, f};
}

/** The traffic model over groups and stages, which have no size of their own, without its negative bonds. */
function positive(
  model: TrafficModel,
  stages: number,
  orders: Pick<SetFunction, 'after' | 'before'>,
): SetFunction {
  const groups = model.size.length;
  const kept = model.bond.map((bond) => Number(bond > 0));
  const filled = (values: Float64Array): Float64Array => {
    const longer = new Float64Array(groups + stages);
    longer.set(values);
    return longer;
  };
  return {
    nodes: groups + stages,
    size: filled(model.size),
    unary: filled(model.alone),
    tail: model.tail.filter((_, e) => kept[e] === 1),
    head: model.head.filter((_, e) => kept[e] === 1),
    bond: model.bond.filter((bond) => bond > 0),
    ...orders,
  };
}

/**
 * Block by block; within a block cluster by cluster, and within a cluster group by group, each time the next one that adds
 * least traffic per workload. A group whose turn has not come, because earlier environments are still to follow, comes
 * right after them.
 */
function refine(model: TrafficModel, f: SetFunction, {blockOf, size}: NestedSets, most: number): number[] {
  const groups = model.size.length;
  const near = incidence(groups, model);
  const waiting = incidence(f.nodes, {tail: f.after, head: f.before});
  const added = new Float64Array(f.nodes);
  added.set(model.alone);
  const open = new Uint32Array(f.nodes);
  for (const node of f.after) open[node]!++;
  const order: number[] = [];
  const blocks = size.map(() => [] as number[]);
  blockOf.forEach((block, i) => blocks[block]!.push(i));
  /** Nodes of the parts taken up so far may be taken. */
  const current = new Uint8Array(f.nodes);
  const taken = new Uint8Array(f.nodes);
  const rank = (i: number): number => (f.size[i]! === 0 ? -Infinity : added[i]! / f.size[i]!);
  const take = (part: readonly number[]): void => {
    const queue = createQueue();
    for (const i of part) current[i] = 1;
    for (const i of part) if (open[i] === 0) queue.offer(i, rank(i));
    for (let node = queue.next(); node !== -1; node = queue.next()) {
      taken[node] = 1;
      for (const e of waiting.edges(node)) {
        if (f.before[e] !== node) continue;
        const after = f.after[e]!;
        if (--open[after]! === 0 && current[after] === 1) queue.offer(after, rank(after));
      }
      if (node >= groups) continue;
      order.push(node);
      for (const e of near.edges(node)) {
        const other = model.tail[e] === node ? model.head[e]! : model.tail[e]!;
        added[other]! -= model.bond[e]!;
        if (current[other] === 1 && taken[other] === 0 && open[other] === 0) queue.offer(other, rank(other));
      }
    }
  };
  const bonds = blocks.map(() => [] as number[]);
  model.bond.forEach((_, e) => {
    const block = blockOf[model.tail[e]!]!;
    if (block === blockOf[model.head[e]!]) bonds[block]!.push(e);
  });
  blocks.forEach((block, k) => {
    const own = block.filter((i) => i < groups);
    take(block.filter((i) => i >= groups));
    for (const part of clusterOrder(model, added, {groups: own, bonds: bonds[k]!}, most)) take(part);
  });
  return order;
}

/** The clusters of a block in order; a block that a wave holds is one. */
function clusterOrder(
  model: TrafficModel,
  added: Float64Array,
  block: {groups: number[]; bonds: number[]},
  most: number,
): number[][] {
  const size = Float64Array.from(block.groups, (g) => model.size[g]!);
  if (size.reduce((sum, one) => sum + one, 0) <= most) return [block.groups];
  const local = new Map(block.groups.map((g, k) => [g, k]));
  const bonds: Bonds = {
    size,
    tail: Uint32Array.from(block.bonds, (e) => local.get(model.tail[e]!)!),
    head: Uint32Array.from(block.bonds, (e) => local.get(model.head[e]!)!),
    bond: Float64Array.from(block.bonds, (e) => model.bond[e]!),
  };
  const of = clusters(bonds, most);
  const parts: number[][] = [];
  block.groups.forEach((g, k) => (parts[of[k]!] ??= []).push(g));
  const alone = parts.map((part) => part.reduce((sum, g) => sum + added[g]!, 0));
  const workloads = parts.map((part) => part.reduce((sum, g) => sum + model.size[g]!, 0));
  bonds.bond.forEach((bond, e) => {
    if (of[bonds.tail[e]!] === of[bonds.head[e]!]) alone[of[bonds.tail[e]!]!]! -= bond;
  });
  const near = neighbours(of, parts.length, bonds);
  const queue = createQueue();
  const done = new Uint8Array(parts.length);
  parts.forEach((_, c) => queue.offer(c, alone[c]! / workloads[c]!));
  const order: number[][] = [];
  for (let c = queue.next(); c !== -1; c = queue.next()) {
    done[c] = 1;
    order.push(parts[c]!);
    for (const [other, saved] of near[c]!) {
      alone[other]! -= saved;
      if (done[other] === 0) queue.offer(other, alone[other]! / workloads[other]!);
    }
  }
  return order;
}

/** Smallest rank first, then smallest number; offering something again replaces its rank. Each is given once. */
function createQueue(): {offer(item: number, rank: number): void; next(): number} {
  const entries: {item: number; rank: number}[] = [];
  const latest = new Map<number, number>();
  const given = new Set<number>();
  const heap = createHeap(
    (a, b) => entries[a]!.rank - entries[b]!.rank || entries[a]!.item - entries[b]!.item || a - b,
  );
  return {
    offer(item, rank) {
      if (given.has(item)) return;
      latest.set(item, entries.length);
      entries.push({item, rank});
      heap.push(entries.length - 1);
    },
    next() {
      for (let top = heap.pop(); top !== undefined; top = heap.pop()) {
        const {item} = entries[top]!;
        if (latest.get(item) !== top || given.has(item)) continue;
        given.add(item);
        return item;
      }
      return -1;
    },
  };
}
