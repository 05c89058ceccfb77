import type {Principal} from '../../model/estate.ts';
import type {AppRegistration} from '../../model/identity-facts.ts';
import type {BuildContext} from '../context.ts';
import {canonicalRoot} from '../root-ids.ts';
import {UNKNOWN_TENANT, homeTenant, isMicrosoftTenant, outsideTenant} from './tenants.ts';

/**
 * Applications and their service principals: who controls the registration acts as the service principal in every tenant,
 * who owns either adds a secret to it, and the tenant an application is registered in controls it wherever it is used.
 */
export function addApplications(context: BuildContext): void {
  const {estate, graph} = context;
  const servicePrincipals = byAppId(estate.principals);
  const registrations = new Map(estate.appRegistrations.map((app) => [app.id, app]));
  const vendors = vendorNames(context);
  for (const app of estate.appRegistrations) {
    if (app.cloud !== 'azure') continue;
    graph.node(app.id, 'principal', 'application', app.name);
    runsAs(context, app.id, app.id.slice(app.id.indexOf(':') + 1), app.servicePrincipal, servicePrincipals);
    addHome(context, app, vendors);
    for (const owner of app.owners) own(context, owner, app.id);
  }
  for (const principal of estate.principals) {
    if (principal.cloud !== 'azure') continue;
    const {id, kind, owners = [], attributes} = principal;
    const appId = attributes?.['appId'];
    if (kind === 'application' && !registrations.has(id) && typeof appId === 'string')
      runsAs(context, id, appId, null, servicePrincipals);
    if (kind !== 'group' || attributes?.['synchronised'] !== true)
      for (const owner of owners) own(context, owner, id);
    addForeign(context, principal, vendors);
  }
  addObjectIds(context);
}

function runsAs(
  {graph}: BuildContext,
  app: string,
  appId: string,
  stated: string | null,
  servicePrincipals: ReadonlyMap<string, string[]>,
): void {
  const found = new Set([
    ...(stated === null ? [] : [stated]),
    ...(servicePrincipals.get(appId.toLowerCase()) ?? []),
  ]);
  for (const id of found) {
    if (!graph.has(id)) graph.node(id, 'principal', 'servicePrincipal', id);
    graph.edge(app, id, 'RUNS_AS', {
      evidence: `appId = ${appId}: acts as its service principal`,
      bound: 'workload',
    });
  }
}

/** The tenant an application is registered in; nothing for Microsoft's own, which the provider's control plane stands for. */
function addHome(context: BuildContext, app: AppRegistration, vendors: ReadonlyMap<string, string>): void {
  const {graph, principals} = context;
  if (app.firstParty) return;
  const registered = principals.get(app.id);
  const home =
    app.tenant === null ? (registered ? homeTenant(context, registered) : null) : canonicalRoot(app.tenant);
  if (home !== null && isMicrosoftTenant(home)) return;
  if (home !== null && home !== UNKNOWN_TENANT) {
    const root = tenantNode(context, home, vendors);
    graph.edge(root, app.id, vendors.has(home) ? 'FOREIGN_APP' : 'GOVERNS', {
      evidence: `appOwnerOrganizationId = ${home.slice('entra:'.length)}: registered there`,
      bound: 'workload',
    });
    return;
  }
  // A registration that was read is the directory's own; of a service principal alone the owner may be anybody.
  if (registered && registered.implied !== true) return;
  graph.edge(graph.root(UNKNOWN_TENANT), app.id, 'GOVERNS', {
    evidence: 'appOwnerOrganizationId is not in the source',
    certainty: 'unknown',
    bound: 'workload',
  });
}

/** A service principal whose application another organisation registered. */
function addForeign(context: BuildContext, principal: Principal, vendors: ReadonlyMap<string, string>): void {
  const owner = principal.attributes?.['appOwnerTenant'];
  if (typeof owner !== 'string' || principal.kind !== 'servicePrincipal') return;
  if (principal.attributes?.['accountEnabled'] === false) return;
  const root = canonicalRoot(`entra:${owner}`);
  const home = homeTenant(context, principal);
  if (root === home || isMicrosoftTenant(root)) return;
  if (home === null && context.estate.roots.some(({id}) => canonicalRoot(id) === root)) return;
  // Of two tenants of one's own neither is a vendor.
  const kind = vendors.has(root) ? 'FOREIGN_APP' : 'GOVERNS';
  context.graph.edge(tenantNode(context, root, vendors), principal.id, kind, {
    evidence: `appOwnerOrganizationId = ${owner}: application of another tenant`,
    bound: 'workload',
  });
}

function tenantNode(context: BuildContext, root: string, vendors: ReadonlyMap<string, string>): string {
  const vendor = vendors.get(root);
  return vendor === undefined
    ? context.graph.root(root)
    : outsideTenant(context, root, `tenant of ${vendor}`);
}

/** Tenants outside the inventory by the first name of their applications. */
function vendorNames(context: BuildContext): Map<string, string> {
  const {estate} = context;
  const own = new Set([
    ...estate.roots.map(({id}) => canonicalRoot(id)),
    ...estate.containers.flatMap(({root}) => (root === null ? [] : [canonicalRoot(root)])),
  ]);
  const names = new Map<string, string>();
  const note = (tenant: string, name: string): void => {
    const root = canonicalRoot(tenant);
    const known = names.get(root);
    if (!own.has(root) && root !== UNKNOWN_TENANT && (known === undefined || name < known))
      names.set(root, name);
  };
  for (const {cloud, tenant, name} of estate.appRegistrations)
    if (cloud === 'azure' && tenant !== null) note(tenant, name);
  for (const {attributes, name} of estate.principals) {
    const owner = attributes?.['appOwnerTenant'];
    if (typeof owner === 'string') note(`entra:${owner}`, name);
  }
  return names;
}

function own({graph}: BuildContext, owner: string, of: string): void {
  if (!graph.has(owner)) graph.node(owner, 'principal', 'unknown', owner);
  graph.edge(owner, of, 'OWNS', {
    evidence: `owners = ${owner}: may add a secret or a member`,
    bound: 'workload',
  });
}

/** Files that were asked for by object id name an application by that: the same thing under another name. */
function addObjectIds({estate, graph}: BuildContext): void {
  for (const {id, kind, attributes} of estate.principals) {
    const objectId = attributes?.['objectId'];
    const other = `azure-principal:${String(objectId)}`;
    if (kind !== 'application' || typeof objectId !== 'string' || other === id || !graph.has(other)) continue;
    graph.edge(other, id, 'SAME_AS', {evidence: `objectId = ${objectId}`, bound: 'workload'});
  }
}

function byAppId(principals: readonly Principal[]): Map<string, string[]> {
  const found = new Map<string, string[]>();
  for (const {id, kind, attributes} of principals) {
    const appId = attributes?.['appId'];
    if (kind !== 'servicePrincipal' || typeof appId !== 'string') continue;
    const list = found.get(appId.toLowerCase());
    if (list) list.push(id);
    else found.set(appId.toLowerCase(), [id]);
  }
  return found;
}
