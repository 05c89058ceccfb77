import {describe, expect, test} from 'vitest';
import {explainIdentity} from '../../../../src/explain/identity.ts';
import type {Estate, RoleAssignment} from '../../../../src/model/estate.ts';
import type {DenyRule} from '../../../../src/model/identity-facts.ts';
import {type Built, assignment, built, container, principal, workload} from '../estate.ts';

const T = 'entra:11111111-1111-4111-8111-111111111111';
const SUB = 'azure:/subscriptions/s';
const RG = `${SUB}/resourcegroups/a`;
const OTHER = `${SUB}/resourcegroups/b`;
const at = (group: string, type: string, name: string) => `${group}/providers/${type}/${name}`;
const VM = at(RG, 'microsoft.compute/virtualmachines', 'vm');
const STORE = at(RG, 'microsoft.storage/storageaccounts', 'store');
const VAULT = at(RG, 'microsoft.keyvault/vaults', 'vault');
const DB = `${at(RG, 'microsoft.sql/servers', 'sql')}/databases/db`;
const REGISTRY = at(OTHER, 'microsoft.containerregistry/registries', 'images');

const resource = (id: string, home: string, type: Parameters<typeof workload>[2]) => workload(id, home, type);
const estate: Partial<Estate> = {
  containers: [
    container(SUB, 'subscription', null, T),
    container(RG, 'resourceGroup', SUB, T),
    container(OTHER, 'resourceGroup', SUB, T),
  ],
  workloads: [
    resource(VM, RG, {type: 'vm', nativeType: 'microsoft.compute/virtualmachines'}),
    resource(STORE, RG, {type: 'bucket', nativeType: 'microsoft.storage/storageaccounts'}),
    resource(VAULT, RG, {
      type: 'key-vault',
      nativeType: 'microsoft.keyvault/vaults',
      attributes: {rbac: true},
    }),
    resource(DB, RG, {type: 'database', nativeType: 'microsoft.sql/servers/databases'}),
    resource(REGISTRY, OTHER, {type: 'bucket', nativeType: 'microsoft.containerregistry/registries'}),
  ],
  principals: [
    principal('u', 'user', T, {memberOf: ['g']}),
    principal('v', 'user', T),
    principal('g', 'group', T),
    principal('mi', 'managedIdentity', RG),
  ],
};
const ROLES = {
  Owner: '8e3af657-a8ff-443c-a75c-2fe8c4bcb635',
  Contributor: 'b24988ac-6180-42a0-ab88-20f7382dd24c',
  'User Access Administrator': '18d7d88d-d35e-4fb5-a5c3-7773c20a72d9',
  Reader: 'acdd72a7-3385-48ef-bd42-f606fba81ae7',
  'Storage Blob Data Reader': '2a2b9908-6ea1-4ae2-8e65-a410df84e7d1',
  'Storage Blob Data Contributor': 'ba92f5b4-2d11-453d-a403-e96b0029c9fe',
  'Storage Account Key Operator Service Role': '81a9662b-bebf-436f-a333-f67b29880f12',
  'Key Vault Secrets User': '4633458b-17de-408a-b874-0445c86b69e6',
  'Key Vault Administrator': '00482a5a-887f-4fb3-b363-3b7fe8e74483',
  'SQL DB Contributor': '9b7fa17d-e63e-47b0-bb0a-15c516ac86ec',
  'SQL Server Contributor': '6d8ee4ec-f05a-4a1d-8b00-a9b17e38b437',
  'Virtual Machine Administrator Login': '1c0163c0-47e6-4577-8991-ea5c82e286e4',
  'Managed Identity Operator': 'f1a07417-d97a-45cb-824c-7a7467783830',
  'Managed Identity Contributor': 'e40ec5ca-96e0-45a2-b4ff-59039f2c2b59',
  AcrPull: '7f951dda-4ed3-4680-a7ca-43fe172d538d',
  'Billing Reader': 'fa23ad8b-c56e-40d8-ac0c-ce449e1d2c64',
} as const;
const roleId = (name: keyof typeof ROLES): string =>
  `azure:/providers/microsoft.authorization/roledefinitions/${ROLES[name]}`;
