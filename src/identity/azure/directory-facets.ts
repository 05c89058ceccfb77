import type {Principal} from '../../model/estate.ts';
import type {BuildContext} from '../context.ts';
import {facetNode} from '../node-ids.ts';
import {type Privileged} from './privileged.ts';
import {type Services, createServices, livesIn} from './tenants.ts';
import type {Reach} from './tables/gifts.ts';

/** Nodes for all objects of one sort in a directory, made on first use. */
export interface DirectoryFacets {
  of(tenant: string, reach: Exclude<Reach, 'tenant'>): string;
  /** Microsoft 365 services of the tenant. */
  services: Services;
}

const WORDS: Readonly<Record<string, string>> = {
  applications: 'applications',
  users: 'users without administrative roles',
  allUsers: 'users',
  groups: 'groups that cannot hold directory roles',
  allGroups: 'groups',
  devices: 'devices',
};

/**
 * Rights over "every application of the tenant" are edges to one node per tenant and sort, so that edges do not grow with
 * holders × objects. What an application may do in the directory is often exported apart from who administers it: then one
 * question stands for it.
 */
export function createDirectoryFacets(context: BuildContext, privileged: Privileged): DirectoryFacets {
  const {estate, graph} = context;
  const made = new Set<string>();
  return {
    services: createServices(context),
    of(tenant, reach) {
      const node = facetNode(tenant, reach);
      if (made.has(node)) return node;
      made.add(node);
      graph.node(node, 'container', reach, `${WORDS[reach] ?? reach} of ${tenant}`);
      for (const principal of estate.principals) {
        if (principal.cloud !== 'azure') continue;
        const home = livesIn(context, principal, tenant);
        const open = home === 'no' ? null : memberOf(principal, reach, privileged, tenant);
        if (open === null) continue;
        graph.edge(node, principal.id, 'GOVERNS', {
          evidence: open === '' ? `${reach} of ${tenant}` : open,
          certainty: home === 'maybe' ? 'unknown' : open === '' ? 'certain' : 'conditional',
          bound: 'workload',
        });
      }
      if (reach === 'applications') askPermissions(context, tenant, node);
      return node;
    },
  };
}

/** Null = not of the sort; '' = surely; else what it depends on. */
function memberOf(
  {id, kind, attributes}: Principal,
  reach: string,
  privileged: Privileged,
  tenant: string,
): string | null {
  switch (reach) {
    case 'applications':
      return kind === 'servicePrincipal' || kind === 'application' ? '' : null;
    case 'devices':
      return kind === 'computer' ? '' : null;
    case 'allGroups':
      return kind !== 'group' ? null : synchronised(attributes) ? null : '';
    case 'groups': {
      if (kind !== 'group' || synchronised(attributes) || attributes?.['isAssignableToRole'] === true)
        return null;
      if (attributes?.['isAssignableToRole'] === false) return '';
      // Only such groups may hold directory roles.
      if (privileged.administrators(tenant).has(id)) return null;
      return 'whether the group may hold directory roles (isAssignableToRole) is not in the source';
    }
    case 'users':
    case 'allUsers': {
      if (kind !== 'user' || /^guest$/i.test(String(attributes?.['userType'] ?? ''))) return null;
      if (reach === 'users' && privileged.administrators(tenant).has(id)) return null;
      if (synchronised(attributes)) return 'synchronised = true: depends on password writeback';
      return reach === 'users' && !privileged.known(tenant)
        ? 'whether the user holds an administrative role is not in the source'
        : '';
    }
    default:
      return null;
  }
}

function synchronised(attributes: Principal['attributes']): boolean {
  return attributes?.['synchronised'] === true;
}

/** Without the permissions of applications it stays open whether one of them is master of the directory. */
function askPermissions({estate, graph}: BuildContext, tenant: string, node: string): void {
  if (
    estate.assignments.some(
      ({role, scope}) => /^(?:msgraph|aadgraph):/.test(role) && scope.toLowerCase() === tenant,
    )
  )
    return;
  graph.edge(node, tenant, 'HAS_PERMISSION', {
    evidence: 'permissions of applications (appRoleAssignments) are not in the source',
    bound: 'workload',
    gap: {
      id: `gap:application-permissions:${tenant}`,
      question: `Does an application in ${tenant} hold a permission or role that makes it master of the directory?`,
      about: tenant,
      input: 'appRoleAssignments of service principals',
      remedy: 'Export the permissions granted to applications, or answer the question.',
      certainty: 'conditional',
    },
  });
}
