import type {Principal, RoleAssignment, RoleDefinition} from '../../model/estate.ts';
import {CODES} from '../draft-findings.ts';
import type {Draft} from '../draft.ts';
import {field, isRow, list, pointer, text, texts} from '../record.ts';
import {parseArmId, scopeId} from './arm-id.ts';
import {principalHome, principalId} from './map-identity.ts';

/** Role definitions are listed once per scope with the same GUID: the id leaves the scope out. */
export function roleId(definition: string): string {
  const parts = definition.split('/').filter((part) => part !== '');
  return `azure:/providers/microsoft.authorization/roledefinitions/${(parts.at(-1) ?? '').toLowerCase()}`;
}

const PRINCIPAL_KINDS: ReadonlyMap<string, Principal['kind']> = new Map([
  ['user', 'user'],
  ['group', 'group'],
  ['serviceprincipal', 'servicePrincipal'],
  ['msi', 'managedIdentity'],
  ['foreigngroup', 'foreign'],
]);

/** Row of `az role assignment list`, of ARM or of `authorizationresources` (fields under `properties`). Returns a reject reason or null. */
export function mapRoleAssignment(
  draft: Draft,
  row: unknown,
  at: string,
  options: {id: string; tenant: string | null; effect: RoleAssignment['effect']},
): string | null {
  const body = bodyOf(row);
  const objectId = text(body, 'principalId');
  const scope = text(body, 'scope') ?? scopeOfExtension(text(row, 'id'));
  if (objectId === null) return 'role assignment without principalId';
  if (scope === null) return 'role assignment without scope';
  const status = text(body, 'status');
  if (status !== null && INACTIVE.test(status)) return null;
  const definition = text(body, 'roleDefinitionId');
  const roleName = text(body, 'roleDefinitionName') ?? '';
  const id = principalId(objectId);
  const kind = PRINCIPAL_KINDS.get((text(body, 'principalType') ?? '').toLowerCase()) ?? 'unknown';
  draft.principal(
    {
      id,
      kind,
      name: text(body, 'principalName') ?? objectId,
      cloud: 'azure',
      container: kind === 'foreign' ? null : principalHome(null, options.tenant),
      person: kind === 'user',
      memberOf: [],
      implied: true,
    },
    at,
  );
  const target = scopeId(scope, options.tenant);
  if (target === 'azure:/') {
    draft.find({
      code: CODES.tenantUnknown,
      severity: 'low',
      message:
        'A role is assigned at scope "/", above all management groups, and the export does not name the tenant.',
      where: draft.place(pointer(at, 'scope'), options.id),
      remedy: 'Import `az graph query` on authorizationresources too: its rows carry tenantId.',
    });
  }
  draft.assignment(
    {
      id: options.id,
      cloud: 'azure',
      principal: id,
      role: definition === null ? roleName : roleId(definition),
      roleName,
      scope: target,
      effect: options.effect,
      condition: text(body, 'condition'),
      ...between(
        text(body, 'startDateTime') ?? text(body, 'scheduleInfo', 'startDateTime'),
        text(body, 'endDateTime') ?? text(body, 'scheduleInfo', 'expiration', 'endDateTime'),
      ),
    },
    at,
  );
  return null;
}

/** States of a schedule in which it gives nothing. */
const INACTIVE = /^(?:revoked|denied|failed|canceled|adminDenied|timedOut|invalid|pending\w*)$/i;

function between(
  from: string | null,
  until: string | null,
): Pick<RoleAssignment, 'validFrom' | 'validUntil'> {
  return {...(from === null ? {} : {validFrom: from}), ...(until === null ? {} : {validUntil: until})};
}

/** Row of `az role definition list`, of ARM or of `authorizationresources`. */
export function mapRoleDefinition(draft: Draft, row: unknown, at: string, id: string): void {
  const body = bodyOf(row);
  const permissions = list(body, 'permissions');
  draft.roleDefinition(
    {
      id,
      name: text(body, 'roleName') ?? text(row, 'name') ?? id,
      cloud: 'azure',
      actions: permissions.flatMap((one) => texts(one, 'actions')),
      notActions: permissions.flatMap((one) => texts(one, 'notActions')),
      dataActions: permissions.flatMap((one) => texts(one, 'dataActions')),
      notDataActions: permissions.flatMap((one) => texts(one, 'notDataActions')),
      ...blocksOf(permissions),
    },
    at,
  );
}

/** Blocks are kept apart where joining them would lose a condition or let one take from another. */
function blocksOf(permissions: readonly unknown[]): Pick<RoleDefinition, 'blocks'> {
  const blocks = permissions.map((one) => ({
    actions: texts(one, 'actions'),
    notActions: texts(one, 'notActions'),
    dataActions: texts(one, 'dataActions'),
    notDataActions: texts(one, 'notDataActions'),
    condition: text(one, 'condition'),
  }));
  return blocks.length > 1 || blocks.some(({condition}) => condition !== null) ? {blocks} : {};
}

/** The fields of a row: under `properties` in ARM answers, lifted up by `az`. */
export function bodyOf(row: unknown): unknown {
  const properties = field(row, 'properties');
  return isRow(properties) ? properties : row;
}

/** An extension resource lies at the part of its id before the last provider. */
export function scopeOfExtension(id: string | null): string | null {
  if (id === null || parseArmId(id) === null) return null;
  const at = id.toLowerCase().lastIndexOf('/providers/');
  return at <= 0 ? '/' : id.slice(0, at);
}
