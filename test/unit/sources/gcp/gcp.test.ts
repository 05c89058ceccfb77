import {describe, expect, it} from 'vitest';
import {codes, counts, read, readDecoded} from '../cloud/support.ts';

const VM = '//compute.googleapis.com/projects/shop/zones/europe-west3-a/instances/web';
const BUCKET = '//storage.googleapis.com/shop-data';

const found = (name: string, assetType: string, more: object = {}) => ({
  name,
  assetType,
  project: 'projects/123',
  folders: ['folders/9'],
  organization: 'organizations/5',
  ...more,
});

describe('gcloud asset search-all-resources', () => {
  it('joins project id and number, and reads configuration where it is included', () => {
    const {facts, ...intake} = read([
      found(VM, 'compute.googleapis.com/Instance', {
        displayName: 'web',
        location: 'europe-west3-a',
        state: 'RUNNING',
        labels: {team: 'shop'},
        versionedResources: [
          {
            version: 'v1',
            resource: {
              machineType: 'https://x/machineTypes/n2-standard-8',
              serviceAccounts: [{email: 'app@shop.iam.gserviceaccount.com'}],
              networkInterfaces: [{networkIP: '10.0.0.2', accessConfigs: [{natIP: '198.51.100.9'}]}],
              disks: [{boot: true, diskSizeGb: '20', licenses: ['https://x/licenses/debian-12']}],
              metadata: {items: [{key: 'startup-script', value: 'password=hunter2hunter2'}]},
            },
          },
        ],
      }),
      found(
        '//compute.googleapis.com/projects/shop/global/networks/default',
        'compute.googleapis.com/Network',
      ),
      found(
        '//cloudresourcemanager.googleapis.com/projects/shop',
        'cloudresourcemanager.googleapis.com/Project',
        {displayName: 'Shop', labels: {env: 'prod'}},
      ),
    ]);
    expect(facts.workloads).toEqual([
      expect.objectContaining({
        id: `gcp:${VM}`,
        container: 'gcp:projects/123',
        region: 'europe-west3-a',
        state: 'running',
        vcpu: 8,
        memoryMiB: 32_768,
        storageMiB: 20_480,
        os: 'debian-12',
        tags: {team: 'shop'},
        identities: ['gcp:serviceAccount:app@shop.iam.gserviceaccount.com'],
        internetExposed: {value: true, field: expect.stringContaining('198.51.100.9')},
      }),
    ]);
    expect(facts.containers).toContainEqual({
      id: 'gcp:projects/123',
      kind: 'project',
      name: 'Shop',
      cloud: 'gcp',
      parent: 'gcp:folders/9',
      root: 'gcp-org:5',
      tags: {env: 'prod'},
      aliases: ['gcp:projects/shop'],
    });
    expect(facts.principals[0]).toMatchObject({
      kind: 'serviceAccount',
      container: 'gcp:projects/123',
      person: false,
    });
    expect(intake.ledger).toEqual([
      expect.objectContaining({
        scope: 'projects/123',
        kept: 1,
        classifiedBy: {project: 1, 'virtual network': 1},
      }),
    ]);
    expect(JSON.stringify({facts, intake})).not.toContain('hunter2');
  });

  it('does not join a project id that appears with two numbers', () => {
    const intake = read([
      found(VM, 'compute.googleapis.com/Instance'),
      found(`${VM}-2`, 'compute.googleapis.com/Instance', {project: 'projects/456'}),
    ]);
    expect(intake.facts.containers.every((container) => container.aliases === undefined)).toBe(true);
    expect(codes(intake)).toEqual(['BH-SRC-210']);
  });

  it('a left-over page token of the raw API is an incomplete scope', () => {
    const intake = read({results: [found(BUCKET, 'storage.googleapis.com/Bucket')], nextPageToken: 'n'});
    expect(intake.ledger.map(({status}) => status)).toEqual(['partial']);
    expect(intake.findings[0]).toMatchObject({code: 'BH-SRC-201', where: {pointer: '/nextPageToken'}});
  });
});

