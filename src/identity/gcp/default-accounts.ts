import type {BuildContext} from '../context.ts';

const DEFAULT_ACCOUNT = /^gcp:serviceAccount:(?:\d+-compute@developer|[^@]+@appspot)\.gserviceaccount\.com$/;
const WIDE = new Set(['roles/editor', 'roles/owner']);

/** Workloads that run as a default service account with a basic role and full scopes: whoever gets code onto one has the project. */
export function tellDefaultAccounts({estate, graph}: BuildContext): void {
  const wide = new Set(
    estate.assignments.flatMap(({cloud, effect, principal, roleName}) =>
      cloud === 'gcp' && effect === 'allow' && WIDE.has(roleName) && DEFAULT_ACCOUNT.test(principal)
        ? [principal]
        : [],
    ),
  );
  const users = new Map<string, string[]>();
  for (const {id, cloud, identities, attributes} of estate.workloads) {
    const scopes = attributes['oauthScopes'];
    const full = typeof scopes !== 'string' || /(?:^|\s|\/auth\/)cloud-platform(?:\s|$)/.test(scopes);
    if (cloud !== 'gcp' || !full) continue;
    for (const identity of identities) {
      if (!wide.has(identity)) continue;
      const list = users.get(identity);
      if (list) list.push(id);
      else users.set(identity, [id]);
    }
  }
  for (const [identity, ids] of [...users].sort(([a], [b]) => (a < b ? -1 : 1)))
    graph.findings.push({
      code: 'BH-ID-310',
      severity: 'medium',
      message: `${ids.length} workload(s) run as the default account \`${identity.replace(/^gcp:serviceAccount:/, '')}\`, which has a basic role on its project, first \`${[...ids].sort()[0]!}\`: code on one of them is code on all of the project`,
      where: {id: identity},
      remedy:
        'Give each workload an account of its own with the roles it needs, and take the basic role from the default account.',
    });
}
