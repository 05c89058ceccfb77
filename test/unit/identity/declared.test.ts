import * as fc from 'fast-check';
import {canonicalRoot, looksLikeRoot} from '../../../src/identity/root-ids.ts';
import {expect, test} from 'vitest';
import {buildIdentityGraph} from '../../../src/identity/build.ts';
import {siteNode} from '../../../src/identity/node-ids.ts';
import type {Estate, Principal} from '../../../src/model/estate.ts';
import type {IdentityDeclaration} from '../../../src/model/identity-declaration.ts';
import {
  AT,
  assignment,
  built,
  container,
  declaration,
  estateOf,
  policy,
  principal,
  site,
  workload,
  NOW,
} from './estate.ts';

const VC = 'vmware:vc1';
const SSO = 'vcenter-sso:vsphere.local@vc1';
const [DC, APPLIANCE, CONNECT, ADFS, APP] = ['dc', 'vcsa', 'connect', 'adfs', 'app'].map(
  (name) => `vmware:vc1/${name}`,
) as [string, string, string, string, string];

const vmware = {
  containers: [
    container(VC, 'vcenter', null, null, 'vmware'),
    container('vmware:vc1/cl', 'cluster', VC, null, 'vmware'),
  ],
  hosts: [
    {
      id: 'h1',
      name: 'h1',
      container: 'vmware:vc1/cl',
      cpuModel: null,
      hyperThreadingActive: null,
      version: null,
      biosDate: null,
      domain: null,
    },
  ],
  workloads: [DC, APPLIANCE, CONNECT, ADFS, APP].map((id) =>
    workload(id, 'vmware:vc1/cl', {cloud: 'vmware', host: 'h1'}),
  ),
};

function declared(part: Partial<IdentityDeclaration>, principals: Principal[] = []) {
  return built({...vmware, principals, identity: [declaration(part)]});
}

const domain = {
  fqdn: 'corp.example',
  domainControllers: [DC],
  trusts: ['partner.example'],
  members: [APP],
  place: AT,
};
const sso = (privileged: boolean | null) => ({
  domain: 'vsphere.local',
  vcenters: [VC],
  appliances: [APPLIANCE],
  identitySources: [{type: 'ad' as const, root: 'ad:corp.example', privileged}],
  place: AT,
});

test('vCenter, its domain controller and the domain form one circle', () => {
  const {reach} = declared({adDomains: [domain], vcenterSso: [sso(true)]});
  const circle = [SSO, VC, DC, 'ad:corp.example'];
  for (const from of circle)
    for (const to of circle) expect(`${from} ${reach(from, to)}`).toBe(`${from} 0 certain`);
  expect(reach(APP, DC)).toBe('no');
  expect(reach('ad:partner.example', APP)).toBe('0 certain');
  expect(reach('ad:corp.example', 'ad:partner.example')).toBe('no');
});

test.each([
  [true, '0 certain'],
  [null, '0 conditional'],
  [false, 'no'],
])('identity source with privileged %s: %s', (privileged, expected) => {
  // Without a domain controller in the inventory the domain reaches vCenter over its identity source or not at all.
  const {reach} = declared({adDomains: [{...domain, domainControllers: []}], vcenterSso: [sso(privileged)]});
  expect(reach('ad:corp.example', SSO)).toBe(expected);
});

test.each([
  [true, '0 certain', '0 certain', '0 certain'],
  [null, '0 conditional', '0 conditional', '0 conditional'],
  // Users stay in reach; only the tenant does not fall with the directory.
  [false, 'no', '0 conditional', '0 conditional'],
])('synchronised privileged accounts %s', (synced, tenant, user, server) => {
  const people = [
    principal('azure-principal:u', 'user', 'entra:t1'),
    principal('azure-principal:v', 'user', 'entra:t2'),
  ];
  const {reach} = declared(
    {
      adDomains: [{...domain, domainControllers: []}],
      entraConnect: [
        {
          tenant: 'entra:T1',
          adDomain: 'corp.example',
          servers: [CONNECT],
          syncedPrivilegedAccounts: synced,
          place: AT,
        },
      ],
    },
    people,
  );
  expect(reach('ad:corp.example', 'entra:t1')).toBe(tenant);
  expect(reach('ad:corp.example', 'azure-principal:u')).toBe(user);
  expect(reach('ad:corp.example', 'azure-principal:v')).toBe('no');
  expect(reach(CONNECT, 'entra:t1')).toBe(server);
});

