import {describe, expect, test} from 'vitest';
import type {AccessBoundary} from '../../../../src/model/identity-facts.ts';
import type {DenyRule} from '../../../../src/model/identity-facts.ts';
import {
  ALICE,
  APP,
  BUCKET,
  BUCKET2,
  FOLDER,
  OPS,
  ORG,
  P1,
  P2,
  SECRET,
  SQL,
  VM,
  VM2,
  bind,
  capsOf,
  estate,
  google,
  member,
} from './support.ts';

describe('predefined and basic roles', () => {
  test.each([
    // role, scope, machine, other project's machine, bucket, secret, account
    ['roles/owner', P1, '0 certain', 'no', '0 certain', '0 certain', '0 certain'],
    ['roles/editor', P1, '0 certain', 'no', '0 conditional', '0 certain', '0 certain'],
    ['roles/viewer', P1, 'no', 'no', '0 conditional', 'no', 'no'],
    [
      'roles/resourcemanager.organizationAdmin',
      ORG,
      '0 certain',
      '0 certain',
      '0 certain',
      '0 certain',
      '0 certain',
    ],
    // Without the right to act as accounts it copies disks; a shell on a machine that has an account needs that too.
    ['roles/compute.admin', P1, '0 certain', 'no', 'no', 'no', '0 conditional'],
    ['roles/storage.objectViewer', ORG, 'no', 'no', '0 certain', 'no', 'no'],
    ['roles/secretmanager.secretAccessor', P1, 'no', 'no', 'no', '0 certain', 'no'],
    ['roles/secretmanager.viewer', P1, 'no', 'no', 'no', 'no', 'no'],
    ['roles/iam.serviceAccountKeyAdmin', P1, 'no', 'no', 'no', 'no', '0 certain'],
    ['roles/iam.serviceAccountUser', P1, 'no', 'no', 'no', 'no', 'no'],
    ['roles/nobody.knows', P1, '0 unknown', 'no', '0 unknown', '0 unknown', '0 unknown'],
  ])('%s on %s', (role, scope, ...expected) => {
    const {reach} = estate({assignments: [bind(ALICE, role, scope)]});
    expect([VM, VM2, BUCKET, SECRET, APP].map((to) => reach(ALICE, to))).toEqual(expected);
  });

  test.each([
    ['roles/storage.objectViewer', BUCKET, 'read'],
    ['roles/storage.objectAdmin', BUCKET, 'destroy,read,write'],
    ['roles/storage.admin', BUCKET, 'control'],
    ['roles/secretmanager.secretAccessor', SECRET, 'read'],
    ['roles/cloudsql.client', SQL, ''],
    ['roles/cloudsql.admin', SQL, 'control'],
    ['roles/cloudsql.viewer', SQL, 'read'],
  ])('%s gives %s: %s', (role, to, caps) => {
    const found = capsOf(estate({assignments: [bind(ALICE, role, P1)]}), ALICE, to);
    expect(found.split(',').includes('control') ? 'control' : found).toBe(caps);
  });

  test('a role on one bucket reaches that bucket, a role on a part of a key ring is conditional', () => {
    const ring = 'gcp://cloudkms.googleapis.com/projects/p1/locations/l/keyRings/r';
    const {reach} = estate({
      workloads: [google(ring, P1, 'cloudkms.googleapis.com/KeyRing', {type: 'key-vault'})],
      assignments: [
        bind(ALICE, 'roles/storage.objectViewer', BUCKET),
        bind(ALICE, 'roles/cloudkms.cryptoKeyDecrypter', `${ring}/cryptoKeys/k`),
      ],
    });
    expect([reach(ALICE, BUCKET), reach(ALICE, BUCKET2), reach(ALICE, ring)]).toEqual([
      '0 certain',
      'no',
      '0 conditional',
    ]);
  });

  test("a bucket's own policy decides what basic roles read", () => {
    const editors = 'gcp:projectEditor:p1';
    const {reach, index} = estate({
      principals: [member(editors, 'group', null)],
      assignments: [
        bind(ALICE, 'roles/editor', P1),
        bind(editors, 'roles/storage.legacyBucketOwner', BUCKET),
      ],
    });
    expect(reach(ALICE, editors)).toBe('0 certain');
    expect(index.graph.gaps.filter(({id}) => id.startsWith('gap:gcp'))).toEqual([]);
  });

  test('custom roles count by permission; a disabled one allows nothing', () => {
    const role = (id: string, actions: string[]) => ({
      id: `gcp:${id}`,
      name: id,
      cloud: 'gcp' as const,
      actions,
      notActions: [],
      dataActions: [],
      notDataActions: [],
    });
    const {reach, findings} = estate({
      roleDefinitions: [
        role('projects/p1/roles/meta', ['compute.instances.setMetadata', 'iam.serviceAccounts.actAs']),
        role('projects/p1/roles/off', []),
      ],
      assignments: [
        bind(ALICE, 'projects/p1/roles/meta', P1),
        bind(OPS, 'projects/p1/roles/off', P1),
        bind(APP, 'projects/p1/roles/lost', P2),
      ],
    });
    expect([reach(ALICE, VM), reach(ALICE, APP), reach(ALICE, BUCKET)]).toEqual([
      '0 certain',
      '0 certain',
      'no',
    ]);
    expect([reach(OPS, VM), reach(APP, VM2)]).toEqual(['no', '0 unknown']);
    expect(findings.filter(({code}) => code === 'BH-ID-001')).toHaveLength(1);
  });

  test('a service the table does not know is conditional for roles that change it', () => {
    const looker = 'gcp://looker.googleapis.com/projects/p1/locations/l/instances/i';
    const {reach} = estate({
      workloads: [google(looker, P1, 'looker.googleapis.com/Instance', {type: 'other'})],
      assignments: [bind(ALICE, 'roles/looker.admin', P1), bind(OPS, 'roles/looker.viewer', P1)],
    });
    expect([reach(ALICE, looker), reach(OPS, looker)]).toEqual(['0 conditional', 'no']);
  });
});

