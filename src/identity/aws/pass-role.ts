import type {PathTarget, PrivilegePath, PrivilegePaths} from '../../model/privilege-paths.ts';
import {passedTo} from './asking.ts';
import {type Aws, type Holder, obtain} from './engine.ts';
import {ANY} from './policy/index.ts';
import {openOn} from './subjects.ts';
import {missingTarget} from './target-gaps.ts';
import {both} from './ways.ts';

/**
 * A role is handed to something new that acts for the holder: every role that trusts the service and may be passed is
 * obtained. One node per account and service stands for all of them where nothing tells them apart.
 */
export function addPassRole(
  aws: Aws,
  holder: Holder,
  path: PrivilegePath,
  targets: PrivilegePaths['targets'],
): void {
  const {asking} = aws;
  const {population, number, group} = holder;
  if (population.passable(path.services, path.profile).items.length === 0) return;
  const needed = asking.anywhere(
    group,
    path.needs.map(({action}) => action),
  );
  if (needed.ways.length === 0) return;
  const gap = missingFor(aws, holder, path.requires === null ? undefined : targets.get(path.requires));
  if (gap === 'absent') return;
  for (const service of path.services) {
    const candidates = population.passable([service], path.profile);
    const probe = `arn:${population.partition}:iam::${number}:role/${ANY}`;
    const parts = openOn(asking, group, ['iam:PassRole'], candidates, probe, {
      context: passedTo(service),
    });
    for (const {chance, members} of parts) {
      const whole = both(needed, chance);
      const node = passableNode(
        aws,
        holder,
        service,
        path.profile,
        members.map(({id}) => id),
      );
      obtain(aws, holder, node, path, whole, {gap});
    }
  }
}

/** Node of roles that a service may be given. */
export function passableNode(
  {sets}: Aws,
  {account, population}: Holder,
  service: string,
  profile: boolean,
  members: readonly string[],
): string | null {
  const name = service.replace(/\.amazonaws\.com(?:\.cn)?$/, '');
  const all = population.passable([service], profile).items.map(({id}) => id);
  const words = `roles ${profile ? 'with an instance profile ' : ''}that ${name} may be given`;
  return sets.of(account, `roles-for-${name}${profile ? '-profile' : ''}`, words, members, all);
}

/** The open question about a kind of existing thing; null = it is there, `absent` = it is known not to be. */
function missingFor({context}: Aws, {account, population}: Holder, target: PathTarget | undefined) {
  if (!target) return null;
  const things = population.things(target);
  if (things === null) return missingTarget(context, account, target);
  return things.items.length > 0 ? null : 'absent';
}