test('an AD FS key is one root by its hash, held by servers and domain, and reaches its relying parties', () => {
  const farm = {
    name: 'sts',
    signingKeySha256: 'AB',
    servers: [ADFS],
    adDomain: 'corp.example',
    relyingParties: ['entra:t1', 'nobody'],
    place: AT,
  };
  const {reach, findings} = declared({adfs: [farm]});
  for (const from of [ADFS, 'ad:corp.example', 'key:ab']) expect(reach(from, 'entra:t1')).toBe('0 certain');
  expect(findings.map(({code}) => code)).toContain('BH-ID-040');
  expect(declared({adfs: [{...farm, signingKeySha256: null}]}).findings.map(({code}) => code)).toContain(
    'BH-ID-041',
  );
});

test.each([
  ['standing', '0 certain'],
  ['jit', '1 certain'],
  ['unknown', '0 unknown'],
  ['none', 'no'],
] as const)('operator with %s access: %s', (access, expected) => {
  const operators = [{name: 'hoster', access, operates: [VC], identityProvider: 'entra:hoster', place: AT}];
  const {reach} = declared({operators});
  expect(reach('operator:hoster', APP)).toBe(expected);
  expect(reach('entra:hoster', APP)).toBe(expected);
});

test.each([
  ['AzureADandPersonalMicrosoftAccount', '2 certain'],
  ['PersonalMicrosoftAccount', '2 certain'],
  ['AzureADMultipleOrgs', '2 conditional'],
  ['AzureADMyOrg', '2 conditional'],
  [null, '2 unknown'],
])('consumer key and sign-in audience %s: %s', (signInAudience, expected) => {
  const {reach} = declared({signIns: [{workload: APP, root: 'entra:t1', signInAudience, place: AT}]});
  expect(reach('key:msft-consumer', APP)).toBe(expected);
  expect(reach('entra:t1', APP)).toBe('0 certain');
});

test('a workload without such a sign-in is not reached by the consumer key, wherever it is hosted', () => {
  const {reach} = declared({
    signIns: [{workload: APP, root: 'ad:corp.example', signInAudience: null, place: AT}],
  });
  expect(reach('key:msft-consumer', APP)).toBe('no node');
});

test('a joined host is conditional, every vCenter has an SSO domain even when nobody names it', () => {
  const hosts = vmware.hosts.map((host) => ({...host, domain: 'Corp.Example'}));
  const {reach, findings} = built({...vmware, hosts});
  expect(reach('ad:corp.example', APP)).toBe('0 conditional');
  expect(reach(`vcenter-sso:unknown@${VC}`, APP)).toBe('0 certain');
  expect(findings.map(({code}) => code)).toEqual(['BH-ID-020']);
});

test('sites: roots directly, providers of every kind over a fault, own data centres without one, unknown roots told', () => {
  const sites = [
    site('cloud', {identityRoots: [{root: 'entra:t1', sharedWithOtherTenants: null}]}),
    site('hosted', {
      kind: 'dedicated',
      provider: 'Hafen Hosting',
      identityRoots: [{root: SSO, sharedWithOtherTenants: true}],
    }),
    site('own', {
      kind: 'onprem',
      provider: 'us',
      identityRoots: [{root: 'ad:corp.example', sharedWithOtherTenants: false}],
    }),
    site('blank', {kind: 'dedicated', provider: 'x'}),
  ];
  const part = {
    ...vmware,
    identity: [
      declaration({
        operators: [
          {name: 'ops', access: 'standing', operates: ['hosted'], identityProvider: null, place: AT},
        ],
      }),
    ],
  };
  const {reach, findings} = built(part, sites, [0, 1, 2, 3]);
  expect([reach('entra:t1', DC), reach('provider:azure', DC)]).toEqual(['0 certain', '2 certain']);
  expect([reach('provider:hafen-hosting', APPLIANCE), reach('operator:ops', APPLIANCE)]).toEqual([
    '2 certain',
    '0 certain',
  ]);
  expect([reach('provider:us', CONNECT), reach('ad:corp.example', CONNECT)]).toEqual([
    'no node',
    '0 certain',
  ]);
  expect(reach('platform:unknown@blank', ADFS)).toBe('0 unknown');
  expect(reach(siteNode('own'), APP)).toBe('no');
  expect(findings.filter(({code}) => code === 'BH-ID-050').map(({message}) => message)).toHaveLength(1);
});

