import type {Principal} from '../../model/estate.ts';
import type {Answer} from './condition/decide.ts';
import type {Membership} from './membership.ts';
import type {Scopes} from './scopes.ts';

/** What deciding about sets of principals needs. */
export interface PrincipalWorld {
  principals: ReadonlyMap<string, Principal>;
  membership: Membership;
  scopes: Scopes;
  /** Workspace customer a mail domain belongs to, `null` = not known. */
  customerOf: (domain: string) => string | null;
}

/**
 * Whether a set as deny rules and boundaries write it holds a principal. Sets of a directory or of a group nobody lists are
 * `maybe` for the accounts that could be in them.
 */
export function holds(set: string, id: string, world: PrincipalWorld): Answer {
  if (set === '*') return 'yes';
  const bare = set.replace(/^gcp:/, '');
  if (sameMember(bare, id.replace(/^gcp:/, ''))) return 'yes';
  if (bare.startsWith('group:')) return inGroup(`gcp:${bare}`, id, world);
  const customer = /(?:cloudIdentityCustomerId|locations\/global\/workspace)\/([^/]+)$/.exec(bare)?.[1];
  if (customer !== undefined) return inDirectory(customer, id, world);
  const pool =
    /^(?:principalSet:)?\/\/iam\.googleapis\.com\/((?:projects\/[^/]+\/)?locations\/global\/(?:workloadIdentity|workforce)Pools\/[^/]+)(?:\/\*)?$/.exec(
      bare,
    )?.[1];
  if (pool !== undefined) return id.includes(`//iam.googleapis.com/${pool}/`) ? 'yes' : 'no';
  const container =
    /^(?:principalSet:)?\/\/cloudresourcemanager\.googleapis\.com\/((?:projects|folders|organizations)\/[^/]+)(?:\/type\/(\w+))?$/.exec(
      bare,
    );
  if (container !== null) return inContainer(container[1]!, container[2] ?? null, id, world);
  if (/^(?:user|serviceAccount|domain|principal):/.test(bare)) return 'no';
  // Sets by attribute or group of a pool: a principal of the same pool may have it.
  const home = /^principalSet:\/\/iam\.googleapis\.com\/(.*?Pools\/[^/]+)\//.exec(bare)?.[1];
  if (home !== undefined) return id.includes(`//iam.googleapis.com/${home}/`) ? 'maybe' : 'no';
  return 'maybe';
}

function sameMember(a: string, b: string): boolean {
  return a === b || (a.includes('@') && a.toLowerCase() === b.toLowerCase());
}

function inGroup(group: string, id: string, {membership}: PrincipalWorld): Answer {
  if (membership.groupsOf(id).some((known) => sameMember(known, group))) return 'yes';
  return id.startsWith('gcp:user:') && !membership.isListed(group) ? 'maybe' : 'no';
}

/** All accounts of a Workspace or Cloud Identity customer. */
function inDirectory(customer: string, id: string, {customerOf}: PrincipalWorld): Answer {
  if (!/^gcp:(?:user|group|domain):/.test(id)) return 'no';
  const domain = id.slice(Math.max(id.lastIndexOf('@'), id.lastIndexOf(':')) + 1).toLowerCase();
  const home = customerOf(domain);
  if (home === null) return 'maybe';
  return home === `workspace:${customer}` ? 'yes' : 'no';
}

/** Everybody who belongs to a project, folder or organisation: its service accounts, its pools, and an organisation's directory. */
function inContainer(name: string, type: string | null, id: string, world: PrincipalWorld): Answer {
  const container = world.scopes.container(name);
  if (container === null) return 'maybe';
  const pool = /\/\/iam\.googleapis\.com\/(projects\/[^/]+)\/locations\/global\/workloadIdentityPools\//.exec(
    id,
  )?.[1];
  const home =
    pool === undefined ? (world.principals.get(id)?.container ?? null) : world.scopes.container(pool);
  if (type !== null) {
    if (!id.startsWith('gcp:serviceAccount:')) return 'no';
    if (type !== 'ServiceAccount') return home === null ? 'maybe' : 'no';
  }
  if (id.startsWith('gcp:serviceAccount:') || pool !== undefined)
    return home !== null && world.scopes.within(home, container) ? 'yes' : 'no';
  if (!name.startsWith('organizations/')) return 'no';
  return /^gcp:(?:user|group|domain):|workforcePools/.test(id) ? 'maybe' : 'no';
}
