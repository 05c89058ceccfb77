import {expect, test} from 'vitest';
import type {Classification} from '../../../src/model/sensitivity.ts';
import {workload} from '../estate/samples.ts';
import {assess, decision} from './support.ts';

const BUCKET = 'aws:arn:aws:s3:::letters';

function reading(given: Partial<Classification> = {}): Classification {
  return {
    id: `macie:x:${given.subject ?? BUCKET}`,
    subject: BUCKET,
    classifier: 'macie',
    level: 2,
    reading: 'sensitivityScore 88 (sensitive)',
    coverage: null,
    collectedAt: '2026-11-01T00:00:00Z',
    categories: [],
    labels: [],
    place: {file: 'macie.json'},
    ...given,
  };
}

function bucket(readings: Classification[], tags: Record<string, string> = {}, own = '') {
  return assess({workloads: [workload(BUCKET, {name: 'letters', type: 'bucket', tags})], classifications: readings}, {own});
} // prettier-ignore

test('what was found counts in full, nothing found by the share looked at, and unknown stays unknown', () => {
  expect(bucket([reading()]).of('letters').c).toMatchObject({level: 2, lo: 2, hi: 2, confidence: 0.7});
  const clean = {level: 1 as const, reading: 'sensitivityScore 30 (nothing sensitive found)'};
  expect(bucket([reading({...clean, coverage: 0.8})]).of('letters').c).toMatchObject({
    level: 1,
    confidence: 0.56,
  });
  for (const open of [
    reading({level: null, reading: 'sensitivityScore 50 (not yet classified)'}),
    reading({...clean, coverage: 0.1}),
    reading({...clean, coverage: null}),
  ]) {
    const result = bucket([open]);
    expect(result.of('letters')).toMatchObject({c: {level: null, lo: 1, hi: 3}, weight: 0.6});
    expect(result.of('letters').open).toEqual([`macie: ${open.reading}`]);
    expect(result.findings.map(({code}) => code)).toEqual(['BH-SENS-023']);
  }
  const own = '  limits: {classifierCoverage: 0.1}';
  expect(bucket([reading({...clean, coverage: 0.1})], {}, own).of('letters').c.level).toBe(1);
});

test('data categories raise what was found to their need', () => {
  const {of} = bucket([reading({categories: ['secrets']})]);
  expect(of('letters')).toMatchObject({c: {level: 3}, i: {level: null}, categories: ['secrets']});
});

test('a newer reading of the same store replaces an older one; a part nobody looked at leaves the whole open', () => {
  const older = reading({level: null, reading: 'old', collectedAt: '2026-01-01T00:00:00Z'});
  expect(bucket([older, reading()]).of('letters').c.level).toBe(2);
  expect(bucket([reading(), older]).of('letters').c.level).toBe(2);
  const table = (name: string, level: Classification['level']) =>
    reading({id: name, subject: `gcp://bq/d/tables/${name}`, classifier: 'sensitive-data-protection', level, coverage: 1, reading: name});
  const dataset = (...levels: Classification['level'][]) =>
    assess({
      workloads: [workload('gcp://bq/d', {name: 'd', type: 'database'})],
      classifications: levels.map((level, at) => table(`t${at}`, level)),
    }).value.workloads[0]!.c;
  expect(dataset(1, 1)).toMatchObject({level: 1, confidence: 0.7});
  expect(dataset(1, null)).toMatchObject({level: null});
  expect(dataset(1, null, 3)).toMatchObject({level: 3});
}); // prettier-ignore

test('an old reading decays to a suspicion, or to nothing', () => {
  const collectedAt = '2025-01-01T00:00:00Z';
  const found = bucket([reading({collectedAt})]);
  expect(found.of('letters').c).toMatchObject({level: 2, lo: 1, hi: 3, confidence: 0.35});
  expect(found.of('letters').evidence[0]!.rank).toBe(4);
  expect(bucket([reading({collectedAt, level: 1, coverage: 1})]).of('letters').c.level).toBeNull();
});

test('a governed tag ranks above a classifier and is told where it says less; a signed decision two levels away too', () => {
  const tagged = bucket([reading()], {'data-class': 'intern'});
  expect(tagged.of('letters').c).toMatchObject({level: 1, lo: 1, hi: 2});
  expect(tagged.findings.map(({code}) => code)).toEqual(['BH-SENS-014']);
  const signed = assess({
    workloads: [workload(BUCKET, {name: 'letters', type: 'bucket'})],
    classifications: [reading({categories: ['secrets']})],
    register: [decision('letters', [1, null, null])],
  });
  expect(signed.of('letters').c).toMatchObject({level: 1, confidence: 1});
  expect(signed.findings.map(({code, message}) => [code, message.slice(0, 62)])).toEqual([
    ['BH-SENS-010', 'letters: confidentiality is decided normal, but macie: sensiti'],
  ]);
});

test('labels mean what the tag rules say; unknown labels and stores are told', () => {
  const label = (text: string) => bucket([reading({classifier: 'purview', level: null, labels: [text], reading: `label ${text}`})]);
  expect(label('Streng vertraulich').of('letters').c.level).toBe(3);
  expect(label('Rosa').of('letters').c.level).toBeNull();
  expect(label('Rosa').findings.map(({code}) => code)).toEqual(['BH-SENS-023', 'BH-SENS-024']);
  expect(bucket([reading({subject: 'aws:arn:aws:s3:::elsewhere'})]).findings.map(({code}) => code)).toEqual(['BH-SENS-022']);
  const storage = 'azure:/subscriptions/s/resourcegroups/r/providers/microsoft.storage/storageaccounts/acct';
  const found = assess({
    workloads: [workload(storage, {name: 'acct', type: 'bucket'})],
    classifications: [reading({subject: 'azure:*/microsoft.storage/storageaccounts/acct'})],
  });
  expect(found.value.workloads[0]!.c.level).toBe(2);
}); // prettier-ignore
