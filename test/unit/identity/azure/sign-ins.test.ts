import {describe, expect, test} from 'vitest';
import type {TokenValidation} from '../../../../src/model/identity-declaration.ts';
import type {AppRegistration} from '../../../../src/model/identity-facts.ts';
import {AT, built, container, declaration, principal, workload} from '../estate.ts';

const T = 'entra:t1';
const KEY = 'key:msft-consumer';
const SUB = 'azure:/sub';
const APP = 'azure:/sub/portal';
const APP_ID = '0a0a0a0a-0000-4000-8000-000000000001';

const app = (more: Partial<AppRegistration> = {}): AppRegistration => ({
  id: `azure-app:${APP_ID}`,
  name: 'Portal',
  cloud: 'azure',
  tenant: T,
  servicePrincipal: null,
  signInAudience: 'AzureADMyOrg',
  hosts: [],
  owners: [],
  firstParty: false,
  ...more,
});

interface Case {
  audience?: string | null;
  validation?: TokenValidation;
  apps?: AppRegistration[];
  attributes?: Record<string, string>;
  declare?: boolean;
  appId?: string;
}

function portal({audience = null, validation, apps = [], attributes = {}, declare = true, appId}: Case) {
  return built({
    containers: [container(SUB, 'subscription', null, T)],
    workloads: [workload(APP, SUB, {type: 'app-service', name: 'portal', attributes})],
    appRegistrations: apps,
    identity: declare
      ? [
          declaration({
            signIns: [
              {
                workload: APP,
                root: T,
                signInAudience: audience,
                place: AT,
                ...(validation ? {tokenValidation: validation} : {}),
                ...(appId ? {appId} : {}),
              },
            ],
          }),
        ]
      : [],
  });
}

const key = (graph: ReturnType<typeof portal>) =>
  graph.index.graph.edges.filter(({from, to}) => from === KEY && to === APP);

const SAFE: TokenValidation = {keysEndpoint: 'tenant-specific', issuerCheck: true};
const declarations: [string, TokenValidation | undefined][] = [
  ['nothing stated', undefined],
  ['safe', SAFE],
  ['tenant keys alone', {keysEndpoint: 'tenant-specific', issuerCheck: null}],
  ['issuer check alone', {keysEndpoint: null, issuerCheck: true}],
  ['tenant keys, no issuer check', {keysEndpoint: 'tenant-specific', issuerCheck: false}],
  ['common keys, issuer check', {keysEndpoint: 'common', issuerCheck: true}],
  ['consumer keys, no issuer check', {keysEndpoint: 'consumers', issuerCheck: false}],
];

describe('the key of personal accounts: every audience with every declaration', () => {
  const audiences: [string | null, (safe: boolean) => string][] = [
    ['PersonalMicrosoftAccount', () => 'certain'],
    ['AzureADandPersonalMicrosoftAccount', () => 'certain'],
    ['AzureADMultipleOrgs', (safe) => (safe ? 'out' : 'conditional')],
    ['AzureADMyOrg', (safe) => (safe ? 'out' : 'conditional')],
    [null, (safe) => (safe ? 'out' : 'unknown')],
  ];
  const cases = audiences.flatMap(([audience, expected]) =>
    declarations.map(
      ([name, validation]) => [audience, name, validation, expected(validation === SAFE)] as const,
    ),
  );
  test.each(cases)('%s, %s', (audience, _, validation, expected) => {
    const [edge, ...more] = key(portal({audience, ...(validation ? {validation} : {})}));
    expect(edge?.certainty ?? 'out').toBe(expected);
    expect(more).toEqual([]);
    expect([edge?.level ?? 2, edge?.bound ?? 'workload']).toEqual([2, 'workload']);
  });

  test('the missing field is named, and nothing is asked where nothing is missing', () => {
    const input = (validation?: TokenValidation) =>
      portal({audience: 'AzureADMyOrg', ...(validation ? {validation} : {})})
        .index.graph.gaps.filter(({id}) => id.startsWith('gap:token-validation:'))
        .map((gap) => gap.input);
    expect(input()).toEqual(['tokenValidation.keysEndpoint, tokenValidation.issuerCheck']);
    expect(input({keysEndpoint: 'tenant-specific', issuerCheck: null})).toEqual([
      'tokenValidation.issuerCheck',
    ]);
    expect(input({keysEndpoint: 'common', issuerCheck: false})).toEqual([]);
    expect(input(SAFE)).toEqual([]);
  });
});

