import type {Principal} from '../../model/estate.ts';
import type {BuildContext} from '../context.ts';
import {facetNode} from '../node-ids.ts';
import {canonicalRoot} from '../root-ids.ts';
import {UNKNOWN_TENANT, homeTenant, outsideTenant} from './tenants.ts';

/**
 * Guests are signed in by their home tenant. It is known where another tenant of the inventory uses the guest's domain;
 * else any partner the tenant has settings for may be it, or a tenant nobody names.
 */
export function addPartners(context: BuildContext): void {
  const {estate, graph} = context;
  const domains = tenantsByDomain(context);
  const guests = new Map<string, Principal[]>();
  for (const principal of estate.principals) {
    if (principal.cloud !== 'azure' || principal.kind !== 'user' || !isGuest(principal)) continue;
    const tenant = homeTenant(context, principal) ?? UNKNOWN_TENANT;
    const home = homeOfGuest(principal, domains);
    if (home !== null && home !== tenant) {
      graph.edge(graph.root(home), principal.id, 'GOVERNS', {
        evidence: `guest from ${home}: signs in there`,
        level: 1,
        bound: 'workload',
      });
      continue;
    }
    guests.set(tenant, [...(guests.get(tenant) ?? []), principal]);
  }
  for (const [tenant, members] of guests) {
    const facet = facetNode(tenant, 'guests');
    graph.node(facet, 'container', 'guests', `guests of ${tenant}`);
    for (const {id} of members)
      graph.edge(facet, id, 'GOVERNS', {evidence: `guest of ${tenant}`, bound: 'workload'});
    graph.edge(graph.root(UNKNOWN_TENANT), facet, 'GOVERNS', {
      evidence: `the home tenants of ${members.length} guest(s) are not in the source`,
      level: 1,
      certainty: 'unknown',
      bound: 'workload',
    });
  }
  for (const provider of estate.identityProviders) {
    const partner = /^azure-tenant:([^@]+)@/.exec(provider.id)?.[1];
    if (provider.cloud !== 'azure' || provider.disabled || partner === undefined) continue;
    const tenant = canonicalRoot(provider.container);
    const facet = facetNode(tenant, 'guests');
    const root = outsideTenant(context, partner);
    if (!graph.has(facet)) continue;
    graph.edge(root, facet, 'GOVERNS', {
      evidence: `crossTenantAccessPolicy partner ${partner}: inbound collaboration${provider.attributes['isMfaAccepted'] === true ? ', its second proof is accepted' : ''}; which guests come from it is not in the source`,
      level: 1,
      certainty: 'conditional',
      bound: 'workload',
    });
  }
}

function isGuest({name, attributes}: Principal): boolean {
  return /#ext#/i.test(name) || /^guest$/i.test(String(attributes?.['userType'] ?? ''));
}

function homeOfGuest({attributes}: Principal, domains: ReadonlyMap<string, string | null>): string | null {
  const stated = attributes?.['homeTenant'];
  if (typeof stated === 'string') return canonicalRoot(`entra:${stated.replace(/^entra:/i, '')}`);
  const domain = attributes?.['homeDomain'];
  return typeof domain === 'string' ? (domains.get(domain.toLowerCase()) ?? null) : null;
}

/** Tenants by the domains of their own users; null where two tenants use one. */
function tenantsByDomain(context: BuildContext): Map<string, string | null> {
  const found = new Map<string, string | null>();
  for (const principal of context.estate.principals) {
    const domain = principal.attributes?.['domain'];
    if (principal.kind !== 'user' || typeof domain !== 'string' || isGuest(principal)) continue;
    const home = homeTenant(context, principal);
    if (home === null || home === UNKNOWN_TENANT) continue;
    const known = found.get(domain.toLowerCase());
    found.set(domain.toLowerCase(), known === undefined || known === home ? home : null);
  }
  return found;
}
