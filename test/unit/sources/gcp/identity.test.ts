import {existsSync, globSync, readFileSync} from 'node:fs';
import {describe, expect, it, test} from 'vitest';
import type {Decoded} from '../../../../src/model/decoded.ts';
import type {Intake} from '../../../../src/model/estate.ts';
import {codes, counts, expectSound, read, readDecoded, takers} from '../cloud/support.ts';
import {FILE} from '../cloud/support.ts';
import {shapes} from '../../../../src/sources/gcp/shapes.ts';

const EMAIL = 'app@shop.iam.gserviceaccount.com';
const POOL = 'projects/11/locations/global/workloadIdentityPools/ci';

describe('deny policies', () => {
  const rule = {
    deniedPrincipals: [
      'principalSet://goog/public:all',
      'principal://goog/subject/ann@x.example',
      'deleted:principal://goog/subject/bob@x.example?uid=1',
    ],
    exceptionPrincipals: [
      `principal://iam.googleapis.com/projects/-/serviceAccounts/${EMAIL}`,
      'principalSet://goog/group/admins@x.example',
      `principalSet://iam.googleapis.com/${POOL}/*`,
      'principalSet://goog/cloudIdentityCustomerId/C01',
    ],
    deniedPermissions: ['iam.googleapis.com/roles.create'],
    exceptionPermissions: ['iam.googleapis.com/roles.get'],
    denialCondition: {title: 'prod', expression: 'resource.matchTag("1/env", "prod")'},
  };
  const name = 'policies/cloudresourcemanager.googleapis.com%2Fprojects%2F11/denypolicies/no-roles';

  it('reads attachment point, principals by the ids bindings use, and the condition', () => {
    for (const written of [
      {name, rules: [{denyRule: rule}]},
      [{name, rules: [{denyRule: rule}]}],
      {policies: [{name: name.replaceAll('%', '%25'), rules: [{denyRule: rule}]}]},
    ]) {
      const {facts} = read(written);
      expect(facts.denyRules).toMatchObject([
        {
          scope: 'gcp:projects/11',
          principals: ['*', 'gcp:user:ann@x.example'],
          exceptPrincipals: [
            `gcp:serviceAccount:${EMAIL}`,
            'gcp:group:admins@x.example',
            `gcp:principalSet://iam.googleapis.com/${POOL}/*`,
            'principalSet://goog/cloudIdentityCustomerId/C01',
          ],
          actions: ['iam.googleapis.com/roles.create'],
          exceptActions: ['iam.googleapis.com/roles.get'],
          condition: 'resource.matchTag("1/env", "prod")',
        },
      ]);
    }
  });

  it('says so when a listing leaves the rules out, a rule is of another kind, or the name is broken', () => {
    expect(codes(read([{name, displayName: 'x'}]))).toContain('BH-SRC-320');
    expect(codes(read([{name, rules: [{otherRule: {}}]}]))).toContain('BH-SRC-321');
    expect(counts(read([{name: 'policies/%E0%A4%A/denypolicies/x', rules: [{denyRule: rule}]}]))).toEqual({
      'no attachment point': 1,
    });
  });
});

it('reads boundaries and their bindings', () => {
  const policy = 'organizations/1/locations/global/principalAccessBoundaryPolicies/eu';
  const {facts} = read([
    {
      name: policy,
      displayName: 'EU only',
      details: {
        rules: [{resources: ['//cloudresourcemanager.googleapis.com/folders/2'], effect: 'ALLOW'}],
        enforcementVersion: '3',
      },
    },
  ]);
  expect(facts.accessBoundaries).toMatchObject([
    {
      id: `gcp:${policy}`,
      resources: ['//cloudresourcemanager.googleapis.com/folders/2'],
      enforcementVersion: '3',
      principals: [],
    },
  ]);
  const bound = read([
    {
      name: 'organizations/1/locations/global/policyBindings/b',
      target: {principalSet: '//iam.googleapis.com/locations/global/workspace/C01'},
      policyKind: 'PRINCIPAL_ACCESS_BOUNDARY',
      policy,
      condition: {expression: "principal.type == 'iam.googleapis.com/WorkspaceIdentity'"},
    },
  ]);
  expect(bound.facts.accessBoundaries).toMatchObject([
    {
      policy: `gcp:${policy}`,
      principals: ['//iam.googleapis.com/locations/global/workspace/C01'],
      condition: expect.stringContaining('principal.type'),
    },
  ]);
});

