import type {Decoded, InputFile} from '../../model/decoded.ts';
import type {Intake} from '../../model/estate.ts';
import {CODES} from '../draft-findings.ts';
import {createDraft} from '../draft.ts';
import type {Draft} from '../draft.ts';
import {field, idText, isRow, list, someRow, text} from '../record.ts';
import type {Row} from '../record.ts';
import type {IntakeHints, Shape} from '../shape.ts';
import {mapAuthorizationDetails} from './map-authorization.ts';
import {mapFunction, mapInstance} from './map-compute.ts';
import {mapBucket, mapDbCluster, mapDbInstance} from './map-data.ts';
import {mapAccountRow, mapOrganization, mapRootRow, mapUnitRow, parentFromHint} from './map-organization.ts';

/** AWS CLI answers. Each carries a list of its own name, so no two shapes accept one file. */
export const shapes: Shape[] = [
  shape({
    id: 'aws.authorization-details',
    title: 'aws iam get-account-authorization-details',
    api: 'iam get-account-authorization-details',
    matches: (value) =>
      ['UserDetailList', 'RoleDetailList', 'GroupDetailList'].some((key) => Array.isArray(value[key])),
    read: (draft, value, hints) => mapAuthorizationDetails(draft, value, hints.scope),
  }),
  shape({
    id: 'aws.organization-accounts',
    title: 'aws organizations list-accounts (or list-accounts-for-parent)',
    api: 'organizations list-accounts',
    matches: (value) => isListOf(value, 'Accounts', (row) => text(row, 'Id') !== null && has(row, 'Arn')),
    read(draft, value, hints) {
      const parent = parentFromHint(hints.scope);
      eachRow(value, 'Accounts', (row, at) =>
        isRow(row)
          ? mapAccountRow(draft, row, at, orgScope(row), parent)
          : draft.reject('*', 'not an object', at),
      );
    },
  }),
  shape({
    id: 'aws.organizational-units',
    title: 'aws organizations list-organizational-units-for-parent',
    api: 'organizations list-organizational-units-for-parent',
    matches: (value) => Array.isArray(value['OrganizationalUnits']),
    read(draft, value, hints) {
      const parent = parentFromHint(hints.scope);
      eachRow(value, 'OrganizationalUnits', (row, at) =>
        isRow(row)
          ? mapUnitRow(draft, row, at, orgScope(row), parent)
          : draft.reject('*', 'not an object', at),
      );
    },
  }),
  shape({
    id: 'aws.organization-roots',
    title: 'aws organizations list-roots',
    api: 'organizations list-roots',
    matches: (value) => isListOf(value, 'Roots', (row) => text(row, 'Id')?.startsWith('r-') === true),
    read: (draft, value) =>
      eachRow(value, 'Roots', (row, at) =>
        isRow(row) ? mapRootRow(draft, row, at, orgScope(row)) : draft.reject('*', 'not an object', at),
      ),
  }),
  shape({
    id: 'aws.organization',
    title: 'aws organizations describe-organization',
    api: 'organizations describe-organization',
    matches: (value) => text(value, 'Organization', 'Id')?.startsWith('o-') === true,
    read: (draft, value) =>
      mapOrganization(
        draft,
        field(value, 'Organization'),
        '/Organization',
        text(value, 'Organization', 'Id') ?? '*',
      ),
  }),
  shape({
    id: 'aws.ec2-instances',
    title: 'aws ec2 describe-instances',
    api: 'ec2 describe-instances',
    matches: (value) => isListOf(value, 'Reservations', (row) => Array.isArray(row['Instances'])),
    read(draft, value, hints) {
      const hint = accountHint(hints);
      eachRow(value, 'Reservations', (reservation, at) => {
        const owner = idText(reservation, 'OwnerId');
        const instances = field(reservation, 'Instances');
        if (!Array.isArray(instances))
          return draft.reject(owner ?? hint ?? '*', 'reservation without Instances', at);
        for (const [i, row] of instances.entries())
          mapInstance(draft, row, `${at}/Instances/${i}`, owner, hint);
      });
      askForScope(draft);
    },
  }),
  shape({
    id: 'aws.rds-instances',
    title: 'aws rds describe-db-instances',
    api: 'rds describe-db-instances',
    matches: (value) => isListOf(value, 'DBInstances', (row) => has(row, 'DBInstanceIdentifier')),
    read(draft, value, hints) {
      const clusters = new Map<string, string>();
      eachRow(value, 'DBInstances', (row, at) => mapDbInstance(draft, row, at, accountHint(hints), clusters));
      askForScope(draft);
    },
  }),
  shape({
    id: 'aws.rds-clusters',
    title: 'aws rds describe-db-clusters',
    api: 'rds describe-db-clusters',
    matches: (value) => isListOf(value, 'DBClusters', (row) => has(row, 'DBClusterIdentifier')),
    read: (draft, value, hints) =>
      eachRow(value, 'DBClusters', (row, at) => mapDbCluster(draft, row, at, accountHint(hints))),
  }),
  shape({
    id: 'aws.lambda-functions',
    title: 'aws lambda list-functions',
    api: 'lambda list-functions',
    matches: (value) => isListOf(value, 'Functions', (row) => has(row, 'FunctionArn')),
    read: (draft, value, hints) =>
      eachRow(value, 'Functions', (row, at) => mapFunction(draft, row, at, accountHint(hints))),
  }),
  shape({
    id: 'aws.s3-buckets',
    title: 'aws s3api list-buckets',
    api: 's3api list-buckets',
    matches: (value) =>
      isListOf(value, 'Buckets', (row) => has(row, 'Name') && has(row, 'CreationDate')) &&
      (has(value, 'Owner') || list(value, 'Buckets').length > 0),
    read(draft, value, hints) {
      eachRow(value, 'Buckets', (row, at) => mapBucket(draft, row, at, accountHint(hints)));
      askForScope(draft);
    },
  }),
];

