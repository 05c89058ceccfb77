import {existsSync, readFileSync} from 'node:fs';
import * as fc from 'fast-check';
import {describe, expect, it} from 'vitest';
import type {Decoded} from '../../../../src/model/decoded.ts';
import {shapes} from '../../../../src/sources/azure/shapes.ts';
import {expectSound, FILE, rowsIn} from '../cloud/support.ts';

const entra = shapes.filter(({id}) => id.startsWith('entra.'));

/** Every field some mapper looks at, once with good content: spoiling it reaches all of them. */
const ROW = {
  id: '33333333-3333-4333-8333-333333333333',
  '@odata.type': '#microsoft.graph.user',
  '@odata.id': "https://graph.microsoft.com/v2/11111111-1111-4111-8111-111111111111/directoryObjects/$/Microsoft.DirectoryServices.Application('33333333-3333-4333-8333-333333333333')/x",
  appId: 'A1',
  tenantId: '22222222-2222-4222-8222-222222222222',
  appOwnerOrganizationId: '22222222-2222-4222-8222-222222222222',
  servicePrincipalType: 'Application',
  alternativeNames: ['/subscriptions/s/resourceGroups/g/providers/a/b/c'],
  tags: ['WindowsAzureActiveDirectoryIntegratedApp'],
  signInAudience: 'AzureADMyOrg',
  homepage: 'https://x.example',
  displayName: 'n',
  userPrincipalName: 'a_b.c#EXT#@d.e',
  members: [{id: 'm', '@odata.type': '#microsoft.graph.group'}],
  owners: [{id: 'o'}],
  web: {redirectUris: ['https://x.example/y']},
  passwordCredentials: [{keyId: 'k', endDateTime: 'x'}],
  keyCredentials: [{keyId: 'k2', key: 'MIIB', usage: 'Sign'}],
  federatedIdentityCredentials: [{id: 'f', issuer: 'i', subject: 's', audiences: ['a']}],
  issuer: 'i',
  subject: 's',
  audiences: ['a'],
  claimsMatchingExpression: {value: "claims['sub'] matches 'x*'"},
  issuerUri: 'u',
  signingCertificate: 'MIIB',
  domains: [{id: 'd.e'}],
  principalId: 'p',
  roleDefinitionId: 'r',
  directoryScopeId: '/administrativeUnits/x',
  scheduleInfo: {expiration: {endDateTime: 'x'}},
  appRoles: [{id: 'r', value: 'v'}],
  appRoleId: '9e3f62cf-ca93-4989-b6ce-bf83c28f9fe8',
  resourceId: 'x',
  resourceDisplayName: 'Microsoft Graph',
  clientId: 'c',
  scope: 'a b',
  customer: {tenantId: '11111111-1111-4111-8111-111111111111'},
  accessDetails: {unifiedRoles: [{roleDefinitionId: 'r'}]},
  accessContainer: {accessContainerId: 'g'},
  inboundTrust: {isMfaAccepted: true},
  state: 'enabled',
  conditions: {users: {includeUsers: ['All']}, applications: {includeApplications: ['All']}},
  grantControls: {operator: 'OR', builtInControls: ['mfa']},
  rolePermissions: [{allowedResourceActions: ['x']}],
  policy: {rules: [{target: {caller: 'EndUser', level: 'Assignment'}, enabledRules: []}]},
  roleMemberInfo: {id: 'm'},
  administrativeUnitId: 'a',
  servicePlans: [{servicePlanName: 'SHAREPOINTENTERPRISE', provisioningStatus: 'Success'}],
  isMfaRegistered: true,
}; // prettier-ignore

const JUNK = fc.oneof(
  fc.constantFrom<unknown>(null, '', 0, -1, true, [], {}, [null], [[]], '/', 'https://', '%', '\u0000', '#EXT#@', "('", JSON.parse('{"__proto__": {"x": 1}, "constructor": 5}')),
  fc.jsonValue({maxDepth: 2}),
); // prettier-ignore

function spoil(value: unknown, picks: number[], junk: unknown): unknown {
  const copy: unknown = structuredClone(value);
  let at: unknown = copy;
  for (const [depth, pick] of picks.entries()) {
    if (typeof at !== 'object' || at === null) break;
    const holder = at as Record<string, unknown>;
    const key = Object.keys(holder)[pick % Math.max(Object.keys(holder).length, 1)];
    if (key === undefined) break;
    if (depth === picks.length - 1) holder[key] = junk;
    at = holder[key];
  }
  return copy;
}

