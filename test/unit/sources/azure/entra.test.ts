import {describe, expect, it} from 'vitest';
import type {Intake} from '../../../../src/model/estate.ts';
import {shapes} from '../../../../src/sources/azure/shapes.ts';
import {publicKeySha256} from '../../../../src/sources/certificate.ts';
import {codes, counts, expectSound, FILE, read, rowsIn} from '../cloud/support.ts';

const T = '11111111-1111-4111-8111-111111111111';
const PARTNER = '22222222-2222-4222-8222-222222222222';
const ID = '33333333-3333-4333-8333-333333333333';
const GLOBAL_ADMIN = '62e90394-69f5-4237-9190-012177145e10';
const GRAPH = 'https://graph.microsoft.com/v1.0/$metadata#';

/** Reads under a file name, as members and owners are told apart by it. */
function named(display: string, value: unknown, scope?: string): Intake {
  const file = {...FILE, display};
  const taking = shapes.filter((shape) => shape.matches({kind: 'json', value}, file));
  expect(taking.map(({id}) => id)).toHaveLength(1);
  const intake = taking[0]!.map({kind: 'json', value}, file, scope === undefined ? {} : {scope});
  expectSound(intake);
  return intake;
}

describe('what a Graph answer is', () => {
  it.each([
    ['an envelope with context', {'@odata.context': `${GRAPH}users`, value: [{id: 'U1'}]}, 'entra.users'],
    ['a bare array of az', [{id: 'U1', userPrincipalName: 'a@b.c', displayName: 'A'}], 'entra.users'],
    ['one object', {'@odata.context': `${GRAPH}users/$entity`, id: 'U1'}, 'entra.users'],
    ['a selection', {'@odata.context': `${GRAPH}groups(id,members(id))`, value: [{id: 'G'}]}, 'entra.groups'],
    [
      'an empty list that says what it would hold',
      {'@odata.context': `${GRAPH}groups`, value: []},
      'entra.groups',
    ],
    ['something else of Graph', {'@odata.context': `${GRAPH}teams`, value: [{id: 'x'}]}, 'entra.other'],
  ])('%s', (_name, value, format) => {
    expect(read(value).source.format).toBe(format);
  });

  it('what is not used is counted under its name; a left-over page is partial', () => {
    const other = read({'@odata.context': `${GRAPH}teams`, value: [{id: 'x'}, {id: 'y'}]});
    expect(counts(other)).toEqual({teams: 2});
    const page = read({
      '@odata.context': `${GRAPH}users`,
      '@odata.nextLink': 'https://x',
      value: [{id: 'U1'}],
    });
    expect(page.ledger.map(({status}) => status)).toEqual(['partial']);
    expect(codes(page)).toEqual(['BH-SRC-201']);
  });

  it('the tenant is stated, in an address, or proved by an application of its own', () => {
    const user = {id: 'U1', userPrincipalName: 'a@b.c'};
    const home = (intake: Intake) => intake.facts.principals[0]?.container;
    expect(home(named('users.json', [user], T))).toBe(`entra:${T}`);
    expect(home(read([{...user, '@odata.id': `https://graph.microsoft.com/v2/${T}/directoryObjects/U1`}]))).toBe(`entra:${T}`);
    expect(home(read([user]))).toBeNull();
    const own = {id: 'S1', appId: 'A1', servicePrincipalType: 'Application', signInAudience: 'AzureADMyOrg', appOwnerOrganizationId: T};
    expect(home(read([own]))).toBe(`entra:${T}`);
    // Microsoft's own applications are in every directory.
    expect(home(read([{...own, appOwnerOrganizationId: 'f8cdef31-a31e-4b4a-93e4-5f571e91255a'}]))).toBeNull();
  }); // prettier-ignore
});

