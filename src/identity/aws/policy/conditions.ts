import type {ConditionTest} from './types.ts';
import type {Lookup} from './context.ts';
import {holdsAll} from './network.ts';
import {compare, comparesText, positive} from './operators.ts';
import {type Filled, fillVariables, namesVariable} from './variables.ts';
import {NO, OPEN, type Tri, YES, not} from './tri.ts';
import {matchesAll} from './wildcard.ts';

/** Evaluates one test where the key's values are known; null = the key is absent. */
export function testValues(
  test: ConditionTest,
  context: readonly string[] | null,
  variables: boolean,
  lookup: Lookup,
): Tri {
  if (test.operator === 'null') return testNull(test, context === null);
  if (context === null) return testAbsent(test);
  const {operator, negated} = positive(test.operator);
  const wanted = test.values.map((value) => fill(value, operator, variables, lookup));
  // What a negation makes of a variable without a value is not documented.
  const doubtful = negated && wanted.some((filled) => filled.void);
  const one = (value: string): Tri => {
    let best: Tri = NO;
    for (const filled of wanted) {
      const found = compare(operator, value, filled);
      if (found > best) best = found;
      if (best === YES) break;
    }
    if (doubtful && best !== YES) best = OPEN;
    return negated ? not(best) : best;
  };
  const all = context.map(one);
  if (test.quantifier === 'all') return all.reduce<Tri>((least, each) => (each < least ? each : least), YES);
  return all.reduce<Tri>((most, each) => (each > most ? each : most), NO);
}

/**
 * Evaluates one test where nothing is known of the key, not even whether it is there. Yes or no only where every value and
 * absence agree.
 */
export function testOpen(test: ConditionTest, variables: boolean, lookup: Lookup): Tri {
  if (test.operator === 'null') return both(testNull(test, true), testNull(test, false));
  return both(testAbsent(test), testAnyValue(test, variables, lookup));
}

/** A key that is there whose value nobody knows. */
function testAnyValue(test: ConditionTest, variables: boolean, lookup: Lookup): Tri {
  const {operator, negated} = positive(test.operator);
  if (matchesEverything(operator, test.values)) return negated ? NO : YES;
  const usable = test.values.filter((value) => !fill(value, operator, variables, lookup).void);
  if (usable.length === test.values.length) return usable.length > 0 ? OPEN : negated ? YES : NO;
  return usable.length > 0 || negated ? OPEN : NO;
}

function matchesEverything(operator: string, values: readonly string[]): boolean {
  if (operator === 'stringlike') return values.some(matchesAll);
  if (operator === 'bool') {
    const lower = values.map((value) => value.toLowerCase());
    return lower.includes('true') && lower.includes('false');
  }
  return (
    operator === 'ipaddress' &&
    values.some((value) => holdsAll(value) && value.includes(':')) &&
    values.some((value) => holdsAll(value) && !value.includes(':'))
  );
}

function testAbsent(test: ConditionTest): Tri {
  if (test.operator === 'null') return testNull(test, true);
  if (test.ifExists || test.quantifier === 'all') return YES;
  if (test.quantifier === 'any') return NO;
  return positive(test.operator).negated ? YES : NO;
}

function testNull({values}: ConditionTest, absent: boolean): Tri {
  return values.some((value) => (value.toLowerCase() === 'true') === absent) ? YES : NO;
}

function fill(value: string, operator: string, variables: boolean, lookup: Lookup): Filled {
  if (!comparesText(operator)) return {pattern: value, open: false, void: false};
  return fillVariables(value, variables, lookup);
}

/** Text for explanations: `StringEquals aws:PrincipalOrgID = o-1`. */
export function describeTest(test: ConditionTest, written = 3): string {
  const {operator, ifExists, quantifier, keyName, values} = test;
  const shown = values.slice(0, written).join(', ');
  const more = values.length > written ? ` and ${values.length - written} more` : '';
  const set = quantifier === null ? '' : quantifier === 'all' ? 'all values ' : 'any value ';
  return `${set}${keyName} ${operator}${ifExists ? ' (if present)' : ''} ${shown}${more}`;
}

/** Lower-case keys a test depends on: its own and those of policy variables in its values. */
export function keysOfTest(test: ConditionTest): string[] {
  return [test.key, ...test.values.flatMap(keysOfText)];
}

/** Lower-case keys of the policy variables in a text. */
export function keysOfText(text: string): string[] {
  if (!namesVariable(text)) return [];
  return [...text.matchAll(/\$\{\s*([^,}]+)/g)].map((found) => found[1]!.trim().toLowerCase());
}

function both(a: Tri, b: Tri): Tri {
  return a === b ? a : OPEN;
}