it('reads custom roles: a disabled or deleted one allows nothing, one without permissions says nothing', () => {
  const intake = read([
    {name: 'projects/shop/roles/a', title: 'A', stage: 'GA', includedPermissions: ['storage.objects.get']},
    {
      name: 'projects/shop/roles/b',
      title: 'B',
      stage: 'DISABLED',
      includedPermissions: ['storage.objects.get'],
    },
    {name: 'projects/shop/roles/c', title: 'C', deleted: true},
    {name: 'projects/shop/roles/d', title: 'D', stage: 'GA'},
  ]);
  expect(intake.facts.roleDefinitions.map(({id, actions}) => [id, actions])).toEqual([
    ['gcp:projects/shop/roles/a', ['storage.objects.get']],
    ['gcp:projects/shop/roles/b', []],
    ['gcp:projects/shop/roles/c', []],
  ]);
  expect(codes(intake)).toEqual(['BH-SRC-322']);
});

describe('service accounts and keys', () => {
  it('reads accounts and who is disabled', () => {
    const {facts} = read([
      {
        name: `projects/shop/serviceAccounts/${EMAIL}`,
        email: EMAIL,
        uniqueId: '123',
        projectId: 'shop',
        disabled: true,
      },
    ]);
    expect(facts.principals).toMatchObject([
      {
        id: `gcp:serviceAccount:${EMAIL}`,
        container: 'gcp:projects/shop',
        attributes: {uniqueId: '123', disabled: true},
      },
    ]);
  });

  it('reads keys: who rotates them, since when, until when, and never a secret', () => {
    const intake = read([
      {
        name: `projects/shop/serviceAccounts/${EMAIL}/keys/k1`,
        keyType: 'USER_MANAGED',
        keyOrigin: 'GOOGLE_PROVIDED',
        validAfterTime: '2021-01-01T00:00:00Z',
        validBeforeTime: '9999-12-31T23:59:59Z',
        privateKeyData: 'c2VjcmV0LXNlY3JldA==',
      },
      {
        name: `projects/shop/serviceAccounts/${EMAIL}/keys/k2`,
        keyType: 'SYSTEM_MANAGED',
        validAfterTime: '2026-11-01T00:00:00Z',
        validBeforeTime: '2026-11-20T00:00:00Z',
        disabled: true,
      },
      {name: 'projects/shop/serviceAccounts/123/keys/k3', keyType: 'USER_MANAGED'},
    ]);
    expect(intake.facts.credentials).toMatchObject([
      {
        id: `gcp:serviceAccount:${EMAIL}#k1`,
        kind: 'saKey',
        created: '2021-01-01T00:00:00Z',
        expires: null,
        neverExpires: true,
        active: null,
        managedBy: 'customer',
      },
      {
        id: `gcp:serviceAccount:${EMAIL}#k2`,
        expires: '2026-11-20T00:00:00Z',
        neverExpires: false,
        active: false,
        managedBy: 'provider',
      },
    ]);
    expect(counts(intake)).toEqual({'service account key': 2, 'no address of an account': 1});
    expect(JSON.stringify(intake)).not.toContain('c2VjcmV0');
  });

  it('reads HMAC keys', () => {
    const {facts} = read([
      {
        accessId: 'GOOG1E',
        serviceAccountEmail: EMAIL,
        state: 'ACTIVE',
        timeCreated: '2025-01-01T00:00:00Z',
        projectId: 'shop',
      },
    ]);
    expect(facts.credentials).toMatchObject([
      {id: `gcp:serviceAccount:${EMAIL}#GOOG1E`, kind: 'hmacKey', active: true},
    ]);
  });

  it('reads the same from asset exports, by unique id and in snake case', () => {
    const base = '//iam.googleapis.com/projects/shop/serviceAccounts/987';
    const {facts} = read([
      {
        name: base,
        asset_type: 'iam.googleapis.com/ServiceAccount',
        resource: {data: {email: EMAIL, uniqueId: '987', disabled: false}},
      },
      {
        name: `${base}/keys/k`,
        asset_type: 'iam.googleapis.com/ServiceAccountKey',
        resource: {data: {keyType: 'USER_MANAGED', validAfterTime: '2020-01-01T00:00:00Z'}},
      },
      {
        name: '//iam.googleapis.com/projects/shop/roles/off',
        asset_type: 'iam.googleapis.com/Role',
        resource: {data: {stage: 'DISABLED', includedPermissions: ['a.b.c']}},
      },
      {
        name: `//iam.googleapis.com/${POOL}/providers/hub`,
        asset_type: 'iam.googleapis.com/WorkloadIdentityPoolProvider',
        resource: {data: {oidc: {issuer_uri: 'https://idp.x.example'}, attribute_condition: 'true'}},
      },
    ]);
    expect(facts.credentials).toMatchObject([
      {principal: `gcp:serviceAccount:${EMAIL}`, managedBy: 'customer'},
    ]);
    expect(facts.principals.find(({id}) => id.endsWith(EMAIL))?.attributes).toEqual({
      uniqueId: '987',
      disabled: false,
    });
    expect(facts.roleDefinitions).toMatchObject([{actions: []}]);
    expect(facts.identityProviders).toMatchObject([{issuer: 'https://idp.x.example', condition: 'true'}]);
  });
});

