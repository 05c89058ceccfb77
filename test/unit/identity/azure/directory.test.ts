import {describe, expect, test} from 'vitest';
import type {Estate, Principal} from '../../../../src/model/estate.ts';
import type {GraphEdge} from '../../../../src/model/exposure.ts';
import {privilegedSyncedUsers} from '../../../../src/identity/azure/privileged.ts';
import type {BuildContext} from '../../../../src/identity/context.ts';
import {type Built, assignment, built, container, estateOf, principal, workload} from '../estate.ts';

const T = 'entra:11111111-1111-4111-8111-111111111111';
const TENANT = T.slice('entra:'.length);
const DIRECTORY = `azure:entra/${TENANT}`;
const role = (guid: string): string => `azure:/providers/microsoft.directory/roledefinitions/${guid}`;
const GLOBAL_ADMIN = role('62e90394-69f5-4237-9190-012177145e10');
const APP_ADMIN = role('9b895d92-2cd3-44c7-9d02-a6ac2d5ea5c3');
const HELPDESK = role('729827e3-9c14-49f7-bb1b-9608f156bbb8');
const GROUPS_ADMIN = role('fdd7a751-b60b-444a-984c-02652fe8fa1c');
const EXCHANGE_ADMIN = role('29232cdf-9323-42fd-ade2-1d097af3e4de');
const INTUNE_ADMIN = role('3a2c62db-5318-420d-8d74-23affee5d9d5');
const GLOBAL_READER = role('f2ef992c-3afb-46b9-b7cf-a126ee74c451');
const NEVER_SEEN = role('00000000-1111-4222-8333-444444444444');

const saas = (service: string) =>
  workload(`azure:saas/${TENANT}/${service}`, DIRECTORY, {
    type: 'saas',
    nativeType: `microsoft365/${service}`,
    attributes: {saas: service},
  });
const MAIL = `azure:saas/${TENANT}/exchange-online`;
const SITES = `azure:saas/${TENANT}/sharepoint`;

const people: Principal[] = [
  principal('azure-principal:u', 'user', T),
  principal('azure-principal:clerk', 'user', T),
  principal('azure-principal:synced', 'user', T, {attributes: {synchronised: true}}),
  principal('azure-principal:admin', 'user', T, {memberOf: ['azure-principal:admins']}),
  principal('azure-principal:admins', 'group', T, {attributes: {isAssignableToRole: true}}),
  principal('azure-principal:team', 'group', T, {attributes: {isAssignableToRole: false}}),
  principal('azure-principal:list', 'group', T),
  principal('azure-principal:sp', 'servicePrincipal', T),
  principal('azure-principal:mi', 'managedIdentity', T),
  principal('azure-principal:pc', 'computer', T),
];

function directory(part: Partial<Estate>): Built {
  return built({
    containers: [container(DIRECTORY, 'organization', null, T)],
    workloads: [saas('exchange-online'), saas('sharepoint'), saas('intune')],
    roots: [{id: T, kind: 'entraTenant', name: 'Harbor'}],
    principals: people,
    ...part,
  });
}

const held = (what: string, more: object = {}) =>
  directory({
    assignments: [
      assignment('azure-principal:admins', GLOBAL_ADMIN, T),
      assignment('azure-principal:sp', 'msgraph:User.Read.All', T),
      assignment('azure-principal:u', what, T, more),
    ],
  });

const edgesFrom = ({index}: Built, from: string): GraphEdge[] =>
  index.graph.edges.filter((edge) => edge.from === from);