describe('members', () => {
  test('the public, groups in groups, loops of groups, deleted accounts', () => {
    const [inner, outer] = ['gcp:group:in@x.example', 'gcp:group:out@x.example'];
    const {reach, findings} = estate({
      principals: [
        member('gcp:allAuthenticatedUsers', 'public', null),
        member(ALICE, 'user', null, {memberOf: [inner]}),
        member(inner, 'group', null, {memberOf: [outer]}),
        member(outer, 'group', null, {memberOf: [inner]}),
        member('gcp:deleted:user:bob@x.example?uid=1', 'unknown', null),
      ],
      assignments: [
        bind('gcp:allAuthenticatedUsers', 'roles/storage.objectViewer', BUCKET),
        bind(outer, 'roles/compute.instanceAdmin.v1', P1),
        bind('gcp:deleted:user:bob@x.example?uid=1', 'roles/owner', ORG),
      ],
    });
    expect([reach('public:anyone', BUCKET), reach(ALICE, VM)]).toEqual(['0 certain', '0 certain']);
    expect(reach('gcp:deleted:user:bob@x.example?uid=1', VM)).toBe('no');
    expect(findings.find(({code}) => code === 'BH-ID-301')).toBeDefined();
  });

  test('memberships listed under a group name join rights under its address', () => {
    const group = 'gcp:group:team@x.example';
    const {reach} = estate({
      principals: [
        member(group, 'group', null, {attributes: {uniqueName: 'groups/0abc'}}),
        member(ALICE, 'user', null, {memberOf: ['gcp:groups/0abc']}),
      ],
      assignments: [bind(group, 'roles/owner', P1)],
    });
    expect(reach(ALICE, VM)).toBe('0 certain');
  });

  test('a disabled service account keeps its rights in doubt, for whoever may enable it', () => {
    const {reach} = estate({
      principals: [member(OPS, 'serviceAccount', P2, {attributes: {disabled: true}})],
      assignments: [bind(OPS, 'roles/owner', P1)],
    });
    expect(reach(OPS, VM)).toBe('0 conditional');
  });
});

