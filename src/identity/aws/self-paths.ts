import type {PathNeed, PrivilegePath} from '../../model/privilege-paths.ts';
import type {IdentityGap} from '../../model/identity-facts.ts';
import {facetNode} from '../node-ids.ts';
import {arnOf} from './accounts.ts';
import {administratorsNode, obtainEverything} from './administrators.ts';
import {isProviders} from './documents.ts';
import {type Aws, type Holder, obtain} from './engine.ts';
import {ANY, type PrincipalClass, parsePolicy} from './policy/index.ts';
import {type Chance, chanceOf, isSure, surer} from './ways.ts';

const NONE: Chance = {ways: [], because: []};

/** Ways in which a principal gives itself more rights: over itself, its groups, or a policy it holds. */
export function addSelfPath(aws: Aws, holder: Holder, path: PrivilegePath): void {
  if (holder.members.length === 0) return;
  const [need] = path.needs;
  if (!need) return;
  if (path.subject === 'own-group') {
    const arns = holder.groups.map(arnOf);
    return give(aws, holder, path, best(aws, holder, need, arns));
  }
  if (need.on === 'policy-of-subject')
    return give(aws, holder, path, best(aws, holder, need, ownPolicies(holder).map(arnOf)));
  if (need.on === 'version-of-subject') return addVersions(aws, holder, path, need);
  // One question for all where every user or role may be changed, else one for each.
  const {number, population, kind} = holder;
  const whole = chanceOf(
    aws.asking.ask(holder.group, {
      action: need.action,
      resource: `arn:${population.partition}:iam::${number}:${kind}/${ANY}`,
    }),
  );
  if (isSure(whole) || holder.members.length === 1) {
    return give(aws, holder, path, surer(whole, best(aws, holder, need, [arnOf(holder.members[0]!.id)])));
  }
  for (const {id} of holder.members) give(aws, holder, path, best(aws, holder, need, [arnOf(id)]), [id]);
}

function give(
  aws: Aws,
  holder: Holder,
  path: PrivilegePath,
  chance: Chance,
  nodes?: readonly string[],
): void {
  if (chance.ways.length > 0) obtainEverything(aws, holder, holder.group, path, chance, nodes);
}

/** The surest of several things on which the action may be allowed. */
function best({asking}: Aws, {group}: Holder, {action}: PathNeed, arns: readonly string[]): Chance {
  let found = NONE;
  for (const resource of arns) {
    found = surer(found, chanceOf(asking.ask(group, {action, resource})));
    if (isSure(found)) break;
  }
  return found;
}

/** Customer managed policies it holds; those of the provider cannot be changed. */
function ownPolicies({policies, number}: Holder): string[] {
  return policies.filter((id) => id.includes(`:iam::${number}:policy/`) && !isProviders(id));
}

/** A version that is not in force may give more: put in force, it does. */
function addVersions(aws: Aws, holder: Holder, path: PrivilegePath, need: PathNeed): void {
  for (const id of ownPolicies(holder)) {
    const chance = best(aws, holder, need, [arnOf(id)]);
    if (chance.ways.length === 0) continue;
    const versions = aws.documents.versionsOf(id);
    if (versions === null) {
      // Which rights an unknown version gives is open as well; more than all cannot be.
      const to = administratorsNode(aws, holder.account);
      obtain(aws, holder, to, path, chance, {gap: missingVersions(aws, holder)});
      continue;
    }
    for (const version of versions) {
      const replaced = parsePolicy(
        version.document,
        `${version.name} ${version.id.slice(version.id.lastIndexOf('#') + 1)}`,
      );
      const inForce = aws.documents.of(id);
      const group: PrincipalClass = {
        ...holder.group,
        identity: holder.group.identity.map((policy) => (policy === inForce ? replaced : policy)),
      };
      obtain(aws, holder, versionNode(aws, holder, version.id, group), path, chance);
    }
  }
}

/** Node of what a holder of the policy may do once another version of it is in force. */
function versionNode(
  {context, made, pending}: Aws,
  holder: Holder,
  version: string,
  group: PrincipalClass,
): string {
  const who = holder.nodes[0]!;
  const node = facetNode(version, `held-by:${who}`);
  if (made.has(node)) return node;
  made.add(node);
  context.graph.node(
    node,
    'container',
    'policyVersion',
    `rights of ${who.slice(who.lastIndexOf('/') + 1)} under ${version.slice(version.lastIndexOf('/') + 1)}`,
  );
  pending.push({
    ...holder,
    nodes: [node],
    members: [],
    policies: [],
    groups: [],
    group,
    sure: new Set(),
    control: [],
  });
  return node;
}

function missingVersions({context}: Aws, {account, number}: Holder): IdentityGap {
  return {
    id: `gap:aws-policy-versions:${account}`,
    question: `Does account ${context.containers.get(account)?.name ?? number} keep earlier versions of managed policies that give more rights than those in force?`,
    about: account,
    input:
      '`Policies[].PolicyVersionList` of get-account-authorization-details with more than the version in force',
    remedy:
      'Import `aws iam get-account-authorization-details` with all policy versions, and delete versions that are not needed.',
    certainty: 'conditional',
  };
}
