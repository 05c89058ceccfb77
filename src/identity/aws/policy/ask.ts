import type {Certainty} from '../../../model/common.ts';
import type {Answer, PrincipalClass, Request, Way} from './types.ts';
import {type Choices, type Values, choicesFor} from './choices.ts';
import {type Lookup, lookupFor} from './context.ts';
import {explain} from './describe.ts';
import {type World, evaluate} from './evaluate.ts';
import {type Gathered, gather} from './gather.ts';
import {type PolicyCache, createPolicyCache} from './policy-index.ts';
import {NO, OPEN, type Tri, YES} from './tri.ts';

/** A class ready to be asked. */
export interface CompiledClass {
  group: PrincipalClass;
  /** ISO 8601; decides time conditions. */
  now: string;
  cache: PolicyCache;
}

/**
 * Makes a class ready to be asked. Policies are indexed when they are first asked and, with one cache for all classes, once
 * however many classes hold them.
 */
export function compileClass(
  group: PrincipalClass,
  {now, cache = createPolicyCache()}: {now: string; cache?: PolicyCache},
): CompiledClass {
  return {group, now, cache};
}

/** Whether a principal of the class may do it. */
export function ask({group, now, cache}: CompiledClass, request: Request): Answer {
  const lookup = lookupFor(group, request, now);
  const gathered = gather(group, cache, request, lookup);
  const choices = choicesFor(gathered, lookup);
  const best = searcher(gathered, choices, lookup);

  const direct = best(0, 'open');
  const guarded = direct.value === YES || !(choices.guarded || choices.networked) ? direct : best(1, 'open');
  const ways: Way[] = [];
  const add = (level: 0 | 1, value: Tri): void => {
    if (value === NO) return;
    const certainty: Certainty =
      value === YES ? 'certain' : best(level, 'ignored').value === NO ? 'unknown' : 'conditional';
    const known = ways.find((way) => RANK[way.certainty] <= RANK[certainty]);
    if (!known) ways.push({level, certainty});
  };
  add(0, direct.value);
  if (guarded !== direct) add(1, guarded.value);
  ways.sort((a, b) => RANK[a.certainty] - RANK[b.certainty]);

  const first = ways[0];
  const decision = first === undefined ? 'deny' : first.certainty === 'certain' ? 'allow' : 'depends';
  const found = first?.level === 0 ? direct : guarded;
  return {
    decision,
    level: first?.level ?? 0,
    certainty: first?.certainty ?? 'certain',
    ways,
    ...explain(gathered, {request, decision, level: first?.level ?? 0, world: found.world, lookup}),
    some: gathered.some,
  };
}

const RANK: Record<Certainty, number> = {certain: 0, conditional: 1, unknown: 2};

interface Found {
  value: Tri;
  /** The world in which the value was found. */
  world: World;
}

/** The best the requester can make of it: over values of the keys it sets and, at level 1, with a second proof. */
function searcher(
  gathered: Gathered,
  choices: Choices,
  lookup: Lookup,
): (level: 0 | 1, unread: World['unread']) => Found {
  return (level, unread) => {
    const network = level === 0 ? 'hostile' : 'open';
    let best: Found | null = null;
    const proofs = choices.guarded ? proofsFor(gathered, level, lookup) : [new Map<string, Values>()];
    for (const proof of proofs) {
      for (const set of choices.sets) {
        const world: World = {chosen: new Map([...set, ...proof]), wished: new Map(), network, unread};
        const value = evaluate(gathered, world, lookup);
        if (best === null || value > best.value) best = {value, world};
        if (value === YES) return best;
      }
    }
    const found = best ?? {value: NO, world: {chosen: new Map(), wished: new Map(), network, unread}};
    if (choices.wished.size === 0 || found.value === OPEN) return found;
    // No values tried let it through; whether others would stays open unless even wishes do not help.
    const single = new Map([...choices.sets[0]!].filter(([key]) => !choices.wished.has(key)));
    for (const proof of proofs) {
      const world: World = {
        chosen: new Map([...single, ...proof]),
        wished: choices.wished,
        network,
        unread,
      };
      if (evaluate(gathered, world, lookup) !== NO) return {value: OPEN, world};
    }
    return found;
  };
}

const PRESENT = 'aws:multifactorauthpresent';
const AGE = 'aws:multifactorauthage';

/**
 * What the MFA keys can be. Long-term keys of a user carry none; a session says false. At level 1 the proof was given just now.
 */
function proofsFor({who}: Gathered, level: 0 | 1, lookup: Lookup): Map<string, Values>[] {
  const states: [Values, Values][] = [[['false'], null]];
  if (who.kind !== 'role') states.push([null, null]);
  if (level === 1) states.unshift([['true'], ['1']]);
  return states.map(([present, age]) => {
    const proof = new Map<string, Values>();
    if (!lookup(PRESENT).known) proof.set(PRESENT, present);
    if (!lookup(AGE).known) proof.set(AGE, age);
    return proof;
  });
}
