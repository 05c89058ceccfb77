import type {Draft} from '../../draft.ts';
import {principalId} from '../map-identity.ts';

/**
 * How Entra facts are named. Most Graph answers do not say which tenant gave them: its place then holds `unknown`, and the
 * estate stage fills in the tenant where the inventory knows only one.
 *
 * - tenant root `entra:<tenant>`; the directory as a container `azure:entra/<tenant>`: holds its Microsoft 365 services and,
 *   as tags, what is true of the whole directory (`onPremisesSyncEnabled`, `conditionalAccess…`)
 * - user, group, service principal `azure-principal:<object id>`
 * - application registration `azure-app:<app id>`: the {@link AppRegistration}, the principal of kind `application` that
 *   owners, secrets and federated credentials hang on; `attributes.objectId` is its other name, under which files that were
 *   asked for by object id speak of it
 * - directory role `azure:/providers/microsoft.directory/roledefinitions/<template id>` on scope `entra:<tenant>`, on an
 *   administrative unit `azure:entra/<tenant>/administrativeunits/<id>`, or on one object (a principal id)
 * - application permission: role `msgraph:<value or id>` on scope `entra:<tenant>`, `m365:<service>/<value or id>` on the
 *   service's workload
 */
export const UNKNOWN = 'unknown';

const GUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** True for the usual written form of a GUID. */
export function isGuid(text: string | null): text is string {
  return text !== null && GUID.test(text);
}

/** All GUIDs in a text, lower-case, in order. */
export function guidsIn(text: string): string[] {
  return (text.match(/[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/gi) ?? []).map((id) => id.toLowerCase());
}

/** Root of a tenant, `entra:unknown` without one. */
export function tenantRootId(tenant: string | null): string {
  return `entra:${tenant?.toLowerCase() ?? UNKNOWN}`;
}

/** Container that stands for the directory itself. */
export function directoryId(tenant: string | null): string {
  return `azure:entra/${tenant?.toLowerCase() ?? UNKNOWN}`;
}

/** Application registration by its client id. */
export function applicationId(appId: string): string {
  return `azure-app:${appId.toLowerCase()}`;
}

/** Workload of a Microsoft 365 service, or of a third-party application by its client id. */
export function saasId(tenant: string | null, service: string): string {
  return `azure:saas/${tenant?.toLowerCase() ?? UNKNOWN}/${service.toLowerCase()}`;
}

/** Directory role by template id; also takes ids written as a path. */
export function directoryRoleId(definition: string): string {
  return `azure:/providers/microsoft.directory/roledefinitions/${(definition.split('/').at(-1) ?? '').toLowerCase()}`;
}

/** `directoryScopeId` → the tenant, an administrative unit, or one object. */
export function directoryScope(scope: string | null, tenant: string | null): string {
  const parts = (scope ?? '/').split('/').filter((part) => part !== '');
  if (parts.length === 0) return tenantRootId(tenant);
  if (parts.length === 1) return principalId(parts[0] ?? '');
  return `${directoryId(tenant)}/${parts.join('/').toLowerCase()}`;
}

/** Adds the tenant's root and directory; without a tenant only the names are made. */
export function addDirectory(
  draft: Draft,
  tenant: string | null,
  at: string,
  more: {name?: string; tags?: Record<string, string>} = {},
): void {
  const id = directoryId(tenant);
  if (tenant !== null)
    draft.root({id: tenantRootId(tenant), kind: 'entraTenant', name: more.name ?? tenant}, at);
  draft.container(
    {
      id,
      kind: 'organization',
      name: more.name ?? tenant ?? UNKNOWN,
      cloud: 'azure',
      parent: null,
      root: tenant === null ? null : tenantRootId(tenant),
      tags: more.tags ?? {},
      ...(more.name === undefined ? {implied: true} : {}),
    },
    at,
  );
}
