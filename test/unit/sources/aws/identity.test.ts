import {describe, expect, it} from 'vitest';
import {buildEstate} from '../../../../src/estate/build.ts';
import type {Intake} from '../../../../src/model/estate.ts';
import {ACCOUNT, answer, decoded, taker} from './answers.ts';

const estate = (...intakes: Intake[]) =>
  buildEstate(
    intakes.map((intake, i) => ({...intake, source: {...intake.source, sha256: `${i}`}})),
    {applicationTags: []},
  ).estate;
const codes = (intake: Intake) => intake.findings.map(({code}) => code);

describe('organisation policies', () => {
  const summary = {Id: 'p-abc12345', Arn: 'arn:aws:organizations::1:policy/o-org/service_control_policy/p-abc12345', Name: 'fence', Type: 'SERVICE_CONTROL_POLICY', AwsManaged: false}; // prettier-ignore
  const content = {Version: '2012-10-17', Statement: [{Effect: 'Deny', Action: 'ec2:*', Resource: '*'}]};
  const target = {TargetId: 'ou-ab12-cdef3456', Type: 'ORGANIZATIONAL_UNIT'};

  it('content, summary and targets of three answers are one policy, in any order', () => {
    const parts = [
      answer({Policy: {PolicySummary: summary, Content: JSON.stringify(content)}}),
      answer({Policies: [summary]}),
      answer({Targets: [target]}, 'targets-p-abc12345.json'),
      answer({PolicyId: 'p-abc12345', Targets: [{TargetId: ACCOUNT, Type: 'ACCOUNT'}]}),
      answer({Policies: [summary]}, 'policies-for-target-r-ab12.json'),
    ];
    for (const order of [parts, parts.toReversed()]) {
      expect(estate(...order).policyDocuments).toEqual([
        {
          id: 'aws-org-policy:p-abc12345',
          name: 'fence',
          kind: 'scp',
          document: content,
          attachedTo: [`aws-account:${ACCOUNT}`, 'aws-ou:ou-ab12-cdef3456', 'aws-ou:r-ab12'],
        },
      ]);
    }
  });

  it('an answer that names no policy is not guessed at, and says how to name the file', () => {
    const intake = answer({Targets: [target]});
    expect(intake.facts.policyDocuments).toEqual([]);
    expect(intake.findings.find(({code}) => code === 'BH-SRC-206')?.remedy).toContain(
      'targets-p-abc12345.json',
    );
  });

  it('accounts and organisation carry how they joined and who else acts', () => {
    const {containers} = estate(
      answer({
        Accounts: [{Id: ACCOUNT, Arn: `arn:aws:organizations::1:account/o-org/${ACCOUNT}`, Name: 'a', Status: 'ACTIVE', JoinedMethod: 'INVITED', JoinedTimestamp: 1481835795.536}], // prettier-ignore
      }),
      answer({DelegatedAdministrators: [{Id: ACCOUNT}]}),
      answer({AccountId: ACCOUNT, DelegatedServices: [{ServicePrincipal: 'sso.amazonaws.com'}]}),
      answer({EnabledServicePrincipals: [{ServicePrincipal: 'b.amazonaws.com'}, {ServicePrincipal: 'a.amazonaws.com'}]}, 'access-o-exampleorgid.json'), // prettier-ignore
    );
    expect(containers.find(({id}) => id === `aws-account:${ACCOUNT}`)?.attributes).toEqual({
      status: 'ACTIVE',
      joinedMethod: 'INVITED',
      joined: '2016-12-15T21:03:15Z',
      delegatedAdministrator: true,
      delegatedServices: 'sso.amazonaws.com',
    });
    expect(containers.find(({id}) => id === 'aws-org:o-exampleorgid')?.attributes).toEqual({
      trustedAccess: 'a.amazonaws.com b.amazonaws.com',
    });
  });
});

