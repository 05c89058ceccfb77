import type {Principal} from '../../model/estate.ts';
import type {Capability} from '../../model/exposure.ts';
import type {BuildContext} from '../context.ts';
import {canonicalRoot} from '../root-ids.ts';
import {delegatedAccess} from './tables/delegated-permissions.ts';
import type {SaasService} from './tables/gifts.ts';
import {createServices, homeTenant, isMicrosoftTenant} from './tenants.ts';

/**
 * Consents of users (delegated permissions): an application acts in the name of those who signed in to it, for as long as it
 * keeps their tokens. What it reaches in mail and files is their part; whether it keeps tokens no export says.
 */
export function addConsents(context: BuildContext): void {
  const {estate, graph} = context;
  const services = createServices(context);
  for (const principal of estate.principals) {
    const scopes = principal.attributes?.['oauthScopes'];
    if (principal.cloud !== 'azure' || principal.kind !== 'servicePrincipal' || typeof scopes !== 'string')
      continue;
    if (isMicrosofts(principal)) continue;
    const tenant = tenantOf(context, principal);
    if (tenant === null) continue;
    for (const [service, {caps, by}] of accessOf(scopes)) {
      for (const {id} of services(tenant, service))
        graph.edge(principal.id, id, 'HAS_PERMISSION', {
          evidence: `delegated permission = ${by.join(', ')}: in the name of users who signed in to it`,
          caps,
          bound: 'workload',
          gap: {
            id: `gap:delegated-tokens:${principal.id}`,
            question: `Does ${principal.name} keep tokens of users, so that whoever holds it acts in their name while they are away?`,
            about: principal.id,
            input: 'sign-in logs of the application, its consent offline_access',
            remedy:
              'Look at the sign-ins of the application and ask its owner; remove the consent where it is not used.',
            certainty: 'conditional',
          },
        });
    }
  }
}

/** Capabilities per service, with the scopes that give them. */
function accessOf(scopes: string): Map<SaasService, {caps: Capability[]; by: string[]}> {
  const found = new Map<SaasService, {caps: Capability[]; by: string[]}>();
  for (const scope of scopes.split(' ')) {
    for (const [service, caps] of delegatedAccess(scope)) {
      const known = found.get(service) ?? {caps: [], by: []};
      known.caps = [...new Set([...known.caps, ...caps])].sort();
      known.by.push(scope);
      found.set(service, known);
    }
  }
  return found;
}

/** Microsoft's own applications are the provider's control plane. */
function isMicrosofts({attributes}: Principal): boolean {
  const owner = attributes?.['appOwnerTenant'];
  return typeof owner === 'string' && isMicrosoftTenant(canonicalRoot(`entra:${owner}`));
}

/** The tenant that gave the consent; where the file does not name it, the only one of the inventory. */
function tenantOf(context: BuildContext, principal: Principal): string | null {
  const home = homeTenant(context, principal);
  if (home !== null) return home;
  const tenants = new Set(
    context.estate.roots.flatMap(({id, kind}) => (kind === 'entraTenant' ? [canonicalRoot(id)] : [])),
  );
  return tenants.size === 1 ? [...tenants][0]! : null;
}
