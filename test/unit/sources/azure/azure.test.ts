import {describe, expect, it} from 'vitest';
import {codes, counts, read, rowsIn} from '../cloud/support.ts';

const SUB = '/subscriptions/AAAA';
const VM = `${SUB}/resourceGroups/Prod/providers/Microsoft.Compute/virtualMachines/vm-1`;
const NIC = `${SUB}/resourceGroups/prod/providers/Microsoft.Network/networkInterfaces/nic-1`;
const PIP = `${SUB}/resourceGroups/prod/providers/Microsoft.Network/publicIPAddresses/pip-1`;
const UAI = `${SUB}/resourceGroups/prod/providers/Microsoft.ManagedIdentity/userAssignedIdentities/shared`;

function row(id: string, type: string, more: object = {}): Record<string, unknown> {
  const name = id.slice(id.lastIndexOf('/') + 1);
  return {
    id,
    name,
    type,
    location: 'westeurope',
    subscriptionId: 'AAAA',
    tenantId: 'T1',
    resourceGroup: 'prod',
    tags: null,
    ...more,
  };
}

function answer(data: unknown[], more: object = {}): object {
  return {count: data.length, data, skip_token: null, total_records: data.length, ...more};
}

describe('az graph query', () => {
  it('gives a virtual machine its place, size, identities and public address over interface and address rows', () => {
    const intake = read(
      answer([
        row(VM, 'microsoft.compute/virtualmachines', {
          tags: {owner: 'ops'},
          identity: {
            principalId: 'P-SYS',
            tenantId: 'T1',
            userAssignedIdentities: {[UAI]: {}},
          },
          properties: {
            hardwareProfile: {vmSize: 'Standard_D4s_v5'},
            storageProfile: {
              osDisk: {osType: 'Linux', diskSizeGB: 30},
              dataDisks: [{diskSizeGB: 100}],
              imageReference: {offer: 'ubuntu', sku: '22_04-lts'},
            },
            networkProfile: {
              networkInterfaces: [{id: NIC.toUpperCase().replace('/SUBSCRIPTIONS', '/subscriptions')}],
            },
            extended: {instanceView: {powerState: {code: 'PowerState/deallocated'}}},
          },
        }),
        row(NIC, 'microsoft.network/networkinterfaces', {
          properties: {ipConfigurations: [{properties: {publicIPAddress: {id: PIP}}}]},
        }),
        row(PIP, 'microsoft.network/publicipaddresses', {properties: {ipAddress: '203.0.113.7'}}),
        row(UAI, 'microsoft.managedidentity/userassignedidentities', {properties: {principalId: 'P-UAI'}}),
      ]),
    );
    expect(intake.facts.workloads).toEqual([
      expect.objectContaining({
        id: `azure:${VM.toLowerCase()}`,
        name: 'vm-1',
        type: 'vm',
        container: 'azure:/subscriptions/aaaa/resourcegroups/prod',
        state: 'stopped',
        os: 'ubuntu 22_04-lts (Linux)',
        vcpu: 4,
        memoryMiB: null,
        storageMiB: 130 * 1024,
        tags: {owner: 'ops'},
        identities: ['azure-principal:p-sys', 'azure-principal:p-uai'],
        internetExposed: {value: true, field: expect.stringContaining('203.0.113.7')},
      }),
    ]);
    expect(counts(intake)).toEqual({'managed identity': 1, 'network interface': 1, 'public ip address': 1});
    const group = intake.facts.containers.find(({kind}) => kind === 'resourceGroup');
    expect(group).toMatchObject({
      name: 'Prod',
      parent: 'azure:/subscriptions/aaaa',
      root: 'entra:t1',
      implied: true,
    });
    expect(intake.facts.roots).toEqual([{id: 'entra:t1', kind: 'entraTenant', name: 'T1'}]);
    expect(intake.facts.principals.find(({id}) => id === 'azure-principal:p-uai')).not.toHaveProperty(
      'implied',
    );
  });

  it.each([
    ['a page token', {skip_token: 'abc'}, '/skip_token'],
    ['a truncation mark', {resultTruncated: 'true'}, '/resultTruncated'],
    ['more records than rows', {total_records: 7}, '/total_records'],
  ])('marks every scope partial after %s', (_name, more, pointer) => {
    const intake = read(answer([row(VM, 'microsoft.compute/virtualmachines')], more));
    expect(intake.ledger.map(({status}) => status)).toEqual(['partial']);
    expect(intake.findings).toContainEqual(
      expect.objectContaining({code: 'BH-SRC-201', partial: true, where: {file: 'export.json', pointer}}),
    );
  });

  it('is complete without any of them', () => {
    const intake = read(answer([row(VM, 'microsoft.compute/virtualmachines')]));
    expect(intake.ledger).toHaveLength(1);
    expect(intake.ledger[0]).toMatchObject({scope: 'aaaa', status: 'complete', api: 'az graph query'});
    expect(intake.findings).toEqual([]);
  });

  it('reads resourcecontainers and authorizationresources rows in the same file', () => {
    const assignment = `/providers/Microsoft.Management/managementGroups/mg-root/providers/Microsoft.Authorization/roleAssignments/ra-1`;
    const definition = `${SUB}/providers/Microsoft.Authorization/roleDefinitions/8E3A`;
    const intake = read(
      answer([
        row(SUB, 'microsoft.resources/subscriptions', {
          name: 'Clinical',
          properties: {
            managementGroupAncestorsChain: [
              {name: 'mg-clinical', displayName: 'Clinical MG'},
              {name: 'T1', displayName: 'Tenant Root Group'},
            ],
            managedByTenants: [{tenantId: 'T-MSP'}],
          },
        }),
        row(assignment, 'microsoft.authorization/roleassignments', {
          subscriptionId: '',
          properties: {
            principalId: 'U1',
            principalType: 'User',
            roleDefinitionId: definition,
            scope: '/',
            condition: 'x',
          },
        }),
        row(definition, 'microsoft.authorization/roledefinitions', {
          properties: {roleName: 'Owner', permissions: [{actions: ['*'], notActions: []}]},
        }),
      ]),
    );
    expect(intake.facts.containers.map(({id, parent, name}) => [id, parent, name])).toEqual([
      [
        'azure:/providers/microsoft.management/managementgroups/mg-clinical',
        'azure:/providers/microsoft.management/managementgroups/t1',
        'Clinical MG',
      ],
      ['azure:/providers/microsoft.management/managementgroups/t1', null, 'Tenant Root Group'],
      [
        'azure:/subscriptions/aaaa',
        'azure:/providers/microsoft.management/managementgroups/mg-clinical',
        'Clinical',
      ],
    ]);
    // Scope "/" of a known tenant is its root management group; the role joins its definition without the scope.
    expect(intake.facts.assignments).toEqual([
      expect.objectContaining({
        scope: 'azure:/providers/microsoft.management/managementgroups/t1',
        role: intake.facts.roleDefinitions[0]?.id,
        principal: 'azure-principal:u1',
        condition: 'x',
      }),
    ]);
    expect(intake.facts.edges).toEqual([
      expect.objectContaining({
        from: 'entra:t-msp',
        to: 'azure:/subscriptions/aaaa',
        kind: 'OPERATES',
        certainty: 'conditional',
      }),
    ]);
    expect(intake.facts.principals).toEqual([
      expect.objectContaining({id: 'azure-principal:u1', kind: 'user', person: true, container: 'entra:t1'}),
    ]);
  });

  it('never drops a repeated id: the same record is a duplicate, another one a collision with both places', () => {
    const vm = row(VM, 'microsoft.compute/virtualmachines');
    const intake = read(
      answer([
        vm,
        {...vm},
        {...vm, id: VM.toUpperCase().replace('/SUBSCRIPTIONS', '/subscriptions'), location: 'elsewhere'},
      ]),
    );
    expect(intake.facts.workloads).toHaveLength(1);
    expect(intake.facts.workloads[0]?.region).toBe('westeurope');
    expect(counts(intake)).toEqual({duplicate: 1, collision: 1});
    const collision = intake.findings.find(({code}) => code === 'BH-SRC-203');
    expect(collision?.message).toContain('/data/0');
    expect(collision?.where).toEqual({
      file: 'export.json',
      pointer: '/data/2',
      id: `azure:${VM.toLowerCase()}`,
    });
  });

  it('takes unknown types of hosting providers for workloads, others not, and says so', () => {
    const base = `${SUB}/resourceGroups/prod/providers`;
    const intake = read(
      answer([
        row(`${base}/Microsoft.Web/novelty/n1`, 'microsoft.web/novelty'),
        row(`${base}/Contoso.Things/widgets/w1`, 'contoso.things/widgets'),
        row(`${base}/Microsoft.Web/sites/s1/hostNameBindings/h1`, 'microsoft.web/sites/hostnamebindings'),
      ]),
    );
    expect(intake.facts.workloads.map(({type, nativeType}) => [type, nativeType])).toEqual([
      ['other', 'microsoft.web/novelty'],
    ]);
    expect(counts(intake)).toEqual({'other resource': 1, 'child resource': 1});
    const finding = intake.findings.find(({code}) => code === 'BH-SRC-204');
    expect(finding?.severity).toBe('info');
    expect(finding?.message).toMatch(/contoso\.things\/widgets 1, microsoft\.web\/novelty 1/);
  });

  it('keeps secrets in tags out of the facts and tells where they stood', () => {
    const intake = read(
      answer([
        row(VM, 'microsoft.compute/virtualmachines', {
          tags: {
            'db-password': 'hunter2hunter2',
            note: 'AccountKey=c2VjcmV0c2VjcmV0c2VjcmV0',
            owner: 'ops',
            __proto__x: 'y',
          },
          properties: {
            userData: 'cGFzc3dvcmQ9aHVudGVyMg==',
            osProfile: {customData: 'c2VjcmV0', adminPassword: 'hunter2'},
          },
        }),
      ]),
    );
    const dump = JSON.stringify(intake);
    for (const secret of ['hunter2', 'c2VjcmV0', 'cGFzc3dvcmQ9']) expect(dump).not.toContain(secret);
    expect(intake.facts.workloads[0]?.tags['owner']).toBe('ops');
    expect(intake.findings.find(({code}) => code === 'BH-SRC-205')?.message).toContain('/data/0/tags');
  });

  it('accepts the table form of old answers', () => {
    const table = {
      columns: [{name: 'id'}, {name: 'type'}, {name: 'name'}],
      rows: [[VM, 'microsoft.compute/virtualmachines', 'vm-1']],
    };
    expect(read({count: 1, data: table, skipToken: null}).facts.workloads).toHaveLength(1);
  });
});

