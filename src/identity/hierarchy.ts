import type {Cloud} from '../model/common.ts';
import type {Container, Workload} from '../model/estate.ts';
import type {BuildContext} from './context.ts';
import type {Facets} from './facets.ts';
import {heldFromAbove} from './membership.ts';
import {containerNode} from './node-ids.ts';
import {awsAccountOf, canonicalRoot, providerRoot} from './root-ids.ts';
import {SHARED_CONTROL_PLANES, TENANCY} from './tables/root-kinds.ts';

/** Container, host and workload nodes with `CONTAINS` and `HOSTS`. */
export function addHierarchy(context: BuildContext): void {
  const {estate, graph, containers} = context;
  for (const {id, kind, name} of estate.containers) graph.node(containerNode(id), 'container', kind, name);
  for (const {id, name} of estate.hosts) graph.node(id, 'host', 'host', name);
  for (const {id, type, name} of estate.workloads) graph.node(id, 'workload', type, name);
  for (const container of estate.containers) {
    const {id, parent} = container;
    if (parent !== null && containers.has(parent)) {
      graph.edge(containerNode(parent), containerNode(id), 'CONTAINS', heldFromAbove(context, container));
    }
  }
  for (const {id, container} of estate.hosts) {
    if (container !== null && containers.has(container)) {
      graph.edge(containerNode(container), id, 'CONTAINS', {evidence: `host.container = ${container}`});
    }
  }
  for (const {id, container, host} of estate.workloads) {
    if (container !== null && containers.has(container)) {
      graph.edge(containerNode(container), id, 'CONTAINS', {evidence: `workload.container = ${container}`});
    }
    if (host !== null && graph.has(host))
      graph.edge(host, id, 'HOSTS', {evidence: `workload.host = ${host}`});
  }
}

/**
 * Tenant and organisation roots over their top containers, and provider control planes over tenants. What has no known
 * tenant hangs under one `unknown` tenant per cloud with an edge of unknown certainty, and is a finding.
 */
export function addTenants(context: BuildContext, facets: Facets): void {
  const {estate, graph, containers} = context;
  const orphans = new Map<Cloud, string[]>();
  for (const container of estate.containers) {
    const parent = container.parent === null ? undefined : containers.get(container.parent);
    const root = container.root === null ? null : graph.root(container.root);
    if (root !== null && (parent?.root ?? null) !== container.root) own(context, facets, root, container);
    if (container.kind === 'account') addAccountRoot(context, facets, container);
    if (root === null && !parent && !hasTenantBelow(context, container))
      push(orphans, container.cloud, container.id);
  }
  for (const workload of estate.workloads) {
    if (workload.container === null || !containers.has(workload.container))
      push(orphans, workload.cloud, workload.id);
  }
  for (const [cloud, ids] of orphans) addUnknownTenant(context, facets, cloud, ids);
  addControlPlanes(context);
}

/** Draws what a root gives over a container: the container and the identities in it. */
function own(context: BuildContext, facets: Facets, root: string, container: Container): void {
  const tenancy = TENANCY[container.cloud];
  const held = heldFromAbove(context, container);
  const facts = {
    ...held,
    evidence: `container.root = ${container.root}${held.certainty === 'conditional' ? `; ${held.evidence}` : tenancy ? `: ${tenancy.because}` : ''}`,
    place: {id: container.id},
  };
  const kind = tenancy?.edge ?? 'MANAGES';
  context.graph.edge(root, containerNode(container.id), kind, facts);
  if (context.principalsIn.size > 0)
    context.graph.edge(root, facets.of(container.id, 'identities'), kind, facts);
}

/** An account's own root user. */
function addAccountRoot(context: BuildContext, facets: Facets, container: Container): void {
  const {graph} = context;
  const account = awsAccountOf(container.id);
  if (container.cloud !== 'aws' || account === null) return;
  const root = graph.root(`aws-account:${account}`, `AWS account ${container.name}`);
  const facts = {evidence: `account = ${account}: its root user`};
  graph.edge(root, containerNode(container.id), 'OWNS', facts);
  graph.edge(root, facets.of(container.id, 'identities'), 'OWNS', facts);
  if (container.root === null) return;
  graph.edge(graph.root(container.root), root, 'MANAGES', {
    ...heldFromAbove(context, container),
    evidence: `container.root = ${container.root}: central management of member root users`,
  });
}

/** A management group without a tenant field is covered when a container below it names the tenant. */
function hasTenantBelow({children}: BuildContext, container: Container): boolean {
  return (children.get(container.id) ?? []).some(({root}) => root !== null);
}

