/**
 * A slow reader of allow policies, deny policies, boundaries and conditions, written from Google's documentation alone: it asks for
 * one principal, one bucket and one permission at a time and tries every value of everything that is not known. It shares no
 * code with the product.
 */

export interface World {
  /** Container → parent; the organisation has none. */
  parents: Record<string, string | null>;
  buckets: {name: string; project: string}[];
  /** Principal → groups it is listed in. Groups may be in groups. */
  groups: Record<string, string[]>;
  /** Service account → project. */
  accounts: Record<string, string>;
  bindings: {member: string; scope: string; permissions: string[]; condition: Test | null}[];
  denies: {
    scope: string;
    principals: string[];
    except: string[];
    permissions: string[];
    exceptPermissions: string[];
    tagged: number | null;
  }[];
  boundaries: {
    project: string;
    resources: string[];
    version: number | null;
    only: string | null;
    bit: number;
  }[];
}

/** A condition as a tree; `unknown` is something nobody can decide, told apart by its number. */
export type Test =
  | {op: 'and' | 'or'; of: Test[]}
  | {op: 'not'; of: Test}
  | {op: 'before' | 'after'; time: number}
  | {op: 'type' | 'service'; is: string}
  | {op: 'prefix'; text: string; bit: number}
  | {op: 'unknown'; bit: number};

export interface Verdict {
  certain: boolean;
  possible: boolean;
}

/** Whether the principal has the permission on the bucket: in every case, in some case. */
export function ask(
  world: World,
  principal: string,
  bucket: string,
  permission: string,
  now: number,
): Verdict {
  const bits = bitsOf(world);
  let certain = true;
  let possible = false;
  const times = [now, ...timesOf(world).flatMap((time) => [time, time + 1])].filter((time) => time >= now);
  for (let mask = 0; mask < 2 ** bits.length; mask += 1) {
    const value = (bit: number): boolean => ((mask >> bits.indexOf(bit)) & 1) === 1;
    if (!allowed(world, principal, bucket, permission, now, value)) certain = false;
    if (times.some((time) => allowed(world, principal, bucket, permission, time, value))) possible = true;
  }
  return {certain, possible};
}

function allowed(
  world: World,
  principal: string,
  bucket: string,
  permission: string,
  time: number,
  value: (bit: number) => boolean,
): boolean {
  const project = world.buckets.find(({name}) => name === bucket)!.project;
  const above = ancestors(world, project);
  const who = [principal, ...allGroups(world, principal)];
  for (const rule of world.denies) {
    const hit =
      above.includes(rule.scope) &&
      rule.principals.some((one) => one === '*' || who.includes(one)) &&
      !rule.except.some((one) => who.includes(one)) &&
      rule.permissions.some((pattern) => glob(pattern, permission)) &&
      !rule.exceptPermissions.some((pattern) => glob(pattern, permission)) &&
      (rule.tagged === null || value(rule.tagged));
    if (hit) return false;
  }
  const home = world.accounts[principal];
  const bound = world.boundaries.filter(
    ({project: target, only}) =>
      home !== undefined && ancestors(world, home).includes(target) && (only === null || only === principal),
  );
  if (bound.length > 0) {
    const inside = bound.some(({resources}) => resources.some((resource) => above.includes(resource)));
    const held = bound.every(({version, bit}) => {
      if (permission === 'storage.objects.create') return version === null ? value(bit) : version >= 2;
      return true;
    });
    if (!inside && held) return false;
  }
  return world.bindings.some(
    ({member, scope, permissions, condition}) =>
      who.includes(member) &&
      (above.includes(scope) || scope === bucket) &&
      permissions.includes(permission) &&
      (condition === null || holds(condition, bucket, time, value)),
  );
}

function holds(test: Test, bucket: string, time: number, value: (bit: number) => boolean): boolean {
  switch (test.op) {
    case 'and':
      return test.of.every((one) => holds(one, bucket, time, value));
    case 'or':
      return test.of.some((one) => holds(one, bucket, time, value));
    case 'not':
      return !holds(test.of, bucket, time, value);
    case 'before':
      return time < test.time;
    case 'after':
      return time > test.time;
    case 'type':
      return test.is === 'storage.googleapis.com/Object';
    case 'service':
      return test.is === 'storage.googleapis.com';
    case 'prefix': {
      const name = `projects/_/buckets/${bucket}`;
      if (name.startsWith(test.text)) return true;
      // The request may be for an object that begins so, or for another.
      return test.text.startsWith(`${name}/`) && value(test.bit);
    }
    default:
      return value(test.bit);
  }
}

function ancestors(world: World, container: string): string[] {
  const found: string[] = [];
  for (let at: string | null | undefined = container; at !== null && at !== undefined; at = world.parents[at])
    found.push(at);
  return found;
}

function allGroups(world: World, principal: string): string[] {
  const found: string[] = [];
  const visit = (id: string): void => {
    for (const group of world.groups[id] ?? []) {
      if (found.includes(group)) continue;
      found.push(group);
      visit(group);
    }
  };
  visit(principal);
  return found;
}

/** `storage.googleapis.com/objects.*` over `storage.objects.get`. */
function glob(pattern: string, permission: string): boolean {
  const [service, ...rest] = permission.split('.');
  const full = `${service}.googleapis.com/${rest.join('.')}`;
  const source = pattern
    .split('*')
    .map((part) => part.replaceAll(/[.\\/]/g, '\\$&'))
    .join('.*');
  return new RegExp(`^${source}$`).test(full);
}

function bitsOf(world: World): number[] {
  const bits = new Set<number>();
  const visit = (test: Test): void => {
    if (test.op === 'and' || test.op === 'or') test.of.forEach(visit);
    else if (test.op === 'not') visit(test.of);
    else if (test.op === 'unknown' || test.op === 'prefix') bits.add(test.bit);
  };
  for (const {condition} of world.bindings) if (condition) visit(condition);
  for (const {tagged} of world.denies) if (tagged !== null) bits.add(tagged);
  for (const {version, bit} of world.boundaries) if (version === null) bits.add(bit);
  return [...bits];
}

function timesOf(world: World): number[] {
  const times: number[] = [];
  const visit = (test: Test): void => {
    if (test.op === 'and' || test.op === 'or') test.of.forEach(visit);
    else if (test.op === 'not') visit(test.of);
    else if (test.op === 'before' || test.op === 'after') times.push(test.time);
  };
  for (const {condition} of world.bindings) if (condition) visit(condition);
  return times;
}