describe('directory roles', () => {
  test.each([
    // role, tenant, application, plain user, synced user, administrator, managed identity, device
    [
      'Global Administrator',
      GLOBAL_ADMIN,
      '0 certain',
      '0 certain',
      '0 certain',
      '0 certain',
      '0 certain',
      '0 certain',
    ],
    ['Application Administrator', APP_ADMIN, 'no', '0 certain', 'no', 'no', 'no', 'no'],
    ['Helpdesk Administrator', HELPDESK, 'no', 'no', '0 conditional', '0 conditional', 'no', 'no'],
    ['Intune Administrator', INTUNE_ADMIN, 'no', 'no', 'no', 'no', 'no', '0 conditional'],
    ['Global Reader', GLOBAL_READER, 'no', 'no', 'no', 'no', 'no', 'no'],
  ])('%s', (_, what, tenant, app, user, synced, admin, device) => {
    const {reach} = held(what);
    const from = (to: string) => reach('azure-principal:u', to);
    expect([
      from(T),
      from('azure-principal:sp'),
      from('azure-principal:clerk'),
      from('azure-principal:synced'),
      from('azure-principal:admin'),
      from('azure-principal:pc'),
    ]).toEqual([tenant, app, user, synced, admin, device]);
    // Nobody adds a secret to a managed identity over the directory.
    expect(from('azure-principal:mi')).toBe(what === GLOBAL_ADMIN ? '0 certain' : 'no');
  });

  test('groups: those that cannot hold roles; whether they can is open where the source does not say', () => {
    const {reach} = held(GROUPS_ADMIN);
    const from = (to: string) => reach('azure-principal:u', `azure-principal:${to}`);
    expect([from('team'), from('list'), from('admins')]).toEqual(['0 certain', '0 conditional', 'no']);
  });

  test('services: control of the service, eligible = guarded, and nothing of the others', () => {
    expect(held(EXCHANGE_ADMIN).reach('azure-principal:u', MAIL)).toBe('0 certain');
    expect(held(EXCHANGE_ADMIN, {effect: 'eligible'}).reach('azure-principal:u', MAIL)).toBe('1 certain');
    expect(held(EXCHANGE_ADMIN).reach('azure-principal:u', SITES)).toBe('no');
  });

  test('an application administrator holds what an application holds', () => {
    const {reach} = directory({
      assignments: [
        assignment('azure-principal:u', APP_ADMIN, T),
        assignment('azure-principal:sp', 'msgraph:RoleManagement.ReadWrite.Directory', T),
      ],
    });
    expect(reach('azure-principal:u', T)).toBe('0 certain');
  });

  test('without permissions of applications one question stands for them, and an answer settles it', () => {
    const assignments = [assignment('azure-principal:u', APP_ADMIN, T)];
    const asked = directory({assignments});
    expect(asked.reach('azure-principal:u', T)).toBe('0 conditional');
    const gap = `gap:application-permissions:${T}`;
    expect(asked.index.graph.gaps.map(({id}) => id)).toEqual([gap]);
    const answer = (word: 'yes' | 'no') =>
      directory({
        assignments,
        answers: [{gap, answer: word, by: 'ops', date: '2026-11-01', because: 'looked', place: {}}],
      }).reach('azure-principal:u', T);
    expect([answer('yes'), answer('no')]).toEqual(['0 certain', 'no']);
  });

  test('an administrative unit makes conditional, an object alone is reached alone', () => {
    const within = (scope: string) =>
      directory({
        assignments: [
          assignment('azure-principal:sp', 'msgraph:User.Read.All', T),
          assignment('azure-principal:u', APP_ADMIN, scope),
        ],
      });
    expect(
      within(`${DIRECTORY}/administrativeunits/x`).reach('azure-principal:u', 'azure-principal:sp'),
    ).toBe('0 conditional');
    expect(within('azure-principal:sp').reach('azure-principal:u', 'azure-principal:sp')).toBe('0 certain');
    expect(within('azure-principal:clerk').reach('azure-principal:u', 'azure-principal:clerk')).toBe('no');
    expect(within('azure-principal:gone').findings.map(({code}) => code)).toContain('BH-ID-203');
  });

  test('a role nobody defines is unknown and told; a custom one is read by its actions', () => {
    const unknown = held(NEVER_SEEN);
    expect(unknown.reach('azure-principal:u', T)).toBe('0 unknown');
    expect(unknown.findings.map(({code}) => code)).toContain('BH-ID-202');
    const custom = directory({
      roleDefinitions: [
        {
          id: NEVER_SEEN,
          name: 'Secret keeper',
          cloud: 'azure',
          actions: ['microsoft.directory/servicePrincipals/allProperties/allTasks'],
          notActions: [],
          dataActions: [],
          notDataActions: [],
        },
      ],
      assignments: [
        assignment('azure-principal:sp', 'msgraph:User.Read.All', T),
        assignment('azure-principal:u', NEVER_SEEN, T),
      ],
    });
    expect(custom.reach('azure-principal:u', 'azure-principal:sp')).toBe('0 certain');
    expect(custom.reach('azure-principal:u', T)).toBe('no');
  });

  test('time: what has ended is no edge, what begins later is told', () => {
    expect(held(GLOBAL_ADMIN, {validUntil: '2026-11-21T00:00:00Z'}).reach('azure-principal:u', T)).toBe('no');
    const later = held(GLOBAL_ADMIN, {validFrom: '2026-12-01T00:00:00Z'});
    expect(later.reach('azure-principal:u', T)).toBe('no');
    expect(later.findings.map(({code}) => code)).toContain('BH-ID-201');
    expect(held(GLOBAL_ADMIN, {validUntil: '2026-11-23T00:00:00Z'}).reach('azure-principal:u', T)).toBe(
      '0 certain',
    );
  });
});