const give = (who: string, name: keyof typeof ROLES, scope: string, more: Partial<RoleAssignment> = {}) =>
  assignment(who, roleId(name), scope, more);
const graphOf = (assignments: RoleAssignment[], more: Partial<Estate> = {}): Built =>
  built({...estate, assignments, ...more});

/** `control` or the capabilities somebody gets of a workload, with level and certainty of the best. */
function gets({index, reach}: Built, who: string, what: string): string {
  const {edges} = index.graph;
  const held = new Set([who]);
  for (const from of held) for (const edge of edges) if (edge.from === from && !edge.caps) held.add(edge.to);
  if (held.has(what)) return `control ${reach(who, what)}`;
  const ends = edges.filter((edge) => edge.to === what && edge.caps && held.has(edge.from));
  const caps = [...new Set(ends.flatMap((edge) => edge.caps ?? []))].toSorted().join('+');
  return caps === '' ? 'nothing' : `${caps} ${reach(who, what)}`;
}

describe('built-in roles', () => {
  const YES = 'control 0 certain';
  const ALL = 'destroy+read+write 0 certain';
  const NO = 'nothing';
  test.each<[keyof typeof ROLES, string, string, string, string, string, string]>([
    // role, vm, store, vault, database, registry, identity
    ['Owner', YES, YES, YES, YES, YES, YES],
    // A vault that goes by roles keeps its secrets from who may not assign any.
    ['Contributor', YES, YES, 'deny-service+destroy 0 certain', YES, YES, YES],
    ['User Access Administrator', YES, YES, YES, YES, YES, YES],
    // A reader of a registry can pull its images; nothing else is in reading settings.
    ['Reader', NO, NO, NO, NO, 'read 0 certain', NO],
    ['Storage Blob Data Reader', NO, 'read 0 certain', NO, NO, NO, NO],
    ['Storage Blob Data Contributor', NO, ALL, NO, NO, NO, NO],
    ['Storage Account Key Operator Service Role', NO, ALL, NO, NO, NO, NO],
    ['Key Vault Secrets User', NO, NO, 'read 0 certain', NO, NO, NO],
    ['Key Vault Administrator', NO, NO, ALL, NO, NO, NO],
    ['SQL DB Contributor', NO, NO, NO, 'deny-service+destroy 0 certain', NO, NO],
    ['SQL Server Contributor', NO, NO, NO, YES, NO, NO],
    ['Virtual Machine Administrator Login', YES, NO, NO, NO, NO, NO],
    ['Managed Identity Operator', NO, NO, NO, NO, NO, 'control 0 conditional'],
    ['Managed Identity Contributor', NO, NO, NO, NO, NO, YES],
    ['AcrPull', NO, NO, NO, NO, 'read 0 certain', NO],
    ['Billing Reader', NO, NO, NO, NO, NO, NO],
  ])('%s on the subscription', (name, ...expected) => {
    const graph = graphOf([give('u', name, SUB)]);
    expect([VM, STORE, VAULT, DB, REGISTRY, 'mi'].map((id) => gets(graph, 'u', id))).toEqual(expected);
    expect(graph.findings.filter(({code}) => code === 'BH-ID-001')).toEqual([]);
  });

  test.each<[keyof typeof ROLES, string, string, string]>([
    // role, vault by roles, vault by access policies, not in the source
    ['Contributor', 'deny-service+destroy 0 certain', 'control 0 certain', 'control 0 conditional'],
    ['Key Vault Secrets User', 'read 0 certain', 'nothing', 'read 0 conditional'],
    ['Owner', 'control 0 certain', 'control 0 certain', 'control 0 certain'],
  ])('%s: a vault goes by roles or by its own policies', (name, ...expected) => {
    const vaults = [true, false, undefined].map((rbac, i) =>
      resource(`${VAULT}${i}`, RG, {
        type: 'key-vault',
        nativeType: 'microsoft.keyvault/vaults',
        attributes: rbac === undefined ? {} : {rbac},
      }),
    );
    const graph = graphOf([give('u', name, SUB)], {workloads: vaults});
    expect(vaults.map(({id}) => gets(graph, 'u', id))).toEqual(expected);
  });

  test('blocks of a role do not mix: exceptions and conditions are each block’s own', () => {
    const none = {actions: [], notActions: [], dataActions: [], notDataActions: []};
    const run = 'Microsoft.Compute/virtualMachines/runCommand/action';
    const keys = 'Microsoft.Storage/storageAccounts/listKeys/action';
    const definition = {
      ...none,
      id: 'role',
      name: 'two blocks',
      cloud: 'azure' as const,
      actions: ['*', run, keys],
      notActions: ['*'],
      blocks: [
        {...none, actions: ['*'], notActions: ['*'], condition: null},
        {...none, actions: [run], condition: null},
        {...none, actions: [keys], condition: "@Resource[x:y] StringEquals 'z'"},
      ],
    };
    const graph = graphOf([assignment('u', 'role', SUB)], {roleDefinitions: [definition]});
    expect([VM, STORE, DB].map((id) => gets(graph, 'u', id))).toEqual([
      'control 0 certain',
      'destroy+read+write 0 conditional',
      'nothing',
    ]);
  });

  test('an access policy gives what it says over a vault that goes by them', () => {
    const role = `${VAULT}/accesspolicies/u`;
    const definition = {
      id: role,
      name: 'access policy',
      cloud: 'azure' as const,
      actions: [],
      notActions: [],
      dataActions: ['Microsoft.KeyVault/vaults/secrets/getSecret/action'],
      notDataActions: [],
    };
    const graph = graphOf([assignment('u', role, VAULT)], {
      roleDefinitions: [definition],
      workloads: [
        resource(VAULT, RG, {
          type: 'key-vault',
          nativeType: 'microsoft.keyvault/vaults',
          attributes: {rbac: false},
        }),
      ],
    });
    expect(gets(graph, 'u', VAULT)).toBe('read 0 certain');
  });

  test('only who can say who else may is an administrator of something whole', () => {
    const admin = (name: keyof typeof ROLES, more: Partial<RoleAssignment> = {}) =>
      explainIdentity(
        {kind: 'principal', id: 'u', name: 'u'},
        null,
        graphOf([give('u', name, SUB, more)]).index,
        10,
      ).admin;
    expect([
      admin('Owner'),
      admin('User Access Administrator'),
      admin('Contributor'),
      admin('Reader'),
    ]).toEqual(['yes', 'yes', 'no', 'no']);
    expect([admin('Owner', {effect: 'eligible'}), admin('Owner', {condition: 'x'})]).toEqual([
      'conditional',
      'conditional',
    ]);
  });

  test('several roles of one holder on one scope add up', () => {
    const graph = graphOf([
      give('u', 'Storage Blob Data Reader', SUB),
      give('u', 'Key Vault Secrets User', RG),
    ]);
    expect([gets(graph, 'u', STORE), gets(graph, 'u', VAULT)]).toEqual(['read 0 certain', 'read 0 certain']);
  });

  test('scopes: a server stands for its databases, a part of a store is conditional, / is everything of the tenant', () => {
    expect(gets(graphOf([give('u', 'Contributor', at(RG, 'microsoft.sql/servers', 'sql'))]), 'u', DB)).toBe(
      YES,
    );
    const part = graphOf([
      give('u', 'Storage Blob Data Reader', `${STORE}/blobservices/default/containers/logs`),
    ]);
    expect(gets(part, 'u', STORE)).toBe('read 0 conditional');
    const root = `azure:/providers/microsoft.management/managementgroups/${T.slice('entra:'.length)}`;
    expect(gets(graphOf([give('u', 'User Access Administrator', root)]), 'u', VM)).toBe(YES);
    expect(gets(graphOf([give('u', 'User Access Administrator', 'azure:/')]), 'u', VM)).toBe(YES);
  });

  test('conditions limit the actions they name and no others', () => {
    const condition =
      "((!(ActionMatches{'Microsoft.Authorization/roleAssignments/write'})) OR (@Request[Microsoft.Authorization/roleAssignments:RoleDefinitionId] ForAnyOfAnyValues:GuidEquals {acdd72a7-3385-48ef-bd42-f606fba81ae7}))";
    const graph = graphOf([give('u', 'Owner', SUB, {condition})]);
    expect(gets(graph, 'u', VM)).toBe(YES);
    expect(graph.reach('u', SUB)).toBe('0 conditional');
    const blobs =
      "((!(ActionMatches{'Microsoft.Storage/storageAccounts/blobServices/containers/blobs/read'})) OR (@Resource[Microsoft.Storage/storageAccounts/blobServices/containers:name] StringEquals 'public'))";
    const reader = graphOf([give('u', 'Storage Blob Data Reader', SUB, {condition: blobs})]);
    expect(gets(reader, 'u', STORE)).toBe('read 0 conditional');
    const odd = graphOf([give('u', 'Contributor', SUB, {condition: "@Resource[x] StringEquals 'y'"})]);
    expect(gets(odd, 'u', VM)).toBe('control 0 conditional');
  });

  test('an assignment that has ended or not begun gives nothing', () => {
    const {reach, findings} = graphOf([
      give('u', 'Owner', SUB, {validUntil: '2026-01-01T00:00:00Z'}),
      give('v', 'Owner', SUB, {validFrom: '2027-01-01T00:00:00Z'}),
    ]);
    expect([reach('u', VM), reach('v', VM)]).toEqual(['no', 'no']);
    expect(findings.map(({code}) => code)).toContain('BH-ID-201');
  });
});

