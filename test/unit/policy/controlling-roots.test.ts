import {expect, test} from 'vitest';
import {buildIdentityGraph} from '../../../src/identity/build.ts';
import type {Operator} from '../../../src/model/identity-declaration.ts';
import type {Site} from '../../../src/model/site.ts';
import {controllingRoots} from '../../../src/policy/controlling-roots.ts';
import {AT, declaration, estateOf, site, workload} from '../identity/estate.ts';

const TENANT = 'entra:11111111-aaaa-4000-8000-000000000001';

function rootsOf(identityRoots: Site['identityRoots'], ...operators: Partial<Operator>[]) {
  const sites = [site('cloud', {identityRoots})];
  const identity = declaration({
    operators: operators.map((operator) => ({
      name: 'Hoster',
      access: 'standing',
      operates: ['cloud'],
      identityProvider: null,
      place: AT,
      ...operator,
    })),
    vcenterSso: [
      {
        domain: 'cloud.local',
        vcenters: ['cloud'],
        appliances: [],
        identitySources: [{type: 'entra', root: TENANT, privileged: true}],
        place: AT,
      },
    ],
  });
  const graph = buildIdentityGraph(estateOf({identity: [identity]}), sites, Int32Array.of(), {
    now: '2026-11-22T00:00:00.000Z',
  }).value;
  return Object.fromEntries(
    controllingRoots(sites, graph, [identity])[0]!.map(({id, sharedWithOtherTenants}) => [
      id,
      sharedWithOtherTenants,
    ]),
  );
}

const SSO = 'vcenter-sso:cloud.local@cloud';
const own = {root: SSO, sharedWithOtherTenants: false};

test.each(['standing', 'jit'] as const)('an operator with %s access stands above its site', (access) => {
  expect(rootsOf([own], {access})).toEqual({[SSO]: false, [TENANT]: false, 'operator:Hoster': null});
});

test('an operator without access is none, one of unknown access keeps the question open', () => {
  expect(rootsOf([own], {access: 'none'})).toEqual({[SSO]: false, [TENANT]: false});
  const open = {[SSO]: false, [TENANT]: false, 'operator:Hoster': null};
  expect(rootsOf([own], {access: 'unknown'})).toEqual(open);
  expect(rootsOf([own], {access: 'unknown', operates: [SSO]})).toEqual(open);
});

test('whether an operator serves others with the same accounts is for the workspace to say', () => {
  expect(rootsOf([own], {sharedWithOtherTenants: false})['operator:Hoster']).toBe(false);
  expect(rootsOf([own], {sharedWithOtherTenants: true})['operator:Hoster']).toBe(true);
});

test("the directory of an operator is not the customer's own, unless it also rules the site directly", () => {
  const theirs = 'entra:22222222-bbbb-4000-8000-000000000002';
  expect(rootsOf([own], {identityProvider: theirs})[theirs]).toBeNull();
  expect(rootsOf([own], {identityProvider: TENANT})[TENANT]).toBe(false);
  expect(rootsOf([own], {identityProvider: 'provider:azure'})['provider:azure']).toBe(true);
});

test('what a site calls its root may be written in other ways; its own statement goes along', () => {
  const written = (root: string) => rootsOf([{root, sharedWithOtherTenants: true}]);
  for (const root of ['vcenter-sso:cloud.local', 'VCENTER-SSO:Cloud.Local@CLOUD'])
    expect(written(root)).toEqual({[SSO]: true, [TENANT]: false});
  expect(written(TENANT.toUpperCase())).toEqual({[SSO]: null, [TENANT]: true});
  expect(written('provider:Microsoft')['provider:azure']).toBe(true);
});

test('a site that names no roots has no list, whoever operates it: unknown, not only the operator', () => {
  expect(rootsOf([], {})).toEqual({});
});

test('the certificate authority of an own directory is above the site and shared with nobody; its backup is not above it', () => {
  const sites = [site('cloud', {identityRoots: [{root: 'ad:corp.example', sharedWithOtherTenants: false}]})];
  const identity = declaration({
    adDomains: [
      {
        fqdn: 'corp.example',
        netbios: null,
        trusts: [],
        members: [],
        place: AT,
        domainControllers: ['dc'],
        certificateAuthorities: [{name: 'CA', servers: [], keySha256: null, enterprise: true}],
      },
    ],
    backupServers: [
      {
        name: 'nightly',
        servers: [],
        serviceAccounts: [],
        protects: ['dc'],
        repositories: [],
        immutable: false,
        joinedDomain: null,
        operatedBy: null,
        place: AT,
      },
    ],
  });
  const estate = estateOf({identity: [identity], workloads: [workload('dc', null)]});
  const graph = buildIdentityGraph(estate, sites, Int32Array.of(-1), {now: '2026-11-22T00:00:00.000Z'}).value;
  expect(graph.edges.map(({kind}) => kind)).toContain('RESTORES');
  expect(
    controllingRoots(sites, graph, [identity])[0]!.map(({id, sharedWithOtherTenants}) => [
      id,
      sharedWithOtherTenants,
    ]),
  ).toEqual([
    ['ad:corp.example', false],
    ['pki:ca@corp.example', false],
  ]);
});
