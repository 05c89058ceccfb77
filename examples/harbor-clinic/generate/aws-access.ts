import {jsonFile, type GeneratedFile} from './files.ts';
import {AWS_ACCOUNTS, AWS_VENDOR_ACCOUNT, type AwsAccountKey} from './ids.ts';

type Json = Record<string, unknown>;

const ADMIN = 'arn:aws:iam::aws:policy/AdministratorAccess';
const AUDIT = 'arn:aws:iam::aws:policy/SecurityAudit';

interface Role {
  name: string;
  trust: Json;
  managed?: string[];
  inline?: {name: string; statements: Json[]};
  profile?: true;
}

const allow = (action: string | string[], resource: string | string[]): Json => ({
  Effect: 'Allow',
  Action: action,
  Resource: resource,
});
const service = (name: string): Json => ({
  Effect: 'Allow',
  Principal: {Service: name},
  Action: 'sts:AssumeRole',
});
const account = (id: string): Json => ({
  Effect: 'Allow',
  Principal: {AWS: `arn:aws:iam::${id}:root`},
  Action: 'sts:AssumeRole',
});
const saml = (id: string): Json => ({
  Effect: 'Allow',
  Principal: {Federated: `arn:aws:iam::${id}:saml-provider/harbor-adfs`},
  Action: 'sts:AssumeRoleWithSAML',
  Condition: {StringEquals: {'SAML:aud': 'https://signin.aws.amazon.com/saml'}},
});

/** Member accounts trust the management account; administrators of the imaging account sign in through AD FS. */
function roles(key: AwsAccountKey): Role[] {
  const {id} = AWS_ACCOUNTS[key];
  const common: Role[] =
    key === 'management'
      ? []
      : [
          {
            name: 'OrganizationAccountAccessRole',
            trust: account(AWS_ACCOUNTS.management.id),
            managed: [ADMIN],
          },
        ];
  if (key === 'imaging') {
    return [
      ...common,
      {name: 'AdfsAdministrators', trust: saml(id), managed: [ADMIN]},
      {
        name: 'imaging-gateway',
        trust: service('ec2.amazonaws.com'),
        inline: {name: 'drop', statements: [allow(['s3:PutObject'], 'arn:aws:s3:::harbor-imaging-drop/*')]},
        profile: true,
      },
      {
        name: 'imaging-worker',
        trust: service('ec2.amazonaws.com'),
        inline: {
          name: 'archive',
          statements: [
            allow(
              ['s3:GetObject', 's3:PutObject'],
              ['arn:aws:s3:::harbor-imaging-archive/*', 'arn:aws:s3:::harbor-imaging-drop/*'],
            ),
          ],
        },
        profile: true,
      },
      // No ExternalId: any customer of the vendor could be confused for Harbor Clinic.
      {name: 'VendorMonitoring', trust: account(AWS_VENDOR_ACCOUNT), managed: [AUDIT]},
    ];
  }
  return common;
}

/** `aws iam get-account-authorization-details`, one export per account. */
export function accessFiles(): GeneratedFile[] {
  return (['management', 'imaging', 'web'] as const).map((key) =>
    jsonFile(`inventory/aws/${key}-iam.json`, details(key), 4),
  );
}

function details(key: AwsAccountKey): Json {
  const {id} = AWS_ACCOUNTS[key];
  const usesAudit = key === 'imaging';
  return {
    UserDetailList: [
      {
        Path: '/',
        UserName: 'breakglass',
        UserId: `AIDAEXAMPLE000000${id.slice(-4)}`,
        Arn: `arn:aws:iam::${id}:user/breakglass`,
        CreateDate: '2022-04-02T08:00:00+00:00',
        GroupList: [],
        AttachedManagedPolicies: [managed(ADMIN)],
        Tags: [],
      },
    ],
    GroupDetailList: [],
    RoleDetailList: roles(key).map((role, index) => roleDetail(id, role, index)),
    Policies: [
      policy(ADMIN, 'ANPAEXAMPLE00000ADMIN', [allow('*', '*')]),
      ...(usesAudit
        ? [
            policy(AUDIT, 'ANPAEXAMPLE00000AUDIT', [
              allow(['ec2:Describe*', 'iam:List*', 's3:GetBucket*'], '*'),
            ]),
          ]
        : []),
    ],
  };
}

function roleDetail(id: string, role: Role, index: number): Json {
  const arn = `arn:aws:iam::${id}:role/${role.name}`;
  const created = '2022-04-02T08:00:00+00:00';
  const statements = document([role.trust]);
  return {
    Path: '/',
    RoleName: role.name,
    RoleId: `AROAEXAMPLE0000${id.slice(-3)}${String(index).padStart(3, '0')}`,
    Arn: arn,
    CreateDate: created,
    AssumeRolePolicyDocument: statements,
    InstanceProfileList: role.profile
      ? [
          {
            Path: '/',
            InstanceProfileName: role.name,
            InstanceProfileId: `AIPAEXAMPLE0000${id.slice(-3)}${String(index).padStart(3, '0')}`,
            Arn: `arn:aws:iam::${id}:instance-profile/${role.name}`,
            CreateDate: created,
            Roles: [{Path: '/', RoleName: role.name, Arn: arn, AssumeRolePolicyDocument: statements}],
          },
        ]
      : [],
    RolePolicyList: role.inline
      ? [{PolicyName: role.inline.name, PolicyDocument: document(role.inline.statements)}]
      : [],
    AttachedManagedPolicies: (role.managed ?? []).map(managed),
    Tags: [],
    RoleLastUsed: {},
  };
}

function managed(arn: string): Json {
  return {PolicyName: arn.split('/').at(-1), PolicyArn: arn};
}

function policy(arn: string, id: string, statements: Json[]): Json {
  const created = '2015-02-06T18:39:46+00:00';
  return {
    PolicyName: arn.split('/').at(-1),
    PolicyId: id,
    Arn: arn,
    Path: '/',
    DefaultVersionId: 'v1',
    AttachmentCount: 1,
    PermissionsBoundaryUsageCount: 0,
    IsAttachable: true,
    CreateDate: created,
    UpdateDate: created,
    PolicyVersionList: [
      {Document: document(statements), VersionId: 'v1', IsDefaultVersion: true, CreateDate: created},
    ],
  };
}

function document(statements: Json[]): Json {
  return {Version: '2012-10-17', Statement: statements};
}
