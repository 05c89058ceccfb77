import type {IdentityGraph} from '../../model/exposure.ts';
import {EDGE_SORTS, type EdgeSort, NAMESPACE, edgeKind, edgeSort, nodeKind} from './names.ts';

/** Icons and colours of the node kinds, by their names in BloodHound's icon set. */
const LOOK: Readonly<Record<string, {icon: string; color: string; words: string}>> = {
  root: {
    icon: 'crown',
    color: '#C0392B',
    words: 'Identity root: whoever holds it holds all that hangs below',
  },
  container: {
    icon: 'folder-tree',
    color: '#7F8C8D',
    words: 'Scope: account, subscription, project, folder, cluster',
  },
  principal: {
    icon: 'user',
    color: '#2E86C1',
    words: 'User, group, role, service principal or service account',
  },
  credential: {icon: 'key', color: '#D68910', words: 'Password, access key, certificate'},
  key: {icon: 'lock', color: '#B7950B', words: 'Encryption key'},
  gate: {icon: 'users-gear', color: '#884EA0', words: 'Opens when several inputs are controlled together'},
  host: {icon: 'server', color: '#5D6D7E', words: 'Virtualisation host'},
  workload: {icon: 'cube', color: '#229954', words: 'Workload: machine, database, bucket, service'},
  site: {icon: 'location-dot', color: '#2E4053', words: 'Place where workloads run'},
};

/**
 * Extension definition of an export: BloodHound searches for paths only over kinds an extension calls traversable. Kinds of
 * conditional and unknown edges, of access without control, inputs of gates, and provider or hardware faults are not.
 * @param version semantic version of the tool
 */
export function extensionSchema({nodes, edges}: IdentityGraph, version: string) {
  const gates = new Set(nodes.flatMap(({id, threshold}) => ((threshold ?? 0) > 1 ? [id] : [])));
  const kinds = new Map<string, {kind: string; sort: EdgeSort}>();
  for (const edge of edges) {
    const sort = edgeSort(edge, gates.has(edge.to));
    kinds.set(edgeKind(edge.kind, sort), {kind: edge.kind, sort});
  }
  return {
    schema: {name: 'bulkhead', display_name: 'Bulkhead identity graph', version, namespace: NAMESPACE},
    node_kinds: [...new Set(nodes.map(({kind}) => kind))].sort().map((kind) => ({
      name: nodeKind({kind}),
      display_name: `${kind[0]!.toUpperCase()}${kind.slice(1)}`,
      description: LOOK[kind]?.words ?? kind,
      is_display_kind: true,
      icon: LOOK[kind]?.icon ?? 'circle',
      color: LOOK[kind]?.color ?? '#7F8C8D',
    })),
    relationship_kinds: [...kinds]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, {kind, sort}]) => ({
        name,
        description: `${kind}: ${EDGE_SORTS[sort]}`,
        is_traversable: sort === '',
      })),
  };
}