interface AwsShape {
  id: string;
  title: string;
  api: string;
  matches(value: Row): boolean;
  read(draft: Draft, value: unknown, hints: IntakeHints): void;
}

function shape(spec: AwsShape): Shape {
  return {
    id: spec.id,
    title: spec.title,
    matches: (decoded: Decoded) =>
      decoded.kind === 'json' && isRow(decoded.value) && spec.matches(decoded.value),
    map(decoded: Decoded, file: InputFile, hints: IntakeHints): Intake {
      const draft = createDraft({format: spec.id, cloud: 'aws', api: spec.api, file, hints});
      if (decoded.kind === 'json') {
        spec.read(draft, decoded.value, hints);
        checkPaging(draft, decoded.value);
      }
      return draft.finish();
    },
  };
}

function has(row: unknown, key: string): boolean {
  return isRow(row) && Object.hasOwn(row, key);
}

/** An empty list is a valid answer; a list of something else is another file. */
function isListOf(value: Row, key: string, test: (row: Row) => boolean): boolean {
  const rows = Object.hasOwn(value, key) ? value[key] : undefined;
  return Array.isArray(rows) && (rows.length === 0 || someRow(rows, test));
}

function eachRow(value: unknown, key: string, map: (row: unknown, at: string) => void): void {
  for (const [i, row] of list(value, key).entries()) map(row, `/${key}/${i}`);
}

/** Scope of Organizations rows: the organisation in the ARN. */
function orgScope(row: unknown): string {
  return /\/(o-[a-z0-9]+)\//.exec(text(row, 'Arn') ?? '')?.[1] ?? '*';
}

function accountHint(hints: IntakeHints): string | null {
  return hints.scope !== undefined && /^\d{12}$/.test(hints.scope) ? hints.scope : null;
}

/** Answers that do not name their account need a word from the workspace. */
function askForScope(draft: Draft): void {
  const homeless = draft.facts.workloads.filter((workload) => workload.container === null);
  const first = homeless[0];
  if (first === undefined) return;
  draft.find({
    code: CODES.scopeUnknown,
    severity: 'medium',
    message: `The file does not say which account ${homeless.length === 1 ? `${first.name} belongs to` : `its ${homeless.length} workloads belong to`}, so nothing is known about who controls ${homeless.length === 1 ? 'it' : 'them'}.`,
    where: draft.place('', first.id),
    remedy: 'Add `scope: "<12-digit account id>"` to this source in bulkhead.yaml.',
  });
}

/** Tokens of the APIs above, under the names their answers use. */
const TOKENS = ['NextToken', 'nextToken', 'Marker', 'NextMarker', 'ContinuationToken'];

function checkPaging(draft: Draft, value: unknown): void {
  const token = TOKENS.find((key) => idText(value, key) !== null);
  const truncated = field(value, 'IsTruncated') === true;
  if (token === undefined && !truncated) return;
  draft.incomplete(
    token === undefined ? 'IsTruncated is true' : `${token} is left over, so further pages exist`,
    'Export again without --max-items and --no-paginate: the AWS CLI then fetches all pages.',
    `/${token ?? 'IsTruncated'}`,
  );
}