describe('exposure', () => {
  const cases: [string, object, boolean | null][] = [
    [
      'Microsoft.Storage/storageAccounts',
      {publicNetworkAccess: 'Disabled', allowBlobPublicAccess: true},
      false,
    ],
    ['Microsoft.Storage/storageAccounts', {networkAcls: {defaultAction: 'Deny', ipRules: []}}, false],
    [
      'Microsoft.Storage/storageAccounts',
      {networkAcls: {defaultAction: 'Deny', ipRules: [{value: '1.2.3.4'}]}},
      true,
    ],
    ['Microsoft.Storage/storageAccounts', {allowBlobPublicAccess: true}, true],
    ['Microsoft.Storage/storageAccounts', {allowBlobPublicAccess: false}, null],
    ['Microsoft.Web/sites', {defaultHostName: 'a.azurewebsites.net'}, true],
    ['Microsoft.Web/sites', {defaultHostName: 'a.azurewebsites.net', publicNetworkAccess: 'Disabled'}, false],
    ['Microsoft.Web/sites', {defaultHostName: 'a', hostingEnvironmentProfile: {id: 'ase'}}, null],
    ['Microsoft.KeyVault/vaults', {}, null],
    ['Microsoft.Compute/virtualMachines', {networkProfile: {networkInterfaces: []}}, null],
    ['Microsoft.DBforPostgreSQL/flexibleServers', {network: {publicNetworkAccess: 'Disabled'}}, false],
    ['Microsoft.ContainerInstance/containerGroups', {ipAddress: {type: 'Private'}}, false],
  ];
  it.each(cases)('%s %j → %s', (type, properties, expected) => {
    const id = `${SUB}/resourceGroups/prod/providers/${type}/x`;
    const [workload] = read([row(id, type, {properties})]).facts.workloads;
    expect(workload?.internetExposed?.value ?? null).toBe(expected);
  });

  it('gives a database the network setting of its server', () => {
    const server = `${SUB}/resourceGroups/prod/providers/Microsoft.Sql/servers/srv`;
    const intake = read([
      row(`${server}/databases/app`, 'Microsoft.Sql/servers/databases', {properties: {}}),
      row(`${server}/databases/master`, 'Microsoft.Sql/servers/databases', {
        kind: 'v12.0,system',
        properties: {},
      }),
      row(server, 'Microsoft.Sql/servers', {properties: {publicNetworkAccess: 'Enabled'}}),
    ]);
    expect(intake.facts.workloads.map(({name, internetExposed}) => [name, internetExposed?.value])).toEqual([
      ['app', true],
    ]);
    expect(counts(intake)).toEqual({'database server': 1, 'system database': 1});
  });
});