describe('conditions', () => {
  test.each([
    ['request.time < timestamp("2026-01-01T00:00:00Z")', 'no', 'no'],
    ['request.time < timestamp("2027-01-01T00:00:00Z")', '0 certain', '0 certain'],
    ['request.time > timestamp("2027-01-01T00:00:00Z")', '0 conditional', '0 conditional'],
    ['resource.name.startsWith("projects/_/buckets/data2")', 'no', '0 certain'],
    ['resource.name == "projects/_/buckets/data2/objects/x"', 'no', '0 conditional'],
    ['!resource.name.startsWith("projects/_/buckets/data2")', '0 certain', 'no'],
    ['resource.type == "storage.googleapis.com/Bucket"', 'no', 'no'],
    [
      'resource.service == "storage.googleapis.com" && resource.type != "storage.googleapis.com/Bucket"',
      '0 certain',
      '0 certain',
    ],
    ['resource.matchTag("1/env", "prod")', '0 conditional', '0 conditional'],
    ['resource.matchTag("1/env", "prod") && request.time < timestamp("2026-01-01T00:00:00Z")', 'no', 'no'],
    ['request.time.getHours("Europe/Berlin") < 18', '0 conditional', '0 conditional'],
    ['"levels/corp" in request.auth.access_levels', '1 conditional', '1 conditional'],
    ['this is (no condition', '0 conditional', '0 conditional'],
    [`${'('.repeat(5000)}true${')'.repeat(5000)}`, '0 conditional', '0 conditional'],
  ])('%s', (condition, first, second) => {
    const {reach} = estate({assignments: [bind(ALICE, 'roles/storage.objectViewer', ORG, {condition})]});
    expect([reach(ALICE, BUCKET), reach(ALICE, BUCKET2)]).toEqual([first, second]);
  });

  test('Google allows none on basic roles and for the public', () => {
    const condition = 'request.time < timestamp("2027-01-01T00:00:00Z")';
    const {reach} = estate({
      principals: [member('gcp:allUsers', 'public', null)],
      assignments: [
        bind(ALICE, 'roles/owner', P1, {condition}),
        bind('gcp:allUsers', 'roles/storage.objectViewer', BUCKET, {condition}),
      ],
    });
    expect([reach(ALICE, VM), reach('public:anyone', BUCKET)]).toEqual(['0 conditional', '0 conditional']);
  });
});

function deny(more: Partial<DenyRule>): DenyRule {
  return {
    id: 'd',
    name: 'no key export',
    cloud: 'gcp',
    scope: ORG,
    inherited: true,
    principals: ['*'],
    exceptPrincipals: [],
    actions: [],
    exceptActions: [],
    dataActions: [],
    exceptDataActions: [],
    condition: null,
    ...more,
  };
}

