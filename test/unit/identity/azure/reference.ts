/**
 * A slow evaluator of Azure role and deny assignments, written from the documented rules alone: it asks every action of every
 * workload for every principal, walks every ancestor, and shares nothing with the product but the words of its answers.
 */

export interface Perms {
  actions: string[];
  notActions: string[];
  dataActions: string[];
  notDataActions: string[];
}

export interface World {
  /** Parent of every container; null at the top. */
  parent: Map<string, string | null>;
  /** Container and sort of every workload. */
  place: Map<string, {container: string; sort: 'vm' | 'vault' | 'oldVault' | 'cosmos'}>;
  groupsOf: Map<string, string[]>;
  assignments: {principal: string; scope: string; role: Perms}[];
  denies: {
    everyone: boolean;
    principals: string[];
    except: string[];
    scope: string;
    inherited: boolean;
    takes: Perms;
  }[];
}

/** `whole` = control or everything a store holds; else the single capabilities, sorted. */
export type Truth = string;

type Means = 'control' | string[];

const COMPUTE = 'Microsoft.Compute/virtualMachines';
const VAULT = 'Microsoft.KeyVault/vaults';
const COSMOS = 'Microsoft.DocumentDB/databaseAccounts';
const everything = ['read', 'write', 'destroy'];
const gone = ['destroy', 'deny-service'];

/** What each action amounts to, stated once more by hand. `data:` marks data actions. */
const MEANS: Record<'vm' | 'vault' | 'oldVault' | 'cosmos', Record<string, Means>> = {
  vm: {
    [`${COMPUTE}/write`]: 'control',
    [`${COMPUTE}/runCommand/action`]: 'control',
    [`${COMPUTE}/runCommands/write`]: 'control',
    [`${COMPUTE}/extensions/write`]: 'control',
    [`data:${COMPUTE}/loginAsAdmin/action`]: 'control',
    [`data:${COMPUTE}/login/action`]: 'control',
    [`${COMPUTE}/delete`]: gone,
    [`${COMPUTE}/deallocate/action`]: ['deny-service'],
    [`${COMPUTE}/powerOff/action`]: ['deny-service'],
    'Microsoft.Compute/disks/beginGetAccess/action': ['read'],
    'Microsoft.Compute/disks/delete': ['destroy'],
  },
  // Goes by access policies of its own: roles give no data, but who may write it writes a policy.
  oldVault: {
    [`${VAULT}/write`]: 'control',
    [`${VAULT}/accessPolicies/write`]: 'control',
    [`${VAULT}/delete`]: gone,
  },
  // Goes by roles: its settings open nothing.
  vault: {
    [`${VAULT}/write`]: ['deny-service'],
    [`${VAULT}/delete`]: gone,
    [`data:${VAULT}/secrets/getSecret/action`]: ['read'],
    [`data:${VAULT}/secrets/setSecret/action`]: ['write'],
    [`data:${VAULT}/secrets/delete`]: ['destroy'],
    [`data:${VAULT}/keys/decrypt/action`]: ['read'],
    [`data:${VAULT}/keys/unwrap/action`]: ['read'],
    [`data:${VAULT}/keys/sign/action`]: ['write'],
    [`data:${VAULT}/keys/update/action`]: ['write'],
    [`data:${VAULT}/keys/delete`]: ['destroy'],
    [`data:${VAULT}/certificates/delete`]: ['destroy'],
  },
  cosmos: {
    [`${COSMOS}/listKeys/action`]: everything,
    [`${COSMOS}/sqlRoleAssignments/write`]: everything,
    [`${COSMOS}/readonlykeys/action`]: ['read'],
    [`${COSMOS}/regenerateKey/action`]: ['deny-service'],
    [`${COSMOS}/write`]: ['deny-service'],
    [`${COSMOS}/delete`]: gone,
  },
};

/** What the principal can do to the workload. */
export function truth(world: World, principal: string, workload: string): Truth {
  const caps = new Set<string>();
  for (const [key, means] of Object.entries(MEANS[world.place.get(workload)!.sort])) {
    if (!allowed(world, principal, workload, key)) continue;
    if (means === 'control') return 'whole';
    for (const cap of means) caps.add(cap);
  }
  return normal(caps);
}

/** Whether the principal may assign roles at the workload or anywhere above it. */
export function mayAssign(world: World, principal: string, workload: string): boolean {
  return ancestors(world, workload).some((scope) =>
    allowed(world, principal, scope, 'Microsoft.Authorization/roleAssignments/write'),
  );
}

export function normal(caps: Set<string>): Truth {
  return everything.every((cap) => caps.has(cap)) ? 'whole' : [...caps].toSorted().join('+');
}

function allowed(world: World, principal: string, at: string, key: string): boolean {
  const data = key.startsWith('data:');
  const action = data ? key.slice(5) : key;
  const above = ancestors(world, at);
  const selves = [principal, ...allGroups(world, principal)];
  const denied = world.denies.some((deny) => {
    if (!above.includes(deny.scope)) return false;
    if (!deny.inherited && deny.scope !== at) return false;
    if (deny.except.some((id) => selves.includes(id))) return false;
    if (!deny.everyone && !deny.principals.some((id) => selves.includes(id))) return false;
    return holds(deny.takes, action, data);
  });
  if (denied) return false;
  return world.assignments.some(
    ({principal: holder, scope, role}) =>
      selves.includes(holder) && above.includes(scope) && holds(role, action, data),
  );
}

function holds(set: Perms, action: string, data: boolean): boolean {
  const [yes, no] = data ? [set.dataActions, set.notDataActions] : [set.actions, set.notActions];
  return yes.some((pattern) => fits(pattern, action)) && !no.some((pattern) => fits(pattern, action));
}

function fits(pattern: string, action: string): boolean {
  const escaped = pattern.replaceAll(/[.+?^${}()|[\]\\]/g, String.raw`\$&`).replaceAll('*', '.*');
  return new RegExp(`^${escaped}$`, 'i').test(action);
}

function ancestors(world: World, at: string): string[] {
  const found = [at];
  let next: string | null = world.place.get(at)?.container ?? world.parent.get(at) ?? null;
  while (next !== null) {
    found.push(next);
    next = world.parent.get(next) ?? null;
  }
  return found;
}

function allGroups(world: World, principal: string): string[] {
  const found: string[] = [];
  const visit = (id: string): void => {
    for (const group of world.groupsOf.get(id) ?? []) {
      if (found.includes(group)) continue;
      found.push(group);
      visit(group);
    }
  };
  visit(principal);
  return found;
}
