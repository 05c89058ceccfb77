import type {Certainty, Place} from '../model/common.ts';
import type {BuildContext} from './context.ts';
import {looksLikeRoot} from './root-ids.ts';
import {siteNode} from './node-ids.ts';

/** Edge kinds that exist because of where the head stands; all others go along with a workload that moves. */
const PLACE_KINDS = new Set([
  'CONTAINS',
  'HOSTS',
  'HAS_ROLE',
  'MANAGES',
  'ADMINISTERS',
  'OPERATES',
  'OWNS',
  'CONTROL_PLANE',
  'PLACED',
]);

interface Stated {
  from: string;
  to: string;
  kind: string;
  level: 0 | 1 | 2 | 3;
  certainty: Certainty;
  evidence: string;
  place: Place;
}

/** Edges a source or a declaration states by itself. */
export function addStatedEdges(context: BuildContext): void {
  const {estate} = context;
  for (const edge of estate.edges) addStated(context, edge);
  for (const edge of estate.identity.flatMap(({edges}) => edges)) {
    addStated(context, {...edge, evidence: edge.because});
  }
}

function addStated(context: BuildContext, edge: Stated): void {
  const {graph} = context;
  const from = endOf(context, edge.from);
  const to = endOf(context, edge.to);
  for (const [node, written] of [
    [from, edge.from],
    [to, edge.to],
  ] as const) {
    if (node !== null) continue;
    graph.findings.push({
      code: 'BH-ID-042',
      severity: 'medium',
      message: `edge ${edge.kind}: \`${written}\` is no node of the inventory; the edge is missing`,
      where: edge.place,
      remedy: 'Correct the reference, declare the root, or import the source that lists it.',
    });
  }
  if (from === null || to === null) return;
  const workloadHead = graph.kindOf(to) === 'workload';
  graph.edge(from, to, edge.kind, {
    evidence: edge.evidence,
    level: edge.level,
    certainty: edge.certainty,
    bound: workloadHead && PLACE_KINDS.has(edge.kind) ? 'place' : 'workload',
    place: edge.place,
  });
}

function endOf({graph, sites}: BuildContext, id: string): string | null {
  if (graph.has(id)) return id;
  if (looksLikeRoot(id)) return graph.root(id);
  const site = sites.find((candidate) => candidate.id === id || candidate.name === id);
  return site ? siteNode(site.id) : null;
}
