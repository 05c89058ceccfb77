import {findNode} from '../explain/nodes.ts';
import type {Change} from '../exposure/what-if.ts';
import type {IdentityGraph} from '../model/exposure.ts';
import type {Misread, Reading} from './reading.ts';

/** Changes of the identity graph as a person wrote them. */
export interface GraphQuestion {
  removeEdge: string[];
  removeRoot: string[];
  addMfa: string[];
  answer: string[];
}

/** Reads all changes of the identity graph, or says what the first one that cannot be read means. */
export function readGraphChanges(
  graph: IdentityGraph,
  {removeEdge, removeRoot, addMfa, answer}: GraphQuestion,
): Reading<Change[]> {
  const node = (text: string): string | Misread => {
    const match = findNode(graph, text.trim());
    return 'id' in match ? match.id : match;
  };
  const changes: Change[] = [];
  const steps: (() => Change | Misread)[] = [
    ...removeEdge.map((text) => () => readEdge(text, node)),
    ...removeRoot.map((text) => () => atNode(node(text), (id) => ({kind: 'remove-root', id}))),
    ...addMfa.map((text) => () => atNode(node(text), (id) => ({kind: 'add-mfa', id}))),
    ...answer.map((text) => () => readAnswer(text, graph)),
  ];
  for (const step of steps) {
    const change = step();
    if ('problem' in change) return change;
    changes.push(change);
  }
  return {value: changes};
}

function atNode(found: string | Misread, change: (id: string) => Change): Change | Misread {
  return typeof found === 'string' ? change(found) : found;
}

function readEdge(text: string, node: (text: string) => string | Misread): Change | Misread {
  const readings = edgeReadings(text);
  if (readings.length === 0)
    return {problem: `\`${text}\` is no edge`, remedy: 'Write it as FROM->TO, or FROM-KIND->TO.'};
  const isNode = (name: string): boolean => typeof node(name) === 'string';
  // Ids and names may hold arrows and end like a kind: the first reading whose ends both exist is meant.
  const meant = readings.find((reading) => isNode(reading.from) && isNode(reading.to)) ?? readings[0]!;
  const [from, to] = [node(meant.from), node(meant.to)];
  if (typeof from !== 'string') return from;
  if (typeof to !== 'string') return to;
  return {kind: 'remove-edge', from, to, edge: meant.edge};
}

function readAnswer(text: string, graph: IdentityGraph): Change | Misread {
  const parts = /^(.+)=(yes|no)$/.exec(text);
  const gap = graph.gaps.find(({id}) => id === parts?.[1]);
  if (parts && gap) return {kind: 'answer', gap: gap.id, answer: parts[2] as 'yes' | 'no'};
  return {
    problem: parts ? `no open question is called \`${parts[1]}\`` : `\`${text}\` is no answer`,
    remedy: 'Write it as GAP=yes or GAP=no; `bulkhead gaps` lists the questions.',
  };
}

/** All ways to read FROM->TO and FROM-KIND->TO: at each arrow, the whole left side as a name first. */
function edgeReadings(text: string): {from: string; to: string; edge: string | null}[] {
  return [...text.matchAll(/->/g)].flatMap(({index}) => {
    const [left, to] = [text.slice(0, index), text.slice(index + 2)];
    if (left.trim() === '' || to.trim() === '') return [];
    const kind = /^(.+)-([A-Z][A-Z0-9_]*)$/.exec(left);
    return [{from: left, to, edge: null}, ...(kind ? [{from: kind[1]!, to, edge: kind[2]!}] : [])];
  });
}
