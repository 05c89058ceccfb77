import {byText} from '../document/canonical.ts';
import type {Finding} from '../model/common.ts';
import type {Estate, Facts, Intake, Provenance, Workload} from '../model/estate.ts';
import {emptyFacts} from '../model/facts.ts';
import type {LedgerScope} from '../model/ledger.ts';
import {rewriteAliases} from './aliases.ts';
import {joinAwsNames} from './aws-names.ts';
import {groupApplications} from './applications.ts';
import {distinctSources} from './distinct-sources.ts';
import {resolveEntraIds} from './entra-ids.ts';
import {checkHierarchy} from './hierarchy.ts';
import {distinct} from './merge.ts';
import {
  mergeContainers,
  mergeEdges,
  mergeHosts,
  mergePolicies,
  mergePrincipals,
  mergeRoles,
  mergeRoots,
} from './merge-facts.ts';
import {mergeIdentityFacts} from './merge-identity-facts.ts';
import {mergeWorkloads} from './merge-workloads.ts';
import {indexReferences} from './reference-index.ts';
import {resolveDependencies} from './resolve-dependencies.ts';
import {resolveIdentity} from './resolve-identity.ts';
import {orderRegister, resolveRegister} from './resolve-register.ts';

export interface BuildOptions {
  /** Tag keys whose value names the application, best first. */
  applicationTags: string[];
  /** Changes tags before anything follows from them, for what-if questions. */
  retag?: (workloads: Workload[]) => Workload[];
}

export interface BuildResult {
  estate: Estate;
  provenance: Provenance[];
  /** What joining found; the findings of the intakes themselves are not repeated. */
  findings: Finding[];
}

/**
 * Joins what the sources said into one estate. Pure and deterministic: the order of the intakes and of the records in
 * them does not show in the result.
 */
export function buildEstate(intakes: Intake[], options: BuildOptions): BuildResult {
  const sources = distinctSources(resolveEntraIds(intakes));
  const lists = sources.value.map((intake) => intake.facts);
  const facts = joinAwsNames(rewriteAliases(joined(lists)));
  const merging = mergeWorkloads([facts.workloads]);
  const workloads = options.retag ? {...merging, value: options.retag(merging.value)} : merging;
  const hierarchy = checkHierarchy(mergeContainers([facts.containers]), workloads.value);
  const policies = mergePolicies([facts.policyDocuments]);
  const register = orderRegister(facts.register);
  const grouped = groupApplications(workloads.value, hierarchy.value, register, options.applicationTags);
  const {workloads: named, applications} = grouped.value;
  const index = indexReferences(named, applications);
  const merged: Facts = {
    workloads: named,
    containers: hierarchy.value,
    hosts: mergeHosts([facts.hosts]),
    principals: mergePrincipals([facts.principals]),
    roleDefinitions: mergeRoles([facts.roleDefinitions]),
    assignments: distinct([facts.assignments]).sort((a, b) => byText(a.id, b.id)),
    policyDocuments: policies.value,
    roots: mergeRoots([facts.roots]),
    edges: mergeEdges([facts.edges]),
    dependencies: [],
    register: [],
    identity: [],
    ...mergeIdentityFacts(facts),
  };
  const dependencies = resolveDependencies(facts.dependencies, named, index);
  const covered = resolveRegister(register, named, index);
  const identity = resolveIdentity(facts.identity, {workloads: named, facts: merged}, index);
  return {
    estate: {
      ...merged,
      dependencies: dependencies.value,
      register: covered.value,
      identity: identity.value,
      applications,
      sources: sources.value.map((intake) => intake.source),
      ledger: sources.value.flatMap((intake) => intake.ledger).sort(byScope),
    },
    provenance: orderProvenance(sources.value),
    findings: [sources, workloads, hierarchy, policies, grouped, dependencies, covered, identity].flatMap(
      (stage) => stage.findings,
    ),
  };
}

/** All lists of one kind of fact behind each other. */
function joined(lists: Facts[]): Facts {
  const facts = emptyFacts();
  for (const key of Object.keys(facts) as (keyof Facts)[]) {
    const all: Record<string, unknown[]> = facts as unknown as Record<string, unknown[]>;
    // Snapshots and intakes of earlier versions do not hold every kind.
    all[key] = lists.flatMap((list) => (list[key] ?? []) as unknown[]);
  }
  return facts;
}

function byScope(a: LedgerScope, b: LedgerScope): number {
  return byText(a.source, b.source) || byText(a.scope, b.scope) || byText(a.api, b.api);
}

/** By fact, then source; sources are already in order, so a stable sort by fact is enough. */
function orderProvenance(intakes: Intake[]): Provenance[] {
  return intakes
    .flatMap((intake) => intake.provenance)
    .sort(
      (a, b) =>
        byText(a.fact, b.fact) ||
        byText(a.source, b.source) ||
        (a.place.row ?? a.place.line ?? 0) - (b.place.row ?? b.place.line ?? 0) ||
        byText(a.place.pointer ?? '', b.place.pointer ?? ''),
    );
}
