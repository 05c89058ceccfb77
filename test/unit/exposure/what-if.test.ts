import {describe, expect, test} from 'vitest';
import {applyChanges} from '../../../src/exposure/what-if.ts';
import type {GraphEdge, GraphNode, IdentityGraph} from '../../../src/model/exposure.ts';

const node = (id: string, kind: GraphNode['kind'], subKind: string): GraphNode => ({
  id,
  kind,
  subKind,
  name: id,
});
const edge = (from: string, to: string, kind: string, more: Partial<GraphEdge> = {}): GraphEdge => ({
  from,
  to,
  kind,
  level: 0,
  certainty: 'certain',
  evidence: 'e',
  bound: 'workload',
  ...more,
});

const GRAPH: IdentityGraph = {
  nodes: [
    node('entra:t', 'root', 'entraTenant'),
    node('key:k', 'root', 'signingKey'),
    node('u', 'principal', 'user'),
    node('u#pw', 'credential', 'password'),
    node('u#key', 'credential', 'accessKey'),
    node('w', 'workload', 'vm'),
  ],
  edges: [
    edge('entra:t', 'u', 'GOVERNS'),
    edge('key:k', 'u', 'FORGES'),
    edge('u#pw', 'u', 'AUTHENTICATES'),
    edge('u#key', 'u', 'AUTHENTICATES'),
    edge('u', 'w', 'HAS_ROLE'),
    edge('u', 'w', 'OWNS', {certainty: 'unknown', gap: 'gap:x'}),
  ],
  gaps: [],
};

describe('a second proof', () => {
  test.each([['u'], ['entra:t']])('at %s guards passwords, not keys', (id) => {
    const {graph, applied} = applyChanges(GRAPH, [{kind: 'add-mfa', id}]);
    expect(graph.edges.filter(({level}) => level === 1).map(({from}) => from)).toEqual(['u#pw']);
    expect(applied[0]).toMatchObject({edges: 1, note: null});
  });

  test('at a signing key changes nothing and says why', () => {
    const {graph, applied} = applyChanges(GRAPH, [{kind: 'add-mfa', id: 'key:k'}]);
    expect(graph.edges).toEqual(GRAPH.edges);
    expect(applied[0]!.edges).toBe(0);
    expect(applied[0]!.note).toContain('forged');
  });
});

test('edges are cut by their ends, or by kind as well', () => {
  const cut = (kind: string | null) =>
    applyChanges(GRAPH, [{kind: 'remove-edge', from: 'u', to: 'w', edge: kind}]).graph.edges.length;
  expect([cut(null), cut('OWNS'), cut('NONE')]).toEqual([4, 5, 6]);
});

test('a separated root has no edge left', () => {
  const {graph} = applyChanges(GRAPH, [{kind: 'remove-root', id: 'entra:t'}]);
  expect(graph.edges.some(({from, to}) => from === 'entra:t' || to === 'entra:t')).toBe(false);
});

test('an answer settles the edges that hang on the question', () => {
  const yes = applyChanges(GRAPH, [{kind: 'answer', gap: 'gap:x', answer: 'yes'}]).graph.edges.at(-1)!;
  expect(yes.certainty).toBe('certain');
  expect(yes.gap).toBeUndefined();
  const no = applyChanges(GRAPH, [{kind: 'answer', gap: 'gap:x', answer: 'no'}]).graph.edges;
  expect(no.some(({kind}) => kind === 'OWNS')).toBe(false);
});