describe('people and groups', () => {
  it('users with what their sign-in hangs on; groups with members and owners', () => {
    const {facts} = read([
      {id: 'U1', userPrincipalName: 'Anna@Contoso.com', displayName: 'Anna', accountEnabled: true, userType: 'Member', onPremisesSyncEnabled: true, onPremisesSecurityIdentifier: 'S-1-5-21-1-2-3-1105', onPremisesDomainName: 'CORP.Example', lastPasswordChangeDateTime: '2020-01-01T00:00:00Z', passwordPolicies: 'DisablePasswordExpiration'},
      {id: 'U2', userPrincipalName: 'bob_partner.com#EXT#@contoso.onmicrosoft.com', userType: 'Guest'},
    ]); // prettier-ignore
    expect(facts.principals).toMatchObject([
      {kind: 'user', person: true, name: 'Anna@Contoso.com', attributes: {synchronised: true, domain: 'contoso.com', sid: 'S-1-5-21-1-2-3-1105', adDomain: 'corp.example', accountEnabled: true}},
      {attributes: {userType: 'Guest', homeDomain: 'partner.com', domain: 'contoso.onmicrosoft.com'}},
    ]); // prettier-ignore
    expect(facts.credentials).toMatchObject([
      {
        id: 'azure-principal:u1#password',
        kind: 'password',
        created: '2020-01-01T00:00:00Z',
        neverExpires: true,
      },
    ]);
    const groups = read([
      {id: 'G1', displayName: 'Admins', groupTypes: [], isAssignableToRole: true, members: [{id: 'U1', '@odata.type': '#microsoft.graph.user'}], owners: [{id: 'U2', '@odata.type': '#microsoft.graph.user'}]},
    ]).facts.principals; // prettier-ignore
    expect(groups.find(({id}) => id.endsWith('g1'))).toMatchObject({
      owners: ['azure-principal:u2'],
      attributes: {isAssignableToRole: true},
    });
    expect(groups.find(({id}) => id.endsWith('u1'))).toMatchObject({
      memberOf: ['azure-principal:g1'],
      person: true,
    });
  });

  it.each([`graph/groups/${ID}/members.json`, `group-members_${ID}.json`, `groups\\${ID}\\members.json`])(
    'members by file name: %s',
    (display) => {
      const intake = named(display, [
        {id: 'U1', userPrincipalName: 'a@b.c'},
        {id: 'G2', groupTypes: []},
      ]);
      expect(intake.facts.principals.map(({id, memberOf}) => [id, memberOf])).toEqual([
        ['azure-principal:u1', [`azure-principal:${ID}`]],
        ['azure-principal:g2', [`azure-principal:${ID}`]],
      ]);
      expect(intake.source.scopes).toEqual([`group/${ID}/members`]);
      expect(counts(intake)).toEqual({member: 2});
    },
  );

  it('owners by file name, role members, and a list that does not say whose', () => {
    const owners = named(`applications/${ID}/owners.json`, [{id: 'U1', userPrincipalName: 'a@b.c'}]);
    expect(owners.facts.principals.find(({id}) => id.endsWith(ID))?.owners).toEqual(['azure-principal:u1']);
    const role = named(`directoryRoles/${GLOBAL_ADMIN}/members.json`, [{id: 'U1', userPrincipalName: 'a@b.c'}]);
    expect(role.facts.assignments).toMatchObject([{principal: 'azure-principal:u1', scope: 'entra:unknown', effect: 'allow'}]);
    expect(role.facts.assignments[0]?.role).toContain(GLOBAL_ADMIN);
    const lost = named('members.json', {'@odata.context': `${GRAPH}directoryObjects`, value: [{id: 'U1', userPrincipalName: 'a@b.c'}]});
    expect(codes(lost)).toEqual(['BH-SRC-230']);
    expect(lost.facts.principals).toHaveLength(1);
  }); // prettier-ignore
});

