import type {IdentityGraph} from '../model/exposure.ts';
import type {Site} from '../model/site.ts';
import type {SiteRoot} from './context.ts';

/**
 * Whether other tenants stand behind a root when nobody declared it, by kind: a customer's own directory or
 * organisation is not shared, a provider's control plane is. Kinds that are not named stay unknown.
 */
const SHARED_BY_KIND: Readonly<Record<string, boolean>> = {
  entraTenant: false,
  awsOrg: false,
  awsAccount: false,
  gcpOrg: false,
  workspaceCustomer: false,
  adDomain: false,
  providerControlPlane: true,
};

/**
 * Roots that control each site: the declared ones and every root from which these can be controlled without a provider
 * flaw (levels 0 and 1; unknown edges are left out). A private cloud that signs in through a directory is thus behind
 * that directory, too. Sorted by id. A site without declared roots gets an empty list, which rules take as unknown.
 */
export function controllingRoots(sites: readonly Site[], graph: IdentityGraph): SiteRoot[][] {
  const kinds = new Map<string, string>();
  for (const node of graph.nodes) if (node.kind === 'root') kinds.set(node.id, node.subKind);
  const before = controllers(graph);
  const declared = new Map<string, boolean>();
  for (const {root, sharedWithOtherTenants} of sites.flatMap((site) => site.identityRoots)) {
    if (sharedWithOtherTenants !== null)
      declared.set(root, sharedWithOtherTenants || declared.get(root) === true);
  }
  return sites.map((site) => {
    const own = site.identityRoots.map(({root}) => root);
    return upstream(own, before)
      .filter((id) => kinds.has(id) || own.includes(id))
      .toSorted()
      .map((id) => {
        const kind = kinds.get(id) ?? 'other';
        return {id, kind, sharedWithOtherTenants: declared.get(id) ?? SHARED_BY_KIND[kind] ?? null};
      });
  });
}

function upstream(start: readonly string[], before: ReadonlyMap<string, string[]>): string[] {
  const seen = new Set(start);
  const queue = [...start];
  for (let next = queue.pop(); next !== undefined; next = queue.pop()) {
    for (const from of before.get(next) ?? []) {
      if (seen.has(from)) continue;
      seen.add(from);
      queue.push(from);
    }
  }
  return [...seen];
}

/**
 * Tails by head, for the heads that can lead to a root: everything but workloads, and those workloads that control
 * something else than a workload (a virtual domain controller). This keeps the map small where workloads are many.
 */
function controllers({nodes, edges}: IdentityGraph): Map<string, string[]> {
  const workloads = new Set<string>();
  for (const node of nodes) if (node.kind === 'workload') workloads.add(node.id);
  const strong = edges.filter((edge) => edge.level <= 1 && edge.certainty !== 'unknown');
  const hosting = new Set<string>();
  for (const edge of strong) if (workloads.has(edge.from) && !workloads.has(edge.to)) hosting.add(edge.from);
  const before = new Map<string, string[]>();
  for (const {from, to} of strong) {
    if (workloads.has(to) && !hosting.has(to)) continue;
    const known = before.get(to);
    if (known) known.push(from);
    else before.set(to, [from]);
  }
  return before;
}
