import {describe, expect, test} from 'vitest';
import {indexGraph} from '../../../src/exposure/index-graph.ts';
import {type RouteOptions, routes} from '../../../src/exposure/routes.ts';
import type {GraphEdge, GraphNode, IdentityGraph} from '../../../src/model/exposure.ts';

const ALL: RouteOptions = {mask: 'unknown', maxLevel: 3, limit: 100, via: null};

function edge(text: string, more: Partial<GraphEdge> = {}): GraphEdge {
  const [from, to] = text.split('>') as [string, string];
  return {
    from,
    to,
    kind: 'K',
    level: 0,
    certainty: 'certain',
    evidence: text,
    bound: 'workload',
    ...more,
  };
}

function graph(edges: GraphEdge[], thresholds: Record<string, number> = {}): IdentityGraph {
  const ids = [...new Set(edges.flatMap(({from, to}) => [from, to]))].sort();
  const nodes = ids.map((id): GraphNode => ({
    id,
    kind: id in thresholds ? 'gate' : id.startsWith('w') ? 'workload' : 'principal',
    subKind: 'x',
    name: id,
    ...(id in thresholds ? {threshold: thresholds[id]!} : {}),
  }));
  return {nodes, edges, gaps: []};
}

/** Each way as its nodes, with level and certainty. */
function told(edges: GraphEdge[], from: string, to: string, options: Partial<RouteOptions> = {}, gates = {}) {
  return routes(indexGraph(graph(edges, gates)), from, to, {...ALL, ...options})!.map(
    ({steps, level, certainty, control}) =>
      `${[steps[0]!.from, ...steps.map((step) => step.to)].join('')} ${level} ${certainty}${control ? '' : ' access'}`,
  );
}

const DIAMOND = [
  edge('a>b', {level: 2}),
  edge('b>w'),
  edge('a>c'),
  edge('c>d'),
  edge('d>w'),
  edge('a>e', {certainty: 'unknown'}),
  edge('e>w'),
];

describe('ways between two nodes', () => {
  test('the surest first, then the lowest level, then the shortest', () => {
    expect(told(DIAMOND, 'a', 'w')).toEqual(['acdw 0 certain', 'abw 2 certain', 'aew 0 unknown']);
  });

  test('limits leave ways out', () => {
    expect(told(DIAMOND, 'a', 'w', {maxLevel: 1})).toEqual(['acdw 0 certain', 'aew 0 unknown']);
    expect(told(DIAMOND, 'a', 'w', {mask: 'conditional'})).toEqual(['acdw 0 certain', 'abw 2 certain']);
    expect(told(DIAMOND, 'a', 'w', {limit: 1})).toEqual(['acdw 0 certain']);
  });

  test('over a node all ways pass', () => {
    expect(told(DIAMOND, 'a', 'w', {via: 'b'})).toEqual(['abw 2 certain']);
  });

  test('access without control ends a way and is told as such', () => {
    const edges = [edge('a>w', {caps: ['read']}), edge('w>x')];
    expect(told(edges, 'a', 'w')).toEqual(['aw 0 certain access']);
    expect(told(edges, 'a', 'x')).toEqual([]);
  });

  test('of ways as sure and as strong, control is told before shorter access', () => {
    const edges = [
      edge('a>w', {caps: ['read']}),
      edge('a>b'),
      edge('b>w'),
      edge('a>c', {level: 1}),
      edge('c>w'),
    ];
    expect(told(edges, 'a', 'w')).toEqual(['abw 0 certain', 'aw 0 certain access', 'acw 1 certain']);
    expect(told(edges, 'a', 'w', {via: 'b'})).toEqual(['abw 0 certain']);
  });

  test('a gate lets nobody through who holds one of two inputs', () => {
    const edges = [edge('a>g'), edge('b>g'), edge('g>w'), edge('z>a'), edge('z>b')];
    expect(told(edges, 'a', 'w', {}, {g: 2})).toEqual([]);
    expect(told(edges, 'z', 'w', {}, {g: 2}).length).toBe(2);
  });

  test('ends that are no node give null', () => {
    expect(routes(indexGraph(graph(DIAMOND)), 'a', 'nobody', ALL)).toBeNull();
  });
});