describe('pools', () => {
  const name = `${POOL}/providers/hub`;
  test.each([
    [
      'condition',
      {oidc: {issuerUri: 'https://i'}, attributeCondition: ' assertion.x == "y" '},
      {condition: 'assertion.x == "y"', kind: 'oidc', issuer: 'https://i'},
    ],
    [
      'no condition',
      {oidc: {issuerUri: 'https://i', allowedAudiences: ['a']}},
      {condition: '', audiences: ['a']},
    ],
    ['nothing but the name', {displayName: 'Hub'}, {condition: null, name: 'Hub', issuer: null}],
    ['AWS', {aws: {accountId: '123456789012'}}, {kind: 'aws', issuer: '123456789012', condition: ''}],
    ['deleted', {oidc: {issuerUri: 'https://i'}, state: 'DELETED'}, {disabled: true}],
    [
      'mapping',
      {oidc: {issuerUri: 'https://i'}, attributeMapping: {'google.subject': 'assertion.sub', __proto__: 1}},
      {attributes: {'mapping:google.subject': 'assertion.sub'}},
    ],
    [
      'SAML',
      {
        saml: {
          idpMetadataXml:
            '<EntityDescriptor entityID="https://adfs/x"><KeyDescriptor use="encryption"><X509Certificate>AAAA</X509Certificate></KeyDescriptor></EntityDescriptor>',
        },
      },
      {kind: 'saml', issuer: 'https://adfs/x', publicKeySha256: []},
    ],
  ])('%s', (_, fields, expected) => {
    expect(read([{name, ...fields}]).facts.identityProviders).toMatchObject([
      {id: `gcp:${name}`, container: 'gcp:projects/11', ...expected},
    ]);
  });

  it('reads pools and which are off', () => {
    expect(read([{name: POOL, disabled: true}]).facts.principals).toMatchObject([
      {id: `gcp:principalSet://iam.googleapis.com/${POOL}/*`, attributes: {disabled: true}},
    ]);
  });
});

