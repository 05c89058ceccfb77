import type {BuildContext} from '../context.ts';
import {isOfSort} from '../sorts.ts';
import {BASIC_ROLES} from './role-permissions.ts';
import {PERMISSIONS} from './tables/permissions.ts';

/** Sorts of workloads that some permission of the table speaks of. */
const RULED: readonly string[] = [
  ...new Set(Object.values(PERMISSIONS).flatMap((effects) => effects.map(({over}) => over))),
].filter((over) => over.includes('.googleapis.com'));

/** Names of roles and verbs of permissions that change what they are about. */
const CHANGING_ROLE = /(?:admin|owner|editor|developer|user)$/i;
const CHANGING_VERB = /\.(?:setIamPolicy|update|delete|create|use)$/;

/**
 * Workloads no permission of the table speaks of: new services, and things whose native type is not known. Roles that change
 * things there give something nobody has written down yet, which is conditional rather than nothing.
 */
export interface Unruled {
  /** Sorts on which the role may give control: native types, or single workloads where the type is not known. */
  sortsOf(role: string, definedActions: readonly string[] | null): readonly string[];
}

/** Looks the inventory through once. */
export function createUnruled({estate}: BuildContext): Unruled {
  const types = new Map<string, Set<string>>();
  for (const workload of estate.workloads) {
    if (workload.cloud !== 'gcp' || RULED.some((sort) => isOfSort(workload, sort))) continue;
    const service = /^([a-z0-9-]+)\.googleapis\.com\//.exec(workload.nativeType)?.[1] ?? '';
    const list = types.get(service) ?? new Set<string>();
    list.add(service === '' ? workload.type : workload.nativeType);
    types.set(service, list);
  }
  return {
    sortsOf(role, definedActions) {
      if (types.size === 0 || role === 'roles/viewer' || role === 'roles/owner') return [];
      if (BASIC_ROLES.has(role)) return [...types.values()].flatMap((list) => [...list]);
      const services =
        definedActions === null
          ? [CHANGING_ROLE.test(role) ? (/^roles\/([^.]+)\./.exec(role)?.[1] ?? '-') : '-']
          : definedActions.flatMap((action) =>
              CHANGING_VERB.test(action) ? [action.slice(0, action.indexOf('.'))] : [],
            );
      return [...new Set(services)].flatMap((service) => [...(types.get(service) ?? [])]);
    },
  };
}