test('declared edges join anything; an unknown end is a finding, not a silent gap', () => {
  const edge = {
    kind: 'HAS_ROLE',
    level: 1 as const,
    certainty: 'conditional' as const,
    because: 'told by the owner',
    place: AT,
  };
  const {reach, findings, index} = declared({
    roots: [{id: 'backup:veeam', kind: 'backup', name: 'backup', place: AT}],
    edges: [
      {...edge, from: 'backup:veeam', to: VC},
      {...edge, from: 'backup:veeam', to: 'no such thing'},
    ],
  });
  expect(reach('backup:veeam', APP)).toBe('1 conditional');
  expect(index.graph.nodes.find(({id}) => id === 'backup:veeam')).toMatchObject({
    kind: 'root',
    subKind: 'backup',
  });
  expect(findings.filter(({code}) => code === 'BH-ID-042')).toMatchObject([{where: AT}]);
});

const [PROJECT, SA, GVM] = ['gcp:projects/1', 'gcp:serviceAccount:a@p.iam.gserviceaccount.com', 'gcp://vm'];

function google(role: string, who: string, scope: string, condition: string | null = null) {
  return built({
    containers: [
      container('gcp:organizations/9', 'organization', null, 'gcp-org:9', 'gcp'),
      container(PROJECT, 'project', 'gcp:organizations/9', 'gcp-org:9', 'gcp'),
    ],
    workloads: [
      workload(GVM, PROJECT, {cloud: 'gcp', nativeType: 'compute.googleapis.com/Instance', identities: [SA]}),
    ],
    principals: [
      principal(SA, 'serviceAccount', PROJECT, {cloud: 'gcp'}),
      principal('gcp:user:a@harbor.example', 'user', null, {cloud: 'gcp'}),
      principal('gcp:user:b@gmail.com', 'user', null, {cloud: 'gcp'}),
      principal('gcp:allUsers', 'public', null, {cloud: 'gcp'}),
    ],
    assignments: [assignment(who, `gcp:${role}`, scope, {cloud: 'gcp', roleName: role, condition})],
  });
}

const ALICE = 'gcp:user:a@harbor.example';

test.each([
  ['roles/owner', 'gcp:organizations/9', '0 certain', '0 certain'],
  ['roles/iam.serviceAccountTokenCreator', PROJECT, 'no', '0 certain'],
  ['roles/iam.serviceAccountUser', PROJECT, 'no', 'no'],
  ['roles/iam.serviceAccountTokenCreator', SA, 'no', '0 certain'],
  ['roles/compute.instanceAdmin.v1', PROJECT, '0 certain', '0 conditional'],
  ['roles/compute.viewer', PROJECT, 'no', 'no'],
  ['roles/somethingNew.boss', PROJECT, '0 unknown', '0 unknown'],
])('%s on %s: machine %s, service account %s', (role, scope, machine, account) => {
  const {reach} = google(role, ALICE, scope);
  expect([reach(ALICE, GVM), reach(ALICE, SA)]).toEqual([machine, account]);
});

