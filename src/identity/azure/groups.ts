import type {BuildContext} from '../context.ts';
import type {Answer} from './permissions.ts';

/** Group membership as far as the sources list it; cycles are harmless. */
export interface Groups {
  /** Whether a principal is one of these, or a member of one of them, directly or over other groups. */
  among(principal: string, ids: readonly string[]): Answer;
  /** All groups a principal is in; never itself. */
  above(principal: string): readonly string[];
  /** All listed members of a group, over other groups too; never itself. */
  below(group: string): readonly string[];
}

/** `unknown` kinds may be groups; groups of whom no source names a member may hold anybody of the directory. */
export function createGroups({estate, principals}: BuildContext): Groups {
  const parents = new Map<string, Set<string>>();
  const listed = new Set<string>();
  const join = (member: string, group: string): void => {
    listed.add(group);
    const known = parents.get(member);
    if (known) known.add(group);
    else parents.set(member, new Set([group]));
  };
  for (const {id, memberOf, cloud} of estate.principals)
    if (cloud === 'azure') for (const group of memberOf) join(id, group);
  for (const {from, to, kind} of [...estate.edges, ...estate.identity.flatMap(({edges}) => edges)])
    if (kind === 'MEMBER_OF') join(from, to);
  const members = new Map<string, Set<string>>();
  for (const [member, groups] of parents) {
    for (const group of groups) {
      const known = members.get(group);
      if (known) known.add(member);
      else members.set(group, new Set([member]));
    }
  }
  const above = closureOver(parents);
  const below = closureOver(members);
  const mayHoldAnybody = (id: string): boolean => {
    if (listed.has(id)) return false;
    const kind = principals.get(id)?.kind;
    return kind === undefined || kind === 'group' || kind === 'foreign' || kind === 'unknown';
  };
  // What lies above an unlisted group may hold anybody too.
  let open: Set<string> | undefined;
  const aboveUnlisted = (): Set<string> => {
    open ??= new Set(
      [...parents.keys()]
        .filter((id) => principals.get(id)?.kind === 'group' && mayHoldAnybody(id))
        .flatMap(above),
    );
    return open;
  };
  return {
    above,
    below,
    among(principal, ids) {
      if (ids.length === 0) return 'no';
      if (ids.includes(principal)) return 'yes';
      if (above(principal).some((group) => ids.includes(group))) return 'yes';
      return ids.some((id) => mayHoldAnybody(id) || aboveUnlisted().has(id)) ? 'depends' : 'no';
    },
  };
}

/** Everything reached over one or more steps, without the start; each asked for once. */
function closureOver(steps: ReadonlyMap<string, ReadonlySet<string>>): (start: string) => readonly string[] {
  const known = new Map<string, readonly string[]>();
  return (start) => {
    const cached = known.get(start);
    if (cached) return cached;
    const seen = new Set<string>();
    const open = [start];
    for (let at = open.pop(); at !== undefined; at = open.pop()) {
      for (const next of steps.get(at) ?? []) {
        if (next === start || seen.has(next)) continue;
        seen.add(next);
        open.push(next);
      }
    }
    const closure = [...seen].sort();
    known.set(start, closure);
    return closure;
  };
}
