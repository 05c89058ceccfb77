import {expect, it} from 'vitest';
import type {Decoded} from '../../../src/model/decoded.ts';
import type {Estate} from '../../../src/model/estate.ts';
import {buildEstate} from '../../../src/estate/build.ts';
import {shapes} from '../../../src/sources/azure/shapes.ts';

const T = '11111111-1111-4111-8111-111111111111';
const OTHER = '22222222-2222-4222-8222-222222222222';
const APP = '33333333-3333-4333-8333-333333333333';
const MI = '/subscriptions/s/resourceGroups/g/providers/Microsoft.ManagedIdentity/userAssignedIdentities/mi';

function estateOf(files: Record<string, unknown>): Estate {
  const intakes = Object.entries(files).map(([display, value]) => {
    const decoded: Decoded = {kind: 'json', value};
    const file = {path: display, display, sha256: display.padEnd(64, '0').slice(0, 64), size: 1};
    return shapes.find((shape) => shape.matches(decoded, file))!.map(decoded, file, {});
  });
  return buildEstate(intakes, {applicationTags: []}).estate;
}

const FILES = {
  'users.json': [{id: 'U1', userPrincipalName: 'a@x.example', accountEnabled: true}],
  'apps.json': [{id: APP, appId: 'A1', displayName: 'App', signInAudience: 'AzureADMyOrg', web: {}}],
  [`applications/${APP}/owners.json`]: [{id: 'U1', userPrincipalName: 'a@x.example'}],
  [`applications/${APP}/federatedIdentityCredentials.json`]: [{id: 'F', issuer: 'https://i', subject: 's', audiences: ['a']}],
  'domains.json': [{id: 'x.example', authenticationType: 'Federated', isVerified: true, isDefault: true}],
  'roles.json': [{id: 'r', principalId: 'U1', roleDefinitionId: 'R', directoryScopeId: '/'}],
  'skus.json': [{id: 'k', skuPartNumber: 'E3', capabilityStatus: 'Enabled', servicePlans: [{servicePlanName: 'EXCHANGE_S_ENTERPRISE'}]}],
}; // prettier-ignore

const ORGANIZATION = {id: T, displayName: 'Contoso', verifiedDomains: [], tenantType: 'AAD'};

it('one tenant in the inventory is the tenant of directory exports that name none', () => {
  const estate = estateOf({...FILES, 'organization.json': {value: [ORGANIZATION]}});
  expect(estate.principals.find(({id}) => id === 'azure-principal:u1')?.container).toBe(`entra:${T}`);
  expect(estate.identityProviders.map(({id, container}) => [id, container])).toEqual([
    [`azure-domain:x.example@${T}`, `entra:${T}`],
  ]);
  expect(estate.assignments.map(({scope}) => scope)).toEqual([`entra:${T}`]);
  expect(estate.workloads.map(({id, container}) => [id, container])).toEqual([
    [`azure:saas/${T}/exchange-online`, `azure:entra/${T}`],
  ]);
  expect(estate.containers.map(({id, name, root}) => [id, name, root])).toEqual([
    [`azure:entra/${T}`, 'Contoso', `entra:${T}`],
  ]);
});

it('of two tenants none is guessed', () => {
  const second = {...ORGANIZATION, id: OTHER};
  const estate = estateOf({...FILES, 'a.json': {value: [ORGANIZATION]}, 'b.json': {value: [second]}});
  expect(estate.assignments.map(({scope}) => scope)).toEqual(['entra:unknown']);
  expect(estate.workloads.map(({id}) => id)).toEqual(['azure:saas/unknown/exchange-online']);
  expect(estate.principals.find(({id}) => id === 'azure-principal:u1')?.container).toBeNull();
});

it('an application is one whether it was asked for by object id or by client id; so is an assigned identity', () => {
  const estate = estateOf({
    ...FILES,
    'sp.json': [{id: 'P1', appId: 'C1', servicePrincipalType: 'ManagedIdentity', displayName: 'mi', alternativeNames: ['isExplicit=True', MI]}],
    'vm.json': [{id: '/subscriptions/s/resourceGroups/g/providers/Microsoft.Compute/virtualMachines/vm', type: 'Microsoft.Compute/virtualMachines', identity: {userAssignedIdentities: {[MI]: {}}}}],
  }); // prettier-ignore
  const applications = estate.principals.filter(({kind}) => kind === 'application');
  expect(applications).toMatchObject([{id: 'azure-app:a1', name: 'App', owners: ['azure-principal:u1']}]);
  expect(estate.federatedTrusts).toMatchObject([{principal: 'azure-app:a1'}]);
  expect(estate.workloads.find(({type}) => type === 'vm')?.identities).toEqual(['azure-principal:p1']);
  expect(estate.principals.filter(({kind}) => kind === 'managedIdentity')).toHaveLength(1);
});
