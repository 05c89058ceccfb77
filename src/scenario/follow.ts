import type {Capability, GraphEdge, IdentityGraph} from '../model/exposure.ts';
import type {Scenario} from '../model/scenario.ts';

/** The part of the graph an incident may walk over. */
export function followed(
  graph: IdentityGraph,
  {follow, levelCap}: Scenario['spec'],
  starts: ReadonlySet<string>,
): IdentityGraph {
  const only = follow?.only ? new Set(follow.only) : null;
  const except = new Set(follow?.except ?? []);
  const workloads = new Set(graph.nodes.flatMap(({id, kind}) => (kind === 'workload' ? [id] : [])));
  const edges = graph.edges.filter(
    (edge) =>
      edge.level <= levelCap &&
      (only === null || only.has(edge.kind)) &&
      !except.has(edge.kind) &&
      (follow?.direct !== true || starts.has(edge.from)) &&
      gives(edge, follow?.capability, workloads),
  );
  return {...graph, edges};
}

/** Edges into workloads count when they give the capability; control gives every one. */
function gives(edge: GraphEdge, capability: Capability | undefined, workloads: ReadonlySet<string>): boolean {
  if (capability === undefined || edge.caps === undefined || !workloads.has(edge.to)) return true;
  return edge.caps.includes(capability);
}
