import {operatorRoot} from '../identity/onprem/operators.ts';
import {siteNode} from '../identity/node-ids.ts';
import {canonicalRoot} from '../identity/root-ids.ts';
import {siteRootEvidence} from '../identity/site-edges.ts';
import type {GraphEdge, GraphNode, IdentityGraph} from '../model/exposure.ts';
import type {IdentityDeclaration} from '../model/identity-declaration.ts';
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
  pkiCa: false,
  providerControlPlane: true,
};

/** Kinds of companies that serve many: what stands behind them is theirs, so nothing is assumed about it. */
const OUTSIDERS: ReadonlySet<string> = new Set(['operator', 'vendor']);

/**
 * Roots that control each site: the declared ones, operators, and every root from which these can be controlled without
 * a provider flaw (levels 0 and 1; unknown edges are left out, but for operators whose access nobody stated). A private
 * cloud that signs in through a directory is thus behind that directory, too. Sorted by id. A site without declared
 * roots gets an empty list, which rules take as unknown.
 */
export function controllingRoots(
  sites: readonly Site[],
  graph: IdentityGraph,
  identity: readonly Pick<IdentityDeclaration, 'operators'>[],
): SiteRoot[][] {
  const roots = new Map(graph.nodes.flatMap((node) => (node.kind === 'root' ? [[node.id, node]] : [])));
  const nodeOf = declaredNodes(graph);
  const before = controllers(graph);
  const mayOperate = graph.edges.filter(
    ({kind, certainty}) => kind === 'OPERATES' && certainty === 'unknown',
  );
  const stated = new Map<string, boolean>();
  // Whoever says that a root is shared is believed.
  const state = (id: string, shared: boolean | null | undefined): void => {
    if (typeof shared === 'boolean') stated.set(id, shared || stated.get(id) === true);
  };
  for (const {name, sharedWithOtherTenants} of identity.flatMap(({operators}) => operators))
    state(canonicalRoot(operatorRoot(name)), sharedWithOtherTenants);
  const declared = sites.map((site) =>
    site.identityRoots.map(({root, sharedWithOtherTenants}) => {
      const id = nodeOf(site, root);
      state(id, sharedWithOtherTenants);
      return id;
    }),
  );
  return sites.map((site, index) => {
    const own = declared[index]!;
    if (own.length === 0) return [];
    const start = [siteNode(site.id), ...own];
    const outsider = (id: string): boolean => OUTSIDERS.has(roots.get(id)?.subKind ?? '');
    const ours = new Set(upstream(start, before, outsider));
    const all = new Set(upstream(start, before, () => false));
    const unstated = mayOperate.flatMap(({from, to}) => (all.has(to) ? [from] : []));
    return [...new Set([...all, ...unstated])]
      .filter((id) => roots.has(id) || own.includes(id))
      .toSorted()
      .map((id) => siteRoot(id, roots.get(id), stated.get(id), ours.has(id)));
  });
}

function siteRoot(
  id: string,
  node: GraphNode | undefined,
  stated: boolean | undefined,
  ours: boolean,
): SiteRoot {
  const kind = node?.subKind ?? 'other';
  const byKind = id.startsWith('adfs:') ? false : (SHARED_BY_KIND[kind] ?? null);
  const assumed = ours || byKind === true ? byKind : null;
  return {id, name: node?.name ?? id, kind, sharedWithOtherTenants: stated ?? assumed};
}

/** Finds the node a site's author meant: a root may be written in other case or by another of its names. */
function declaredNodes({edges}: IdentityGraph): (site: Site, root: string) => string {
  const known = new Map<string, string>();
  for (const {kind, from, to, evidence} of edges)
    if (kind === 'CONTROLS_SITE') known.set(`${to} ${evidence}`, from);
  return (site, root) => {
    const entry = site.identityRoots.find((candidate) => candidate.root === root)!;
    return known.get(`${siteNode(site.id)} ${siteRootEvidence(entry)}`) ?? canonicalRoot(root);
  };
}

/** Everything from which the start can be reached; nodes that `stop` are reached but not passed. */
function upstream(
  start: readonly string[],
  before: ReadonlyMap<string, string[]>,
  stop: (id: string) => boolean,
): string[] {
  const seen = new Set(start);
  const queue = [...start];
  for (let next = queue.pop(); next !== undefined; next = queue.pop()) {
    if (stop(next)) continue;
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
  // Access without control ends where it arrives: a backup that reads a domain controller is not above its directory.
  const strong = edges.filter(
    (edge: GraphEdge) => edge.level <= 1 && edge.certainty !== 'unknown' && edge.caps === undefined,
  );
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
