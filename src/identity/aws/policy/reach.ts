import {type CompiledClass, ask} from './ask.ts';
import {lookupFor} from './context.ts';
import {coversAction} from './coverage.ts';
import {ANY_RESOURCE} from './probe.ts';
import type {AllowedPattern, AllowedResources, Answer, Request} from './types.ts';
import {fillVariables} from './variables.ts';
import {LITERAL_QUESTION, LITERAL_STAR, OPEN_TEXT, literalPrefix, matches} from './wildcard.ts';

/** Resources to choose from, sorted for look-up by the part of a pattern before its first wildcard. */
export interface ResourceIndex {
  readonly arns: readonly string[];
}

export function indexResourceNames(arns: Iterable<string>): ResourceIndex {
  return {arns: [...new Set(arns)].sort()};
}

/** The resources a pattern (`*`, `?`) matches, without looking at those that begin otherwise. */
export function* matching({arns}: ResourceIndex, pattern: string): Generator<string> {
  const prefix = literalPrefix(pattern);
  for (let at = firstFrom(arns, prefix); at < arns.length; at++) {
    const arn = arns[at]!;
    if (!arn.startsWith(prefix)) return;
    if (matches(pattern, arn)) yield arn;
  }
}

/**
 * Where the identity policies of a class may allow an action. Asking for each match of a pattern instead of for each
 * resource keeps the cost with the rights, not with pairs.
 */
export function allowedResources(
  compiled: CompiledClass,
  action: string,
  facts: Omit<Request, 'action' | 'resource'> = {},
): AllowedResources {
  const everywhere = ask(compiled, {...facts, action, resource: ANY_RESOURCE});
  const lookup = lookupFor(compiled.group, {...facts, action, resource: ANY_RESOURCE}, compiled.now);
  const wanted = action.toLowerCase();
  const patterns: AllowedPattern[] = [];
  const seen = new Set<string>();
  for (const policy of compiled.group.identity) {
    for (const statement of compiled.cache(policy).forAction(wanted)) {
      if (statement.effect !== 'Allow' || !coversAction(statement, wanted).part) continue;
      if (statement.notResources) {
        patterns.push({pattern: '*', except: statement.resources, statement});
        continue;
      }
      for (const written of statement.resources) {
        const filled = fillVariables(written, statement.variables, lookup);
        if (filled.void || seen.has(filled.pattern)) continue;
        seen.add(filled.pattern);
        patterns.push({pattern: asPattern(filled.pattern), except: [], statement});
      }
    }
  }
  return {everywhere, patterns};
}

/**
 * The resources of an index on which the class may do the action, each with its answer. Only resources that some allow pattern
 * matches are asked for; those whose own policy may grant it as well must be asked for by the caller.
 * @param facts what is known of each resource: its policy, account, tags
 */
export function* reach(
  compiled: CompiledClass,
  action: string,
  index: ResourceIndex,
  facts: (arn: string) => Omit<Request, 'action' | 'resource'> & {resource?: string} = () => ({}),
): Generator<[string, Answer]> {
  const {patterns} = allowedResources(compiled, action);
  const asked = new Set<string>();
  for (const {pattern} of patterns) {
    for (const arn of matching(index, pattern)) {
      if (asked.has(arn)) continue;
      asked.add(arn);
      const answer = ask(compiled, {resource: arn, ...facts(arn), action});
      if (answer.decision !== 'deny') yield [arn, answer];
    }
  }
}

/** Variables nobody knows become `*`; wildcard characters from values become `?`, which only ever finds more. */
function asPattern(pattern: string): string {
  return pattern.replaceAll(OPEN_TEXT, '*').replaceAll(LITERAL_STAR, '?').replaceAll(LITERAL_QUESTION, '?');
}

function firstFrom(sorted: readonly string[], prefix: string): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sorted[middle]! < prefix) low = middle + 1;
    else high = middle;
  }
  return low;
}
