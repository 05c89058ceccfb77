import type {Decoded, InputFile} from '../../model/decoded.ts';
import type {Intake} from '../../model/estate.ts';
import {createDraft} from '../draft.ts';
import type {Draft} from '../draft.ts';
import {field, idText, isRow, list, number, pointer, someRow, text} from '../record.ts';
import type {Row} from '../record.ts';
import type {IntakeHints, Shape} from '../shape.ts';
import {parseArmId} from './arm-id.ts';
import {entraShapes} from './entra/shapes.ts';
import {mapRoleAssignment, mapRoleDefinition, roleId} from './map-authorization.ts';
import {mapAccount, mapManagementGroupTree} from './map-container.ts';
import {mapRows} from './map-rows.ts';

/** Azure exports, the most specific first. */
export const shapes: Shape[] = [
  ...entraShapes,
  shape({
    id: 'azure.graph-query',
    title: 'az graph query -q … --first 1000 -o json',
    api: 'az graph query',
    matches: isGraphAnswer,
    read(draft, value, hints) {
      const {rows, base} = graphRows(value);
      mapRows({draft, fallbackScope: hints.scope ?? '*'}, rows, base);
      checkGraphAnswer(draft, value, rows.length);
    },
  }),
  shape({
    id: 'azure.role-assignments',
    title: 'az role assignment list --all -o json',
    api: 'az role assignment list',
    matches: (value) =>
      someRow(
        value,
        (row) =>
          has(row, 'principalId') &&
          has(row, 'scope') &&
          (has(row, 'roleDefinitionId') || has(row, 'roleDefinitionName')),
      ),
    read: eachRow((draft, row, at, scope) => {
      const arm = parseArmId(text(row, 'id') ?? '');
      const id = arm === null ? `azure:assignment/${text(row, 'name') ?? at}` : `azure:${arm.id}`;
      if (!draft.claim(id, row, at, scope)) return;
      const reason = mapRoleAssignment(draft, row, at, {id, tenant: text(row, 'tenantId'), effect: 'allow'});
      if (reason === null) draft.classify(scope, 'role assignment');
      else draft.reject(scope, reason, at);
    }, scopeInId),
  }),
  shape({
    id: 'azure.role-definitions',
    title: 'az role definition list -o json',
    api: 'az role definition list',
    matches: (value) =>
      someRow(
        value,
        (row) => has(row, 'roleName') && Array.isArray(row['permissions']) && has(row, 'assignableScopes'),
      ),
    read: eachRow((draft, row, at, scope) => {
      const raw = text(row, 'id') ?? text(row, 'name');
      if (raw === null) return draft.reject(scope, 'role definition without id', pointer(at, 'id'));
      if (!draft.claim(raw.toLowerCase(), row, at, scope)) return;
      mapRoleDefinition(draft, row, at, roleId(raw));
      draft.classify(scope, 'role definition');
    }, scopeInId),
  }),
  shape({
    id: 'azure.accounts',
    title: 'az account list --all -o json',
    api: 'az account list',
    matches: (value) =>
      someRow(
        value,
        (row) =>
          has(row, 'tenantId') &&
          text(row, 'id') !== null &&
          (has(row, 'homeTenantId') || has(row, 'isDefault') || has(row, 'managedByTenants')),
      ),
    read: eachRow(
      (draft, row, at, scope) => {
        const id = text(row, 'id') ?? text(row, 'subscriptionId');
        if (id === null) return draft.reject(scope, 'no subscription id', pointer(at, 'id'));
        const bare = id.replace(/^\/subscriptions\//i, '').toLowerCase();
        if (!draft.claim(`azure:/subscriptions/${bare}`, row, at, scope)) return;
        mapAccount(draft, row, bare, at);
        draft.classify(scope, 'subscription');
      },
      (row) => text(row, 'homeTenantId') ?? text(row, 'tenantId'),
    ),
  }),
  shape({
    id: 'azure.management-groups',
    title: 'az account management-group show -n ROOT -e -r -o json, or … list',
    api: 'az account management-group',
    matches: (value) => isManagementGroup(value) || someRow(value, isManagementGroup),
    read(draft, value) {
      if (!Array.isArray(value)) return mapManagementGroupTree(draft, value, '');
      for (const [i, row] of value.entries()) mapManagementGroupTree(draft, row, `/${i}`);
    },
  }),
  shape({
    id: 'azure.arm-list',
    title: 'a raw Azure Resource Manager list answer ({"value": […], "nextLink": …})',
    api: 'arm list',
    matches: (value) =>
      isRow(value) &&
      Array.isArray(value['value']) &&
      !has(value, '@odata.context') &&
      isArmListValue(value['value']),
    read(draft, value, hints) {
      mapRows({draft, fallbackScope: hints.scope ?? '*'}, list(value, 'value'), '/value');
      const next = text(value, 'nextLink') ?? text(value, '@odata.nextLink');
      if (next !== null)
        draft.incomplete(
          'nextLink is left over, so further pages exist',
          'Follow nextLink until it is absent and join the pages, or export with az, which pages by itself.',
          '/nextLink',
        );
    },
  }),
  shape({
    id: 'azure.resource-list',
    title: 'az resource list -o json (also az vm list, az storage account list …)',
    api: 'az resource list',
    matches: (value) => someRow(value, isResource),
    read(draft, value, hints) {
      const rows = list(value);
      mapRows({draft, fallbackScope: hints.scope ?? '*'}, rows, '');
      checkPageSize(draft, rows);
    },
  }),
  shape({
    id: 'azure.resource',
    title: 'one resource, e.g. az vm show -o json',
    api: 'az resource show',
    matches: (value) => isRow(value) && isResource(value) && !Array.isArray(value['value']),
    read(draft, value, hints) {
      mapRows({draft, fallbackScope: hints.scope ?? '*'}, [value], '');
    },
  }),
];

interface JsonShape {
  id: string;
  title: string;
  api: string;
  matches(value: unknown): boolean;
  read(draft: Draft, value: unknown, hints: IntakeHints): void;
}

function shape(spec: JsonShape): Shape {
  return {
    id: spec.id,
    title: spec.title,
    matches: (decoded: Decoded) => decoded.kind === 'json' && spec.matches(decoded.value),
    map(decoded: Decoded, file: InputFile, hints: IntakeHints): Intake {
      const draft = createDraft({format: spec.id, cloud: 'azure', api: spec.api, file, hints});
      if (decoded.kind === 'json') spec.read(draft, decoded.value, hints);
      return draft.finish();
    },
  };
}

/** A plain array of rows, each counted under the scope the row names. */
function eachRow(
  map: (draft: Draft, row: Row, at: string, scope: string) => void,
  scopeOf: (row: Row) => string | null,
): JsonShape['read'] {
  return (draft, value, hints) => {
    for (const [i, row] of list(value).entries()) {
      const at = `/${i}`;
      if (isRow(row)) map(draft, row, at, scopeOf(row)?.toLowerCase() ?? hints.scope ?? '*');
      else draft.reject(hints.scope ?? '*', 'not an object', at);
    }
  };
}

function has(row: unknown, key: string): boolean {
  return isRow(row) && Object.hasOwn(row, key);
}

function scopeInId(row: Row): string | null {
  return parseArmId(text(row, 'id') ?? '')?.subscription ?? null;
}

/** A row whose id is a resource id; Resource Graph rows without an id are left to the object form. */
function isArmRow(row: unknown): boolean {
  return parseArmId(text(row, 'id') ?? '') !== null;
}

/** Rows that have a shape of their own (roles with their fields lifted up, management groups) are left to it. */
function isResource(row: Row): boolean {
  const type = parseArmId(text(row, 'id') ?? '')?.type ?? null;
  const liftedRole = type?.startsWith('microsoft.authorization/role') === true && !isRow(row['properties']);
  return isArmRow(row) && !liftedRole && !isManagementGroup(row);
}

/** An empty list proves nothing about its kind but is a valid answer; Graph answers name a context. */
function isArmListValue(rows: unknown[]): boolean {
  return (
    rows.length === 0 ||
    someRow(rows, (row) => isArmRow(row) || /^microsoft\.\w+\/./i.test(text(row, 'type') ?? ''))
  );
}

function isManagementGroup(row: unknown): boolean {
  if (!isRow(row)) return false;
  const type = text(row, 'type') ?? '';
  return (
    /microsoft\.management\/managementgroups$/i.test(type) &&
    /managementgroups\/[^/]+$/i.test(text(row, 'id') ?? '') &&
    !has(row, 'subscriptionId')
  );
}

function isGraphAnswer(value: unknown): boolean {
  if (!isRow(value)) return false;
  const data = field(value, 'data');
  if (!Array.isArray(data) && !Array.isArray(field(data, 'rows'))) return false;
  return [
    'count',
    'skip_token',
    'skipToken',
    'total_records',
    'totalRecords',
    '$skipToken',
    'resultTruncated',
  ].some((key) => has(value, key));
}

/** Rows of an answer in object form, or of the older table form (`columns` and `rows`). */
function graphRows(value: unknown): {rows: unknown[]; base: string} {
  const data = field(value, 'data');
  if (Array.isArray(data)) return {rows: data, base: '/data'};
  const names = list(data, 'columns').map((column) => text(column, 'name') ?? '');
  const rows = list(data, 'rows').map((cells) =>
    Array.isArray(cells) ? Object.fromEntries(names.map((name, i) => [name, cells[i] as unknown])) : cells,
  );
  return {rows, base: '/data/rows'};
}

const PAGE_REMEDY =
  'Export all pages: add `| order by id` to the query and repeat with --skip-token until none is returned, then import every page.';

function checkGraphAnswer(draft: Draft, value: unknown, rows: number): void {
  for (const key of ['skip_token', 'skipToken', '$skipToken']) {
    if (idText(value, key) !== null)
      draft.incomplete(`${key} is left over, so further pages exist`, PAGE_REMEDY, `/${key}`);
  }
  for (const key of ['result_truncated', 'resultTruncated']) {
    if (String(field(value, key)).toLowerCase() === 'true')
      draft.incomplete(`${key} is true`, PAGE_REMEDY, `/${key}`);
  }
  for (const key of ['total_records', 'totalRecords', 'count']) {
    const stated = number(value, key);
    if (stated !== null && stated > rows)
      draft.incomplete(`${key} says ${stated}, the file holds ${rows}`, PAGE_REMEDY, `/${key}`);
  }
}

/** A bare array of Resource Graph rows carries no token; one that ends exactly at a page limit is suspect. */
function checkPageSize(draft: Draft, rows: unknown[]): void {
  if (rows.length !== 100 && rows.length !== 1000) return;
  if (!someRow(rows, (row) => has(row, 'subscriptionId') && has(row, 'tenantId'))) return;
  draft.incomplete(
    `it holds exactly ${rows.length} rows, the page limit of Resource Graph, and no page token`,
    PAGE_REMEDY,
    '',
  );
}
