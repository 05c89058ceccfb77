import {privateAddress} from './azure.ts';
import type {Dice} from './dice.ts';
import {byScope, type Target} from './files.ts';
import type {App, Item, World} from './world.ts';

type Json = Record<string, unknown>;

const ORGANIZATION = 'o-estate0001';
const ROOT = 'r-est1';
const MANAGEMENT = '200000000000';
const REGIONS = ['eu-central-1', 'eu-west-1'] as const;
const SIZES: Record<number, string> = {2: 'large', 4: 'xlarge', 8: '2xlarge', 16: '4xlarge'};

export function accountId(scope: number): string {
  return String(200_000_000_000 + (scope + 1) * 7919);
}

/** `aws organizations`, and per account `ec2 describe-instances`, `rds describe-db-instances`, `s3api list-buckets`, `iam get-account-authorization-details`. */
export function writeAws(world: World, target: Target, dice: Dice): {file: string; scope: string}[] {
  const json = (name: string, value: unknown): void => target.json(`inventory/aws/${name}.json`, value, 4);
  const groups = byScope(world.items.filter(({cloud}) => cloud === 'aws'));
  const buckets: {file: string; scope: string}[] = [];
  const scopes = Array.from({length: world.scopes.aws}, (_, scope) => scope);
  writeOrganization(scopes, json);
  for (const scope of scopes) {
    const account = accountId(scope);
    const items = groups.get(scope) ?? [];
    const of = (kind: Item['kind']): Item[] => items.filter((item) => item.kind === kind);
    json(`${account}-ec2`, {Reservations: of('vm').map((item) => reservation(item, account))});
    json(`${account}-rds`, {DBInstances: of('database').map((item) => database(item, account))});
    json(`${account}-iam`, authorization(account, new Set(items.map(({app}) => app)), dice));
    const own = of('bucket');
    if (own.length === 0) continue;
    json(`${account}-s3`, {
      Buckets: own.map((item) => ({
        Name: item.name,
        CreationDate: '2024-05-10T12:00:00+00:00',
        BucketRegion: REGIONS[item.app.region],
      })),
      Owner: {ID: account.padStart(64, '0')},
      Prefix: null,
    });
    buckets.push({file: `inventory/aws/${account}-s3.json`, scope: account});
  }
  return buckets;
}

function writeOrganization(scopes: number[], json: (name: string, value: unknown) => void): void {
  const arn = `arn:aws:organizations::${MANAGEMENT}`;
  const units = Array.from(
    {length: Math.ceil(scopes.length / 12)},
    (_, unit) => `ou-est1-${String(unit).padStart(8, '0')}`,
  );
  json('organization', {
    Organization: {
      Id: ORGANIZATION,
      Arn: `${arn}:organization/${ORGANIZATION}`,
      FeatureSet: 'ALL',
      MasterAccountArn: `${arn}:account/${ORGANIZATION}/${MANAGEMENT}`,
      MasterAccountId: MANAGEMENT,
      MasterAccountEmail: 'aws@estate.example',
      AvailablePolicyTypes: [],
    },
  });
  json('roots', {
    Roots: [{Id: ROOT, Arn: `${arn}:root/${ORGANIZATION}/${ROOT}`, Name: 'Root', PolicyTypes: []}],
  });
  json('organizational-units', {
    OrganizationalUnits: units.map((id, unit) => ({
      Id: id,
      Arn: `${arn}:ou/${ORGANIZATION}/${id}`,
      Name: `Division ${unit}`,
      Path: `${ORGANIZATION}/${ROOT}/${id}/`,
    })),
  });
  json('accounts', {
    Accounts: [
      [MANAGEMENT, `${ORGANIZATION}/${ROOT}/`],
      ...scopes.map((scope) => [
        accountId(scope),
        `${ORGANIZATION}/${ROOT}/${units[Math.floor(scope / 12)]}/`,
      ]),
    ].map(([id, path]) => ({
      Id: id,
      Arn: `${arn}:account/${ORGANIZATION}/${id}`,
      Email: `aws+${id}@estate.example`,
      Name: `account-${id}`,
      Status: 'ACTIVE',
      State: 'ACTIVE',
      Paths: [`${path}${id}/`],
      JoinedMethod: 'CREATED',
      JoinedTimestamp: '2022-04-01T09:00:00.000000+00:00',
    })),
  });
}

