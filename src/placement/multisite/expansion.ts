import {maxFlow, SINK} from '../../graph/max-flow.ts';
import type {Arranged} from './arrange.ts';

/** Rounds in which units that cannot gain are left out before the cut is made. */
const SIFTINGS = 4;

/**
 * Alpha-expansion (Boykov, Veksler & Zabih, "Fast Approximate Energy Minimization via Graph Cuts", PAMI 23, 2001): for
 * one site after the other, the best set of units that go there together is one minimum cut. Where a table is no metric
 * the cut pays at least what the choice pays, and exactly what today's pays, so a choice never gets worse. Changes
 * `chosen`; returns whether it is better now.
 */
export function expand(arranged: Arranged, chosen: Uint16Array, expired: () => unknown): boolean {
  const {sites} = arranged;
  let better = false;
  let idle = 0;
  for (let site = 0; idle < sites && (expired() ?? null) === null; site = (site + 1) % sites) {
    if (expandTo(arranged, chosen, site)) {
      better = true;
      // The same site once more would find nothing.
      idle = 1;
    } else idle++;
  }
  return better;
}

function expandTo(arranged: Arranged, chosen: Uint16Array, site: number): boolean {
  const {sites, unary, first, head, tail, weight, table, tables} = arranged;
  const open = sift(arranged, chosen, site);
  const {place, nodes} = open;
  if (nodes.length === 0) return false;
  const cost = new Float64Array(nodes.length);
  const [from, to, price]: [number[], number[], number[]] = [[], [], []];
  nodes.forEach((u, i) => {
    cost[i]! += unary[u * sites + site]! - unary[u * sites + chosen[u]!]!;
    for (let e = first[u]!; e < first[u + 1]!; e++) {
      const v = head[e]!;
      const {costs} = tables[table[e]!]!;
      const [a, b] = [chosen[u]!, chosen[v]!];
      const stay = costs[a * sites + b]!;
      const one = costs[site * sites + b]!;
      if (place[v]! < 0) {
        cost[i]! += weight[e]! * (one - stay);
        continue;
      }
      const j = place[v]!;
      const both = costs[site * sites + site]!;
      const other = costs[a * sites + site]!;
      cost[i]! += weight[e]! * (one - stay);
      cost[j]! += weight[e]! * (both - one);
      const pair = weight[e]! * (other + one - stay - both);
      if (pair <= 0) continue;
      from.push(i);
      to.push(j);
      price.push(pair);
    }
    for (let k = arranged.backFirst[u]!; k < arranged.backFirst[u + 1]!; k++) {
      const e = arranged.back[k]!;
      const v = tail[e]!;
      if (place[v]! >= 0) continue;
      const {costs} = tables[table[e]!]!;
      const row = chosen[v]! * sites;
      cost[i]! += weight[e]! * (costs[row + site]! - costs[row + chosen[u]!]!);
    }
  });
  const {side} = maxFlow({
    nodes: nodes.length,
    source: cost.map((value) => Math.max(0, value)),
    sink: cost.map((value) => Math.max(0, -value)),
    tail: Uint32Array.from(from),
    head: Uint32Array.from(to),
    forward: Float64Array.from(price),
    backward: new Float64Array(price.length),
  });
  // The smallest set of units that go: nothing goes without a gain.
  const goes = nodes.filter((_, i) => side[i] === SINK);
  for (const u of goes) chosen[u] = site;
  return goes.length > 0;
}

interface Open {
  /** Number of each unit that may go, −1 for the others. */
  place: Int32Array;
  nodes: Uint32Array;
}

/**
 * Units that may gain by going to a site, whatever their neighbours do: a unit that loses even if each neighbour does what
 * suits it best stays in some best choice.
 */
function sift(arranged: Arranged, chosen: Uint16Array, site: number): Open {
  const {units, sites, unary, first, head, tail, back, backFirst, weight, table, tables} = arranged;
  const place = new Int32Array(units).fill(-1);
  let nodes = new Uint32Array(units);
  let count = 0;
  for (let u = 0; u < units; u++) {
    if (chosen[u] === site || unary[u * sites + site] === Infinity) continue;
    place[u] = count;
    nodes[count++] = u;
  }
  for (let round = 0; round < SIFTINGS; round++) {
    let kept = 0;
    for (let i = 0; i < count; i++) {
      const u = nodes[i]!;
      if (gains(u)) nodes[kept++] = u;
      else place[u] = -1;
    }
    if (kept === count) break;
    count = kept;
  }
  nodes = nodes.slice(0, count);
  nodes.forEach((u, i) => (place[u] = i));
  return {place, nodes};

  function gains(u: number): boolean {
    const own = chosen[u]!;
    let change = unary[u * sites + site]! - unary[u * sites + own]!;
    for (let e = first[u]!; e < first[u + 1]!; e++) {
      const {costs} = tables[table[e]!]!;
      const v = head[e]!;
      const other = chosen[v]!;
      let least = costs[site * sites + other]! - costs[own * sites + other]!;
      if (place[v]! >= 0) least = Math.min(least, costs[site * sites + site]! - costs[own * sites + site]!);
      change += weight[e]! * least;
    }
    for (let k = backFirst[u]!; k < backFirst[u + 1]!; k++) {
      const e = back[k]!;
      const {costs} = tables[table[e]!]!;
      const v = tail[e]!;
      const row = chosen[v]! * sites;
      let least = costs[row + site]! - costs[row + own]!;
      if (place[v]! >= 0) least = Math.min(least, costs[site * sites + site]! - costs[site * sites + own]!);
      change += weight[e]! * least;
    }
    return change < 0;
  }
}
