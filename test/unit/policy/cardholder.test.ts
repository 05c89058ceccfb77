import {expect, test} from 'vitest';
import type {Dependency, Workload} from '../../../src/model/estate.ts';
import type {GraphEdge, GraphNode, IdentityGraph} from '../../../src/model/exposure.ts';
import type {SensitivityResult} from '../../../src/model/sensitivity.ts';
import {cardholderReach} from '../../../src/policy/cardholder.ts';

const NAMES = ['till', 'agent', 'flawed', 'reader', 'half', 'wiki', 'dark', 'lost'];

/** Data categories per workload; an empty list = nobody named them. */
const CATEGORIES: Record<string, string[]> = {till: ['pan'], dark: [], lost: []};

const node = (id: string, kind: GraphNode['kind'], threshold?: number): GraphNode => ({
  id,
  kind,
  subKind: 'other',
  name: id,
  ...(threshold ? {threshold} : {}),
});
const edge = (from: string, to: string, more: Partial<GraphEdge> = {}): GraphEdge => ({
  from,
  to,
  kind: 'DECLARED',
  level: 0,
  certainty: 'certain',
  evidence: '',
  bound: 'workload',
  ...more,
});

const GRAPH: IdentityGraph = {
  nodes: [
    ...NAMES.filter((name) => name !== 'lost').map((name) => node(name, 'workload')),
    ...['role', 'weak', 'other'].map((name) => node(name, 'principal')),
    node('gate', 'gate', 2),
    ...['R1', 'R2', 'R3'].map((name) => node(name, 'root')),
  ],
  edges: [
    edge('agent', 'role'),
    edge('role', 'till', {certainty: 'conditional'}),
    edge('flawed', 'till', {level: 2}),
    edge('reader', 'till', {caps: ['read']}),
    edge('half', 'gate'),
    edge('other', 'gate'),
    edge('gate', 'till'),
    edge('wiki', 'wiki'),
    edge('R1', 'agent'),
    edge('R1', 'wiki'),
    edge('R2', 'wiki'),
    edge('R3', 'dark'),
    edge('till', 'weak'),
  ],
  gaps: [],
};

function reach(dependencies: [string, string][] = [], graph = GRAPH) {
  const need = {level: null, lo: 0, hi: 3, confidence: 0} as const;
  const sensitivity: SensitivityResult = {
    workloads: NAMES.map((workload) => ({
      workload,
      c: need,
      i: need,
      a: need,
      categories: CATEGORIES[workload] ?? ['telemetry'],
      weight: 0,
      criticality: 1,
      evidence: [],
    })),
    inflation: 0,
  };
  const estate = {
    workloads: NAMES.map((id) => ({id}) as Workload),
    dependencies: dependencies.map(([from, to]): Dependency => ({
      from,
      to,
      kind: 'data-flow',
      gibPerMonth: null,
      maxLatencyMs: null,
      place: {},
    })),
  };
  const found = cardholderReach(graph, estate, sensitivity);
  return {
    controls: Object.fromEntries(NAMES.map((name, w) => [name, found.controls(w)])),
    exchanges: Object.fromEntries(NAMES.map((name, w) => [name, found.exchanges(w)])),
    root: found.byRoot,
  };
}

test('control and access count, a flaw of the provider does not, half a gate is unknown', () => {
  expect(reach().controls).toEqual({
    till: false, agent: true, flawed: false, reader: true, half: null, wiki: false, dark: false, lost: false,
  }); // prettier-ignore
});

test('the second input of a gate opens it for whoever holds both', () => {
  const graph = {...GRAPH, edges: [...GRAPH.edges, edge('R2', 'half'), edge('R2', 'other')]};
  expect(reach([], graph).root('R2')).toBe(1);
});

test('an unknown edge, and data nobody named, give no clean bill', () => {
  const graph = {
    ...GRAPH,
    edges: [...GRAPH.edges, edge('wiki', 'role', {certainty: 'unknown'}), edge('till', 'dark')],
  };
  expect(reach([], graph).controls).toMatchObject({wiki: null, till: null, dark: false});
});

test('roots are counted by workloads known to hold card data; only unnamed data are unknown, not zero', () => {
  const {root} = reach();
  expect([root('R1'), root('R2'), root('R3'), root('nobody')]).toEqual([1, 0, null, null]);
});

test('data flows join in both directions; no declared flow is unknown', () => {
  expect(reach([['wiki', 'till'], ['till', 'agent'], ['reader', 'wiki'], ['half', 'dark'], ['dark', 'wiki']]).exchanges).toEqual({
    till: false, agent: true, flawed: null, reader: false, half: null, wiki: true, dark: false, lost: null,
  }); // prettier-ignore
});
