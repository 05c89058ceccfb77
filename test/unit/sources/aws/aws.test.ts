import {describe, expect, it} from 'vitest';
import {codes, counts, read} from '../cloud/support.ts';

const ACCOUNT = '111122223333';
const iam = (kind: string, name: string) => `arn:aws:iam::${ACCOUNT}:${kind}/${name}`;
const DOCUMENT = {Version: '2012-10-17', Statement: [{Effect: 'Allow', Action: '*', Resource: '*'}]};

describe('iam get-account-authorization-details', () => {
  const details = {
    UserDetailList: [
      {
        UserName: 'ann',
        Arn: iam('user', 'ann'),
        GroupList: ['admins'],
        UserPolicyList: [{PolicyName: 'own', PolicyDocument: encodeURIComponent(JSON.stringify(DOCUMENT))}],
        AttachedManagedPolicies: [
          {PolicyName: 'AdministratorAccess', PolicyArn: 'arn:aws:iam::aws:policy/AdministratorAccess'},
        ],
        PermissionsBoundary: {PermissionsBoundaryArn: iam('policy', 'fence')},
      },
    ],
    GroupDetailList: [
      {
        GroupName: 'admins',
        Arn: iam('group', 'team/admins'),
        AttachedManagedPolicies: [],
        GroupPolicyList: [],
      },
    ],
    RoleDetailList: [
      {
        RoleName: 'app',
        Arn: iam('role', 'service/app'),
        AssumeRolePolicyDocument: {Version: '2012-10-17', Statement: []},
        InstanceProfileList: [{Arn: iam('instance-profile', 'app-profile')}],
        RolePolicyList: [],
        AttachedManagedPolicies: [{PolicyArn: iam('policy', 'fence')}],
      },
    ],
    Policies: [
      {
        PolicyName: 'fence',
        Arn: iam('policy', 'fence'),
        DefaultVersionId: 'v2',
        PolicyVersionList: [
          {VersionId: 'v1', IsDefaultVersion: false, Document: {old: true}},
          {VersionId: 'v2', IsDefaultVersion: true, Document: JSON.stringify(DOCUMENT)},
        ],
      },
    ],
    IsTruncated: false,
  };

  it('keeps principals with groups, policies, boundary and trust, and tells the document in force from other versions', () => {
    const {facts, ...intake} = read(details);
    const user = facts.principals.find(({kind}) => kind === 'iamUser');
    expect(user).toMatchObject({
      id: `aws:${iam('user', 'ann')}`,
      container: `aws-account:${ACCOUNT}`,
      person: true,
      memberOf: [`aws:${iam('group', 'team/admins')}`],
      policies: ['aws:arn:aws:iam::aws:policy/AdministratorAccess', `aws:${iam('user', 'ann')}#inline/own`],
      boundary: `aws:${iam('policy', 'fence')}`,
    });
    expect(facts.principals.find(({kind}) => kind === 'iamRole')?.trust).toEqual({
      Version: '2012-10-17',
      Statement: [],
    });
    expect(
      facts.policyDocuments.map(({id, kind, document, versionOf}) => [id, kind, document, versionOf]),
    ).toEqual([
      [`aws:${iam('user', 'ann')}#inline/own`, 'inline', DOCUMENT, undefined],
      [`aws:${iam('policy', 'fence')}`, 'managed', DOCUMENT, undefined],
      [`aws:${iam('policy', 'fence')}#v1`, 'managed', {old: true}, `aws:${iam('policy', 'fence')}`],
    ]);
    expect(facts.edges).toEqual([
      expect.objectContaining({
        from: `aws:${iam('instance-profile', 'app-profile')}`,
        to: `aws:${iam('role', 'service/app')}`,
        kind: 'RUNS_AS',
        certainty: 'certain',
      }),
    ]);
    expect(intake.ledger).toEqual([
      expect.objectContaining({
        scope: ACCOUNT,
        status: 'complete',
        rowsIn: 4,
        classifiedBy: {group: 1, 'managed policy': 1, role: 1, user: 1},
      }),
    ]);
    expect(intake.findings.map(({code, message}) => [code, message.includes('AdministratorAccess')])).toEqual(
      [['BH-SRC-212', true]],
    );
  });

  it('says when a document cannot be read instead of reading it as empty', () => {
    const broken = {
      UserDetailList: [],
      RoleDetailList: [{Arn: iam('role', 'r'), AssumeRolePolicyDocument: '%E0%A4%A', RolePolicyList: []}],
      Policies: [],
    };
    const intake = read(broken);
    expect(intake.facts.principals[0]?.trust).toBeNull();
    expect(codes(intake)).toContain('BH-SRC-211');
  });

  it('is partial while a marker is left', () => {
    const intake = read({...details, IsTruncated: true, Marker: 'm'});
    expect(intake.ledger[0]?.status).toBe('partial');
    expect(intake.findings[0]).toMatchObject({code: 'BH-SRC-201', partial: true});
  });
});

