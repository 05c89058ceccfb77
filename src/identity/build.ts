import type {Outcome} from '../model/common.ts';
import type {Estate} from '../model/estate.ts';
import type {IdentityGraph} from '../model/exposure.ts';
import type {Site} from '../model/site.ts';
import {tellUnmatchedAnswers} from './answers.ts';
import {addAws} from './aws/build.ts';
import {addAzure} from './azure/build.ts';
import {addGoogle} from './gcp/build.ts';
import {nameGroups} from './gcp/groups.ts';
import {createBuilder} from './builder.ts';
import {type BuildContext, type IdentityOptions, groupBy} from './context.ts';
import {addDeclared, addDeclaredRoots} from './onprem/declared.ts';
import {addDelivery} from './delivery/build.ts';
import {createFacets} from './facets.ts';
import {addUnlistedMembers} from './group-membership.ts';
import {addSharedHardware} from './hardware/build.ts';
import {addHierarchy, addOutsideControlPlanes, addTenants} from './hierarchy.ts';
import {addCustody} from './keys/custody.ts';
import {addPrincipalEdges, addPrincipals} from './principals.ts';
import {awsAccountOf} from './root-ids.ts';
import {addSiteEdges, addSiteNodes} from './site-edges.ts';
import {addStatedEdges} from './stated-edges.ts';

/**
 * The control graph of an estate and its sites: an edge means "whoever controls the tail can obtain control of the head".
 * @param siteOf index into `sites` per workload in the order of `estate.workloads`, −1 = none
 * What cannot be resolved is a finding and, where something could be reached, an edge of certainty `unknown`. The result
 * does not depend on the order of the estate's arrays.
 */
export function buildIdentityGraph(
  given: Estate,
  sites: Site[],
  siteOf: Int32Array,
  options: IdentityOptions,
): Outcome<IdentityGraph> {
  const estate = nameGroups(given);
  const graph = createBuilder(estate.answers);
  const context: BuildContext = {
    estate,
    options,
    sites,
    siteOf,
    graph,
    containers: new Map(estate.containers.map((container) => [container.id, container])),
    workloads: new Map(estate.workloads.map((workload) => [workload.id, workload])),
    principals: new Map(estate.principals.map((principal) => [principal.id, principal])),
    children: groupBy(estate.containers, ({parent}) => parent),
    workloadsIn: groupBy(estate.workloads, ({container}) => container),
    principalsIn: groupBy(estate.principals, ({container}) => container),
    awsManagement: new Set(
      estate.edges.flatMap(({from, to, kind}) => {
        const account = kind === 'MANAGES' && to.startsWith('aws-org:') ? awsAccountOf(from) : null;
        return account === null ? [] : [account];
      }),
    ),
    awsAccounts: new Map(
      estate.containers.flatMap((container) => {
        const account = container.kind === 'account' ? awsAccountOf(container.id) : null;
        return account === null ? [] : [[account, container] as const];
      }),
    ),
  };
  const facets = createFacets(context);
  addDeclaredRoots(context);
  addHierarchy(context);
  addSiteNodes(context);
  addPrincipals(context);
  addDeclared(context, facets);
  addStatedEdges(context);
  addSiteEdges(context);
  addTenants(context, facets);
  addPrincipalEdges(context);
  addUnlistedMembers(context);
  addAzure(context, facets);
  addGoogle(context, facets);
  addAws(context, facets);
  addDelivery(context);
  addSharedHardware(context);
  addCustody(context);
  addOutsideControlPlanes(context);
  const value = graph.graph();
  tellUnmatchedAnswers(context);
  return {value, findings: graph.findings};
}