function addUnknownTenant(context: BuildContext, facets: Facets, cloud: Cloud, orphans: string[]): void {
  const {graph, containers} = context;
  const provider = SHARED_CONTROL_PLANES.find((name) => name === cloud);
  // Outside the hyperscalers a declared root, operator or site says who rules.
  const ids = provider ? orphans : orphans.filter((id) => !graph.ruled(id));
  if (ids.length === 0) return;
  const headOf = (id: string): string => (containers.has(id) ? containerNode(id) : id);
  const prefix = TENANCY[cloud]?.prefix ?? 'platform';
  const perItem = cloud === 'vmware';
  for (const id of ids) {
    // Every vCenter has an SSO domain of its own or shares one; who shares is what is not known.
    const root =
      perItem && containers.has(id)
        ? `${prefix}:unknown@${id}`
        : `${prefix}:unknown${prefix === 'platform' ? `-${cloud}` : ''}`;
    const certain = perItem && containers.has(id);
    const node = graph.root(
      root,
      certain ? `SSO domain of ${containers.get(id)!.name}` : `unknown ${cloud} tenant`,
    );
    const facts = {
      evidence: containers.has(id)
        ? 'container.root is not in the source'
        : 'workload.container is not in the source',
      certainty: certain ? ('certain' as const) : ('unknown' as const),
    };
    graph.edge(node, headOf(id), TENANCY[cloud]?.edge ?? 'MANAGES', facts);
    if (containers.has(id) && context.principalsIn.size > 0)
      graph.edge(node, facets.of(id, 'identities'), 'MANAGES', facts);
    if (provider) {
      graph.edge(graph.root(providerRoot(provider)), headOf(id), 'CONTROL_PLANE', {
        evidence: `cloud = ${cloud}: the provider's control plane`,
        level: 2,
      });
    }
  }
  graph.findings.push({
    code: 'BH-ID-020',
    severity: 'low',
    message: `${ids.length} ${cloud} container(s) or workload(s) name no tenant, organisation or SSO domain, first \`${ids[0]}\``,
    where: {id: ids[0]!},
    remedy:
      cloud === 'vmware'
        ? 'Declare the SSO domain under `vcenterSso` in identity.yaml.'
        : 'Import the hierarchy of the tenant or organisation.',
  });
}

/** `provider:*` over every tenant of its cloud: needs a provider fault or insider, level 2. */
function addControlPlanes({estate, graph}: BuildContext): void {
  const tenants = new Map<string, string>();
  for (const {cloud, root} of estate.containers) if (root !== null) tenants.set(canonicalRoot(root), cloud);
  for (const {id} of estate.roots) {
    const cloud = SHARED_CONTROL_PLANES.find((name) =>
      canonicalRoot(id).startsWith(`${TENANCY[name]!.prefix}:`),
    );
    if (cloud) tenants.set(canonicalRoot(id), cloud);
  }
  for (const {cloud, id, root} of estate.containers) {
    const account = cloud === 'aws' && root === null ? awsAccountOf(id) : null;
    if (account !== null) tenants.set(`aws-account:${account}`, 'aws');
  }
  for (const [tenant, cloud] of tenants) {
    if (!SHARED_CONTROL_PLANES.some((name) => name === cloud)) continue;
    graph.edge(graph.root(providerRoot(cloud)), graph.root(tenant), 'CONTROL_PLANE', {
      evidence: `cloud = ${cloud}: a fault in the provider's control plane reaches every tenant`,
      level: 2,
    });
  }
}

/** Roots of tenants by prefix, and whose control plane is above them. */
const TENANT_PREFIXES: Readonly<Record<string, string>> = {
  entra: 'azure',
  'aws-org': 'aws',
  'aws-account': 'aws',
  'gcp-org': 'gcp',
  workspace: 'gcp',
};

/**
 * Tenants that only declarations, sites or trusts name hang under their provider like those of the inventory; called when all
 * roots are there. Accounts of the inventory hang under their organisation.
 */
export function addOutsideControlPlanes({estate, graph}: BuildContext): void {
  const own = new Set(estate.containers.map(({id}) => id));
  for (const {id, kind} of graph.nodes()) {
    const [prefix = '', rest = ''] = id.split(':');
    const cloud = Object.hasOwn(TENANT_PREFIXES, prefix) ? TENANT_PREFIXES[prefix]! : null;
    if (kind !== 'root' || cloud === null || own.has(id) || rest.startsWith('unknown')) continue;
    graph.edge(graph.root(providerRoot(cloud)), id, 'CONTROL_PLANE', {
      evidence: `cloud = ${cloud}: a fault in the provider's control plane reaches every tenant`,
      level: 2,
    });
  }
}

function push(groups: Map<Cloud, string[]>, cloud: Cloud, id: Workload['id']): void {
  const group = groups.get(cloud);
  if (group) group.push(id);
  else groups.set(cloud, [id]);
}
