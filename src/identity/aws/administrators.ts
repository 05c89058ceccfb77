import type {PrivilegePath} from '../../model/privilege-paths.ts';
import {containerNode, facetNode} from '../node-ids.ts';
import {EVERYTHING} from './asking.ts';
import {withEverything} from './classes.ts';
import {type Aws, type Holder, type Left, obtain} from './engine.ts';
import type {PrincipalClass} from './policy/index.ts';
import {type Chance, both, isSure} from './ways.ts';

/** Node of whoever holds every right in an account: its contents and its identities. */
export function administratorsNode({context: {graph, containers}, facets}: Aws, account: string): string {
  const node = facetNode(account, 'administrators');
  if (graph.has(node)) return node;
  graph.node(
    node,
    'container',
    'administrators',
    `administrators of ${containers.get(account)?.name ?? account}`,
  );
  graph.edge(node, containerNode(account), 'HAS_ROLE', {evidence: 'every right in the account'});
  graph.edge(node, facets.of(account, 'identities'), 'HAS_ROLE', {
    evidence: 'every right over its identities',
  });
  return node;
}

/**
 * What somebody has who may give rights to a principal it controls: all that the principal's boundary, the organisation and
 * written denies leave.
 * @param subject whose limits hold; the class of the principal that is given the rights
 */
export function obtainEverything(
  aws: Aws,
  holder: Holder,
  subject: PrincipalClass,
  path: Pick<PrivilegePath, 'id' | 'edge'>,
  chance: Chance,
  nodes?: readonly string[],
): void {
  const {all, control} = limitsOf(aws, holder, subject);
  // What allows everything then is the policy that was put there: no news.
  const reason = isSure(control) ? [] : control.because;
  const target = administratorsNode(aws, holder.account);
  obtain(
    aws,
    holder,
    target,
    path,
    both(chance, {ways: control.ways, because: reason}),
    nodes ? {nodes} : {},
  );
  if (isSure(control) || chance.ways.length === 0) return;
  obtain(aws, holder, boundedNode(aws, holder, all), path, chance, nodes ? {nodes} : {});
}

/** What is left to a principal that allows itself everything, worked out once. */
function limitsOf({asking, left}: Aws, {number, population}: Holder, subject: PrincipalClass): Left {
  let known = left.get(subject);
  if (!known) {
    const all = withEverything(subject, EVERYTHING);
    known = {all, control: asking.control(all, number, population.partition)};
    left.set(subject, known);
  }
  return known;
}

/** Node of everything a boundary, the organisation or denies leave; its rights are drawn like those of a principal. */
function boundedNode(aws: Aws, holder: Holder, group: PrincipalClass): string {
  const {context, made, pending} = aws;
  const denies = group.identity.filter(({statements}) => statements.some(({effect}) => effect === 'Deny'));
  const names = [
    ...(group.boundary === null ? [] : [group.boundary === 'missing' ? 'its boundary' : group.boundary.name]),
    ...denies.map(({name}) => name).toSorted(),
  ];
  const within = names.length > 0 ? names.join(', ') : 'the organisation';
  const node = facetNode(holder.account, `within:${within}`);
  if (made.has(node)) return node;
  made.add(node);
  const account = context.containers.get(holder.account)?.name ?? holder.account;
  context.graph.node(node, 'container', 'limited', `all that ${within} leaves in ${account}`);
  const identity = [EVERYTHING, ...denies];
  pending.push({
    ...holder,
    nodes: [node],
    members: [],
    policies: [],
    groups: [],
    group: {...group, identity},
    sure: new Set(),
    control: [],
  });
  return node;
}

const HAS_ROLE = {id: 'policies', edge: 'HAS_ROLE'};

/**
 * Rights over the account as a whole.
 * @returns true when the holder certainly has all of them, so that no way to more need be looked for
 */
export function addAdministration(aws: Aws, holder: Holder): boolean {
  const {asking, sets} = aws;
  const {group, number, population, account} = holder;
  const control = asking.control(group, number, population.partition);
  obtain(aws, holder, control.ways.length > 0 ? administratorsNode(aws, account) : null, HAS_ROLE, control);
  if (isSure(control)) return true;
  holder.control = control.ways;
  const content = asking.content(group, number, population.partition);
  if (content.ways.length === 0) return false;
  const workloads = sets.of(account, 'workloads', 'workloads', population.workloads, population.workloads);
  obtain(aws, holder, workloads, HAS_ROLE, content);
  return false;
}
