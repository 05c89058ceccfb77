import type {Draft} from '../draft.ts';
import {field, isRow, list, pointer, text} from '../record.ts';
import {parseArmId, scopeId} from './arm-id.ts';
import {roleId, scopeOfExtension} from './map-authorization.ts';
import {tenantRoot} from './map-container.ts';
import {ENTRA_CODES} from './entra/findings.ts';
import {principalId} from './map-identity.ts';

/** Lighthouse records of one file, kept until all are read: assignments name their definition. */
export interface Delegations {
  /** Definitions by lower-case ARM id. */
  definitions: Map<string, {row: unknown; at: string}>;
  assignments: {row: unknown; at: string; id: string}[];
}

export function noDelegations(): Delegations {
  return {definitions: new Map(), assignments: []};
}

/**
 * Delegated resource management: what the definition authorises, on the scope the assignment lies on, for principals of the
 * managing tenant. A definition nobody assigned in this file may be assigned elsewhere: its rights carry that as a condition.
 */
export function finishDelegations(draft: Draft, delegations: Delegations): void {
  const used = new Set<string>();
  for (const {row, at, id} of delegations.assignments) {
    const named = parseArmId(text(row, 'properties', 'registrationDefinitionId') ?? '')?.id ?? '';
    const inline = field(row, 'properties', 'registrationDefinition');
    const listed = delegations.definitions.get(named);
    const definition = isRow(inline) ? inline : listed?.row;
    if (listed !== undefined) used.add(named);
    const scope = scopeOfExtension(text(row, 'id'));
    if (definition === undefined) {
      draft.find({
        code: ENTRA_CODES.definitionMissing,
        severity: 'medium',
        message:
          'A delegation to another tenant names a definition that is not in the file: who may do what is not known.',
        where: draft.place(at, id),
        remedy:
          'Export with `$expand=registrationDefinition` (`az managedservices assignment list --include-definition true`).',
      });
      continue;
    }
    if (scope === null) continue;
    authorise(draft, definition, listed?.at ?? pointer(at, 'properties', 'registrationDefinition'), {
      id,
      scope,
      condition: null,
    });
  }
  for (const [id, {row, at}] of delegations.definitions) {
    const scope = scopeOfExtension(text(row, 'id'));
    if (used.has(id) || scope === null) continue;
    authorise(draft, row, at, {
      id: `azure:${id}`,
      scope,
      condition: 'registration assignment not in this file',
    });
  }
}

function authorise(
  draft: Draft,
  definition: unknown,
  at: string,
  target: {id: string; scope: string; condition: string | null},
): void {
  const body = field(definition, 'properties');
  const tenant = text(body, 'managedByTenantId') ?? text(body, 'managedByTenant');
  const root = tenantRoot(draft, tenant, at);
  for (const [key, effect] of [
    ['authorizations', 'allow'],
    ['eligibleAuthorizations', 'eligible'],
  ] as const) {
    for (const [i, one] of list(body, key).entries()) {
      const objectId = text(one, 'principalId');
      const role = text(one, 'roleDefinitionId');
      if (objectId === null || role === null) continue;
      const where = pointer(at, 'properties', key, i);
      const principal = principalId(objectId);
      draft.principal(
        {
          id: principal,
          kind: 'unknown',
          name: text(one, 'principalIdDisplayName') ?? objectId,
          cloud: 'azure',
          container: root,
          person: false,
          memberOf: [],
          implied: true,
        },
        where,
      );
      draft.assignment(
        {
          id: `${target.id}#${effect}-${i}`,
          cloud: 'azure',
          principal,
          role: roleId(role),
          roleName: '',
          scope: scopeId(target.scope, null),
          effect,
          condition: target.condition,
        },
        where,
      );
    }
  }
}
