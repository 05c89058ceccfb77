import type {BuildContext} from './context.ts';
import {createAzureGovernors} from './azure/govern.ts';
import {createMembership} from './azure/membership.ts';
import {createGoogleGovernors} from './gcp/principals.ts';
import {ANYONE} from './node-ids.ts';

/** Principal nodes: listed ones, and those only an assignment or a workload mentions. */
export function addPrincipals(context: BuildContext): void {
  const {estate, graph} = context;
  for (const {id, kind, name} of estate.principals) graph.node(id, 'principal', kind, name);
  const mentioned: string[] = [];
  const mention = (id: string): void => {
    if (graph.has(id)) return;
    graph.node(id, 'principal', 'unknown', id);
    mentioned.push(id);
  };
  for (const {principal, effect} of estate.assignments) if (effect !== 'deny') mention(principal);
  for (const {identities} of estate.workloads) for (const id of identities) mention(id);
  if (mentioned.length > 0) {
    graph.findings.push({
      code: 'BH-ID-030',
      severity: 'info',
      message: `${mentioned.length} principal(s) hold rights or run workloads but no source lists them, first \`${mentioned[0]}\`: their groups and owners are not known`,
      where: {id: mentioned[0]!},
      remedy: 'Import the directory or the account authorization details.',
    });
  }
}

/** `GOVERNS` from tenants to principals, `MEMBER_OF` to groups, `RUNS_AS` from workloads. */
export function addPrincipalEdges(context: BuildContext): void {
  const {estate, graph, principals} = context;
  const governAzure = createAzureGovernors(context);
  const azureMembership = createMembership(context);
  const governGoogle = createGoogleGovernors(context);
  for (const principal of estate.principals) {
    // Google memberships depend on deny policies and are drawn with the bindings.
    for (const group of principal.cloud === 'gcp' ? [] : principal.memberOf) {
      const known = principals.get(group);
      // An AWS group's rights are counted at its members, after their denies.
      if (!known || known.kind === 'iamGroup') continue;
      const membership =
        principal.cloud === 'azure' ? azureMembership(principal, group) : {evidence: `memberOf = ${group}`};
      if (membership) graph.edge(principal.id, group, 'MEMBER_OF', {...membership, bound: 'workload'});
    }
    if (principal.cloud === 'azure') governAzure(principal);
    if (principal.cloud === 'gcp') governGoogle(principal);
    if (principal.kind === 'public') {
      graph.edge(graph.root(ANYONE, 'anyone on the internet', 'other'), principal.id, 'INCLUDES', {
        evidence: `member = ${principal.name}`,
      });
    }
  }
  for (const {id, cloud, identities} of estate.workloads) {
    // Access scopes of Google machines narrow what the account is good for there.
    for (const identity of cloud === 'gcp' ? [] : identities) {
      graph.edge(id, identity, 'RUNS_AS', {evidence: `workload.identities = ${identity}`, bound: 'workload'});
    }
  }
}
