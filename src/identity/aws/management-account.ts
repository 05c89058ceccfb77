import type {BuildContext} from '../context.ts';
import type {Facets} from '../facets.ts';
import {containerNode, facetNode} from '../node-ids.ts';
import {awsAccountOf, canonicalRoot} from '../root-ids.ts';

/**
 * The management account rules its organisation. Sources that know it state an edge from the account to the organisation;
 * that edge is widened to the account's identities. Where nobody says which account it is, each one may be.
 */
export function addManagementAccounts(context: BuildContext, facets: Facets): void {
  addDelegatedAdministrators(context, facets);
  const {estate, graph, awsAccounts} = context;
  const members = new Map<string, string[]>();
  for (const {id, root, kind} of awsAccounts.values()) {
    if (kind !== 'account' || root === null) continue;
    const org = canonicalRoot(root);
    const known = members.get(org);
    if (known) known.push(id);
    else members.set(org, [id]);
  }
  for (const [org, accounts] of members) {
    const stated = estate.edges.filter(
      ({from, to}) => canonicalRoot(to) === org && awsAccountOf(from) !== null,
    );
    for (const {from, evidence, place} of stated) {
      const account = awsAccounts.get(awsAccountOf(from)!);
      if (!account) continue;
      graph.edge(facets.of(account.id, 'identities'), graph.root(org), 'MANAGES', {evidence, place});
    }
    if (stated.length > 0) continue;
    for (const id of accounts) {
      graph.edge(facets.of(id, 'identities'), graph.root(org), 'MANAGES', {
        evidence: 'which account manages the organisation is not in the source',
        certainty: 'unknown',
      });
    }
    graph.findings.push({
      code: 'BH-ID-021',
      severity: 'low',
      message: `the management account of \`${org}\` is not known: any of its ${accounts.length} account(s) may rule the others`,
      where: {id: org},
      remedy: 'Import `aws organizations describe-organization`.',
    });
  }
}

/** Services whose delegated administrator can act inside every other member account. */
const ACTING_SERVICES = new Set([
  'member.org.stacksets.cloudformation.amazonaws.com',
  'stacksets.cloudformation.amazonaws.com',
  'iam.amazonaws.com',
]);

/** Member accounts to which the organisation has handed a service that acts in all accounts but the management account. */
function addDelegatedAdministrators(
  {graph, awsAccounts, awsManagement, containers}: BuildContext,
  facets: Facets,
): void {
  for (const container of awsAccounts.values()) {
    const services = String(container.attributes?.['delegatedServices'] ?? '').split(' ');
    const service = services.find((name) => ACTING_SERVICES.has(name));
    if (service === undefined || container.root === null) continue;
    const org = canonicalRoot(container.root);
    const node = facetNode(org, 'members');
    if (!graph.has(node)) {
      graph.node(node, 'container', 'members', `member accounts of ${containers.get(org)?.name ?? org}`);
      for (const [number, {id, root}] of awsAccounts) {
        if (root === null || canonicalRoot(root) !== org || awsManagement.has(number)) continue;
        graph.edge(node, containerNode(id), 'CONTAINS', {evidence: `container.root = ${root}`});
        graph.edge(node, facets.of(id, 'identities'), 'CONTAINS', {evidence: `container.root = ${root}`});
      }
    }
    graph.edge(facets.of(container.id, 'identities'), node, 'DELEGATED', {
      evidence: `list-delegated-services-for-account: ${service} acts in every member account`,
      place: {id: container.id},
    });
  }
}
