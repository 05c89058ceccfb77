import type {Place} from '../../model/common.ts';
import type {Facts, RoleDefinition} from '../../model/estate.ts';
import {pointer, text} from '../record.ts';
import {listAt, numberAt, objectType, property, referenceAt, textAt} from './managed-object.ts';

/** Names of the roles every vCenter has. */
const SYSTEM_ROLES: Readonly<Record<number, string>> = {
  [-1]: 'Admin',
  [-2]: 'ReadOnly',
  [-3]: 'View',
  [-4]: 'Anonymous',
  [-5]: 'NoAccess',
};

type Rights = Pick<Facts, 'assignments' | 'roleDefinitions' | 'principals'>;

/** Collects who has which role on which object; the list of roles may come before or after. */
export interface PermissionReader {
  read(object: unknown, at: string, scope: string | null): void;
  finish(): Rights;
}

/**
 * Reads `permission` of managed objects and the role list of the AuthorizationManager.
 * @param vcenter id segment of the vCenter
 * @param top id of its container: permissions on the root folder hold for all of it
 */
export function createPermissionReader(vcenter: string, top: string, file: string): PermissionReader {
  const roles = new Map<number, RoleDefinition>();
  const found: {
    scope: string;
    role: number;
    principal: string;
    group: boolean;
    propagate: boolean;
    place: Place;
  }[] = [];
  const roleId = (id: number): string => `vmware:${vcenter}/role:${id}`;
  const take = (list: unknown[], at: string, scope: string): void => {
    for (const [index, entry] of list.entries()) {
      const principal = textAt(entry, 'principal');
      const role = numberAt(entry, 'roleId');
      if (principal === null || role === null) continue;
      found.push({
        scope: entityOf(entry) ?? scope,
        role,
        principal: `vsphere:${spelled(principal)}`,
        group: property(entry, 'group') === true,
        propagate: property(entry, 'propagate') !== false,
        place: {file, pointer: pointer(at, index)},
      });
    }
  };
  const entityOf = (entry: unknown): string | null => {
    const entity = referenceAt(entry, 'entity');
    if (entity === null) return null;
    return entity.value === 'group-d1' && entity.type === 'Folder'
      ? top
      : `vmware:${vcenter}/${entity.value}`;
  };
  return {
    read(object, at, scope) {
      if (objectType(object) === 'AuthorizationManager') {
        for (const role of listAt(object, 'roleList')) {
          const id = numberAt(role, 'roleId');
          if (id === null) continue;
          const name = textAt(role, 'name') ?? SYSTEM_ROLES[id] ?? `role ${id}`;
          const actions = listAt(role, 'privilege').flatMap((privilege) => text(privilege) ?? []);
          roles.set(id, {
            id: roleId(id),
            name,
            cloud: 'vmware',
            // Administrators hold every privilege; the list of the others says which.
            actions: id === -1 ? [] : actions,
            notActions: [],
            dataActions: [],
            notDataActions: [],
          });
        }
      }
      const moref = referenceAt(object, 'self')?.value;
      take(
        listAt(object, 'permission'),
        pointer(at, 'permission'),
        scope ?? (moref ? `vmware:${vcenter}/${moref}` : top),
      );
    },
    finish() {
      const principals = new Map<string, Facts['principals'][number]>();
      const assignments = found.map(({scope, role, principal, group, propagate}) => {
        const name = principal.slice('vsphere:'.length);
        principals.set(principal, {
          id: principal,
          kind: group ? 'adGroup' : 'user',
          name,
          cloud: 'vmware',
          container: null,
          person: !group,
          memberOf: [],
        });
        return {
          id: `${scope} ${principal} ${roleId(role)}`,
          cloud: 'vmware' as const,
          principal,
          role: roleId(role),
          roleName: roles.get(role)?.name ?? SYSTEM_ROLES[role] ?? `role ${role}`,
          scope,
          effect: 'allow' as const,
          condition: null,
          ...(propagate ? {} : {inherited: false}),
        };
      });
      return {assignments, roleDefinitions: [...roles.values()], principals: [...principals.values()]};
    },
  };
}

/** `CORP\Name` and `name@corp` as one spelling: domain before name, lower case. */
function spelled(principal: string): string {
  const bare = principal.trim().toLowerCase();
  const at = bare.includes('\\') ? -1 : bare.lastIndexOf('@');
  return at > 0 ? `${bare.slice(at + 1)}\\${bare.slice(0, at)}` : bare;
}
