import type {FederatedTrust} from '../../model/identity-facts.ts';
import type {BuildContext} from '../context.ts';
import {bareIssuer, isOpenSubject, issuerRoot, sharedIssuer, subjectNode} from '../issuers.ts';
import {ANYONE} from '../node-ids.ts';
import {UNKNOWN_TENANT} from './tenants.ts';

/** Federated credentials: tokens of an issuer act as an application or managed identity. */
export function addFederatedCredentials(context: BuildContext): void {
  const {estate, graph} = context;
  const clusters = clustersByIssuer(context);
  for (const trust of estate.federatedTrusts) {
    if (trust.cloud !== 'azure') continue;
    const {issuer, subject, principal, place} = trust;
    if (!graph.has(principal)) graph.node(principal, 'principal', 'application', principal);
    const facts = {bound: 'workload' as const, place};
    const stated = `federatedIdentityCredential issuer = ${issuer}, subject = ${subject ?? 'any'}`;
    if (/[{}]/.test(issuer)) {
      // A template: the tenant is put in when the application is used.
      graph.edge(graph.root(UNKNOWN_TENANT), principal, 'FEDERATES', {
        ...facts,
        evidence: `${stated}: the issuer is a template`,
        certainty: 'unknown',
      });
      continue;
    }
    for (const from of signersOf(context, trust, clusters))
      graph.edge(from, principal, 'FEDERATES', {...facts, evidence: stated});
    if (isOpenSubject(issuer, subject)) addAnyone(context, trust, stated);
  }
}

/** Nodes whose control yields an accepted token. */
function signersOf(
  {graph, principals}: BuildContext,
  {issuer, subject, subjectIsPattern}: FederatedTrust,
  clusters: ReadonlyMap<string, string[]>,
): string[] {
  // A token of an Entra tenant names the service principal or managed identity it was issued to.
  const own = subject === null || subjectIsPattern ? null : `azure-principal:${subject.toLowerCase()}`;
  if (own !== null && principals.has(own)) return [own];
  const node = subjectNode(graph, issuer, subject);
  return [node, ...(clusters.get(issuerKey(issuer)) ?? [])];
}

/** The customer of a shared issuer is open: anybody with an account there gets in. */
function addAnyone({graph}: BuildContext, trust: FederatedTrust, stated: string): void {
  const {issuer, subject, principal, place} = trust;
  graph.edge(graph.root(ANYONE, 'anyone on the internet', 'other'), principal, 'FEDERATES', {
    evidence: `${stated}: any customer of ${sharedIssuer(issuer)} fits`,
    bound: 'workload',
    place,
  });
  graph.findings.push({
    code: 'BH-ID-206',
    severity: 'critical',
    message: `the federated credential of \`${principal}\` takes tokens of ${bareIssuer(issuer)} with subject \`${subject ?? '*'}\`: any customer of that issuer signs in as it`,
    where: place,
    remedy: 'Limit the subject to your own organisation and repository.',
  });
  issuerRoot(graph, issuer, 'oidc');
}

/** Clusters that issue tokens themselves, by issuer: who holds the cluster signs in as each of its service accounts. */
function clustersByIssuer({estate}: BuildContext): Map<string, string[]> {
  const found = new Map<string, string[]>();
  for (const {id, attributes} of estate.workloads) {
    const issuer = attributes['oidcIssuer'];
    if (typeof issuer !== 'string' || issuer === '') continue;
    const key = issuerKey(issuer);
    found.set(key, [...(found.get(key) ?? []), id]);
  }
  return found;
}

function issuerKey(issuer: string): string {
  return bareIssuer(issuer).toLowerCase();
}
