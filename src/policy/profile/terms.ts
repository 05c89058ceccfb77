import type {Finding, Severity} from '../../model/common.ts';
import type {YamlDocument} from '../../model/decoded.ts';
import type {ExceptionTermsSource} from '../../model/documents/profile.ts';
import type {Setting} from './profile.ts';

/** What exceptions need, as far as a profile is stricter than {@link DEFAULT_TERMS}. */
export interface ExceptionTerms {
  maxDays?: Setting<number>;
  approverSeverity?: Setting<Severity>;
}

/** Without a profile: 365 days at most, and approval by somebody else for rules of severity high and critical. */
export const DEFAULT_TERMS = {maxDays: 365, approverSeverity: 'high'} as const;

/** Order of severities, mildest first. */
export const SEVERITIES: readonly Severity[] = ['info', 'low', 'medium', 'high', 'critical'];

/** Adds the terms of one more profile: the stricter value stays, and a looser one is told. */
export function tighten(
  known: ExceptionTerms,
  given: ExceptionTermsSource,
  profile: string,
  document: YamlDocument,
): {terms: ExceptionTerms; findings: Finding[]} {
  const terms = {...known};
  const findings: Finding[] = [];
  const place = (field: string) => document.place(['spec', 'exceptions', field]);
  const looser = (field: string, value: unknown, stays: Setting<unknown>): Finding => ({
    code: 'BH-POL-017',
    severity: 'low',
    message: `profile ${profile} sets exceptions.${field} to ${String(value)}; the stricter ${String(stays.value)} of profile ${stays.profile} stays`,
    where: {...place(field), id: profile},
    remedy: `Remove it, or agree on another value in profile ${stays.profile}.`,
  });
  const {maxDays, approverSeverity} = given;
  if (maxDays !== undefined) {
    if (known.maxDays && known.maxDays.value < maxDays)
      findings.push(looser('maxDays', maxDays, known.maxDays));
    else terms.maxDays = {value: maxDays, profile, place: place('maxDays')};
  }
  if (approverSeverity !== undefined) {
    const rank = (severity: Severity): number => SEVERITIES.indexOf(severity);
    const stays = known.approverSeverity;
    if (stays && rank(stays.value) < rank(approverSeverity))
      findings.push(looser('approverSeverity', approverSeverity, stays));
    else terms.approverSeverity = {value: approverSeverity, profile, place: place('approverSeverity')};
  }
  return {terms, findings};
}
