import {describe, expect, it} from 'vitest';
import {codes, counts, read} from '../cloud/support.ts';

const SUB = '/subscriptions/aaaa';
const GROUP = `${SUB}/resourceGroups/prod`;
const PROVIDERS = `${GROUP}/providers`;
const AUTH = `${SUB}/providers/Microsoft.Authorization`;

function arm(id: string, properties: object, more: object = {}): object {
  const parts = id.split('/providers/').at(-1)!.split('/');
  const type = [parts[0], ...parts.slice(1).filter((_, i) => i % 2 === 0)].join('/');
  return {id, type, name: parts.at(-1), tenantId: 'T1', properties, ...more};
}

function answer(...rows: object[]) {
  return read({value: rows});
}

describe('rights in Azure Resource Manager', () => {
  it('a deny block spares what it names, keeps to its scope, and blocks do not mix', () => {
    const {facts} = answer(
      arm(`${AUTH}/denyAssignments/d`, {
        scope: SUB,
        doNotApplyToChildScopes: true,
        principals: [
          {id: 'G1', type: 'Group'},
          {type: 'Everyone', id: ''},
        ],
        excludePrincipals: [{id: 'P9', type: 'ServicePrincipal'}],
        permissions: [
          {actions: ['*'], notActions: ['*/read']},
          {dataActions: ['Microsoft.Storage/*'], notDataActions: []},
        ],
        condition: 'c',
      }),
    );
    expect(facts.denyRules.map(({id, ...rule}) => [id.split('#')[1], rule])).toEqual([
      ['0', expect.objectContaining({inherited: false, principals: ['azure-principal:g1', '*'], exceptPrincipals: ['azure-principal:p9'], actions: ['*'], exceptActions: ['*/read'], dataActions: [], condition: 'c'})],
      ['1', expect.objectContaining({actions: [], dataActions: ['Microsoft.Storage/*']})],
    ]); // prettier-ignore
    expect(facts.assignments).toEqual([]);
  });

  it('eligible and scheduled assignments carry their time; revoked ones give nothing', () => {
    const schedule = (type: string, id: string, more: object) =>
      arm(`${AUTH}/${type}/${id}`, {principalId: 'U1', roleDefinitionId: '/x/R', scope: SUB, ...more});
    const intake = answer(
      schedule('roleEligibilityScheduleInstances', 'e', {startDateTime: '2025-01-01T00:00:00Z', endDateTime: '2026-01-01T00:00:00Z'}),
      schedule('roleEligibilitySchedules', 's', {status: 'Provisioned', scheduleInfo: {expiration: {endDateTime: '2027-01-01T00:00:00Z'}}}),
      schedule('roleAssignmentScheduleInstances', 'a', {assignmentType: 'Activated', endDateTime: '2025-02-01T00:00:00Z'}),
      schedule('roleEligibilitySchedules', 'r', {status: 'Revoked'}),
    ); // prettier-ignore
    expect(intake.facts.assignments.map(({effect, validFrom, validUntil}) => [effect, validFrom, validUntil])).toEqual([
      ['eligible', '2025-01-01T00:00:00Z', '2026-01-01T00:00:00Z'],
      ['eligible', undefined, '2027-01-01T00:00:00Z'],
      ['allow', undefined, '2025-02-01T00:00:00Z'],
    ]); // prettier-ignore
    expect(counts(intake)).toEqual({'eligible role assignment': 3, 'scheduled role assignment': 1});
  });

  it("Lighthouse: the managing tenant's principals hold the definition's roles where it is assigned", () => {
    const services = `${SUB}/providers/Microsoft.ManagedServices`;
    const definition = arm(`${services}/registrationDefinitions/def`, {
      managedByTenantId: 'MSP',
      authorizations: [{principalId: 'G1', principalIdDisplayName: 'Ops', roleDefinitionId: 'R1'}],
      eligibleAuthorizations: [{principalId: 'G2', roleDefinitionId: 'R2'}],
    });
    const assignment = arm(`${GROUP}/providers/Microsoft.ManagedServices/registrationAssignments/as`, {
      registrationDefinitionId: `${services}/registrationDefinitions/DEF`,
    });
    const {facts} = answer(definition, assignment);
    expect(facts.assignments.map(({principal, scope, effect, condition}) => [principal, scope, effect, condition])).toEqual([
      ['azure-principal:g1', 'azure:/subscriptions/aaaa/resourcegroups/prod', 'allow', null],
      ['azure-principal:g2', 'azure:/subscriptions/aaaa/resourcegroups/prod', 'eligible', null],
    ]); // prettier-ignore
    expect(facts.principals.map(({name, container}) => [name, container])).toEqual([
      ['Ops', 'entra:msp'],
      ['G2', 'entra:msp'],
    ]);
    // A definition alone may be assigned in another file; an assignment alone says nothing about rights.
    expect(answer(definition).facts.assignments.map(({condition}) => condition)).toEqual([
      'registration assignment not in this file',
      'registration assignment not in this file',
    ]);
    expect(codes(answer(assignment))).toEqual(['BH-SRC-235']);
  });

  it('federated credentials of an assigned identity name its principal, or its resource where that is not listed', () => {
    const identity = `${PROVIDERS}/Microsoft.ManagedIdentity/userAssignedIdentities/ci`;
    const credential = arm(`${identity}/federatedIdentityCredentials/gh`, {
      issuer: 'https://token.actions.githubusercontent.com',
      subject: 'repo:octo/app:ref:refs/heads/main',
      audiences: ['api://AzureADTokenExchange'],
    });
    const known = answer(credential, arm(identity, {principalId: 'P1', clientId: 'C1'}));
    expect(known.facts.federatedTrusts).toMatchObject([
      {
        principal: 'azure-principal:p1',
        subject: 'repo:octo/app:ref:refs/heads/main',
        subjectIsPattern: false,
      },
    ]);
    expect(answer(credential).facts.federatedTrusts[0]?.principal).toBe(`azure:${identity.toLowerCase()}`);
  });
});