describe('Identity Center', () => {
  const set = 'arn:aws:sso:::permissionSet/ssoins-0123456789abcdef/ps-0123456789abcdef';
  it('keeps assignments three-way and puts the parts of a permission set together', () => {
    const built = estate(
      answer({AccountAssignments: [{AccountId: ACCOUNT, PermissionSetArn: set, PrincipalType: 'GROUP', PrincipalId: 'g-1'}]}), // prettier-ignore
      answer({PermissionSet: {Name: 'Admin', PermissionSetArn: set}}),
      answer({
        PermissionSetArn: set,
        AttachedManagedPolicies: [{Name: 'x', Arn: 'arn:aws:iam::aws:policy/X'}],
      }),
      answer({CustomerManagedPolicyReferences: [{Name: 'own', Path: '/team/'}]}, 'ssoins-0123456789abcdef_ps-0123456789abcdef.json'), // prettier-ignore
      answer({PermissionSetArn: set, InlinePolicy: '{"Statement":[]}'}),
      answer({PermissionSetArn: set, PermissionsBoundary: {ManagedPolicyArn: 'arn:aws:iam::aws:policy/B'}}),
      answer({Groups: [{GroupId: 'g-1', DisplayName: 'ops', IdentityStoreId: 'd-1'}]}),
      answer({GroupMemberships: [{GroupId: 'g-1', MemberId: {UserId: 'u-1'}, IdentityStoreId: 'd-1'}]}),
    );
    expect(built.ssoAssignments).toEqual([
      {
        id: `identity-center:group/g-1 ps-0123456789abcdef ${ACCOUNT}`,
        principal: 'identity-center:group/g-1',
        permissionSet: `aws:${set}`,
        account: `aws-account:${ACCOUNT}`,
      },
    ]);
    expect(built.permissionSets).toEqual([
      {
        id: `aws:${set}`,
        name: 'Admin',
        instance: 'aws:arn:aws:sso:::instance/ssoins-0123456789abcdef',
        policies: [
          'aws:arn:aws:iam::*:policy/team/own',
          'aws:arn:aws:iam::aws:policy/X',
          `aws:${set}#inline`,
        ],
        boundary: 'aws:arn:aws:iam::aws:policy/B',
      },
    ]);
    const user = built.principals.find(({id}) => id === 'identity-center:user/u-1');
    expect(user).toMatchObject({memberOf: ['identity-center:group/g-1'], person: true});
    expect(built.principals.find(({id}) => id === 'identity-center:group/g-1')?.name).toBe('ops');
  });
});