describe('application permissions', () => {
  test.each([
    ['RoleManagement.ReadWrite.Directory', T, 'certain', undefined],
    ['AppRoleAssignment.ReadWrite.All', T, 'certain', undefined],
    ['Application.ReadWrite.All', `${T}#applications`, 'certain', undefined],
    ['Directory.ReadWrite.All', `${T}#groups`, 'certain', undefined],
    ['GroupMember.ReadWrite.All', `${T}#groups`, 'certain', undefined],
    ['UserAuthenticationMethod.ReadWrite.All', `${T}#allUsers`, 'conditional', undefined],
    ['Domain.ReadWrite.All', T, 'conditional', undefined],
    ['Mail.ReadWrite', MAIL, 'conditional', ['destroy', 'read', 'write']],
    ['Mail.Read', MAIL, 'conditional', ['read']],
    ['Sites.FullControl.All', SITES, 'certain', ['destroy', 'read', 'write']],
    ['Files.Read.All', SITES, 'certain', ['read']],
    ['RoleManagement.ReadWrite.Tomorrow', T, 'unknown', undefined],
  ])('%s', (value, to, certainty, caps) => {
    const graph = directory({assignments: [assignment('azure-principal:sp', `msgraph:${value}`, T)]});
    const edge = edgesFrom(graph, 'azure-principal:sp').find((one) => one.to === to);
    expect([edge?.certainty, edge?.caps, edge?.level]).toEqual([certainty, caps, 0]);
  });

  test.each(['User.Read.All', 'Directory.Read.All', 'Mail.ReadBasic.All', 'Application.ReadWrite.OwnedBy'])(
    '%s takes nothing over',
    (value) => {
      const graph = directory({assignments: [assignment('azure-principal:sp', `msgraph:${value}`, T)]});
      expect(edgesFrom(graph, 'azure-principal:sp')).toEqual([]);
    },
  );

  test("a service's own interface, on its workload", () => {
    const graph = directory({
      assignments: [assignment('azure-principal:sp', 'm365:exchange-online/full_access_as_app', MAIL)],
    });
    expect(edgesFrom(graph, 'azure-principal:sp').map(({to, caps, gap}) => [to, caps, gap])).toEqual([
      [MAIL, ['destroy', 'read', 'write'], `gap:mailbox-policy:${T}`],
    ]);
  });
});

test('synchronised masters of the tenant: over groups, not users of the cloud alone', () => {
  const estate = estateOf({
    principals: [
      ...people,
      principal('azure-principal:dual', 'user', T, {
        memberOf: ['azure-principal:admins'],
        attributes: {synchronised: true},
      }),
    ],
    assignments: [assignment('azure-principal:admins', GLOBAL_ADMIN, T)],
  });
  const context = {
    estate,
    options: {now: '2026-11-22T00:00:00.000Z'},
    graph: {findings: []},
    containers: new Map(),
    principals: new Map(estate.principals.map((one) => [one.id, one])),
  } as unknown as BuildContext;
  expect(privilegedSyncedUsers(context, T).map(({id}) => id)).toEqual(['azure-principal:dual']);
});

describe('consents of users', () => {
  const client = (oauthScopes: string, more: object = {}) =>
    directory({
      principals: [
        principal('azure-principal:app', 'servicePrincipal', T, {attributes: {oauthScopes, ...more}}),
      ],
    });

  test.each([
    ['Mail.ReadWrite offline_access User.Read', 'destroy+read+write', ''],
    ['Mail.Read Mail.Send', 'read+write', ''],
    ['Files.Read.All', '', 'read'],
    ['AllSites.FullControl EWS.AccessAsUser.All', 'destroy+read+write', 'destroy+read+write'],
    ['openid profile email User.Read offline_access', '', ''],
    // With a user who is no administrator this changes nothing, and whoever keeps a session of one has it anyway.
    ['Directory.ReadWrite.All', '', ''],
  ])('%s', (scopes, mail, files) => {
    const edges = edgesFrom(client(scopes), 'azure-principal:app');
    const caps = (to: string) => edges.find((edge) => edge.to === to)?.caps?.join('+') ?? '';
    expect([caps(MAIL), caps(SITES)]).toEqual([mail, files]);
    expect(new Set(edges.map(({certainty, gap}) => `${certainty} ${gap}`)).size).toBeLessThan(2);
  });

  test('a vendor reaches them through its application, on a question; Microsoft itself is the control plane', () => {
    const vendor = '99999999-9999-4999-8999-999999999999';
    const {reach, index} = client('Mail.Read', {appOwnerTenant: vendor});
    expect(reach(`entra:${vendor}`, MAIL)).toBe('0 conditional');
    expect(index.graph.gaps.map(({id}) => id)).toContain('gap:delegated-tokens:azure-principal:app');
    const own = client('Mail.Read', {appOwnerTenant: 'f8cdef31-a31e-4b4a-93e4-5f571e91255a'});
    expect(edgesFrom(own, 'azure-principal:app')).toEqual([]);
  });
});
