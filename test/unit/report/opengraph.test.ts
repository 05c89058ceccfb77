import {createHash} from 'node:crypto';
import {expect, test} from 'vitest';
import type {GraphEdge, IdentityGraph} from '../../../src/model/exposure.ts';
import {extensionSchema} from '../../../src/report/opengraph/extension.ts';
import {openGraph} from '../../../src/report/opengraph/graph.ts';
import {nodeId} from '../../../src/report/opengraph/names.ts';

const hash = (text: string): string => createHash('sha256').update(text).digest('hex');
const GUID = '0a1b2c3d-0000-4000-8000-00000000000f';

const edge = (from: string, to: string, kind: string, more: Partial<GraphEdge> = {}): GraphEdge => ({
  from,
  to,
  kind,
  level: 0,
  certainty: 'certain',
  evidence: `because of "${from}"`,
  bound: 'workload',
  ...more,
});

const GRAPH: IdentityGraph = {
  nodes: [
    {id: `azure-principal:${GUID}`, kind: 'principal', subKind: 'user', name: 'ada'},
    {id: 'ad-principal:S-1-5-21-1-2-3-512', kind: 'principal', subKind: 'group', name: 'Domain Admins'},
    {id: `entra:${GUID}`, kind: 'root', subKind: 'entraTenant', name: 'tenant'},
    {id: 'gate:1', kind: 'gate', subKind: 'and', name: 'gate', threshold: 2},
    {id: 'aws:arn:aws:s3:::b', kind: 'workload', subKind: 'bucket', name: 'b'},
  ],
  edges: [
    edge(`azure-principal:${GUID}`, `entra:${GUID}`, 'HAS_ROLE'),
    edge(`azure-principal:${GUID}`, `entra:${GUID}`, 'HAS_ROLE', {certainty: 'conditional'}),
    edge(`entra:${GUID}`, 'aws:arn:aws:s3:::b', 'FEDERATES', {certainty: 'unknown'}),
    edge(`entra:${GUID}`, 'aws:arn:aws:s3:::b', 'HAS_ROLE', {caps: ['read']}),
    edge(`entra:${GUID}`, 'gate:1', 'OPENS'),
    edge(`entra:${GUID}`, 'gate:1', 'CONTROL_PLANE', {level: 2, certainty: 'certain'}),
  ],
  gaps: [],
};

const payload = JSON.parse([...openGraph({graph: GRAPH, roots: [], sibr: new Map()}, hash)].join('')) as {
  metadata: Record<string, unknown>;
  graph: {
    nodes: {id: string; kinds: string[]; properties: Record<string, unknown>}[];
    edges: {
      kind: string;
      start: {match_by: string; value: string};
      end: {match_by: string; value: string};
      properties: Record<string, unknown>;
    }[];
  };
};
const schema = extensionSchema(GRAPH, '1.2.3');

test('SIDs and GUIDs stay, ids with colons are hashed', () => {
  expect(nodeId(`azure-principal:${GUID}`, hash)).toBe(GUID.toUpperCase());
  expect(nodeId('ad-principal:S-1-5-21-1-2-3-512', hash)).toBe('S-1-5-21-1-2-3-512');
  expect(nodeId('plain', hash)).toBe('plain');
  for (const {id} of payload.graph.nodes) expect(id).not.toContain(':');
});

test('the payload keeps to the published constraints', () => {
  expect(Object.keys(payload.metadata)).toEqual(['source_kind']);
  const known = new Set(payload.graph.nodes.map(({id}) => id));
  const isPlain = (value: unknown): boolean =>
    ['string', 'number', 'boolean'].includes(typeof value) ||
    (Array.isArray(value) && value.every((item) => typeof item === 'string'));
  for (const {kinds, properties} of payload.graph.nodes) {
    expect(kinds.length).toBeLessThanOrEqual(3);
    expect(properties).not.toHaveProperty('objectid');
    expect(Object.values(properties).every(isPlain)).toBe(true);
  }
  for (const {kind, start, end, properties} of payload.graph.edges) {
    expect(kind).toMatch(/^[A-Za-z0-9_]+$/);
    expect([start.match_by, end.match_by]).toEqual(['id', 'id']);
    expect(known.has(start.value) && known.has(end.value)).toBe(true);
    expect(Object.values(properties).every(isPlain)).toBe(true);
  }
});

test('only certain control is traversable, and every kind is declared in the namespace', () => {
  expect(schema.relationship_kinds.filter((kind) => kind.is_traversable).map(({name}) => name)).toEqual([
    'BKH_HasRole',
  ]);
  const declared = new Set(schema.relationship_kinds.map(({name}) => name));
  for (const {kind} of payload.graph.edges) expect(declared.has(kind)).toBe(true);
  const nodeKinds = new Set(schema.node_kinds.map(({name}) => name));
  for (const {kinds} of payload.graph.nodes) expect(nodeKinds.has(kinds[0]!)).toBe(true);
  for (const name of [...declared, ...nodeKinds])
    expect(name.startsWith(`${schema.schema.namespace}_`)).toBe(true);
});
