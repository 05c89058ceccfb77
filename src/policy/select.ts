import type {Finding} from '../model/common.ts';
import type {YamlDocument} from '../model/decoded.ts';
import {undescribedSite} from './undescribed-site.ts';
import type {PolicyContext} from './context.ts';
import {evaluatePolicies} from './evaluate.ts';
import {loadPolicies} from './parse.ts';

/** Workloads by index for which an expression is true, and those for which a field it reads is missing. */
export interface Selection {
  matches: number[];
  unknown: number[];
  findings: Finding[];
}

/**
 * Evaluates one condition over all workloads with the semantics of rules (a missing field is unknown, not false).
 * `findings` holds the problems of an expression that does not type-check; nothing is selected then.
 */
export async function selectWorkloads(expression: string, context: PolicyContext): Promise<Selection> {
  const rule = {
    id: 'SELECT',
    title: 'selection',
    severity: 'info',
    effect: 'forbid',
    when: expression,
    onUnknown: 'ignore',
  };
  const document: YamlDocument = {
    value: {
      apiVersion: 'bulkhead.dev/v1alpha1',
      kind: 'PlacementPolicy',
      metadata: {name: 'selection'},
      spec: {rules: [rule]},
    },
    place: () => ({file: '--where'}),
    scalarPlace: (_path, offset) => ({file: '--where', line: 1, col: offset + 1}),
  };
  const {value: set, findings} = await loadPolicies([{file: '--where', pack: null, documents: [document]}]);
  if (findings.length > 0) return {matches: [], unknown: [], findings};
  // `current` is looked up among all sites; `site` means nothing here, so the first one's outcome is everybody's.
  const [evaluation] = evaluatePolicies(set, somewhere(context)).rules;
  const selection: Selection = {matches: [], unknown: [], findings: []};
  evaluation?.tupleOf.forEach((tuple, workload) => {
    const outcome = evaluation.tuples[tuple]!.outcomes[0];
    if (outcome === 'fail') selection.matches.push(workload);
    if (outcome === 'unknown') selection.unknown.push(workload);
  });
  return selection;
}

/** Outcomes are per site, and there may be none: then a place stands in about which nothing is known. */
function somewhere(context: PolicyContext): PolicyContext {
  return context.sites.length > 0 ? context : {...context, sites: [undescribedSite('')], siteRoots: [[]]};
}
