import type {Finding} from '../model/common.ts';
import type {Estate} from '../model/estate.ts';
import type {InflationEdge} from '../model/sensitivity.ts';
import type {AxisResult} from './axis.ts';
import {originOf} from './propagate.ts';
import type {NeedGraph} from './relations.ts';

/**
 * The relation through which most workloads were raised on one axis, over however many steps; null when nothing was
 * raised. Raises form a forest, so each workload counts at every step between it and the need it took over. Of equals
 * the first in the order of axes and nodes.
 */
export function inflationEdge(
  axes: AxisResult[],
  graph: NeedGraph,
  {workloads}: Estate,
): InflationEdge | null {
  let most: InflationEdge | null = null;
  for (const {axis, raised, inherited} of axes) {
    const counts = new Uint32Array(graph.nodes);
    for (const {index, raises} of inherited) if (raises) counts[index] = 1;
    for (const node of deepestFirst(raised.from)) {
      const from = raised.from[node]!;
      if (from !== -1) counts[from]! += counts[node]!;
    }
    for (let node = 0; node < graph.nodes; node++) {
      const from = raised.from[node]!;
      if (from === -1 || counts[node]! <= (most?.workloads ?? 0)) continue;
      const origin = originOf(from, raised, graph.workloads);
      most = {
        axis,
        relation: graph.relation[raised.edge[node]!]!,
        from: workloads[origin]?.name ?? graph.names.get(origin) ?? '',
        to: workloads[node]?.name ?? graph.names.get(node) ?? '',
        workloads: counts[node]!,
      };
    }
  }
  return most;
}

/** Nodes of a forest given by its parents, children before parents. */
function deepestFirst(from: Int32Array): number[] {
  const pending = new Uint32Array(from.length);
  for (const parent of from) if (parent !== -1) pending[parent]!++;
  const order: number[] = [];
  for (let node = 0; node < from.length; node++) if (pending[node] === 0) order.push(node);
  for (let next = 0; next < order.length; next++) {
    const parent = from[order[next]!]!;
    if (parent !== -1 && --pending[parent]! === 0) order.push(parent);
  }
  return order;
}

/** Tells when inheritance raises more than the limit, and what to look at first. */
export function inflationFindings(inflation: number, limit: number, by: InflationEdge | null): Finding[] {
  if (inflation <= limit || by === null) return [];
  const [share, allowed] = [inflation, limit].map((part) => `${(100 * part).toFixed(0)} %`);
  return [
    {
      code: 'BH-SENS-032',
      severity: 'medium',
      message: `needs taken over from others raise ${share} of the workloads, more than ${allowed}: most of them, ${by.workloads}, through ${by.from} –${by.relation}→ ${by.to}`,
      where: {},
      remedy: `Check whether \`${by.to}\` really takes over the need of \`${by.from}\`: correct the dependency, or sign a decision for \`${by.to}\` in the register, which stops it there.`,
    },
  ];
}