describe('which application a workload signs in with', () => {
  const audience = 'AzureADandPersonalMicrosoftAccount';
  test('declared by client id: the audience comes from the directory', () => {
    expect(key(portal({appId: APP_ID, apps: [app({signInAudience: audience})]}))[0]?.certainty).toBe(
      'certain',
    );
  });

  test('by its own client id: certain; by the host of a reply URL: conditional, with its tenant', () => {
    const stated = portal({
      declare: false,
      attributes: {appId: APP_ID},
      apps: [app({signInAudience: audience})],
    });
    expect(key(stated)[0]?.certainty).toBe('certain');
    const host = portal({
      declare: false,
      attributes: {dnsName: 'portal.harbor.example'},
      apps: [app({signInAudience: audience, hosts: ['portal.harbor.example'], tenant: 'entra:t2'})],
    });
    expect(key(host)[0]?.certainty).toBe('conditional');
    expect(host.reach('entra:t2', APP)).toBe('0 conditional');
    const elsewhere = portal({
      declare: false,
      attributes: {dnsName: 'x.example'},
      apps: [app({hosts: ['y.example']})],
    });
    expect(key(elsewhere)).toEqual([]);
  });

  test('a declaration is not guessed again from the host', () => {
    const graph = portal({
      audience: 'AzureADMyOrg',
      validation: SAFE,
      attributes: {dnsName: 'portal.harbor.example'},
      apps: [app({signInAudience: audience, hosts: ['portal.harbor.example']})],
    });
    expect(key(graph)).toEqual([]);
  });

  test('hosted in Azure without Microsoft sign-in: no edge', () => {
    expect(key(portal({declare: false}))).toEqual([]);
  });
});

test.each([
  ['exchange-online', 'certain'],
  ['sharepoint', 'conditional'],
  ['onedrive', 'conditional'],
  ['teams', 'conditional'],
  ['intune', 'conditional'],
  ['third-party', undefined],
])('Microsoft 365 service %s: %s', (saas, expected) => {
  const {index} = built({
    containers: [container('azure:entra/t1', 'organization', null, T)],
    workloads: [workload('s', 'azure:entra/t1', {type: 'saas', attributes: {saas}})],
  });
  const edge = index.graph.edges.find(({from, to}) => from === KEY && to === 's');
  expect(edge?.certainty).toBe(expected);
  const bothPositions = /Wiz.*Microsoft/.test(edge?.evidence ?? '');
  expect(bothPositions).toBe(expected === 'conditional');
});

test('third-party application: by the audience of its service principal', () => {
  const {index, reach} = built({
    containers: [container('azure:entra/t1', 'organization', null, T)],
    workloads: [
      workload('crm', 'azure:entra/t1', {type: 'saas', attributes: {saas: 'third-party', appId: APP_ID}}),
    ],
    principals: [
      principal('azure-principal:crm', 'servicePrincipal', T, {
        attributes: {appId: APP_ID, appOwnerTenant: 'vendor'},
      }),
    ],
    appRegistrations: [
      app({
        signInAudience: 'AzureADMultipleOrgs',
        tenant: 'entra:vendor',
        servicePrincipal: 'azure-principal:crm',
      }),
    ],
  });
  expect(index.graph.edges.find(({from, to}) => from === KEY && to === 'crm')?.certainty).toBe('conditional');
  // Its users sign in at the tenant that uses it.
  expect(reach(T, 'crm')).toBe('0 certain');
  expect(reach('entra:vendor', 'azure-principal:crm')).toBe('0 certain');
});
