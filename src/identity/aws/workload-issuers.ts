import type {BuildContext} from '../context.ts';
import {issuerRoot} from '../issuers.ts';

/** A cluster that signs tokens for what runs in it holds its issuer: roles that trust the issuer trust the cluster. */
export function addWorkloadIssuers({estate, graph}: BuildContext): void {
  for (const {id, cloud, attributes} of estate.workloads) {
    const issuer = attributes['oidcIssuer'];
    if (cloud !== 'aws' || typeof issuer !== 'string' || issuer === '') continue;
    graph.edge(id, issuerRoot(graph, issuer, 'oidc'), 'HOSTS_ROOT', {
      evidence: `cluster identity.oidc.issuer = ${issuer}`,
      bound: 'workload',
    });
  }
}
