import {accessFiles} from './aws-access.ts';
import {credentialFiles} from './aws-credentials.ts';
import {identityCenterFiles} from './aws-identity-center.ts';
import {limitFiles} from './aws-organization.ts';
import {jsonFile, type GeneratedFile} from './files.ts';
import {AWS_ACCOUNTS, AWS_ORG, AWS_ROOT, AWS_UNITS, type AwsAccountKey} from './ids.ts';

type Json = Record<string, unknown>;

const UNITS: Record<AwsAccountKey, string | null> = {
  management: null,
  imaging: AWS_UNITS.workloads,
  web: AWS_UNITS.workloads,
  poc: AWS_UNITS.sandbox,
};

interface Instance {
  number: number;
  name: string;
  type: string;
  cores: number;
  state?: 'running' | 'stopped' | 'terminated';
  profile?: string;
  publicIp?: string;
  tags?: Record<string, string>;
}

const IMAGING = {application: 'imaging-exchange', 'data-class': 'streng-vertraulich', owner: 'Radiologie'};
const SHOP = {application: 'donations', 'data-class': 'intern', owner: 'Förderverein'};

const INSTANCES: Record<'imaging' | 'web', Instance[]> = {
  imaging: [
    {
      number: 1,
      name: 'imaging-gateway',
      type: 'm6i.2xlarge',
      cores: 4,
      profile: 'imaging-gateway',
      publicIp: '203.0.113.40',
      tags: IMAGING,
    },
    {
      number: 2,
      name: 'imaging-anonymizer',
      type: 'c6i.4xlarge',
      cores: 8,
      profile: 'imaging-worker',
      tags: IMAGING,
    },
    {number: 3, name: 'imaging-old-worker', type: 'm5.large', cores: 1, state: 'terminated'},
  ],
  web: [
    {
      number: 11,
      name: 'donations-frontend-1',
      type: 't3.medium',
      cores: 1,
      publicIp: '203.0.113.51',
      tags: SHOP,
    },
    {
      number: 12,
      name: 'donations-frontend-2',
      type: 't3.medium',
      cores: 1,
      publicIp: '203.0.113.52',
      tags: SHOP,
    },
    {
      number: 13,
      name: 'build-runner',
      type: 'c6i.xlarge',
      cores: 2,
      state: 'stopped',
      tags: {application: 'ci', env: 'dev', 'data-class': 'intern'},
    },
  ],
};

const DATABASES: Record<
  'imaging' | 'web',
  {name: string; class: string; gb: number; public: boolean; tags: Record<string, string>}[]
> = {
  imaging: [{name: 'imaging-index', class: 'db.r6g.xlarge', gb: 800, public: false, tags: IMAGING}],
  web: [
    {name: 'donations', class: 'db.t4g.medium', gb: 50, public: false, tags: SHOP},
    {name: 'legacy-import', class: 'db.t3.medium', gb: 200, public: true, tags: {}},
  ],
};

const BUCKETS: Record<'imaging' | 'web' | 'handover', string[]> = {
  imaging: ['harbor-imaging-archive', 'harbor-imaging-drop'],
  web: ['harbor-cdn-assets'],
  // Listed by a consultant years ago: nobody wrote down in which account.
  handover: ['harbor-handover-2019'],
};