describe('other az answers', () => {
  it('az resource list has neither properties nor tenant, and az vm list lifts the properties up', () => {
    const listed = read([
      {
        id: VM,
        name: 'vm-1',
        type: 'Microsoft.Compute/virtualMachines',
        location: 'x',
        tags: {},
        identity: null,
        sku: null,
      },
    ]);
    expect(listed.source.format).toBe('azure.resource-list');
    expect(listed.facts.workloads[0]).toMatchObject({state: 'unknown', internetExposed: null, vcpu: null});
    const lifted = read([
      {
        id: VM,
        type: 'Microsoft.Compute/virtualMachines',
        powerState: 'VM running',
        hardwareProfile: {vmSize: 'Standard_E8-4s_v5'},
      },
    ]);
    expect(lifted.facts.workloads[0]).toMatchObject({state: 'running', vcpu: 4});
    // Before version 3 the number in the name is no vCPU count.
    const old = read([
      {id: VM, type: 'Microsoft.Compute/virtualMachines', hardwareProfile: {vmSize: 'Standard_DS3_v2'}},
    ]);
    expect(old.facts.workloads[0]?.vcpu).toBeNull();
  });

  it('takes a bare array of Resource Graph rows that ends at the page limit for cut short', () => {
    const rows = Array.from({length: 100}, (_, i) => row(`${VM}-${i}`, 'microsoft.compute/virtualmachines'));
    expect(codes(read(rows))).toContain('BH-SRC-201');
    expect(codes(read(rows.slice(1)))).toEqual([]);
  });

  it('az account list: home tenant, Lighthouse and a foreign caller', () => {
    const intake = read([
      {
        id: 'S1',
        name: 'one',
        tenantId: 'T1',
        homeTenantId: 'T1',
        isDefault: true,
        managedByTenants: [{tenantId: 'MSP'}],
      },
      {id: 'S2', name: 'two', tenantId: 'MSP', homeTenantId: 'T2', isDefault: false, managedByTenants: []},
    ]);
    expect(intake.facts.containers.map(({id, root}) => [id, root])).toEqual([
      ['azure:/subscriptions/s1', 'entra:t1'],
      ['azure:/subscriptions/s2', 'entra:t2'],
    ]);
    expect(intake.facts.edges.map(({from, to}) => [from, to])).toEqual([
      ['entra:msp', 'azure:/subscriptions/s1'],
      ['entra:msp', 'azure:/subscriptions/s2'],
    ]);
  });

  it('az account management-group show -e -r: the whole tree, every node a row', () => {
    const intake = read({
      id: '/providers/Microsoft.Management/managementGroups/root',
      name: 'root',
      type: 'Microsoft.Management/managementGroups',
      displayName: 'Root',
      tenantId: 'T1',
      children: [
        {
          id: '/providers/Microsoft.Management/managementGroups/Kid',
          name: 'Kid',
          type: 'Microsoft.Management/managementGroups',
          displayName: 'Kid',
          children: [
            {id: '/subscriptions/S1', name: 'S1', type: '/subscriptions', displayName: 'Sub', children: null},
          ],
        },
        null,
      ],
    });
    expect(counts(intake)).toEqual({
      'management group': 2,
      subscription: 1,
      'no management group or subscription id': 1,
    });
    expect(intake.facts.containers.find(({id}) => id === 'azure:/subscriptions/s1')).toMatchObject({
      parent: 'azure:/providers/microsoft.management/managementgroups/kid',
      root: 'entra:t1',
      name: 'Sub',
    });
  });

  it('az role assignment list: flattened rows, tenant unknown at scope /', () => {
    const intake = read([
      {
        id: `${SUB}/providers/Microsoft.Authorization/roleAssignments/a`,
        principalId: 'G',
        principalType: 'Group',
        principalName: 'admins',
        roleDefinitionId: '/x/roleDefinitions/R',
        roleDefinitionName: 'Owner',
        scope: SUB,
      },
      {
        id: '/providers/Microsoft.Authorization/roleAssignments/b',
        principalId: 'G',
        principalType: 'Group',
        roleDefinitionName: 'Reader',
        scope: '/',
      },
      {
        id: `${SUB}/providers/Microsoft.Authorization/roleAssignments/c`,
        scope: SUB,
        roleDefinitionName: 'Owner',
      },
      null,
    ]);
    expect(intake.facts.assignments.map(({scope, roleName}) => [scope, roleName])).toEqual([
      ['azure:/subscriptions/aaaa', 'Owner'],
      ['azure:/', 'Reader'],
    ]);
    expect(counts(intake)).toEqual({
      'role assignment': 2,
      'role assignment without principalId': 1,
      'not an object': 1,
    });
    expect(codes(intake)).toEqual(['BH-SRC-207', 'BH-SRC-207', 'BH-SRC-208']);
  });

  it('raw ARM answers: nextLink, types from the id, deny assignments that spare somebody', () => {
    const intake = read({
      value: [
        {id: `${SUB}/resourceGroups/prod/providers/Microsoft.Network/virtualNetworks/v/subnets/s`, name: 's'},
        {id: `${SUB}/locations/westeurope`, type: 'Region', name: 'westeurope'},
        {
          id: `${SUB}/providers/Microsoft.Authorization/denyAssignments/d`,
          type: 'Microsoft.Authorization/denyAssignments',
          properties: {
            denyAssignmentName: 'locked',
            scope: SUB,
            principals: [{id: '00000000-0000-0000-0000-000000000000', type: 'SystemDefined'}],
            excludePrincipals: [{id: 'P9'}],
            permissions: [{actions: ['*'], notActions: ['*/read']}],
          },
        },
        {name: 'no id'},
      ],
      nextLink: 'https://management.azure.com/next',
    });
    expect(counts(intake)).toEqual({
      'network resource': 1,
      'other resource': 1,
      'deny assignment': 1,
      'no resource id': 1,
    });
    expect(intake.facts.assignments).toEqual([]);
    expect(intake.facts.denyRules).toEqual([
      {
        id: 'azure:/subscriptions/aaaa/providers/microsoft.authorization/denyassignments/d',
        name: 'locked',
        cloud: 'azure',
        scope: 'azure:/subscriptions/aaaa',
        inherited: true,
        principals: ['*'],
        exceptPrincipals: ['azure-principal:p9'],
        actions: ['*'],
        exceptActions: ['*/read'],
        dataActions: [],
        exceptDataActions: [],
        condition: null,
      },
    ]);
    expect(intake.ledger.every(({status}) => status === 'partial')).toBe(true);
    expect(rowsIn(intake)).toBe(4);
  });
});