describe('gcloud asset export', () => {
  const instance = {
    name: VM,
    asset_type: 'compute.googleapis.com/Instance',
    ancestors: ['projects/123', 'organizations/5'],
    resource: {
      parent: '//cloudresourcemanager.googleapis.com/projects/123',
      data: {name: 'web', status: 'TERMINATED', machineType: 'z/custom-2-5120'},
    },
  };

  it('reads NDJSON and places facts and faults by line', () => {
    const intake = readDecoded({kind: 'ndjson', records: [instance, 5, {name: 'x'}], lines: [1, 2, 4]});
    expect(intake.facts.workloads[0]).toMatchObject({state: 'stopped', vcpu: 2, memoryMiB: 5120});
    expect(intake.provenance).toContainEqual({
      fact: `gcp:${VM}`,
      source: intake.source.id,
      place: {file: 'export.json', line: 1, pointer: ''},
    });
    expect(counts(intake)).toEqual({'not an object': 1, 'no name or asset type': 1});
    expect(intake.findings.map(({where}) => where.line)).toEqual([2, 4]);
  });

  it('content other than the resource is classified by what it is, and a policy opens the bucket beside it', () => {
    const intake = read([
      {
        name: BUCKET,
        asset_type: 'storage.googleapis.com/Bucket',
        resource: {data: {location: 'EU'}, parent: '//cloudresourcemanager.googleapis.com/projects/123'},
      },
      {
        name: BUCKET,
        asset_type: 'storage.googleapis.com/Bucket',
        iam_policy: {bindings: [{role: 'roles/storage.objectViewer', members: ['allUsers']}]},
      },
      {
        name: '//cloudresourcemanager.googleapis.com/organizations/5',
        asset_type: 'cloudresourcemanager.googleapis.com/Organization',
        access_level: {name: 'a'},
      },
      {
        name: '//cloudresourcemanager.googleapis.com/organizations/5',
        asset_type: 'cloudresourcemanager.googleapis.com/Organization',
        service_perimeter: {name: 'p'},
      },
      {
        name: '//cloudresourcemanager.googleapis.com/projects/123',
        asset_type: 'cloudresourcemanager.googleapis.com/Project',
        org_policy: [],
      },
      {
        name: '//iam.googleapis.com/projects/shop/roles/r',
        asset_type: 'iam.googleapis.com/Role',
        resource: {data: {title: 'R', includedPermissions: ['a.b.c']}},
      },
    ]);
    expect(counts(intake)).toEqual({
      'iam policy': 1,
      'access level': 1,
      'service perimeter': 1,
      'organisation policy': 1,
      role: 1,
    });
    expect(intake.facts.workloads).toEqual([
      expect.objectContaining({
        type: 'bucket',
        internetExposed: {value: true, field: 'iamPolicy: allUsers has roles/storage.objectViewer'},
      }),
    ]);
    expect(intake.facts.roleDefinitions).toEqual([
      expect.objectContaining({id: 'gcp:projects/shop/roles/r', actions: ['a.b.c']}),
    ]);
  });

  it('joins a policy on a service account to the principal its unique id stands for', () => {
    const name = '//iam.googleapis.com/projects/shop/serviceAccounts/987';
    const {facts} = read([
      {
        name,
        asset_type: 'iam.googleapis.com/ServiceAccount',
        iam_policy: {
          bindings: [{role: 'roles/iam.serviceAccountTokenCreator', members: ['user:ann@example.com']}],
        },
        resource: {
          data: {email: 'app@shop.iam.gserviceaccount.com', uniqueId: '987'},
          parent: '//cloudresourcemanager.googleapis.com/projects/123',
        },
      },
    ]);
    expect(facts.assignments).toEqual([
      expect.objectContaining({
        scope: 'gcp:serviceAccount:app@shop.iam.gserviceaccount.com',
        principal: 'gcp:user:ann@example.com',
      }),
    ]);
    expect(facts.principals.find(({kind}) => kind === 'serviceAccount')).not.toHaveProperty('implied');
  });
});

