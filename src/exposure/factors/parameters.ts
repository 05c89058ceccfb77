import type {z} from 'zod';
import {checkDocument} from '../../document/check.ts';
import type {Finding, Outcome} from '../../model/common.ts';
import type {YamlDocument} from '../../model/decoded.ts';
import {riskFactorsDocument} from '../../model/documents/risk-factors.ts';

/** Thresholds and reasons of the risk factors, as the document states them. */
export type RiskFactors = z.infer<typeof riskFactorsDocument>['spec'];

export type FactorName = keyof RiskFactors['factors'];

/** Codes are a contract, so they are not data. */
export const FACTOR_CODES: Record<FactorName, string> = {
  keyAge: 'BH-FAC-001',
  expiredCredential: 'BH-FAC-002',
  unusedKey: 'BH-FAC-003',
  personalKey: 'BH-FAC-004',
  rootKey: 'BH-FAC-005',
  noSecondFactor: 'BH-FAC-006',
  logRetention: 'BH-FAC-007',
  debugReachesProduction: 'BH-FAC-008',
  exposedNeed: 'BH-FAC-009',
  plainSecret: 'BH-FAC-010',
  serviceAccountKeyAge: 'BH-FAC-011',
  signingKeyAge: 'BH-FAC-012',
  longValidity: 'BH-FAC-013',
};

/** Factors from `kind: RiskFactors` documents; the last valid one wins. Null (with a finding) when there is none. */
export function parseRiskFactors(documents: YamlDocument[]): Outcome<RiskFactors | null> {
  const findings: Finding[] = [];
  let value: RiskFactors | null = null;
  for (const document of documents) {
    const checked = checkDocument(riskFactorsDocument, document);
    findings.push(...checked.findings);
    if (checked.value !== null) value = checked.value.spec;
  }
  if (value === null)
    findings.push({
      code: 'BH-FAC-020',
      severity: 'medium',
      message:
        'no valid RiskFactors document: key age, log retention and the other factors are not looked at',
      where: {},
      remedy: 'Correct the document, or leave it out to use the shipped one.',
      partial: true,
    });
  return {value, findings};
}
