import {expect, test} from 'vitest';
import {assignment, built, container, principal, workload} from '../estate.ts';

const OWNER = 'azure:/providers/microsoft.authorization/roledefinitions/8e3af657-a8ff-443c-a75c-2fe8c4bcb635';
const CONTRIBUTOR = OWNER.replace(/[^/]*$/, 'b24988ac-6180-42a0-ab88-20f7382dd24c');
const READER = OWNER.replace(/[^/]*$/, 'acdd72a7-3385-48ef-bd42-f606fba81ae7');
const VM_CONTRIBUTOR = OWNER.replace(/[^/]*$/, '9980e02c-c2be-4d73-94e8-173b1dc7cf3c');
const GLOBAL_ADMIN = OWNER.replace(/[^/]*$/, '62e90394-69f5-4237-9190-012177145e10');
const UNKNOWN = OWNER.replace(/[^/]*$/, '00000000-1111-2222-3333-444444444444');

const T = 'entra:t1';
const [MG, SUB, RG, VM, DB] = [
  'azure:/mg',
  'azure:/sub',
  'azure:/sub/rg',
  'azure:/sub/rg/vm',
  'azure:/sub/rg/db',
];
const hierarchy = {
  containers: [
    container(MG, 'managementGroup', null, T),
    container(SUB, 'subscription', MG, T),
    container(RG, 'resourceGroup', SUB, T),
  ],
  workloads: [workload(VM, RG, {identities: ['mi']}), workload(DB, RG, {type: 'database'})],
};

function withRoles(...assignments: ReturnType<typeof assignment>[]) {
  return built({
    ...hierarchy,
    principals: [
      principal('mi', 'managedIdentity', RG),
      principal('u', 'user', T, {memberOf: ['g']}),
      principal('g', 'group', T),
    ],
    assignments,
  });
}

test('the tenant rules its hierarchy and principals; the provider reaches both over a fault only', () => {
  const {reach} = withRoles();
  expect(reach(T, VM)).toBe('0 certain');
  expect(reach(T, 'u')).toBe('0 certain');
  expect(reach('provider:azure', VM)).toBe('2 certain');
  expect(reach(VM, 'mi')).toBe('0 certain');
  expect(reach('u', VM)).toBe('no');
  expect(reach(VM, T)).toBe('no');
});

test.each([
  [OWNER, MG, '0 certain', '0 certain', '0 certain'],
  [CONTRIBUTOR, SUB, '0 certain', '0 certain', '0 certain'],
  [READER, MG, 'no', 'no', 'no'],
  [VM_CONTRIBUTOR, SUB, '0 certain', 'no', '0 certain'],
  [VM_CONTRIBUTOR, VM, '0 certain', 'no', '0 certain'],
  [VM_CONTRIBUTOR, DB, 'no', 'no', 'no'],
  [UNKNOWN, RG, '0 unknown', '0 unknown', '0 unknown'],
  [GLOBAL_ADMIN, T, '0 certain', '0 certain', '0 certain'],
])('%s on %s reaches VM %s, database %s, identity %s', (role, scope, vm, db, identity) => {
  const {reach} = withRoles(assignment('u', role, scope));
  expect([reach('u', VM), reach('u', DB), reach('u', 'mi')]).toEqual([vm, db, identity]);
});

test('membership carries rights, a condition makes them conditional, eligibility guards them', () => {
  expect(withRoles(assignment('g', OWNER, SUB)).reach('u', VM)).toBe('0 certain');
  expect(withRoles(assignment('u', OWNER, SUB, {condition: 'x'})).reach('u', VM)).toBe('0 conditional');
  expect(withRoles(assignment('u', OWNER, SUB, {effect: 'eligible'})).reach('u', VM)).toBe('1 certain');
  expect(withRoles(assignment('u', GLOBAL_ADMIN, T, {effect: 'eligible'})).reach('u', VM)).toBe('1 certain');
});

test('a workload whose identity may write its subscription is a way out into all of it', () => {
  expect(withRoles(assignment('mi', CONTRIBUTOR, SUB)).reach(VM, DB)).toBe('0 certain');
});

test('exported definitions decide before the built-in table, with exclusions', () => {
  const custom = {
    id: UNKNOWN,
    name: 'Operators',
    cloud: 'azure' as const,
    actions: ['Microsoft.Compute/*', 'Microsoft.Sql/servers/*'],
    notActions: ['Microsoft.Sql/servers/write'],
    dataActions: [],
    notDataActions: [],
  };
  const given = (notActions: string[]) =>
    built({
      ...hierarchy,
      principals: [principal('u', 'user', T)],
      roleDefinitions: [{...custom, notActions}],
      assignments: [assignment('u', UNKNOWN, MG)],
    });
  const {reach, findings} = given(['Microsoft.Sql/*']);
  expect([reach('u', VM), reach('u', DB)]).toEqual(['0 certain', 'no']);
  // Without writing the server it can still name another administrator.
  expect(given(custom.notActions).reach('u', DB)).toBe('0 certain');
  expect(findings.filter(({code}) => code === 'BH-ID-001')).toEqual([]);
});

