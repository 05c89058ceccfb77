import type {Finding, Place} from '../../model/common.ts';
import type {Estate, Provenance} from '../../model/estate.ts';
import type {IdentityGraph} from '../../model/exposure.ts';
import type {SensitivityResult} from '../../model/sensitivity.ts';
import type {Site} from '../../model/site.ts';
import type {GraphIndex} from '../index-graph.ts';
import {measureCredentials} from './credentials.ts';
import {measureDebugReach} from './debug-reach.ts';
import {measureTicketKeys} from './directories.ts';
import type {FactorName, RiskFactors} from './parameters.ts';
import {tell} from './tell.ts';
import type {Measured} from './tell.ts';
import {measureExposure, measureLogRetention, measurePlainSecrets} from './workloads.ts';

/** What the factors look at. */
export interface FactorInput {
  estate: Estate;
  provenance: readonly Provenance[];
  graph: IdentityGraph;
  /** Of the graph, where there is one already. */
  index?: GraphIndex;
  sensitivity: SensitivityResult;
  sites: readonly Site[];
  /** Site index per workload, −1 = none. */
  siteOf: Int32Array;
  /** ISO 8601. */
  now: string;
  /** The workspace's threshold for log retention in days; undefined = the document's. */
  logRetentionDays?: number;
}

/**
 * Risk factors the incidents taught, as findings: single facts with a threshold. None of them enters the score. The order is
 * by code, then by what it is about.
 */
export function findRiskFactors(input: FactorInput, stated: RiskFactors): Finding[] {
  const {estate, graph, sensitivity, sites, siteOf, now} = input;
  const factors = withRetention(stated, input.logRetentionDays);
  const credentials = measureCredentials(estate, factors, now);
  const measured: Partial<Record<FactorName, Measured[]>> = {
    ...credentials,
    signingKeyAge: [...(credentials.signingKeyAge ?? []), ...measureTicketKeys(estate, factors, now)],
    logRetention: measureLogRetention(sites, new Set(siteOf), factors.factors.logRetention.threshold.value),
    exposedNeed: measureExposure(estate, sensitivity, factors),
    plainSecret: measurePlainSecrets(estate, factors),
    debugReachesProduction: isOn(factors, 'debugReachesProduction')
      ? measureDebugReach(estate, graph, factors, input.index)
      : [],
  };
  const findings = (Object.entries(measured) as [FactorName, Measured[]][]).flatMap(([name, found]) =>
    isOn(factors, name) ? tell(name, factors, found) : [],
  );
  return placed(findings, input.provenance).sort(
    (a, b) => compare(a.code, b.code) || compare(a.where.id ?? '', b.where.id ?? ''),
  );
}

function isOn({factors}: RiskFactors, name: FactorName): boolean {
  return factors[name].enabled !== false;
}

function withRetention(stated: RiskFactors, days: number | undefined): RiskFactors {
  if (days === undefined) return stated;
  const {logRetention} = stated.factors;
  return {
    ...stated,
    factors: {
      ...stated.factors,
      logRetention: {...logRetention, threshold: {...logRetention.threshold, value: days}},
    },
  };
}

/** Adds where the fact was read, for the facts that are told. */
function placed(findings: Finding[], provenance: readonly Provenance[]): Finding[] {
  const wanted = new Set(findings.map(({where}) => where.id));
  const places = new Map<string, Place>();
  for (const {fact, place} of provenance) if (wanted.has(fact) && !places.has(fact)) places.set(fact, place);
  return findings.map((finding) => {
    const place = places.get(finding.where.id ?? '');
    return place === undefined ? finding : {...finding, where: {...place, ...finding.where}};
  });
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
