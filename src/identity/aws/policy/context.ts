import type {Caller, KnownContext, PrincipalClass, Request} from './types.ts';
import {GLOBAL_SERVICES, type KeyClass, keyClass} from './keys.ts';
import {ANY, isProbe} from './probe.ts';

/** What is known about one key in one request. Values may hold {@link ANY} where a part is not known. */
export type KeyState =
  | {known: true; values: readonly string[] | null}
  | {known: false; class: KeyClass; shape?: string};

export type Lookup = (key: string) => KeyState;

/** Makes a context from plain facts: key names in any case; null = known to be absent. */
export function knownContext(
  values: Readonly<Record<string, string | readonly string[] | null>>,
  closed: readonly string[] = [],
): KnownContext {
  return {
    values: new Map(
      Object.entries(values).map(([key, value]) => [
        key.toLowerCase(),
        typeof value === 'string' ? [value] : value,
      ]),
    ),
    closed: closed.map((prefix) => prefix.toLowerCase()),
  };
}

/** Tags as context: every key below the prefix that is not a tag is known to be absent. */
export function tagContext(prefix: string, tags: Readonly<Record<string, string>>): KnownContext {
  const named = Object.entries(tags).map(([key, value]) => [`${prefix}${key}`, value] as const);
  return knownContext(Object.fromEntries(named), [prefix]);
}

/** How to look a key up: the request first, then what follows from the caller and the question, then the class. */
export function lookupFor(group: PrincipalClass, request: Request, now: string): Lookup {
  const caller = request.caller ?? group.caller;
  // Most questions look no key up.
  let derived: Map<string, KeyState> | null = null;
  const memo = new Map<string, KeyState>();
  const find = (key: string): KeyState => {
    derived ??= derive(group.kind, caller, request, now);
    const stated = fromContext(request.context, key) ?? derived.get(key) ?? fromContext(group.context, key);
    if (stated) return stated;
    // Who signs in nowhere, and a service, belong to no organisation and carry no tags.
    const signedIn = group.kind !== 'anonymous' && group.kind !== 'service';
    if (!signedIn && (key.startsWith('aws:principal') || key === 'aws:userid')) return ABSENT;
    const known = keyClass(key);
    // Services set these when they act for others; a person or machine that asks itself has none.
    if (known === 'direct' && group.kind !== 'service') return ABSENT;
    // Who holds a whole foreign account makes itself the principal the policy asks for.
    if (group.kind === 'account' && (known === 'guard' || key.startsWith('aws:principaltag/')))
      return {known: false, class: 'settable'};
    return {known: false, class: known};
  };
  return (key) => {
    let state = memo.get(key);
    if (!state) memo.set(key, (state = find(key)));
    return state;
  };
}

const ABSENT: KeyState = {known: true, values: null};

function fromContext(context: KnownContext | undefined, key: string): KeyState | undefined {
  if (!context) return undefined;
  const values = context.values.get(key);
  if (values !== undefined) return {known: true, values};
  return context.closed.some((prefix) => key.startsWith(prefix)) ? ABSENT : undefined;
}

function derive(
  kind: PrincipalClass['kind'],
  caller: Caller | undefined,
  request: Request,
  now: string,
): Map<string, KeyState> {
  const derived = new Map<string, KeyState>();
  const set = (key: string, value: string | null): void => {
    derived.set(key, {known: true, values: value === null ? null : [value]});
  };
  const time = Date.parse(now);
  if (!Number.isNaN(time)) {
    set('aws:currenttime', now);
    set('aws:epochtime', String(Math.floor(time / 1000)));
  }
  set('aws:principalisawsservice', String(kind === 'service'));
  if (kind === 'service' || kind === 'anonymous') {
    for (const key of [
      'aws:principalarn',
      'aws:principalaccount',
      'aws:username',
      'aws:multifactorauthpresent',
    ])
      set(key, null);
    set('aws:multifactorauthage', null);
    if (caller?.service !== undefined) set('aws:principalservicename', caller.service);
  }
  if (kind === 'role' || kind === 'root') set('aws:username', null);
  if (kind === 'user') set('aws:principaltype', 'User');
  if (kind === 'role') set('aws:principaltype', 'AssumedRole');
  if (kind === 'root') set('aws:principaltype', 'Account');
  // Only keys of a session: a long-term access key has no issue time.
  if (caller) deriveCaller(kind, caller, derived, set);
  deriveResource(request, set);
  return derived;
}

function deriveCaller(
  kind: PrincipalClass['kind'],
  caller: Caller,
  derived: Map<string, KeyState>,
  set: (key: string, value: string | null) => void,
): void {
  if (caller.account !== null) {
    set('aws:principalaccount', caller.account);
    set('kms:calleraccount', caller.account);
  }
  if (kind === 'account' && caller.account !== null) {
    derived.set('aws:principalarn', {
      known: false,
      class: 'settable',
      shape: `arn:*:*::${caller.account}:*`,
    });
    return;
  }
  if (caller.arn === null) return;
  set('aws:principalarn', caller.arn);
  if (kind === 'user') {
    set('aws:username', caller.arn.slice(caller.arn.lastIndexOf('/') + 1));
    if (caller.uniqueId !== undefined) set('aws:userid', caller.uniqueId);
  }
  if (kind === 'role') {
    set('aws:userid', `${caller.uniqueId ?? ANY}:${caller.sessionName ?? ANY}`);
  }
  if (kind === 'root' && caller.account !== null) set('aws:userid', caller.account);
}

function deriveResource(
  {resource, resourceAccount, action}: Request,
  set: (key: string, value: string | null) => void,
): void {
  const parts = resource.split(':');
  const service = action.slice(0, action.indexOf(':')).toLowerCase();
  const owner = resourceAccount ?? accountOfArn(resource);
  if (owner !== null) set('aws:resourceaccount', owner);
  const region = parts.length >= 6 ? parts[3]! : '';
  if (region !== '' && !isProbe(region) && !/[*?]/.test(region)) set('aws:requestedregion', region);
  else if (GLOBAL_SERVICES.has(service)) set('aws:requestedregion', 'us-east-1');
}

/** Account number in an ARN; null = none, as in bucket ARNs. */
export function accountOfArn(arn: string): string | null {
  const account = arn.split(':', 5)[4];
  return account !== undefined && /^\d{12}$/.test(account) ? account : null;
}
