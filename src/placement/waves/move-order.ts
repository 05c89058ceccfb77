import {nestedSets, type NestedSets, type SetFunction} from '../../graph/nested-sets.ts';
import {createHeap} from '../constraints/heap.ts';
import {incidence} from '../incidence.ts';
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
 * Nested sets of least traffic first; within a block, which no cut parts, always the group next that adds least per
 * workload. Negative bonds are left out of the cuts: what is minimised then is never above the traffic, so the bound the
 * proof gives stays a bound, and is met where no such pair is moved.
 */
export function moveOrder(model: TrafficModel, {stages, knot}: Order, work: number): MoveOrder {
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
  return {order: refine(model, f, nested), nested, f};
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

/** Block by block; within one, greedily by added traffic per workload among those whose turn it is. */
function refine(model: TrafficModel, f: SetFunction, {blockOf, size}: NestedSets): number[] {
  const groups = model.size.length;
  const near = incidence(groups, model);
  const waiting = incidence(f.nodes, {tail: f.after, head: f.before});
  const taken = new Uint8Array(f.nodes);
  const added = f.unary.slice();
  const open = new Uint32Array(f.nodes);
  for (const node of f.after) open[node]!++;
  const perWorkload = new Float64Array(f.nodes);
  const rank = (i: number): number => (f.size[i]! === 0 ? -Infinity : added[i]! / f.size[i]!);
  const order: number[] = [];
  const blocks = size.map(() => [] as number[]);
  blockOf.forEach((block, i) => blocks[block]!.push(i));
  for (const block of blocks) {
    // Entries are numbered: one whose rank has changed since is stale, and there is a newer one.
    const entries: {node: number; rank: number}[] = [];
    const heap = createHeap(
      (a, b) => entries[a]!.rank - entries[b]!.rank || entries[a]!.node - entries[b]!.node || a - b,
    );
    const offer = (node: number): void => {
      perWorkload[node] = rank(node);
      entries.push({node, rank: perWorkload[node]});
      heap.push(entries.length - 1);
    };
    for (const i of block) if (open[i] === 0) offer(i);
    for (let top = heap.pop(); top !== undefined; top = heap.pop()) {
      const {node, rank: told} = entries[top]!;
      if (taken[node] === 1 || told !== perWorkload[node]) continue;
      taken[node] = 1;
      if (node < groups) order.push(node);
      for (const e of waiting.edges(node)) {
        if (f.before[e] !== node) continue;
        const next = f.after[e]!;
        if (--open[next]! === 0 && blockOf[next] === blockOf[node]) offer(next);
      }
      if (node >= groups) continue;
      for (const e of near.edges(node)) {
        const other = model.tail[e] === node ? model.head[e]! : model.tail[e]!;
        added[other]! -= model.bond[e]!;
        if (taken[other] === 0 && blockOf[other] === blockOf[node] && open[other] === 0) offer(other);
      }
    }
  }
  return order;
}