describe('gcloud asset search-all-iam-policies', () => {
  it('turns each member into a principal of its kind and keeps conditions', () => {
    const members = [
      'user:ann@example.com',
      'group:g@example.com',
      'domain:example.com',
      'allAuthenticatedUsers',
      'principalSet://iam.googleapis.com/projects/1/locations/global/workloadIdentityPools/p/*',
      'deleted:user:bob@example.com?uid=1',
    ];
    const intake = read([
      {
        resource: '//cloudresourcemanager.googleapis.com/projects/shop',
        project: 'projects/123',
        organization: 'organizations/5',
        policy: {
          bindings: [
            {role: 'roles/owner', members, condition: {title: 'until', expression: 'request.time < x'}},
          ],
        },
      },
      {resource: BUCKET, project: 'projects/123'},
    ]);
    expect(intake.facts.principals.map(({kind, person}) => [kind, person])).toEqual([
      ['user', true],
      ['group', false],
      ['domain', false],
      ['public', false],
      ['foreign', false],
      ['unknown', false],
    ]);
    expect(intake.facts.assignments).toHaveLength(6);
    expect(intake.facts.assignments[0]).toMatchObject({
      scope: 'gcp:projects/123',
      roleName: 'roles/owner',
      condition: 'request.time < x',
    });
    expect(counts(intake)).toEqual({'iam policy': 1, 'no policy': 1});
  });

  it('adds up results of one resource instead of calling the second a collision', () => {
    const policy = (role: string) => ({
      resource: BUCKET,
      project: 'projects/123',
      policy: {bindings: [{role, members: ['user:a@b.c']}]},
    });
    expect(
      read([policy('roles/a'), policy('roles/b')]).facts.assignments.map(({roleName}) => roleName),
    ).toEqual(['roles/a', 'roles/b']);
  });
});

describe('hierarchy lists', () => {
  it('projects in their v1 and v3 spelling come out the same', () => {
    const v1 = read([
      {
        projectId: 'shop',
        projectNumber: 123,
        name: 'Shop',
        lifecycleState: 'ACTIVE',
        parent: {type: 'folder', id: '9'},
      },
    ]);
    const v3 = read({
      projects: [
        {name: 'projects/123', projectId: 'shop', displayName: 'Shop', state: 'ACTIVE', parent: 'folders/9'},
      ],
    });
    const project = (intake: typeof v1) => intake.facts.containers.find(({kind}) => kind === 'project');
    expect(project(v1)).toEqual(project(v3));
    expect(project(v1)).toMatchObject({
      id: 'gcp:projects/123',
      aliases: ['gcp:projects/shop'],
      parent: 'gcp:folders/9',
    });
  });

  it('an organisation hangs under its directory customer', () => {
    const {facts} = read([
      {
        name: 'organizations/5',
        displayName: 'example.com',
        owner: {directoryCustomerId: 'C01'},
        lifecycleState: 'ACTIVE',
      },
    ]);
    expect(facts.roots.map(({id}) => id)).toEqual(['gcp-org:5', 'workspace:C01']);
    expect(facts.edges).toEqual([
      expect.objectContaining({from: 'workspace:C01', to: 'gcp-org:5', kind: 'ADMINISTERS'}),
    ]);
  });

  it('folders name their parent; a deleted one is told', () => {
    const intake = read([
      {name: 'folders/9', displayName: 'F', parent: 'organizations/5', lifecycleState: 'ACTIVE'},
      {name: 'folders/10', displayName: 'G', parent: 'folders/9', lifecycleState: 'DELETE_REQUESTED'},
    ]);
    expect(
      intake.facts.containers.filter(({kind}) => kind === 'folder').map(({id, parent}) => [id, parent]),
    ).toEqual([
      ['gcp:folders/9', 'gcp:organizations/5'],
      ['gcp:folders/10', 'gcp:folders/9'],
    ]);
    expect(codes(intake)).toEqual(['BH-SRC-209']);
  });
});
