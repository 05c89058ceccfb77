import type {GraphEdge, GraphNode, IdentityGraph} from '../model/exposure.ts';
import type {Scenario} from '../model/scenario.ts';

type Selector = Scenario['spec']['start'][number];

/**
 * Nodes an incident begins with, in node order.
 * @param earlier ids of the nodes of an earlier graph; null = none was named, so nothing counts as added
 */
export function selectStarts(
  graph: IdentityGraph,
  selectors: readonly Selector[],
  earlier: ReadonlySet<string> | null,
): GraphNode[] {
  const nodes = new Map(graph.nodes.map((node) => [node.id, node]));
  const tests = selectors.map((selector) => compile(selector, graph.edges, nodes, earlier));
  return graph.nodes.filter((node) => tests.some((test) => test(node)));
}

function compile(
  selector: Selector,
  edges: readonly GraphEdge[],
  nodes: ReadonlyMap<string, GraphNode>,
  earlier: ReadonlySet<string> | null,
): (node: GraphNode) => boolean {
  const plain = nodeTest(selector);
  const name = textTest(selector.name, true);
  const tails = selector.into ? tailsInto(selector.into, edges, nodes) : null;
  return (node) =>
    plain(node) &&
    name(node.name) &&
    (tails === null || tails.has(node.id)) &&
    (selector.added !== true || (earlier !== null && !earlier.has(node.id)));
}

function tailsInto(
  into: NonNullable<Selector['into']>,
  edges: readonly GraphEdge[],
  nodes: ReadonlyMap<string, GraphNode>,
): ReadonlySet<string> {
  const head = nodeTest(into);
  const kind = oneOf(into.edge);
  const tails = new Set<string>();
  for (const edge of edges) {
    const node = nodes.get(edge.to);
    if (node && kind(edge.kind) && head(node)) tails.add(edge.from);
  }
  return tails;
}

function nodeTest({
  kind,
  subKind,
  id,
}: Pick<Selector, 'kind' | 'subKind' | 'id'>): (node: GraphNode) => boolean {
  const kinds = oneOf(kind);
  const subKinds = oneOf(subKind);
  const ids = textTest(id, false);
  return (node) => kinds(node.kind) && subKinds(node.subKind) && ids(node.id);
}

function oneOf(wanted: string | readonly string[] | undefined): (text: string) => boolean {
  if (wanted === undefined) return () => true;
  const set = new Set(typeof wanted === 'string' ? [wanted] : wanted);
  return (text) => set.has(text);
}

function textTest(
  patterns: string | readonly string[] | undefined,
  caseless: boolean,
): (text: string) => boolean {
  if (patterns === undefined) return () => true;
  const all = typeof patterns === 'string' ? [patterns] : patterns;
  return (text) => all.some((pattern) => globMatches(pattern, text, caseless));
}

/** Whole-text match where `*` stands for any text. Linear in practice: it steps back to the last star only. */
export function globMatches(pattern: string, text: string, caseless = false): boolean {
  const p = caseless ? pattern.toLowerCase() : pattern;
  const t = caseless ? text.toLowerCase() : text;
  const parts = p.split('*');
  if (parts.length === 1) return p === t;
  const first = parts[0]!;
  const last = parts.at(-1)!;
  if (!t.startsWith(first) || t.length < first.length + last.length || !t.endsWith(last)) return false;
  let at = first.length;
  for (const part of parts.slice(1, -1)) {
    const found = t.indexOf(part, at);
    if (found < 0 || found + part.length > t.length - last.length) return false;
    at = found + part.length;
  }
  return true;
}
