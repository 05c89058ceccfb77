import type {Certainty, Place} from '../model/common.ts';
import type {Capability, GraphEdge, GraphNode} from '../model/exposure.ts';
import type {IdentityGap} from '../model/identity-facts.ts';
import type {EdgeFacts} from './builder.ts';

/**
 * What stands between the place of a workload and its content. An edge into a guarded workload that exists because of where
 * the workload stands enters through the guard: what the guard leaves is open at once, the rest needs the key as well, or
 * hangs on a question. Edges bound to the workload itself (sign-in, membership) come from inside and are not guarded;
 * neither is level 3, which reads what runs.
 */
export interface Guard {
  /** What whoever controls the place can do all the same, sorted. */
  leaves: readonly Capability[];
  /** Node that gives the key: second input of the gate. */
  key?: string;
  /** Another way past the guard, as far as this question is open. */
  gap?: IdentityGap;
  evidence: string;
  place?: Place;
}

/** What rewriting needs of the builder. */
export interface GuardTools {
  nodes: Map<string, GraphNode>;
  /** The edge after the answer to its question; null = it is not there. */
  settle(facts: EdgeFacts): EdgeFacts | null;
}

const ALL: readonly Capability[] = ['deny-service', 'destroy', 'read', 'write'];
const ORDER: readonly Certainty[] = ['certain', 'conditional', 'unknown'];

/** The edges with those into guarded workloads led through their guards, O(edges). Adds the nodes of gates. */
export function enterThroughGuards(
  edges: readonly GraphEdge[],
  guards: ReadonlyMap<string, Guard>,
  tools: GuardTools,
): GraphEdge[] {
  if (guards.size === 0) return [...edges];
  const made = new Set<string>();
  return edges.flatMap((edge) => {
    const guard = guards.get(edge.to);
    if (!guard || edge.bound !== 'place' || edge.level === 3) return [edge];
    const open = ALL.filter((cap) => (edge.caps ?? ALL).includes(cap) && guard.leaves.includes(cap));
    const rest = ALL.filter((cap) => (edge.caps ?? ALL).includes(cap) && !guard.leaves.includes(cap));
    if (rest.length === 0) return [edge];
    const out: GraphEdge[] = open.length > 0 ? [{...edge, caps: open}] : [];
    // Access without control stays without control behind the guard.
    const caps = edge.caps ? {caps: rest} : {};
    const past = guard.gap ? pastGuard(edge, caps, guard, guard.gap, tools) : null;
    if (past) out.push(past);
    if (guard.key === undefined) return out;
    const access = accessNode(edge.to, edge.caps ? rest : []);
    if (!made.has(access)) {
      made.add(access);
      out.push(...gateEdges(edge.to, access, caps, guard, guard.key, tools));
    }
    const {caps: _open, ...bare} = edge;
    out.push({...bare, to: access});
    return out;
  });
}

/** The edge itself, as sure as the question about another way is; null = there is none. */
function pastGuard(
  edge: GraphEdge,
  caps: {caps?: Capability[]},
  guard: Guard,
  gap: IdentityGap,
  tools: GuardTools,
): GraphEdge | null {
  const asked = tools.settle({evidence: `${edge.evidence}; ${guard.evidence}`, gap});
  if (asked === null) return null;
  const {caps: _all, ...bare} = edge;
  const certainty = worse(edge.certainty, asked.certainty ?? 'certain');
  return {...bare, ...caps, certainty, evidence: asked.evidence, ...gapOf(edge, asked)};
}

function gateEdges(
  asset: string,
  access: string,
  caps: {caps?: Capability[]},
  guard: Guard,
  key: string,
  {nodes}: GuardTools,
): GraphEdge[] {
  const called = nodes.get(asset)?.name ?? asset;
  const gate = `${access}#gate`;
  const words = caps.caps ? `${caps.caps.join(' and ')} access` : 'access';
  nodes.set(access, {
    id: access,
    kind: 'container',
    subKind: 'access',
    name: `${words} to the data of ${called}`,
  });
  nodes.set(gate, {
    id: gate,
    kind: 'gate',
    subKind: 'and',
    name: `data of ${called} and its key`,
    threshold: 2,
  });
  const facts = {
    level: 0 as const,
    certainty: 'certain' as const,
    evidence: guard.evidence,
    bound: 'place' as const,
    ...(guard.place ? {place: guard.place} : {}),
  };
  return [
    {from: access, to: gate, kind: 'NEEDS_KEY', ...facts},
    {from: key, to: gate, kind: 'GIVES_KEY', ...facts},
    {from: gate, to: asset, kind: 'OPENS', ...facts, ...caps},
  ];
}

function accessNode(asset: string, caps: readonly Capability[]): string {
  return caps.length === 0 ? `${asset}#access` : `${asset}#access:${caps.join('+')}`;
}

function worse(a: Certainty, b: Certainty): Certainty {
  return ORDER[Math.max(ORDER.indexOf(a), ORDER.indexOf(b))]!;
}

/** An edge can hang on one question; its own comes first, for it decides whether there is an edge at all. */
function gapOf(edge: GraphEdge, asked: EdgeFacts): {gap?: string} {
  const gap = edge.gap ?? asked.gap?.id;
  return gap === undefined ? {} : {gap};
}
