import {describe, expect, test} from 'vitest';
import type {Credential} from '../../../../src/model/identity-facts.ts';
import {declaration, AT} from '../estate.ts';
import {
  ALICE,
  APP,
  BUCKET,
  OPS,
  ORG,
  P1,
  P2,
  VM,
  VM2,
  bind,
  capsOf,
  estate,
  google,
  member,
  provider,
} from './support.ts';

describe('acting as a service account', () => {
  test.each([
    ['iam.serviceAccounts.getAccessToken', '0 certain'],
    ['iam.serviceAccounts.signBlob', '0 certain'],
    ['iam.serviceAccounts.signJwt', '0 certain'],
    ['iam.serviceAccounts.setIamPolicy', '0 certain'],
    ['iam.serviceAccountKeys.create', '0 certain'],
    ['iam.serviceAccounts.getOpenIdToken', '0 conditional'],
    ['storage.hmacKeys.create', '0 conditional'],
    ['iam.serviceAccounts.actAs', 'no'],
    ['iam.serviceAccounts.implicitDelegation', 'no'],
    ['iam.serviceAccounts.get', 'no'],
  ])('%s', (permission, expected) => {
    const roleDefinitions = [
      {
        id: 'gcp:projects/p1/roles/r',
        name: 'r',
        cloud: 'gcp' as const,
        actions: [permission],
        notActions: [],
        dataActions: [],
        notDataActions: [],
      },
    ];
    const on = (scope: string) =>
      estate({roleDefinitions, assignments: [bind(ALICE, 'projects/p1/roles/r', scope)]}).reach(ALICE, APP);
    expect([on(APP), on(P1), on(ORG), on(P2)]).toEqual([expected, expected, expected, 'no']);
  });

  test('implicit delegation reaches what the accounts on the way may mint tokens for, not the accounts themselves', () => {
    const [middle, last] = [
      'gcp:serviceAccount:m@p1.iam.gserviceaccount.com',
      'gcp:serviceAccount:z@p2.iam.gserviceaccount.com',
    ];
    const delegator = [
      {
        id: 'gcp:projects/p1/roles/d',
        name: 'd',
        cloud: 'gcp' as const,
        actions: ['iam.serviceAccounts.implicitDelegation'],
        notActions: [],
        dataActions: [],
        notDataActions: [],
      },
    ];
    const {reach} = estate({
      principals: [member(middle, 'serviceAccount', P1), member(last, 'serviceAccount', P2)],
      roleDefinitions: delegator,
      assignments: [
        bind(ALICE, 'projects/p1/roles/d', APP),
        bind(APP, 'projects/p1/roles/d', middle),
        bind(middle, 'roles/iam.serviceAccountOpenIdTokenCreator', last),
        bind(middle, 'roles/iam.serviceAccountTokenCreator', OPS),
      ],
    });
    expect([APP, middle, OPS, last].map((to) => reach(ALICE, to))).toEqual(['no', 'no', '0 certain', 'no']);
  });

  test('updating a custom role one holds is control of where it is bound', () => {
    const role = (name: string, actions: string[]) => ({
      id: `gcp:projects/p1/roles/${name}`,
      name,
      cloud: 'gcp' as const,
      actions,
      notActions: [],
      dataActions: [],
      notDataActions: [],
    });
    const {reach} = estate({
      roleDefinitions: [role('log', ['logging.logEntries.create'])],
      assignments: [
        bind(ALICE, 'roles/iam.roleAdmin', P1),
        bind(ALICE, 'projects/p1/roles/log', P2),
        bind(OPS, 'roles/iam.roleAdmin', P1),
      ],
    });
    expect([reach(ALICE, VM2), reach(ALICE, VM), reach(OPS, VM)]).toEqual(['0 certain', 'no', 'no']);
  });
});