describe('credentials', () => {
  const arn = (rest: string) => `arn:aws:iam::${ACCOUNT}:${rest}`;
  const header =
    'user,arn,user_creation_time,password_enabled,password_last_used,password_last_changed,password_next_rotation,mfa_active,access_key_1_active,access_key_1_last_rotated,access_key_1_last_used_date,access_key_1_last_used_region,access_key_1_last_used_service,access_key_2_active,access_key_2_last_rotated,access_key_2_last_used_date,access_key_2_last_used_region,access_key_2_last_used_service,cert_1_active,cert_1_last_rotated,cert_2_active,cert_2_last_rotated';
  const report = [
    header,
    `<root_account>,${arn('root')},2020-01-01T00:00:00+00:00,not_supported,2024-01-01T00:00:00+00:00,not_supported,not_supported,false,true,2020-01-02T00:00:00+00:00,N/A,N/A,N/A,false,N/A,N/A,N/A,N/A,false,N/A,false,N/A`,
    `ann,${arn('user/team/ann')},2021-01-01T00:00:00+00:00,true,no_information,2021-01-01T00:00:00+00:00,N/A,true,true,2021-02-02T03:04:05+00:00,2024-05-06T00:00:00+00:00,eu-central-1,s3,false,N/A,N/A,N/A,N/A,false,N/A,false,N/A`,
    'broken,row',
  ].join('\n');

  it('the report gives passwords, keys and second factors; base64, plain text and CSV say the same', () => {
    const base64 = answer({Content: Buffer.from(report).toString('base64'), ReportFormat: 'text/csv'});
    const plain = answer({Content: report});
    const table = decoded({
      kind: 'tables',
      container: 'csv',
      tables: [{name: 'report', header: header.split(','), rowNumbers: [2, 3], rows: report.split('\n').slice(1, 3).map((row) => row.split(','))}], // prettier-ignore
    });
    expect(plain.facts.credentials).toEqual(base64.facts.credentials);
    expect(table.facts.credentials).toEqual(base64.facts.credentials);
    expect(base64.facts.credentials.map(({id, active, created, lastUsed, mfa}) => [id.slice(4), active, created, lastUsed, mfa])).toEqual([
      [`${arn('root')}#password`, true, null, '2024-01-01T00:00:00Z', false],
      [`${arn('root')}#accessKey1`, true, '2020-01-02T00:00:00Z', null, null],
      [`${arn('user/team/ann')}#password`, true, '2021-01-01T00:00:00Z', null, true],
      [`${arn('user/team/ann')}#accessKey1`, true, '2021-02-02T03:04:05Z', '2024-05-06T00:00:00Z', null],
    ]); // prettier-ignore
    expect(base64.ledger).toMatchObject([
      {scope: '*', rejected: 1},
      {scope: ACCOUNT, classified: 2},
    ]);
  });

  it('a key known by slot and by id is one key, also where the user has a path', () => {
    const keys = answer(
      {AccessKeyMetadata: [{UserName: 'ann', AccessKeyId: 'AKIAIOSFODNN7EXAMPLE', Status: 'Active', CreateDate: '2021-02-02T03:04:05+00:00'}]}, // prettier-ignore
      `${ACCOUNT}/keys-ann.json`,
    );
    const details = answer({
      UserDetailList: [
        {Arn: arn('user/team/ann'), UserName: 'ann', Tags: [{Key: 'env', Value: 'dev'}], Path: '/team/'},
      ],
      RoleDetailList: [],
    });
    const built = estate(answer({Content: report}), keys, details);
    expect(built.credentials.filter(({kind}) => kind === 'accessKey').map(({id, lastUsed}) => [id, lastUsed])).toEqual([
      [`aws:${arn('root')}#accessKey1`, null],
      [`aws:${arn('user/team/ann')}#AKIAIOSFODNN7EXAMPLE`, '2024-05-06T00:00:00Z'],
    ]); // prettier-ignore
    const ann = built.principals.filter(({name}) => name === 'ann');
    expect(ann).toMatchObject([{tags: {env: 'dev'}, attributes: {path: '/team/', mfaEnabled: true}}]);
  });

  it('root keys and second factor from the account summary, which names no account', () => {
    const summary = {SummaryMap: {AccountAccessKeysPresent: 1, AccountMFAEnabled: 0}};
    expect(codes(answer(summary))).toContain('BH-SRC-206');
    const {facts} = answer(summary, `account-data/${ACCOUNT}/us-east-1/iam-get-account-summary.json`);
    expect(facts.credentials).toMatchObject([{id: `aws:${arn('root')}#accessKey1`, active: null}]);
    expect(facts.principals[0]?.attributes).toEqual({mfaEnabled: false, rootUser: true});
  });

  it('twelve digits that are a time name no account', () => {
    const summary = {SummaryMap: {AccountAccessKeysPresent: 0}};
    expect(codes(answer(summary, '202611220449/summary.json'))).toContain('BH-SRC-206');
  });
});