/** Rows a file holds; of licences each service plan is a row as well. */
function rowsOf(id: string, value: unknown): number {
  const listed = (value as {value?: unknown}).value;
  const rows: unknown[] = Array.isArray(listed) ? listed : Array.isArray(value) ? value : [value];
  if (id !== 'entra.licences') return rows.length;
  const plans = rows.flatMap((row) => {
    const own = (row as {servicePlans?: unknown} | null)?.servicePlans;
    return Array.isArray(own) && !Array.isArray(row) ? (own as unknown[]) : [];
  });
  return rows.length + plans.length;
}

describe('hostile directory exports', () => {
  it.each(entra.map((shape) => [shape.id, shape] as const))(
    '%s: neither throws nor loses a row',
    (id, shape) => {
      fc.assert(
        fc.property(fc.array(fc.nat(60), {minLength: 2, maxLength: 6}), JUNK, (picks, junk) => {
          const value = spoil(
            {'@odata.context': 'x', value: [ROW, {...ROW, id: 'second'}]},
            [1, ...picks],
            junk,
          );
          const display = `groups/${ROW.id}/members.json`;
          const intake = shape.map({kind: 'json', value}, {...FILE, display}, {});
          expectSound(intake);
          expect(rowsIn(intake)).toBe(rowsOf(id, value));
        }),
        {numRuns: 60},
      );
    },
  );

  it('maps 10⁵ users, groups of 10⁵ members and 10⁵ permissions', () => {
    const many = <T>(make: (i: number) => T): T[] => Array.from({length: 100_000}, (_, i) => make(i));
    const files: unknown[] = [
      many((i) => ({id: `U${i}`, userPrincipalName: `u${i}@x.example`, accountEnabled: true})),
      [{id: 'G', groupTypes: [], members: many((i) => ({id: `U${i}`, '@odata.type': '#microsoft.graph.user'}))}],
      many((i) => ({id: `A${i}`, appRoleId: '9e3f62cf-ca93-4989-b6ce-bf83c28f9fe8', principalId: `S${i}`, resourceDisplayName: 'Microsoft Graph'})),
    ]; // prettier-ignore
    for (const value of files) {
      const decoded: Decoded = {kind: 'json', value};
      const shape = entra.find((candidate) => candidate.matches(decoded, FILE))!;
      expect(shape.map(decoded, FILE, {}).facts.principals.length).toBeGreaterThanOrEqual(100_000);
    }
  });
});

const MOCKS = new URL(
  '../../../../../shared/realdata/azure/graph-docs-mocks/samples/microsoft-graph-docs-mocks/.devproxy/graph-v1_0-proxy-mocks.json',
  import.meta.url,
);

describe.skipIf(!existsSync(MOCKS))('documented Microsoft Graph answers', () => {
  it('each is taken by one shape at most, with every row accounted for', () => {
    const {mocks} = JSON.parse(readFileSync(MOCKS, 'utf8')) as {
      mocks: {request: {method?: string}; response: {body?: unknown}}[];
    };
    const seen = new Map<string, number>();
    for (const {request, response} of mocks) {
      const value = response.body;
      if ((request.method ?? 'GET') !== 'GET' || typeof value !== 'object' || value === null) continue;
      const decoded: Decoded = {kind: 'json', value};
      const taking = shapes.filter((shape) => shape.matches(decoded, FILE));
      expect(taking.length).toBeLessThan(2);
      const [shape] = taking;
      if (shape === undefined) continue;
      const intake = shape.map(decoded, FILE, {});
      expectSound(intake);
      expect(rowsIn(intake)).toBe(rowsOf(shape.id, value));
      seen.set(shape.id, (seen.get(shape.id) ?? 0) + 1);
    }
    // Every kind there is a documented answer for is recognised from it.
    expect(entra.map(({id}) => id).filter((id) => !seen.has(id))).toEqual(['entra.related']);
    expect([...seen.values()].reduce((sum, count) => sum + count, 0)).toBeGreaterThan(900);
  });
});