describe('applications', () => {
  const app = {
    id: ID,
    appId: 'A1',
    displayName: 'Portal',
    signInAudience: 'AzureADandPersonalMicrosoftAccount',
    web: {redirectUris: ['https://Portal.example.com/cb', 'http://localhost:3000']},
    spa: {redirectUris: ['https://spa.example.com']},
    identifierUris: ['api://A1', 'https://portal.example.com'],
    passwordCredentials: [{keyId: 'K1', displayName: 'ci', startDateTime: '2024-01-01T00:00:00Z', endDateTime: '2025-01-01T00:00:00Z', secretText: 'hunter2hunter2', hint: 'hun'}],
    keyCredentials: [{keyId: 'K2', usage: 'Verify', type: 'AsymmetricX509Cert', endDateTime: '2026-01-01T00:00:00Z'}, {keyId: 'K3', usage: 'Sign'}],
    federatedIdentityCredentials: [{id: 'F1', name: 'gh', issuer: 'https://token.actions.githubusercontent.com', subject: 'repo:o/r:environment:prod', audiences: ['api://AzureADTokenExchange']}],
    owners: [{id: 'U1', '@odata.type': '#microsoft.graph.user'}],
  }; // prettier-ignore

  it('a registration decides whose tokens it takes, where it answers, who may change it and with what it signs in', () => {
    const intake = named('apps.json', [app], T);
    const {facts} = intake;
    expect(facts.appRegistrations).toEqual([
      {id: 'azure-app:a1', name: 'Portal', cloud: 'azure', tenant: `entra:${T}`, servicePrincipal: null, signInAudience: 'AzureADandPersonalMicrosoftAccount', hosts: ['portal.example.com', 'spa.example.com'], owners: ['azure-principal:u1'], firstParty: false},
    ]); // prettier-ignore
    expect(facts.credentials.map(({id, kind, expires}) => [id, kind, expires])).toEqual([
      ['azure-app:a1#k1', 'clientSecret', '2025-01-01T00:00:00Z'],
      ['azure-app:a1#k2', 'certificate', '2026-01-01T00:00:00Z'],
      ['azure-app:a1#k3', 'signingCertificate', null],
    ]);
    expect(facts.principals.find(({kind}) => kind === 'application')).toMatchObject({id: 'azure-app:a1', owners: ['azure-principal:u1'], attributes: {objectId: ID}});
    expect(facts.federatedTrusts).toMatchObject([{principal: 'azure-app:a1', subject: 'repo:o/r:environment:prod', subjectIsPattern: false}]);
    expect(JSON.stringify(intake)).not.toContain('hunter2');
  }); // prettier-ignore

  it.each([
    ["claims['sub'] matches 'repo:o/*:ref:refs/heads/main'", 'repo:o/*:ref:refs/heads/main', true, 0],
    ["claims['sub'] eq 'x' and claims['aud'] eq 'y'", 'x', false, 0],
    ["claims['sub'] eq 'x' or claims['sub'] eq 'y'", null, true, 1],
    ["claims['repository'] eq 'o/r'", null, true, 1],
  ])('a claims expression: %s', (value, subject, pattern, findings) => {
    const credential = {id: 'F1', issuer: 'https://i', audiences: ['a'], claimsMatchingExpression: {value, languageVersion: 1}};
    const intake = named(`applications/${ID}/federatedIdentityCredentials.json`, [credential]);
    expect(intake.facts.federatedTrusts).toMatchObject([{principal: `azure-principal:${ID}`, subject, subjectIsPattern: pattern}]);
    expect(intake.findings).toHaveLength(findings);
  }); // prettier-ignore

  it('a federated credential that names no application is not guessed', () => {
    const intake = read([{id: 'F1', issuer: 'https://i', subject: 's', audiences: ['a']}]);
    expect(intake.facts.federatedTrusts).toEqual([]);
    expect(codes(intake)).toEqual(['BH-SRC-207', 'BH-SRC-230']);
  });

  const sp = (id: string, appId: string, owner: string | null, more: object = {}) => ({
    id,
    appId,
    displayName: id,
    servicePrincipalType: 'Application',
    appOwnerOrganizationId: owner,
    accountEnabled: true,
    ...more,
  });
  const MICROSOFT = 'f8cdef31-a31e-4b4a-93e4-5f571e91255a';

  it('services of Microsoft 365 and third-party applications with Microsoft sign-in are workloads', () => {
    const intake = named(
      'sp.json',
      [
        sp('EXO', '00000002-0000-0ff1-ce00-000000000000', MICROSOFT),
        sp('Teams', 'cc15fd57-2c6c-4117-a88c-83b1d56b4bbe', MICROSOFT),
        sp('Teams client', '1fec8e78-bce4-4aaf-ab1b-5451cc387264', MICROSOFT),
        sp('Off', '0000000a-0000-0000-c000-000000000000', MICROSOFT, {accountEnabled: false}),
        sp('Vendor', 'V1', PARTNER, {tags: ['WindowsAzureActiveDirectoryIntegratedApp'], homepage: 'https://app.vendor.example/x'}),
        sp('Daemon', 'V2', PARTNER, {tags: []}),
        sp('Own', 'O1', T, {tags: ['WindowsAzureActiveDirectoryIntegratedApp'], homepage: 'https://own.example'}),
        sp('Saml', 'O2', T, {preferredSingleSignOnMode: 'saml'}),
        sp('Mi', 'M1', null, {servicePrincipalType: 'ManagedIdentity', alternativeNames: ['isExplicit=True', '/subscriptions/S/resourcegroups/RG/providers/Microsoft.ManagedIdentity/userAssignedIdentities/mi']}),
      ],
      T,
    ); // prettier-ignore
    expect(intake.facts.workloads.map(({id, attributes, container, identities}) => [id.slice(11), attributes['saas'], container, identities])).toEqual([
      [`${T}/exchange-online`, 'exchange-online', `azure:entra/${T}`, []],
      [`${T}/teams`, 'teams', `azure:entra/${T}`, []],
      [`${T}/v1`, 'third-party', `azure:entra/${T}`, ['azure-principal:vendor']],
      [`${T}/o2`, 'third-party', `azure:entra/${T}`, []],
    ]);
    expect(intake.facts.workloads[2]).toMatchObject({attributes: {vendorTenant: PARTNER, dnsName: 'app.vendor.example'}, internetExposed: {value: true}});
    expect(intake.facts.edges).toMatchObject([{from: `entra:${PARTNER}`, to: `azure:saas/${T}/v1`, kind: 'OPERATES', certainty: 'conditional'}]);
    expect(counts(intake)).toEqual({'service principal': 4, 'managed identity': 1});
    expect(rowsIn(intake)).toBe(9);
    expect(intake.facts.appRegistrations.find(({id}) => id.endsWith('v1'))).toMatchObject({tenant: `entra:${PARTNER}`, servicePrincipal: 'azure-principal:vendor', firstParty: false});
    expect(intake.facts.principals.find(({kind}) => kind === 'managedIdentity')?.container).toBe('azure:/subscriptions/s/resourcegroups/rg');
  }); // prettier-ignore

  it('without the tenant, own and foreign applications are not told apart, and it says so once', () => {
    const vendor = {tags: ['WindowsAzureActiveDirectoryIntegratedApp']};
    const intake = read([sp('A', 'V1', PARTNER, vendor), sp('B', 'V2', PARTNER, vendor)]);
    expect(intake.facts.workloads).toEqual([]);
    expect(codes(intake)).toEqual(['BH-SRC-234']);
  });

  it('licences bring the services of their plans, suspended ones none', () => {
    const plan = (servicePlanName: string, provisioningStatus = 'Success') => ({servicePlanName, provisioningStatus});
    const intake = named('skus.json', {value: [
      {id: 'a', skuPartNumber: 'SPE_E3', capabilityStatus: 'Enabled', servicePlans: [plan('EXCHANGE_S_ENTERPRISE'), plan('SHAREPOINTENTERPRISE'), plan('TEAMS1'), plan('INTUNE_A', 'Disabled'), plan('EXCHANGE_S_FOUNDATION')]},
      {id: 'b', skuPartNumber: 'EMS', capabilityStatus: 'Suspended', servicePlans: [plan('INTUNE_A')]},
    ]}, T); // prettier-ignore
    expect(intake.facts.workloads.map(({name}) => name)).toEqual(['Exchange Online', 'SharePoint Online', 'OneDrive for Business', 'Microsoft Teams']);
    expect(rowsIn(intake)).toBe(8);
  }); // prettier-ignore
});

