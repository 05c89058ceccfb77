import {field, flag, isRow, list, text, texts} from '../../record.ts';
import type {Row} from '../../record.ts';
import {homeOf} from './context.ts';
import type {EntraContext, Fate} from './context.ts';
import {principalId} from '../map-identity.ts';
import {addDirectory} from './ids.ts';

/**
 * A conditional access policy. Only the simple ones are understood: enabled, all applications, no condition on place, device,
 * client or risk, and a second proof as the only way in.
 */
export function mapConditionalAccess({mfa: rules}: EntraContext, row: Row): Fate {
  const state = text(row, 'state');
  if (state !== 'enabled') return {word: `conditional access policy (${state ?? 'no state'})`};
  if (!asksSecondProof(row) || !isUnconditional(row)) return {word: 'conditional access policy'};
  const users = field(row, 'conditions', 'users');
  for (const key of ['excludeUsers', 'excludeGroups', 'excludeRoles'])
    for (const id of texts(users, key)) rules.except.add(id.toLowerCase());
  if (texts(users, 'includeUsers').some((one) => one.toLowerCase() === 'all')) rules.everyone = true;
  for (const role of texts(users, 'includeRoles')) rules.roles.add(role.toLowerCase());
  return {word: 'conditional access policy with second proof'};
}

function asksSecondProof(row: Row): boolean {
  const grant = field(row, 'grantControls');
  const controls = texts(grant, 'builtInControls').map((one) => one.toLowerCase());
  const strength = isRow(field(grant, 'authenticationStrength'));
  if (!controls.includes('mfa') && !strength) return false;
  const ways = controls.length + (strength ? 1 : 0) + list(grant, 'customAuthenticationFactors').length;
  return ways === 1 || text(grant, 'operator')?.toUpperCase() === 'AND';
}

function isUnconditional(row: Row): boolean {
  const conditions = field(row, 'conditions');
  const applications = field(conditions, 'applications');
  const all = texts(applications, 'includeApplications').some((one) => one.toLowerCase() === 'all');
  const clients = texts(conditions, 'clientAppTypes').map((one) => one.toLowerCase());
  const filled = (key: string): boolean => {
    const value = field(conditions, key);
    return Array.isArray(value) ? value.length > 0 : value !== undefined && value !== null;
  };
  return (
    all &&
    list(applications, 'excludeApplications').length === 0 &&
    (clients.length === 0 || clients.includes('all')) &&
    !['locations', 'platforms', 'devices', 'signInRiskLevels', 'userRiskLevels', 'insiderRiskLevels'].some(
      filled,
    )
  );
}

/** Notes the rules at the directory, as tags `conditionalAccessMfa` (`all`, `roles`), `…Roles`, `…Except` (ids, blank-separated). */
export function finishMfaRules(context: EntraContext): void {
  const {mfa: rules} = context;
  if (!rules.everyone && rules.roles.size === 0) return;
  const ids = (set: Set<string>): string => [...set].toSorted().join(' ');
  addDirectory(context.draft, context.tenant, '', {
    tags: {
      conditionalAccessMfa: rules.everyone ? 'all' : 'roles',
      ...(rules.roles.size > 0 ? {conditionalAccessMfaRoles: ids(rules.roles)} : {}),
      ...(rules.except.size > 0 ? {conditionalAccessMfaExcept: ids(rules.except)} : {}),
    },
  });
}

/** Which proofs a user has registered (`reports/authenticationMethods/userRegistrationDetails`). */
export function mapRegistration(context: EntraContext, row: Row, at: string): Fate {
  const id = text(row, 'id');
  if (id === null) return {reject: 'registration details without user id'};
  const mfa = flag(row, 'isMfaRegistered');
  context.draft.principal(
    {
      id: principalId(id),
      kind: 'user',
      name: text(row, 'userPrincipalName') ?? text(row, 'userDisplayName') ?? id,
      cloud: 'azure',
      container: homeOf(context),
      person: true,
      memberOf: [],
      implied: true,
      ...(mfa === null ? {} : {attributes: {mfaEnabled: mfa}}),
    },
    at,
  );
  return {word: 'sign-in methods of a user'};
}