test('Google conditions, the public, the domain that rules its accounts, and deleted members', () => {
  expect(google('roles/editor', ALICE, PROJECT, 'request.time < x').reach(ALICE, GVM)).toBe('0 conditional');
  expect(google('roles/editor', 'gcp:allUsers', PROJECT).reach('public:anyone', GVM)).toBe('0 certain');
  expect(google('roles/owner', ALICE, PROJECT).reach('workspace:harbor.example', GVM)).toBe('0 certain');
  const personal = google('roles/owner', 'gcp:user:b@gmail.com', PROJECT);
  expect(personal.reach('workspace:gmail.com', GVM)).toBe('no node');
  expect(
    google('roles/owner', 'gcp:deleted:user:x@y', PROJECT).reach('gcp:deleted:user:x@y', GVM),
  ).not.toContain('certain');
});

test('the graph does not depend on the order of the estate, and every edge joins nodes', () => {
  const estate: Partial<Estate> = {
    ...vmware,
    containers: [
      ...vmware.containers,
      container('azure:/s', 'subscription', null, 'entra:t1'),
      container('aws-account:111111111111', 'account', null, null, 'aws'),
    ],
    principals: [
      principal('u', 'user', 'entra:t1'),
      principal('aws:arn:aws:iam::111111111111:user/u', 'iamUser', 'aws-account:111111111111', {
        cloud: 'aws',
        policies: ['p'],
      }),
    ],
    assignments: [assignment('u', 'Reader', 'azure:/s'), assignment('v', 'odd', 'azure:/s')],
    policyDocuments: [policy('p', {Effect: 'Allow', Action: '*', Resource: '*'})],
    identity: [declaration({adDomains: [domain], vcenterSso: [sso(null)]})],
  };
  const sites = [site('a', {identityRoots: [{root: 'entra:t1', sharedWithOtherTenants: null}]}), site('b')];
  const whole = estateOf(estate);
  const none = Int32Array.from(whole.workloads, () => -1);
  const {value} = buildIdentityGraph(whole, sites, none, {now: NOW});
  const ids = new Set(value.nodes.map(({id}) => id));
  expect(value.edges.every(({from, to}) => ids.has(from) && ids.has(to))).toBe(true);
  fc.assert(
    fc.property(fc.nat(), (seed) => {
      const shuffle = <T>(items: T[]): T[] => items.map((_, i) => items[(i * 7919 + seed) % items.length]!);
      const mixed = estateOf({
        ...whole,
        containers: shuffle(whole.containers),
        workloads: shuffle(whole.workloads),
        principals: shuffle(whole.principals),
        assignments: shuffle(whole.assignments),
      });
      expect(buildIdentityGraph(mixed, shuffle(sites), none, {now: NOW}).value).toEqual(value);
    }),
    {numRuns: 20},
  );
});

test.each([
  ['ENTRA:0F0F0F0F-AAAA-4000-8000-000000000001', 'entra:0f0f0f0f-aaaa-4000-8000-000000000001'],
  ['ad:Corp.Example ', 'ad:corp.example'],
  ['vcenter-sso:vSphere.local@4C4C-AB', 'vcenter-sso:vsphere.local@4c4c-ab'],
  ['provider:Microsoft', 'provider:azure'],
  ['provider:Nordkai Hosting', 'provider:nordkai-hosting'],
  ['aws-account:1111-2222-3333', 'aws-account:111122223333'],
  ['gcp-org:organizations/42', 'gcp-org:42'],
  ['oidc:token.actions.githubusercontent.com', 'oidc:https://token.actions.githubusercontent.com'],
  ['oidc:https://Gitlab.example/', 'oidc:https://gitlab.example'],
  [
    'oidc:projects/1/locations/global/workloadIdentityPools/p',
    'oidc:projects/1/locations/global/workloadidentitypools/p',
  ],
  ['operator:Nordkai Hosting', 'operator:Nordkai Hosting'],
])('one root, one id: %s', (written, id) => {
  expect(canonicalRoot(written)).toBe(id);
  expect(canonicalRoot(id)).toBe(id);
});

test('a word before a colon is a root only when it is a known kind', () => {
  for (const word of ['constructor:x', 'toString:x', 'app:KIS', 'site'])
    expect(looksLikeRoot(word)).toBe(false);
});