describe('composite rules', () => {
  const USER = 'roles/iam.serviceAccountUser';
  test.each([
    [
      'both on the project',
      [bind(ALICE, USER, P1), bind(ALICE, 'roles/compute.instanceAdmin.v1', P1)],
      '0 certain',
    ],
    [
      'acting on the account alone, starting on the organisation',
      [bind(ALICE, USER, APP), bind(ALICE, 'roles/run.admin', ORG)],
      '0 certain',
    ],
    ['functions', [bind(ALICE, USER, P1), bind(ALICE, 'roles/cloudfunctions.developer', P1)], '0 certain'],
    ['builds', [bind(ALICE, USER, P1), bind(ALICE, 'roles/cloudbuild.builds.editor', P1)], '0 certain'],
    ['only acting', [bind(ALICE, USER, ORG)], 'no'],
    ['only starting', [bind(ALICE, 'roles/run.developer', P1)], 'no'],
    ['in another project', [bind(ALICE, USER, P1), bind(ALICE, 'roles/run.developer', P2)], '0 conditional'],
    [
      'half until yesterday',
      [
        bind(ALICE, USER, P1),
        bind(ALICE, 'roles/run.developer', P1, {
          condition: 'request.time < timestamp("2026-11-21T00:00:00Z")',
        }),
      ],
      'no',
    ],
    [
      'half by tag',
      [
        bind(ALICE, USER, P1, {condition: 'resource.matchTag("1/a", "b")'}),
        bind(ALICE, 'roles/run.developer', P1),
      ],
      '0 conditional',
    ],
  ])('%s', (_, assignments, expected) => {
    expect(estate({assignments}).reach(ALICE, APP)).toBe(expected);
  });

  test.each([
    ['onto a machine without the right to act as its account', [], ['0 certain', '0 conditional']],
    ['with it on the project, by another binding', [bind(ALICE, USER, P1)], ['0 certain', '0 certain']],
    ['with it on the account alone', [bind(ALICE, USER, APP)], ['0 certain', '0 certain']],
    ['with it in another project', [bind(ALICE, USER, P2)], ['0 certain', '0 conditional']],
  ])('%s', (_, more, expected) => {
    const {reach, index} = estate({
      assignments: [bind(ALICE, 'roles/compute.instanceAdmin.v1', P1), ...more],
    });
    expect([reach(ALICE, VM), reach(ALICE, APP)]).toEqual(expected);
    // Disks can be copied either way; code runs there only with both.
    const whole = index.graph.edges.filter(
      ({from, to, certainty}) =>
        from === ALICE && to === `${P1}#compute.googleapis.com/Instance` && certainty === 'certain',
    );
    expect(whole).toHaveLength(expected[1] === '0 certain' && more[0]?.scope === P1 ? 1 : 0);
  });

  test('halves through two groups join in the member, not in the groups', () => {
    const [a, b] = ['gcp:group:a@x.example', 'gcp:group:b@x.example'];
    const {reach} = estate({
      principals: [
        member(ALICE, 'user', null, {memberOf: [a, b]}),
        member(a, 'group', null),
        member(b, 'group', null),
      ],
      assignments: [bind(a, USER, P1), bind(b, 'roles/run.developer', P1)],
    });
    expect([reach(ALICE, APP), reach(a, APP), reach(b, APP)]).toEqual(['0 certain', 'no', 'no']);
  });

  test('builds and deployments act with the account of their service', () => {
    const agent = 'gcp:serviceAccount:11@cloudbuild.gserviceaccount.com';
    const {reach} = estate({
      principals: [member(agent, 'serviceAccount', null)],
      assignments: [bind(ALICE, 'roles/cloudbuild.builds.editor', P1), bind(agent, 'roles/owner', P1)],
    });
    expect(reach(ALICE, VM)).toBe('0 conditional');
  });

  test('the answer about accounts of other projects settles the edge', () => {
    const answers = [
      {
        gap: `gap:gcp-cross-project-accounts:${P1}`,
        answer: 'no' as const,
        by: 'Kim',
        date: '2026-11-01',
        because: 'enforced',
        place: AT,
      },
    ];
    const assignments = [bind(ALICE, USER, P1), bind(ALICE, 'roles/run.developer', P2)];
    expect(estate({assignments, answers}).reach(ALICE, APP)).toBe('no');
  });
});

