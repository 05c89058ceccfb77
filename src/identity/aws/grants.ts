import type {IdentityGap} from '../../model/identity-facts.ts';
import type {PrivilegePaths} from '../../model/privilege-paths.ts';
import {administratorsNode} from './administrators.ts';
import {type Aws, type Holder, obtain} from './engine.ts';
import {groupNode} from './group-rights.ts';
import {ANY} from './policy/index.ts';
import type {Subject} from './subject-list.ts';
import {openOn} from './subjects.ts';

/**
 * Who may give rights to another identity is an administrator together with that identity. Whether the same people hold both
 * is not in any export, so it is a question.
 */
export function addGrants(aws: Aws, holder: Holder, grants: PrivilegePaths['grants']): void {
  const {asking, context, sets} = aws;
  const joined = (groups: readonly Subject[]): string[] =>
    groups.flatMap((one) => groupNode(aws, holder, one.id) ?? []);
  const {population, number, account, group} = holder;
  const all = administratorsNode(aws, account);
  for (const {id, subject, needs, obtains} of grants) {
    // A user joins the group itself.
    if (obtains === 'subject' && holder.kind === 'user') continue;
    const actions = needs.map(({action}) => action);
    const probe = `arn:${population.partition}:iam::${number}:${subject}/${ANY}`;
    const list = {
      user: population.users,
      role: population.roles,
      group: population.groups,
      policy: population.policies,
    }[subject];
    for (const {chance, members} of openOn(asking, group, actions, list, probe)) {
      for (const member of holder.members) {
        const others = members.filter((other) => other.id !== member.id);
        const gap = accomplice(context.principals.get(member.id)?.name ?? member.id, member.id, subject);
        const heads =
          obtains === 'account'
            ? others.slice(0, 1).map(() => all)
            : [sets.of(account, 'groups', 'groups', joined(others), joined(list.items))];
        for (const head of heads)
          obtain(aws, holder, head, {id, edge: 'GRANTS_RIGHTS'}, chance, {gap, nodes: [member.id]});
      }
    }
  }
}

const WORDS = {
  user: 'one of the users it may give rights to',
  role: 'one of the roles it may give rights to',
  group: 'a member of one of the groups it may give rights to',
  policy: 'a principal that holds one of the policies it may rewrite',
};

function accomplice(name: string, id: string, subject: keyof typeof WORDS): IdentityGap {
  return {
    id: `gap:aws-accomplice-${subject}:${id}`,
    question: `Does whoever can act as ${name} also hold ${WORDS[subject]}?`,
    about: id,
    input: 'who holds which identities of the account',
    remedy: `Take the right to change others' policies from ${name}, or limit it by \`iam:PermissionsBoundary\`.`,
    certainty: 'conditional',
  };
}
