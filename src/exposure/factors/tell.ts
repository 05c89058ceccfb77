import type {Finding, Severity} from '../../model/common.ts';
import {FACTOR_CODES} from './parameters.ts';
import type {FactorName, RiskFactors} from './parameters.ts';

/** One thing measured: what it is about, the value with its unit, and the field that says so. */
export interface Measured {
  about: string;
  /** A sentence without its end: `access key 1 is 120 days old`. */
  says: string;
  evidence: string;
  /** When the fact itself asks for another one than the document states. */
  severity?: Severity;
}

/** Turns what was measured into findings that name the threshold, the incident that taught it, and the way out. */
export function tell(name: FactorName, {factors}: RiskFactors, measured: readonly Measured[]): Finding[] {
  const {threshold, because, remedy, severity} = factors[name];
  const limit = `${threshold.value} ${unitOf(threshold.unit, threshold.value)}`;
  const taught = `${because.incident}: ${because.lesson} (${because.source}, ${because.date})`;
  return measured.map(({about, says, evidence, severity: own}) => ({
    code: FACTOR_CODES[name],
    severity: own ?? severity,
    message: `${says}; threshold ${limit}. ${evidence}. Why it matters: ${taught}.`,
    where: {id: about},
    remedy,
  }));
}

/** `1 day`, `2 days`; levels are numbered, not counted. */
export function counted(value: number, unit: string): string {
  return `${value} ${unitOf(unit, value)}`;
}

function unitOf(unit: string, value: number): string {
  return value === 1 && unit.endsWith('s') ? unit.slice(0, -1) : unit;
}

/** Whole days from `from` to `to` (ISO 8601), rounded down; null when either is no time. Negative = `from` is later. */
export function daysBetween(from: string | null, to: string): number | null {
  if (from === null) return null;
  const span = Date.parse(to) - Date.parse(from);
  return Number.isNaN(span) ? null : Math.floor(span / 86_400_000);
}
