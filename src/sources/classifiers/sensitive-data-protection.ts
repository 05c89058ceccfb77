import type {Level} from '../../model/common.ts';
import {field, list, number, text, type Row} from '../record.ts';
import type {Shape} from '../shape.ts';
import {categoriesOf} from './categories.ts';
import {classifierShape, shareOf, type Reading} from './classifier-shape.ts';

/** Scores as the API spells them, and as numbers of the protocol; LOW, MODERATE, HIGH are the scale of FIPS 199. */
const SCORES: Readonly<Record<string, Level | null>> = {
  SENSITIVITY_LOW: 1,
  SENSITIVITY_MODERATE: 2,
  SENSITIVITY_HIGH: 3,
  SENSITIVITY_UNKNOWN: null,
  SENSITIVITY_SCORE_UNSPECIFIED: null,
  '10': 1,
  '20': 2,
  '30': 3,
  '12': null,
  '0': null,
};

const RISKS: Readonly<Record<string, string>> = {
  '10': 'RISK_LOW',
  '12': 'RISK_UNKNOWN',
  '20': 'RISK_MODERATE',
  '30': 'RISK_HIGH',
};

/** A score that the table does not hold is unknown, and named. */
function sensitivity(row: Row): {level: Level | null; reading: string} {
  const raw = field(row, 'sensitivityScore', 'score');
  const word = typeof raw === 'number' ? String(raw) : (text(raw) ?? '');
  const risk = field(row, 'dataRiskLevel', 'score');
  const riskWord = typeof risk === 'number' ? (RISKS[String(risk)] ?? String(risk)) : text(risk);
  const status = number(row, 'profileStatus', 'status', 'code') ?? 0;
  const said = `sensitivityScore ${word === '' ? 'not stated' : word}${riskWord === null ? '' : `, dataRiskLevel ${riskWord}`}`;
  if (status !== 0) {
    return {
      level: null,
      reading: `profileStatus ${status} ${text(row, 'profileStatus', 'status', 'message') ?? ''} (profile failed)`,
    };
  }
  const level = Object.hasOwn(SCORES, word) ? SCORES[word]! : null;
  return {level, reading: level === null ? `${said} (unknown)` : said};
}

function readProfile(row: Row): Reading {
  const full = text(row, 'fullResource') ?? fromParts(row);
  if (full === null) return 'no fullResource';
  const name = text(row, 'name') ?? full;
  const scanned = number(row, 'scannedColumnCount');
  const failed = number(row, 'failedColumnCount') ?? 0;
  const infoTypes = [
    ...list(row, 'predictedInfoTypes'),
    ...list(row, 'otherInfoTypes'),
    ...list(row, 'fileStoreInfoTypeSummaries'),
  ].flatMap((item) => text(item, 'infoType', 'name') ?? []);
  const empty = field(row, 'fileStoreIsEmpty') === true;
  return {
    id: `sensitive-data-protection:${name}`,
    subject: subjectOf(full),
    classifier: 'sensitive-data-protection',
    ...(empty ? {level: null, reading: 'fileStoreIsEmpty (nothing to classify)'} : sensitivity(row)),
    coverage: scanned === null ? null : shareOf(scanned, scanned + failed),
    collectedAt: text(row, 'profileLastGenerated'),
    categories: categoriesOf(infoTypes),
    labels: [],
    scope: text(row, 'projectId') ?? text(row, 'datasetProjectId'),
  };
}

/** Buckets of S3 are profiled as well, under their AWS names. */
function subjectOf(full: string): string {
  const bucket = /^(?:s3:\/\/|arn:aws:s3:::)([^/]+)/.exec(full)?.[1];
  return bucket === undefined ? `gcp:${full}` : `aws:arn:aws:s3:::${bucket}`;
}

function fromParts(row: Row): string | null {
  const [project, set, table] = ['datasetProjectId', 'datasetId', 'tableId'].map((key) => text(row, key));
  return project && set && table
    ? `//bigquery.googleapis.com/projects/${project}/datasets/${set}/tables/${table}`
    : null;
}

/** Resource names of profiles end in this. */
const PROFILE = /\/(?:tableDataProfiles|fileStoreDataProfiles|tableProfiles)\/[^/]+$/;

export const sensitiveDataProtectionShapes: Shape[] = [
  classifierShape({
    id: 'sensitive-data-protection.profiles',
    title: 'table and file store data profiles of Sensitive Data Protection (REST list answers)',
    api: 'dlp dataProfiles list',
    cloud: 'gcp',
    wrappers: ['tableDataProfiles', 'fileStoreDataProfiles'],
    tokens: ['nextPageToken'],
    matches: (row) => PROFILE.test(text(row, 'name') ?? '') && (field(row, 'sensitivityScore') !== undefined || field(row, 'profileStatus') !== undefined),
    read: readProfile,
  }),
]; // prettier-ignore
