import {looksLikeRoot} from './root-ids.ts';

/**
 * Node of a container. An AWS account or organisation is a root under the same id; what lies in it is then a node of its
 * own, so that a right over the workloads of an account is not a right over its identities.
 */
export function containerNode(containerId: string): string {
  return looksLikeRoot(containerId) ? `${containerId}#content` : containerId;
}

/** Node of a site in the identity graph. Prefixed, because a site's id is a free name. */
export function siteNode(siteId: string): string {
  return `site:${siteId}`;
}

/** Node that stands for everything of one sort below a container, e.g. all its virtual machines. */
export function facetNode(containerId: string, facet: string): string {
  return `${containerId}#${facet}`;
}

/** Microsoft's signing key for personal accounts. */
export const CONSUMER_KEY = 'key:msft-consumer';

/** Whoever on the internet asks: members `allUsers`, `allAuthenticatedUsers`, principal `*`. */
export const ANYONE = 'public:anyone';
