import type {BuildContext} from '../context.ts';
import {canonicalRoot, looksLikeRoot} from '../root-ids.ts';
import {createScopes} from './scopes.ts';
import {UNKNOWN_TENANT, homeTenant, outsideTenant} from './tenants.ts';
import {createValidity} from './validity.ts';

interface Managed {
  scopes: Set<string>;
  standing: number;
  eligible: number;
}

/**
 * Tenants that manage another's resources (Lighthouse) or directory (GDAP): their principals hold roles there. The rights are
 * drawn like all others; here each managing tenant becomes a root and is told once per tenant it manages.
 */
export function addDelegations(context: BuildContext): void {
  const {estate, graph, principals} = context;
  const tenantOf = tenantsOfScopes(context);
  const validity = createValidity(context);
  const found = new Map<string, Managed>();
  for (const assignment of estate.assignments) {
    if (assignment.cloud !== 'azure' || assignment.effect === 'deny' || validity.outside(assignment))
      continue;
    const principal = principals.get(assignment.principal);
    const home = principal ? homeTenant(context, principal) : null;
    if (home === null || home === UNKNOWN_TENANT) continue;
    const tenant = tenantOf(assignment.scope);
    if (tenant === null || tenant === UNKNOWN_TENANT || tenant === home) continue;
    const key = `${home} ${tenant}`;
    const managed = found.get(key) ?? {scopes: new Set<string>(), standing: 0, eligible: 0};
    managed.scopes.add(assignment.scope);
    graph.edge(outsideTenant(context, home), assignment.principal, 'MANAGES_AS', {
      evidence: `principal of ${home} holds a role in ${tenant}`,
      bound: 'workload',
      place: {id: assignment.id},
    });
    if (assignment.effect === 'eligible') managed.eligible++;
    else managed.standing++;
    found.set(key, managed);
  }
  addNamedManagers(context, found);
  for (const [key, {scopes, standing, eligible}] of [...found].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const [home = '', tenant = ''] = key.split(' ');
    outsideTenant(context, home);
    graph.findings.push({
      code: 'BH-ID-205',
      severity: standing > 0 ? 'medium' : 'low',
      message: `tenant \`${home}\` manages ${scopes.size} scope(s) of \`${tenant}\` with ${standing} standing and ${eligible} eligible role(s): whoever holds that tenant holds them`,
      where: {id: home},
      remedy: 'Check that the delegation is wanted, and make standing roles eligible.',
    });
  }
}

/** Tenants a subscription names as managing it (`managedByTenants`) without saying with which role. */
function addNamedManagers(context: BuildContext, found: ReadonlyMap<string, Managed>): void {
  const {estate, containers, graph} = context;
  for (const {from, to, evidence, place} of estate.edges) {
    const container = containers.get(to);
    if (container?.cloud !== 'azure' || !/^entra:/i.test(from) || !evidence.startsWith('managedByTenants'))
      continue;
    const home = canonicalRoot(from);
    outsideTenant(context, home);
    const tenant = container.root === null ? null : canonicalRoot(container.root);
    if (tenant === home || (tenant !== null && found.has(`${home} ${tenant}`))) continue;
    graph.findings.push({
      code: 'BH-ID-205',
      severity: 'medium',
      message: `tenant \`${home}\` manages \`${container.name}\`, with which role is not in the source`,
      where: place,
      remedy: 'Export the delegations (`az managedservices assignment list --include-definition true`).',
    });
  }
}

/** Tenant of a scope: of the directory, or of the nearest container that names one. */
function tenantsOfScopes(context: BuildContext): (scope: string) => string | null {
  const scopes = createScopes(context);
  return (scope) => {
    if (looksLikeRoot(scope)) return canonicalRoot(scope.split('/')[0]!);
    const directory = /^azure:entra\/([^/]+)/.exec(scope)?.[1];
    if (directory !== undefined) return canonicalRoot(`entra:${directory}`);
    for (const id of scopes.chain(scope)) {
      const root = context.containers.get(id)?.root ?? null;
      if (root !== null) return canonicalRoot(root);
    }
    return null;
  };
}
