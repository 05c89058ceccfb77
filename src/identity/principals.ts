import type {Principal} from '../model/estate.ts';
import type {BuildContext} from './context.ts';
import {createGoogleGovernors} from './gcp/principals.ts';
import {ANYONE, containerNode} from './node-ids.ts';
import {canonicalRoot, looksLikeRoot} from './root-ids.ts';

/** Principal nodes: listed ones, and those only an assignment or a workload mentions. */
export function addPrincipals(context: BuildContext): void {
  const {estate, graph} = context;
  for (const {id, kind, name} of estate.principals) graph.node(id, 'principal', kind, name);
  const mentioned: string[] = [];
  const mention = (id: string): void => {
    if (graph.has(id)) return;
    graph.node(id, 'principal', 'unknown', id);
    mentioned.push(id);
  };
  for (const {principal, effect} of estate.assignments) if (effect !== 'deny') mention(principal);
  for (const {identities} of estate.workloads) for (const id of identities) mention(id);
  if (mentioned.length > 0) {
    graph.findings.push({
      code: 'BH-ID-030',
      severity: 'info',
      message: `${mentioned.length} principal(s) hold rights or run workloads but no source lists them, first \`${mentioned[0]}\`: their groups and owners are not known`,
      where: {id: mentioned[0]!},
      remedy: 'Import the directory or the account authorization details.',
    });
  }
}

/** `GOVERNS` from tenants to principals, `MEMBER_OF` to groups, `RUNS_AS` from workloads. */
export function addPrincipalEdges(context: BuildContext): void {
  const {estate, graph, principals} = context;
  const entra = tenantRoots(context, 'entra:');
  const homes = homesByAssignment(context);
  const governGoogle = createGoogleGovernors(context);
  for (const principal of estate.principals) {
    for (const group of principal.memberOf) {
      const known = principals.get(group);
      // An AWS group's rights are counted at its members, after their denies.
      if (!known || known.kind === 'iamGroup') continue;
      graph.edge(principal.id, group, 'MEMBER_OF', {evidence: `memberOf = ${group}`, bound: 'workload'});
    }
    if (principal.cloud === 'azure') governAzure(context, principal, entra, homes.get(principal.id));
    if (principal.cloud === 'gcp') governGoogle(principal);
    if (principal.kind === 'public') {
      graph.edge(graph.root(ANYONE, 'anyone on the internet', 'other'), principal.id, 'INCLUDES', {
        evidence: `member = ${principal.name}`,
      });
    }
  }
  for (const {id, identities} of estate.workloads) {
    for (const identity of identities) {
      graph.edge(id, identity, 'RUNS_AS', {evidence: `workload.identities = ${identity}`, bound: 'workload'});
    }
  }
}

function governAzure(
  context: BuildContext,
  principal: Principal,
  tenants: string[],
  assignedIn: ReadonlySet<string> | undefined,
): void {
  const {graph, containers} = context;
  if (principal.kind === 'foreign') {
    graph.edge(graph.root('entra:unknown', 'unknown azure tenant'), principal.id, 'GOVERNS', {
      evidence: 'principalType = ForeignGroup: its home tenant is not in the source',
      certainty: 'unknown',
    });
    return;
  }
  const home = principal.container;
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
