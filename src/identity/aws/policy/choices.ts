import type {ConditionTest, Statement} from './types.ts';
import {testValues} from './conditions.ts';
import type {Lookup} from './context.ts';
import type {Gathered, Relevant} from './gather.ts';
import {positive} from './operators.ts';
import {fillVariables} from './variables.ts';
import {LITERAL_QUESTION, LITERAL_STAR, OPEN_TEXT, matches} from './wildcard.ts';

/** Values of one key; null = absent. */
export type Values = readonly string[] | null;

/** What the requester may try. */
export interface Choices {
  /** Sets of values worth trying, the best guesses only where a key stands in one condition. */
  sets: ReadonlyMap<string, Values>[];
  /** Keys that stand in several conditions, with all candidates: for the upper bound. */
  wished: ReadonlyMap<string, readonly Values[]>;
  /** A guard key (MFA) stands in some condition and is not known. */
  guarded: boolean;
  /** A network key stands in some condition and is not known. */
  networked: boolean;
}

/** More combinations than these are not tried; the answer is then at most `depends`. */
const MOST_SETS = 256;

/** Which values the keys the requester sets can usefully have. */
export function choicesFor(gathered: Gathered, lookup: Lookup): Choices {
  const tests = new Map<string, {test: ConditionTest; statement: Statement}[]>();
  let guarded = false;
  let networked = false;
  for (const {statement} of relevantOf(gathered)) {
    for (const test of statement.conditions) {
      const state = lookup(test.key);
      if (state.known) continue;
      if (state.class === 'guard') guarded = true;
      else if (state.class === 'network') networked = true;
      else if (state.class === 'settable') {
        const list = tests.get(test.key);
        if (list) list.push({test, statement});
        else tests.set(test.key, [{test, statement}]);
      }
    }
  }
  if (tests.size === 0) return {sets: [new Map()], wished: new Map(), guarded, networked};
  const single = new Map<string, Values>();
  const wished = new Map<string, readonly Values[]>();
  for (const [key, list] of tests) {
    const state = lookup(key);
    const candidates = candidatesFor(key, state.known ? undefined : state.shape, list, lookup);
    if (list.length === 1) single.set(key, bestFor(list[0]!, candidates, lookup));
    else wished.set(key, candidates);
  }
  let sets: Map<string, Values>[] = [single];
  for (const [key, candidates] of wished) {
    const grown = sets.flatMap((set) => candidates.map((values) => new Map([...set, [key, values]])));
    sets = grown.slice(0, MOST_SETS);
  }
  return {sets, wished, guarded, networked};
}

export function* relevantOf(gathered: Gathered): Generator<Relevant> {
  yield* gathered.identity;
  if (gathered.boundary) yield* gathered.boundary;
  if (gathered.session) yield* gathered.session;
  for (const level of gathered.scps) yield* level;
  yield* gathered.grants;
  yield* gathered.denies;
}

/** The values with which an allow applies or a deny does not. */
function bestFor(
  {test, statement}: {test: ConditionTest; statement: Statement},
  candidates: readonly Values[],
  lookup: Lookup,
): Values {
  let best: Values = candidates[0] ?? null;
  let bestValue = -1;
  for (const values of candidates) {
    const found = testValues(test, values, statement.variables, lookup);
    const value = statement.effect === 'Allow' ? found : 2 - found;
    if (value > bestValue) {
      best = values;
      bestValue = value;
    }
    if (value === 2) break;
  }
  return best;
}

/** Keys that every request has. */
const ALWAYS_THERE = new Set(['aws:securetransport', 'aws:requestedregion', 'aws:principalarn']);

function candidatesFor(
  key: string,
  shape: string | undefined,
  list: readonly {test: ConditionTest; statement: Statement}[],
  lookup: Lookup,
): Values[] {
  const texts = new Set<string>();
  let sets = false;
  for (const {test, statement} of list) {
    sets ||= test.quantifier !== null;
    const {operator} = positive(test.operator);
    for (const value of test.values) {
      const {pattern} = fillVariables(value, statement.variables, lookup);
      for (const text of instances(operator, pattern, shape)) texts.add(text);
    }
  }
  if (key === 'aws:securetransport') for (const text of ['true', 'false']) texts.add(text);
  texts.add(shape === undefined ? 'unlike-anything-named' : instanceOf(shape, 'role/unlike'));
  const allowed = [...texts].filter((text) => shape === undefined || matches(shape, text));
  const candidates: Values[] = ALWAYS_THERE.has(key) ? [] : [null];
  candidates.push(...allowed.map((text) => [text]));
  if (sets && allowed.length > 1) candidates.push(allowed.slice(0, -1), allowed);
  return candidates;
}

/** Values around what a condition names: such as match and such as just do not. */
function instances(operator: string, pattern: string, shape: string | undefined): string[] {
  if (operator === 'null') return [];
  if (operator === 'bool') return ['true', 'false'];
  if (operator.startsWith('numeric')) {
    const number = Number(pattern);
    return Number.isNaN(number) ? [] : [number, number - 1, number + 1].map(String);
  }
  if (operator.startsWith('date')) {
    const time = /^\d{6,}$/.test(pattern) ? Number(pattern) * 1000 : Date.parse(pattern);
    if (Number.isNaN(time)) return [];
    return [time, time - 1000, time + 1000].map((at) => new Date(at).toISOString());
  }
  if (operator === 'ipaddress') return [pattern.split('/')[0]!];
  if (operator === 'stringequals' || operator === 'stringequalsignorecase' || operator === 'binaryequals')
    return [pattern.replaceAll(LITERAL_STAR, '*').replaceAll(LITERAL_QUESTION, '?')];
  const shaped = shape === undefined ? pattern : withAccount(pattern, shape);
  return [instanceOf(shaped, ''), instanceOf(shaped, 'x')];
}

function instanceOf(pattern: string, star: string): string {
  return pattern
    .replaceAll(/[*\u0004]/g, star)
    .replaceAll('?', 'x')
    .replaceAll(LITERAL_STAR, '*')
    .replaceAll(LITERAL_QUESTION, '?')
    .replaceAll(OPEN_TEXT, star);
}

/** An ARN pattern narrowed to the account of the shape. */
function withAccount(pattern: string, shape: string): string {
  const parts = pattern.split(':');
  const account = shape.split(':')[4]!;
  if (parts.length < 6) return `arn:aws:iam::${account}:role/x`;
  if (matches(parts[4]!, account)) parts[4] = account;
  if (parts[1] === '*') parts[1] = 'aws';
  if (parts[2] === '*') parts[2] = 'iam';
  if (parts[3] === '*') parts[3] = '';
  return parts.join(':');
}
