import type {GraphEdge, IdentityGraph} from '../model/exposure.ts';

/** One hypothetical change of the identity graph. Ids are node ids. */
export type Change =
  | {kind: 'remove-edge'; from: string; to: string; edge: string | null}
  | {kind: 'remove-root'; id: string}
  | {kind: 'add-mfa'; id: string}
  | {kind: 'answer'; gap: string; answer: 'yes' | 'no'};

/** What a change did to the graph. */
export interface Applied {
  change: Change;
  /** Edges that were removed, weakened or settled. */
  edges: number;
  /** Why nothing changed, or what the change leaves open. */
  note: string | null;
}

/** Applies changes one after the other. The graph handed in stays as it is. */
export function applyChanges(
  graph: IdentityGraph,
  changes: readonly Change[],
): {graph: IdentityGraph; applied: Applied[]} {
  const applied: Applied[] = [];
  let current = graph;
  for (const change of changes) {
    const {edges, note} = EFFECTS[change.kind](current, change as never);
    const touched = countTouched(current.edges, edges);
    applied.push({change, edges: touched, note: touched === 0 ? (note ?? NOTHING[change.kind]) : note});
    current = {...current, edges};
  }
  return {graph: current, applied};
}

type Effect<K extends Change['kind']> = (
  graph: IdentityGraph,
  change: Extract<Change, {kind: K}>,
) => {edges: GraphEdge[]; note: string | null};

const EFFECTS: {[K in Change['kind']]: Effect<K>} = {
  'remove-edge': ({edges}, {from, to, edge}) => ({
    edges: edges.filter((e) => e.from !== from || e.to !== to || (edge !== null && e.kind !== edge)),
    note: null,
  }),
  'remove-root': ({edges}, {id}) => ({
    edges: edges.filter(({from, to}) => from !== id && to !== id),
    note: null,
  }),
  answer: ({edges}, {gap, answer}) => ({
    edges: edges.flatMap((edge): GraphEdge[] => {
      if (edge.gap !== gap) return [edge];
      if (answer === 'no') return [];
      const {gap: _, ...rest} = edge;
      return [{...rest, certainty: 'certain'}];
    }),
    note: null,
  }),
  'add-mfa': (graph, {id}) => addMfa(graph, id),
};

const NOTHING: Record<Change['kind'], string> = {
  'remove-edge': 'there is no such edge',
  'remove-root': 'no edge begins or ends there',
  'add-mfa': 'no sign-in with a password is in the data: keys, tokens and sessions ask for no second proof',
  answer: 'no edge hangs on this question',
};

/** Root kinds that need no sign-in: what they sign or control is believed as it is. */
const BEYOND_SIGN_IN: Readonly<Record<string, string>> = {
  signingKey:
    'a token forged with a signing key is shown after sign-in, so no second proof is ever asked for',
  oidcIssuer: 'whoever signs the issuer’s tokens states a second proof along with them',
  samlIdp: 'whoever signs assertions states a second proof along with them',
  pkiCa: 'a certificate made with the issuing key is a sign-in of its own',
  providerControlPlane: 'a fault in the provider’s control plane lies behind every sign-in',
  cpuFamily: 'shared hardware is no sign-in',
  keyManager: 'keys are used by services, which show no second proof',
};

/** A second proof guards sign-ins with a password; keys, tokens and sessions pass it by. */
function addMfa({nodes, edges}: IdentityGraph, id: string): {edges: GraphEdge[]; note: string | null} {
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const beyond = BEYOND_SIGN_IN[byId.get(id)?.subKind ?? ''];
  if (beyond !== undefined) return {edges, note: beyond};
  const governed = new Set([id]);
  for (const {from, to, kind} of edges) if (from === id && kind === 'GOVERNS') governed.add(to);
  const guarded = edges.map((edge): GraphEdge => {
    const tail = byId.get(edge.from);
    const password = tail?.kind === 'credential' && tail.subKind === 'password';
    if (!password || edge.level > 0 || !governed.has(edge.to)) return edge;
    return {...edge, level: 1, evidence: `${edge.evidence}; with a second proof`};
  });
  return {edges: guarded, note: null};
}

function countTouched(before: readonly GraphEdge[], after: readonly GraphEdge[]): number {
  const kept = new Set(after);
  return before.reduce((count, edge) => count + (kept.has(edge) ? 0 : 1), 0);
}