describe('rights in the directory', () => {
  it('roles on the tenant, a unit or one object; eligible ones with their time; definitions with what they allow', () => {
    const assignment = (id: string, directoryScopeId: string, more: object = {}) => ({id, principalId: 'U1', roleDefinitionId: GLOBAL_ADMIN, directoryScopeId, ...more});
    const active = named('roles.json', [assignment('1', '/'), assignment('2', '/administrativeUnits/AU1'), assignment('3', `/${ID}`), assignment('4', '/', {appScopeId: '/catalog'})], T);
    expect(active.facts.assignments.map(({scope, condition}) => [scope, condition])).toEqual([
      [`entra:${T}`, null],
      [`azure:entra/${T}/administrativeunits/au1`, null],
      [`azure-principal:${ID}`, null],
      [`entra:${T}`, 'appScopeId = /catalog'],
    ]);
    const eligible = read([
      {...assignment('5', '/'), memberType: 'Direct', roleEligibilityScheduleId: 'x', startDateTime: '2024-01-01T00:00:00Z', endDateTime: '2025-01-01T00:00:00Z'},
    ]);
    expect(eligible.source.format).toBe('entra.directory-role-eligibility');
    expect(eligible.facts.assignments).toMatchObject([{effect: 'eligible', validFrom: '2024-01-01T00:00:00Z', validUntil: '2025-01-01T00:00:00Z', scope: 'entra:unknown'}]);
    const definitions = read([
      {id: GLOBAL_ADMIN, templateId: GLOBAL_ADMIN, displayName: 'Global Administrator', isBuiltIn: true, rolePermissions: [{allowedResourceActions: ['microsoft.directory/users/password/update']}]},
      {id: 'c', displayName: 'Hollow', rolePermissions: []},
    ]).facts.roleDefinitions;
    expect(definitions).toMatchObject([{id: active.facts.assignments[0]?.role, actions: ['microsoft.directory/users/password/update']}]);
  }); // prettier-ignore

  it('application permissions on Microsoft Graph and on a service; roles inside other applications are theirs', () => {
    const grant = (id: string, appRoleId: string, resourceDisplayName: string) => ({id, appRoleId, principalId: 'S1', principalType: 'ServicePrincipal', principalDisplayName: 'Tool', resourceId: 'R1', resourceDisplayName});
    const intake = named('grants.json', [
      grant('1', '9e3f62cf-ca93-4989-b6ce-bf83c28f9fe8', 'Microsoft Graph'),
      grant('2', ID, 'Microsoft Graph'),
      grant('3', 'dc890d15-9560-4a4c-9b7f-a736ec74ec40', 'Office 365 Exchange Online'),
      grant('4', ID, 'Some API'),
      grant('5', '00000000-0000-0000-0000-000000000000', 'Some API'),
    ], T); // prettier-ignore
    expect(intake.facts.assignments.map(({role, scope}) => [role, scope])).toEqual([
      ['msgraph:RoleManagement.ReadWrite.Directory', `entra:${T}`],
      [`msgraph:${ID}`, `entra:${T}`],
      ['m365:exchange-online/full_access_as_app', `azure:saas/${T}/exchange-online`],
    ]);
    expect(counts(intake)).toEqual({'application permission': 3, 'role inside an application': 1, 'sign-in to an application': 1});
  }); // prettier-ignore

  it('consents of several users and resources are one list at the client', () => {
    const consent = (id: string, scope: string) => ({id, clientId: 'S1', consentType: 'Principal', principalId: 'U1', resourceId: 'R', scope});
    const {facts} = read([consent('1', ' Mail.Read User.Read'), consent('2', 'Files.ReadWrite.All Mail.Read')]);
    expect(facts.principals).toMatchObject([{id: 'azure-principal:s1', attributes: {oauthScopes: 'Files.ReadWrite.All Mail.Read User.Read'}}]);
  }); // prettier-ignore

  it('delegated administration: the partner holds the roles, its groups are members, terminated ones give nothing', () => {
    const relationship = `aaaaaaaa-0000-4000-8000-000000000000-${PARTNER}`;
    const roles = {unifiedRoles: [{roleDefinitionId: GLOBAL_ADMIN}]};
    const intake = read([
      {id: relationship, displayName: 'MSP', status: 'active', customer: {tenantId: T}, accessDetails: roles, endDateTime: '2027-01-01T00:00:00Z'},
      {id: 'x', status: 'terminated', customer: {tenantId: T}, accessDetails: roles},
    ]);
    const holder = `azure-principal:gdap/${relationship}/${GLOBAL_ADMIN}`;
    expect(intake.facts.assignments).toMatchObject([{principal: holder, scope: `entra:${T}`, validUntil: '2027-01-01T00:00:00Z', condition: null}]);
    expect(intake.facts.principals).toMatchObject([{id: holder, container: `entra:${PARTNER}`}]);
    const access = named(`delegatedAdminRelationships/${relationship}/accessAssignments.json`, {value: [
      {id: 'a1', status: 'active', accessContainer: {accessContainerId: 'G1', accessContainerType: 'securityGroup'}, accessDetails: roles},
    ]});
    expect(access.facts.principals.find(({id}) => id === 'azure-principal:g1')).toMatchObject({memberOf: [holder], container: `entra:${PARTNER}`});
  }); // prettier-ignore
});

