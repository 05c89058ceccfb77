import {stronglyConnected} from '../../graph/scc.ts';
import type {ChokeEdge, ChokeNode, ChokePoints, ScoreParameters} from '../../model/exposure.ts';
import {GRADE, type GraphIndex} from '../index-graph.ts';
import {UNIT} from '../values.ts';
import {bestSet} from './best-set.ts';
import {type Loss, lossesOf} from './losses.ts';
import {type ChokeQuestion, valueOfStructure, valueWithout} from './pruned.ts';
import {isRemovable} from './removable.ts';

/** Roots tried when none is named, and how many edges all of them together may cost: in a large graph fewer are tried. */
const TRIED = 8;
const EDGES = 2_000_000;

export interface ChokeOptions {
  /** Most edges the set may have. */
  count: number;
  /** Most single edges and nodes listed. */
  limit: number;
  /** Id of the root to look at; without it the one whose best set takes away most, of the largest ones. */
  root?: string | undefined;
}

/**
 * Choke points of one root: single edges and nodes, and the set of edges that takes away most. Values as everywhere over
 * certain and conditional edges.
 * @param ranked root ids, largest blast radius first; the first of those that rule each other stands for all
 * @param values value of each node in units, by node number of workloads
 */
export function chokePoints(
  index: GraphIndex,
  ranked: readonly string[],
  values: ReadonlyMap<number, number>,
  parameters: Pick<ScoreParameters, 'attenuation'>,
  {count, limit, root}: ChokeOptions,
): ChokePoints {
  const weight = new Float64Array(index.forward.nodes);
  let total = 0;
  for (const [node, value] of values) {
    weight[index.target(node)]! += value;
    total += value;
  }
  const removable = removableEdges(index);
  const ask = (id: string): ChokeQuestion => ({
    index,
    root: index.find(id),
    weight,
    attenuation: parameters.attenuation,
    maxGrade: GRADE.conditional,
    removable,
  });
  const equals = groupsOf(index);
  let best: {id: string; question: ChokeQuestion; set: Loss[]; lost: number} | null = null;
  for (const id of candidates(index, ranked, equals, root)) {
    const question = ask(id);
    // No cut takes more than what only removable edges reach.
    const most = valueWithout(question, new Set()) - valueOfStructure(question);
    if (best !== null && most <= best.lost) continue;
    const set = bestSet(question, count);
    const lost = set.reduce((sum, edge) => sum + edge.lost, 0);
    if (best === null || lost > best.lost) best = {id, question, set, lost};
  }
  const share = (units: number): number => (total === 0 ? 0 : (100 * units) / total);
  const amounts = (units: number): {value: number; share: number} => ({
    value: units / UNIT,
    share: share(units),
  });
  if (best === null || (best.lost === 0 && root === undefined)) {
    return {
      root: null,
      sameAs: [],
      before: amounts(0),
      edges: [],
      together: amounts(0),
      single: [],
      nodes: [],
    };
  }
  const {id, question, set} = best;
  const {connections, nodes} = lossesOf(question, new Set());
  const before = valueWithout(question, new Set());
  const after = valueWithout(question, new Set(set.flatMap(({edges}) => edges)));
  const show = (loss: Loss): ChokeEdge => ({...describe(index, loss), ...amounts(loss.lost)});
  return {
    root: id,
    sameAs: ranked.filter((other) => other !== id && equals.get(other) === equals.get(id)),
    before: amounts(before),
    edges: set.map(show),
    together: amounts(before - after),
    single: connections.slice(0, limit).map(show),
    nodes: nodes
      .toSorted((a, b) => b.lost - a.lost || a.node - b.node)
      .slice(0, limit)
      .map(({node, lost}): ChokeNode => {
        const {id: name, subKind, name: called} = index.graph.nodes[node]!;
        return {id: name, kind: subKind, name: called, ...amounts(lost)};
      }),
  };
}

function removableEdges({graph, list}: GraphIndex): Uint8Array {
  const removable = new Uint8Array(list.from.length);
  graph.edges.forEach((edge, i) => {
    const tail = graph.nodes[list.from[i]!];
    if (tail && isRemovable(edge, tail)) removable[i] = 1;
  });
  return removable;
}

/** Group of each root id: those that rule each other directly have equal reach. */
function groupsOf({shut, roots, graph}: GraphIndex): Map<string, number> {
  const {of} = stronglyConnected(shut, {maxLevel: 0, maxGrade: GRADE.conditional});
  return new Map(Array.from(roots, (node) => [graph.nodes[node]!.id, of[node]!]));
}

function candidates(
  index: GraphIndex,
  ranked: readonly string[],
  groups: ReadonlyMap<string, number>,
  root: string | undefined,
): string[] {
  if (root !== undefined) return index.find(root) < 0 ? [] : [root];
  const seen = new Set<number>();
  return ranked
    .filter((id) => {
      const group = groups.get(id);
      if (group === undefined || seen.has(group)) return false;
      seen.add(group);
      return true;
    })
    .slice(0, Math.max(1, Math.min(TRIED, Math.floor(EDGES / (index.graph.edges.length + 1)))));
}

/** The strongest edge speaks for the connection; the internal node of an access stands for its head. */
function describe(index: GraphIndex, {from, to, edges}: Loss): Omit<ChokeEdge, 'value' | 'share'> {
  const {graph} = index;
  const strongest = edges
    .map((edge) => graph.edges[edge]!)
    .toSorted((a, b) => a.level - b.level || GRADE[a.certainty] - GRADE[b.certainty])[0]!;
  const {kind, level, certainty, evidence} = strongest;
  return {
    from: graph.nodes[from]!.id,
    to: graph.nodes[index.owner(to)]!.id,
    kind,
    level,
    certainty,
    evidence,
    parallel: edges.length - 1,
  };
}
