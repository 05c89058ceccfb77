import type {Finding, Level} from '../../model/common.ts';
import {field, flag, idText, list, number, text, type Row} from '../record.ts';
import type {Shape} from '../shape.ts';
import {categoriesOf} from './categories.ts';
import {classifierShape, shareOf, type Reading} from './classifier-shape.ts';

const TOKENS = ['nextToken', 'NextToken'];

/**
 * Sensitivity score of a bucket: −1 = Macie could not read it, 1–49 = nothing sensitive found, 50 = not yet classified,
 * 51–100 = sensitive. 50 is no middle: it says that nobody has looked.
 */
export function macieScore(
  score: number | null,
  overridden: boolean,
): {level: Level | null; reading: string} {
  const said = `sensitivityScore ${score ?? '–'}`;
  const by = overridden ? ', set by hand' : '';
  if (score === null || !Number.isInteger(score)) return {level: null, reading: 'no sensitivityScore'};
  if (score === -1) return {level: null, reading: `${said} (classification error)`};
  if (score === 50) return {level: null, reading: `${said} (not yet classified${by})`};
  if (score >= 1 && score <= 49) return {level: 1, reading: `${said} (nothing sensitive found${by})`};
  if (score >= 51 && score <= 100) return {level: 2, reading: `${said} (sensitive${by})`};
  return {level: null, reading: `${said} (outside the scale)`};
}

function bucketId(arn: string | null, name: string | null): string | null {
  if (arn !== null) return /^arn:aws[a-z-]*:s3:::[^/]+$/.test(arn) ? `aws:${arn}` : null;
  return name === null ? null : `aws:arn:aws:s3:::${name}`;
}

function readBucket(row: Row): Reading {
  const subject = bucketId(text(row, 'bucketArn'), text(row, 'bucketName'));
  if (subject === null) return 'no bucket name or ARN';
  const error = text(row, 'errorCode');
  const score = macieScore(number(row, 'sensitivityScore'), false);
  return {
    id: `macie:describe-buckets:${subject}`,
    subject,
    classifier: 'macie',
    level: error === null ? score.level : null,
    reading: error === null ? score.reading : `errorCode ${error}`,
    // What can be analysed bounds what was: it is no statement about what was.
    coverage: null,
    collectedAt: text(row, 'lastAutomatedDiscoveryTime') ?? text(row, 'lastUpdated'),
    categories: [],
    labels: [],
    scope: idText(row, 'accountId'),
  };
}

/** `get-resource-profile` does not repeat which bucket it was asked for: the workspace or the file name says so. */
function readProfile(
  row: Row,
  _at: string,
  {file, hints}: {file: {display: string}; hints: {scope?: string}},
): Reading {
  const named = hints.scope?.startsWith('arn:') ? hints.scope : null;
  const stem = /(?:^|[\\/])(?:macie-)?resource-profile[-_.]([a-z0-9][a-z0-9.-]{1,61}[a-z0-9])\.json$/.exec(
    file.display,
  )?.[1];
  const subject = bucketId(named, stem ?? null);
  if (subject === null)
    return 'it does not say which bucket: set `scope` to its ARN, or name the file resource-profile-BUCKET.json';
  const classified = number(row, 'statistics', 'totalItemsClassified');
  const skipped = number(row, 'statistics', 'totalItemsSkipped') ?? 0;
  const overridden = flag(row, 'sensitivityScoreOverridden') === true;
  return {
    id: `macie:get-resource-profile:${subject}`,
    subject,
    classifier: 'macie',
    ...macieScore(number(row, 'sensitivityScore'), overridden),
    coverage: classified === null ? null : shareOf(classified, classified + skipped),
    collectedAt: text(row, 'profileUpdatedAt'),
    categories: [],
    labels: [],
    scope: null,
  };
}