test('a deny of everything removes; one that leaves enough for control takes nothing', () => {
  const denied = (actions: string[], scope: string) =>
    built({
      ...hierarchy,
      principals: [principal('u', 'user', T)],
      roleDefinitions: [
        {id: 'd', name: 'd', cloud: 'azure', actions, notActions: [], dataActions: [], notDataActions: []},
      ],
      assignments: [assignment('u', OWNER, SUB), assignment('u', 'd', scope, {effect: 'deny'})],
    }).reach('u', VM);
  expect(denied(['*'], MG)).toBe('no');
  expect(denied(['*'], RG)).toBe('0 conditional');
  expect(denied(['*/delete'], SUB)).toBe('0 certain');
  expect(denied(['*'], 'azure:/other')).toBe('0 certain');
});

test('what cannot be resolved is a finding and counts in the upper end', () => {
  const {reach, findings} = withRoles(
    assignment('stranger', OWNER, `${RG}/providers/x/y/z`),
    assignment('u', UNKNOWN, RG),
    assignment('u', OWNER, 'azure:/elsewhere'),
  );
  expect(reach('stranger', VM)).toBe('0 unknown');
  expect(findings.map(({code}) => code).toSorted()).toEqual([
    'BH-ID-001',
    'BH-ID-002',
    'BH-ID-002',
    'BH-ID-030',
  ]);
  expect(findings.every(({remedy}) => remedy !== undefined)).toBe(true);
});

test('an unknown tenant is one shared root of unknown certainty, the provider still certain', () => {
  const {reach, findings} = built({
    containers: [container(SUB, 'subscription', null)],
    workloads: [workload(VM, SUB), workload('azure:/lost', null)],
  });
  for (const id of [VM, 'azure:/lost']) {
    expect(reach('entra:unknown', id)).toBe('0 unknown');
    expect(reach('provider:azure', id)).toBe('2 certain');
  }
  expect(findings.map(({code}) => code)).toEqual(['BH-ID-020']);
});

test('who may be in a group that holds rights is unknown, not harmless, until members are listed', () => {
  const seen = (memberOf: string[], home = 'entra:t1') =>
    built({
      containers: [
        container(SUB, 'subscription', null, 'entra:t1'),
        container('azure:/o', 'subscription', null, 'entra:t2'),
      ],
      workloads: [workload(VM, SUB)],
      principals: [
        principal('azure-principal:g', 'group', 'entra:t1'),
        principal('azure-principal:u', 'user', home),
        principal('azure-principal:m', 'user', 'entra:t1', {memberOf}),
      ],
      assignments: [assignment('azure-principal:g', OWNER, SUB)],
    });
  expect(seen([]).reach('azure-principal:u', VM)).toBe('0 unknown');
  expect(seen([]).findings.map(({code}) => code)).toContain('BH-ID-031');
  expect(seen([], 'entra:t2').reach('azure-principal:u', VM)).toBe('no');
  expect(seen(['azure-principal:g']).reach('azure-principal:m', VM)).toBe('0 certain');
  expect(seen(['azure-principal:g']).reach('azure-principal:u', VM)).toBe('no');
});

test('a Google group: users of its domain may be in it, others not', () => {
  const group = 'gcp:group:ops@harbor.example';
  const {reach} = built({
    containers: [container('gcp:projects/1', 'project', null, null, 'gcp')],
    workloads: [workload('gcp://vm', 'gcp:projects/1', {cloud: 'gcp'})],
    principals: [
      principal(group, 'group', null, {cloud: 'gcp'}),
      principal('gcp:user:a@harbor.example', 'user', null, {cloud: 'gcp'}),
      principal('gcp:user:b@partner.example', 'user', null, {cloud: 'gcp'}),
    ],
    assignments: [
      assignment(group, 'gcp:roles/owner', 'gcp:projects/1', {cloud: 'gcp', roleName: 'roles/owner'}),
    ],
  });
  expect(reach('gcp:user:a@harbor.example', 'gcp://vm')).toBe('0 unknown');
  expect(reach('gcp:user:b@partner.example', 'gcp://vm')).toBe('no');
});

test('a principal without a tenant belongs to the directory of the scope it holds a role on', () => {
  const group = 'azure:/providers/microsoft.management/managementgroups/mg';
  const {reach} = built({
    containers: [
      container(group, 'managementGroup', null),
      container(SUB, 'subscription', group, 'entra:t1'),
      container(RG, 'resourceGroup', SUB),
      container('azure:/o', 'subscription', null, 'entra:t2'),
    ],
    workloads: [workload(VM, RG)],
    principals: ['a', 'b', 'c'].map((id) => principal(id, 'servicePrincipal', null)),
    assignments: [assignment('a', READER, RG), assignment('b', READER, group)],
  });
  expect(['a', 'b', 'c'].map((id) => reach('entra:t1', id))).toEqual(['0 certain', '0 certain', '0 unknown']);
  expect(['a', 'b', 'c'].map((id) => reach('entra:t2', id))).toEqual(['no', 'no', '0 unknown']);
});
