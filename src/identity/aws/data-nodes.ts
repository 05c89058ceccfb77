import type {Capability} from '../../model/exposure.ts';
import {facetNode} from '../node-ids.ts';
import type {BuildContext} from '../context.ts';
import type {Store} from './data-subjects.ts';

/**
 * Node for one kind of access to these stores; its holder reaches their value, and with control goes on from there. One node per
 * set, so that edges grow with holders plus stores and not with pairs.
 * @param caps empty = control
 * @param whole they are all of their sort in the account that only their name tells apart
 */
export function accessNode(
  {graph, containers}: BuildContext,
  stores: readonly Store[],
  caps: readonly Capability[],
  whole: boolean,
): string {
  const [first] = stores;
  if (!first) throw new Error('no store to reach');
  const how = caps.length === 0 ? 'control' : [...caps].sort().join('+');
  const words = caps.length === 0 ? 'control of' : `${[...caps].sort().join(' and ')} access to`;
  if (stores.length === 1 && caps.length === 0) return first.workload.id;
  const all = facetNode(first.account, `${first.sort.id}:${how}`);
  if (whole && graph.has(all)) return all;
  const ids = stores.map(({workload}) => workload.id).toSorted();
  const node = ids.length === 1 ? `${ids[0]!}#${how}` : `${all}${whole ? '' : `@${fingerprint(ids)}`}`;
  if (graph.has(node)) return node;
  const owner = containers.get(first.account)?.name ?? first.account;
  const what =
    ids.length === 1
      ? first.workload.name
      : `${whole ? '' : `${ids.length} of the `}${first.sort.words} of ${owner}`;
  graph.node(node, 'container', `${first.sort.id}:${how}`, `${words} ${what}`);
  for (const id of ids)
    graph.edge(node, id, 'CONTAINS', {
      evidence: `account = ${first.account}`,
      ...(caps.length > 0 ? {caps} : {}),
    });
  return node;
}

/** Tells sets apart by their members; two 32-bit FNV-1a sums, one over the text backwards. */
function fingerprint(ids: readonly string[]): string {
  const text = ids.join('\n');
  let forward = 0x811c9dc5;
  let backward = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) {
    forward = Math.imul(forward ^ text.charCodeAt(i), 0x01000193);
    backward = Math.imul(backward ^ text.charCodeAt(text.length - 1 - i), 0x01000193);
  }
  const hex = (value: number): string => (value >>> 0).toString(16).padStart(8, '0');
  return hex(forward) + hex(backward);
}
