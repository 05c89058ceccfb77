import type {Finding, Level} from '../model/common.ts';
import type {Estate, RegisterEntry} from '../model/estate.ts';
import type {SensitivityEvidence} from '../model/sensitivity.ts';
import {distributed, distributionFindings} from './distribution.ts';
import {AXES, type SensitivityRules} from './rules.ts';

/** What the register says about one workload. */
export interface Registered {
  evidence: SensitivityEvidence[];
  categories: string[];
  /** Highest criticality of the functions that cover it. */
  criticality: number;
}

const STATED_CONFIDENCE = 0.9;

/**
 * Signed decisions (rank 1; rank 2 once older than twelve months at `now` or dated after it), stated data categories (rank 2) and
 * criticality per workload id.
 */
export function readRegister(
  estate: Estate,
  rules: SensitivityRules,
  now: string,
): {byWorkload: Map<string, Registered>; findings: Finding[]} {
  const byWorkload = new Map<string, Registered>();
  const findings: Finding[] = [];
  const expiry = yearsBefore(now);
  for (const entry of estate.register) {
    const early = entry.sensitivity !== null && entry.sensitivity.date.slice(0, 10) > now.slice(0, 10);
    const stale = entry.sensitivity !== null && (early || entry.sensitivity.date < expiry);
    if (stale && entry.covers.length > 0) findings.push(early ? notYet(entry) : expired(entry));
    findings.push(...distributionFindings(entry, estate, now, expiry));
    for (const id of entry.covers) {
      let registered = byWorkload.get(id);
      if (!registered) byWorkload.set(id, (registered = {evidence: [], categories: [], criticality: 0}));
      registered.criticality = Math.max(registered.criticality, entry.criticality);
      registered.categories.push(...entry.dataCategories);
      registered.evidence.push(
        ...decided(entry, id, stale, early),
        ...distributed(entry, id, now, expiry),
        ...byCategory(entry, id, rules),
      );
    }
    for (const category of entry.dataCategories) {
      if (!rules.categories.has(category.toLowerCase()))
        findings.push(unknownCategory(entry, category, rules));
    }
  }
  return {byWorkload, findings};
}

function decided(
  entry: RegisterEntry,
  workload: string,
  stale: boolean,
  early: boolean,
): SensitivityEvidence[] {
  const decision = entry.sensitivity;
  if (!decision) return [];
  const source = `register ${entry.id}, signed by ${decision.decidedBy} on ${decision.date}: ${decision.reason}`;
  return AXES.flatMap((axis) => {
    const level = decision[axis];
    if (level === null) return [];
    return [
      {
        workload,
        axis,
        level: level as Level,
        rank: stale ? (2 as const) : (1 as const),
        source: stale ? `${source} (${early ? 'in the future' : 'older than 12 months'})` : source,
        confidence: stale ? STATED_CONFIDENCE : 1,
      },
    ];
  });
}

function byCategory(entry: RegisterEntry, workload: string, rules: SensitivityRules): SensitivityEvidence[] {
  return entry.dataCategories.flatMap((category) => {
    const needs = rules.categories.get(category.toLowerCase()) ?? {};
    return AXES.flatMap((axis) => {
      const level = needs[axis];
      if (level === undefined) return [];
      const source = `register ${entry.id}, data category ${category}`;
      return [{workload, axis, level, rank: 2 as const, source, confidence: STATED_CONFIDENCE}];
    });
  });
}

/** The day twelve months before a date or time, both ISO 8601. */
function yearsBefore(now: string): string {
  const year = Number(now.slice(0, 4)) - 1;
  return `${String(year).padStart(4, '0')}${now.slice(4, 10)}`;
}

function expired(entry: RegisterEntry): Finding {
  const {decidedBy, date} = entry.sensitivity!;
  return {
    code: 'BH-SENS-011',
    severity: 'low',
    message: `the sensitivity decision of ${decidedBy} for \`${entry.id}\` (${date}) is older than 12 months: it counts as a stated need only and no longer holds back what machines find`,
    where: entry.place,
    remedy: 'Confirm the decision and renew its date.',
  };
}

function notYet(entry: RegisterEntry): Finding {
  const {decidedBy, date} = entry.sensitivity!;
  return {
    code: 'BH-SENS-013',
    severity: 'medium',
    message: `the sensitivity decision of ${decidedBy} for \`${entry.id}\` is dated ${date}, after this run: it counts as a stated need only`,
    where: entry.place,
    remedy: 'Correct the date.',
  };
}

function unknownCategory(entry: RegisterEntry, category: string, rules: SensitivityRules): Finding {
  return {
    code: 'BH-SENS-012',
    severity: 'low',
    message: `data category \`${category}\` of \`${entry.id}\` has no need assigned; it is kept as a label only`,
    where: entry.place,
    remedy: `Use one of ${[...rules.categories.keys()].join(', ')}, or add it under \`categories\` of your sensitivity rules.`,
  };
}
