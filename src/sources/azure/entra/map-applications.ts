import type {AppRegistration} from '../../../model/identity-facts.ts';
import {flag, known, list, pointer, text, texts} from '../../record.ts';
import type {Row} from '../../record.ts';
import {containerOf, parseArmId} from '../arm-id.ts';
import {principalHome, principalId} from '../map-identity.ts';
import {homeOf} from './context.ts';
import type {EntraContext, Fate} from './context.ts';
import {mapCredentials} from './credentials.ts';
import {isMicrosoft} from './first-party.ts';
import {mapFederatedCredential} from './map-federated-credential.ts';
import {hostsOf} from './hosts.ts';
import {applicationId, tenantRootId} from './ids.ts';
import {mapAppRoleAssignment} from './map-grants.ts';
import {addOwners} from './map-principals.ts';
import {mapSaasApplication} from './map-saas.ts';

/** An application registration of the directory that was read. */
export function mapApplication(context: EntraContext, row: Row, at: string): Fate {
  const {draft} = context;
  const appId = text(row, 'appId');
  if (appId === null) return {reject: 'application without appId'};
  const id = applicationId(appId);
  const name = text(row, 'displayName') ?? appId;
  draft.principal(
    {
      id,
      kind: 'application',
      name,
      cloud: 'azure',
      container: homeOf(context),
      person: false,
      memberOf: [],
      attributes: known<string | number | boolean>({
        appId: appId.toLowerCase(),
        objectId: text(row, 'id')?.toLowerCase() ?? null,
        signInAudience: text(row, 'signInAudience'),
      }),
    },
    at,
  );
  registration(context, row, at, {
    name,
    tenant: homeOf(context),
    servicePrincipal: null,
    firstParty: false,
  });
  mapCredentials(draft, row, at, {principal: id, name, active: null, managedBy: 'customer'});
  for (const [i, credential] of list(row, 'federatedIdentityCredentials').entries())
    mapFederatedCredential(context, credential, pointer(at, 'federatedIdentityCredentials', i), id);
  addOwners(context, row, at, id);
  return {word: 'application'};
}

/** Notes what a record says about a registration; blanks are filled from another record of the same file. */
function registration(
  {registrations}: EntraContext,
  row: Row,
  at: string,
  facts: Pick<AppRegistration, 'name' | 'tenant' | 'servicePrincipal' | 'firstParty'>,
): void {
  const appId = text(row, 'appId');
  if (appId === null) return;
  const next: AppRegistration = {
    id: applicationId(appId),
    cloud: 'azure',
    signInAudience: text(row, 'signInAudience'),
    hosts: hostsOf(row),
    owners: list(row, 'owners').flatMap((owner) => {
      const id = text(owner, 'id');
      return id === null ? [] : [principalId(id)];
    }),
    ...facts,
  };
  const known = registrations.get(next.id);
  if (known === undefined) {
    registrations.set(next.id, {registration: next, at});
    return;
  }
  const {registration: before} = known;
  known.registration = {
    ...before,
    tenant: before.tenant ?? next.tenant,
    servicePrincipal: before.servicePrincipal ?? next.servicePrincipal,
    signInAudience: before.signInAudience ?? next.signInAudience,
    hosts: [...new Set([...before.hosts, ...next.hosts])].toSorted(),
    owners: [...new Set([...before.owners, ...next.owners])].toSorted(),
    firstParty: before.firstParty || next.firstParty,
  };
}

/** Hands over the registrations once the whole file is read. */
export function finishRegistrations({draft, registrations}: EntraContext): void {
  for (const {registration: one, at} of registrations.values()) draft.identity('appRegistrations', one, at);
}

/** A service principal: of an own or foreign application, or a managed identity. May be a workload itself. */
export function mapServicePrincipal(context: EntraContext, row: Row, at: string): Fate {
  const {draft} = context;
  const objectId = text(row, 'id') ?? text(row, 'objectId');
  if (objectId === null) return {reject: 'service principal without id'};
  const id = principalId(objectId);
  const appId = text(row, 'appId');
  const name = text(row, 'displayName') ?? text(row, 'appDisplayName') ?? appId ?? objectId;
  const owner = text(row, 'appOwnerOrganizationId') ?? text(row, 'appOwnerTenantId');
  const type = text(row, 'servicePrincipalType');
  const managed = /^managedidentity$/i.test(type ?? '');
  const resource = managed ? resourceOf(row) : null;
  const active = flag(row, 'accountEnabled');
  draft.principal(
    {
      id,
      kind: managed ? 'managedIdentity' : 'servicePrincipal',
      name,
      cloud: 'azure',
      container: principalHome(resource === null ? null : containerOf(resource), context.tenant),
      person: false,
      memberOf: [],
      attributes: known<string | number | boolean>({
        appId: appId?.toLowerCase() ?? null,
        appOwnerTenant: owner?.toLowerCase() ?? null,
        servicePrincipalType: type,
        accountEnabled: active,
        signInAudience: text(row, 'signInAudience'),
        resourceId: resource === null ? null : `azure:${resource.id}`,
      }),
    },
    at,
  );
  const firstParty = isMicrosoft(owner);
  registration(context, row, at, {
    name,
    tenant: owner === null ? null : tenantRootId(owner),
    servicePrincipal: id,
    firstParty,
  });
  mapCredentials(draft, row, at, {
    principal: id,
    name,
    active: active === false ? false : null,
    managedBy: managed || firstParty ? 'provider' : 'customer',
  });
  addOwners(context, row, at, id);
  for (const [i, granted] of list(row, 'appRoleAssignments').entries())
    mapAppRoleAssignment(context, granted, pointer(at, 'appRoleAssignments', i));
  if (managed) return {word: 'managed identity'};
  return (
    mapSaasApplication(context, row, at, {name, appId, owner, principal: id}) ?? {word: 'service principal'}
  );
}

/** The Azure resource a managed identity belongs to, from its alternative names. */
function resourceOf(row: Row) {
  for (const name of texts(row, 'alternativeNames')) {
    const arm = parseArmId(name);
    if (arm?.subscription != null) return arm;
  }
  return null;
}
