import {expect, test} from 'vitest';
import {createBuilder} from '../../../../src/identity/builder.ts';
import type {BuildContext} from '../../../../src/identity/context.ts';
import {keyRoot, samlSigners} from '../../../../src/identity/issuers.ts';
import {addDeclaredRoots} from '../../../../src/identity/onprem/declared.ts';
import type {AdTrust} from '../../../../src/model/identity-sections.ts';
import {AT, built, declaration, estateOf, principal} from '../estate.ts';
import {SSO, VC, answer, containers, domain, host, sso, vm} from './help.ts';

const A = 'ad:a.example';
const B = 'ad:b.example';

function trusting(
  trust: Partial<AdTrust>,
  more: Parameters<typeof domain>[1] = {},
  answers = [answer('x', 'no')],
) {
  const full: AdTrust = {
    domain: 'b.example',
    direction: 'outbound',
    type: 'external',
    sidFiltering: null,
    ...trust,
  };
  return built({
    identity: [
      declaration({adDomains: [domain('a.example', {trusts: [full], ...more}), domain('b.example', more)]}),
    ],
    answers,
  }).reach;
}

test.each([
  // type, direction, SID filtering: what b has of a, what a has of b
  ['external', 'outbound', false, '0 certain', 'no'],
  ['external', 'inbound', false, 'no', '0 certain'],
  ['external', 'bidirectional', false, '0 certain', '0 certain'],
  ['external', 'outbound', true, '0 conditional', 'no'],
  ['external', 'outbound', null, '0 conditional', 'no'],
  ['forest', 'bidirectional', true, '0 conditional', '0 conditional'],
  ['forest', 'inbound', false, 'no', '0 certain'],
  ['parent-child', 'outbound', true, '0 certain', '0 certain'],
  ['shortcut', 'inbound', null, '0 certain', '0 certain'],
] as const)('%s trust, %s, SID filtering %s', (type, direction, sidFiltering, overA, overB) => {
  const reach = trusting({type, direction, sidFiltering});
  expect([reach(B, A), reach(A, B)]).toEqual([overA, overB]);
});

test('domains of one forest fall together whatever the trust says, also without one', () => {
  const forest = {forest: 'a.example'};
  const reach = trusting({sidFiltering: true}, forest);
  expect([reach(B, A), reach(A, B)]).toEqual(['0 certain', '0 certain']);
  const alone = built({
    identity: [declaration({adDomains: ['a.example', 'b.example'].map((fqdn) => domain(fqdn, forest))})],
  });
  expect(alone.reach(A, B)).toBe('0 certain');
});

test('answers settle a filtered trust; both sides of one trust ask one question', () => {
  const id = 'gap:trust-rights:ad:b.example>ad:a.example';
  expect(trusting({sidFiltering: true}, {}, [answer(id, 'yes')])(B, A)).toBe('0 certain');
  expect(trusting({sidFiltering: true}, {}, [answer(id, 'no')])(B, A)).toBe('no');
  const both = [
    domain('a.example', {
      trusts: [{domain: 'b.example', direction: 'outbound', type: 'external', sidFiltering: null}],
    }),
    domain('b.example', {
      trusts: [{domain: 'a.example', direction: 'inbound', type: 'external', sidFiltering: true}],
    }),
  ];
  expect(built({identity: [declaration({adDomains: both})]}).index.graph.gaps.map((gap) => gap.id)).toEqual([
    id,
  ]);
});

test('trusts in a circle end, and a ring of forests costs edges in its length', () => {
  const names = Array.from({length: 200}, (_, i) => `d${i}.example`);
  const ring = names.map((name, i) =>
    domain(name, {
      forest: 'd0.example',
      trusts: [
        {domain: names[(i + 1) % 200]!, direction: 'bidirectional', type: 'external', sidFiltering: true},
      ],
    }),
  );
  const {reach, index} = built({identity: [declaration({adDomains: ring})]});
  expect(reach('ad:d0.example', 'ad:d100.example')).toBe('0 certain');
  expect(index.graph.edges.length).toBeLessThan(5 * 200);
});

test.each([
  [true, '0 certain', '0 certain'],
  [null, '0 conditional', '0 conditional'],
  [false, 'no', 'no'],
])('certificate authority with enterprise %s: key %s, server %s', (enterprise, byKey, byServer) => {
  const {reach} = built({
    containers,
    workloads: [vm('ca')],
    identity: [
      declaration({
        adDomains: [
          domain('a.example', {
            certificateAuthorities: [
              {name: 'Root CA', servers: ['vmware:vc1/ca'], keySha256: 'c0', enterprise},
            ],
          }),
        ],
      }),
    ],
  });
  expect([reach('pki:c0', A), reach('vmware:vc1/ca', A)]).toEqual([byKey, byServer]);
});

test('an authority is one root by its key, by the name directory data give it, in any case', () => {
  const authority = (keySha256: string | null) =>
    built({
      identity: [
        declaration({
          adDomains: [
            domain('a.example', {
              certificateAuthorities: [{name: 'Corp CA', servers: [], keySha256, enterprise: true}],
            }),
          ],
          edges: [
            {
              from: 'pki:CORP CA@a.example',
              to: B,
              kind: 'X',
              level: 0,
              certainty: 'certain',
              because: 'x',
              place: AT,
            },
          ],
        }),
      ],
    }).reach;
  expect(authority(null)('pki:corp ca@a.example', B)).toBe('0 certain');
  expect([authority('c0')('pki:c0', B), authority('c0')('pki:c0', A)]).toEqual(['0 certain', '0 certain']);
});