describe('workloads and keys', () => {
  test.each([
    ['https://www.googleapis.com/auth/cloud-platform', '0 certain'],
    [
      'https://www.googleapis.com/auth/devstorage.read_only https://www.googleapis.com/auth/logging.write',
      '0 conditional',
    ],
    ['', '0 conditional'],
    [null, '0 certain'],
  ])('scopes %s', (scopes, expected) => {
    const {reach} = estate({
      workloads: [
        google(VM, P1, 'compute.googleapis.com/Instance', {
          identities: [APP],
          attributes: scopes === null ? {} : {oauthScopes: scopes},
        }),
      ],
    });
    expect(reach(VM, APP)).toBe(expected);
  });

  test('clusters are masters of the accounts of their identity pool', () => {
    const account = 'gcp:serviceAccount:p1.svc.id.goog[shop/api]';
    const cluster = 'gcp://container.googleapis.com/projects/p1/locations/l/clusters/c';
    const {reach} = estate({
      workloads: [
        google(cluster, P1, 'container.googleapis.com/Cluster', {
          type: 'cluster',
          attributes: {workloadPool: 'p1.svc.id.goog'},
        }),
      ],
      principals: [member(account, 'serviceAccount', null)],
      assignments: [bind(account, 'roles/iam.workloadIdentityUser', OPS)],
    });
    expect([reach(cluster, OPS), reach('provider:gcp', account)]).toEqual(['0 certain', '2 certain']);
  });

  test('the default account with a basic role and full scopes is told', () => {
    const standard = 'gcp:serviceAccount:11-compute@developer.gserviceaccount.com';
    const {reach, findings} = estate({
      workloads: [google(VM, P1, 'compute.googleapis.com/Instance', {identities: [standard]})],
      principals: [member(standard, 'serviceAccount', P1)],
      assignments: [bind(standard, 'roles/editor', P1)],
    });
    expect(reach(VM, APP)).toBe('0 certain');
    expect(findings.find(({code}) => code === 'BH-ID-310')).toMatchObject({where: {id: standard}});
  });

  test.each<[string, Partial<Credential>, string]>([
    ['user-managed', {}, '0 certain'],
    ['disabled', {active: false}, 'no'],
    ['expired', {expires: '2026-01-01T00:00:00Z'}, 'no'],
    ['valid for long', {expires: '2030-01-01T00:00:00Z'}, '0 certain'],
    ['HMAC', {kind: 'hmacKey'}, '0 conditional'],
    ['rotated by Google', {managedBy: 'provider'}, 'no node'],
  ])('key: %s', (_, more, expected) => {
    const key: Credential = {
      id: `${APP}#k`,
      principal: APP,
      kind: 'saKey',
      name: 'k',
      cloud: 'gcp',
      created: '2024-01-01T00:00:00Z',
      expires: null,
      neverExpires: true,
      lastUsed: null,
      active: true,
      mfa: null,
      publicKeySha256: null,
      managedBy: 'customer',
      ...more,
    };
    expect(estate({credentials: [key]}).reach(`${APP}#k`, APP)).toBe(expected);
  });
});

describe('workload identity pools', () => {
  const POOL = 'projects/11/locations/global/workloadIdentityPools/ci';
  const ALL = `gcp:principalSet://iam.googleapis.com/${POOL}/*`;
  const REPO = `gcp:principalSet://iam.googleapis.com/${POOL}/attribute.repository/octo/shop`;
  const MAIN = `gcp:principal://iam.googleapis.com/${POOL}/subject/repo:octo/shop:ref:refs/heads/main`;
  const ask = (
    who: string,
    more: Parameters<typeof provider>[1],
    principals: Parameters<typeof estate>[0]['principals'] = [],
  ) =>
    estate({
      principals: [member(who, 'foreign', null), ...(principals ?? [])],
      identityProviders: [provider(`gcp:${POOL}/providers/github`, more)],
      assignments: [bind(who, 'roles/iam.workloadIdentityUser', APP)],
    });
  const HUB = 'oidc:https://token.actions.githubusercontent.com';

  test.each([
    ['empty condition, everyone', ALL, {}, '0 certain', '0 certain', '0 certain'],
    ['empty condition, one repository', REPO, {}, '0 certain', 'no', '0 certain'],
    ['empty condition, one subject', MAIN, {}, '0 certain', 'no', '0 certain'],
    [
      'owner pinned',
      ALL,
      {condition: "assertion.repository_owner == 'octo'"},
      '0 certain',
      'no',
      '0 certain',
    ],
    ['another owner pinned', REPO, {condition: "assertion.repository_owner == 'acme'"}, 'no', 'no', 'no'],
    [
      'a list of repositories',
      ALL,
      {condition: "attribute.repository in ['octo/shop', 'octo/web']"},
      '0 certain',
      'no',
      '0 certain',
    ],
    [
      'a beginning of the subject',
      ALL,
      {condition: "google.subject.startsWith('repo:octo/')"},
      '0 certain',
      'no',
      '0 certain',
    ],
    [
      'something else',
      ALL,
      {condition: "assertion.actor.matches('b.*')"},
      '0 conditional',
      '0 conditional',
      '0 conditional',
    ],
    [
      'something else beside a pin',
      ALL,
      {condition: "assertion.repository_owner == 'octo' && assertion.ref.matches('x')"},
      '0 conditional',
      'no',
      '0 conditional',
    ],
    ['condition not exported', ALL, {condition: null}, '0 conditional', '0 conditional', '0 conditional'],
    ['disabled', ALL, {disabled: true}, 'no node', 'no node', 'no node'],
  ])('%s', (_, who, more, issuer, anyone, org) => {
    const {reach} = ask(who, more);
    const owner = reach('git-org:github.com/octo', APP);
    expect(
      [reach(HUB, APP), reach('public:anyone', APP)].map((found) => found.replace('no node', 'no')),
    ).toEqual([issuer, anyone].map((found) => found.replace('no node', 'no')));
    // Everyone at the issuer includes the organisation, which then has no node of its own.
    expect(owner === 'no node' ? reach(HUB, APP).replace('no node', 'no') : owner).toBe(
      org.replace('no node', 'no'),
    );
  });

  test('an open pool at a shared issuer is told', () => {
    expect(ask(ALL, {}).findings.find(({code}) => code === 'BH-ID-320')?.severity).toBe('high');
    expect(
      ask(ALL, {condition: 'assertion.repository_owner == "octo"'}).findings.find(
        ({code}) => code === 'BH-ID-320',
      ),
    ).toBeUndefined();
    expect(
      ask(ALL, {issuer: 'https://idp.x.example'}).findings.find(({code}) => code === 'BH-ID-320'),
    ).toBeUndefined();
  });

  test('a disabled pool, an AWS account, a SAML key shared with others, a pool nobody exported', () => {
    expect(
      ask(REPO, {}, [member(ALL, 'principalSet', null, {attributes: {disabled: true}})]).reach(HUB, APP),
    ).toBe('no node');
    const role = `gcp:principalSet://iam.googleapis.com/${POOL}/attribute.aws_role/arn:aws:sts::123456789012:assumed-role/deploy`;
    expect(ask(role, {kind: 'aws', issuer: '123456789012'}).reach('aws-account:123456789012', APP)).toBe(
      '0 certain',
    );
    const sha = 'a'.repeat(64);
    expect(
      ask(ALL, {kind: 'saml', issuer: 'https://adfs.x.example/x', publicKeySha256: [sha]}).reach(
        `key:${sha}`,
        APP,
      ),
    ).toBe('0 certain');
    const lost = estate({
      principals: [member(ALL, 'foreign', null)],
      assignments: [bind(ALL, 'roles/iam.workloadIdentityUser', APP)],
    });
    expect(lost.reach(`oidc:${POOL.toLowerCase()}`, APP)).toBe('0 certain');
  });
});

