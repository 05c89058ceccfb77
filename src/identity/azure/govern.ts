import type {Principal} from '../../model/estate.ts';
import type {BuildContext} from '../context.ts';
import {containerNode} from '../node-ids.ts';
import {canonicalRoot, looksLikeRoot} from '../root-ids.ts';

/** `GOVERNS` from Entra tenants to their principals. */
export function createAzureGovernors(context: BuildContext): (principal: Principal) => void {
  const entra = tenantRoots(context, 'entra:');
  const homes = homesByAssignment(context);
  return (principal) => governAzure(context, principal, entra, homes.get(principal.id));
}

function governAzure(
  context: BuildContext,
  principal: Principal,
  tenants: string[],
  assignedIn: ReadonlySet<string> | undefined,
): void {
  const {graph, containers} = context;
  const home = principal.container;
  const partner = principal.id.startsWith('azure-principal:gdap/');
  if ((principal.kind === 'foreign' || partner) && home === null) {
    graph.edge(graph.root('entra:unknown', 'unknown azure tenant'), principal.id, 'GOVERNS', {
      evidence: partner
        ? 'delegated administration: the partner’s tenant is not in the source'
        : 'principalType = ForeignGroup: its home tenant is not in the source',
      certainty: 'unknown',
    });
    return;
  }
  if (home !== null && looksLikeRoot(home)) {
    graph.edge(graph.root(home), principal.id, 'GOVERNS', {evidence: `principal.container = ${home}`});
    return;
  }
  if (home !== null && containers.has(home)) {
    // A managed identity is a resource: who rules its resource group can attach it to a workload.
    graph.edge(containerNode(home), principal.id, 'CONTAINS', {evidence: `principal.container = ${home}`});
    const tenant = containers.get(home)!.root;
    if (tenant !== null) {
      graph.edge(graph.root(tenant), principal.id, 'GOVERNS', {evidence: `container.root = ${tenant}`});
      return;
    }
  }
  if (assignedIn) {
    for (const tenant of assignedIn) {
      graph.edge(graph.root(tenant), principal.id, 'GOVERNS', {
        evidence: `holds a role in ${tenant}: Azure roles are given to objects of the tenant's own directory`,
      });
    }
    return;
  }
  const only = tenants.length === 1;
  for (const tenant of tenants) {
    graph.edge(tenant, principal.id, 'GOVERNS', {
      evidence: only ? `only tenant of the inventory = ${tenant}` : 'the principal names no tenant',
      certainty: only ? 'certain' : 'unknown',
    });
  }
}

/** Tenants in which principals hold Azure roles, where the scope's tenant is known. */
function homesByAssignment(context: BuildContext): Map<string, Set<string>> {
  const homes = new Map<string, Set<string>>();
  for (const {cloud, principal, scope, effect} of context.estate.assignments) {
    const tenant = cloud === 'azure' && effect !== 'deny' ? tenantOfScope(context, scope) : null;
    if (tenant === null) continue;
    const known = homes.get(principal);
    if (known) known.add(tenant);
    else homes.set(principal, new Set([tenant]));
  }
  return homes;
}

/** Tenant of the nearest container at or above an ARM scope; a management group's is that of what lies below it. */
function tenantOfScope({containers, children}: BuildContext, scope: string): string | null {
  for (let at = scope; at !== ''; at = at.slice(0, Math.max(0, at.lastIndexOf('/')))) {
    const open = containers.has(at) ? [at] : [];
    for (let id = open.pop(); id !== undefined; id = open.pop()) {
      const root = containers.get(id)!.root;
      if (root !== null) return canonicalRoot(root);
      // A resource group's tenant is its subscription's, one step up; only groups of management look down.
      if (containers.get(id)!.kind === 'managementGroup')
        open.push(...(children.get(id) ?? []).map((child) => child.id));
    }
  }
  return null;
}

/** Known roots with this prefix, from sources and containers, sorted. */
function tenantRoots({estate, graph}: BuildContext, prefix: string): string[] {
  const ids = [...estate.roots.map(({id}) => id), ...estate.containers.flatMap(({root}) => root ?? [])].map(
    canonicalRoot,
  );
  return [...new Set(ids.filter((id) => id.startsWith(prefix)))].sort().map((id) => graph.root(id));
}
