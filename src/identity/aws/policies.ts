import type {Principal} from '../../model/estate.ts';
import {type Statement, statementsOf} from './statements.ts';
import type {BuildContext} from '../context.ts';
import {MANAGED_POLICIES} from './actions.ts';

/** Everything the identity policies of a user or role say, and what of them is not in the source. */
export interface HeldPolicies {
  statements: Statement[];
  /** AWS managed policies without a document whose meaning is known. */
  managed: {name: string; gives: 'control' | 'content'}[];
  /** Why its rights may be wider than the statements: each a short text. Empty = all policies were read. */
  gaps: string[];
}

/**
 * Reads policies once per principal. A user counts with its groups' policies, because a deny of either side binds it.
 * @param missing gets each policy whose document is not in the source, with the number of holders
 */
export function createPolicyReader(
  {estate, principals}: BuildContext,
  missing: Map<string, number>,
): (principal: Principal) => HeldPolicies {
  const documents = new Map(
    estate.policyDocuments.map(({id, document}) => [id, statementsOf(document)] as const),
  );
  const memo = new Map<string, HeldPolicies>();
  const read = (principal: Principal): HeldPolicies => {
    const held: HeldPolicies = {statements: [], managed: [], gaps: []};
    if (principal.policies === undefined && principal.implied === true)
      held.gaps.push(`policies of ${principal.name}: not in the source`);
    const ids = new Set(principal.policies ?? []);
    for (const id of principal.memberOf) {
      const group = principals.get(id);
      if (group?.policies) for (const policy of group.policies) ids.add(policy);
      else if (!group || group.implied === true) held.gaps.push(`policies of group ${id}: not in the source`);
    }
    for (const id of ids) {
      const known = documents.get(id);
      const gives = known ? undefined : meaningOf(id);
      if (known) held.statements.push(...known);
      else if (gives === undefined) {
        held.gaps.push(`attached policy ${policyName(id)}: document not in the source`);
        missing.set(id, (missing.get(id) ?? 0) + 1);
      } else if (gives !== 'none') held.managed.push({name: policyName(id), gives});
    }
    return held;
  };
  return (principal) => {
    let held = memo.get(principal.id);
    if (!held) memo.set(principal.id, (held = read(principal)));
    return held;
  };
}

function policyName(id: string): string {
  return id.slice(id.lastIndexOf('/') + 1);
}

/** What an AWS managed policy gives when its document is left out; undefined = not known. */
function meaningOf(id: string): 'control' | 'content' | 'none' | undefined {
  const name = policyName(id);
  return id.includes(':aws:policy/') && Object.hasOwn(MANAGED_POLICIES, name)
    ? MANAGED_POLICIES[name]
    : undefined;
}