describe('Workspace', () => {
  const GMAIL = 'saas:gmail';
  const SHA = 'b'.repeat(64);
  const world = (scopes: string[]) =>
    estate({
      workloads: [google(GMAIL, null, '', {id: GMAIL, name: 'Gmail', type: 'saas', cloud: 'saas'})],
      principals: [
        member(APP, 'serviceAccount', P1, {attributes: {uniqueId: '777'}}),
        member('gcp:user:root@x.example', 'user', null),
      ],
      edges: [
        {
          from: 'workspace:C01',
          to: 'gcp-org:1',
          kind: 'ADMINISTERS',
          level: 0,
          certainty: 'certain',
          evidence: '',
          place: AT,
        },
      ],
      roots: [
        {id: 'workspace:C01', kind: 'workspaceCustomer', name: 'C01'},
        {id: 'gcp-org:1', kind: 'gcpOrg', name: 'x.example'},
      ],
      identity: [
        declaration({
          workspace: [
            {
              customer: 'C01',
              domains: ['x.example'],
              superAdmins: ['root@x.example'],
              domainWideDelegation: [{client: '777', scopes}],
              ssoProfiles: [{issuer: 'https://idp.x.example/saml', keySha256: SHA}],
              place: AT,
            },
          ],
        }),
      ],
      assignments: [bind(ALICE, 'roles/storage.objectViewer', BUCKET)],
    });

  test('super administrators rule the customer, and that the organisation', () => {
    expect(world([]).reach('gcp:user:root@x.example', VM)).toBe('0 certain');
    expect(world([]).reach(ALICE, VM)).toBe('no');
  });

  test.each([
    ['https://www.googleapis.com/auth/admin.directory.user', '0 certain', '0 certain'],
    ['https://www.googleapis.com/auth/cloud-platform', '0 certain', '0 certain'],
    ['https://www.googleapis.com/auth/gmail.readonly', 'no', 'no'],
  ])('delegation with %s', (scope, users, organisation) => {
    const {reach} = world([scope]);
    expect([reach(APP, ALICE), reach(APP, 'gcp-org:1')]).toEqual([users, organisation]);
  });

  test('mail scopes open mail, and no more than they say', () => {
    expect(capsOf(world(['https://www.googleapis.com/auth/gmail.readonly']), APP, GMAIL)).toBe('read');
    expect(capsOf(world(['https://mail.google.com/']), APP, GMAIL)).toBe('destroy,read,write');
  });

  test('the key that signs users in reaches what they reach', () => {
    const {reach} = world([]);
    expect(reach(`key:${SHA}`, BUCKET)).toBe('0 certain');
    // Super administrators sign in with Google itself, unless the older profile is on.
    expect([reach(`key:${SHA}`, 'gcp:user:root@x.example'), reach(`key:${SHA}`, VM)]).toEqual([
      '0 conditional',
      '0 conditional',
    ]);
  });

  test('super administrators of a directory export', () => {
    const {reach} = estate({
      principals: [member(ALICE, 'user', null, {attributes: {superAdmin: true, customer: 'C02'}})],
    });
    expect(reach(ALICE, 'workspace:C02')).toBe('0 certain');
  });
});
