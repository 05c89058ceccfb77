import {jsonFile, type GeneratedFile} from './files.ts';
import {AWS_ACCOUNTS, AWS_VENDOR_ACCOUNT, reservedRole, type AwsAccountKey, type SsoSet} from './ids.ts';

type Json = Record<string, unknown>;

const ADMIN = 'arn:aws:iam::aws:policy/AdministratorAccess';
const AUDIT = 'arn:aws:iam::aws:policy/SecurityAudit';

interface Inline {
  name: string;
  statements: Json[];
}
interface Role {
  name: string;
  path?: string;
  trust: Json;
  managed?: string[];
  inline?: Inline;
  profile?: true;
}
interface User {
  name: string;
  created?: string;
  managed?: string[];
  inline?: Inline;
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
const vendor = (externalId?: string): Json => ({
  ...account(AWS_VENDOR_ACCOUNT),
  ...(externalId ? {Condition: {StringEquals: {'sts:ExternalId': externalId}}} : {}),
});
const saml = (id: string, provider: string): Json => ({
  Effect: 'Allow',
  Principal: {Federated: `arn:aws:iam::${id}:saml-provider/${provider}`},
  Action: 'sts:AssumeRoleWithSAML',
  Condition: {StringEquals: {'SAML:aud': 'https://signin.aws.amazon.com/saml'}},
});

/** The role Identity Center made in an account for a permission set that is assigned there. */
function reserved(id: string, set: SsoSet): Role {
  return {
    name: reservedRole(set),
    path: '/aws-reserved/sso.amazonaws.com/',
    trust: saml(id, 'AWSSSO_0000000000000001_DO_NOT_DELETE'),
    managed: [`arn:aws:iam::aws:policy/${set}`],
  };
}

/** Member accounts trust the management account; administrators of the imaging account sign in through AD FS. */
function roles(key: AwsAccountKey): Role[] {
  const {id} = AWS_ACCOUNTS[key];
  if (key === 'management') return [reserved(id, 'SecurityAudit')];
  const common: Role[] = [
    {name: 'OrganizationAccountAccessRole', trust: account(AWS_ACCOUNTS.management.id), managed: [ADMIN]},
    reserved(id, key === 'imaging' ? 'AdministratorAccess' : 'SecurityAudit'),
  ];
  if (key === 'imaging') {
    return [
      ...common,
      {name: 'AdfsAdministrators', trust: saml(id, 'harbor-adfs'), managed: [ADMIN]},
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
      {name: 'VendorMonitoring', trust: vendor(), managed: [AUDIT]},
    ];
  }
  return [
    ...common,
    // Administrator "until the release is through", that is, since 2023. Whoever may pass it to a function has the account.
    {name: 'site-automation', trust: service('lambda.amazonaws.com'), managed: [ADMIN]},
    // Asks for the ExternalId and still falls with the vendor: the vendor knows it.
    {
      name: 'VendorPatching',
      trust: vendor('harbor-0001'),
      inline: {name: 'patching', statements: [allow(['ssm:SendCommand', 'ec2:DescribeInstances'], '*')]},
    },
  ];
}

/** `deploy` looks narrow and is not; `helpdesk` looks wide, and the organisation denies it what would matter. */
function users(key: AwsAccountKey): User[] {
  const {id} = AWS_ACCOUNTS[key];
  const emergency: User = {name: 'breakglass', managed: [ADMIN]};
  if (key !== 'web') return [emergency];
  return [
    emergency,
    {
      name: 'deploy',
      created: '2023-01-17T10:20:00+00:00',
      inline: {
        name: 'deploy-donations',
        statements: [
          allow(['s3:PutObject'], 'arn:aws:s3:::harbor-cdn-assets/*'),
          allow(['lambda:CreateFunction', 'lambda:InvokeFunction'], '*'),
          allow(['iam:PassRole'], `arn:aws:iam::${id}:role/site-automation`),
        ],
      },
    },
    {
      name: 'helpdesk',
      inline: {
        name: 'reset-credentials',
        statements: [allow(['iam:CreateAccessKey', 'iam:UpdateLoginProfile', 'iam:List*'], '*')],
      },
    },
  ];
}

/** `aws iam get-account-authorization-details`, one export per account. */
export function accessFiles(): GeneratedFile[] {
  return (['management', 'imaging', 'web'] as const).map((key) =>
    jsonFile(`inventory/aws/${key}-iam.json`, details(key), 4),
  );
}

function details(key: AwsAccountKey): Json {
  const {id} = AWS_ACCOUNTS[key];
  return {
    UserDetailList: users(key).map((user, index) => userDetail(id, user, index)),
    GroupDetailList: [],
    RoleDetailList: roles(key).map((role, index) => roleDetail(id, role, index)),
    Policies: [
      policy(ADMIN, 'ANPAEXAMPLE00000ADMIN', [allow('*', '*')]),
      policy(AUDIT, 'ANPAEXAMPLE00000AUDIT', [allow(['ec2:Describe*', 'iam:List*', 's3:GetBucket*'], '*')]),
    ],
  };
}

function userDetail(id: string, user: User, index: number): Json {
  return {
    Path: '/',
    UserName: user.name,
    UserId: `AIDAEXAMPLE0000${String(index).padStart(2, '0')}${id.slice(-4)}`,
    Arn: `arn:aws:iam::${id}:user/${user.name}`,
    CreateDate: user.created ?? '2022-04-02T08:00:00+00:00',
    ...inlineList('UserPolicyList', user.inline),
    GroupList: [],
    AttachedManagedPolicies: (user.managed ?? []).map(managed),
    Tags: [],
  };
}

function inlineList(key: string, inline: Inline | undefined): Json {
  return inline ? {[key]: [{PolicyName: inline.name, PolicyDocument: document(inline.statements)}]} : {};
}

function roleDetail(id: string, role: Role, index: number): Json {
  const path = role.path ?? '/';
  const arn = `arn:aws:iam::${id}:role${path}${role.name}`;
  const created = '2022-04-02T08:00:00+00:00';
  const statements = document([role.trust]);
  return {
    Path: path,
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
    RolePolicyList: [],
    ...inlineList('RolePolicyList', role.inline),
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