test('one key is one root: AD FS, a SAML provider, a federated domain; farm name, hash and service URL lead there', () => {
  const graph = createBuilder();
  const farm = {
    name: 'STS.a.example',
    signingKeySha256: 'AB'.repeat(32),
    servers: [],
    adDomain: null,
    relyingParties: [],
    place: AT,
  };
  addDeclaredRoots({
    estate: estateOf({identity: [declaration({adfs: [farm]})]}),
    graph,
  } as unknown as BuildContext);
  const hash = 'ab'.repeat(32);
  const signers = [
    ...samlSigners(graph, 'http://sts.a.example/adfs/services/trust', [hash], 'aws provider'),
    ...samlSigners(graph, 'http://sts.a.example/adfs/services/trust', [], 'entra domain'),
    keyRoot(graph, hash.toUpperCase()),
    graph.root('adfs:STS.a.example'),
    graph.root(`adfs:${hash}`),
  ];
  expect(new Set(signers)).toEqual(new Set([`key:${hash}`]));
  expect(graph.graph().nodes.filter(({kind}) => kind === 'root')).toHaveLength(1);
});

test('a domain is found by its SID', () => {
  const {reach} = built({
    principals: [
      principal('ad-principal:S-1-5-21-1-2-3', 'domain', null, {name: 'A.EXAMPLE', cloud: 'private'}),
      principal('ad-principal:S-1-5-21-1-2-3-1104', 'user', null, {name: 'X@A.EXAMPLE', cloud: 'private'}),
    ],
    identity: [
      declaration({
        adDomains: [domain('a.example', {sid: 'S-1-5-21-1-2-3'})],
        roots: [{id: 'ad:S-1-5-21-1-2-3', kind: 'adDomain', name: 'by SID', place: AT}],
      }),
    ],
  });
  expect(reach(A, 'ad-principal:S-1-5-21-1-2-3-1104')).toBe('0 certain');
  expect(reach('ad-principal:S-1-5-21-1-2-3', A)).toBe('0 certain');
  expect(reach('ad:s-1-5-21-1-2-3', A)).toBe('no node');
});

const DC = 'vmware:vc1/dc';

/** vCenter whose administrators come from the domain whose controller it hosts. */
function circle(more: Parameters<typeof declaration>[0] = {}) {
  return built({
    containers,
    hosts: [host('h1')],
    workloads: [vm('dc', {host: 'h1', attributes: {vmEncrypted: true}}), vm('kms'), vm('vcsa')],
    identity: [
      declaration({
        adDomains: [domain('a.example', {domainControllers: [DC]})],
        vcenterSso: [
          sso({
            appliances: ['vmware:vc1/vcsa'],
            identitySources: [{type: 'ad', root: A, privileged: null, groups: ['A\\vc-admins']}],
          }),
        ],
        ...more,
      }),
    ],
  });
}

test('vCenter, domain controller, domain and vCenter administrators are one circle', () => {
  const {reach, findings} = circle();
  const ring = [SSO, VC, 'h1', DC, A, 'vsphere:a\\vc-admins'];
  for (const from of ring)
    for (const to of ring)
      // A host is not its vCenter, but gets there over the domain.
      expect(`${from} ${to} ${reach(from, to)}`).toBe(`${from} ${to} 0 certain`);
  expect(findings.map(({code}) => code)).toContain('BH-ID-442');
});

test('keys outside that decide for themselves make the disk swap conditional; run on the same vCenter they do not', () => {
  const manager = {
    name: 'hsm',
    kind: 'external' as const,
    provider: null,
    protects: [DC],
    servers: [] as string[],
    operatedBy: null,
    independentAuthorisation: true,
    authorises: [],
    keySha256: null,
    place: AT,
  };
  const outside = circle({keyManagers: [manager]});
  expect([outside.reach(SSO, A), outside.reach(A, SSO)]).toEqual(['0 conditional', '0 certain']);
  expect(outside.index.graph.gaps.map(({id}) => id)).toContain('gap:machine-memory:kms:hsm');
  const inside = circle({keyManagers: [{...manager, servers: ['vmware:vc1/kms']}]});
  expect(inside.reach(SSO, A)).toBe('0 certain');
  const noop = circle({keyManagers: [{...manager, independentAuthorisation: null}]});
  expect(noop.reach(SSO, A)).toBe('0 certain');
});

test('vCenters stated not to be linked have SSO domains of their own', () => {
  const two = [...containers, {...containers[0]!, id: 'vmware:vc2', name: 'vc2'}];
  const linked = (linkedMode: boolean | null) =>
    built({
      containers: two,
      identity: [declaration({vcenterSso: [sso({vcenters: [VC, 'vmware:vc2'], linkedMode})]})],
    }).reach;
  expect(linked(null)(SSO, 'vmware:vc2')).toBe('0 certain');
  expect(linked(false)(SSO, 'vmware:vc2')).toBe('no');
  expect(linked(false)('vcenter-sso:vsphere.local@vc2', 'vmware:vc2')).toBe('0 certain');
});
