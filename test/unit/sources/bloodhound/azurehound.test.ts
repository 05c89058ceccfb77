import {existsSync, readFileSync} from 'node:fs';
import * as fc from 'fast-check';
import {describe, expect, it} from 'vitest';
import {shapes} from '../../../../src/sources/bloodhound/shapes.ts';
import {codes, counts, expectSound, FILE, rowsIn} from '../cloud/support.ts';
import {hound} from './support.ts';

const TENANT = '11111111-1111-4111-8111-111111111111';
const VAULT = '/SUBSCRIPTIONS/S1/RESOURCEGROUPS/RG/PROVIDERS/MICROSOFT.KEYVAULT/VAULTS/KV';

function az(kind: string, data: object): object {
  return {kind, data: {tenantId: TENANT.toUpperCase(), ...data}};
}

describe('AzureHound', () => {
  const right = {
    id: `${VAULT}/providers/Microsoft.Authorization/roleAssignments/RA1`,
    name: 'RA1',
    properties: {principalId: 'G1', roleDefinitionId: '/subscriptions/s1/providers/Microsoft.Authorization/roleDefinitions/R', scope: VAULT},
  }; // prettier-ignore
  const file = {
    data: [
      az('AZTenant', {id: `/tenants/${TENANT}`, displayName: 'Contoso', collected: true}),
      az('AZUser', {id: 'U1', userPrincipalName: 'anna@contoso.com', accountEnabled: true}),
      az('AZGroup', {id: 'G1', displayName: 'ADMINS', isAssignableToRole: true}),
      az('AZGroupMember', {groupId: 'G1', members: [{groupId: 'G1', member: {id: 'U1', '@odata.type': '#microsoft.graph.user', displayName: 'Anna'}}]}),
      az('AZApp', {id: 'O1', appId: 'A1', displayName: 'APP', signInAudience: 'AzureADMyOrg', passwordCredentials: [{keyId: 'K1', endDateTime: '2030-01-01T00:00:00Z'}]}),
      az('AZAppOwner', {appId: 'A1', owners: [{appId: 'O1', owner: {id: 'U1'}}]}),
      az('AZServicePrincipal', {id: 'SP1', appId: 'A1', displayName: 'APP', servicePrincipalType: 'Application', appOwnerOrganizationId: TENANT}),
      az('AZAppRoleAssignment', {id: 'x1', appRoleId: '9e3f62cf-ca93-4989-b6ce-bf83c28f9fe8', principalId: 'SP1', principalType: 'ServicePrincipal', resourceDisplayName: 'Microsoft Graph', resourceId: 'MG'}),
      az('AZRoleAssignment', {roleDefinitionId: '62e90394-69f5-4237-9190-012177145e10', roleAssignments: [{id: 'r1', principalId: 'U1', directoryScopeId: '/', roleDefinitionId: '62e90394-69f5-4237-9190-012177145e10'}]}),
      az('AZRoleEligibilityScheduleInstance', {id: 'e1', principalId: 'G1', roleDefinitionId: 'R2', directoryScopeId: '/'}),
      az('AZRoleManagementPolicyAssignment', {id: 'p1', roleDefinitionId: 'R2'}),
      az('AZFederatedIdentityCredential', {appId: 'A1', fics: [{appId: 'A1', fic: {id: 'F1', issuer: 'https://token.actions.githubusercontent.com', subject: 'repo:o/r:ref:refs/heads/main', audiences: ['api://AzureADTokenExchange']}}]}),
      az('AZSubscription', {id: '/subscriptions/S1', displayName: 'Prod', subscriptionId: 'S1'}),
      az('AZKeyVault', {id: VAULT, name: 'KV', type: 'Microsoft.KeyVault/vaults', properties: {accessPolicies: [{objectId: 'U1', permissions: {secrets: ['get']}}]}}),
      az('AZKeyVaultAccessPolicy', {keyVaultId: VAULT, objectId: 'U1', permissions: {secrets: ['get']}}),
      az('AZKeyVaultRoleAssignment', {objectId: VAULT, assignees: [{assignee: right, objectId: VAULT, roleDefinitionId: 'R'}]}),
      az('AZKeyVaultOwner', {keyVaultId: VAULT, owners: [{owner: right, keyVaultId: VAULT}]}),
      az('AZManagementGroupDescendant', {id: '/subscriptions/S1', properties: {displayName: 'Prod', parent: {id: '/providers/Microsoft.Management/managementGroups/mg'}}}),
      az('AZNovelty', {id: 'n'}),
      {kind: 'AZUser'},
    ],
    meta: {type: 'azure', version: 5, count: 20},
  }; // prettier-ignore

  it('carries the same facts as the answers it was collected from', () => {
    const intake = hound(file);
    const {facts} = intake;
    const root = `entra:${TENANT}`;
    const one = (id: string) => facts.principals.find((principal) => principal.id === id);
    expect(one('azure-principal:u1')).toMatchObject({kind: 'user', person: true, container: root, memberOf: ['azure-principal:g1']});
    expect(one('azure-app:a1')).toMatchObject({kind: 'application', owners: ['azure-principal:u1'], attributes: {objectId: 'o1'}});
    expect(facts.appRegistrations).toMatchObject([
      {id: 'azure-app:a1', tenant: root, servicePrincipal: 'azure-principal:sp1', signInAudience: 'AzureADMyOrg'},
    ]);
    expect(facts.credentials).toMatchObject([{principal: 'azure-app:a1', kind: 'clientSecret', expires: '2030-01-01T00:00:00Z'}]);
    expect(facts.federatedTrusts).toMatchObject([{principal: 'azure-app:a1', subject: 'repo:o/r:ref:refs/heads/main'}]);
    expect(facts.assignments.map(({role, scope, effect}) => [role.split('/').at(-1), scope, effect])).toEqual([
      ['msgraph:RoleManagement.ReadWrite.Directory', root, 'allow'],
      ['62e90394-69f5-4237-9190-012177145e10', root, 'allow'],
      ['r2', root, 'eligible'],
      ['u1', `azure:${VAULT.toLowerCase()}`, 'allow'],
      ['r', `azure:${VAULT.toLowerCase()}`, 'allow'],
    ]);
    expect(facts.containers.find(({id}) => id === 'azure:/subscriptions/s1')).toMatchObject({name: 'Prod', parent: 'azure:/providers/microsoft.management/managementgroups/mg', root});
    expect(facts.workloads.map(({type}) => type)).toEqual(['key-vault']);
    expect(counts(intake)).toMatchObject({AZNovelty: 1, 'record without kind and data': 1, 'role assignments of a resource': 2});
    expect(rowsIn(intake)).toBe(file.data.length);
    expect(codes(intake)).toContain('BH-SRC-233');
  }); // prettier-ignore

  it('any spoiled value neither throws nor loses a row', () => {
    const junk = fc.oneof(
      fc.constantFrom<unknown>(null, '', 0, true, [], {}, [null], '/', '/subscriptions/', 'AZUser'),
      fc.jsonValue({maxDepth: 2}),
    );
    const shape = shapes.find(({id}) => id === 'bloodhound.azurehound')!;
    fc.assert(
      fc.property(fc.array(fc.nat(40), {minLength: 1, maxLength: 7}), junk, (picks, bad) => {
        const data: unknown[] = structuredClone(file.data);
        let at: unknown = data;
        for (const [depth, pick] of picks.entries()) {
          if (typeof at !== 'object' || at === null) break;
          const holder = at as Record<string, unknown>;
          const key = Object.keys(holder)[pick % Math.max(Object.keys(holder).length, 1)];
          if (key === undefined) break;
          if (depth === picks.length - 1) holder[key] = bad;
          at = holder[key];
        }
        const intake = shape.map({kind: 'json', value: {data, meta: {type: 'azure'}}}, FILE, {});
        expectSound(intake);
        expect(rowsIn(intake)).toBe(data.length);
      }),
      {numRuns: 300},
    );
  });

  it('a file cut short is partial', () => {
    const cut = hound({data: [az('AZUser', {id: 'U1'})], meta: {type: 'azure', count: 9}});
    expect(cut.ledger.every(({status}) => status === 'partial')).toBe(true);
  });
});

const REAL = new URL(
  '../../../../../shared/realdata/azure/azurehound/federated_identity_credentials.json',
  import.meta.url,
);

describe.skipIf(!existsSync(REAL))('recorded federated credentials', () => {
  it('all become trusts of their application', () => {
    const value = JSON.parse(readFileSync(REAL, 'utf8')) as {data: {data: {fics: unknown[]}}[]};
    const {facts} = hound(value);
    expect(facts.federatedTrusts).toHaveLength(value.data.flatMap(({data}) => data.fics).length);
    expect(facts.federatedTrusts.every(({principal}) => principal.startsWith('azure-app:'))).toBe(true);
  });
});
