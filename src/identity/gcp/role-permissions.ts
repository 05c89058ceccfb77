import type {RoleAssignment, RoleDefinition} from '../../model/estate.ts';
import {COMPOSITE_RULES} from './tables/composite-rules.ts';
import {HARMLESS_ROLES} from './tables/harmless-roles.ts';
import {PERMISSIONS} from './tables/permissions.ts';
import {PREDEFINED_ROLES} from './tables/predefined-roles.ts';

/** Permissions the model looks at. */
const LOOKED_AT: ReadonlySet<string> = new Set([
  ...Object.keys(PERMISSIONS),
  ...Object.values(PERMISSIONS).flatMap((effects) => effects.flatMap((effect) => effect.with ?? [])),
  ...COMPOSITE_RULES.flatMap(({needs}) => needs),
  'iam.serviceAccounts.actAs',
]);

/** The roles Google calls basic: they also reach data through policies that name their holders. */
export const BASIC_ROLES: ReadonlySet<string> = new Set(['roles/owner', 'roles/editor', 'roles/viewer']);

/** Permissions by role, worked out once per run. */
export interface RoleBook {
  /** What the role holds of the permissions looked at; null = no source says. */
  of(assignment: RoleAssignment): readonly string[] | null;
  /** All permissions of a role a source defines; null = predefined, or not in the source. */
  actionsOf(role: string): readonly string[] | null;
}

/** Custom roles by their definition, predefined ones by table; a definition in the inventory is newer than the table. */
export function createRoleBook(definitions: readonly RoleDefinition[]): RoleBook {
  const defined = new Map(definitions.map((role) => [role.id, role]));
  const known = new Map<string, readonly string[] | null>();
  return {
    actionsOf: (name) => defined.get(`gcp:${name}`)?.actions ?? null,
    of({role, roleName}) {
      const name = nameOf(role, roleName);
      let found = known.get(name);
      if (found === undefined) known.set(name, (found = permissionsOf(name, defined.get(`gcp:${name}`))));
      return found;
    },
  };
}

/** `roles/x`, `projects/p/roles/x`, `organizations/1/roles/x`. */
export function nameOf(role: string, roleName: string): string {
  const bare = role.replace(/^gcp:/, '');
  return bare === '' ? roleName : bare;
}

function permissionsOf(name: string, definition: RoleDefinition | undefined): readonly string[] | null {
  // A basic role's definition as exported leaves out what only the service itself knows.
  if (definition !== undefined && !BASIC_ROLES.has(name))
    return definition.actions.filter((permission) => LOOKED_AT.has(permission));
  const predefined = /^roles\/(.+)$/.exec(name)?.[1];
  if (predefined === undefined) return null;
  if (Object.hasOwn(PREDEFINED_ROLES, predefined)) return unpack(PREDEFINED_ROLES[predefined]!);
  const dot = predefined.lastIndexOf('.');
  const service = dot < 0 ? '' : predefined.slice(0, dot);
  const harmless = Object.hasOwn(HARMLESS_ROLES, service) ? HARMLESS_ROLES[service]!.split(' ') : [];
  return harmless.includes(predefined.slice(dot + 1)) ? [] : null;
}

function unpack(packed: string): string[] {
  return packed.split('; ').flatMap((part) => {
    const colon = part.indexOf(': ');
    const service = part.slice(0, colon);
    return part
      .slice(colon + 2)
      .split(' ')
      .map((rest) => `${service}.${rest}`);
  });
}
