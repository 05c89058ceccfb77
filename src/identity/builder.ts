import type {Certainty, Finding, Place} from '../model/common.ts';
import type {Capability, GraphEdge, GraphNode, IdentityGraph} from '../model/exposure.ts';
import type {GapAnswer, IdentityGap} from '../model/identity-facts.ts';
import {type Guard, enterThroughGuards} from './guards.ts';
import {canonicalRoot, rootKindOf} from './root-ids.ts';
import {rootName} from './root-names.ts';

/** How an edge came to be. Defaults: level 0, certain, bound to the place. */
export interface EdgeFacts {
  evidence: string;
  level?: 0 | 1 | 2 | 3;
  certainty?: Certainty;
  bound?: 'place' | 'workload';
  place?: Place;
  /** Access without control; absent = control. */
  caps?: readonly Capability[];
  /**
   * The missing input this edge hangs on. Its certainty becomes the edge's; an answer makes the edge certain or leaves it
   * out.
   */
  gap?: IdentityGap;
}

/** Collects nodes and edges; the order of calls does not matter for the result. */
export interface GraphBuilder {
  readonly findings: Finding[];
  has(id: string): boolean;
  kindOf(id: string): GraphNode['kind'] | undefined;
  /** Adds a node; the first one of an id wins. Returns the id. */
  node(id: string, kind: GraphNode['kind'], subKind: string, name: string): string;
  /** Adds an AND-gate that opens when `threshold` different tails are controlled. Returns the id. */
  gate(id: string, name: string, threshold: number): string;
  /** Adds a root under its canonical id and returns that. */
  root(id: string, name?: string, kind?: string): string;
  /** Makes `alias` another way to write the root `id`. */
  alias(alias: string, id: string): void;
  /** Adds an edge between existing nodes; loops are left out. */
  edge(from: string, to: string, kind: string, facts: EdgeFacts): void;
  /** Puts a guard before a workload; the last one counts. */
  guard(workload: string, guard: Guard): void;
  /** True when an edge from a root or site ends in the node. */
  ruled(id: string): boolean;
  /** Nodes so far. */
  nodes(): Iterable<GraphNode>;
  /** Ids of all questions edges hang on, answered or not. */
  asked(): ReadonlySet<string>;
  graph(): IdentityGraph;
}

/** Creates an empty builder. Of several answers to one question the latest counts. */
export function createBuilder(answers: readonly GapAnswer[] = []): GraphBuilder {
  const gaps = new Map<string, IdentityGap>();
  const asked = new Set<string>();
  const guards = new Map<string, Guard>();
  const answered = new Map<string, GapAnswer>();
  for (const answer of answers) {
    const known = answered.get(answer.gap);
    if (!known || answer.date > known.date) answered.set(answer.gap, answer);
  }
  const nodes = new Map<string, GraphNode>();
  const aliases = new Map<string, string>();
  const edges: GraphEdge[] = [];
  const ruled = new Set<string>();
  const settleEdge = (facts: EdgeFacts): EdgeFacts | null => {
    if (facts.gap) asked.add(facts.gap.id);
    return settle(facts, answered, gaps);
  };
  const node: GraphBuilder['node'] = (id, kind, subKind, name) => {
    if (!nodes.has(id)) nodes.set(id, {id, kind, subKind, name});
    return id;
  };
  return {
    findings: [],
    has: (id) => nodes.has(id),
    kindOf: (id) => nodes.get(id)?.kind,
    node,
    root(id, name, kind) {
      const written = canonicalRoot(id);
      const known = aliases.get(written) ?? written;
      const existing = nodes.get(known);
      const bare = rootName(known);
      // Sources repeat the id where they know no name.
      const given = name === undefined || known === name || known.endsWith(`:${name}`) ? bare : name;
      // A name someone gave replaces one made from the id, whoever mentioned the root first.
      if (existing && existing.name === bare) nodes.set(known, {...existing, name: given});
      return node(known, 'root', kind ?? rootKindOf(known), given);
    },
    gate(id, name, threshold) {
      if (!nodes.has(id)) nodes.set(id, {id, kind: 'gate', subKind: 'and', name, threshold});
      return id;
    },
    alias: (alias, id) => void aliases.set(canonicalRoot(alias), canonicalRoot(id)),
    edge(from, to, kind, facts) {
      if (from === to) return;
      const settled = settleEdge(facts);
      if (settled === null) return;
      const tail = nodes.get(from)?.kind;
      if (tail === 'root' || tail === 'site') ruled.add(to);
      const {evidence, level = 0, certainty = 'certain', bound = 'place', place, caps, gap} = settled;
      edges.push({
        from,
        to,
        kind,
        level,
        certainty,
        evidence,
        bound,
        ...(place ? {place} : {}),
        ...(caps && caps.length > 0 ? {caps: [...new Set(caps)].sort()} : {}),
        ...(gap ? {gap: gap.id} : {}),
      });
    },
    guard: (workload, guard) => void guards.set(workload, guard),
    ruled: (id) => ruled.has(id),
    nodes: () => nodes.values(),
    asked: () => asked,
    graph() {
      const all = new Map(nodes);
      const entered = enterThroughGuards(edges, guards, {nodes: all, settle: settleEdge});
      return {...assemble(all, entered), gaps: [...gaps.values()].sort((a, b) => compare(a.id, b.id))};
    },
  };
}