describe('identity providers', () => {
  const certificate = 'MIIBgDCCASWgAwIBAgIUENW2XQmH/EeK/g7jmG8yhn4LfTwwCgYIKoZIzj0EAwIwFTETMBEGA1UEAwwKZWMuZXhhbXBsZTAeFw0yNjExMjIwNDUxMTJaFw0yNzAzMDIwNDUxMTJaMBUxEzARBgNVBAMMCmVjLmV4YW1wbGUwWTATBgcqhkjOPQIBBggqhkjOPQMBBwNCAAQwXUrpcQ6JfAM/bRzaAZFLy0rjL7yN/rZ6NR9Pl6nAXzG6Kn5gnzk5MGjfw44htElgVg7YlXh5lFDQ7j5twzJFo1MwUTAdBgNVHQ4EFgQUwVJZ8Zqcr0Jxazj0r9rwi6LSzCwwHwYDVR0jBBgwFoAUwVJZ8Zqcr0Jxazj0r9rwi6LSzCwwDwYDVR0TAQH/BAUwAwEB/zAKBggqhkjOPQQDAgNJADBGAiEAhtCJ0WsQNEy2NzCDSOkVrsQmU5TcNdqGHZ2H13gbpbkCIQDTD+x93udhV+KltBCxwmZrqWtPyMVpOQWKU0axwlZ3Cw=='; // prettier-ignore
  const metadata = `<EntityDescriptor entityID="http://adfs.example/adfs/services/trust"><IDPSSODescriptor><KeyDescriptor use="signing"><X509Certificate>${certificate}</X509Certificate></KeyDescriptor></IDPSSODescriptor></EntityDescriptor>`;

  it('SAML: issuer and key from the metadata, the ARN from the file name', () => {
    const intake = answer(
      {SAMLMetadataDocument: metadata, ValidUntil: '2117-03-06T22:29:46Z'},
      `${ACCOUNT}/saml-provider-corp.json`,
    );
    expect(intake.facts.identityProviders).toMatchObject([
      {
        id: `aws:arn:aws:iam::${ACCOUNT}:saml-provider/corp`,
        issuer: 'http://adfs.example/adfs/services/trust',
        publicKeySha256: ['34d592d22027254666ffc6f0e1ed61d7d84041d8297dcfe4d88fb88b6e31fb97'],
      },
    ]);
    expect(intake.facts.credentials).toMatchObject([
      {kind: 'signingCertificate', expires: '2027-03-02T04:51:12Z'},
    ]);
    expect(codes(answer({SAMLMetadataDocument: '...XML...'}, `${ACCOUNT}/saml-provider-x.json`))).toContain(
      'BH-SRC-211',
    );
  });

  it('OIDC: the URL is the ARN, audiences are kept', () => {
    const value = {
      Url: 'token.actions.githubusercontent.com',
      ClientIDList: ['sts.amazonaws.com'],
      ThumbprintList: ['ab'],
    };
    const list = {
      OpenIDConnectProviderList: [
        {Arn: `arn:aws:iam::${ACCOUNT}:oidc-provider/token.actions.githubusercontent.com`},
      ],
    };
    const built = estate(answer(value, 'oidc.json', ACCOUNT), answer(list));
    expect(built.identityProviders).toMatchObject([
      {issuer: 'https://token.actions.githubusercontent.com', audiences: ['sts.amazonaws.com'], container: `aws-account:${ACCOUNT}`},
    ]); // prettier-ignore
    expect(codes(answer(value))).toContain('BH-SRC-206');
  });
});

const NAMED = `${ACCOUNT}/eu-central-1/o-exampleorgid.p-abc12345.json`;

it('hostile answers of every kind: a shape or none, never an error, nothing lost', () => {
  const bad: unknown[] = [
    null,
    7,
    'x',
    [],
    {},
    [[]],
    {['__proto__']: 1},
    JSON.parse('{"__proto__":{"Id":"p-abc12345"}}'),
  ];
  const keys = ['Targets', 'Policies', 'DelegatedServices', 'EnabledServicePrincipals', 'PermissionSets', 'AccountAssignments', 'GroupMemberships', 'AccessKeyMetadata', 'MFADevices', 'VirtualMFADevices', 'SAMLProviderList', 'OpenIDConnectProviderList', 'DevEndpoints', 'Stacks', 'projects', 'tasks', 'services', 'taskDefinitionArns']; // prettier-ignore
  for (const key of keys) {
    const value = {[key]: bad};
    for (const id of taker(value, NAMED)) {
      const intake = answer(value, NAMED);
      const rows = intake.ledger.reduce((total, line) => total + line.rowsIn, 0);
      expect([id, rows >= bad.length - 1]).toEqual([id, true]);
    }
  }
  expect(Object.hasOwn(Object.prototype, 'Id')).toBe(false);
});
