import {byText, canonicalJson} from '../document/canonical.ts';
import type {Finding, Outcome} from '../model/common.ts';
import type {RegisterEntry, Workload} from '../model/estate.ts';
import {byPlace} from './finding-order.ts';
import type {ReferenceIndex} from './reference-index.ts';
import {collectUnresolved} from './unresolved.ts';

/** Register entries whose `covers` are workload ids, sorted. `entries` must be in a fixed order. */
export function resolveRegister(
  entries: RegisterEntry[],
  workloads: Workload[],
  index: ReferenceIndex,
): Outcome<RegisterEntry[]> {
  const unresolved = collectUnresolved({code: 'BH-EST-040', severity: 'medium', noun: 'reference'});
  const findings: Finding[] = [];
  const value: RegisterEntry[] = [];
  const first = new Map<string, RegisterEntry>();
  for (const entry of entries) {
    const earlier = first.get(entry.id);
    if (earlier) findings.push(twice(entry, earlier));
    else first.set(entry.id, entry);
    const covered = new Set(
      entry.covers.flatMap((reference) => unresolved.workloads(reference, entry.place, index)),
    );
    const covers = [...covered].sort((a, b) => a - b).map((at) => workloads[at]!.id);
    if (covers.length === 0) findings.push(coversNothing(entry));
    value.push({...entry, covers});
  }
  return {value, findings: [...unresolved.findings(index), ...findings]};
}

/** Entries in a fixed order, by id and place. */
export function orderRegister(entries: RegisterEntry[]): RegisterEntry[] {
  return entries.toSorted(
    (a, b) => byText(a.id, b.id) || byPlace(a.place, b.place) || byText(canonicalJson(a), canonicalJson(b)),
  );
}

function twice(entry: RegisterEntry, earlier: RegisterEntry): Finding {
  const where = `${earlier.place.file ?? 'another file'}:${earlier.place.line ?? 0}`;
  return {
    code: 'BH-EST-041',
    severity: 'medium',
    message: `business function \`${entry.id}\` is also described at ${where}; both count`,
    where: entry.place,
    remedy: 'Join the two entries or give one another id.',
  };
}

function coversNothing(entry: RegisterEntry): Finding {
  return {
    code: 'BH-EST-042',
    severity: 'low',
    message: `business function \`${entry.id}\` covers no workload of this inventory`,
    where: entry.place,
    remedy: 'Name its workloads under `covers`, or add the inventory that lists them.',
  };
}
