import {byText} from '../document/canonical.ts';
import type {Finding, Outcome} from '../model/common.ts';
import type {Intake} from '../model/estate.ts';

/**
 * Intakes in a fixed order with source ids made unique: the same content read twice counts once, and two files that
 * happen to get the same id are told apart by the first digits of their hash.
 */
export function distinctSources(intakes: Intake[]): Outcome<Intake[]> {
  const findings: Finding[] = [];
  const ordered = intakes.toSorted(
    (a, b) =>
      byText(a.source.id, b.source.id) ||
      byText(a.source.file, b.source.file) ||
      byText(a.source.sha256, b.source.sha256),
  );
  const read = new Map<string, Intake>();
  const taken = new Set<string>();
  const value: Intake[] = [];
  for (const intake of ordered) {
    const content = `${intake.source.format} ${intake.source.sha256} ${intake.source.scopes.join(' ')}`;
    const earlier = read.get(content);
    if (earlier) {
      findings.push(readTwice(intake, earlier));
      continue;
    }
    read.set(content, intake);
    const unique = taken.has(intake.source.id)
      ? renamed(intake, `${intake.source.id}~${intake.source.sha256.slice(0, 8)}`)
      : intake;
    taken.add(unique.source.id);
    value.push(unique);
  }
  return {value, findings};
}

function readTwice(intake: Intake, earlier: Intake): Finding {
  return {
    code: 'BH-EST-001',
    severity: 'info',
    message: `${intake.source.file} has the same content as ${earlier.source.file} and counts once`,
    where: {file: intake.source.file},
  };
}

function renamed(intake: Intake, id: string): Intake {
  return {
    ...intake,
    source: {...intake.source, id},
    facts: {
      ...intake.facts,
      workloads: intake.facts.workloads.map((workload) => ({...workload, source: id})),
    },
    ledger: intake.ledger.map((line) => ({...line, source: id})),
    provenance: intake.provenance.map((entry) => ({...entry, source: id})),
  };
}