/** Exports of the AWS command line: organisation, access, instances, databases, buckets. */
export function awsFiles(): GeneratedFile[] {
  const accounts = ['imaging', 'web'] as const;
  return [
    jsonFile('inventory/aws/organization.json', organization(), 4),
    jsonFile('inventory/aws/roots.json', roots(), 4),
    jsonFile('inventory/aws/organizational-units.json', units(), 4),
    jsonFile('inventory/aws/accounts.json', accountList(), 4),
    ...accessFiles(),
    ...limitFiles(),
    ...credentialFiles(),
    ...identityCenterFiles(),
    jsonFile('inventory/aws/imaging-bucket-policy-harbor-imaging-drop.json', dropPolicy(), 4),
    ...accounts.flatMap((key) => [
      jsonFile(`inventory/aws/${key}-ec2.json`, instances(key), 4),
      jsonFile(
        `inventory/aws/${key}-rds.json`,
        {DBInstances: DATABASES[key].map((db) => database(key, db))},
        4,
      ),
      // An empty list is an answer: there is no function a thief could rewrite.
      jsonFile(`inventory/aws/${key}-lambda-functions.json`, {Functions: []}, 4),
    ]),
    ...(['imaging', 'web', 'handover'] as const).map((key) =>
      jsonFile(`inventory/aws/${key}-s3-buckets.json`, buckets(key), 4),
    ),
  ];
}

function organization(): Json {
  const {id} = AWS_ACCOUNTS.management;
  return {
    Organization: {
      Id: AWS_ORG,
      Arn: `arn:aws:organizations::${id}:organization/${AWS_ORG}`,
      FeatureSet: 'ALL',
      MasterAccountArn: `arn:aws:organizations::${id}:account/${AWS_ORG}/${id}`,
      MasterAccountId: id,
      MasterAccountEmail: 'aws-root@harborclinic.example',
      AvailablePolicyTypes: [{Type: 'SERVICE_CONTROL_POLICY', Status: 'ENABLED'}],
    },
  };
}

function roots(): Json {
  return {
    Roots: [
      {
        Id: AWS_ROOT,
        Arn: `arn:aws:organizations::${AWS_ACCOUNTS.management.id}:root/${AWS_ORG}/${AWS_ROOT}`,
        Name: 'Root',
        PolicyTypes: [{Type: 'SERVICE_CONTROL_POLICY', Status: 'ENABLED'}],
      },
    ],
  };
}

function units(): Json {
  const unit = (id: string, name: string): Json => ({
    Id: id,
    Arn: `arn:aws:organizations::${AWS_ACCOUNTS.management.id}:ou/${AWS_ORG}/${id}`,
    Name: name,
    Path: `${AWS_ORG}/${AWS_ROOT}/${id}/`,
  });
  return {OrganizationalUnits: [unit(AWS_UNITS.workloads, 'Workloads'), unit(AWS_UNITS.sandbox, 'Sandbox')]};
}

function accountList(): Json {
  return {
    Accounts: (Object.keys(AWS_ACCOUNTS) as AwsAccountKey[]).map((key) => {
      const {id, name} = AWS_ACCOUNTS[key];
      const unit = UNITS[key];
      const state = key === 'poc' ? 'SUSPENDED' : 'ACTIVE';
      return {
        Id: id,
        Arn: `arn:aws:organizations::${AWS_ACCOUNTS.management.id}:account/${AWS_ORG}/${id}`,
        Email: `aws+${key}@harborclinic.example`,
        Name: name,
        Status: state,
        State: state,
        Paths: [`${AWS_ORG}/${AWS_ROOT}/${unit ? `${unit}/` : ''}${id}/`],
        // The trial account of 2019 is older than the organisation: it was invited, and nobody left a role in it.
        JoinedMethod: key === 'management' || key === 'poc' ? 'INVITED' : 'CREATED',
        JoinedTimestamp: '2022-04-01T09:00:00.000000+00:00',
      };
    }),
  };
}

/** Let in for the move of 2023 and never taken out again: the web account reads what hospitals drop for the radiologists. */
function dropPolicy(): Json {
  return {
    Policy: JSON.stringify({
      Version: '2012-10-17',
      Statement: [
        {
          Sid: 'Migration2023',
          Effect: 'Allow',
          Principal: {AWS: `arn:aws:iam::${AWS_ACCOUNTS.web.id}:root`},
          Action: ['s3:GetObject', 's3:PutObject'],
          Resource: 'arn:aws:s3:::harbor-imaging-drop/*',
        },
      ],
    }),
  };
}

