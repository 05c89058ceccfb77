import type {RoleAssignment} from '../../model/estate.ts';
import type {BuildContext} from '../context.ts';
import type {Areas} from './areas.ts';
import type {BindingReader} from './bindings.ts';
import type {Membership} from './membership.ts';

/** Bindings drawn once more for members of groups; beyond, membership itself is drawn as conditional. */
const MOST_REPEATS = 200_000;

/**
 * Draws every binding at its member, and who is in which group. A principal that deny rules or boundaries treat otherwise than its
 * groups does not simply have what they have: its groups' bindings are read again for it.
 */
export function drawHolders(
  context: BuildContext,
  {membership, areas, reader}: {membership: Membership; areas: Areas; reader: BindingReader},
): void {
  const {estate, graph} = context;
  const byMember = new Map<string, RoleAssignment[]>();
  for (const assignment of estate.assignments) {
    // A deleted member keeps its place in a policy but can no longer sign in.
    if (
      assignment.cloud !== 'gcp' ||
      assignment.effect !== 'allow' ||
      assignment.principal.startsWith('gcp:deleted:')
    )
      continue;
    const list = byMember.get(assignment.principal);
    if (list) list.push(assignment);
    else byMember.set(assignment.principal, [assignment]);
  }
  for (const [holder, list] of byMember) for (const assignment of list) reader.draw(holder, assignment, null);
  const stated = new Set(
    [...estate.edges, ...estate.identity.flatMap(({edges}) => edges)].map(({from}) => from),
  );
  let repeats = 0;
  let left = 0;
  for (const {id, cloud, memberOf} of estate.principals) {
    if (cloud !== 'gcp' || memberOf.length === 0) continue;
    const groups = membership.groupsOf(id);
    const key = areas.key(id);
    const alike = groups.every((group) => !byMember.has(group) || areas.key(group) === key);
    const cost = alike ? 0 : groups.reduce((sum, group) => sum + (byMember.get(group)?.length ?? 0), 0);
    const affordable = repeats + cost <= MOST_REPEATS;
    if (!alike && affordable) {
      repeats += cost;
      for (const group of groups)
        for (const assignment of byMember.get(group) ?? []) reader.draw(id, assignment, group);
    }
    if (!alike && !affordable) left += 1;
    for (const group of memberOf) {
      if (!graph.has(group)) continue;
      const carries = stated.has(group) || groups.some((other) => stated.has(other));
      if (!alike && affordable && !carries) continue;
      graph.edge(id, group, 'MEMBER_OF', {
        evidence: alike
          ? `memberOf = ${group}`
          : `memberOf = ${group}; deny policies or boundaries treat the member otherwise than the group`,
        certainty: alike ? 'certain' : 'conditional',
        bound: 'workload',
      });
    }
  }
  if (left === 0) return;
  graph.findings.push({
    code: 'BH-ID-305',
    severity: 'low',
    message: `deny policies or boundaries treat ${left} member(s) otherwise than their groups, too many to read one by one; what they have through groups counts as conditional`,
    where: {},
    remedy: 'Name groups rather than single accounts in deny policies.',
  });
}
