import type {Principal} from '../../model/estate.ts';
import type {EntraConnect} from '../../model/identity-declaration.ts';
import {createPrivileged} from '../azure/privileged.ts';
import type {EdgeFacts} from '../builder.ts';
import type {BuildContext} from '../context.ts';
import {facetNode} from '../node-ids.ts';
import {reference} from '../references.ts';
import {canonicalRoot} from '../root-ids.ts';
import {declaredDomains, domainRoot} from './directory.ts';

/**
 * Entra Connect: its servers hold the synchronisation account, and the directory sets the passwords of synchronised users.
 * Both make master of the tenant for certain only when a synchronised account is privileged there; otherwise they reach
 * the synchronised users themselves, and over them whatever rights the tenant's data show.
 */
export function addEntraConnect(context: BuildContext, declared: EntraConnect): void {
  const {graph} = context;
  const {tenant, adDomain, place} = declared;
  const root = graph.root(/^entra:/i.test(tenant) ? tenant : `entra:${tenant}`);
  // Where the data say who is synchronised and who holds roles, the users' own edges carry it.
  const privileged = declared.syncedPrivilegedAccounts ?? (settledByData(context, root) ? false : null);
  const directory = domainRoot(context, adDomain);
  const stated = `syncedPrivilegedAccounts = ${declared.syncedPrivilegedAccounts ?? 'not stated'}`;
  const master = (evidence: string): EdgeFacts => ({
    evidence,
    bound: 'workload',
    place,
    ...(privileged === true ? {} : {gap: privilegedGap(root, adDomain, privileged)}),
  });
  const agents = declared.passThroughAuthentication === true ? (declared.agentServers ?? []) : [];
  const synced = facetNode(root, 'synchronised');
  graph.node(synced, 'container', 'synchronised', `synchronised users of ${tenant}`);
  const hosts: [string, string[], string][] = [
    ['servers', declared.servers, 'holds the synchronisation account'],
    ['stagingServers', declared.stagingServers ?? [], 'holds the synchronisation account, in staging mode'],
    ['agentServers', agents, 'pass-through authentication: can accept any password'],
  ];
  for (const [field, servers, why] of hosts) {
    for (const id of reference(context, servers, `entraConnect.${field}`, place)) {
      // An agent signs in as any synchronised user; whether one of them is privileged is the users' own matter.
      if (field !== 'agentServers' || privileged !== false)
        graph.edge(id, root, 'HOSTS_ROOT', master(`entraConnect.${field}: ${why} of ${tenant}, ${stated}`));
      graph.edge(id, synced, 'SYNCHRONISES', {
        evidence: `entraConnect.${field}: ${why}`,
        bound: 'workload',
        place,
      });
    }
  }
  if (privileged !== false) graph.edge(directory, root, 'SYNCHRONISES', master(stated));
  const sso = declared.seamlessSso === true ? ', and holds the key of AZUREADSSOACC' : '';
  graph.edge(directory, synced, 'SYNCHRONISES', {
    evidence: `entraConnect: ${adDomain} sets the passwords of its synchronised users${sso}`,
    bound: 'workload',
    place,
  });
  addUsers(context, root, synced, adDomain);
}

/** With `false` the servers still hold an account that can write to the tenant: whether that suffices is open. */
function privilegedGap(
  root: string,
  adDomain: string,
  privileged: boolean | null,
): NonNullable<EdgeFacts['gap']> {
  return privileged === false
    ? {
        id: `gap:sync-account:${root}`,
        question: `Can the synchronisation account of ${adDomain} take over a privileged account of ${root}?`,
        about: root,
        input: 'rights of the directory synchronisation account and soft-match settings',
        remedy:
          'Check that soft match and hard match take-over are blocked and that the account holds no further role.',
        certainty: 'conditional',
      }
    : {
        id: `gap:synced-privileged:${root}<ad:${adDomain}`,
        question: `Does an account synchronised from ${adDomain} hold a privileged role in ${root}?`,
        about: root,
        input: 'entraConnect.syncedPrivilegedAccounts',
        remedy:
          'Import the users with onPremisesSyncEnabled and the directory role assignments, or state `syncedPrivilegedAccounts`.',
        certainty: 'conditional',
      };
}

/** Directory roles were read, and every user says whether it is synchronised. */
function settledByData(context: BuildContext, root: string): boolean {
  const users = usersOf(context, root);
  return (
    users.length > 0 &&
    users.every(({attributes}) => attributes?.['synchronised'] !== undefined) &&
    createPrivileged(context).known(root)
  );
}

/** Users of the tenant: certain where the directory says they are synchronised, conditional where it does not say. */
function addUsers(context: BuildContext, root: string, synced: string, adDomain: string): void {
  const {graph} = context;
  const sids = declaredDomains(context).flatMap(({fqdn, sid}) =>
    sid ? [{fqdn, sid: sid.toUpperCase()}] : [],
  );
  for (const user of usersOf(context, root)) {
    const synchronised = user.attributes?.['synchronised'];
    if (synchronised === false || synchronised === 'false') continue;
    const sid = user.attributes?.['sid'];
    const home =
      typeof sid === 'string'
        ? sids.find((domain) => sid.toUpperCase().startsWith(`${domain.sid}-`))
        : undefined;
    // A tenant may be fed by several domains; the SID tells which.
    if (home && home.fqdn !== adDomain) continue;
    const known = synchronised === true || synchronised === 'true';
    graph.edge(synced, user.id, 'GOVERNS', {
      evidence: known
        ? `synchronised = true${home ? `, SID of ${home.fqdn}` : ''}`
        : 'whether this user is synchronised is not in the source',
      certainty: known ? 'certain' : 'conditional',
      bound: 'workload',
    });
  }
}

/** Users of the tenant, and users that name no tenant. */
function usersOf({estate, containers}: BuildContext, tenant: string): Principal[] {
  return estate.principals.filter(({cloud, kind, container}) => {
    if (cloud !== 'azure' || kind !== 'user') return false;
    const home = container === null ? null : (containers.get(container)?.root ?? container);
    return home === null || canonicalRoot(home) === tenant;
  });
}
