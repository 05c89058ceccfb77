import type {GraphEdge, GraphNode} from '../../model/exposure.ts';

/**
 * Kinds of edges that say what things are, not what somebody allowed: hierarchy, hosting, tenancy, the provider itself, who
 * holds a key by nature. Nobody can remove them without moving or rebuilding the thing. All other kinds (rights,
 * memberships, trusts, federation, synchronisation, operator and vendor access) can be taken away.
 */
const STRUCTURE: ReadonlySet<string> = new Set([
  'CONTAINS',
  'HOSTS',
  'HOSTS_ROOT',
  'PLACED',
  'CONTROLS_SITE',
  'OWNS',
  'GOVERNS',
  'FOREIGN_APP',
  'MANAGES_AS',
  'MANAGES',
  'ELEVATES',
  'CONTROL_PLANE',
  'INCLUDES',
  'ISSUES',
  'HOLDS_KEY',
  'GOLDEN_CERTIFICATE',
  'SAME_FOREST',
  'SAME_DOMAIN',
  'SAME_ACCOUNT',
  'KEEPS_COPIES',
  'BACKED_UP',
  'RESTORES',
  'NEEDS_KEY',
  'GIVES_KEY',
  'OPENS',
]);

/** Kinds that are structure only for some tails: an SSO domain administers its vCenters, a joined server can be unjoined. */
const STRUCTURE_FROM: Readonly<Record<string, ReadonlySet<string>>> = {
  ADMINISTERS: new Set(['vcSsoDomain', 'pkiCa']),
};

/** Whether somebody can take this edge away and leave both ends as they are. */
export function isRemovable(edge: GraphEdge, tail: GraphNode): boolean {
  if (STRUCTURE.has(edge.kind)) return false;
  const tails = Object.hasOwn(STRUCTURE_FROM, edge.kind) ? STRUCTURE_FROM[edge.kind]! : null;
  return !tails?.has(tail.subKind);
}
