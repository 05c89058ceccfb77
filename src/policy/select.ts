import type {Finding} from '../model/common.ts';
import type {YamlDocument} from '../model/decoded.ts';
import type {Site} from '../model/site.ts';
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

/** A place about which nothing is known: outcomes are per site, and there may be none. */
const NOWHERE: Site = {
  id: '',
  name: '',
  kind: 'onprem',
  class: 'dedicated',
  receives: false,
  provider: '',
  providerGroup: '',
  region: null,
  country: null,
  jurisdictions: [],
  tenancy: null,
  identityRoots: [],
  logRetentionDays: null,
  externalKeys: null,
  certifications: [],
  services: [],
  capacity: null,
  cost: null,
  matches: [],
  place: {},
};

function somewhere(context: PolicyContext): PolicyContext {
  return context.sites.length > 0 ? context : {...context, sites: [NOWHERE], siteRoots: [[]]};
}
