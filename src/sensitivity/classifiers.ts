import {byText} from '../document/canonical.ts';
import type {Finding, Level} from '../model/common.ts';
import type {Estate} from '../model/estate.ts';
import type {Classification, SensitivityEvidence} from '../model/sensitivity.ts';
import {findSubjects} from './classified-subjects.ts';
import type {SensitivityRules} from './rules.ts';

/** What classifiers say about one workload. */
export interface Classified {
  evidence: SensitivityEvidence[];
  categories: string[];
  /** Classifiers that could not tell, with the reading. */
  open: string[];
}

/** Meaning of a sensitivity label; null = no rule knows it. */
export type LabelMeaning = (label: string) => {level: Level; categories: string[]} | null;

const CLASSIFIER_CONFIDENCE = 0.7;

/** What one classifier said about one store or a part of one. */
interface Said {
  level: Level | null;
  readings: string[];
  coverage: number | null;
  collectedAt: string | null;
  categories: string[];
}

/**
 * Evidence of rank 3 about confidentiality. What was found counts in full, with the needs of its data categories. That
 * nothing was found counts by the share that was looked at, and below the limit not at all: unknown stays unknown. Readings
 * older than the limit are suspicions (rank 4).
 */
export function readClassifications(
  estate: Estate,
  rules: SensitivityRules,
  now: string,
  label: LabelMeaning,
): {byWorkload: Map<number, Classified>; findings: Finding[]} {
  const records = newest(estate.classifications);
  const subjectOf = findSubjects(estate.workloads);
  const lost = new Map<string, Set<string>>();
  const unmapped = new Map<string, Classification>();
  /** workload → classifier → subject → records */
  const groups = new Map<number, Map<string, Map<string, Classification[]>>>();
  for (const record of records) {
    const index = subjectOf(record.subject);
    if (index === null) add(lost, record.classifier, record.subject);
    else {
      const byClassifier = groups.get(index) ?? new Map<string, Map<string, Classification[]>>();
      const bySubject = byClassifier.get(record.classifier) ?? new Map<string, Classification[]>();
      bySubject.set(record.subject, [...(bySubject.get(record.subject) ?? []), record]);
      byClassifier.set(record.classifier, bySubject);
      groups.set(index, byClassifier);
    }
    for (const text of record.labels) if (label(text) === null) unmapped.set(text, record);
  }
  const byWorkload = new Map<number, Classified>();
  const silent = new Map<string, Set<string>>();
  for (const [index, byClassifier] of groups) {
    const classified: Classified = {evidence: [], categories: [], open: []};
    for (const [classifier, bySubject] of byClassifier) {
      const parts = [...bySubject.values()].map((list) => saidAbout(list, rules, label));
      const whole = together(parts);
      classified.categories.push(...whole.categories);
      const statement = stated(whole, rules.limits, now);
      if (statement === null) {
        classified.open.push(`${classifier}: ${shown(whole.readings)}`);
        add(silent, classifier, estate.workloads[index]!.id);
        continue;
      }
      classified.evidence.push({
        workload: estate.workloads[index]!.id,
        axis: 'c',
        ...statement,
        source: `${classifier}: ${shown(whole.readings)}`,
        coverage: whole.coverage,
        collectedAt: whole.collectedAt,
      });
    }
    byWorkload.set(index, classified);
  }
  return {
    byWorkload,
    findings: [...lostFindings(lost), ...silentFindings(silent), ...labelFindings(unmapped)],
  };
}

/** The latest record of each id. */
function newest(records: readonly Classification[]): Classification[] {
  const latest = new Map<string, Classification>();
  for (const record of records) {
    const known = latest.get(record.id);
    if (!known || (known.collectedAt ?? '') <= (record.collectedAt ?? '')) latest.set(record.id, record);
  }
  return [...latest.values()].sort((a, b) => byText(a.id, b.id));
}

/** Records about one store: what says something stands above what says nothing. */
function saidAbout(list: Classification[], rules: SensitivityRules, label: LabelMeaning): Said {
  const read = list.map((record) => {
    const labels = record.labels.flatMap((text) => label(text) ?? []);
    const categories = [...record.categories, ...labels.flatMap((meaning) => meaning.categories)];
    const needs = categories.map((name) => rules.categories.get(name)?.c ?? 0);
    const levels = [...(record.level === null ? [] : [record.level]), ...labels.map(({level}) => level)];
    const level = levels.length === 0 ? null : (Math.max(...levels, ...needs) as Level);
    // A label is put on the whole, whatever share a scan has looked at.
    return {record, level, categories, coverage: labels.length > 0 ? 1 : record.coverage};
  });
  const telling = read.some(({level}) => level !== null) ? read.filter(({level}) => level !== null) : read;
  return {
    level: highest(telling.map(({level}) => level)),
    readings: telling.map(({record}) => record.reading),
    coverage: telling.reduce<number | null>((most, {coverage}) => maxOf(most, coverage), null),
    collectedAt: telling.reduce<string | null>((at, {record}) => later(at, record.collectedAt), null),
    categories: telling.flatMap(({categories}) => categories),
  };
}

