import {indexGraph} from '../exposure/index-graph.ts';
import {reachedFrom} from '../exposure/reached.ts';
import type {Certainty} from '../model/common.ts';
import type {Capability, GraphNode, IdentityGraph} from '../model/exposure.ts';

/** One end of an access, directly or through chains. */
export interface AccessEnd {
  id: string;
  name: string;
  kind: string;
  level: 0 | 1 | 2 | 3;
  certainty: Certainty;
  /** True: it comes with control; false: the capability alone. */
  control: boolean;
}

/** Who, or what, per capability: the surest first, cut at a limit with the full count. */
export type Access = Record<'read' | 'write' | 'destroy', {total: number; ends: AccessEnd[]}>;

const CAPABILITIES = ['read', 'write', 'destroy'] as const;

/** Kinds that can act, for the question who has access. */
const ACTORS: ReadonlySet<GraphNode['kind']> = new Set(['root', 'principal', 'credential', 'workload']);
const WORKLOADS: ReadonlySet<GraphNode['kind']> = new Set(['workload']);

/** Who can read, write or destroy a workload. */
export function whoHasAccess(graph: IdentityGraph, workload: string, limit: number): Access {
  return perCapability(graph, workload, 'reverse', ACTORS, limit);
}

/** What a principal or root can read, write or destroy. */
export function whatIsAccessible(graph: IdentityGraph, id: string, limit: number): Access {
  return perCapability(graph, id, 'forward', WORKLOADS, limit);
}

function perCapability(
  graph: IdentityGraph,
  id: string,
  direction: 'forward' | 'reverse',
  kinds: ReadonlySet<GraphNode['kind']>,
  limit: number,
): Access {
  const plain = graph.edges.every(({caps}) => caps === undefined);
  const [read, write, destroy] = plain
    ? Array<ReturnType<typeof ends>>(3).fill(ends(graph, id, direction, kinds, limit))
    : CAPABILITIES.map((capability) => ends(withCapability(graph, capability), id, direction, kinds, limit));
  return {read: read!, write: write!, destroy: destroy!};
}

/** The graph without access that does not give the capability. */
function withCapability(graph: IdentityGraph, capability: Capability): IdentityGraph {
  return {...graph, edges: graph.edges.filter(({caps}) => caps === undefined || caps.includes(capability))};
}

function ends(
  graph: IdentityGraph,
  id: string,
  direction: 'forward' | 'reverse',
  kinds: ReadonlySet<GraphNode['kind']>,
  limit: number,
): {total: number; ends: AccessEnd[]} {
  const found = reachedFrom(indexGraph(graph), id, direction).filter(({node}) => kinds.has(node.kind));
  return {
    total: found.length,
    ends: found.slice(0, limit).map(({node, delta, certainty, control}) => ({
      id: node.id,
      name: node.name,
      kind: node.subKind,
      level: delta,
      certainty,
      control,
    })),
  };
}
