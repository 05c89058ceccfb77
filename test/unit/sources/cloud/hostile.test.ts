import * as fc from 'fast-check';
import {describe, expect, it} from 'vitest';
import type {Decoded} from '../../../../src/model/decoded.ts';
import {ALL_SHAPES, FILE, expectSound, read, rowsIn, takers} from './support.ts';

/** One small valid export per shape, with a trivial count of its rows that knows nothing of the mappers. */
const SAMPLES: Record<string, {value: unknown; rows: (value: unknown) => number}> = {
  'azure.graph-query': {
    value: {count: 2, data: [arm('vm-1'), arm('vm-2')], skip_token: null},
    rows: lengthOf('data'),
  },
  'azure.resource-list': {value: [arm('vm-1'), arm('vm-2')], rows: lengthOf()},
  'azure.arm-list': {value: {value: [arm('vm-1'), arm('vm-2')]}, rows: lengthOf('value')},
  'azure.resource': {value: arm('vm-1'), rows: () => 1},
  'azure.accounts': {
    value: [{id: 's', tenantId: 't', homeTenantId: 't', name: 'n', managedByTenants: [{tenantId: 'm'}]}],
    rows: lengthOf(),
  },
  'azure.role-assignments': {
    value: [
      {
        id: '/subscriptions/s/providers/Microsoft.Authorization/roleAssignments/a',
        principalId: 'p',
        scope: '/subscriptions/s',
        roleDefinitionId: '/r/1',
        roleDefinitionName: 'Owner',
      },
    ],
    rows: lengthOf(),
  },
  'azure.role-definitions': {
    value: [
      {
        id: '/subscriptions/s/providers/Microsoft.Authorization/roleDefinitions/a',
        roleName: 'Owner',
        permissions: [{actions: ['*'], notActions: []}],
        assignableScopes: ['/'],
      },
    ],
    rows: lengthOf(),
  },
  'aws.authorization-details': {
    value: {
      UserDetailList: [
        {
          UserName: 'u',
          Arn: 'arn:aws:iam::111122223333:user/u',
          GroupList: ['g'],
          UserPolicyList: [{PolicyName: 'p', PolicyDocument: {Statement: []}}],
          AttachedManagedPolicies: [{PolicyArn: 'arn:aws:iam::aws:policy/x'}],
        },
      ],
      GroupDetailList: [{GroupName: 'g', Arn: 'arn:aws:iam::111122223333:group/g'}],
      RoleDetailList: [
        {
          RoleName: 'r',
          Arn: 'arn:aws:iam::111122223333:role/r',
          AssumeRolePolicyDocument: '%7B%7D',
          InstanceProfileList: [{Arn: 'arn:aws:iam::111122223333:instance-profile/r'}],
        },
      ],
      Policies: [
        {
          Arn: 'arn:aws:iam::111122223333:policy/p',
          DefaultVersionId: 'v1',
          PolicyVersionList: [{VersionId: 'v1', IsDefaultVersion: true, Document: {}}],
        },
      ],
    },
    rows: (value) =>
      ['UserDetailList', 'GroupDetailList', 'RoleDetailList', 'Policies'].reduce(
        (total, key) => total + lengthOf(key)(value),
        0,
      ),
  },
  'aws.organization-accounts': {
    value: {
      Accounts: [
        {
          Id: '111122223333',
          Arn: 'arn:aws:organizations::111122223333:account/o-a/111122223333',
          Name: 'n',
          State: 'ACTIVE',
          Paths: ['o-a/r-1/111122223333/'],
        },
      ],
    },
    rows: lengthOf('Accounts'),
  },
  'aws.organizational-units': {
    value: {
      OrganizationalUnits: [
        {Id: 'ou-1-a', Arn: 'arn:aws:organizations::111122223333:ou/o-a/ou-1-a', Name: 'n'},
      ],
    },
    rows: lengthOf('OrganizationalUnits'),
  },
  'aws.rds-instances': {
    value: {
      DBInstances: [
        {
          DBInstanceIdentifier: 'd',
          DBInstanceArn: 'arn:aws:rds:eu-central-1:111122223333:db:d',
          AssociatedRoles: [{RoleArn: 'arn:aws:iam::111122223333:role/r'}],
          TagList: [{Key: 'a', Value: 'b'}],
        },
      ],
    },
    rows: lengthOf('DBInstances'),
  },
  'aws.lambda-functions': {
    value: {
      Functions: [
        {
          FunctionName: 'f',
          FunctionArn: 'arn:aws:lambda:eu-central-1:111122223333:function:f',
          Role: 'arn:aws:iam::111122223333:role/r',
        },
      ],
    },
    rows: lengthOf('Functions'),
  },
  'aws.s3-buckets': {
    value: {Buckets: [{Name: 'b', CreationDate: 'x'}], Owner: {}},
    rows: lengthOf('Buckets'),
  },
  'gcp.search-resources': {
    value: [
      {
        name: '//compute.googleapis.com/projects/p/zones/z/instances/i',
        assetType: 'compute.googleapis.com/Instance',
        project: 'projects/1',
        folders: ['folders/2'],
        organization: 'organizations/3',
        labels: {a: 'b'},
        versionedResources: [
          {
            resource: {
              machineType: 'n2-standard-2',
              serviceAccounts: [{email: 'a@p.iam.gserviceaccount.com'}],
            },
          },
        ],
      },
    ],
    rows: lengthOf(),
  },
  'gcp.asset-export': {
    value: [
      {
        name: '//storage.googleapis.com/b',
        asset_type: 'storage.googleapis.com/Bucket',
        ancestors: ['projects/1'],
        resource: {data: {labels: {a: 'b'}}},
        iam_policy: {bindings: [{role: 'roles/owner', members: ['user:a@b.c']}]},
      },
    ],
    rows: lengthOf(),
  },
  'gcp.search-iam-policies': {
    value: [
      {
        resource: '//storage.googleapis.com/b',
        project: 'projects/1',
        policy: {bindings: [{role: 'roles/owner', members: ['user:a@b.c'], condition: {expression: 'x'}}]},
      },
    ],
    rows: lengthOf(),
  },
  'gcp.projects': {
    value: [
      {
        projectId: 'p',
        projectNumber: '1',
        name: 'P',
        parent: {type: 'folder', id: '2'},
        lifecycleState: 'ACTIVE',
        labels: {a: 'b'},
      },
    ],
    rows: lengthOf(),
  },
};

