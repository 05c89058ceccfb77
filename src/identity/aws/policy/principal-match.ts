import type {Caller, PrincipalClass, PrincipalTest, Statement} from './types.ts';
import {accountOfArn} from './context.ts';
import {NO, OPEN, type Tri, YES} from './tri.ts';

/**
 * How closely a statement of a resource policy names the caller. `everyone` and `session` grant by themselves, `self` too but
 * for a role within its boundary, `account` only hands the decision to the caller's own policies.
 */
export type Naming = 'everyone' | 'session' | 'self' | 'account';

export interface Named {
  naming: Naming;
  sure: Tri;
}

export interface Who {
  kind: PrincipalClass['kind'];
  caller: Caller | undefined;
}

/** The closest way an allow statement names the caller; null = not at all. */
export function namesForAllow({principal, unread}: Statement, who: Who): Named | null {
  if (unread !== null) return {naming: 'everyone', sure: YES};
  if (principal === null) return {naming: 'everyone', sure: OPEN};
  const named = closest(principal, who);
  if (!principal.negated) return named;
  if (named === null) return {naming: 'everyone', sure: YES};
  return named.sure === YES ? null : {naming: 'everyone', sure: OPEN};
}

/** Whether a deny statement hits the caller. */
export function namesForDeny({principal, unread}: Statement, who: Who): Tri {
  if (unread !== null) return YES;
  if (principal === null) return OPEN;
  if (!principal.negated) return closest(principal, who)?.sure ?? NO;
  // To be spared, a principal and its account must both be listed; what one alone does differs between services.
  const found = principal.entries.map((entry) => match(entry, who)).filter((named) => named !== null);
  if (found.length === 0) return YES;
  const has = (...namings: Naming[]): boolean =>
    found.some(({naming, sure}) => sure === YES && namings.includes(naming));
  if (has('everyone') || who.kind === 'service' || (who.kind === 'root' && has('self'))) return NO;
  const account = principal.entries.some(
    ({type, value}) => type === 'AWS' && accountEntry(value) === who.caller?.account,
  );
  return account && has('self', 'session') ? NO : OPEN;
}

const CLOSENESS: Record<Naming, number> = {everyone: 3, session: 2, self: 1, account: 0};

function closest({entries}: PrincipalTest, who: Who): Named | null {
  let best: Named | null = null;
  for (const entry of entries) {
    const named = match(entry, who);
    if (named === null) continue;
    const better =
      best === null ||
      named.sure > best.sure ||
      (named.sure === best.sure && CLOSENESS[named.naming] > CLOSENESS[best.naming]);
    if (better) best = named;
  }
  return best;
}

function match({type, value}: PrincipalTest['entries'][number], {kind, caller}: Who): Named | null {
  if (type === '*') return {naming: 'everyone', sure: YES};
  if (type === 'Service')
    return kind === 'service' && caller?.service === value ? {naming: 'self', sure: YES} : null;
  if (type === 'Federated' || kind === 'service' || kind === 'anonymous') return null;
  // Which account a canonical id belongs to is not in the data.
  if (type === 'CanonicalUser') return {naming: 'account', sure: OPEN};
  if (!caller) return {naming: 'self', sure: OPEN};
  const account = accountEntry(value);
  if (account !== null) {
    if (account !== caller.account) return null;
    return {naming: kind === 'root' ? 'self' : 'account', sure: YES};
  }
  if (kind === 'account') return matchForeign(value, caller);
  if (value === caller.arn) return {naming: 'self', sure: YES};
  if (UNIQUE_ID.test(value)) {
    if (caller.uniqueId === undefined) return {naming: 'self', sure: OPEN};
    return value === caller.uniqueId ? {naming: 'self', sure: YES} : null;
  }
  return kind === 'role' ? matchSession(value, caller) : null;
}

const UNIQUE_ID = /^A(?:IDA|ROA)[A-Z0-9]{8,}$/;

/** Who holds a whole account can act as any of its principals. */
function matchForeign(value: string, {account}: Caller): Named | null {
  if (account !== null && accountOfArn(value) === account) return {naming: 'self', sure: YES};
  return UNIQUE_ID.test(value) ? {naming: 'self', sure: OPEN} : null;
}

/** `arn:aws:sts::1:assumed-role/Name/session` of the role. */
function matchSession(value: string, {arn, account, sessionName}: Caller): Named | null {
  const session = /^arn:[^:]*:sts::(\d{12}):assumed-role\/([^/]+)\/(.+)$/.exec(value);
  if (!session || arn === null || session[1] !== account) return null;
  if (session[2] !== arn.slice(arn.lastIndexOf('/') + 1)) return null;
  // Who may assume the role mostly names the session; sessions made by a service have a name of their own.
  if (sessionName === undefined) return {naming: 'session', sure: OPEN};
  return sessionName === session[3] ? {naming: 'session', sure: YES} : null;
}

/** Account number of an entry that names a whole account; null = it names something else. */
function accountEntry(value: string): string | null {
  if (/^\d{12}$/.test(value)) return value;
  return /^arn:[^:]*:iam::(\d{12}):root$/.exec(value)?.[1] ?? null;
}
