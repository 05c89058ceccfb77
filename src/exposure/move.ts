import {siteNode} from '../identity/node-ids.ts';
import type {GraphEdge, IdentityGraph} from '../model/exposure.ts';

/**
 * The graph after moves (workload id → site id): edges that ended in a moved workload because of where it stood vanish, an
 * edge from its new site appears; what is bound to the workload itself (sign-in, domain membership, its identities)
 * goes along. Access to a site without control of it (shared processors) is access to what stands there. Sites that are not in
 * the graph get a node without roots. Ids that are no workload node are ignored.
 */
export function moveWorkloads(graph: IdentityGraph, moves: ReadonlyMap<string, string>): IdentityGraph {
  const workloads = new Set(graph.nodes.flatMap(({id, kind}) => (kind === 'workload' ? [id] : [])));
  const known = new Set(graph.nodes.map(({id}) => id));
  const nodes = [...graph.nodes];
  const edges: GraphEdge[] = graph.edges.filter(
    ({to, bound}) => bound !== 'place' || !moves.has(to) || !workloads.has(to),
  );
  const access = accessBySite(graph, moves);
  for (const [workload, site] of [...moves].sort(([a], [b]) => (a < b ? -1 : 1))) {
    if (!workloads.has(workload)) continue;
    const from = siteNode(site);
    if (!known.has(from)) {
      known.add(from);
      nodes.push({id: from, kind: 'site', subKind: 'unknown', name: site});
    }
    edges.push({
      from,
      to: workload,
      kind: 'PLACED',
      level: 0,
      certainty: 'certain',
      evidence: `planned site = ${site}`,
      bound: 'place',
    });
    for (const edge of access.get(from) ?? []) edges.push({...edge, to: workload, bound: 'place'});
  }
  return {...graph, nodes, edges};
}

/** Edges that give access to the sites moved to, by site node. */
function accessBySite({edges}: IdentityGraph, moves: ReadonlyMap<string, string>): Map<string, GraphEdge[]> {
  const wanted = new Set([...moves.values()].map(siteNode));
  const found = new Map<string, GraphEdge[]>();
  for (const edge of edges) {
    if (edge.caps === undefined || !wanted.has(edge.to)) continue;
    const known = found.get(edge.to);
    if (known) known.push(edge);
    else found.set(edge.to, [edge]);
  }
  return found;
}
