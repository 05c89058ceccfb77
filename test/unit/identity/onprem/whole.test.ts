import * as fc from 'fast-check';
import {expect, test} from 'vitest';
import {buildIdentityGraph} from '../../../../src/identity/build.ts';
import {canonicalRoot, providerRoot} from '../../../../src/identity/root-ids.ts';
import type {Estate} from '../../../../src/model/estate.ts';
import type {IdentityDeclaration} from '../../../../src/model/identity-declaration.ts';
import {AT, NOW, declaration, estateOf, principal, site, workload} from '../estate.ts';
import {CLUSTER, VC, answer, containers, domain, host, sso, vm} from './help.ts';

/** One of everything, named `n`. */
function everything(n: string): IdentityDeclaration {
  return declaration({
    adDomains: [
      domain(`${n}.example`, {
        forest: 'root.example',
        domainControllers: ['vmware:vc1/dc'],
        trusts: [
          'x.example',
          {domain: 'y.example', direction: 'bidirectional', type: 'external', sidFiltering: null},
        ],
        certificateAuthorities: [{name: n, servers: ['vmware:vc1/app'], keySha256: null, enterprise: null}],
      }),
    ],
    vcenterSso: [
      sso({
        domain: `${n}.local`,
        identitySources: [{type: 'ad', root: `ad:${n}.example`, privileged: null, groups: [`${n}\\g`]}],
        permissions: [{entity: 'root', principal: `${n}\\h`, group: true, role: n, propagate: true}],
      }),
    ],
    backupServers: [
      {
        name: n,
        servers: ['vmware:vc1/app'],
        serviceAccounts: [`${n}\\svc`],
        protects: [VC, 'public'],
        repositories: [],
        immutable: null,
        joinedDomain: `${n}.example`,
        operatedBy: n,
        place: AT,
      },
    ],
    keyManagers: [
      {
        name: n,
        kind: 'external',
        provider: n,
        protects: [CLUSTER, 'azure:/s/store'],
        servers: [],
        operatedBy: n,
        independentAuthorisation: true,
        authorises: [],
        keySha256: null,
        place: AT,
      },
    ],
    ci: [
      {
        platform: n,
        organisation: n,
        issuer: 'https://gitlab.com',
        servers: [],
        runners: [{servers: ['vmware:vc1/app'], selfHosted: true, serves: null}],
        secretsStored: [],
        operatedBy: null,
        place: AT,
      },
    ],
    identityProviders: [
      {
        id: `idp:${n}`,
        kind: n,
        saas: true,
        issuers: [],
        federatesTo: [VC],
        keySha256: ['aa'],
        servers: [],
        operatedBy: null,
        supportAccess: null,
        place: AT,
      },
    ],
    vendors: [{name: n, accounts: ['111111111111'], tenants: [n], hasAccessTo: [VC], level: 2, place: AT}],
    hosts: [
      {
        hosts: ['h1'],
        domain: `${n}.example`,
        version: n,
        esxAdminsGroupChanged: null,
        dedicatedTo: null,
        place: AT,
      },
    ],
    attestations: [
      {
        hosts: [CLUSTER],
        sites: ['public'],
        provider: 'aws',
        flaws: [],
        microcode: true,
        smtSharing: null,
        source: n,
        date: null,
        place: AT,
      },
    ],
  });
}

const part: Partial<Estate> = {
  containers,
  hosts: ['h1', 'h2', 'h3'].map((id) =>
    host(id, {cpuModel: id === 'h3' ? null : 'Intel(R) Xeon(R) Gold 6130 CPU'}),
  ),
  workloads: [
    ...['app', 'dc', 'db'].map((name, i) => vm(name, {host: `h${i + 1}`})),
    ...['x', 'y', 'z'].map((name, i) => vm(name, {host: `h${i + 1}`})),
    workload('azure:/s/store', null, {type: 'bucket'}),
    workload('aws:i', null, {cloud: 'aws'}),
  ],
  principals: [
    principal('ad-principal:S-1-5-21-1-2-3-1001', 'computer', null, {name: 'APP.A.EXAMPLE'}),
    principal('ad-principal:S-1-5-21-1-2-3-1002', 'group', null, {name: 'ESX ADMINS@A.EXAMPLE'}),
  ],
  answers: [answer('gap:esx-admins:unknown:a.example@vmware:vc1', 'yes'), answer('gap:nothing', 'no')],
  identity: [everything('a'), everything('b')],
};

const SITES = [site('public')];
const build = (estate: Partial<Estate>) => {
  const whole = estateOf(estate);
  return buildIdentityGraph(
    whole,
    SITES,
    Int32Array.from(whole.workloads, () => 0),
    {now: NOW},
  );
};

test('the order of records does not show in the graph; every edge joins nodes, every gate has two inputs', () => {
  const {value, findings} = build(part);
  const ids = new Set(value.nodes.map(({id}) => id));
  expect(value.edges.filter(({from, to}) => !ids.has(from) || !ids.has(to))).toEqual([]);
  const gates = value.nodes.filter(({kind}) => kind === 'gate');
  expect(gates.length).toBeGreaterThan(0);
  for (const {id} of gates) expect(value.edges.filter(({to}) => to === id)).toHaveLength(2);
  const hung = new Set(value.edges.flatMap(({gap}) => gap ?? []));
  expect(value.gaps.filter(({id}) => !hung.has(id))).toEqual([]);
  expect(findings.filter(({code}) => code === 'BH-ID-430')).toHaveLength(1);
  fc.assert(
    fc.property(fc.nat(1000), (seed) => {
      const shuffle = <T>(items: readonly T[]): T[] =>
        items.map((_, i) => items[(i * 7 + seed) % items.length]!);
      const mixed = {
        ...part,
        hosts: shuffle(part.hosts!),
        principals: shuffle(part.principals!),
        answers: shuffle(part.answers!),
      };
      expect(build(mixed).value).toEqual(value);
    }),
    {numRuns: 8},
  );
});

test.each(['constructor', '__proto__', 'toString', '', ' ', '*', 'a:b/c#d'])(
  'odd names are only names: %j',
  (n) => {
    const {value} = build({...part, identity: [everything(n)]});
    expect(value.edges.every(({evidence}) => !evidence.includes('[native code]'))).toBe(true);
    expect(value.nodes.every(({id}) => !id.includes('[native code]') && !id.includes('[object'))).toBe(true);
  },
);

test('words that every object has are no spelling of a root', () => {
  expect([canonicalRoot('toString:x'), providerRoot('constructor')]).toEqual([
    'tostring:x',
    'provider:constructor',
  ]);
});

test('edges grow with machines, not with machines times statements', () => {
  const machines = 4000;
  const workloads = Array.from({length: machines}, (_, i) => vm(`m${i}`, {host: `h${i % 50}`}));
  const hosts = Array.from({length: 50}, (_, i) => host(`h${i}`));
  const {value} = build({containers, hosts, workloads, identity: [everything('a')]});
  expect(value.edges.length).toBeLessThan(20 * machines);
});
