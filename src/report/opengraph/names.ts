import type {GraphEdge, GraphNode} from '../../model/exposure.ts';

/** Prefix of all kinds the extension defines. */
export const NAMESPACE = 'BKH';
/** Kind of every node of an export. */
export const SOURCE_KIND = 'BKHBase';

/** SHA-256 of a text as hex digits. */
export type Hash = (text: string) => string;

/** Ids BloodHound knows by itself: joined to its own data when both are loaded. */
const KNOWN_IDS: readonly RegExp[] = [
  /^azure-principal:([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/i,
  /^entra:([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/i,
  /^ad-principal:(S-1-[0-9-]+)$/i,
];

/**
 * Node id in OpenGraph. SIDs and GUIDs stay, upper case as BloodHound keeps them; ids with a colon would break its search, so
 * they are hashed; others stay as they are.
 */
export function nodeId(id: string, hash: Hash): string {
  for (const pattern of KNOWN_IDS) {
    const found = pattern.exec(id)?.[1];
    if (found !== undefined) return found.toUpperCase();
  }
  return id.includes(':') ? `${NAMESPACE}-${hash(id).slice(0, 40).toUpperCase()}` : id;
}

export function nodeKind({kind}: Pick<GraphNode, 'kind'>): string {
  return `${NAMESPACE}_${pascal(kind)}`;
}

/** How an edge may be used in a search for paths. Only `''` is traversable. */
export type EdgeSort = '' | 'Conditional' | 'Unknown' | 'Access' | 'Input' | 'ProviderFlaw' | 'Physical';

/** What a sort means, for the extension's descriptions. */
export const EDGE_SORTS: Readonly<Record<EdgeSort, string>> = {
  '': 'whoever controls the start can obtain control of the end',
  Conditional: 'holds only under a condition that cannot be decided from the data',
  Unknown: 'may hold: an input that decides it is missing',
  Access: 'access to the end without control of it; paths end there',
  Input: 'one of several inputs that are all needed',
  ProviderFlaw: 'needs a fault or an insider at the provider',
  Physical: 'needs shared hardware',
};

/** The weakest property of an edge decides its sort. */
export function edgeSort({certainty, caps, level}: GraphEdge, intoGate: boolean): EdgeSort {
  if (certainty === 'unknown') return 'Unknown';
  if (certainty === 'conditional') return 'Conditional';
  if (caps !== undefined) return 'Access';
  if (intoGate) return 'Input';
  if (level === 3) return 'Physical';
  return level === 2 ? 'ProviderFlaw' : '';
}

export function edgeKind(kind: string, sort: EdgeSort): string {
  return `${NAMESPACE}_${pascal(kind)}${sort}`;
}

/** `HAS_ROLE`, `hasRole` and `has-role` all become `HasRole`. */
function pascal(text: string): string {
  return text
    .split(/[^A-Za-z0-9]+/)
    .filter(Boolean)
    .map((word) => {
      const rest = word === word.toUpperCase() ? word.slice(1).toLowerCase() : word.slice(1);
      return word[0]!.toUpperCase() + rest;
    })
    .join('');
}