function instances(key: 'imaging' | 'web'): Json {
  const owner = AWS_ACCOUNTS[key].id;
  return {
    Reservations: INSTANCES[key].map((instance) => ({
      ReservationId: `r-${id17(instance.number)}`,
      OwnerId: owner,
      Groups: [],
      Instances: [instanceOf(owner, instance)],
    })),
  };
}

function instanceOf(owner: string, instance: Instance): Json {
  const state = instance.state ?? 'running';
  const code = {running: 16, stopped: 80, terminated: 48}[state];
  return {
    Architecture: 'x86_64',
    InstanceId: `i-${id17(instance.number)}`,
    ImageId: 'ami-00000000000000001',
    InstanceType: instance.type,
    LaunchTime: '2026-06-02T05:10:00+00:00',
    Placement: {AvailabilityZone: 'eu-central-1a', GroupName: '', Tenancy: 'default'},
    PlatformDetails: 'Linux/UNIX',
    CpuOptions: {CoreCount: instance.cores, ThreadsPerCore: 2},
    State: {Code: code, Name: state},
    ...(state === 'terminated'
      ? {}
      : {
          PrivateIpAddress: `192.0.2.${100 + instance.number}`,
          VpcId: 'vpc-00000000000000001',
          SubnetId: 'subnet-00000000000000001',
        }),
    ...(instance.publicIp ? {PublicIpAddress: instance.publicIp} : {}),
    ...(instance.profile
      ? {
          IamInstanceProfile: {
            Arn: `arn:aws:iam::${owner}:instance-profile/${instance.profile}`,
            Id: `AIPAEXAMPLE0000000${String(instance.number).padStart(3, '0')}`,
          },
        }
      : {}),
    MetadataOptions: {HttpTokens: 'required', HttpEndpoint: 'enabled', State: 'applied'},
    RootDeviceName: '/dev/xvda',
    RootDeviceType: 'ebs',
    VirtualizationType: 'hvm',
    Tags: tagList({Name: instance.name, ...instance.tags}),
  };
}

function database(key: 'imaging' | 'web', db: (typeof DATABASES)['web'][number]): Json {
  const owner = AWS_ACCOUNTS[key].id;
  return {
    DBInstanceIdentifier: db.name,
    DBInstanceClass: db.class,
    Engine: 'postgres',
    EngineVersion: '16.4',
    DBInstanceStatus: 'available',
    MasterUsername: 'hcadmin',
    Endpoint: {
      Address: `${db.name}.example.eu-central-1.rds.amazonaws.com`,
      Port: 5432,
      HostedZoneId: 'Z0000000000001',
    },
    AllocatedStorage: db.gb,
    AvailabilityZone: 'eu-central-1a',
    MultiAZ: key === 'imaging',
    PubliclyAccessible: db.public,
    StorageType: 'gp3',
    StorageEncrypted: !db.public,
    ...(db.public
      ? {}
      : {KmsKeyId: `arn:aws:kms:eu-central-1:${owner}:key/00000000-0000-4000-8000-0000000000aa`}),
    IAMDatabaseAuthenticationEnabled: false,
    AssociatedRoles: [],
    DBInstanceArn: `arn:aws:rds:eu-central-1:${owner}:db:${db.name}`,
    TagList: tagList(db.tags),
  };
}

function buckets(key: keyof typeof BUCKETS): Json {
  return {
    Buckets: BUCKETS[key].map((name) => ({
      Name: name,
      CreationDate: '2022-05-10T12:00:00+00:00',
      BucketRegion: 'eu-central-1',
    })),
    Owner: {ID: '0'.repeat(56) + {imaging: '0000a001', web: '0000a002', handover: '0000a003'}[key]},
    Prefix: null,
  };
}

function tagList(tags: Record<string, string>): {Key: string; Value: string}[] {
  return Object.entries(tags).map(([Key, Value]) => ({Key, Value}));
}

function id17(number: number): string {
  return number.toString(16).padStart(17, '0');
}
