import {field, flag, isRow, known, list, pointer, text} from '../../record.ts';
import type {Row} from '../../record.ts';
import {principalId} from '../map-identity.ts';
import type {EntraContext, Fate} from './context.ts';
import {guidsIn, isGuid, directoryRoleId, tenantRootId, UNKNOWN} from './ids.ts';

/**
 * Delegated administration (GDAP): per relationship and role one principal that lives in the partner's tenant and holds the
 * role in the customer's. Groups the partner gives the role to are members of it; the partner can name others at any time.
 */
export function mapDelegatedAdmin(context: EntraContext, row: Row, at: string): Fate {
  const id = text(row, 'id');
  const customer = text(row, 'customer', 'tenantId');
  if (id === null) return {reject: 'delegated administration without id'};
  const status = text(row, 'status');
  if (status !== null && !/^(?:active|expiring|terminationrequested|terminating)$/i.test(status))
    return {word: `delegated administration (${status})`};
  const {draft} = context;
  const partner = partnerOf(context, id, customer);
  for (const tenant of [partner, customer])
    if (isGuid(tenant)) draft.root({id: tenantRootId(tenant), kind: 'entraTenant', name: tenant}, at);
  const until = text(row, 'endDateTime');
  for (const [i, role] of list(row, 'accessDetails', 'unifiedRoles').entries()) {
    const definition = text(role, 'roleDefinitionId');
    if (definition === null) continue;
    const where = pointer(at, 'accessDetails', 'unifiedRoles', i);
    const holder = holderOf(context, id, definition, where, partner, text(row, 'displayName') ?? id);
    draft.assignment(
      {
        id: `azure:gdap/${id.toLowerCase()}/${definition.toLowerCase()}`,
        cloud: 'azure',
        principal: holder,
        role: directoryRoleId(definition),
        roleName: '',
        scope: tenantRootId(customer),
        effect: 'allow',
        condition: null,
        ...(until === null ? {} : {validUntil: until}),
      },
      where,
    );
  }
  for (const [i, access] of list(row, 'accessAssignments').entries())
    if (isRow(access)) addGroup(context, access, pointer(at, 'accessAssignments', i), id, partner);
  return {word: 'delegated administration'};
}

/** Which group of the partner got which roles (`delegatedAdminRelationships/{id}/accessAssignments`). */
export function mapDelegatedAccess(context: EntraContext, row: Row, at: string): Fate {
  const relationship = context.subject?.kind === 'relationship' ? context.subject.id : null;
  if (relationship === null) return {reject: 'access assignment of an unnamed relationship'};
  return addGroup(context, row, at, relationship, partnerOf(context, relationship, null));
}

function addGroup(
  context: EntraContext,
  row: Row,
  at: string,
  relationship: string,
  partner: string | null,
): Fate {
  const group = text(row, 'accessContainer', 'accessContainerId');
  if (group === null) return {reject: 'access assignment without group'};
  const status = text(row, 'status');
  if (status !== null && !/^(?:active|pending)$/i.test(status))
    return {word: `access assignment (${status})`};
  const roles = list(row, 'accessDetails', 'unifiedRoles').flatMap(
    (role) => text(role, 'roleDefinitionId') ?? [],
  );
  context.draft.principal(
    {
      id: principalId(group),
      kind: 'group',
      name: group,
      cloud: 'azure',
      container: partner === null ? null : tenantRootId(partner),
      person: false,
      memberOf: roles.map((role) => holderOf(context, relationship, role, at, partner, relationship)),
      implied: true,
    },
    at,
  );
  return {word: 'access assignment'};
}

function holderOf(
  context: EntraContext,
  relationship: string,
  role: string,
  at: string,
  partner: string | null,
  name: string,
): string {
  const id = principalId(`gdap/${relationship}/${role}`);
  context.draft.principal(
    {
      id,
      kind: 'group',
      name: `delegated administration ${name}`,
      cloud: 'azure',
      container: partner === null ? null : tenantRootId(partner),
      person: false,
      memberOf: [],
      implied: true,
    },
    at,
  );
  return id;
}

/** The partner reads the relationship; a relationship's id ends with its tenant. */
function partnerOf(context: EntraContext, id: string, customer: string | null): string | null {
  const own = context.tenant;
  if (own !== null && own !== customer?.toLowerCase()) return own;
  const last = guidsIn(id)[1] ?? null;
  return last === customer?.toLowerCase() ? null : last;
}

/** A partner tenant whose users may come in, with what is believed of their sign-in at home. */
export function mapCrossTenant(context: EntraContext, row: Row, at: string): Fate {
  const partner = text(row, 'tenantId');
  if (!isGuid(partner)) return {word: 'cross-tenant default'};
  const access = (side: string) => text(row, side, 'usersAndGroups', 'accessType');
  context.draft.root({id: tenantRootId(partner), kind: 'entraTenant', name: partner}, at);
  context.draft.identity(
    'identityProviders',
    {
      id: `azure-tenant:${partner.toLowerCase()}@${context.tenant ?? UNKNOWN}`,
      kind: 'oidc',
      name: text(row, 'displayName') ?? partner,
      cloud: 'azure',
      container: tenantRootId(context.tenant),
      issuer: `https://login.microsoftonline.com/${partner.toLowerCase()}/v2.0`,
      publicKeySha256: [],
      audiences: [],
      condition: null,
      disabled:
        access('b2bCollaborationInbound') === 'blocked' && access('b2bDirectConnectInbound') !== 'allowed',
      attributes: known<string | number | boolean>({
        isMfaAccepted: flag(row, 'inboundTrust', 'isMfaAccepted'),
        isCompliantDeviceAccepted: flag(row, 'inboundTrust', 'isCompliantDeviceAccepted'),
        b2bCollaborationInbound: access('b2bCollaborationInbound'),
        b2bDirectConnectInbound: access('b2bDirectConnectInbound'),
        automaticConsent: flag(row, 'automaticUserConsentSettings', 'inboundAllowed'),
        userSyncInbound: flag(field(row, 'identitySynchronization'), 'userSyncInbound', 'isSyncAllowed'),
        isInMultiTenantOrganization: flag(row, 'isInMultiTenantOrganization'),
      }),
    },
    at,
  );
  return {word: 'partner tenant'};
}