describe('deny assignments', () => {
  const deny = (more: Partial<DenyRule>): DenyRule => ({
    id: 'd',
    name: 'managed',
    cloud: 'azure',
    scope: RG,
    inherited: true,
    principals: ['*'],
    exceptPrincipals: [],
    actions: ['*'],
    exceptActions: [],
    dataActions: [],
    exceptDataActions: [],
    condition: null,
    ...more,
  });
  const denied = (
    rule: Partial<DenyRule>,
    assignments = [give('u', 'Contributor', SUB)],
    more: Partial<Estate> = {},
  ) => graphOf(assignments, {denyRules: [deny(rule)], ...more});

  test.each<[string, Partial<DenyRule>, string, string]>([
    // what, rule, of the VM in the group, of the registry beside it
    ['everyone, everything', {}, 'nothing', 'control 0 certain'],
    ['not inherited: the group alone', {inherited: false}, 'control 0 certain', 'control 0 certain'],
    ['this user is spared', {exceptPrincipals: ['u']}, 'control 0 certain', 'control 0 certain'],
    ["the user's group is spared", {exceptPrincipals: ['g']}, 'control 0 certain', 'control 0 certain'],
    ['somebody else is spared', {exceptPrincipals: ['v']}, 'nothing', 'control 0 certain'],
    ['somebody else is bound', {principals: ['v']}, 'control 0 certain', 'control 0 certain'],
    ["the user's group is bound", {principals: ['g']}, 'nothing', 'control 0 certain'],
    ['deletion alone', {actions: ['*/delete']}, 'control 0 certain', 'control 0 certain'],
    [
      'all but power',
      {exceptActions: ['Microsoft.Compute/*/deallocate/action']},
      'deny-service 0 certain',
      'control 0 certain',
    ],
    ['a condition decides', {condition: 'x'}, 'control 0 conditional', 'control 0 certain'],
    ['a group nobody lists', {principals: ['ghost']}, 'control 0 conditional', 'control 0 certain'],
    ['the whole subscription', {scope: SUB}, 'nothing', 'nothing'],
    ['the machine itself', {scope: VM}, 'nothing', 'control 0 certain'],
    ['a machine, not inherited', {scope: VM, inherited: false}, 'nothing', 'control 0 certain'],
    ['elsewhere', {scope: 'azure:/subscriptions/x'}, 'control 0 certain', 'control 0 certain'],
  ])('%s', (_, rule, vm, registry) => {
    const graph = denied(rule);
    expect([gets(graph, 'u', VM), gets(graph, 'u', REGISTRY)]).toEqual([vm, registry]);
  });

  test('a group keeps what a member loses, a spared member keeps what the group loses', () => {
    const group = [give('g', 'Contributor', SUB)];
    expect(gets(denied({}, group), 'u', VM)).toBe('nothing');
    expect(gets(denied({exceptPrincipals: ['u']}, group), 'u', VM)).toBe('control 0 certain');
    expect(gets(denied({principals: ['u'], scope: SUB}, group), 'g', VM)).toBe('control 0 certain');
    // The group holds nothing but what the deny takes: its member gets nothing.
    expect(gets(denied({principals: ['u'], scope: SUB}, group), 'u', VM)).toBe('nothing');
    // Otherwise what is left of the membership is not told apart.
    expect(gets(denied({principals: ['u']}, group), 'u', VM)).toBe('control 0 conditional');
  });

  test('an owner under a deny: what it takes could be given to somebody it spares', () => {
    const graph = denied({}, [give('u', 'Owner', SUB)]);
    expect([gets(graph, 'u', VM), gets(graph, 'u', REGISTRY)]).toEqual([
      'control 0 conditional',
      'control 0 certain',
    ]);
  });

  test('groups in a ring do no harm', () => {
    const ring = {
      principals: [
        principal('u', 'user', T, {memberOf: ['g']}),
        principal('g', 'group', T, {memberOf: ['h']}),
        principal('h', 'group', T, {memberOf: ['g']}),
      ],
    };
    expect(gets(denied({principals: ['h']}, [give('u', 'Contributor', SUB)], ring), 'u', VM)).toBe('nothing');
    expect(gets(denied({exceptPrincipals: ['h']}, [give('h', 'Contributor', SUB)], ring), 'u', VM)).toBe(
      'control 0 certain',
    );
  });

  test('holders of one role bound by one deny share the walk: edges do not grow with holders × groups', () => {
    const groups = Array.from({length: 100}, (_, i) =>
      container(`${SUB}/resourcegroups/n${i}`, 'resourceGroup', SUB, T),
    );
    const holders = Array.from({length: 100}, (_, i) => principal(`h${i}`, 'servicePrincipal', T));
    const {index} = graphOf(
      holders.map(({id}) => give(id, 'Contributor', SUB)),
      {denyRules: [deny({})], containers: [...estate.containers!, ...groups], principals: holders},
    );
    expect(index.graph.edges.length).toBeLessThan(1500);
  });
});

