import {describe, expect, test} from 'vitest';
import type {Estate} from '../../../../src/model/estate.ts';
import type {Credential, FederatedTrust, IdentityProvider} from '../../../../src/model/identity-facts.ts';
import {AT, assignment, built, container, principal, workload} from '../estate.ts';

const T = 'entra:11111111-1111-4111-8111-111111111111';
const GA = 'azure:/providers/microsoft.directory/roledefinitions/62e90394-69f5-4237-9190-012177145e10';
const OWNER = 'azure:/providers/microsoft.authorization/roledefinitions/8e3af657-a8ff-443c-a75c-2fe8c4bcb635';
const SP = 'azure-principal:sp';
const KEYS = ['a'.repeat(64), 'b'.repeat(64)];

const domain = (more: Partial<IdentityProvider> = {}): IdentityProvider => ({
  id: 'azure-domain:harbor.example@t',
  kind: 'saml',
  name: 'harbor.example',
  cloud: 'azure',
  container: T,
  issuer: 'http://sts.harbor.example/adfs/services/trust',
  publicKeySha256: KEYS,
  audiences: [],
  condition: null,
  disabled: false,
  attributes: {domain: 'harbor.example'},
  ...more,
});

const user = (name: string, more: object = {}) =>
  principal(`azure-principal:${name.replace(/@.*/, '')}`, 'user', T, {name, ...more});

const federated = (provider: IdentityProvider, part: Partial<Estate> = {}) =>
  built({
    identityProviders: [provider],
    roots: [{id: T, kind: 'entraTenant', name: 'Harbor'}],
    principals: [
      user('ann@harbor.example'),
      user('boss@harbor.example'),
      user('cloud@harbor.onmicrosoft.com'),
      user('nameless'),
      user('guest_harbor.example#EXT#@harbor.example'),
    ],
    assignments: [assignment('azure-principal:boss', GA, T)],
    ...part,
  });

describe('federated domains', () => {
  test('each accepted key, the next one too, signs in as the users of the domain and no others', () => {
    const {reach} = federated(domain());
    for (const key of KEYS) {
      const from = (who: string) => reach(`key:${key}`, `azure-principal:${who}`);
      expect([from('ann'), from('boss')]).toEqual(['0 certain', '0 certain']);
      expect(reach(`key:${key}`, T)).toBe('0 certain');
    }
    const harmless = federated(domain(), {assignments: []});
    expect(harmless.reach(`key:${KEYS[1]}`, 'azure-principal:ann')).toBe('0 certain');
    expect(harmless.reach(`key:${KEYS[1]}`, 'azure-principal:nameless')).toBe('0 conditional');
  });

  test('synchronised users of another domain hang on the policy of the tenant, and one answer settles them', () => {
    const part: Partial<Estate> = {
      assignments: [assignment('azure-principal:boss', GA, T)],
      principals: [
        user('ann@harbor.example', {attributes: {synchronised: true}}),
        user('boss@other.example', {attributes: {synchronised: true}}),
        user('own@other.example', {attributes: {synchronised: false}}),
      ],
    };
    const verdicts = (more: Partial<Estate> = {}) => {
      const {reach} = federated(domain(), {...part, ...more});
      return [...['ann', 'boss', 'own'].map((who) => `azure-principal:${who}`), T].map((to) =>
        reach(`key:${KEYS[0]}`, to),
      );
    };
    expect(verdicts()).toEqual(['0 certain', '0 conditional', '0 conditional', '0 conditional']);
    const no = {
      gap: `gap:federated-elsewhere:${T}`,
      answer: 'no' as const,
      by: 'it',
      date: '2026-11-01',
      because: 'strict',
      place: AT,
    };
    expect(verdicts({answers: [no]})).toEqual(['0 certain', 'no', 'no', 'no']);
  });

  test('cloud-only users and guests are out of reach', () => {
    const {reach} = federated(domain(), {
      assignments: [assignment('azure-principal:cloud', GA, T)],
      principals: [
        user('ann@harbor.example'),
        user('cloud@harbor.onmicrosoft.com'),
        user('guest_harbor.example#EXT#@harbor.example'),
      ],
    });
    const from = (who: string) => reach(`key:${KEYS[0]}`, `azure-principal:${who}`);
    expect([from('cloud'), from('guest_harbor.example#EXT#'), reach(`key:${KEYS[0]}`, T)]).toEqual([
      'no',
      'no',
      'no',
    ]);
  });

  test.each([
    ['acceptIfMfaDoneByFederatedIdp', '0 certain'],
    ['enforceMfaByFederatedIdp', '0 certain'],
    ['rejectMfaByFederatedIdp', '1 certain'],
  ])('second proof: %s', (federatedIdpMfaBehavior, boss) => {
    const {reach} = federated(domain({attributes: {domain: 'harbor.example', federatedIdpMfaBehavior}}));
    expect(reach(`key:${KEYS[0]}`, 'azure-principal:boss')).toBe(boss);
    expect(reach(`key:${KEYS[0]}`, 'azure-principal:ann')).toBe('0 certain');
  });

  test('without users or their roles it is a question whether the tenant falls', () => {
    const {reach, index} = federated(domain(), {principals: [], assignments: []});
    expect(reach(`key:${KEYS[0]}`, T)).toBe('0 conditional');
    expect(index.graph.gaps.map(({id}) => id)).toEqual([`gap:federated-privileged:${T}<harbor.example`]);
  });

  test('without certificates the issuer itself is the root; the same issuer elsewhere is the same root', () => {
    const {reach} = federated(domain({publicKeySha256: []}));
    expect(reach('adfs:sts.harbor.example', 'azure-principal:ann')).toBe('0 certain');
  });
});