function tags(app: App, name: string): Json[] {
  return [
    {Key: 'Name', Value: name},
    {Key: 'application', Value: app.name},
    ...(app.dataClass === null ? [] : [{Key: 'data-class', Value: app.dataClass}]),
    {Key: 'environment', Value: app.environment},
    {Key: 'owner', Value: app.owner},
  ];
}

function reservation(item: Item, account: string): Json {
  const number = item.index.toString(16).padStart(17, '0');
  const role = `${item.app.name}-role`;
  return {
    ReservationId: `r-${number}`,
    OwnerId: account,
    Groups: [],
    Instances: [
      {
        Architecture: 'x86_64',
        InstanceId: `i-${number}`,
        ImageId: 'ami-00000000000000001',
        InstanceType: `m6i.${SIZES[item.vcpu]}`,
        LaunchTime: '2026-06-02T05:10:00+00:00',
        Placement: {AvailabilityZone: `${REGIONS[item.app.region]}a`, GroupName: '', Tenancy: 'default'},
        PlatformDetails: item.windows ? 'Windows' : 'Linux/UNIX',
        CpuOptions: {CoreCount: item.vcpu / 2, ThreadsPerCore: 2},
        State: item.running ? {Code: 16, Name: 'running'} : {Code: 80, Name: 'stopped'},
        PrivateIpAddress: privateAddress(item.index),
        VpcId: `vpc-${account.padStart(17, '0')}`,
        SubnetId: `subnet-${account.padStart(17, '0')}`,
        ...(item.exposed ? {PublicIpAddress: '203.0.113.40'} : {}),
        ...(item.identity
          ? {
              IamInstanceProfile: {
                Arn: `arn:aws:iam::${account}:instance-profile/${role}`,
                Id: `AIPA${number}`,
              },
            }
          : {}),
        BlockDeviceMappings: [
          {
            DeviceName: '/dev/xvda',
            Ebs: {
              AttachTime: '2026-06-02T05:10:00+00:00',
              DeleteOnTermination: true,
              Status: 'attached',
              VolumeId: `vol-${number}`,
            },
          },
        ],
        MetadataOptions: {HttpTokens: 'required', HttpEndpoint: 'enabled', State: 'applied'},
        RootDeviceName: '/dev/xvda',
        RootDeviceType: 'ebs',
        SecurityGroups: [{GroupName: item.app.name, GroupId: `sg-${number}`}],
        VirtualizationType: 'hvm',
        Tags: tags(item.app, item.name),
      },
    ],
  };
}

function database(item: Item, account: string): Json {
  const region = REGIONS[item.app.region];
  return {
    DBInstanceIdentifier: item.name,
    DBInstanceClass: `db.m6g.${SIZES[item.vcpu]}`,
    Engine: 'postgres',
    EngineVersion: '16.4',
    DBInstanceStatus: item.running ? 'available' : 'stopped',
    MasterUsername: 'ops',
    Endpoint: {Address: `${item.name}.example.${region}.rds.amazonaws.com`, Port: 5432},
    AllocatedStorage: item.storageGiB,
    AvailabilityZone: `${region}a`,
    MultiAZ: item.app.environment === 'prod',
    PubliclyAccessible: item.exposed,
    StorageType: 'gp3',
    StorageEncrypted: true,
    AssociatedRoles: [],
    DBInstanceArn: `arn:aws:rds:${region}:${account}:db:${item.name}`,
    TagList: tags(item.app, item.name).slice(1),
  };
}

const allow = (action: unknown, resource: unknown): Json => ({
  Effect: 'Allow',
  Action: action,
  Resource: resource,
});
const policy = (...statements: Json[]): Json => ({Version: '2012-10-17', Statement: statements});
const trust = (principal: Json, action = 'sts:AssumeRole'): Json =>
  policy({Effect: 'Allow', Principal: principal, Action: action});

