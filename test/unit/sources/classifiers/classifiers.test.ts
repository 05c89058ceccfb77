import {expect, test} from 'vitest';
import type {Decoded} from '../../../../src/model/decoded.ts';
import {purviewSubject} from '../../../../src/sources/classifiers/microsoft.ts';
import {macieScore} from '../../../../src/sources/classifiers/macie.ts';
import {shapesFor} from '../../../../src/sources/registry.ts';

async function read(value: unknown, {file = 'export.json', scope = undefined as string | undefined} = {}) {
  const decoded: Decoded = {kind: 'json', value};
  const input = {path: file, display: file, sha256: 'x', size: 1};
  const shape = (await shapesFor('json')).find((candidate) => candidate.matches(decoded, input));
  if (!shape) return null;
  const intake = shape.map(decoded, input, scope === undefined ? {} : {scope});
  return {shape: shape.id, intake, found: intake.facts.classifications};
}

test.each([
  [-1, null], [0, null], [1, 1], [49, 1], [50, null], [51, 2], [100, 2], [101, null], [50.5, null], [null, null],
])('Macie score %s', (score, level) => {
  expect(macieScore(score, false).level).toBe(level);
}); // prettier-ignore

const BUCKET = {
  accountId: '111122223333',
  bucketName: 'letters',
  bucketArn: 'arn:aws:s3:::letters',
  classifiableObjectCount: 10,
  objectCount: 20,
  sensitivityScore: 88,
  lastAutomatedDiscoveryTime: '2026-11-01T00:00:00Z',
};

test('Macie buckets: score, account, and errors that say nothing', async () => {
  const answer = {
    buckets: [
      BUCKET,
      {...BUCKET, bucketName: 'b2', bucketArn: 'arn:aws:s3:::b2', sensitivityScore: 50},
      {...BUCKET, bucketName: 'b3', bucketArn: 'arn:aws:s3:::b3', errorCode: 'ACCESS_DENIED', sensitivityScore: -1},
      {...BUCKET, bucketName: 'b4', bucketArn: 'nonsense'},
    ],
    nextToken: 'more',
  };
  const result = (await read(answer))!;
  expect(result.shape).toBe('macie.describe-buckets');
  expect(result.found.map(({subject, level, reading}) => [subject, level, reading])).toEqual([
    ['aws:arn:aws:s3:::letters', 2, 'sensitivityScore 88 (sensitive)'],
    ['aws:arn:aws:s3:::b2', null, 'sensitivityScore 50 (not yet classified)'],
    ['aws:arn:aws:s3:::b3', null, 'errorCode ACCESS_DENIED'],
  ]);
  expect(result.intake.ledger.map(({scope, status, rowsIn, classified, rejected}) => [scope, status, rowsIn, classified, rejected])).toEqual([
    ['*', 'partial', 1, 0, 1],
    ['111122223333', 'partial', 3, 3, 0],
  ]);
  expect(result.intake.facts.workloads).toEqual([]);
}); // prettier-ignore

test('a Macie profile says what share was analysed, and needs to be told whose it is', async () => {
  const profile = {
    profileUpdatedAt: '2026-11-01T00:00:00Z',
    sensitivityScore: 30,
    sensitivityScoreOverridden: false,
    statistics: {totalItemsClassified: 90, totalItemsSkipped: 10},
  };
  const named = (await read(profile, {file: 'macie/resource-profile-letters.json'}))!;
  expect(named.shape).toBe('macie.get-resource-profile');
  expect(named.found[0]).toMatchObject({subject: 'aws:arn:aws:s3:::letters', level: 1, coverage: 0.9});
  expect((await read(profile, {scope: 'arn:aws:s3:::scoped'}))!.found[0]!.subject).toBe('aws:arn:aws:s3:::scoped');
  expect((await read(profile))!.intake.ledger[0]!.rejected).toBe(1);
  const byHand = {...profile, sensitivityScore: 100, sensitivityScoreOverridden: true};
  expect((await read(byHand, {scope: 'arn:aws:s3:::x'}))!.found[0]!.reading).toBe(
    'sensitivityScore 100 (sensitive, set by hand)',
  );
}); // prettier-ignore

