import type {Principal, RoleAssignment} from '../../model/estate.ts';
import type {EdgeFacts} from '../builder.ts';
import type {BuildContext} from '../context.ts';
import {type Deny, createDenies} from './denies.ts';
import {type Asset, assetsOf, givenRole, rightsOf} from './rights.ts';
import {createScopes} from './scopes.ts';

/**
 * `MEMBER_OF` of a member whom a deny assignment names although the group keeps its rights. The group's rights hang on the
 * group's node, so the edge cannot say "all but those": it is left out where the denies take everything the group has, and
 * conditional otherwise. Returns null for no edge.
 */
export function createMembership(
  context: BuildContext,
): (member: Principal, group: string) => Pick<EdgeFacts, 'evidence' | 'certainty'> | null {
  const denies = createDenies(context);
  const named = denies.all.filter(({rule}) => rule.principals.some((id) => id !== '*'));
  const plain = (group: string) => ({evidence: `memberOf = ${group}`});
  if (named.length === 0) return (_, group) => plain(group);
  const scopes = createScopes(context);
  const chain = (scope: string): readonly string[] => scopes.chain(scope);
  const assets = assetsOf(context.estate.workloads);
  const definitions = new Map(context.estate.roleDefinitions.map((role) => [role.id, role]));
  const held = new Map<string, RoleAssignment[]>();
  for (const assignment of context.estate.assignments) {
    if (assignment.cloud !== 'azure' || assignment.effect === 'deny') continue;
    const list = held.get(assignment.principal);
    if (list) list.push(assignment);
    else held.set(assignment.principal, [assignment]);
  }
  const other = otherTails(context);
  const holdersOf = (group: string): string[] => [group, ...denies.groups.above(group)];
  const leavesNothing = (deny: Deny, assignment: RoleAssignment): boolean => {
    const role = givenRole(assignment, definitions.get(assignment.role));
    const covers =
      chain(assignment.scope).includes(deny.rule.scope) &&
      (deny.rule.inherited || deny.rule.scope === assignment.scope);
    return role !== null && covers && nothing(assets, rightsOf(role, assets, [{deny, binds: 'yes'}], denies));
  };
  return (member, group) => {
    const binding = named.flatMap((deny) => {
      const binds = denies.binds(deny, member.id);
      return binds === 'no' || denies.binds(deny, group) !== 'no' ? [] : [{deny, binds}];
    });
    if (binding.length === 0) return plain(group);
    const assignments = holdersOf(group).flatMap((id) => held.get(id) ?? []);
    const touched = assignments.filter(({scope}) =>
      binding.some(
        ({deny}) => chain(scope).includes(deny.rule.scope) || chain(deny.rule.scope).includes(scope),
      ),
    );
    if (touched.length === 0) return plain(group);
    const sure = binding.filter(({binds}) => binds === 'yes');
    const all = assignments.every((assignment) => sure.some(({deny}) => leavesNothing(deny, assignment)));
    if (all && holdersOf(group).every((id) => !other.has(id))) return null;
    const labels = [...new Set(binding.map(({deny}) => deny.label))].sort().join(', ');
    return {
      evidence: `memberOf = ${group}; deny ${labels} takes rights of the group from this member`,
      certainty: 'conditional',
    };
  };
}

/** True when no right is left, whatever the inventory holds. */
function nothing(assets: readonly Asset[], rights: readonly unknown[]): boolean {
  return assets.length > 0 && rights.length === 0;
}

/** Who reaches something besides role assignments: owners, ends of stated edges, holders of AWS permission sets. */
function otherTails({estate}: BuildContext): Set<string> {
  return new Set([
    ...estate.principals.flatMap(({owners = []}) => owners),
    ...estate.appRegistrations.flatMap(({owners}) => owners),
    ...estate.edges.filter(({kind}) => kind !== 'MEMBER_OF').map(({from}) => from),
    ...estate.identity.flatMap(({edges}) => edges).map(({from}) => from),
    ...estate.ssoAssignments.map(({principal}) => principal),
  ]);
}