describe('deny policies', () => {
  const keys = ['iam.googleapis.com/serviceAccountKeys.create'];
  test.each<[string, DenyRule, string]>([
    ['everyone', deny({actions: keys}), 'no'],
    ['everyone but her', deny({actions: keys, exceptPrincipals: [ALICE]}), '0 certain'],
    ['another permission', deny({actions: ['iam.googleapis.com/roles.create']}), '0 certain'],
    ['a group of permissions', deny({actions: ['iam.googleapis.com/*.create']}), 'no'],
    ['all but this', deny({actions: ['iam.googleapis.com/*.*'], exceptActions: keys}), '0 certain'],
    [
      'with a condition on tags',
      deny({actions: keys, condition: 'resource.matchTag("1/e", "p")'}),
      '0 conditional',
    ],
    ['on the project', deny({actions: keys, scope: P1}), 'no'],
    ['on another project', deny({actions: keys, scope: P2}), '0 certain'],
    [
      'for a group nobody lists',
      deny({actions: keys, principals: ['gcp:group:g@x.example']}),
      '0 conditional',
    ],
    [
      'for the directory',
      deny({actions: keys, principals: ['principalSet://goog/cloudIdentityCustomerId/C01']}),
      '0 conditional',
    ],
    ['on a container nobody knows', deny({actions: keys, scope: 'gcp:projects/404'}), '0 certain'],
  ])('%s', (_, rule, expected) => {
    const {reach} = estate({
      denyRules: [rule],
      assignments: [bind(ALICE, 'roles/iam.serviceAccountKeyAdmin', ORG)],
    });
    expect(reach(ALICE, APP)).toBe(expected);
  });

  test('a rule on one folder leaves the rest of the organisation', () => {
    const {reach} = estate({
      denyRules: [deny({actions: ['storage.googleapis.com/objects.get'], scope: FOLDER})],
      assignments: [bind(ALICE, 'roles/storage.objectViewer', ORG)],
    });
    expect([reach(ALICE, BUCKET), reach(ALICE, BUCKET2)]).toEqual(['0 certain', 'no']);
  });

  test('what is denied to one member of a group stays with the others', () => {
    const group = 'gcp:group:team@x.example';
    const bob = 'gcp:user:bob@x.example';
    const {reach} = estate({
      principals: [
        member(ALICE, 'user', null, {memberOf: [group]}),
        member(bob, 'user', null, {memberOf: [group]}),
        member(group, 'group', null),
      ],
      denyRules: [deny({actions: ['storage.googleapis.com/objects.get'], principals: [bob]})],
      assignments: [
        bind(group, 'roles/storage.objectViewer', P1),
        bind(group, 'roles/compute.instanceAdmin.v1', P1),
      ],
    });
    expect([reach(ALICE, BUCKET), reach(bob, BUCKET), reach(bob, VM)]).toEqual([
      '0 certain',
      'no',
      '0 certain',
    ]);
  });
});

describe('principal access boundaries', () => {
  const policy: AccessBoundary = {
    id: 'gcp:pab',
    name: 'pab',
    cloud: 'gcp' as const,
    principals: [],
    resources: ['//cloudresourcemanager.googleapis.com/projects/p2'],
    condition: null,
    enforcementVersion: '3',
  };
  const binding: AccessBoundary = {
    ...policy,
    id: 'gcp:pab-b',
    principals: ['//cloudresourcemanager.googleapis.com/projects/p2'],
    resources: [],
    policy: 'gcp:pab',
  };
  const ask = (boundaries: AccessBoundary[]) =>
    estate({
      accessBoundaries: boundaries,
      assignments: [
        bind(OPS, 'roles/storage.objectViewer', ORG),
        bind(OPS, 'roles/compute.instanceAdmin.v1', ORG),
      ],
    });

  test('principals bound to one lose what lies outside, for permissions it can hold back', () => {
    const {reach} = ask([policy, binding]);
    expect([BUCKET, BUCKET2, VM].map((to) => reach(OPS, to))).toEqual(['no', '0 certain', '0 certain']);
  });

  test('a condition that excludes the account, a policy nobody exported, a version nobody states', () => {
    expect(
      ask([
        policy,
        {
          ...binding,
          condition: 'principal.type == "iam.googleapis.com/WorkforcePoolIdentity"',
        },
      ]).reach(OPS, BUCKET),
    ).toBe('0 certain');
    const lost = ask([binding]);
    expect(lost.reach(OPS, BUCKET)).toBe('0 conditional');
    expect(lost.findings.find(({code}) => code === 'BH-ID-303')).toBeDefined();
    const {enforcementVersion: _, ...open} = policy;
    expect(ask([open, binding]).reach(OPS, BUCKET)).toBe('no');
  });
});
