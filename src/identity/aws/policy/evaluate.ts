import type {ConditionTest, Statement} from './types.ts';
import {testOpen, testValues} from './conditions.ts';
import type {Lookup} from './context.ts';
import type {Gathered, Relevant} from './gather.ts';
import {NO, OPEN, type Tri, YES, and, not, or} from './tri.ts';

/**
 * One way to look at what is not known.
 *
 * | key | allow statement | deny statement |
 * |---|---|---|
 * | known or chosen | decided | decided |
 * | open | open, unless every value and absence agree | the same |
 * | network, `hostile` | does not apply | applies |
 * | network, `open` | open | open |
 * | statement not read, `open` | open | open |
 * | statement not read, `ignored` | limits nothing, grants nothing | does not apply |
 *
 * Open conditions are taken to be independent of each other (Kleene's logic): an answer is never surer than the truth, but
 * where one open key stands in several conditions it may say "depends" although all cases agree.
 */
export interface World {
  /** Values of keys the requester sets, lower-case key. */
  chosen: ReadonlyMap<string, readonly string[] | null>;
  /** Keys with several tests for which every test is taken at its best, to find an upper bound. */
  wished: ReadonlyMap<string, readonly (readonly string[] | null)[]>;
  network: 'hostile' | 'open';
  unread: 'open' | 'ignored';
}

/** Where a statement stands decides what an unread one means. */
export type Place = 'grant' | 'limit';

/** Whether the request goes through. */
export function evaluate(gathered: Gathered, world: World, lookup: Lookup): Tri {
  const denied = most(gathered.denies, 'grant', world, lookup);
  if (denied === YES) return NO;
  let allowed = allow(gathered, world, lookup);
  for (const level of gathered.scps) {
    if (allowed === NO) return NO;
    allowed = and(allowed, most(level, 'limit', world, lookup));
  }
  return and(not(denied), allowed);
}

/** Identity policies, boundary, session and resource policy together, before denies and SCPs. */
function allow(gathered: Gathered, world: World, lookup: Lookup): Tri {
  const {grants, who, sameAccount} = gathered;
  let everyone: Tri = NO;
  let self: Tri = NO;
  let account: Tri = NO;
  for (const grant of grants) {
    const value = applies(grant, 'grant', world, lookup);
    if (grant.naming === 'everyone' || grant.naming === 'session') everyone = or(everyone, value);
    else if (grant.naming === 'self') self = or(self, value);
    else account = or(account, value);
  }
  if (gathered.unreadKeyPolicy) account = or(account, world.unread === 'open' ? OPEN : YES);
  if (who.kind === 'anonymous' || who.kind === 'service') return or(everyone, self);

  const own =
    who.kind === 'root' || who.kind === 'account' ? YES : most(gathered.identity, 'grant', world, lookup);
  const boundary = gathered.boundary ? most(gathered.boundary, 'limit', world, lookup) : YES;
  const session = gathered.session ? most(gathered.session, 'limit', world, lookup) : YES;
  const limits = and(boundary, session);
  if (!sameAccount) return and(and(own, limits), or(or(everyone, self), account));

  // A user named directly is not held back by what its boundary leaves out, a role is.
  const direct = who.kind === 'user' && gathered.session === null ? self : and(self, limits);
  const byOwn = gathered.needsResourcePolicy ? and(account, own) : own;
  return or(or(everyone, direct), and(byOwn, limits));
}

/** The surest of statements that stand beside each other. */
export function most(list: readonly Relevant[], place: Place, world: World, lookup: Lookup): Tri {
  let best: Tri = NO;
  for (const relevant of list) {
    best = or(best, applies(relevant, place, world, lookup));
    if (best === YES) break;
  }
  return best;
}

/** Whether a statement applies. */
export function applies({statement, base}: Relevant, place: Place, world: World, lookup: Lookup): Tri {
  if (statement.unread !== null) {
    if (world.unread === 'open') return and(base, OPEN);
    return statement.effect === 'Allow' && place === 'limit' ? base : NO;
  }
  let result = base;
  for (const test of statement.conditions) {
    result = and(result, testValue(test, statement, world, lookup));
    if (result === NO) break;
  }
  return result;
}

/** One condition of a statement. */
export function testValue(
  test: ConditionTest,
  {effect, variables}: Statement,
  world: World,
  lookup: Lookup,
): Tri {
  const chosen = world.chosen.get(test.key);
  if (chosen !== undefined) return testValues(test, chosen, variables, lookup);
  const wished = world.wished.get(test.key);
  if (wished) {
    const all = wished.map((values) => testValues(test, values, variables, lookup));
    return effect === 'Allow'
      ? all.reduce((a, b) => or(a, b), NO as Tri)
      : all.reduce((a, b) => and(a, b), YES as Tri);
  }
  const state = lookup(test.key);
  if (state.known) return testValues(test, state.values, variables, lookup);
  const open = testOpen(test, variables, lookup);
  if (open !== OPEN || state.class !== 'network' || world.network === 'open') return open;
  return effect === 'Allow' ? NO : YES;
}