describe('the directory', () => {
  it('reads groups and memberships', () => {
    expect(read([{name: 'groups/0a', groupKey: {id: 'Team@x.example'}}]).facts.principals).toMatchObject([
      {id: 'gcp:group:team@x.example', attributes: {uniqueName: 'groups/0a'}},
    ]);
    const rows = [
      {name: 'groups/0a/memberships/1', preferredMemberKey: {id: 'Ann@x.example'}, type: 'USER'},
      {name: 'groups/0a/memberships/2', preferredMemberKey: {id: EMAIL}, type: 'SERVICE_ACCOUNT'},
      {name: 'groups/0a/memberships/3', preferredMemberKey: {id: 'sub@x.example'}, type: 'GROUP'},
      {name: 'groups/0a/memberships/4'},
    ];
    const listed = read(rows);
    expect(listed.facts.principals.map(({id, memberOf}) => [id, memberOf])).toEqual([
      ['gcp:user:ann@x.example', ['gcp:groups/0a']],
      [`gcp:serviceAccount:${EMAIL}`, ['gcp:groups/0a']],
      ['gcp:group:sub@x.example', ['gcp:groups/0a']],
    ]);
    expect(counts(listed)).toEqual({membership: 3, 'no member': 1});
    expect(read(rows, {scope: 'team@x.example'}).facts.principals[0]?.memberOf).toEqual([
      'gcp:group:team@x.example',
    ]);
  });

  const users = {
    kind: 'admin#directory#users',
    users: [
      {
        primaryEmail: 'Root@x.example',
        name: {fullName: 'R'},
        isAdmin: true,
        suspended: false,
        customerId: 'C01',
        isEnrolledIn2Sv: false,
      },
    ],
  };
  it('reads users, delegation, and their tables', () => {
    const expected = [
      {
        id: 'gcp:user:root@x.example',
        person: true,
        attributes: {superAdmin: true, disabled: false, customer: 'C01', mfaEnabled: false},
      },
    ];
    expect(read(users).facts.principals).toMatchObject(expected);
    expect(
      csv(
        ['primaryEmail', 'isAdmin', 'suspended', 'customerId', 'isEnrolledIn2Sv'],
        [['Root@x.example', 'True', 'False', 'C01', 'False']],
      ).facts.principals,
    ).toMatchObject(expected);
    const scopes = ['https://mail.google.com/', 'https://www.googleapis.com/auth/drive'];
    for (const intake of [
      read([{clientId: '777', scopes}], {scope: 'C01'}),
      csv(['Client ID', 'Scopes', 'Customer'], [['777', scopes.join(', '), 'C01']]),
    ])
      expect(intake.facts.identity).toMatchObject([
        {workspace: [{customer: 'C01', domainWideDelegation: [{client: '777', scopes}]}]},
      ]);
    expect(counts(read([{clientId: '777', scopes}]))).toEqual({'no customer': 1});
    expect(
      csv(['group', 'email', 'type'], [['t@x.example', 'ann@x.example', 'USER']]).facts.principals[0]
        ?.memberOf,
    ).toEqual(['gcp:group:t@x.example']);
  });
});

function csv(header: string[], rows: string[][]): Intake {
  const decoded: Decoded = {
    kind: 'tables',
    container: 'csv',
    tables: [
      {
        name: 't',
        header,
        rows,
        rowNumbers: rows.map((_, i) => i + 2),
        rejected: [{row: 9, reason: 'ragged row'}],
      },
    ],
  };
  const taker = shapes.filter((shape) => shape.matches(decoded, FILE));
  expect(taker).toHaveLength(1);
  const intake = taker[0]!.map(decoded, FILE, {});
  expectSound(intake);
  expect(counts(intake)['not an object']).toBe(1);
  return intake;
}

it('reads access scopes, identity pools of clusters, and how keys are protected', () => {
  const key = 'projects/shop/locations/eu/keyRings/r/cryptoKeys/k';
  const {facts} = read([
    {
      name: `//cloudkms.googleapis.com/${key}`,
      asset_type: 'cloudkms.googleapis.com/CryptoKey',
      resource: {data: {versionTemplate: {protectionLevel: 'EXTERNAL'}}},
    },
    {
      name: '//cloudkms.googleapis.com/projects/shop/locations/eu/keyRings/r',
      asset_type: 'cloudkms.googleapis.com/KeyRing',
      resource: {data: {}},
    },
    {
      name: '//storage.googleapis.com/b',
      asset_type: 'storage.googleapis.com/Bucket',
      resource: {data: {encryption: {defaultKmsKeyName: key}}},
    },
    {
      name: '//compute.googleapis.com/projects/shop/zones/z/instances/i',
      asset_type: 'compute.googleapis.com/Instance',
      resource: {data: {serviceAccounts: [{email: EMAIL, scopes: ['cloud-platform']}]}},
    },
    {
      name: '//container.googleapis.com/projects/shop/locations/l/clusters/c',
      asset_type: 'container.googleapis.com/Cluster',
      resource: {
        data: {
          workloadIdentityConfig: {workloadPool: 'shop.svc.id.goog'},
          nodePools: [{config: {oauthScopes: ['b', 'a']}}],
        },
      },
    },
  ]);
  expect(facts.workloads.map(({attributes}) => attributes)).toEqual([
    {kmsProtection: 'EXTERNAL'},
    {kmsKey: key, kmsProtection: 'EXTERNAL'},
    {oauthScopes: 'cloud-platform'},
    {oauthScopes: 'a b', workloadPool: 'shop.svc.id.goog'},
  ]);
});