function readFinding(row: Row): Reading {
  if (text(row, 'category') !== 'CLASSIFICATION') return {classified: 'policy finding'};
  if (flag(row, 'sample') === true) return {classified: 'sample finding'};
  if (flag(row, 'archived') === true) return {classified: 'suppressed finding'};
  const bucket = field(row, 'resourcesAffected', 's3Bucket');
  const subject = bucketId(text(bucket, 'arn'), text(bucket, 'name'));
  if (subject === null) return 'no bucket under resourcesAffected';
  const id = text(row, 'id');
  if (id === null) return 'no finding id';
  const found = list(row, 'classificationDetails', 'result', 'sensitiveData').flatMap((item) => [
    ...(text(item, 'category') === null ? [] : [text(item, 'category')!]),
    ...list(item, 'detections').flatMap((detection) => text(detection, 'type') ?? []),
  ]);
  return {
    id: `macie:finding:${id}`,
    subject,
    classifier: 'macie',
    level: 2,
    reading: `finding ${text(row, 'type') ?? 'SensitiveData'} (${text(row, 'severity', 'description') ?? 'no severity'})`,
    // The object was read: what is in it is in the bucket.
    coverage: 1,
    collectedAt: text(row, 'updatedAt') ?? text(row, 'createdAt'),
    categories: categoriesOf(found),
    labels: [],
    scope: idText(row, 'accountId'),
  };
}

const CLASSES = ['classificationError', 'notClassified', 'notSensitive', 'sensitive'] as const;

/** Totals of an account name no bucket; they tell how much of it has been looked at. */
function totals(row: Row, where: Finding['where']): Finding {
  const [error, open, not, sensitive] = CLASSES.map(
    (key) => number(row, 'bucketStatisticsBySensitivity', key, 'totalCount') ?? 0,
  ) as [number, number, number, number];
  return {
    code: 'BH-SRC-260',
    severity: 'info',
    message: `Macie: ${sensitive} buckets sensitive, ${not} without a find, ${open} not yet classified, ${error} unreadable. Totals name no bucket, so they change no need`,
    where,
    remedy: 'Import the answer of `aws macie2 describe-buckets` as well.',
  };
}

export const macieShapes: Shape[] = [
  classifierShape({
    id: 'macie.describe-buckets',
    title: 'aws macie2 describe-buckets',
    api: 'macie2 describe-buckets',
    cloud: 'aws',
    wrappers: ['buckets', 'matchingResources'],
    tokens: TOKENS,
    matches: (row) => {
      const bucket = field(row, 'matchingBucket') ?? row;
      return text(bucket, 'bucketName') !== null && (number(bucket, 'sensitivityScore') !== null || number(bucket, 'classifiableObjectCount') !== null || text(bucket, 'errorCode') !== null);
    },
    read: (row) => readBucket((field(row, 'matchingBucket') as Row | undefined) ?? row),
  }),
  classifierShape({
    id: 'macie.get-resource-profile',
    title: 'aws macie2 get-resource-profile --resource-arn …',
    api: 'macie2 get-resource-profile',
    cloud: 'aws',
    wrappers: [],
    single: true,
    tokens: [],
    matches: (row) => number(row, 'sensitivityScore') !== null && (field(row, 'sensitivityScoreOverridden') !== undefined || number(row, 'statistics', 'totalItemsClassified') !== null),
    read: readProfile,
  }),
  classifierShape({
    id: 'macie.get-findings',
    title: 'aws macie2 get-findings --finding-ids …',
    api: 'macie2 get-findings',
    cloud: 'aws',
    wrappers: ['findings'],
    tokens: TOKENS,
    matches: (row) => field(row, 'resourcesAffected') !== undefined && /^(?:SensitiveData|Policy):/.test(text(row, 'type') ?? ''),
    read: readFinding,
  }),
  classifierShape({
    id: 'macie.get-bucket-statistics',
    title: 'aws macie2 get-bucket-statistics',
    api: 'macie2 get-bucket-statistics',
    cloud: 'aws',
    wrappers: [],
    single: true,
    tokens: [],
    matches: (row) => number(row, 'bucketCount') !== null && field(row, 'bucketStatisticsBySensitivity') !== undefined,
    read: (row, at, {draft}) => {
      draft.find(totals(row, draft.place(at)));
      return {classified: 'totals of an account'};
    },
  }),
]; // prettier-ignore
