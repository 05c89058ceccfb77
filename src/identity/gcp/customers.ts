import type {BuildContext} from '../context.ts';
import {canonicalRoot} from '../root-ids.ts';

/** Workspace and Cloud Identity customers and the mail domains of their accounts. */
export interface Customers {
  /** Root ids of all customers of the inventory. */
  all: readonly string[];
  /** The customer a domain (or a domain above it) belongs to; null = not known. */
  of(domain: string): string | null;
}

/** Domains as identity.yaml and directory exports state them; organisations are named by the main domain of their customer. */
export function createCustomers({estate, graph}: BuildContext): Customers {
  const all = new Set<string>();
  const owner = new Map<string, string>();
  for (const {id} of estate.roots) if (id.startsWith('workspace:')) all.add(graph.root(id));
  for (const {workspace} of estate.identity)
    for (const {customer, domains} of workspace ?? []) {
      const root = graph.root(`workspace:${customer}`);
      all.add(root);
      for (const domain of domains) owner.set(domain, root);
    }
  for (const {cloud, kind, id, attributes} of estate.principals) {
    const customer = attributes?.['customer'];
    if (cloud !== 'gcp' || kind !== 'user' || typeof customer !== 'string') continue;
    const root = graph.root(`workspace:${customer}`);
    all.add(root);
    owner.set(id.slice(id.lastIndexOf('@') + 1).toLowerCase(), root);
  }
  const organisations = estate.containers.filter(
    ({cloud, kind}) => cloud === 'gcp' && kind === 'organization',
  );
  const byRoot = new Map(organisations.map((container) => [canonicalRoot(container.root ?? ''), container]));
  const byId = new Map(organisations.map((container) => [container.id, container]));
  for (const {from, to} of estate.edges) {
    if (!from.startsWith('workspace:')) continue;
    const above = byId.get(to) ?? byRoot.get(canonicalRoot(to));
    const domain = above?.name.toLowerCase();
    if (domain?.includes('.') === true && !owner.has(domain)) owner.set(domain, graph.root(from));
  }
  return {
    all: [...all].sort(),
    of(domain) {
      for (let part = domain; part.includes('.'); part = part.slice(part.indexOf('.') + 1)) {
        const found = owner.get(part);
        if (found !== undefined) return found;
      }
      return null;
    },
  };
}