/** The edge after the answer to its open question; null = it is not there. */
function settle(
  facts: EdgeFacts,
  answered: ReadonlyMap<string, GapAnswer>,
  gaps: Map<string, IdentityGap>,
): EdgeFacts | null {
  if (!facts.gap) return facts;
  const answer = answered.get(facts.gap.id);
  if (answer?.answer === 'no') return null;
  const {gap, ...rest} = facts;
  if (answer) {
    const evidence = `${facts.evidence}; answered yes by ${answer.by} on ${answer.date}: ${answer.because}`;
    return {...rest, certainty: 'certain', evidence};
  }
  if (!gaps.has(gap.id)) gaps.set(gap.id, gap);
  return {...facts, certainty: gap.certainty};
}

const CERTAINTY_ORDER: Record<Certainty, number> = {certain: 0, conditional: 1, unknown: 2};

/** Nodes by id, edges by ends, kind, level, certainty and evidence; of edges equal but for the evidence the first stays. */
function assemble(nodes: Map<string, GraphNode>, edges: GraphEdge[]): Pick<IdentityGraph, 'nodes' | 'edges'> {
  const sorted = [...nodes.values()].sort((a, b) => compare(a.id, b.id));
  const rank = new Map(sorted.map((node, index) => [node.id, index]));
  const keyed = edges.map((edge) => ({
    edge,
    key: rank.get(edge.from)! * sorted.length + rank.get(edge.to)!,
  }));
  keyed.sort((a, b) => a.key - b.key || compareEdges(a.edge, b.edge));
  const kept: GraphEdge[] = [];
  for (const {edge} of keyed) {
    const last = kept.at(-1);
    if (!last || !sameEdge(last, edge)) kept.push(edge);
  }
  return {nodes: sorted, edges: kept};
}

function sameEdge(a: GraphEdge, b: GraphEdge): boolean {
  return (
    a.from === b.from &&
    a.to === b.to &&
    a.kind === b.kind &&
    a.level === b.level &&
    a.certainty === b.certainty &&
    a.bound === b.bound &&
    a.gap === b.gap &&
    (a.caps ?? []).join() === (b.caps ?? []).join()
  );
}

function compareEdges(a: GraphEdge, b: GraphEdge): number {
  return (
    compare(a.kind, b.kind) ||
    a.level - b.level ||
    CERTAINTY_ORDER[a.certainty] - CERTAINTY_ORDER[b.certainty] ||
    compare(a.bound, b.bound) ||
    compare(a.gap ?? '', b.gap ?? '') ||
    compare((a.caps ?? []).join(), (b.caps ?? []).join()) ||
    compare(a.evidence, b.evidence)
  );
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
