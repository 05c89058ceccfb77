import type {Finding} from '../model/common.ts';
import type {Intake} from '../model/estate.ts';
import {REDACTED, redactNamed, redactText} from './redact.ts';

/** A record of facts, seen only as fields. */
type Fields = Record<string, unknown>;

/** Fields of free text by collection. Ids are not among them: records are joined by them. */
const TEXT_FIELDS: Partial<Record<keyof Intake['facts'], readonly string[]>> = {
  workloads: ['name', 'application', 'os', 'region', 'nativeType'],
  containers: ['name'],
  hosts: ['name', 'domain', 'version'],
  principals: ['name'],
  roots: ['name'],
  credentials: ['name'],
  identityProviders: ['name'],
  permissionSets: ['name'],
  appRegistrations: ['name'],
  answers: ['because', 'by'],
  dependencies: ['from', 'to'],
};

/** Lists of named texts of a record. */
const NAMED_FIELDS = ['tags', 'attributes'] as const;

/**
 * The last gate before facts enter the model: text that looks like a secret is removed from names, systems, tags and
 * messages, whichever source it came from. Mappers remove what they know to be free text already; this finds the rest.
 */
export function redactIntake(intake: Intake): Intake {
  let hits = 0;
  const clean = (text: string): string => {
    const redacted = redactText(text);
    hits += redacted.hits;
    return redacted.text;
  };
  const cleanNamed = (named: Fields): Fields => {
    let changed = false;
    const entries = Object.entries(named).map(([key, value]): [string, unknown] => {
      if (typeof value !== 'string' || value === REDACTED) return [key, value];
      const redacted = redactNamed(key, value);
      const name = redactText(key);
      hits += redacted.hits + name.hits;
      changed ||= redacted.hits + name.hits > 0;
      return [name.text, redacted.text];
    });
    return changed ? Object.fromEntries(entries) : named;
  };
  const cleanRecord = (record: Fields, fields: readonly string[]): Fields => {
    const changes: Fields = {};
    for (const field of fields) {
      const value = record[field];
      const text = typeof value === 'string' ? clean(value) : value;
      if (text !== value) changes[field] = text;
    }
    for (const field of NAMED_FIELDS) {
      const value = record[field];
      const named = typeof value === 'object' && value !== null ? cleanNamed(value as Fields) : value;
      if (named !== value) changes[field] = named;
    }
    return Object.keys(changes).length > 0 ? {...record, ...changes} : record;
  };
  const facts: Fields = {...intake.facts};
  for (const [collection, fields] of Object.entries(TEXT_FIELDS))
    facts[collection] = (facts[collection] as Fields[]).map((record) => cleanRecord(record, fields));
  const findings = redactFindings(intake.findings);
  return {
    ...intake,
    facts: facts as unknown as Intake['facts'],
    findings: hits > 0 ? [...findings, removed(intake, hits)] : findings,
  };
}

/** Findings quote what they complain about; a quoted secret is one that was copied. */
export function redactFindings(findings: Finding[]): Finding[] {
  return findings.map((finding) => {
    const {text, hits} = redactText(finding.message);
    return hits > 0 ? {...finding, message: text} : finding;
  });
}

function removed(intake: Intake, hits: number): Finding {
  return {
    code: 'BH-SRC-220',
    severity: 'low',
    message: `${hits} ${hits === 1 ? 'passage' : 'passages'} in names and descriptions looked like a secret and were not taken over`,
    where: {file: intake.source.file},
    remedy: 'Change the secret and remove it from the name; the export itself still holds it.',
  };
}