describe('organizations', () => {
  const arn = (rest: string) => `arn:aws:organizations::${ACCOUNT}:${rest}`;

  it('accounts: place from Paths, management account from the ARN, states other than ACTIVE told', () => {
    const intake = read({
      Accounts: [
        {
          Id: ACCOUNT,
          Arn: arn(`account/o-abc/${ACCOUNT}`),
          Name: 'main',
          State: 'ACTIVE',
          Paths: [`o-abc/r-1/${ACCOUNT}/`],
        },
        {
          Id: '444455556666',
          Arn: arn('account/o-abc/444455556666'),
          Name: 'old',
          Status: 'SUSPENDED',
          Paths: ['o-abc/r-1/ou-1-a/ou-1-b/444455556666/'],
        },
        {Name: 'nobody'},
        7,
      ],
      NextToken: 'more',
    });
    expect(intake.facts.containers.map(({id, parent}) => [id, parent])).toEqual(
      expect.arrayContaining([
        [`aws-account:${ACCOUNT}`, 'aws-org:o-abc'],
        ['aws-account:444455556666', 'aws-ou:ou-1-b'],
        ['aws-ou:ou-1-b', 'aws-ou:ou-1-a'],
        ['aws-ou:ou-1-a', 'aws-org:o-abc'],
      ]),
    );
    expect(intake.facts.edges).toEqual([
      expect.objectContaining({
        from: `aws-account:${ACCOUNT}`,
        to: 'aws-org:o-abc',
        kind: 'MANAGES',
        level: 0,
        certainty: 'certain',
      }),
    ]);
    expect(counts(intake)).toEqual({account: 2, 'account without Id': 1, 'not an object': 1});
    expect(codes(intake)).toEqual(['BH-SRC-201', 'BH-SRC-207', 'BH-SRC-207', 'BH-SRC-209']);
    expect(intake.ledger.every(({status}) => status === 'partial')).toBe(true);
  });

  it('roots are the organisation under another name, units take their parent from the workspace when the answer lacks it', () => {
    const roots = read({Roots: [{Id: 'r-1', Arn: arn('root/o-abc/r-1'), Name: 'Root'}]});
    expect(roots.facts.containers).toContainEqual(
      expect.objectContaining({id: 'aws-org:o-abc', aliases: ['aws-ou:r-1']}),
    );
    const unit = {Id: 'ou-1-b', Arn: arn('ou/o-abc/ou-1-b'), Name: 'B'};
    const place = (intake: ReturnType<typeof read>) =>
      intake.facts.containers.find(({id}) => id === 'aws-ou:ou-1-b')?.parent;
    expect(place(read({OrganizationalUnits: [unit]}))).toBeNull();
    expect(place(read({OrganizationalUnits: [unit]}, {scope: 'r-1'}))).toBe('aws-ou:r-1');
  });

  it('describe-organization names the management account', () => {
    const {facts} = read({
      Organization: {Id: 'o-abc', Arn: arn('organization/o-abc'), MasterAccountId: ACCOUNT},
    });
    expect(facts.roots.map(({id}) => id)).toEqual(['aws-org:o-abc', `aws-account:${ACCOUNT}`]);
    expect(facts.edges).toHaveLength(1);
  });
});