/** Parts of one store: the highest find counts; without one, a single part nobody has looked at leaves the whole open. */
function together(parts: Said[]): Said {
  const level = highest(parts.map((part) => part.level));
  const found = level !== null && level >= 2;
  const counting = found ? parts.filter((part) => part.level === level) : parts;
  const open = !found && parts.some((part) => part.level === null);
  const coverages = counting.map((part) => part.coverage);
  return {
    level: open ? null : level,
    readings: (open ? parts.filter((part) => part.level === null) : counting).flatMap(
      (part) => part.readings,
    ),
    coverage: coverages.includes(null) ? null : Math.min(...(coverages as number[])),
    collectedAt: counting.reduce<string | null>((at, part) => later(at, part.collectedAt), null),
    categories: [...new Set(parts.flatMap((part) => part.categories))].sort(),
  };
}

function stated(
  {level, coverage, collectedAt}: Said,
  limits: SensitivityRules['limits'],
  now: string,
): Pick<SensitivityEvidence, 'level' | 'rank' | 'confidence'> | null {
  if (level === null) return null;
  const stale = collectedAt !== null && daysBetween(collectedAt, now) > limits.classifierDays;
  const share = level >= 2 ? 1 : coverage;
  if (share === null || share < limits.classifierCoverage || (stale && level < 2)) return null;
  return {
    level,
    rank: stale ? 4 : 3,
    confidence: Math.round(CLASSIFIER_CONFIDENCE * share * (stale ? 0.5 : 1) * 1000) / 1000,
  };
}

function daysBetween(from: string, to: string): number {
  const days = (Date.parse(to) - Date.parse(from)) / 86_400_000;
  return Number.isFinite(days) ? days : 0;
}

function highest(levels: (Level | null)[]): Level | null {
  const known = levels.filter((level) => level !== null);
  return known.length === 0 ? null : (Math.max(...known) as Level);
}

function maxOf(a: number | null, b: number | null): number | null {
  return a === null ? b : b === null ? a : Math.max(a, b);
}

function later(a: string | null, b: string | null): string | null {
  return a === null || (b !== null && b > a) ? b : a;
}

function shown(readings: string[]): string {
  const distinct = [...new Set(readings)];
  const more = distinct.length > 3 ? ` and ${distinct.length - 3} more` : '';
  return distinct.slice(0, 3).join('; ') + more;
}

function add(sets: Map<string, Set<string>>, key: string, value: string): void {
  const known = sets.get(key);
  if (known) known.add(value);
  else sets.set(key, new Set([value]));
}

function named(ids: Set<string>): string {
  const sorted = [...ids].sort(byText);
  return sorted.slice(0, 3).join(', ') + (sorted.length > 3 ? ` and ${sorted.length - 3} more` : '');
}

function lostFindings(lost: Map<string, Set<string>>): Finding[] {
  return [...lost].sort(([a], [b]) => byText(a, b)).map(([classifier, ids]) => ({
    code: 'BH-SENS-022',
    severity: 'low',
    message: `${classifier} speaks of ${ids.size} store${ids.size === 1 ? '' : 's'} that no inventory lists: ${named(ids)}`,
    where: {id: [...ids].sort(byText)[0]!},
    remedy: 'Add the inventory of their accounts, subscriptions or projects.',
  }));
} // prettier-ignore

function silentFindings(silent: Map<string, Set<string>>): Finding[] {
  return [...silent].sort(([a], [b]) => byText(a, b)).map(([classifier, ids]) => ({
    code: 'BH-SENS-023',
    severity: 'info',
    message: `${classifier} cannot tell yet how sensitive ${ids.size} store${ids.size === 1 ? ' is' : 's are'} (errors, not yet classified, too little looked at, too old): unknown stays unknown for ${named(ids)}`,
    where: {id: [...ids].sort(byText)[0]!},
    remedy: 'Wait for the next scan, widen what it looks at, or sign a decision in the register.',
  }));
} // prettier-ignore

function labelFindings(unmapped: Map<string, Classification>): Finding[] {
  return [...unmapped].sort(([a], [b]) => byText(a, b)).map(([text, {place}]) => ({
    code: 'BH-SENS-024',
    severity: 'low',
    message: `no rule knows the sensitivity label \`${text}\`: it says nothing`,
    where: place,
    remedy: 'Add it under `tags` of your sensitivity rules, to a rule with the key `sensitivity-label`.',
  }));
} // prettier-ignore