test('Macie findings prove what is in a bucket; samples, suppressed and policy findings do not', async () => {
  const finding = {
    id: 'f1',
    accountId: '111122223333',
    category: 'CLASSIFICATION',
    type: 'SensitiveData:S3Object/Multiple',
    severity: {score: 3, description: 'High'},
    sample: false,
    archived: false,
    updatedAt: '2026-11-01T00:00:00Z',
    resourcesAffected: {s3Bucket: {arn: 'arn:aws:s3:::letters', name: 'letters'}, s3Object: {key: 'a.csv'}},
    classificationDetails: {
      result: {
        sensitiveData: [
          {category: 'PERSONAL_INFORMATION', detections: [{type: 'USA_HEALTH_INSURANCE', count: 3}]},
          {category: 'CREDENTIALS', detections: [{type: 'AWS_CREDENTIALS', count: 1}]},
        ],
      },
    },
  };
  const result = (await read({
    findings: [
      finding,
      {...finding, id: 'f2', sample: true},
      {...finding, id: 'f3', archived: true},
      {...finding, id: 'f4', category: 'POLICY', type: 'Policy:IAMUser/S3BucketPublic'},
    ],
  }))!;
  expect(result.found).toHaveLength(1);
  expect(result.found[0]).toMatchObject({level: 2, coverage: 1, categories: ['phi', 'pii', 'secrets']});
});

test('Macie totals change nothing and tell how much is open', async () => {
  const result = (await read({
    bucketCount: 9,
    bucketStatisticsBySensitivity: {sensitive: {totalCount: 2}, notClassified: {totalCount: 7}},
  }))!;
  expect(result.found).toEqual([]);
  expect(result.intake.findings[0]!.message).toContain('2 buckets sensitive, 0 without a find, 7 not yet classified');
}); // prettier-ignore

test('profiles of Sensitive Data Protection, by word and by number; 12 is unknown', async () => {
  const profile = (name: string, score: unknown, given: object = {}) => ({
    name: `projects/p/locations/eu/tableDataProfiles/${name}`,
    fullResource: `//bigquery.googleapis.com/projects/p/datasets/d/tables/${name}`,
    datasetProjectId: 'p',
    sensitivityScore: {score},
    dataRiskLevel: {score: 'RISK_HIGH'},
    profileLastGenerated: '2026-11-01T00:00:00Z',
    scannedColumnCount: '8',
    failedColumnCount: '2',
    ...given,
  });
  const result = (await read({
    tableDataProfiles: [
      profile('t1', 'SENSITIVITY_LOW'),
      profile('t2', 'SENSITIVITY_UNKNOWN'),
      profile('t3', 'SENSITIVITY_MODERATE'),
      profile('t4', 30, {predictedInfoTypes: [{infoType: {name: 'EMAIL_ADDRESS'}}]}),
      profile('t5', 12),
      profile('t6', 'SENSITIVITY_EXTREME'),
      profile('t7', 'SENSITIVITY_HIGH', {profileStatus: {status: {code: 7, message: 'denied'}}}),
    ],
  }))!;
  expect(result.found.map(({level}) => level)).toEqual([1, null, 2, 3, null, null, null]);
  expect(result.found[0]).toMatchObject({coverage: 0.8, subject: 'gcp://bigquery.googleapis.com/projects/p/datasets/d/tables/t1'});
  expect(result.found[3]!.categories).toEqual(['pii']);
  const stores = (await read([
    {
      name: 'projects/p/locations/eu/fileStoreDataProfiles/1',
      fullResource: '//storage.googleapis.com/letters',
      projectId: 'p',
      sensitivityScore: {score: 'SENSITIVITY_LOW'},
      fileStoreIsEmpty: true,
    },
  ]))!;
  expect(stores.found[0]).toMatchObject({level: null, subject: 'gcp://storage.googleapis.com/letters'});
}); // prettier-ignore

