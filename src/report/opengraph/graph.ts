import type {GraphEdge, GraphNode, IdentityGraph, RootExposure} from '../../model/exposure.ts';
import {type Hash, SOURCE_KIND, edgeKind, edgeSort, nodeId, nodeKind} from './names.ts';

/** What the export says about workloads and roots besides the graph. */
export interface GraphFacts {
  graph: IdentityGraph;
  roots: readonly RootExposure[];
  /** SIBR 0 … 100 per workload id. */
  sibr: ReadonlyMap<string, number>;
}

/**
 * The identity graph as BloodHound OpenGraph JSON, in pieces: one node or edge per line. Property values are texts, numbers
 * or truth values; evidence goes along with every edge. Written after the field's published payload schema (nodes, edges,
 * `metadata.source_kind`).
 */
export function* openGraph(facts: GraphFacts, hash: Hash): Generator<string, void> {
  const {graph} = facts;
  const ids = new Map(graph.nodes.map(({id}) => [id, nodeId(id, hash)]));
  const gates = new Set(graph.nodes.flatMap(({id, threshold}) => ((threshold ?? 0) > 1 ? [id] : [])));
  const roots = new Map(facts.roots.map((root) => [root.id, root]));
  yield `{"metadata":{"source_kind":${JSON.stringify(SOURCE_KIND)}},"graph":{"nodes":[`;
  yield* lines(graph.nodes, (node) => ({
    id: ids.get(node.id)!,
    kinds: [nodeKind(node), SOURCE_KIND],
    properties: nodeProperties(node, roots.get(node.id), facts.sibr.get(node.id)),
  }));
  yield '\n],"edges":[';
  yield* lines(graph.edges, (edge) => ({
    kind: edgeKind(edge.kind, edgeSort(edge, gates.has(edge.to))),
    start: {match_by: 'id', value: ids.get(edge.from) ?? nodeId(edge.from, hash)},
    end: {match_by: 'id', value: ids.get(edge.to) ?? nodeId(edge.to, hash)},
    properties: edgeProperties(edge),
  }));
  yield '\n]}}\n';
}

function nodeProperties(
  {id, subKind, name, threshold}: GraphNode,
  root: RootExposure | undefined,
  sibr: number | undefined,
): Record<string, string | number> {
  return {
    name,
    nativeid: id,
    subkind: subKind,
    ...(threshold === undefined ? {} : {threshold}),
    ...(root ? {blastradius: round(root.blastRadius.value), share: round(root.share.value)} : {}),
    ...(sibr === undefined ? {} : {sibr: round(sibr)}),
  };
}

function edgeProperties({level, certainty, evidence, bound, caps}: GraphEdge) {
  return {level, certainty, evidence, bound, ...(caps ? {caps: [...caps]} : {})};
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}

function* lines<T>(items: readonly T[], of: (item: T) => unknown): Generator<string, void> {
  let first = true;
  for (const item of items) {
    yield `${first ? '' : ','}\n${JSON.stringify(of(item))}`;
    first = false;
  }
}
