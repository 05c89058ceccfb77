import {indexGraph} from '../exposure/index-graph.ts';
import type {Finding} from '../model/common.ts';
import type {Estate, Provenance} from '../model/estate.ts';
import type {Exposure, IdentityGraph} from '../model/exposure.ts';
import type {PlanRun} from '../model/plan.ts';
import type {PolicyEvaluation} from '../model/policy.ts';
import type {SensitivityResult} from '../model/sensitivity.ts';
import type {Site} from '../model/site.ts';
import {explainFinding, type FindingExplanation} from './finding.ts';
import {explainIdentity, type IdentityExplanation} from './identity.ts';
import {explainRule, type RuleExplanation} from './rule.ts';
import {findSubject, type Known, type SubjectMatch} from './subject.ts';
import {explainWorkload, type WorkloadExplanation} from './workload.ts';

/** A finished run, as far as explanations read it. */
export interface Explainable {
  estate: Estate;
  provenance: Provenance[];
  sites: Site[];
  sensitivity: SensitivityResult;
  graph: IdentityGraph;
  exposure: Exposure;
  policy: PolicyEvaluation;
  plan: Pick<PlanRun, 'decisions' | 'combined' | 'parameters'>;
  findings: Finding[];
}

export type Explanation = WorkloadExplanation | IdentityExplanation | RuleExplanation | FindingExplanation;

/** Everything that can be asked about: workloads, roots, principals, rules and the finding codes of this run. */
export function subjects(run: Explainable): Known[] {
  const principals = run.graph.nodes.filter((node) => node.kind === 'principal');
  return [
    ...run.estate.workloads.map(({id, name}) => ({kind: 'workload' as const, id, name})),
    ...run.exposure.roots.map(({id, name}) => ({kind: 'root' as const, id, name})),
    ...principals.map(({id, name}) => ({kind: 'principal' as const, id, name})),
    ...run.policy.rules.map(({rule}) => ({kind: 'rule' as const, id: rule.id, name: rule.title})),
    ...[...new Set(run.findings.map((finding) => finding.code))].map((code) => ({
      kind: 'finding' as const,
      id: code,
      name: code,
    })),
  ];
}

/** Finds what `text` names and explains it; at most `limit` chains or cases of each kind. */
export function explain(
  text: string,
  run: Explainable,
  limit: number,
): {explanation: Explanation} | Exclude<SubjectMatch, {subject: Known}> {
  const match = findSubject(text, subjects(run));
  if (!('subject' in match)) return match;
  const {kind, id, name} = match.subject;
  if (kind === 'finding') return {explanation: explainFinding(id, run.findings)};
  if (kind === 'rule') {
    const position = run.policy.rules.findIndex(({rule}) => rule.id === id);
    return {explanation: explainRule(position, run.policy, run.estate.workloads, run.sites, limit)};
  }
  const index = indexGraph(run.graph);
  if (kind !== 'workload') {
    const exposure = run.exposure.roots.find((root) => root.id === id) ?? null;
    return {explanation: explainIdentity({kind, id, name}, exposure, index, limit)};
  }
  const w = run.estate.workloads.findIndex((workload) => workload.id === id);
  const needs = new Map(run.sensitivity.workloads.map((entry) => [entry.workload, entry]));
  const from = {
    workload: run.estate.workloads[w]!,
    provenance: run.provenance,
    sensitivity: run.sensitivity.workloads[w]!,
    needOf: (other: string) => needs.get(other),
    exposure: run.exposure.workloads[w]!,
    decision: run.plan.decisions.find((decision) => decision.workload === id) ?? null,
    combined: run.plan.combined ?? [],
    currency: currencyOf(run.plan.parameters),
  };
  return {explanation: explainWorkload(from, index, limit)};
}

/** ISO 4217 code of all amounts of the plan; null = no site states a price. */
function currencyOf({placement}: PlanRun['parameters']): string | null {
  return (placement as {currency?: string | null} | undefined)?.currency ?? null;
}