const STORAGE = '/subscriptions/S1/resourceGroups/rg/providers/Microsoft.Storage/storageAccounts/letters';

test('Defender names sensitive data as a risk factor; without it nothing is said', async () => {
  const row = (id: string, riskFactors: string[]) => ({
    id: `${STORAGE}/providers/Microsoft.Security/assessments/${id}`,
    type: 'microsoft.security/assessments',
    properties: {displayName: 'Public access should be off', risk: {level: 'High', riskFactors}},
  });
  const result = (await read({
    count: 2,
    total_records: 2,
    data: [row('a1', ['Exposure to the internet', 'Sensitive data']), row('a2', [])],
  }))!;
  expect(result.shape).toBe('defender.assessments');
  expect(result.found.map(({subject, level}) => [subject, level])).toEqual([[`azure:${STORAGE.toLowerCase()}`, 2]]);
}); // prettier-ignore

test('labels of SQL columns count for the database; recommended and disabled ones do not', async () => {
  const db = '/subscriptions/s1/resourceGroups/rg/providers/Microsoft.Sql/servers/sql1/databases/crm';
  const column = (name: string, given: object, label = 'current') => ({
    id: `${db}/schemas/dbo/tables/t/columns/${name}/sensitivityLabels/${label}`,
    ...given,
  });
  const result = (await read([
    column('mail', {rank: 'Medium', informationType: 'Contact Info', labelName: 'Confidential - GDPR'}),
    column('card', {rank: 'High', informationType: 'Credit Card'}, 'recommended'),
    column('key', {rank: 'Critical', isDisabled: true}),
    column('city', {labelName: 'General'}),
  ]))!;
  expect(result.found.map(({subject, level, categories, labels}) => [subject, level, categories, labels])).toEqual([
    [`azure:${db.toLowerCase()}`, 2, ['pii'], []],
    [`azure:${db.toLowerCase()}`, null, [], ['General']],
  ]);
}); // prettier-ignore

test('assets of the Purview data map by their qualified names', async () => {
  const result = (await read({
    '@search.count': 3,
    value: [
      {id: '1', qualifiedName: 'https://letters.blob.core.windows.net/in/a.csv', entityType: 'azure_blob_path', classification: ['MICROSOFT.PERSONAL.EMAIL'], label: ['Vertraulich'], updateTime: 1_790_000_000_000},
      {id: '2', qualifiedName: 'https://letters.blob.core.windows.net/in/b.csv', entityType: 'azure_blob_path'},
      {id: '3', qualifiedName: 'powerbi://reports/1', entityType: 'powerbi_report', classification: ['MICROSOFT.PERSONAL.EMAIL']},
    ],
  }))!;
  expect(result.shape).toBe('purview.search');
  expect(result.found.map(({subject, level, labels}) => [subject, level, labels])).toEqual([
    ['azure:*/microsoft.storage/storageaccounts/letters', 2, ['Vertraulich']],
  ]);
  expect(purviewSubject('mssql://Sql1.database.windows.net/CRM/dbo/t')).toBe(
    'azure:*/microsoft.sql/servers/sql1/databases/crm',
  );
}); // prettier-ignore

test('answers of other tools are left to others', async () => {
  expect(await read({buckets: [{name: 'x'}]})).toBeNull();
  expect((await read({Buckets: [{Name: 'x', CreationDate: '2026-01-01'}]}))?.shape).not.toMatch(/^macie/);
  expect((await read([{id: STORAGE, type: 'Microsoft.Storage/storageAccounts', location: 'x', name: 'letters'}]))?.shape).toBe('azure.resource-list');
}); // prettier-ignore
