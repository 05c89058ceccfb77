import type {ParsedPolicy, PrincipalClass, Request, Statement} from './types.ts';
import {type Lookup, accountOfArn} from './context.ts';
import {coversAction, coversResource} from './coverage.ts';
import {RCP_MAYBE_SERVICES, RCP_SERVICES} from './keys.ts';
import {missingPolicy} from './parse.ts';
import type {PolicyCache} from './policy-index.ts';
import {type Naming, type Who, namesForAllow, namesForDeny} from './principal-match.ts';
import {NO, OPEN, type Tri, YES, and} from './tri.ts';

/** A statement that speaks of the question, before its conditions. */
export interface Relevant {
  statement: Statement;
  base: Tri;
  /** Allow statements of the resource policy: how they name the caller. */
  naming?: Naming;
}

/** Everything that has a say in one question. */
export interface Gathered {
  who: Who;
  identity: Relevant[];
  boundary: Relevant[] | null;
  session: Relevant[] | null;
  scps: Relevant[][];
  grants: Relevant[];
  denies: Relevant[];
  /** Caller and resource belong to one account. */
  sameAccount: boolean;
  /** The policy of the resource must allow or hand over (role trust, KMS key). */
  needsResourcePolicy: boolean;
  /** A key policy that is not in the source: by default it hands over to the account. */
  unreadKeyPolicy: boolean;
  /** Names of the SCPs of each level and of the boundary, for explanations. */
  names: {boundary: string; scps: string[]};
  /** Identity policies and all that limits them speak of a part of the probe, and nothing denies the whole of it. */
  some: boolean;
}

export function gather(
  group: PrincipalClass,
  cache: PolicyCache,
  request: Request,
  lookup: Lookup,
): Gathered {
  const action = request.action.toLowerCase();
  const {resource} = request;
  const caller = request.caller ?? group.caller;
  const who: Who = {kind: group.kind, caller};
  const denies: Relevant[] = [];
  let part = false;

  const visit = (
    policies: readonly ParsedPolicy[],
    allow: (found: Relevant) => void,
    deny: (found: Relevant) => void,
  ): void => {
    for (const policy of policies) {
      for (const statement of cache(policy).candidates(action, resource)) {
        const ofAction = coversAction(statement, action);
        if (!ofAction.part) continue;
        const ofResource = coversResource(statement, resource, lookup);
        if (!ofResource.part) continue;
        const base = and(ofAction.whole, ofResource.whole);
        if (statement.effect === 'Allow') {
          if (base === NO) part = true;
          else allow({statement, base});
        } else if (base !== NO) deny({statement, base});
        else if (request.denies !== 'whole') deny({statement, base: OPEN});
      }
    }
  };
  let some = true;
  const layer = (policies: readonly ParsedPolicy[]): Relevant[] => {
    const allows: Relevant[] = [];
    part = false;
    visit(
      policies,
      (found) => allows.push(found),
      (found) => denies.push(found),
    );
    some &&= part || allows.length > 0;
    return allows;
  };

  const identity = layer(group.identity);
  const boundary =
    group.boundary === null
      ? null
      : layer([group.boundary === 'missing' ? missingPolicy('permission boundary') : group.boundary]);
  const scps = group.scps.map((level, depth) =>
    layer(level.length > 0 ? level : [missingPolicy(`SCPs of level ${depth + 1}`)]),
  );
  const session = group.session ? layer(group.session) : null;
  some &&= !denies.some(
    ({statement, base}) => base === YES && statement.conditions.length === 0 && statement.unread === null,
  );

  const service = action.slice(0, Math.max(0, action.indexOf(':')));
  const bound = RCP_SERVICES.has(service) || RCP_MAYBE_SERVICES.has(service);
  for (const level of bound ? (request.rcps ?? []) : []) {
    visit(
      level,
      () => {},
      ({statement, base}) =>
        denies.push({statement, base: RCP_SERVICES.has(service) ? base : and(base, OPEN)}),
    );
  }

  const isKey = service === 'kms' && (/:(?:key|alias)\//.test(resource) || resource.includes('\u0001'));
  const isTrust = action.startsWith('sts:assumerole');
  const grants: Relevant[] = [];
  const unreadKeyPolicy = isKey && !request.resourcePolicy;
  const policy =
    request.resourcePolicy ??
    (isKey
      ? missingPolicy('key policy', false)
      : isTrust
        ? missingPolicy('trust policy of the role', false)
        : null);
  if (policy) {
    visit(
      [policy],
      (found) => {
        const named = namesForAllow(found.statement, who);
        if (named) grants.push({...found, base: and(found.base, named.sure), naming: named.naming});
      },
      (found) => {
        const base = and(found.base, namesForDeny(found.statement, who));
        if (base !== NO) denies.push({...found, base});
      },
    );
  }

  const owner = request.resourceAccount ?? accountOfArn(resource);
  const account = caller?.account ?? null;
  return {
    who,
    identity,
    boundary,
    session,
    scps,
    grants,
    denies,
    sameAccount: owner === null || account === null || owner === account,
    needsResourcePolicy: isKey || isTrust,
    unreadKeyPolicy,
    names: {
      boundary: group.boundary === null || group.boundary === 'missing' ? '' : group.boundary.name,
      scps: group.scps.map((level) => level.map(({name}) => name).join(', ')),
    },
    some,
  };
}
