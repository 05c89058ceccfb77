import type {Certainty} from '../../model/common.ts';
import type {Principal} from '../../model/estate.ts';
import type {BuildContext} from '../context.ts';
import {type Customers, createCustomers} from './customers.ts';
import {explainedPools, poolOf} from './federation.ts';
import {createScopes, type Scopes} from './scopes.ts';

/**
 * Draws who rules a Google principal: its domain's accounts, the issuer of its pool, the members of its basic role, or
 * the project a service account lives in.
 */
export function createGoogleGovernors(context: BuildContext): (principal: Principal) => void {
  const customers = createCustomers(context);
  const explained = explainedPools(context);
  const scopes = createScopes(context);
  return (principal) => {
    if (principal.id.startsWith('gcp:principal')) governPool(context, principal, explained);
    else if (/^gcp:project(?:Owner|Editor|Viewer):/.test(principal.id))
      governBasic(context, principal, scopes);
    else if (principal.kind === 'serviceAccount') governServiceAccount(context, principal, scopes);
    else if (['user', 'group', 'domain'].includes(principal.kind))
      governAccount(context, principal, customers);
  };
}

/** Members of a pool whose providers are not in the inventory: some issuer signs for them. */
function governPool({graph}: BuildContext, principal: Principal, explained: ReadonlySet<string>): void {
  const pool = poolOf(principal.id);
  if (pool === '' || explained.has(pool)) return;
  const root = graph.root(`oidc:${pool}`, `issuer of pool ${pool.slice(pool.lastIndexOf('/') + 1)}`);
  graph.edge(root, principal.id, 'CAN_ASSUME', {
    evidence: `member = ${principal.name}; the issuer of the pool is not in the source`,
  });
}

/** `projectOwner:x` and its like stand for the holders of a basic role on a project. */
function governBasic({graph}: BuildContext, principal: Principal, scopes: Scopes): void {
  const home = scopes.container(`projects/${principal.id.slice(principal.id.lastIndexOf(':') + 1)}`);
  if (home !== null) graph.edge(home, principal.id, 'INCLUDES', {evidence: `member = ${principal.name}`});
}

/**
 * A service account of the inventory is ruled over its project's identities. One of another project is ruled by whoever
 * holds that project; only Google's own agents have no project at all.
 */
function governServiceAccount(
  {graph, containers}: BuildContext,
  {id, name, container}: Principal,
  scopes: Scopes,
): void {
  const kubernetes = /^gcp:serviceAccount:([^[]+)\.svc\.id\.goog\[/.exec(id)?.[1];
  if (kubernetes !== undefined) {
    const known = scopes.container(`projects/${kubernetes}`);
    if (known !== null)
      graph.edge(known, id, 'INCLUDES', {evidence: `member = ${name}: account of the project's clusters`});
    return;
  }
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

const PERSONAL_DOMAINS = new Set(['gmail.com', 'googlemail.com']);