describe('federated credentials', () => {
  const trust = (issuer: string, subject: string | null, pattern = false): FederatedTrust => ({
    id: `${SP}#fic`,
    cloud: 'azure',
    issuer,
    subject,
    subjectIsPattern: pattern,
    audiences: ['api://AzureADTokenExchange'],
    principal: SP,
    place: AT,
  });
  const given = (one: FederatedTrust, part: Partial<Estate> = {}) =>
    built({principals: [principal(SP, 'servicePrincipal', T)], federatedTrusts: [one], ...part});
  const GITHUB = 'https://token.actions.githubusercontent.com';

  test('one repository: its organisation and the platform, not anyone', () => {
    const {reach, findings} = given(trust(GITHUB, 'repo:harbor/app:ref:refs/heads/main'));
    expect(reach('git-org:github.com/harbor', SP)).toBe('0 certain');
    expect(reach(`oidc:${GITHUB}`, SP)).toBe('0 certain');
    expect(reach('public:anyone', SP)).toBe('no node');
    expect(findings).toEqual([]);
  });

  test.each([[null], ['*'], ['repo:*']])('subject %s on a shared issuer is anyone, and told', (subject) => {
    const {reach, findings} = given(trust(GITHUB, subject, true));
    expect(reach('public:anyone', SP)).toBe('0 certain');
    expect(findings.map(({code, severity}) => [code, severity])).toEqual([['BH-ID-206', 'critical']]);
  });

  test("a token of a tenant is that tenant's principal; a cluster's issuer is the cluster", () => {
    const issuer = 'https://login.microsoftonline.com/22222222-2222-4222-8222-222222222222/v2.0';
    const {reach} = given(trust(issuer, 'other'), {
      principals: [
        principal(SP, 'servicePrincipal', T),
        principal('azure-principal:other', 'managedIdentity', T),
      ],
    });
    expect(reach('azure-principal:other', SP)).toBe('0 certain');
    expect(given(trust(issuer, 'nobody')).reach('entra:22222222-2222-4222-8222-222222222222', SP)).toBe(
      '0 certain',
    );
    const aks = 'https://westeurope.oic.prod-aks.azure.com/t/c/';
    const cluster = given(trust(aks, 'system:serviceaccount:shop:web'), {
      workloads: [workload('aks', null, {type: 'cluster', attributes: {oidcIssuer: aks}})],
    });
    expect(cluster.reach('aks', SP)).toBe('0 certain');
  });
});

describe('applications and credentials', () => {
  const credential = (more: Partial<Credential>): Credential => ({
    id: 'azure-app:a#k',
    principal: 'azure-app:a',
    kind: 'clientSecret',
    name: 'deploy',
    cloud: 'azure',
    created: null,
    expires: '2027-01-01T00:00:00Z',
    neverExpires: false,
    lastUsed: null,
    active: null,
    mfa: null,
    publicKeySha256: null,
    managedBy: 'customer',
    ...more,
  });
  const app = (credentials: Credential[], part: Partial<Estate> = {}) =>
    built({
      principals: [
        principal('azure-app:a', 'application', T, {
          owners: ['azure-principal:dev'],
          attributes: {appId: 'a'},
        }),
        principal(SP, 'servicePrincipal', T, {attributes: {appId: 'a'}}),
        principal('azure-principal:dev', 'user', T),
      ],
      credentials,
      ...part,
    });

  test('owner → application → service principal', () => {
    const {reach} = app([]);
    expect(reach('azure-principal:dev', SP)).toBe('0 certain');
    expect(reach(SP, 'azure-app:a')).toBe('no');
  });

  test.each([
    [{}, '0 certain'],
    [{expires: '2026-11-21T00:00:00Z'}, 'no node'],
    [{active: false}, 'no node'],
    [{expires: null, neverExpires: true}, '0 certain'],
    [{expires: null, neverExpires: null}, '0 conditional'],
    [{kind: 'password' as const, expires: null, neverExpires: null, mfa: true}, '1 certain'],
  ])('credential %j: %s', (more, expected) => {
    const {reach, findings} = app([credential(more)]);
    expect(reach('azure-app:a#k', SP)).toBe(expected);
    expect(findings.map(({code}) => code)).toEqual(
      'expires' in more && more.expires !== null ? ['BH-ID-204'] : [],
    );
  });

  test('one key pair for two principals is one root', () => {
    const {reach} = app([
      credential({kind: 'certificate', publicKeySha256: KEYS[0]!}),
      credential({
        id: 's#k',
        principal: 'azure-principal:dev',
        kind: 'certificate',
        publicKeySha256: KEYS[0]!,
      }),
    ]);
    expect(reach(`key:${KEYS[0]}`, SP)).toBe('0 certain');
    expect(reach(`key:${KEYS[0]}`, 'azure-principal:dev')).toBe('0 certain');
  });

  test("an application of another tenant is ruled there; Microsoft's own and disabled ones are not", () => {
    const foreign = (appOwnerTenant: string, more: object = {}) =>
      built({
        roots: [{id: T, kind: 'entraTenant', name: 'Harbor'}],
        principals: [principal(SP, 'servicePrincipal', T, {attributes: {appOwnerTenant, ...more}})],
      });
    expect(foreign('vendor').reach('entra:vendor', SP)).toBe('0 certain');
    expect(foreign('vendor').reach('provider:azure', SP)).toBe('2 certain');
    expect(foreign('vendor', {accountEnabled: false}).reach('entra:vendor', SP)).toBe('no node');
    const microsoft = 'f8cdef31-a31e-4b4a-93e4-5f571e91255a';
    expect(foreign(microsoft).reach(`entra:${microsoft}`, SP)).toBe('no node');
  });
});

