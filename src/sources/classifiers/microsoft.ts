import type {Level} from '../../model/common.ts';
import {field, flag, idText, list, text, texts, type Row} from '../record.ts';
import type {Shape} from '../shape.ts';
import {categoriesOf} from './categories.ts';
import {classifierShape, type Reading} from './classifier-shape.ts';

/** `/subscriptions/<id>/…` in lower case, without what stands below the resource. */
function armSubject(id: string, below?: RegExp): string {
  const lower = id.toLowerCase();
  return `azure:${below === undefined ? lower : lower.replace(below, '')}`;
}

function subscriptionOf(id: string): string | null {
  return /^\/subscriptions\/([^/]+)/i.exec(id)?.[1]?.toLowerCase() ?? null;
}

const ASSESSMENT = /\/providers\/microsoft\.security\/assessments\/.*$/i;

/**
 * Defender CSPM names sensitive data as a risk factor of an assessment. Its absence says nothing: the plan may be off, or
 * the resource not yet discovered.
 */
function readAssessment(row: Row): Reading {
  const id = text(row, 'id');
  if (id === null || !ASSESSMENT.test(id)) return 'no id of an assessment';
  const resource = text(row, 'properties', 'resourceDetails', 'ResourceId') ?? text(row, 'properties', 'resourceDetails', 'Id') ?? text(row, 'properties', 'resourceDetails', 'id');
  const factors = texts(row, 'properties', 'risk', 'riskFactors');
  if (!factors.some((factor) => /^sensitive data$/i.test(factor))) return {classified: 'assessment without sensitive data'};
  const subject = resource?.startsWith('/') === true ? armSubject(resource) : armSubject(id, ASSESSMENT);
  return {
    // Several assessments of one resource say the same: one statement.
    id: `defender:assessments:${id.toLowerCase()}`,
    subject,
    classifier: 'defender',
    level: 2,
    reading: `risk.riskFactors holds Sensitive data (${text(row, 'properties', 'displayName') ?? 'assessment'})`,
    coverage: null,
    collectedAt: text(row, 'properties', 'status', 'statusChangeDate'),
    categories: [],
    labels: [],
    scope: subscriptionOf(id),
  };
} // prettier-ignore

const RANKS: Readonly<Record<string, Level | null>> = {none: null, low: 1, medium: 2, high: 3, critical: 3};

const COLUMN = /\/schemas\/.*$/i;

/** Labels of columns in Azure SQL: the database needs what its most sensitive column needs. */
function readColumn(row: Row): Reading {
  const id = text(row, 'id');
  if (id === null || !COLUMN.test(id)) return 'no id of a column';
  if (/\/sensitivityLabels\/recommended$/i.test(id)) return {classified: 'recommended label'};
  const of = (key: string): string | null => text(row, key) ?? text(row, 'properties', key);
  if ((flag(row, 'isDisabled') ?? flag(row, 'properties', 'isDisabled')) === true) return {classified: 'disabled label'};
  const rank = of('rank');
  const [label, type] = [of('labelName'), of('informationType')];
  const level = rank === null ? null : (RANKS[rank.toLowerCase()] ?? null);
  return {
    id: `sql-classification:${id.toLowerCase()}`,
    subject: armSubject(id, COLUMN),
    classifier: 'sql-classification',
    level,
    reading: [`rank ${rank ?? 'not stated'}`, ...(label === null ? [] : [`label ${label}`]), ...(type === null ? [] : [`type ${type}`])].join(', '),
    coverage: null,
    collectedAt: null,
    categories: categoriesOf(type === null ? [] : [type]),
    labels: level === null && label !== null ? [label] : [],
    scope: subscriptionOf(id),
  };
} // prettier-ignore

/** Where an asset of the data map lives, from its qualified name; null = no kind of store known here. */
export function purviewSubject(qualifiedName: string): string | null {
  const account = /^https:\/\/([a-z0-9]{3,24})\.(?:blob|dfs|file|table|queue)\.core\.windows\.net(?:\/|$)/i.exec(qualifiedName)?.[1];
  if (account !== undefined) return `azure:*/microsoft.storage/storageaccounts/${account.toLowerCase()}`;
  const sql = /^mssql:\/\/([^./]+)\.database\.windows\.net\/([^/]+)/i.exec(qualifiedName);
  if (sql) return `azure:*/microsoft.sql/servers/${sql[1]!.toLowerCase()}/databases/${sql[2]!.toLowerCase()}`;
  const bucket = /^(?:https:\/\/s3\.amazonaws\.com\/|s3:\/\/|arn:aws:s3:::)([^/]+)/i.exec(qualifiedName)?.[1];
  if (bucket !== undefined) return `aws:arn:aws:s3:::${bucket}`;
  if (/^\/subscriptions\//i.test(qualifiedName)) return armSubject(qualifiedName);
  return null;
} // prettier-ignore

/** Assets of the data map: classifications found by scans, and labels. No classification is no statement. */
function readAsset(row: Row): Reading {
  const name = text(row, 'qualifiedName');
  if (name === null) return 'no qualifiedName';
  const found = texts(row, 'classification');
  const labels = list(row, 'label').flatMap((label) => text(label) ?? []);
  const subject = purviewSubject(name);
  if (subject === null) return {classified: 'asset of another kind of store'};
  const categories = categoriesOf(found);
  if (found.length === 0 && labels.length === 0) return {classified: 'asset without classification'};
  return {
    id: `purview:${idText(row, 'id') ?? name}`,
    subject,
    classifier: 'purview',
    level: categories.length > 0 ? 2 : null,
    reading: [...found.map((item) => `classification ${item}`), ...labels.map((label) => `label ${label}`)].join(', '),
    coverage: null,
    collectedAt: epoch(field(row, 'updateTime')),
    categories,
    labels,
    scope: null,
  };
} // prettier-ignore

/** Milliseconds since 1970 → ISO 8601. */
function epoch(value: unknown): string | null {
  if (typeof value !== 'number' || !Number.isFinite(value) || Math.abs(value) > 8.64e15) return null;
  return new Date(value).toISOString();
}

export const microsoftShapes: Shape[] = [
  classifierShape({
    id: 'defender.assessments',
    title: "az graph query -q \"securityresources | where type == 'microsoft.security/assessments'\" --first 1000 -o json",
    api: 'az graph query securityresources',
    cloud: 'azure',
    wrappers: ['data', 'value'],
    tokens: ['skip_token', 'skipToken', '$skipToken', 'nextLink'],
    matches: (row) => ASSESSMENT.test(text(row, 'id') ?? '') && field(row, 'properties') !== undefined,
    read: readAssessment,
  }),
  classifierShape({
    id: 'sql-classification.columns',
    title: 'az sql db classification list --resource-group … --server … --name … -o json',
    api: 'az sql db classification list',
    cloud: 'azure',
    wrappers: ['value'],
    tokens: ['nextLink'],
    matches: (row) => /\/columns\/[^/]+\/sensitivityLabels\/[^/]+$/i.test(text(row, 'id') ?? ''),
    read: readColumn,
  }),
  classifierShape({
    id: 'purview.search',
    title: 'assets of the Purview data map (POST /datamap/api/search/query)',
    api: 'purview search query',
    cloud: 'azure',
    wrappers: ['value'],
    tokens: ['continuationToken'],
    matches: (row) => text(row, 'qualifiedName') !== null && text(row, 'entityType') !== null,
    read: readAsset,
  }),
]; // prettier-ignore