test('a Google account belongs to the directory of its own domain, not to the only one there is', () => {
  const who = ['user:a@harbor.example', 'user:b@mail.harbor.example', 'user:c@partner.example'];
  const {reach} = built({
    containers: [
      {...container('gcp:organizations/9', 'organization', null, 'gcp-org:9', 'gcp'), name: 'Harbor.example'},
    ],
    roots: [{id: 'workspace:C1', kind: 'workspaceCustomer', name: 'C1'}],
    edges: [
      {
        from: 'workspace:C1',
        to: 'gcp-org:9',
        kind: 'ADMINISTERS',
        level: 0,
        certainty: 'certain',
        evidence: '',
        place: {},
      },
    ],
    principals: who.map((member) => principal(`gcp:${member}`, 'user', null, {cloud: 'gcp'})),
  });
  expect(who.map((member) => reach('workspace:C1', `gcp:${member}`))).toEqual([
    '0 certain',
    '0 certain',
    '0 conditional',
  ]);
  expect(reach('workspace:partner.example', 'gcp:user:c@partner.example')).toBe('0 certain');
});

test('a service account of a foreign project is ruled by that project, an agent of Google by the provider', () => {
  const foreign = 'gcp:serviceAccount:ci@other.iam.gserviceaccount.com';
  const agent = 'gcp:serviceAccount:service-1@gcp-sa-x.iam.gserviceaccount.com';
  const {reach} = built({
    containers: [container(PROJECT, 'project', null, null, 'gcp')],
    workloads: [workload(GVM, PROJECT, {cloud: 'gcp'})],
    principals: [
      principal(foreign, 'serviceAccount', 'gcp:projects/other', {cloud: 'gcp'}),
      principal(agent, 'serviceAccount', null, {cloud: 'gcp'}),
    ],
    assignments: [assignment(foreign, 'gcp:roles/owner', PROJECT, {cloud: 'gcp', roleName: 'roles/owner'})],
  });
  expect(reach('vendor:gcp-project/other', GVM)).toBe('0 certain');
  expect(reach('provider:gcp', agent)).toBe('2 certain');
});

test('a root without a name is called by its kind and key; a name someone gives wins, an id as name does not', () => {
  const named = (roots: Estate['roots'], declared: Estate['roots'] = []) =>
    built({
      roots,
      identity: [declaration({roots: declared.map((root) => ({...root, place: AT}))})],
    }).index.graph.nodes.map(({name}) => name);
  const org = (name: string) => ({id: 'aws-org:o-1', kind: 'awsOrg' as const, name});
  expect(named([org('o-1')])).toContain('AWS organisation o-1');
  expect(named([org('Harbor')])).toContain('Harbor');
  expect(named([org('o-1')], [org('Harbor group')])).toContain('Harbor group');
  expect(named([{id: 'provider:azure', kind: 'providerControlPlane', name: 'azure'}])).toEqual([
    'control plane of Microsoft Azure',
  ]);
});

test('a tenant only a declaration names hangs under its provider like those of the inventory, once', () => {
  const {index, reach} = built({
    workloads: [workload('ehr', null, {cloud: 'private'})],
    identity: [
      declaration({
        signIns: [
          {
            workload: 'ehr',
            root: 'entra:11111111-1111-4111-8111-111111111111',
            signInAudience: null,
            place: AT,
          },
        ],
        operators: [
          {
            name: 'kai',
            access: 'standing',
            operates: ['ehr'],
            identityProvider: 'workspace:C01abc',
            sharedWithOtherTenants: null,
            mfa: null,
            place: AT,
          },
        ],
      }),
    ],
  });
  expect([reach('provider:azure', 'ehr'), reach('provider:gcp', 'ehr')]).toEqual(['2 certain', '2 certain']);
  const own = built({containers: [container('azure:/subscriptions/1', 'subscription', null, 'entra:t1')]});
  for (const {graph} of [index, own.index])
    expect(
      graph.edges.filter(({from, kind}) => from === 'provider:azure' && kind === 'CONTROL_PLANE'),
    ).toHaveLength(1);
});
