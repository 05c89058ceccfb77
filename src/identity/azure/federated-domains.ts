import type {Principal} from '../../model/estate.ts';
import type {IdentityProvider} from '../../model/identity-facts.ts';
import type {BuildContext} from '../context.ts';
import {samlSigners} from '../issuers.ts';
import {facetNode} from '../node-ids.ts';
import {canonicalRoot} from '../root-ids.ts';
import {type Privileged, createPrivileged} from './privileged.ts';
import {livesIn} from './tenants.ts';

/**
 * Federated domains: whoever holds an accepted signing key (the next one too) signs in as every user of the domain.
 * Cloud-only users of other domains are out of reach. A tenant that takes the second proof from the federated side, or asks
 * for none, is open at level 0; one that refuses it (`rejectMfaByFederatedIdp`) asks administrators again: level 1.
 */
export function addFederatedDomains(context: BuildContext): void {
  const providers = context.estate.identityProviders.filter(
    ({cloud, kind, disabled, id}) =>
      cloud === 'azure' && kind === 'saml' && !disabled && id.startsWith('azure-domain:'),
  );
  if (providers.length === 0) return;
  const privileged = createPrivileged(context);
  const others = createOthers(context);
  for (const provider of providers) addDomain(context, provider, privileged, others);
}

function addDomain(
  context: BuildContext,
  provider: IdentityProvider,
  privileged: Privileged,
  others: (tenant: string) => string | null,
): void {
  const {estate, graph} = context;
  const tenant = graph.root(canonicalRoot(provider.container));
  const domain = String(provider.attributes['domain'] ?? provider.name).toLowerCase();
  const external = provider.attributes['authenticationType'] === 'External';
  const facet = graph.node(
    facetNode(tenant, `federated:${domain}`),
    'container',
    'federated',
    `${external ? 'guests' : 'federated users'} of ${domain}`,
  );
  const keys = provider.publicKeySha256;
  for (const signer of samlSigners(graph, provider.issuer, keys, provider.name)) {
    graph.edge(signer, facet, 'FEDERATES', {
      evidence: `federationConfiguration of ${domain}: issuer = ${provider.issuer ?? 'not in the source'}, ${keys.length === 0 ? 'signing certificate not in the source' : `${keys.length} accepted signing key(s)`}`,
      bound: 'workload',
    });
  }
  const behavior = provider.attributes['federatedIdpMfaBehavior'];
  let unplaced = 0;
  let members = 0;
  for (const user of estate.principals) {
    if (user.cloud !== 'azure' || user.kind !== 'user' || livesIn(context, user, tenant) === 'no') continue;
    const of = domainOf(user, external);
    if (of !== null && of !== domain) continue;
    if (of === null) unplaced++;
    members++;
    const admin = privileged.administrators(tenant).has(user.id);
    const asked = admin && behavior === 'rejectMfaByFederatedIdp';
    graph.edge(facet, user.id, 'GOVERNS', {
      evidence:
        of === null
          ? `the user's domain is not in the source; ${domain} is federated`
          : `user of the federated domain ${domain}${behavior === undefined ? '' : `, federatedIdpMfaBehavior = ${behavior}`}${asked ? ': administrators prove themselves again' : ''}`,
      level: asked ? 1 : 0,
      certainty: of === null || livesIn(context, user, tenant) === 'maybe' ? 'conditional' : 'certain',
      bound: 'workload',
    });
  }
  if (!external) addElsewhere(context, tenant, domain, facet, others(tenant));
  if (external || (members > 0 && unplaced === 0 && privileged.known(tenant))) return;
  graph.edge(facet, tenant, 'GOVERNS', {
    evidence: 'users of the domain or their directory roles are not in the source',
    bound: 'workload',
    gap: {
      id: `gap:federated-privileged:${tenant}<${domain}`,
      question: `Does a user of ${domain} hold a role that makes master of ${tenant}?`,
      about: tenant,
      input: 'users and directory role assignments',
      remedy: 'Export the users and the directory role assignments of the tenant, or answer the question.',
      certainty: 'conditional',
    },
  });
}

/**
 * Assertions name a user by what synchronisation wrote, not by domain: whether those of one domain are taken for users of
 * another is a policy of the tenant, strict by default since 2025.
 */
function addElsewhere(
  {graph}: BuildContext,
  tenant: string,
  domain: string,
  facet: string,
  others: string | null,
): void {
  if (others === null) return;
  graph.edge(facet, others, 'GOVERNS', {
    evidence: `federatedTokenValidationPolicy is not in the source: assertions of ${domain} may be taken for users of other domains`,
    bound: 'workload',
    gap: {
      id: `gap:federated-elsewhere:${tenant}`,
      question: `Does ${tenant} take assertions of one federated domain for synchronised users of other domains?`,
      about: tenant,
      input: 'policies/federatedTokenValidationPolicy, validatingDomains.rootDomains',
      remedy:
        'Read `GET /policies/federatedTokenValidationPolicy`; `rootDomains` other than `none` means no for the domains it names.',
      certainty: 'conditional',
    },
  });
}

/** One node per tenant for users that are or may be synchronised, made on first use; null = there are none. */
function createOthers(context: BuildContext): (tenant: string) => string | null {
  const {estate, graph} = context;
  const made = new Map<string, string | null>();
  return (tenant) => {
    const known = made.get(tenant);
    if (known !== undefined) return known;
    const users = estate.principals.filter(
      (user) =>
        user.cloud === 'azure' &&
        user.kind === 'user' &&
        livesIn(context, user, tenant) !== 'no' &&
        maySynchronise(user),
    );
    if (users.length === 0) {
      made.set(tenant, null);
      return null;
    }
    const node = graph.node(
      facetNode(tenant, 'federated:others'),
      'container',
      'synchronised',
      `synchronised users of ${tenant}, whatever their domain`,
    );
    for (const user of users) {
      const stated = user.attributes?.['synchronised'] === true;
      graph.edge(node, user.id, 'GOVERNS', {
        evidence: stated ? 'synchronised = true' : 'whether this user is synchronised is not in the source',
        certainty: stated ? 'certain' : 'conditional',
        bound: 'workload',
      });
    }
    made.set(tenant, node);
    return node;
  };
}

/** False for guests, and for users that are stated or by their domain known to be the cloud's own. */
function maySynchronise(user: Principal): boolean {
  const domain = domainOf(user, false);
  if (domain === 'none' || domain === null) return false;
  const stated = user.attributes?.['synchronised'];
  return stated === undefined ? !domain.endsWith('.onmicrosoft.com') : stated === true;
}

/** Domain a user signs in with: of the user name; of guests, where they come from. Null = not in the source. */
function domainOf({name, attributes}: Principal, external: boolean): string | null {
  const guest = /#ext#/i.test(name) || /^guest$/i.test(String(attributes?.['userType'] ?? ''));
  const stated = attributes?.[external ? 'homeDomain' : 'domain'];
  if (typeof stated === 'string' && (external || !guest)) return stated.toLowerCase();
  // Guests sign in at home, whatever domain their name here ends with; members are no guests.
  if (guest !== external) return 'none';
  if (external) return null;
  const at = name.lastIndexOf('@');
  return at < 0 ? null : name.slice(at + 1).toLowerCase();
}
