import type {BuildContext} from '../context.ts';

/** Words of the kinds of keys. */
const KINDS: Readonly<Record<string, string>> = {saKey: 'key', hmacKey: 'HMAC key'};

/** Keys of service accounts that people hold. Those Google rotates itself never leave it. */
export function drawCredentials({estate, graph, principals, options}: BuildContext): void {
  for (const credential of estate.credentials) {
    const {id, cloud, kind, principal, name, active, expires, created, managedBy} = credential;
    if (cloud !== 'gcp' || managedBy === 'provider' || !graph.has(principal)) continue;
    graph.node(id, 'credential', kind, name);
    const gone = active === false || (expires !== null && Date.parse(expires) <= Date.parse(options.now));
    if (gone || principals.get(principal)?.attributes?.['disabled'] === true) continue;
    graph.edge(id, principal, 'AUTHENTICATES', {
      evidence: `user-managed ${KINDS[kind] ?? kind}${created === null ? '' : ` of ${created.slice(0, 10)}`}${kind === 'hmacKey' ? '; good for Cloud Storage only' : ''}`,
      certainty: kind === 'hmacKey' ? 'conditional' : 'certain',
      bound: 'workload',
    });
  }
}
