import {text} from '../../record.ts';
import type {Row} from '../../record.ts';
import {principalId} from '../map-identity.ts';
import type {EntraContext, Fate} from './context.ts';
import {mention} from './context.ts';
import {serviceOfResource} from './first-party.ts';
import {graphPermission, servicePermission} from './graph-permissions.ts';
import {saasId, tenantRootId} from './ids.ts';

/**
 * An application permission (`appRoleAssignments`, `appRoleAssignedTo`). On Microsoft Graph it is a right over the directory,
 * on a Microsoft 365 service's own interface one over that service. Roles inside other applications are theirs to read.
 */
export function mapAppRoleAssignment(context: EntraContext, row: unknown, at: string): Fate {
  const principal = text(row, 'principalId');
  const role = text(row, 'appRoleId');
  const resource = text(row, 'resourceId');
  if (principal === null || role === null) return {reject: 'app role assignment without ids'};
  const title = text(row, 'resourceDisplayName');
  const offered = context.appRoles.get(`${resource?.toLowerCase() ?? ''}/${role.toLowerCase()}`) ?? null;
  const granted = permissionOf(context, title, role, offered);
  if (granted === null) {
    const sort = /^0{8}-/.test(role) ? 'sign-in to an application' : 'role inside an application';
    return {word: sort};
  }
  const kind = text(row, 'principalType')?.toLowerCase();
  const holder = mention(context, principal, at, {
    kind:
      kind === 'user'
        ? 'user'
        : kind === 'group'
          ? 'group'
          : kind === 'serviceprincipal'
            ? 'servicePrincipal'
            : 'unknown',
    name: text(row, 'principalDisplayName') ?? principal,
  });
  context.draft.assignment(
    {
      id: `azure:approle/${text(row, 'id') ?? `${principal}/${resource ?? ''}/${role}`}`,
      cloud: 'azure',
      principal: holder,
      effect: 'allow',
      condition: null,
      ...granted,
    },
    at,
  );
  return {word: 'application permission'};
}

function permissionOf(
  context: EntraContext,
  title: string | null,
  role: string,
  offered: string | null,
): {role: string; roleName: string; scope: string} | null {
  const service = serviceOfResource(title);
  if (service !== null) {
    const name = offered ?? servicePermission(service, role) ?? role.toLowerCase();
    return {role: `m365:${service}/${name}`, roleName: name, scope: saasId(context.tenant, service)};
  }
  const scope = tenantRootId(context.tenant);
  if (title === 'Windows Azure Active Directory') {
    const name = offered ?? role.toLowerCase();
    return {role: `aadgraph:${name}`, roleName: name, scope};
  }
  const name = graphPermission(role);
  if (title !== 'Microsoft Graph' && (title !== null || name === null)) return null;
  const known = name ?? offered ?? role.toLowerCase();
  return {role: `msgraph:${known}`, roleName: known, scope};
}

/** Consent of users (or of all of them) to what an application does in their name. */
export function mapConsent(context: EntraContext, row: Row, at: string): Fate {
  const client = text(row, 'clientId');
  if (client === null) return {reject: 'consent without clientId'};
  const everyone = /^allprincipals$/i.test(text(row, 'consentType') ?? '');
  const id = principalId(client);
  const seen = context.consents.get(id) ?? new Set<string>();
  context.consents.set(id, seen);
  for (const scope of (text(row, 'scope') ?? '').split(/\s+/)) if (scope !== '') seen.add(scope);
  mention(context, client, at, {kind: 'servicePrincipal'});
  return {word: everyone ? 'consent for all users' : 'consent of one user'};
}

/** Writes the collected consents to their clients, once the whole file is read. */
export function finishConsents(context: EntraContext): void {
  for (const [id, names] of context.consents) {
    if (names.size === 0) continue;
    context.draft.principal(
      {
        id,
        kind: 'servicePrincipal',
        name: id.slice(id.indexOf(':') + 1),
        cloud: 'azure',
        container: null,
        person: false,
        memberOf: [],
        attributes: {oauthScopes: [...names].toSorted().join(' ')},
        implied: true,
      },
      '',
    );
  }
}
