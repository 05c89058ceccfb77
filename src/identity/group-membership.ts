import type {Principal} from '../model/estate.ts';
import type {BuildContext} from './context.ts';
import {facetNode} from './node-ids.ts';
import {canonicalRoot} from './root-ids.ts';

/**
 * Exports of role assignments and bindings name groups but not who is in them. A user of the same directory may be a member
 * of each such group: edges of unknown certainty over one node per directory, so that nobody is called harmless for
 * want of a list. Only groups with rights are looked at, and only those whose members no source lists.
 */
export function addUnlistedMembers(context: BuildContext): void {
  const {estate, graph} = context;
  const holders = new Set(
    estate.assignments.flatMap(({effect, principal}) => (effect === 'deny' ? [] : [principal])),
  );
  const listed = new Set(estate.principals.flatMap(({memberOf}) => memberOf));
  for (const {to, kind} of [...estate.edges, ...estate.identity.flatMap(({edges}) => edges)])
    if (kind === 'MEMBER_OF') listed.add(to);
  const open = estate.principals.filter(
    ({id, kind, cloud}) =>
      kind === 'group' &&
      (cloud === 'azure' || id.startsWith('gcp:group:')) &&
      holders.has(id) &&
      !listed.has(id),
  );
  if (open.length === 0) return;
  const nodes = new Map<string, string>();
  for (const group of open) {
    const home = directoryOf(context, group);
    let node = nodes.get(home);
    if (node === undefined) {
      node = graph.node(
        facetNode(home, 'unlisted-groups'),
        'container',
        'groups',
        'groups whose members are not listed',
      );
      nodes.set(home, node);
    }
    graph.edge(node, group.id, 'INCLUDES', {evidence: `members of ${group.name} are not in the source`});
  }
  for (const user of estate.principals) {
    if (user.kind !== 'user' || (user.cloud !== 'azure' && user.cloud !== 'gcp')) continue;
    const home = directoryOf(context, user);
    // Who names no directory may be in a group of any, and in one that names none.
    const may = [...nodes].filter(
      ([of]) => of === home || of === NOWHERE || (home === NOWHERE && !of.startsWith('gcp:')),
    );
    for (const [of, node] of may) {
      if (of.startsWith('gcp:') !== (user.cloud === 'gcp')) continue;
      graph.edge(user.id, node, 'MEMBER_OF', {
        evidence: 'group members are not in the source',
        certainty: 'unknown',
        bound: 'workload',
      });
    }
  }
  graph.findings.push({
    code: 'BH-ID-031',
    severity: 'info',
    message: `${open.length} group(s) hold rights but no source lists their members, first \`${open[0]!.name}\`: whether a user is in them is not known`,
    where: {id: open[0]!.id},
    remedy: 'State memberships that matter as edges of kind MEMBER_OF in identity.yaml.',
  });
}

const NOWHERE = 'azure';

/** What a user and a group must share to belong together: the Entra tenant, or the domain of the address. */
function directoryOf({containers}: BuildContext, {id, cloud, container}: Principal): string {
  if (cloud === 'gcp') return `gcp:${id.slice(id.lastIndexOf('@') + 1).toLowerCase()}`;
  const root = container === null ? null : (containers.get(container)?.root ?? container);
  return root === null ? NOWHERE : canonicalRoot(root);
}