describe('rights a resource keeps itself', () => {
  const VAULT = `${PROVIDERS}/Microsoft.KeyVault/vaults/kv`;
  const policies = {
    accessPolicies: [
      {tenantId: 'T1', objectId: 'U1', permissions: {keys: ['Decrypt', 'novel'], secrets: ['get'], certificates: []}},
      {tenantId: 'T1', objectId: 'U2', applicationId: 'A', permissions: {secrets: ['all']}},
    ],
  }; // prettier-ignore

  it('access policies are data rights on the vault, unless the vault goes by roles', () => {
    const {facts} = answer(arm(VAULT, policies));
    expect(facts.assignments.map(({principal, scope, condition}) => [principal, scope, condition])).toEqual([
      ['azure-principal:u1', `azure:${VAULT.toLowerCase()}`, null],
      ['azure-principal:u2', `azure:${VAULT.toLowerCase()}`, 'applicationId = A'],
    ]);
    expect(facts.roleDefinitions.map(({dataActions}) => dataActions)).toEqual([
      ['Microsoft.KeyVault/vaults/keys/decrypt/action', 'keys:novel', 'Microsoft.KeyVault/vaults/secrets/getSecret/action'],
      ['Microsoft.KeyVault/vaults/secrets/*'],
    ]); // prettier-ignore
    expect(facts.assignments[0]?.role).toBe(facts.roleDefinitions[0]?.id);
    const roles = answer(arm(VAULT, {...policies, enableRbacAuthorization: true})).facts;
    expect(roles.assignments).toEqual([]);
    expect(roles.workloads[0]?.attributes).toMatchObject({rbac: true});
  });

  it('the identity of a resource is not a thing of its group, one of its own is: only that can be attached elsewhere', () => {
    const own = `${PROVIDERS}/Microsoft.ManagedIdentity/userAssignedIdentities/mi`;
    const {facts} = answer({
      ...arm(`${PROVIDERS}/Microsoft.Compute/virtualMachines/vm`, {}),
      identity: {principalId: 'S1', tenantId: 'T1', userAssignedIdentities: {[own]: {principalId: 'M1'}}},
    });
    expect(facts.principals.map(({id, container}) => [id, container])).toEqual([
      ['azure-principal:s1', 'entra:t1'],
      ['azure-principal:m1', `azure:${PROVIDERS.slice(0, PROVIDERS.indexOf('/providers')).toLowerCase()}`],
    ]);
  }); // prettier-ignore

  it('blocks of a role stay apart where joining them would lose something', () => {
    const blocks = (...permissions: object[]) =>
      answer(arm(`${AUTH}/roleDefinitions/r`, {roleName: 'r', permissions})).facts.roleDefinitions[0]?.blocks?.map(({actions, notActions, condition}) => [actions, notActions, condition]);
    expect(blocks({actions: ['*'], notActions: ['a']})).toBeUndefined();
    expect(blocks({actions: ['*'], notActions: ['a']}, {actions: ['a'], condition: 'c'})).toEqual([[['*'], ['a'], null], [['a'], [], 'c']]);
  }); // prettier-ignore

  it('a licence of the customer’s own is named, an included one is not', () => {
    const VM = `${PROVIDERS}/Microsoft.Compute/virtualMachines/vm`;
    const brought = (licenseType?: string) =>
      answer(arm(VM, {licenseType})).facts.workloads[0]?.attributes['licences'];
    expect([brought('Windows_Server'), brought('RHEL_BYOS'), brought('None'), brought('constructor'), brought()]).toEqual(
      ['windows-server', 'rhel', undefined, undefined, undefined],
    );
  }); // prettier-ignore

  it('a vault with access policies goes by them unless it says otherwise', () => {
    const way = (properties: object) => answer(arm(VAULT, properties)).facts.workloads[0]?.attributes['rbac'];
    expect([way(policies), way({...policies, enableRbacAuthorization: true}), way({})]).toEqual([false, true, undefined]);
  }); // prettier-ignore

  it('directory administrators of SQL, clusters and HSMs; nodes of a cluster run with an identity', () => {
    const server = `${PROVIDERS}/Microsoft.Sql/servers/srv`;
    const cluster = `${PROVIDERS}/Microsoft.ContainerService/managedClusters/aks`;
    const {facts} = answer(
      arm(`${server}/databases/app`, {}),
      arm(server, {administrators: {sid: 'DBA', login: 'dba', principalType: 'Group'}}),
      arm(cluster, {
        aadProfile: {adminGroupObjectIDs: ['G1']},
        oidcIssuerProfile: {enabled: true, issuerURL: 'https://oidc.example/1/'},
        identityProfile: {kubeletidentity: {objectId: 'K1'}},
      }),
      arm(`${PROVIDERS}/Microsoft.KeyVault/managedHSMs/h`, {initialAdminObjectIds: ['H1']}),
    );
    expect(facts.edges.map(({from, to, kind, certainty}) => [from, to.split('/').at(-1), kind, certainty])).toEqual([
      ['azure-principal:g1', 'aks', 'ADMINISTERS', 'certain'],
      ['azure-principal:h1', 'h', 'ADMINISTERS', 'conditional'],
      ['azure-principal:dba', 'app', 'ADMINISTERS', 'certain'],
    ]); // prettier-ignore
    const aks = facts.workloads.find(({type}) => type === 'cluster');
    expect(aks).toMatchObject({
      identities: ['azure-principal:k1'],
      attributes: {oidcIssuer: 'https://oidc.example/1/'},
    });
  });

  it('a site knows the application it signs users in with, also when it stands in another file', () => {
    const site = `${PROVIDERS}/Microsoft.Web/sites/portal`;
    const settings = arm(`${site}/config/authsettingsV2`, {
      platform: {enabled: true},
      identityProviders: {azureActiveDirectory: {enabled: true, registration: {clientId: 'C1'}}},
    });
    const {facts} = answer(settings, arm(site, {}));
    expect(facts.workloads[0]?.attributes).toMatchObject({appId: 'c1'});
    expect(answer(settings).facts.appRegistrations).toMatchObject([
      {id: 'azure-app:c1', hosts: ['portal.azurewebsites.net']},
    ]);
    const off = {...settings, properties: {platform: {enabled: false}}};
    expect(answer(off).facts.appRegistrations).toEqual([]);
  });

  it('a disk encryption set leads to the key', () => {
    const set = `${PROVIDERS}/Microsoft.Compute/diskEncryptionSets/des`;
    const {facts} = answer(
      arm(`${PROVIDERS}/Microsoft.Compute/virtualMachines/vm`, {
        storageProfile: {osDisk: {managedDisk: {diskEncryptionSet: {id: set.toUpperCase().replace('/SUBSCRIPTIONS', '/subscriptions')}}}},
      }),
      arm(set, {activeKey: {keyUrl: 'https://kv.vault.azure.net/keys/k/1'}}),
    ); // prettier-ignore
    expect(facts.workloads[0]?.attributes['kmsKey']).toBe('https://kv.vault.azure.net/keys/k/1');
  });
});