describe('workloads', () => {
  it('EC2: id, region, account, instance profile, tags; terminated instances are classified', () => {
    const {facts, ...intake} = read({
      Reservations: [
        {
          OwnerId: ACCOUNT,
          Instances: [
            {
              InstanceId: 'i-1',
              InstanceType: 'm6i.large',
              State: {Name: 'running'},
              Placement: {AvailabilityZone: 'us-west-2-lax-1a', Tenancy: 'dedicated'},
              PublicIpAddress: '198.51.100.4',
              CpuOptions: {CoreCount: 1, ThreadsPerCore: 2},
              IamInstanceProfile: {Arn: iam('instance-profile', 'app-profile')},
              Tags: [{Key: 'Name', Value: 'web'}, {Key: 'api-token', Value: 'abcdefabcdef'}, null],
              UserData: 'c2VjcmV0',
            },
            {InstanceId: 'i-2', State: {Name: 'terminated'}, Placement: {AvailabilityZone: 'eu-central-1a'}},
            {InstanceId: 'i-3', State: {Name: 'stopped'}, Placement: {AvailabilityZone: 'eu-central-1a'}},
            'garbage',
          ],
        },
        {OwnerId: ACCOUNT},
      ],
    });
    expect(facts.workloads).toEqual([
      expect.objectContaining({
        id: `aws:arn:aws:ec2:us-west-2:${ACCOUNT}:instance/i-1`,
        name: 'web',
        container: `aws-account:${ACCOUNT}`,
        vcpu: 2,
        identities: [`aws:${iam('instance-profile', 'app-profile')}`],
        internetExposed: {value: true, field: 'PublicIpAddress = 198.51.100.4'},
        tags: {Name: 'web', 'api-token': '[redacted]'},
        attributes: {size: 'm6i.large', tenancy: 'dedicated'},
      }),
      // No public address proves nothing: a load balancer may publish it.
      expect.objectContaining({name: 'i-3', state: 'stopped', internetExposed: null}),
    ]);
    expect(JSON.stringify(facts)).not.toContain('c2VjcmV0');
    expect(intake.ledger).toEqual([
      expect.objectContaining({
        rowsIn: 5,
        kept: 2,
        classifiedBy: {'terminated instance': 1},
        rejectedBy: {'not an object': 1, 'reservation without Instances': 1},
      }),
    ]);
  });

  it('RDS: Aurora members stay together, clusters without members are workloads themselves', () => {
    const db = (name: string, more: object = {}) => ({
      DBInstanceIdentifier: name,
      DBInstanceArn: `arn:aws:rds:eu-central-1:${ACCOUNT}:db:${name}`,
      Engine: 'postgres',
      EngineVersion: '16',
      AllocatedStorage: 20,
      PubliclyAccessible: false,
      StorageEncrypted: true,
      DBInstanceStatus: 'available',
      ...more,
    });
    const {facts} = read({
      DBInstances: [
        db('a'),
        db('b', {Engine: 'aurora-mysql', DBClusterIdentifier: 'c', AllocatedStorage: 1}),
        db('c', {Engine: 'aurora-mysql', DBClusterIdentifier: 'c', PubliclyAccessible: true}),
      ],
    });
    expect(
      facts.workloads.map(({name, storageMiB, internetExposed}) => [
        name,
        storageMiB,
        internetExposed?.value,
      ]),
    ).toEqual([
      ['a', 20_480, false],
      ['b', null, false],
      ['c', null, true],
    ]);
    expect(facts.dependencies).toEqual([
      expect.objectContaining({
        kind: 'must-together',
        from: facts.workloads[2]?.id,
        to: facts.workloads[1]?.id,
      }),
    ]);
    const clusters = read({
      DBClusters: [
        {
          DBClusterIdentifier: 'x',
          DBClusterArn: `arn:aws:rds:eu-central-1:${ACCOUNT}:cluster:x`,
          DBClusterMembers: [{}],
        },
        {
          DBClusterIdentifier: 'y',
          DBClusterArn: `arn:aws:rds:eu-central-1:${ACCOUNT}:cluster:y`,
          DBClusterMembers: [],
        },
      ],
    });
    expect(clusters.facts.workloads.map(({name}) => name)).toEqual(['y']);
    expect(counts(clusters)).toEqual({'database cluster': 1});
  });

  it('Lambda: role as identity, environment never read', () => {
    const {facts} = read({
      Functions: [
        {
          FunctionName: 'f',
          FunctionArn: `arn:aws:lambda:eu-central-1:${ACCOUNT}:function:f`,
          Role: iam('role', 'f'),
          MemorySize: 256,
          Environment: {Variables: {DB_PASSWORD: 'hunter2hunter2'}},
        },
      ],
    });
    expect(facts.workloads[0]).toMatchObject({
      type: 'function',
      memoryMiB: 256,
      identities: [`aws:${iam('role', 'f')}`],
    });
    expect(JSON.stringify(facts)).not.toContain('hunter2');
  });

  it('S3: without a word from the workspace nobody knows the account', () => {
    const buckets = {
      Buckets: [{Name: 'b1', CreationDate: '2020-01-01', BucketRegion: 'eu-central-1'}],
      Owner: {ID: 'x'},
    };
    const unknown = read(buckets);
    expect(unknown.facts.workloads[0]?.container).toBeNull();
    expect(unknown.findings).toEqual([
      expect.objectContaining({code: 'BH-SRC-206', remedy: expect.stringContaining('scope:')}),
    ]);
    const known = read(buckets, {scope: ACCOUNT});
    expect(known.facts.workloads[0]).toMatchObject({
      id: 'aws:arn:aws:s3:::b1',
      container: `aws-account:${ACCOUNT}`,
    });
    expect(known.findings).toEqual([]);
    expect(known.source.scopes).toEqual([ACCOUNT]);
  });
});
