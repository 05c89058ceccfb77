import type {PrivilegePath} from '../../model/privilege-paths.ts';
import {obtainEverything} from './administrators.ts';
import {type Aws, type Holder, obtain} from './engine.ts';
import {groupNode} from './group-rights.ts';
import {ANY} from './policy/index.ts';
import type {Subject} from './subject-list.ts';
import {openOn} from './subjects.ts';
import type {UserStates} from './user-states.ts';
import {type Chance, atBest} from './ways.ts';

/** Ways over another user, role or group of the account. */
export function addTakeOver(aws: Aws, holder: Holder, path: PrivilegePath, states: UserStates): void {
  const {asking, sets} = aws;
  const {population, number, account} = holder;
  const kind = path.subject as 'user' | 'role' | 'group';
  const candidates = {user: population.users, role: population.roles, group: population.groups}[kind];
  const plain = path.needs.filter(({on}) => on === 'subject').map(({action}) => action);
  if (plain.length === 0) return;
  const probe = `arn:${population.partition}:iam::${number}:${kind}/${ANY}`;
  for (const {chance, members} of openOn(asking, holder.group, plain, candidates, probe)) {
    for (const {fits, gap} of states.split(account, path.when, members)) {
      if (path.obtains === 'account') {
        addGranted(aws, holder, path, fits, chance);
        continue;
      }
      if (kind === 'group') {
        const joined = (groups: readonly Subject[]): string[] =>
          groups.flatMap(({id}) => groupNode(aws, holder, id) ?? []);
        const set = sets.of(account, 'groups', 'groups', joined(fits), joined(candidates.items));
        const limited =
          holder.group.boundary === null
            ? chance
            : atBest(chance, 'conditional', 'its permission boundary binds the rights of the group too');
        obtain(aws, holder, set, path, limited);
        continue;
      }
      // The holder itself may be among them: leaving it out would make a set of its own for each holder.
      const ids = fits.map(({id}) => id);
      const words = {user: 'users', role: 'roles'}[kind];
      const set = sets.of(
        account,
        words,
        words,
        ids,
        candidates.items.map(({id}) => id),
      );
      obtain(aws, holder, set, path, chance, {gap});
    }
  }
}

/** Somebody else is given every right and taken over: what its limits leave is obtained. */
function addGranted(
  aws: Aws,
  holder: Holder,
  path: PrivilegePath,
  members: readonly Subject[],
  chance: Chance,
): void {
  const policies = path.needs.filter(({on}) => on === 'policy-of-subject').map(({action}) => action);
  const seen = new Set<unknown>();
  for (const {id} of members) {
    const subject = aws.classOf.get(id);
    // One of each boundary: what they obtain is the same.
    if (!subject || seen.has(subject.group.boundary)) continue;
    if (policies.length > 0 && !mayChangePolicyOf(aws, holder, subject.policies, policies)) continue;
    seen.add(subject.group.boundary);
    obtainEverything(aws, holder, subject.group, path, chance);
  }
}

function mayChangePolicyOf(
  {asking}: Aws,
  {group, number}: Holder,
  policies: readonly string[],
  actions: readonly string[],
): boolean {
  return policies
    .filter((id) => id.includes(`:iam::${number}:policy/`))
    .some((id) =>
      actions.every(
        (action) => asking.ask(group, {action, resource: id.slice('aws:'.length)}).decision === 'allow',
      ),
    );
}
