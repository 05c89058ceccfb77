import type {IdentityGraph, ScoreParameters} from '../../../src/model/exposure.ts';

/**
 * The score written down once more from its definition, slowly: minimax distances by closure over ids, plain
 * products, no condensation, no logarithms. Shares nothing with the implementation but the types.
 */
export interface OracleWorkload {
  sibr: number;
  inbound: number;
  sharedFate: number;
  outbound: number;
}

const ORDER = ['certain', 'conditional', 'unknown'];

/**
 * δ from every node to every node by the definition alone: for each level, whatever is ruled rules on until nothing
 * changes; a gate needs enough different rulers; access (`caps`) is written down and never rules on.
 */
export function minimax(
  graph: IdentityGraph,
  mask: string,
  how: 'value' | 'control' = 'value',
): Map<string, Map<string, number>> {
  const distance = new Map<string, Map<string, number>>();
  for (const {id} of graph.nodes) {
    const row = new Map(graph.nodes.map((node) => [node.id, Number.POSITIVE_INFINITY]));
    for (const level of [3, 2, 1, 0]) {
      const {ruled, accessed} = closure(graph, new Set([id]), level, mask);
      for (const node of how === 'value' ? [...ruled, ...accessed] : ruled) row.set(node, level);
    }
    row.set(id, 0);
    distance.set(id, row);
  }
  return distance;
}

/** What a start set rules, and what it has access to, over edges up to a level. */
export function closure(
  graph: IdentityGraph,
  starts: ReadonlySet<string>,
  level: number,
  mask: string,
): {ruled: Set<string>; accessed: Set<string>} {
  const edges = graph.edges.filter(
    (edge) => edge.level <= level && ORDER.indexOf(edge.certainty) <= ORDER.indexOf(mask),
  );
  const needed = new Map(graph.nodes.map(({id, threshold}) => [id, threshold ?? 1]));
  const ruled = new Set(starts);
  for (let before = -1; before !== ruled.size;) {
    before = ruled.size;
    for (const id of needed.keys()) {
      const rulers = new Set(
        edges.filter((e) => e.to === id && e.caps === undefined && ruled.has(e.from)).map((e) => e.from),
      );
      if (rulers.size > 0 && rulers.size >= needed.get(id)!) ruled.add(id);
    }
  }
  const accessed = new Set(edges.filter((e) => e.caps !== undefined && ruled.has(e.from)).map((e) => e.to));
  return {ruled, accessed};
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
