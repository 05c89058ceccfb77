import {expect, test} from 'vitest';
import {whatIsAccessible, whoHasAccess} from '../../../src/explain/access.ts';
import type {GraphEdge, GraphNode, IdentityGraph} from '../../../src/model/exposure.ts';

const node = (id: string, kind: GraphNode['kind']): GraphNode => ({id, kind, subKind: kind, name: id});
const edge = (from: string, to: string, more: Partial<GraphEdge> = {}): GraphEdge => ({
  from,
  to,
  kind: 'K',
  level: 0,
  certainty: 'certain',
  evidence: 'e',
  bound: 'place',
  ...more,
});

/** chief –controls→ reader –reads→ bucket; admin controls the bucket; cleaner only destroys it. */
const GRAPH: IdentityGraph = {
  nodes: [
    node('admin', 'principal'),
    node('bucket', 'workload'),
    node('chief', 'principal'),
    node('cleaner', 'principal'),
    node('reader', 'principal'),
  ],
  edges: [
    edge('admin', 'bucket', {certainty: 'conditional'}),
    edge('chief', 'reader'),
    edge('cleaner', 'bucket', {caps: ['destroy']}),
    edge('reader', 'bucket', {caps: ['read']}),
  ],
  gaps: [],
};

test('who has access counts chains and tells access from control', () => {
  const {read, write, destroy} = whoHasAccess(GRAPH, 'bucket', 10);
  expect(read.ends.map(({id, control}) => [id, control])).toEqual([
    ['chief', false],
    ['reader', false],
    ['admin', true],
  ]);
  expect(write.ends.map(({id, certainty}) => [id, certainty])).toEqual([['admin', 'conditional']]);
  expect(destroy.ends.map(({id}) => id)).toEqual(['cleaner', 'admin']);
});

test('the reverse question gives the same pairs', () => {
  const read = (id: string) => whatIsAccessible(GRAPH, id, 10).read.ends.map((end) => end.id);
  expect(['admin', 'chief', 'cleaner', 'reader'].filter((id) => read(id).includes('bucket'))).toEqual([
    'admin',
    'chief',
    'reader',
  ]);
});

test('a limit cuts the list, not the count', () => {
  expect(whoHasAccess(GRAPH, 'bucket', 1).read).toMatchObject({total: 3, ends: [{id: 'chief'}]});
});
