import {keysOfTest, keysOfText} from './conditions.ts';
import {knownContext} from './context.ts';
import type {KnownContext, ParsedPolicy, PrincipalClass} from './types.ts';

/** Whoever on the internet asks, without credentials. */
export const ANONYMOUS: PrincipalClass = {
  kind: 'anonymous',
  caller: {arn: null, account: null},
  identity: [],
  boundary: null,
  scps: [],
};

/**
 * Somebody who holds a whole foreign account (a vendor, a partner): its own policies are not seen and taken to allow, and it
 * can act as any principal of its account.
 */
export function foreignAccount(account: string, context?: KnownContext): PrincipalClass {
  return {
    kind: 'account',
    caller: {arn: null, account},
    identity: [],
    boundary: null,
    scps: [],
    context: context ?? knownContext({}),
  };
}

/** The root user of an account; service control policies bind it in member accounts. */
export function rootUser(account: string, scps: PrincipalClass['scps'] = []): PrincipalClass {
  return {
    kind: 'root',
    caller: {arn: `arn:aws:iam::${account}:root`, account},
    identity: [],
    boundary: null,
    scps,
  };
}

/**
 * Lower-case condition keys the policies look at, in conditions and as variables. Principals that differ only in keys that are
 * not among them (`aws:principalarn`, `aws:username`, `aws:userid`, tags) belong to one class.
 */
export function mentionedKeys(policies: Iterable<ParsedPolicy>): Set<string> {
  const keys = new Set<string>();
  for (const {statements} of policies) {
    for (const {conditions, resources, variables} of statements) {
      for (const test of conditions) for (const key of keysOfTest(test)) keys.add(key);
      if (!variables) continue;
      for (const resource of resources) for (const key of keysOfText(resource)) keys.add(key);
    }
  }
  return keys;
}