function role(
  account: string,
  name: string,
  assume: Json,
  inline: Json | null,
  managed: string[],
  profile = false,
): Json {
  const arn = `arn:aws:iam::${account}:role/${name}`;
  const reference = {Path: '/', RoleName: name, Arn: arn, AssumeRolePolicyDocument: assume};
  return {
    Path: '/',
    RoleName: name,
    RoleId: `AROA${name}`,
    Arn: arn,
    CreateDate: '2022-04-02T08:00:00+00:00',
    AssumeRolePolicyDocument: assume,
    InstanceProfileList: profile
      ? [
          {
            Path: '/',
            InstanceProfileName: name,
            InstanceProfileId: `AIPA${name}`,
            Arn: `arn:aws:iam::${account}:instance-profile/${name}`,
            CreateDate: '2022-04-02T08:00:00+00:00',
            Roles: [reference],
          },
        ]
      : [],
    RolePolicyList: inline === null ? [] : [{PolicyName: 'own', PolicyDocument: inline}],
    AttachedManagedPolicies: managed.map((policyName) => ({
      PolicyName: policyName,
      PolicyArn: `arn:aws:iam::aws:policy/${policyName}`,
    })),
    Tags: [],
    RoleLastUsed: {},
  };
}

/** Fixed platform roles, one role per application, a break-glass user here and there. */
function authorization(account: string, apps: Set<App>, dice: Dice): Json {
  const roles = [
    role(account, 'OrganizationAccountAccessRole', trust({AWS: `arn:aws:iam::${MANAGEMENT}:root`}), null, [
      'AdministratorAccess',
    ]),
    role(
      account,
      'SignInAdministrators',
      trust({Federated: `arn:aws:iam::${account}:saml-provider/company`}, 'sts:AssumeRoleWithSAML'),
      null,
      ['AdministratorAccess'],
    ),
    role(
      account,
      'SignInReaders',
      trust({Federated: `arn:aws:iam::${account}:saml-provider/company`}, 'sts:AssumeRoleWithSAML'),
      null,
      ['SecurityAudit'],
    ),
    ...(dice.chance(0.4)
      ? [
          role(
            account,
            'Deploy',
            trust(
              {Federated: `arn:aws:iam::${account}:oidc-provider/token.ci.example`},
              'sts:AssumeRoleWithWebIdentity',
            ),
            policy(allow(['ec2:*', 'iam:PassRole', 's3:*'], '*')),
            [],
          ),
        ]
      : []),
    ...[...apps].map((app) =>
      role(
        account,
        `${app.name}-role`,
        trust({Service: 'ec2.amazonaws.com'}),
        policy(
          allow(
            ['s3:GetObject', 's3:PutObject'],
            app.items.filter(({kind}) => kind === 'bucket').map((item) => `arn:aws:s3:::${item.name}/*`),
          ),
          allow('secretsmanager:GetSecretValue', '*'),
        ),
        dice.chance(0.05) ? ['AdministratorAccess'] : [],
        true,
      ),
    ),
  ];
  const user = dice.chance(0.3);
  return {
    UserDetailList: user
      ? [
          {
            Path: '/',
            UserName: 'breakglass',
            UserId: `AIDA${account}`,
            Arn: `arn:aws:iam::${account}:user/breakglass`,
            CreateDate: '2022-04-02T08:00:00+00:00',
            GroupList: [],
            AttachedManagedPolicies: [
              {PolicyName: 'AdministratorAccess', PolicyArn: 'arn:aws:iam::aws:policy/AdministratorAccess'},
            ],
            Tags: [],
          },
        ]
      : [],
    GroupDetailList: [],
    RoleDetailList: roles,
    Policies: [
      managedPolicy('AdministratorAccess', allow('*', '*')),
      managedPolicy('SecurityAudit', allow(['ec2:Describe*', 'iam:List*', 's3:GetBucket*'], '*')),
    ],
  };
}

function managedPolicy(name: string, statement: Json): Json {
  return {
    PolicyName: name,
    PolicyId: `ANPA${name}`,
    Arn: `arn:aws:iam::aws:policy/${name}`,
    Path: '/',
    DefaultVersionId: 'v1',
    AttachmentCount: 1,
    PermissionsBoundaryUsageCount: 0,
    IsAttachable: true,
    CreateDate: '2015-02-06T18:39:46+00:00',
    UpdateDate: '2015-02-06T18:39:46+00:00',
    PolicyVersionList: [
      {
        Document: policy(statement),
        VersionId: 'v1',
        IsDefaultVersion: true,
        CreateDate: '2015-02-06T18:39:46+00:00',
      },
    ],
  };
}
