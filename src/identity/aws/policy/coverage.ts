import type {Lookup} from './context.ts';
import type {Statement} from './types.ts';
import {isProbe, probePattern} from './probe.ts';
import {NO, OPEN, type Tri, YES, not} from './tri.ts';
import {fillVariables} from './variables.ts';
import {matches, overlap} from './wildcard.ts';

/** How much of what was asked for a statement speaks of. `part` only of probes. */
export interface Coverage {
  /** It speaks of all of it. */
  whole: Tri;
  /** It may speak of some of it. */
  part: boolean;
}

const NOTHING: Coverage = {whole: NO, part: false};
const EVERYTHING: Coverage = {whole: YES, part: true};

/** @param action lower case */
export function coversAction({actions, notActions}: Statement, action: string): Coverage {
  const found = patternsCover(actions, action);
  return notActions ? except(found) : found;
}

export function coversResource(statement: Statement, resource: string, lookup: Lookup): Coverage {
  const {resources, notResources} = statement;
  let whole: Tri = NO;
  let part = false;
  for (const written of resources) {
    const found = resourcePatternCovers(statement, written, resource, lookup);
    if (found.whole > whole) whole = found.whole;
    part ||= found.part;
    if (whole === YES) break;
  }
  return notResources ? except({whole, part}) : {whole, part};
}

/** One resource pattern of a statement. */
export function resourcePatternCovers(
  {variables, notResources}: Statement,
  written: string,
  resource: string,
  lookup: Lookup,
): Coverage {
  const filled = fillVariables(written, variables, lookup);
  // What an exception makes of a variable without a value is not documented.
  if (filled.void) return notResources ? {whole: OPEN, part: true} : NOTHING;
  if (matches(filled.pattern, resource)) {
    return filled.open ? {whole: OPEN, part: true} : EVERYTHING;
  }
  return isProbe(resource) && overlap(filled.pattern, probePattern(resource))
    ? {whole: NO, part: true}
    : NOTHING;
}

/** What a statement covers that excepts this. */
function except({whole, part}: Coverage): Coverage {
  if (part && whole === NO) return {whole: NO, part: true};
  return {whole: not(whole), part: whole !== YES};
}

function patternsCover(patterns: readonly string[], text: string): Coverage {
  if (patterns.some((pattern) => matches(pattern, text))) return EVERYTHING;
  if (!isProbe(text)) return NOTHING;
  const wanted = probePattern(text);
  return patterns.some((pattern) => overlap(pattern, wanted)) ? {whole: NO, part: true} : NOTHING;
}
