import type {Certainty} from '../../model/common.ts';
import type {Principal} from '../../model/estate.ts';
import type {BuildContext} from '../context.ts';
import {canonicalRoot} from '../root-ids.ts';

/**
 * Draws who rules a Google principal: its domain's accounts, the issuer of its pool, the members of its basic role, or
 * the project a service account lives in.
 */
export function createGoogleGovernors(context: BuildContext): (principal: Principal) => void {
  const customers = customersByDomain(context);
  return (principal) => {
    if (principal.kind === 'foreign' || principal.kind === 'unknown') governPool(context, principal);
    else if (/^gcp:project(?:Owner|Editor|Viewer):/.test(principal.id)) governBasic(context, principal);
    else if (principal.kind === 'serviceAccount') governServiceAccount(context, principal);
    else if (['user', 'group', 'domain'].includes(principal.kind))
      governAccount(context, principal, customers);
  };
}

function governPool({graph}: BuildContext, principal: Principal): void {
  const pool = /workloadIdentityPools\/([^/]+)/.exec(principal.id);
  if (!pool) return;
  const root = graph.root(
    `oidc:${principal.id.replace(/^.*\/\/iam\.googleapis\.com\//, '').replace(/\/(?:subject|group|attribute\.[^/]*|\*).*$/, '')}`,
    `issuer of pool ${pool[1]}`,
  );
  graph.edge(root, principal.id, 'CAN_ASSUME', {
    evidence: `member = ${principal.name}; the issuer of the pool is not in the source`,
  });
}

/** `projectOwner:x` and its like stand for the holders of a basic role on a project. */
function governBasic({graph, containers, estate}: BuildContext, principal: Principal): void {
  const project = `gcp:projects/${principal.id.slice(principal.id.lastIndexOf(':') + 1)}`;
  const home =
    containers.get(project) ?? estate.containers.find(({aliases}) => aliases?.includes(project) === true);
  if (home) graph.edge(home.id, principal.id, 'INCLUDES', {evidence: `member = ${principal.name}`});
}

/**
 * A service account of the inventory is ruled over its project's identities. One of another project is ruled by whoever
 * holds that project; only Google's own agents have no project at all.
 */
function governServiceAccount({graph, containers}: BuildContext, {id, name, container}: Principal): void {
  if (container === null) {
    graph.edge(graph.root('provider:gcp'), id, 'CONTROL_PLANE', {
      evidence: `member = ${name}: no project of the inventory, run by the provider`,
      level: 2,
    });
    return;
  }
  if (containers.has(container)) return;
  const project = container.slice(container.lastIndexOf('/') + 1);
  const outside = graph.root(
    `vendor:gcp-project/${project}`,
    `Google Cloud project ${project} outside the inventory`,
  );
  graph.edge(outside, id, 'GOVERNS', {evidence: `member = ${name}: service account of project ${project}`});
}

/** Users and groups of a domain are ruled by whoever administers that domain's Google accounts. */
function governAccount({graph}: BuildContext, principal: Principal, customers: Customers): void {
  if (principal.kind !== 'domain' && !principal.id.includes('@')) return;
  const domain = principal.id
    .slice(principal.id.lastIndexOf('@') + 1)
    .replace(/^.*:/, '')
    .toLowerCase();
  if (domain === '' || PERSONAL_DOMAINS.has(domain)) return;
  const govern = (root: string, certainty: Certainty, why: string): void => {
    graph.edge(root, principal.id, 'GOVERNS', {evidence: `member = ${principal.name}: ${why}`, certainty});
  };
  const own = customers.of(domain);
  if (own !== null) return govern(own, 'certain', `account of ${domain}`);
  govern(
    graph.root(`workspace:${domain}`, `Google accounts of ${domain}`),
    'certain',
    `account of ${domain}`,
  );
  // A customer may hold further domains besides the one its organisation is named by.
  for (const customer of customers.all)
    govern(customer, 'conditional', `${domain} may be a further domain of this directory`);
}

interface Customers {
  /** All Workspace or Cloud Identity customers of the inventory. */
  all: string[];
  /** The one that a domain is the main domain of, or a subdomain; null = not known. */
  of(domain: string): string | null;
}

/** Organisations are named by the main domain of the directory above them. */
function customersByDomain({estate, graph}: BuildContext): Customers {
  const all = new Set<string>();
  for (const {id} of estate.roots) if (id.startsWith('workspace:')) all.add(graph.root(id));
  const main = new Map<string, string>();
  const organisations = estate.containers.filter(
    ({cloud, kind}) => cloud === 'gcp' && kind === 'organization',
  );
  for (const {from, to} of estate.edges) {
    if (!from.startsWith('workspace:')) continue;
    const above = organisations.find(
      ({id, root}) => id === to || canonicalRoot(root ?? '') === canonicalRoot(to),
    );
    if (above?.name.includes('.')) main.set(above.name.toLowerCase(), graph.root(from));
  }
  return {
    all: [...all].sort(),
    of(domain) {
      for (let part = domain; part.includes('.'); part = part.slice(part.indexOf('.') + 1)) {
        const found = main.get(part);
        if (found !== undefined) return found;
      }
      return null;
    },
  };
}

const PERSONAL_DOMAINS = new Set(['gmail.com', 'googlemail.com']);
