import type {IdentityGraph, ScoreParameters} from '../../../src/model/exposure.ts';

/**
 * The score written down once more from its definition, slowly: minimax distances by Floyd–Warshall over ids, plain
 * products, no condensation, no logarithms. Shares nothing with the implementation but the types.
 */
export interface OracleWorkload {
  sibr: number;
  inbound: number;
  sharedFate: number;
  outbound: number;
}

const ORDER = ['certain', 'conditional', 'unknown'];

export function minimax(graph: IdentityGraph, mask: string): Map<string, Map<string, number>> {
  const distance = new Map(
    graph.nodes.map((a) => [
      a.id,
      new Map(graph.nodes.map((b) => [b.id, a.id === b.id ? 0 : Number.POSITIVE_INFINITY])),
    ]),
  );
  for (const edge of graph.edges) {
    if (ORDER.indexOf(edge.certainty) > ORDER.indexOf(mask)) continue;
    const row = distance.get(edge.from)!;
    row.set(edge.to, Math.min(row.get(edge.to)!, edge.level));
  }
  for (const via of distance.keys())
    for (const row of distance.values())
      for (const to of distance.keys())
        row.set(to, Math.min(row.get(to)!, Math.max(row.get(via)!, distance.get(via)!.get(to)!)));
  return distance;
}

export function scoreByDefinition(
  graph: IdentityGraph,
  weights: Map<string, number>,
  parameters: ScoreParameters,
  mask: string,
): {V: (start: string) => number; RB: (root: string) => number; workloads: Map<string, OracleWorkload>} {
  const distance = minimax(graph, mask);
  const alpha = (delta: number): number => (Number.isFinite(delta) ? parameters.attenuation[delta]! : 0);
  const phi = (v: number): number => (100 * v) / (v + parameters.halfValue);
  const rho = (kind: string): number => parameters.rootWeight[kind] ?? parameters.rootWeight['default']!;
  const delta = (from: string, to: string): number => distance.get(from)!.get(to)!;
  const V = (start: string): number => {
    let sum = 0;
    for (const [d, w] of weights) sum += w * alpha(delta(start, d));
    return sum;
  };
  const roots = graph.nodes.filter(({kind}) => kind === 'root');
  const kinds = [...new Set(roots.map(({subKind}) => subKind))];
  const {inbound: a, sharedFate: b, outbound: c} = parameters.exponents;
  const workloads = new Map<string, OracleWorkload>();
  for (const [d, w] of weights) {
    let noInbound = 1;
    let noFate = 1;
    for (const kind of kinds) {
      const reach = roots.filter(({subKind}) => subKind === kind).map(({id}) => id);
      noInbound *= 1 - rho(kind) * Math.max(...reach.map((r) => alpha(delta(r, d))));
      noFate *=
        1 -
        rho(kind) *
          Math.max(
            ...reach.map((r) => (alpha(delta(r, d)) * phi(Math.max(0, V(r) - w * alpha(delta(r, d))))) / 100),
          );
    }
    const inbound = 100 * (1 - noInbound);
    const sharedFate = 100 * (1 - noFate);
    const outbound = phi(Math.max(0, V(d) - w * alpha(0)));
    const sibr =
      100 * (1 - (1 - inbound / 100) ** a * (1 - sharedFate / 100) ** b * (1 - outbound / 100) ** c);
    workloads.set(d, {sibr, inbound, sharedFate, outbound});
  }
  return {V, RB: (root) => phi(V(root)), workloads};
}
