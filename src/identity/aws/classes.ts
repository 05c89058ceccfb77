import type {Principal} from '../../model/estate.ts';
import type {BuildContext} from '../context.ts';
import {awsAccountOf} from '../root-ids.ts';
import {accountContainer, arnOf, isListed, isServiceLinked} from './accounts.ts';
import type {Documents} from './documents.ts';
import type {AccountLimits} from './organisation.ts';
import {createTraits, fingerprint} from './policy-traits.ts';
import {
  type Caller,
  type KnownContext,
  type ParsedPolicy,
  type PrincipalClass,
  knownContext,
  missingPolicy,
  tagContext,
} from './policy/index.ts';

/** Users or roles of one account that policies cannot tell apart: what one may do, all may. */
export interface AwsClass {
  /** Account container id and number. */
  account: string;
  number: string;
  kind: 'user' | 'role';
  members: Principal[];
  /** Ids of all policies that allow and deny (managed, inline, of groups), and of the groups. */
  policies: string[];
  groups: string[];
  group: PrincipalClass;
  limits: AccountLimits;
}

/** Groups all users and roles that a source lists; cost grows with principals and documents, not with pairs. */
export function classesOf(
  context: BuildContext,
  documents: Documents,
  limitsOf: (accountId: string) => AccountLimits,
): AwsClass[] {
  const traitsOf = createTraits();
  const classes = new Map<string, AwsClass>();
  for (const principal of context.estate.principals) {
    if (principal.cloud !== 'aws' || (principal.kind !== 'iamUser' && principal.kind !== 'iamRole')) continue;
    const account = accountContainer(context, principal);
    const number = account === null ? null : awsAccountOf(account);
    if (account === null || number === null || !isListed(principal)) continue;
    const kind = principal.kind === 'iamUser' ? 'user' : 'role';
    const held = heldPolicies(context, principal);
    for (const id of held.ids) documents.held(id);
    const limits = isServiceLinked(principal) ? unbound(limitsOf(account)) : limitsOf(account);
    const identity = [
      ...held.ids.map((id) => documents.of(id)),
      ...held.unlisted.map((name) => missingPolicy(name)),
    ];
    const boundary = principal.boundary === undefined ? null : documents.of(principal.boundary);
    const binding = [...identity, ...(boundary ? [boundary] : []), ...limits.scps.flat()];
    const arn = arnOf(principal.id);
    const key = JSON.stringify([
      account,
      kind,
      held.ids.map((id) => documents.keyOf(id)).toSorted(),
      held.unlisted,
      principal.boundary ?? null,
      limits.scps.length,
      fingerprint(binding.map(traitsOf), arn, principal.tags),
    ]);
    const known = classes.get(key);
    if (known) {
      known.members.push(principal);
      continue;
    }
    classes.set(key, {
      account,
      number,
      kind,
      members: [principal],
      policies: held.ids,
      groups: held.groups,
      group: {
        kind,
        caller: callerOf(principal, number),
        identity,
        boundary,
        scps: limits.scps,
        context: contextOf(principal, limits, binding, context.options.now),
      },
      limits,
    });
  }
  return [...classes.values()];
}

export function callerOf(principal: Principal, number: string): Caller {
  const uniqueId = principal.attributes?.['uniqueId'];
  return {arn: arnOf(principal.id), account: number, ...(typeof uniqueId === 'string' ? {uniqueId} : {})};
}

function contextOf(
  {tags}: Principal,
  {organisation}: AccountLimits,
  binding: readonly ParsedPolicy[],
  now: string,
): KnownContext {
  const own = knownContext({
    ...(organisation === null ? {} : {'aws:PrincipalOrgID': organisation.replace(/^aws-org:/, '')}),
    // Whoever asks has a session that is still valid, or makes one; older sessions have ended.
    ...(testsForToken(binding) ? {} : {'aws:TokenIssueTime': now}),
  });
  if (tags === undefined) return own;
  const tagged = tagContext('aws:principaltag/', tags);
  return {values: new Map([...own.values, ...tagged.values]), closed: [...own.closed, ...tagged.closed]};
}

/** Some policy tells sessions from long-term keys: then either may be used. */
function testsForToken(policies: readonly ParsedPolicy[]): boolean {
  return policies.some(({statements}) =>
    statements.some(({conditions}) =>
      conditions.some(({key, operator}) => key === 'aws:tokenissuetime' && operator === 'null'),
    ),
  );
}

function unbound(limits: AccountLimits): AccountLimits {
  return {...limits, scps: [], gap: null};
}

interface Held {
  ids: string[];
  groups: string[];
  /** Groups whose policies are not in the source. */
  unlisted: string[];
}

/** A user counts with its groups' policies, because a deny of either side binds it. */
function heldPolicies({principals}: BuildContext, principal: Principal): Held {
  const ids = new Set(principal.policies ?? []);
  const groups: string[] = [];
  const unlisted: string[] = [];
  for (const id of principal.memberOf.toSorted()) {
    const group = principals.get(id);
    groups.push(id);
    if (group && isListed(group)) for (const policy of group.policies ?? []) ids.add(policy);
    else unlisted.push(`policies of group ${id}`);
  }
  return {ids: [...ids].toSorted(), groups, unlisted};
}

/** The same with every right its holder could give itself: only boundary, organisation and written denies are left. */
export function withEverything(group: PrincipalClass, everything: ParsedPolicy): PrincipalClass {
  return {...group, identity: [...group.identity, everything]};
}
