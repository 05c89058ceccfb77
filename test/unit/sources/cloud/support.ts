import {expect} from 'vitest';
import type {Decoded, InputFile} from '../../../../src/model/decoded.ts';
import type {Intake} from '../../../../src/model/estate.ts';
import {shapes as aws} from '../../../../src/sources/aws/shapes.ts';
import {shapes as azure} from '../../../../src/sources/azure/shapes.ts';
import {shapes as gcp} from '../../../../src/sources/gcp/shapes.ts';
import type {IntakeHints, Shape} from '../../../../src/sources/shape.ts';

export const ALL_SHAPES: Shape[] = [...azure, ...aws, ...gcp];

export const FILE: InputFile = {
  path: '/x/export.json',
  display: 'export.json',
  sha256: '0'.repeat(64),
  size: 1,
};

/** Ids of all shapes of all clouds that would take the file. */
export function takers(decoded: Decoded): string[] {
  return ALL_SHAPES.filter((shape) => shape.matches(decoded, FILE)).map((shape) => shape.id);
}

/** Reads a JSON value with the one shape that takes it; two takers are a fault. */
export function read(value: unknown, hints: IntakeHints = {}): Intake {
  return readDecoded({kind: 'json', value}, hints);
}

export function readDecoded(decoded: Decoded, hints: IntakeHints = {}): Intake {
  const ids = takers(decoded);
  expect(ids).toHaveLength(1);
  const shape = ALL_SHAPES.find((candidate) => candidate.id === ids[0]);
  if (shape === undefined) throw new Error('no shape');
  const intake = shape.map(decoded, FILE, hints);
  expectSound(intake);
  return intake;
}

/** What every intake promises: sums hold, ids are unique, every fact has a provenance that exists. */
export function expectSound(intake: Intake): void {
  for (const line of intake.ledger) {
    expect(line.rowsIn).toBe(line.kept + line.classified + line.rejected);
    expect(sum(line.classifiedBy)).toBe(line.classified);
    expect(sum(line.rejectedBy)).toBe(line.rejected);
    expect(line.source).toBe(intake.source.id);
  }
  const {facts} = intake;
  for (const list of [
    facts.workloads,
    facts.containers,
    facts.principals,
    facts.assignments,
    facts.policyDocuments,
  ]) {
    const ids = list.map((fact: {id: string}) => fact.id);
    expect(new Set(ids).size).toBe(ids.length);
  }
  const known = new Set(intake.provenance.map((entry) => entry.fact));
  for (const workload of facts.workloads) expect(known.has(workload.id)).toBe(true);
  expect(facts.workloads.length).toBe(intake.ledger.reduce((total, line) => total + line.kept, 0));
}

export function rowsIn(intake: Intake): number {
  return intake.ledger.reduce((total, line) => total + line.rowsIn, 0);
}

export function counts(intake: Intake): Record<string, number> {
  const all: Record<string, number> = {};
  for (const line of intake.ledger) {
    for (const [word, count] of Object.entries({...line.classifiedBy, ...line.rejectedBy}))
      all[word] = (all[word] ?? 0) + count;
  }
  return all;
}

export function codes(intake: Intake): string[] {
  return intake.findings.map((finding) => finding.code);
}

function sum(counted: Record<string, number>): number {
  return Object.values(counted).reduce((total, count) => total + count, 0);
}
