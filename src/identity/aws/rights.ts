import type {PrivilegePath, PrivilegePaths} from '../../model/privilege-paths.ts';
import {addAdministration} from './administrators.ts';
import {addAssumedGrant} from './assumed-grants.ts';
import type {Aws, Holder} from './engine.ts';
import {addExistingThing} from './existing-things.ts';
import {addGrants} from './grants.ts';
import {addPassRole} from './pass-role.ts';
import {addSelfPath} from './self-paths.ts';
import {addTakeOver} from './take-over.ts';
import type {UserStates} from './user-states.ts';

/**
 * Everything one holder's policies let it obtain. Surest ways come first: what is certain at level 0 need not be found again
 * on a longer way.
 */
export function addRights(aws: Aws, holder: Holder, paths: PrivilegePaths | null, states: UserStates): void {
  // Policies of buckets, keys and queues may name those whose own policies say nothing.
  aws.data.named(aws, holder);
  if (!mayAnything(holder)) return;
  if (addAdministration(aws, holder)) return;
  aws.data.own(aws, holder);
  if (!paths) return;
  for (const path of paths.paths) {
    if (path.holder !== null && (path.holder !== holder.kind || holder.members.length === 0)) continue;
    if (!mentions(aws, holder, path)) continue;
    addPath(aws, holder, path, paths, states);
  }
  const administers = [...holder.sure].some((key) => key.endsWith('#administrators'));
  if (!administers) addGrants(aws, holder, paths.grants);
}

function addPath(
  aws: Aws,
  holder: Holder,
  path: PrivilegePath,
  {targets}: PrivilegePaths,
  states: UserStates,
): void {
  switch (path.subject) {
    case 'self':
    case 'own-group':
      return addSelfPath(aws, holder, path);
    case 'user':
    case 'role':
    case 'group':
      return addTakeOver(aws, holder, path, states);
    case 'passed-role':
      return addPassRole(aws, holder, path, targets);
    case 'assumable-role':
      // Without a need it is the trust alone, which is drawn with the trusts.
      return path.needs.length > 0 ? addAssumedGrant(aws, holder, path) : undefined;
    default: {
      const target = targets.get(path.subject);
      if (target) addExistingThing(aws, holder, path, target);
    }
  }
}

/** Most holders' policies speak of few actions: most paths need no look at resources. */
function mentions({asking}: Aws, {group}: Holder, {needs, services}: PrivilegePath): boolean {
  if (services.length > 0 && !asking.speaks(group, 'iam:PassRole')) return false;
  return needs.every(({action}) => asking.speaks(group, action));
}

/** Without an allow there is nothing to look for. */
function mayAnything({group}: Holder): boolean {
  return group.identity.some(({statements}) => statements.some(({effect}) => effect === 'Allow'));
}