test('bad input: rings of containers, prototype words, wild patterns, unknown scopes are told and end', () => {
  const a = container('azure:/a', 'subscription', 'azure:/b', T);
  const b = container('azure:/b', 'subscription', 'azure:/a', T);
  const {reach} = built({
    containers: [a, b],
    workloads: [workload('azure:/a/w', 'azure:/a', {nativeType: '__proto__/constructor', type: 'other'})],
    principals: [principal('u', 'user', T), principal('v', 'user', T)],
    roleDefinitions: [
      {
        id: 'wild',
        name: 'wild',
        cloud: 'azure',
        actions: ['*'.repeat(5000)],
        notActions: ['*a*a*a*a*b'],
        dataActions: [],
        notDataActions: [],
      },
    ],
    assignments: [
      assignment('u', 'wild', 'azure:/a'),
      assignment('v', 'toString', 'azure:/b'),
      assignment('v', 'msgraph:constructor', T),
      assignment('v', 'azure:/providers/microsoft.directory/roledefinitions/__proto__', T),
    ],
    denyRules: [
      {
        id: 'd',
        name: '',
        cloud: 'azure',
        scope: 'azure:/b',
        inherited: true,
        principals: [],
        exceptPrincipals: [],
        actions: [],
        exceptActions: [],
        dataActions: [],
        exceptDataActions: [],
        condition: null,
      },
    ],
  });
  expect(reach('u', 'azure:/a/w')).toBe('0 certain');
  expect(reach('v', 'azure:/a/w')).toBe('0 unknown');
});
