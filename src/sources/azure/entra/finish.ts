import type {EntraContext} from './context.ts';
import {finishRegistrations} from './map-applications.ts';
import {finishConsents} from './map-grants.ts';
import {finishMfaRules} from './map-policies.ts';

/** Hands over what only the whole file tells: call once after the last row. */
export function finishEntra(context: EntraContext): void {
  finishRegistrations(context);
  finishConsents(context);
  finishMfaRules(context);
}