function arm(name: string): object {
  return {
    id: `/subscriptions/s/resourceGroups/g/providers/Microsoft.Compute/virtualMachines/${name}`,
    name,
    type: 'microsoft.compute/virtualmachines',
    tenantId: 't',
    tags: {a: 'b'},
    identity: {
      principalId: 'p',
      userAssignedIdentities: {
        '/subscriptions/s/resourceGroups/g/providers/Microsoft.ManagedIdentity/userAssignedIdentities/u': {
          principalId: 'q',
        },
      },
    },
    properties: {
      storageProfile: {osDisk: {osType: 'Linux', diskSizeGB: 1}, dataDisks: [{diskSizeGB: 2}]},
      networkProfile: {networkInterfaces: [{id: '/subscriptions/s/x'}]},
    },
  };
}

function lengthOf(key?: string): (value: unknown) => number {
  return (value) => {
    const at = key === undefined ? value : (value as Record<string, unknown>)[key];
    return Array.isArray(at) ? at.length : 0;
  };
}

const JUNK = fc.oneof(
  fc.constantFrom<unknown>(
    null,
    '',
    0,
    -1,
    Number.MAX_VALUE,
    true,
    [],
    {},
    [null],
    [[]],
    '/',
    '/subscriptions',
    '//',
    'arn:',
    'gcp:',
    '%',
    '\u0000',
    JSON.parse('{"__proto__": {"x": 1}, "constructor": 5, "toString": null}'),
  ),
  fc.jsonValue({maxDepth: 2}),
);