describe('other tenants', () => {
  const SUB = 'azure:/subscriptions/s';
  const VM = `${SUB}/resourcegroups/r/vm`;
  const managed = (assignments: ReturnType<typeof assignment>[], part: Partial<Estate> = {}) =>
    built({
      containers: [container(SUB, 'subscription', null, T)],
      workloads: [workload(VM, SUB)],
      principals: [principal('azure-principal:msp', 'group', 'entra:msp')],
      assignments,
      ...part,
    });

  test('Lighthouse: the managing tenant holds what its groups hold, eligible roles are guarded, both are told', () => {
    const standing = managed([assignment('azure-principal:msp', OWNER, SUB)]);
    expect(standing.reach('entra:msp', VM)).toBe('0 certain');
    expect(standing.findings.filter(({code}) => code === 'BH-ID-205').map(({severity}) => severity)).toEqual([
      'medium',
    ]);
    const eligible = managed([assignment('azure-principal:msp', OWNER, SUB, {effect: 'eligible'})]);
    expect(eligible.reach('entra:msp', VM)).toBe('1 certain');
    expect(eligible.findings.filter(({code}) => code === 'BH-ID-205').map(({severity}) => severity)).toEqual([
      'low',
    ]);
  });

  test('a managing tenant without a known role is conditional and told', () => {
    const named = managed([], {
      edges: [
        {
          from: 'entra:msp',
          to: SUB,
          kind: 'OPERATES',
          level: 0,
          certainty: 'conditional',
          evidence: 'managedByTenants[0].tenantId = msp (role not stated)',
          place: AT,
        },
      ],
    });
    expect(named.reach('entra:msp', VM)).toBe('0 conditional');
    expect(named.findings.map(({code}) => code)).toContain('BH-ID-205');
  });

  test('delegated administration: partner → customer, until its end; an unnamed partner is unknown', () => {
    const gdap = 'azure-principal:gdap/r/ga';
    const given = (home: string | null, until: string) =>
      managed([assignment(gdap, GA, T, {validUntil: until})], {
        principals: [principal(gdap, 'group', home)],
      });
    expect(given('entra:msp', '2027-01-01').reach('entra:msp', VM)).toBe('0 certain');
    expect(given('entra:msp', '2026-01-01').reach('entra:msp', VM)).toBe('no');
    expect(given(null, '2027-01-01').reach('entra:unknown', VM)).toBe('0 unknown');
  });

  test('guests: signed in at home; a partner may be that home', () => {
    const guest = principal('azure-principal:g', 'user', T, {
      attributes: {userType: 'Guest', homeDomain: 'partner.example'},
    });
    const partner: IdentityProvider = domain({
      id: 'azure-tenant:partner@t',
      kind: 'oidc',
      issuer: null,
      publicKeySha256: [],
    });
    const {reach} = managed([], {principals: [guest], identityProviders: [partner]});
    expect(reach('entra:partner', 'azure-principal:g')).toBe('1 conditional');
    expect(reach('entra:unknown', 'azure-principal:g')).toBe('1 unknown');
    const known = managed([], {
      principals: [
        guest,
        principal('azure-principal:p', 'user', 'entra:partner', {attributes: {domain: 'partner.example'}}),
      ],
    });
    expect(known.reach('entra:partner', 'azure-principal:g')).toBe('1 certain');
  });
});
