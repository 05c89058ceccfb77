import type {Principal} from '../../model/estate.ts';
import type {BuildContext} from '../context.ts';

/** Groups of Google principals, with nesting; loops are findings. */
export interface Membership {
  /** All groups a principal is in, directly or through others. */
  groupsOf(id: string): readonly string[];
  /** Whether any source lists members of the group. */
  isListed(group: string): boolean;
}

/** Follows `memberOf` of all Google principals. */
export function createMembership({estate, principals, graph}: BuildContext): Membership {
  const listed = new Set<string>();
  for (const {cloud, memberOf} of estate.principals)
    if (cloud === 'gcp') for (const group of memberOf) listed.add(group);
  for (const {to, kind} of [...estate.edges, ...estate.identity.flatMap(({edges}) => edges)])
    if (kind === 'MEMBER_OF') listed.add(to);
  const known = new Map<string, readonly string[]>();
  const loops: string[] = [];
  for (const principal of estate.principals) {
    if (principal.cloud !== 'gcp' || principal.memberOf.length === 0) continue;
    const found = follow(principal, principals);
    if (found.delete(principal.id)) loops.push(principal.id);
    known.set(principal.id, [...found].sort());
  }
  if (loops.length > 0)
    graph.findings.push({
      code: 'BH-ID-301',
      severity: 'low',
      message: `${loops.length} group(s) are members of themselves through others, first \`${loops.sort()[0]!}\``,
      where: {id: loops[0]!},
      remedy:
        'Check the group export: Google does not allow such loops, so members may be missing or swapped.',
    });
  return {
    groupsOf: (id) => known.get(id) ?? [],
    isListed: (group) => listed.has(group),
  };
}

function follow(start: Principal, principals: BuildContext['principals']): Set<string> {
  const found = new Set<string>();
  const open = [...start.memberOf];
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    if (found.has(id)) continue;
    found.add(id);
    open.push(...(principals.get(id)?.memberOf ?? []));
  }
  return found;
}