it('survives records with every field of the wrong type', () => {
  const odd = [null, 5, 'x', [], {}, {name: 7}, true];
  for (const name of [
    'policies/cloudresourcemanager.googleapis.com%2Fprojects%2F1/denypolicies/d',
    'organizations/1/locations/global/principalAccessBoundaryPolicies/p',
    `${POOL}/providers/x`,
    POOL,
    'groups/0a/memberships/1',
    `projects/p/serviceAccounts/${EMAIL}/keys/k`,
  ])
    for (const value of odd) {
      const row = Object.fromEntries(
        [
          'rules',
          'details',
          'oidc',
          'aws',
          'saml',
          'x509',
          'attributeMapping',
          'attributeCondition',
          'target',
          'policy',
          'condition',
          'preferredMemberKey',
          'type',
          'keyType',
          'validBeforeTime',
          'disabled',
          'state',
        ].map((key) => [key, value]),
      );
      expect(() => read([{name, ...row}])).not.toThrow();
    }
});

const REAL = '../shared/realdata/gcp';
const LOGS = `${REAL}/kcc-http-logs`;

test.skipIf(!existsSync(LOGS))('answers of the real IAM services are read by exactly one shape', () => {
  const seen: Record<string, number> = {};
  const files = globSync(`${LOGS}/**/_http.log`).filter((file) =>
    /iam|workforce|workloadidentity/i.test(file),
  );
  for (const file of files) {
    for (const body of bodies(readFileSync(file, 'utf8'))) {
      const ids = takers({kind: 'json', value: body}).filter((id) => id.startsWith('gcp.'));
      for (const id of ids) seen[id] = (seen[id] ?? 0) + 1;
      expect(ids.length).toBeLessThan(2);
      if (ids.length === 0) continue;
      const intake = readDecoded({kind: 'json', value: body});
      expect(intake.ledger.flatMap(({rejectedBy}) => Object.keys(rejectedBy))).toEqual([]);
    }
  }
  expect(seen['gcp.deny-policies']).toBeGreaterThan(2);
  expect(seen['gcp.service-account-keys']).toBeGreaterThan(0);
  expect(seen['gcp.service-accounts']).toBeGreaterThan(0);
});

/** JSON answers of a log: `200 OK`, headers, a blank line, the body. */
function bodies(log: string): unknown[] {
  return log
    .split(/^200 OK$/m)
    .slice(1)
    .flatMap((part) => {
      const text = part
        .slice(part.indexOf('\n\n') + 2)
        .split(/^---$/m)[0]!
        .trim();
      try {
        return [JSON.parse(text) as unknown];
      } catch {
        return [];
      }
    });
}

const CAI = `${REAL}/policy-library-cai/validator/test/fixtures`;
test.skipIf(!existsSync(CAI))('keys, roles and key protection of real asset exports', () => {
  const facts = [
    'gcp_iam_restrict_service_account_key_type',
    'iam_custom_role_permissions',
    'gcp_iam_restrict_service_account_key_age',
  ].map((folder) => read(JSON.parse(readFileSync(`${CAI}/${folder}/assets/data.json`, 'utf8'))).facts);
  expect(facts[0]!.credentials.map(({managedBy, kind}) => [managedBy, kind])).toEqual([
    ['customer', 'saKey'],
    ['provider', 'saKey'],
  ]);
  expect(facts[1]!.roleDefinitions.map(({id}) => id)).toContain('gcp:organizations/123456/roles/test_role_1');
  expect(facts[2]!.credentials.length).toBeGreaterThan(0);
});