/** Replaces, adds or repeats one node of a JSON value chosen by the numbers given; the rest stays valid. */
function spoil(value: unknown, picks: number[], junk: unknown): unknown {
  const copy: unknown = structuredClone(value);
  let at: unknown = copy;
  for (const [depth, pick] of picks.entries()) {
    if (typeof at !== 'object' || at === null) break;
    const holder = at as Record<string, unknown>;
    const keys = Object.keys(holder);
    const key = keys[pick % Math.max(keys.length, 1)];
    if (key === undefined) break;
    const next = holder[key];
    if (depth === picks.length - 1 || typeof next !== 'object' || next === null) {
      holder[key] = junk;
      break;
    }
    at = next;
  }
  return copy;
}

describe('hostile exports', () => {
  for (const [id, sample] of Object.entries(SAMPLES)) {
    const shape = ALL_SHAPES.find((candidate) => candidate.id === id)!;

    it(`${id}: the sample is taken by this shape alone, all rows accounted for`, () => {
      expect(takers({kind: 'json', value: sample.value})).toEqual([id]);
      expect(rowsIn(read(sample.value))).toBe(sample.rows(sample.value));
    });

    it(`${id}: any spoiled value neither throws nor loses a row`, () => {
      fc.assert(
        fc.property(fc.array(fc.nat(20), {minLength: 1, maxLength: 7}), JUNK, (picks, junk) => {
          const value = spoil(sample.value, picks, junk);
          const decoded: Decoded = {kind: 'json', value};
          const taken = shape.matches(decoded, FILE);
          const intake = shape.map(decoded, FILE, {});
          expectSound(intake);
          // A file no shape would take may lose the list itself; then there is nothing to count.
          expect(rowsIn(intake)).toBe(taken ? sample.rows(value) : rowsIn(intake));
          for (const finding of intake.findings) expect(finding.where.file).toBe('export.json');
        }),
        {numRuns: 100},
      );
    });
  }

  it('values of the wrong kind are no business of any shape', () => {
    for (const value of [
      null,
      1,
      'x',
      true,
      [],
      {},
      [[]],
      [null],
      [1, 2],
      {data: 1},
      {value: 'x'},
      {Accounts: null},
    ]) {
      expect(takers({kind: 'json', value})).toEqual([]);
    }
    expect(takers({kind: 'ndjson', records: [null, 1], lines: [1, 2]})).toEqual([]);
  });

  it('deep nesting does not exhaust the stack, even where records are compared', () => {
    const deep = (): unknown => JSON.parse(`${'{"a":'.repeat(100_000)}1${'}'.repeat(100_000)}`);
    const row = () => ({...arm('vm-1'), properties: deep(), tags: {a: deep()}});
    const intake = read([row(), row()]);
    expect(intake.ledger[0]).toMatchObject({kept: 1, classifiedBy: {duplicate: 1}});
    const children = JSON.parse(
      `${'{"id":"/providers/Microsoft.Management/managementGroups/x","type":"Microsoft.Management/managementGroups","children":['.repeat(20_000)}${']}'.repeat(20_000)}`,
    ) as unknown;
    expect(rowsIn(read(children))).toBe(20_000);
  });

  it('a prototype in the data stays data', () => {
    const value = JSON.parse(
      '[{"id":"/subscriptions/s/resourceGroups/g/providers/Microsoft.Compute/virtualMachines/v","type":"constructor/x","tags":{"__proto__":"polluted","toString":"t"},"__proto__":{"name":"ghost"}}]',
    ) as unknown;
    const [workload] = read(value).facts.workloads;
    expect(workload?.name).toBe('v');
    expect(workload?.tags).toEqual({'[__proto__]': 'polluted', toString: 't'});
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
  });

  it('maps 10⁵ rows, every one accounted for', () => {
    const rows = Array.from({length: 100_000}, (_, i) => ({
      ...arm(`vm-${i}`),
      tags: {owner: `team-${i % 50}`, env: 'prod', app: `app-${i % 900}`},
    }));
    const shape = ALL_SHAPES.find(({id}) => id === 'azure.graph-query')!;
    const decoded: Decoded = {kind: 'json', value: {count: rows.length, data: rows, skip_token: null}};
    const intake = shape.map(decoded, FILE, {});
    expect(intake.facts.workloads).toHaveLength(100_000);
    expect(rowsIn(intake)).toBe(100_000);
  });
});
