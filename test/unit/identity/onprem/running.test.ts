import {expect, test} from 'vitest';
import type {BackupSystem, DeclaredIdp} from '../../../../src/model/identity-sections.ts';
import type {Operator} from '../../../../src/model/identity-declaration.ts';
import {AT, built, container, declaration, principal} from '../estate.ts';
import {SSO, VC, answer, containers, domain, sso, vm} from './help.ts';

const [APP, SERVER, REPO] = ['vmware:vc1/app', 'vmware:vc1/backup', 'vmware:vc1/repo'] as const;

function backedUp(more: Partial<BackupSystem> = {}, part: Parameters<typeof built>[0] = {}) {
  const backup: BackupSystem = {
    name: 'veeam',
    servers: [SERVER],
    serviceAccounts: [],
    protects: [VC],
    repositories: [REPO],
    immutable: null,
    joinedDomain: null,
    operatedBy: null,
    place: AT,
    ...more,
  };
  return built({
    containers,
    workloads: [vm('app'), vm('backup'), vm('repo')],
    identity: [declaration({adDomains: [domain('a.example')], vcenterSso: [sso()], backupServers: [backup]})],
    ...part,
  });
}

/** Capabilities over the application by certainty, from the backup root and from the copies. */
function over({index}: ReturnType<typeof built>) {
  return index.graph.edges
    .filter(({from, to}) => to === APP && from.startsWith('backup:'))
    .map(
      ({from, caps, certainty}) =>
        `${from.includes('#') ? 'copies' : 'root'} ${caps?.join('+') ?? 'all'} ${certainty}`,
    );
}

test.each([
  [true, ['root write certain', 'copies read certain']],
  [false, ['root write certain', 'copies destroy+read certain']],
  [null, ['root write certain', 'copies read certain', 'copies destroy conditional']],
])('immutable %s', (immutable, expected) => {
  expect(over(backedUp({immutable}))).toEqual(expected);
});

test('an answer settles whether copies can be deleted', () => {
  const id = 'gap:backup-immutable:backup:veeam';
  expect(over(backedUp({}, {answers: [answer(id, 'no')]}))).not.toContain('copies destroy conditional');
  expect(over(backedUp({}, {answers: [answer(id, 'yes')]}))).toContain('copies destroy certain');
});

test('whoever has its server, its domain or its operator has the backup; a repository has the copies only', () => {
  const {reach} = backedUp({joinedDomain: 'a.example', operatedBy: 'hoster'});
  for (const from of [SERVER, 'ad:a.example', 'operator:hoster'])
    expect(reach(from, 'backup:veeam')).toBe('0 certain');
  expect([reach(REPO, 'backup:veeam#copies'), reach(REPO, 'backup:veeam')]).toEqual(['0 certain', 'no']);
});

test('its service account is worth what that account may do', () => {
  const permission = {
    entity: 'root',
    principal: 'A\\svc-backup',
    group: false,
    role: 'Admin',
    propagate: true,
  };
  const identity = (accounts: string[]) =>
    backedUp(
      {},
      {
        identity: [
          declaration({
            adDomains: [domain('a.example')],
            vcenterSso: [sso({permissions: [permission]})],
            backupServers: [
              {
                name: 'veeam',
                servers: [],
                serviceAccounts: accounts,
                protects: [],
                repositories: [],
                immutable: null,
                joinedDomain: null,
                operatedBy: null,
                place: AT,
              },
            ],
          }),
        ],
      },
    ).reach;
  expect(identity(['svc-backup@a'])('backup:veeam', SSO)).toBe('0 certain');
  expect(identity([VC])('backup:veeam', APP)).toBe('0 certain');
  expect(identity([])('backup:veeam', SSO)).toBe('no');
});

test.each([
  [{access: 'standing'}, '0 certain'],
  [{access: 'standing', mfa: true}, '1 certain'],
  [{access: 'jit'}, '1 certain'],
  [{access: 'none'}, 'no'],
  [{access: 'unknown'}, '0 unknown'],
] as [Partial<Operator>, string][])('operatedBy an operator with %o', (more, expected) => {
  const operator: Operator = {
    name: 'Hoster',
    access: 'standing',
    operates: [],
    identityProvider: null,
    place: AT,
    ...more,
  };
  const {reach} = backedUp(
    {},
    {
      identity: [
        declaration({
          operators: [operator],
          keyManagers: [
            {
              name: 'hsm',
              kind: 'external',
              provider: null,
              protects: [],
              servers: [],
              operatedBy: 'hoster',
              independentAuthorisation: null,
              authorises: [],
              keySha256: null,
              place: AT,
            },
          ],
        }),
      ],
    },
  );
  expect(reach('operator:Hoster', 'kms:hsm')).toBe(expected);
});

const ACCOUNT = 'aws-account:111111111111';

function provider(more: Partial<DeclaredIdp>) {
  const idp: DeclaredIdp = {
    id: 'idp:acme.okta.com',
    kind: 'okta',
    saas: null,
    issuers: ['http://www.okta.com/exk1'],
    federatesTo: [ACCOUNT],
    keySha256: [],
    servers: [],
    operatedBy: null,
    supportAccess: null,
    place: AT,
    ...more,
  };
  return built({
    containers: [...containers, container(ACCOUNT, 'account', null, null, 'aws')],
    workloads: [vm('app'), vm('idp')],
    identity: [
      declaration({
        identityProviders: [idp],
        edges: [
          {
            from: 'saml:http://www.okta.com/exk1',
            to: APP,
            kind: 'FEDERATES',
            level: 0,
            certainty: 'certain',
            because: 'x',
            place: AT,
          },
        ],
      }),
    ],
  });
}

test.each([
  [{supportAccess: true}, '1 certain'],
  [{supportAccess: false}, '2 certain'],
  [{supportAccess: null}, '2 certain'],
  [{kind: 'keycloak'}, 'no node'],
  [{kind: 'keycloak', saas: true}, '2 certain'],
] as [Partial<DeclaredIdp>, string][])('the maker of an identity provider with %o: %s', (more, expected) => {
  const kind = more.kind ?? 'okta';
  expect(provider(more).reach(`vendor:${kind}`, ACCOUNT)).toBe(expected);
});

test('an identity provider is its keys, issuers and servers', () => {
  const {reach} = provider({keySha256: ['ee'], servers: ['vmware:vc1/idp']});
  expect(reach('key:ee', ACCOUNT)).toBe('0 certain');
  expect(reach('vmware:vc1/idp', ACCOUNT)).toBe('0 certain');
  expect(reach('idp:acme.okta.com', APP)).toBe('0 certain');
  expect(reach('saml:http://www.okta.com/exk1', APP)).toBe('no node');
});

test('a vendor is one root over its accounts and tenants', () => {
  const {reach, index} = built({
    containers,
    workloads: [vm('app')],
    principals: [principal('p', 'user', null)],
    identity: [
      declaration({
        vendors: [
          {
            name: 'Data Dog, Inc.',
            accounts: ['464622532012'],
            tenants: ['entra:t9'],
            hasAccessTo: [VC, 'nobody'],
            level: 1,
            place: AT,
          },
        ],
      }),
    ],
  });
  const vendor = 'vendor:data-dog-inc.';
  expect([reach(vendor, 'aws-account:464622532012'), reach(vendor, 'entra:t9'), reach(vendor, APP)]).toEqual([
    '0 certain',
    '0 certain',
    '1 certain',
  ]);
  expect(index.graph.nodes.find(({id}) => id === 'aws-account:464622532012')?.name).toContain('(declared)');
});
