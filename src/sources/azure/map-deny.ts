import type {Draft} from '../draft.ts';
import {flag, list, pointer, text, texts} from '../record.ts';
import {scopeId} from './arm-id.ts';
import {bodyOf, scopeOfExtension} from './map-authorization.ts';
import {principalId} from './map-identity.ts';

/** Object id of the principal that stands for everyone in a deny assignment. */
const EVERYONE = '00000000-0000-0000-0000-000000000000';

/**
 * Deny assignment of ARM or `authorizationresources`: one rule per permission block, because what one block spares
 * (`notActions`) another may still deny. Returns a reject reason or null.
 */
export function mapDenyAssignment(
  draft: Draft,
  row: unknown,
  at: string,
  options: {id: string; tenant: string | null},
): string | null {
  const body = bodyOf(row);
  const scope = text(body, 'scope') ?? scopeOfExtension(text(row, 'id'));
  if (scope === null) return 'deny assignment without scope';
  const principals = list(body, 'principals').flatMap(subjectOf);
  if (principals.length === 0) return 'deny assignment without principals';
  const blocks = list(body, 'permissions');
  for (const [i, block] of blocks.entries()) {
    draft.identity(
      'denyRules',
      {
        id: blocks.length === 1 ? options.id : `${options.id}#${i}`,
        name: text(body, 'denyAssignmentName') ?? text(row, 'name') ?? 'deny assignment',
        cloud: 'azure',
        scope: scopeId(scope, options.tenant),
        inherited: flag(body, 'doNotApplyToChildScopes') !== true,
        principals: [...new Set(principals)],
        exceptPrincipals: [...new Set(list(body, 'excludePrincipals').flatMap(subjectOf))],
        actions: texts(block, 'actions'),
        exceptActions: texts(block, 'notActions'),
        dataActions: texts(block, 'dataActions'),
        exceptDataActions: texts(block, 'notDataActions'),
        condition: text(body, 'condition'),
      },
      pointer(at, 'permissions', i),
    );
  }
  return blocks.length === 0 ? 'deny assignment without permissions' : null;
}

/** A principal of a deny assignment; the zero GUID, `SystemDefined` and `Everyone` are everyone (`*`). */
function subjectOf(one: unknown): string[] {
  const id = text(one, 'id');
  const type = (text(one, 'type') ?? '').toLowerCase();
  if (id === EVERYONE || type === 'everyone' || (type === 'systemdefined' && id === null)) return ['*'];
  return id === null ? [] : [principalId(id)];
}
