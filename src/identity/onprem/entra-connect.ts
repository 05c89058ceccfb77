import type {EntraConnect} from '../../model/identity-declaration.ts';
import type {BuildContext} from '../context.ts';
import {facetNode} from '../node-ids.ts';
import {reference} from '../references.ts';
import {canonicalRoot} from '../root-ids.ts';

/**
 * Entra Connect: its servers hold the synchronisation account, and the directory sets the passwords of synchronised users.
 * Both make master of the tenant for certain only when a synchronised account is privileged there; otherwise they reach
 * the users themselves, of whom no export says which are synchronised.
 */
export function addEntraConnect(context: BuildContext, declared: EntraConnect): void {
  const {graph} = context;
  const {tenant, adDomain, servers, syncedPrivilegedAccounts: privileged, place} = declared;
  const root = graph.root(prefixed('entra', tenant));
  const directory = graph.root(prefixed('ad', adDomain));
  const stated = `syncedPrivilegedAccounts = ${privileged ?? 'not stated'}`;
  for (const id of reference(context, servers, 'entraConnect.servers', place)) {
    graph.edge(id, root, 'HOSTS_ROOT', {
      evidence: `entraConnect.servers: holds the synchronisation account of ${tenant}, ${stated}`,
      certainty: privileged === true ? 'certain' : 'conditional',
      bound: 'workload',
      place,
    });
  }
  if (privileged !== false) {
    graph.edge(directory, root, 'SYNCHRONISES', {
      evidence: stated,
      certainty: privileged === true ? 'certain' : 'conditional',
      bound: 'workload',
      place,
    });
  }
  const users = usersOf(context, root);
  if (privileged === true || users.length === 0) return;
  const facet = graph.node(
    facetNode(root, 'synchronised'),
    'container',
    'synchronised',
    `synchronised users of ${tenant}`,
  );
  graph.edge(directory, facet, 'SYNCHRONISES', {
    evidence: `entraConnect: ${adDomain} sets the passwords of its synchronised users`,
    bound: 'workload',
    place,
  });
  for (const id of users) {
    graph.edge(facet, id, 'GOVERNS', {
      evidence: 'whether this user is synchronised is not in the source',
      certainty: 'conditional',
      bound: 'workload',
    });
  }
}

/** Users of the tenant, and users that name no tenant. */
function usersOf({estate, containers}: BuildContext, tenant: string): string[] {
  return estate.principals.flatMap(({id, cloud, kind, container}) => {
    if (cloud !== 'azure' || kind !== 'user') return [];
    const home = container === null ? null : (containers.get(container)?.root ?? container);
    return home === null || canonicalRoot(home) === tenant ? [id] : [];
  });
}

function prefixed(prefix: string, id: string): string {
  return id.toLowerCase().startsWith(`${prefix}:`) ? id : `${prefix}:${id}`;
}