describe('how users sign in', () => {
  // A public key alone is enough where only the key counts.
  const KEY =
    'MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEIg6eBOPv5M2z4ANtsJukbimKWX04lanEdALsbu2xNCDBXJ0IJ4Sd3u4G1qvrKX0mBHd7yUPGui+7bvp084mNag==';

  it('a federated domain is an issuer with its keys; the organisation says whether an AD synchronises', () => {
    expect(publicKeySha256(KEY)).toMatch(/^[0-9a-f]{64}$/);
    const configuration = {id: 'c', '@odata.type': '#microsoft.graph.internalDomainFederation', issuerUri: 'http://sts.contoso.com/adfs/services/trust', signingCertificate: KEY, nextSigningCertificate: 'MIIrubbish', federatedIdpMfaBehavior: 'acceptIfMfaDoneByFederatedIdp'};
    const byName = named('federation-contoso.com.json', {value: [configuration]}, T);
    expect(byName.facts.identityProviders).toMatchObject([
      {id: `azure-domain:contoso.com@${T}`, kind: 'saml', container: `entra:${T}`, issuer: 'http://sts.contoso.com/adfs/services/trust', publicKeySha256: [publicKeySha256(KEY)], attributes: {domain: 'contoso.com', federatedIdpMfaBehavior: 'acceptIfMfaDoneByFederatedIdp'}},
    ]);
    expect(codes(byName)).toEqual(['BH-SRC-232']);
    const byContext = read({'@odata.context': `${GRAPH}domains('contoso.com')/federationConfiguration`, value: [configuration]});
    expect(byContext.facts.identityProviders[0]?.id).toBe('azure-domain:contoso.com@unknown');
    expect(codes(read({value: [configuration]}))).toContain('BH-SRC-230');
    const domains = read([
      {id: 'contoso.com', authenticationType: 'Federated', isVerified: true, isDefault: true},
      {id: 'contoso.onmicrosoft.com', authenticationType: 'Managed', isVerified: true, isDefault: false},
    ]);
    expect(domains.facts.identityProviders.map(({id}) => id)).toEqual(['azure-domain:contoso.com@unknown']);
    const organization = read({'@odata.context': `${GRAPH}organization`, value: [{id: T, displayName: 'Contoso', verifiedDomains: [], onPremisesSyncEnabled: true}]});
    expect(organization.facts.roots).toEqual([{id: `entra:${T}`, kind: 'entraTenant', name: 'Contoso'}]);
    expect(organization.facts.containers).toMatchObject([{id: `azure:entra/${T}`, root: `entra:${T}`, tags: {onPremisesSyncEnabled: 'true'}}]);
  }); // prettier-ignore

  it('registered proofs, simple conditional access, partners and social providers', () => {
    const registration = read([{id: 'U1', userPrincipalName: 'a@b.c', isMfaRegistered: false, methodsRegistered: []}]);
    expect(registration.facts.principals).toMatchObject([{attributes: {mfaEnabled: false}, implied: true}]);
    const policy = (more: {users: object; applications?: object; builtInControls?: string[]; operator?: string; locations?: object; state?: string}) => ({
      id: JSON.stringify(more),
      state: more.state ?? 'enabled',
      conditions: {users: more.users, applications: {includeApplications: ['All'], ...more.applications}, clientAppTypes: ['all'], locations: more.locations ?? null},
      grantControls: {operator: more.operator ?? 'OR', builtInControls: more.builtInControls ?? ['mfa']},
    });
    const tags = (...policies: object[]) => named('ca.json', policies, T).facts.containers[0]?.tags ?? {};
    expect(tags(policy({users: {includeRoles: [GLOBAL_ADMIN], excludeUsers: ['BREAK']}}))).toEqual({conditionalAccessMfa: 'roles', conditionalAccessMfaRoles: GLOBAL_ADMIN, conditionalAccessMfaExcept: 'break'});
    expect(tags(policy({users: {includeUsers: ['All']}}))).toEqual({conditionalAccessMfa: 'all'});
    // Anything that opens another way in asks nobody for certain.
    expect(tags(
      policy({users: {includeUsers: ['All']}, builtInControls: ['mfa', 'compliantDevice']}),
      policy({users: {includeUsers: ['All']}, locations: {includeLocations: ['All'], excludeLocations: ['Office']}}),
      policy({users: {includeUsers: ['All']}, applications: {excludeApplications: ['x']}}),
      policy({users: {includeUsers: ['All']}, state: 'enabledForReportingButNotEnforced'}),
    )).toEqual({});
    const partner = named('partners.json', {value: [{tenantId: PARTNER, inboundTrust: {isMfaAccepted: true}, b2bCollaborationInbound: null}]}, T);
    expect(partner.facts.identityProviders).toMatchObject([{id: `azure-tenant:${PARTNER}@${T}`, issuer: `https://login.microsoftonline.com/${PARTNER}/v2.0`, attributes: {isMfaAccepted: true}}]);
    const social = read([{id: 'Google-OAUTH', identityProviderType: 'Google', displayName: 'Google', clientId: 'c', clientSecret: '****'}]);
    expect(social.facts.identityProviders).toMatchObject([{kind: 'oidc', name: 'Google'}]);
  }); // prettier-ignore

  it('a role that anybody eligible can take without proof or approval is told', () => {
    const rules = (enabledRules: string[], isApprovalRequired: boolean) => [
      {id: 'Enablement_EndUser_Assignment', enabledRules, target: {caller: 'EndUser', level: 'Assignment'}},
      {id: 'Approval_EndUser_Assignment', setting: {isApprovalRequired}, target: {caller: 'EndUser', level: 'Assignment'}},
      {id: 'Enablement_Admin_Assignment', enabledRules: ['MultiFactorAuthentication'], target: {caller: 'Admin', level: 'Assignment'}},
    ];
    const told = (all: object[]) => codes(read([{id: 'p', policyId: 'x', roleDefinitionId: GLOBAL_ADMIN, scopeType: 'DirectoryRole', policy: {rules: all}}]));
    expect(told(rules([], false))).toEqual(['BH-SRC-233']);
    expect(told(rules(['MultiFactorAuthentication', 'Justification'], false))).toEqual([]);
    expect(told(rules([], true))).toEqual([]);
    expect(told([])).toEqual([]);
  }); // prettier-ignore
});
