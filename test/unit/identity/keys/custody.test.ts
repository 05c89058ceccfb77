import {expect, test} from 'vitest';
import {enterThroughGuards} from '../../../../src/identity/guards.ts';
import type {GraphEdge} from '../../../../src/model/exposure.ts';
import type {KeyManager} from '../../../../src/model/identity-sections.ts';
import {AT, assignment, built, container, declaration, principal, site, workload} from '../estate.ts';
import {answer} from '../onprem/help.ts';

const ACCOUNT = 'aws-account:111111111111';
const STORE = 'aws:arn:aws:s3:::patients';
const APP = 'aws:arn:aws:ec2:eu-central-1:111111111111:instance/i-1';

function manager(more: Partial<KeyManager> = {}): KeyManager {
  return {
    name: 'hsm',
    kind: 'external',
    provider: null,
    protects: [STORE],
    servers: [],
    operatedBy: null,
    independentAuthorisation: true,
    authorises: [],
    keySha256: null,
    place: AT,
    ...more,
  };
}

function estate(managers: KeyManager[], more: Parameters<typeof built>[0] = {}) {
  return built(
    {
      containers: [container(ACCOUNT, 'account', null, 'aws-org:o-1', 'aws')],
      workloads: [
        workload(APP, ACCOUNT, {cloud: 'aws', name: 'app', identities: ['aws:role']}),
        workload(STORE, ACCOUNT, {cloud: 'aws', type: 'bucket', name: 'patients'}),
      ],
      principals: [principal('aws:role', 'iamRole', ACCOUNT, {cloud: 'aws'})],
      identity: [declaration({keyManagers: managers})],
      ...more,
    },
    [site('cloud', {provider: 'aws'})],
    [0, 0],
  );
}

/** Capabilities with which edges of the graph end in the store, control as `all`; those behind gates in brackets. */
function into({index}: ReturnType<typeof built>, store = STORE) {
  const {edges} = index.graph;
  const gates = new Set(index.graph.nodes.flatMap(({id, kind}) => (kind === 'gate' ? [id] : [])));
  const found = new Set(
    edges
      .filter(({to, level}) => to === store && level < 3)
      .map(({from, caps}) =>
        gates.has(from) ? `(${caps?.join('+') ?? 'all'})` : (caps?.join('+') ?? 'all'),
      ),
  );
  return [...found].sort();
}

test.each([
  ['external, decides for itself', {}, ['(all)', 'deny-service+destroy', 'deny-service+destroy+write']],
  ['external, does not', {independentAuthorisation: false}, ['all', 'deny-service+destroy']],
  ['external, not stated', {independentAuthorisation: null}, ['all', 'deny-service+destroy']],
  ['the provider itself', {kind: 'provider' as const, provider: 'aws'}, ['all', 'deny-service+destroy']],
  ['vCenter itself', {kind: 'native' as const}, ['all', 'deny-service+destroy']],
])('keys held by %s', (_name, more, expected) => {
  const graph = estate([manager(more)]);
  expect(into(graph)).toEqual(expected);
  const told = graph.findings.filter(({code}) => code === 'BH-ID-440').map(({message}) => message);
  // What guards nothing is said to.
  expect(told).toHaveLength(expected.includes('(all)') ? 0 : 1);
  expect(told.every((message) => /no gate|has them|have them/.test(message))).toBe(true);
});

test('a gate needs both: the account alone and the key manager alone do not read, together they do', () => {
  const graph = estate([manager()]);
  const gate = `${STORE}#access#gate`;
  expect(graph.reach(ACCOUNT, gate)).toBe('no');
  expect(graph.reach('kms:hsm', gate)).toBe('no');
  // One operator over both is one root: the gate is open to it.
  const both = estate([manager({operatedBy: 'hoster'})], {
    identity: [
      declaration({
        keyManagers: [manager({operatedBy: 'hoster'})],
        operators: [
          {name: 'hoster', access: 'standing', operates: [ACCOUNT], identityProvider: null, place: AT},
        ],
      }),
    ],
  });
  expect(both.reach('operator:hoster', gate)).toBe('0 certain');
});

test('whoever the manager lets use its keys has the second input', () => {
  const graph = estate([manager({authorises: ['aws:role']})]);
  expect(graph.reach('aws:role', 'kms:hsm#use')).toBe('0 certain');
  expect(graph.reach(ACCOUNT, `${STORE}#access#gate`)).toBe('0 certain');
});

