import type {Certainty} from '../../model/common.ts';
import type {Capability} from '../../model/exposure.ts';
import {type Effect, PERMISSIONS} from './tables/permissions.ts';

/** What one permission of a role gives, before deny rules, boundaries and conditions. */
export interface PermissionRight {
  permission: string;
  over: string;
  caps: readonly Capability[] | null;
  part: string | undefined;
  certainty: Certainty;
  /** Why it is not certain. */
  doubt: string | null;
}

/** All effects of a role's permissions. A permission that needs another one is certain where the role holds both. */
export function rightsOf(permissions: readonly string[]): PermissionRight[] {
  const held = new Set(permissions);
  return permissions.flatMap((permission) =>
    (Object.hasOwn(PERMISSIONS, permission) ? PERMISSIONS[permission]! : []).map((effect) => {
      const doubt = doubtOf(effect, held);
      return {
        permission,
        over: effect.over,
        caps: effect.caps ?? null,
        part: effect.part,
        certainty: doubt === null ? ('certain' as const) : ('conditional' as const),
        doubt,
      };
    }),
  );
}

function doubtOf({doubt, with: other}: Effect, held: ReadonlySet<string>): string | null {
  if (doubt !== undefined) return doubt;
  return other === undefined || held.has(other) ? null : `needs ${other} too`;
}
