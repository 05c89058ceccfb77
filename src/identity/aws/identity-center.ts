import type {Principal} from '../../model/estate.ts';
import type {PermissionSet, SsoAssignment} from '../../model/identity-facts.ts';
import {awsAccountOf} from '../root-ids.ts';
import type {Aws, Holder} from './engine.ts';
import {instanceKey, instanceRoot} from './identity-center-root.ts';
import type {AccountLimits} from './organisation.ts';
import {type ParsedPolicy, missingPolicy} from './policy/index.ts';

/**
 * Who has which permission set in which account, kept three-way: the edge goes to the role of that account only. Who controls
 * the instance controls everyone assigned; the management account and a delegated administrator control the instance.
 */
export function addIdentityCenter(aws: Aws, limitsOf: (account: string) => AccountLimits): void {
  const {context} = aws;
  const {estate, graph} = context;
  if (estate.ssoAssignments.length === 0 && estate.permissionSets.length === 0) return;
  const sets = new Map(estate.permissionSets.map((set) => [set.id, set]));
  const roles = reservedRoles(aws);
  const instances = new Set(estate.permissionSets.map(({instance}) => instance));
  const [only] = instances;
  for (const assignment of estate.ssoAssignments) {
    const {principal, permissionSet, account} = assignment;
    if (!context.containers.has(account)) {
      graph.findings.push({
        code: 'BH-ID-103',
        severity: 'low',
        message: `permission set \`${permissionSet}\` is assigned in \`${account}\`, which is not in the inventory`,
        where: {id: assignment.id},
        remedy: 'Import `aws organizations list-accounts`.',
      });
      continue;
    }
    if (!graph.has(principal))
      graph.node(principal, 'principal', kindOf(principal), principal.slice(principal.lastIndexOf('/') + 1));
    const set = sets.get(permissionSet);
    const role = set ? roles.get(`${account} ${set.name}`) : undefined;
    const head = role ?? assignedNode(aws, limitsOf, assignment, set);
    graph.edge(principal, head, 'ASSIGNED', {
      evidence: `list-account-assignments: ${set?.name ?? permissionSet} in ${account}${role ? '' : '; its role is not in the source'}`,
      place: {id: assignment.id},
    });
    const instance = set?.instance ?? (instances.size === 1 ? only : undefined);
    const root = instanceRoot(aws, instance === undefined ? 'unknown' : instanceKey(instance));
    graph.edge(root, principal, 'GOVERNS', {
      evidence: 'Identity Center signs in its users and decides who is in its groups',
      bound: 'workload',
    });
  }
  addInstanceAdministrators(aws, instances);
}

function kindOf(principal: string): string {
  return principal.includes('/group/') || principal.includes(':group/') ? 'group' : 'user';
}

/** Roles Identity Center made, by account and permission set: `AWSReservedSSO_<name>_<16 hex digits>`. */
function reservedRoles({context, classOf}: Aws): Map<string, string> {
  const roles = new Map<string, string>();
  const add = ({id, name}: Principal): void => {
    const set = /^AWSReservedSSO_(.+)_[0-9a-f]{16}$/.exec(name)?.[1];
    const account = classOf.get(id)?.account;
    if (set !== undefined && account !== undefined) roles.set(`${account} ${set}`, id);
  };
  for (const principal of context.estate.principals) if (principal.kind === 'iamRole') add(principal);
  return roles;
}

/** Node of a permission set in one account whose role no source lists; its rights follow from the set's policies. */
function assignedNode(
  {context, documents, made, pending, populations}: Aws,
  limitsOf: (account: string) => AccountLimits,
  {permissionSet, account}: SsoAssignment,
  set: PermissionSet | undefined,
): string {
  const node = `${permissionSet}@${account}`;
  if (made.has(node)) return node;
  made.add(node);
  const name = set?.name ?? permissionSet.slice(permissionSet.lastIndexOf('/') + 1);
  const where = context.containers.get(account)?.name ?? account;
  context.graph.node(node, 'principal', 'permissionSet', `${name} in ${where}`);
  const number = awsAccountOf(account) ?? '';
  const inAccount = (id: string): string => id.replace(':iam::*:', `:iam::${number}:`);
  const ids = (set?.policies ?? []).map(inAccount);
  const unread: ParsedPolicy[] =
    set?.policies === null || set === undefined ? [missingPolicy(`policies of permission set ${name}`)] : [];
  for (const id of ids) documents.held(id);
  const limits = limitsOf(account);
  const holder: Holder = {
    nodes: [node],
    members: [],
    account,
    number,
    kind: 'role',
    group: {
      kind: 'role',
      identity: [...ids.map((id) => documents.of(id)), ...unread],
      boundary: set?.boundary ? documents.of(inAccount(set.boundary)) : null,
      scps: limits.scps,
    },
    policies: ids,
    groups: [],
    gap: limits.gap,
    population: populations.of(account),
    sure: new Set(),
    control: [],
  };
  pending.push(holder);
  return node;
}

/** The management account and a delegated administrator decide who is assigned. */
function addInstanceAdministrators(aws: Aws, instances: ReadonlySet<string>): void {
  const {context, facets} = aws;
  for (const [number, container] of context.awsAccounts) {
    const delegated = String(container.attributes?.['delegatedServices'] ?? '')
      .split(' ')
      .includes('sso.amazonaws.com');
    if (!context.awsManagement.has(number) && !delegated) continue;
    for (const instance of instances) {
      context.graph.edge(
        facets.of(container.id, 'identities'),
        instanceRoot(aws, instanceKey(instance)),
        'ADMINISTERS',
        {
          evidence: delegated
            ? 'list-delegated-services-for-account: sso.amazonaws.com'
            : 'the management account administers Identity Center',
          bound: 'workload',
        },
      );
    }
  }
}