test('access without control stays so behind the gate', () => {
  const reads: GraphEdge = {
    from: 'reader',
    to: STORE,
    kind: 'HAS_ROLE',
    level: 0,
    certainty: 'certain',
    evidence: 'reads',
    bound: 'place',
    caps: ['read', 'write'],
  };
  const guard = {leaves: ['deny-service', 'destroy', 'write'] as const, key: 'k', evidence: 'guarded'};
  const nodes = new Map();
  const edges = enterThroughGuards(
    [reads, {...reads, bound: 'workload'}, {...reads, caps: ['write']}],
    new Map([[STORE, guard]]),
    {
      nodes,
      settle: (facts) => facts,
    },
  );
  expect(edges.map(({from, to, caps}) => [from, to, caps])).toEqual([
    ['reader', STORE, ['write']],
    [`${STORE}#access:read`, `${STORE}#access:read#gate`, undefined],
    ['k', `${STORE}#access:read#gate`, undefined],
    [`${STORE}#access:read#gate`, STORE, ['read']],
    ['reader', `${STORE}#access:read`, undefined],
    ['reader', STORE, ['read', 'write']],
    ['reader', STORE, ['write']],
  ]);
  expect(nodes.get(`${STORE}#access:read#gate`)).toMatchObject({kind: 'gate', threshold: 2});
});

test('a running machine has its key: a question, not a gate; the answer settles it', () => {
  const id = 'gap:machine-memory:kms:hsm';
  const over = (...answers: ReturnType<typeof answer>[]) =>
    estate([manager({protects: [APP]})], {answers}).index.graph.edges.filter(
      ({from, to, caps}) => from === 'site:cloud' && to === APP && !caps,
    );
  expect(over()).toMatchObject([{certainty: 'conditional', gap: id}]);
  expect(over(answer(id, 'yes'))).toMatchObject([{certainty: 'certain'}]);
  expect(over(answer(id, 'no'))).toEqual([]);
});

test('two managers for one store are alternatives; one that guards nothing opens it', () => {
  const two = estate([manager(), manager({name: 'second'})]);
  expect(two.reach('kms:second', `${STORE}#keys`)).toBe('0 certain');
  expect(into(two)).toContain('(all)');
  expect(into(estate([manager(), manager({name: 'cmk', kind: 'provider', provider: 'aws'})]))).toContain(
    'all',
  );
});

test('the key manager destroys and withholds what it protects, its servers and provider have it', () => {
  const graph = estate([manager({kind: 'provider', provider: 'aws', servers: [APP], keySha256: 'cd'})]);
  expect(graph.reach('kms:hsm', STORE)).toBe('0 certain');
  expect(graph.reach(APP, 'kms:hsm')).toBe('0 certain');
  expect(graph.reach('provider:aws', 'kms:hsm')).toBe('2 certain');
  expect(graph.reach('key:cd', 'kms:hsm#use')).toBe('0 certain');
});

test('an external key in the data without a declared manager is said to guard nothing', () => {
  const key = 'aws:arn:aws:kms:eu-central-1:111111111111:key/k';
  const {findings} = estate([], {
    workloads: [
      workload(STORE, ACCOUNT, {cloud: 'aws', type: 'bucket', attributes: {kmsKey: key}}),
      workload(key, ACCOUNT, {
        cloud: 'aws',
        type: 'key-vault',
        attributes: {kmsOrigin: 'EXTERNAL_KEY_STORE'},
      }),
    ],
  });
  expect(findings.find(({code}) => code === 'BH-ID-441')?.message).toContain('2 workload(s)');
});

test('whole scopes are protected: a container, a site; what is nothing is a finding', () => {
  for (const protects of [[ACCOUNT], ['cloud'], ['aws-org:o-1']])
    expect(into(estate([manager({protects})]))).toContain('(all)');
  expect(estate([manager({protects: ['nowhere']})]).findings.map(({code}) => code)).toContain('BH-ID-040');
});

test('rights read from the cloud pass the gate as well', () => {
  const scope = 'azure:/subscriptions/s';
  const store = `${scope}/storage`;
  const graph = built({
    containers: [container(scope, 'subscription', null, 'entra:t')],
    workloads: [workload(store, scope, {type: 'bucket'})],
    principals: [principal('azure-principal:u', 'user', 'entra:t')],
    assignments: [assignment('azure-principal:u', 'Owner', scope)],
    identity: [declaration({keyManagers: [manager({protects: [store]})]})],
  });
  expect(into(graph, store)).toEqual(['(all)', 'deny-service+destroy', 'deny-service+destroy+write']);
});
