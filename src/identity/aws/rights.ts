import type {Certainty} from '../../model/common.ts';
import type {Statement} from './statements.ts';
import {type Right, actionMatches} from '../rights.ts';
import {CONTROL_ACTIONS, ESCALATION_ACTIONS, GUARD_KEYS} from './actions.ts';

/** Probe for "everything there is": only `*` and patterns of the whole matches it. */
const ANY_ACTION = '\u0001any:\u0001any';
const ANY_IAM = 'iam:\u0001any';

/**
 * Rights over the account from identity policies read as plainly stated: allow statements minus denies, on all
 * resources. `iam:*` (and thus `*`) is control, since its holder can give itself the rest; everything but IAM is content.
 * Resource-limited statements and single escalation actions are `unknown`: boundaries, SCPs and resource
 * policies are not evaluated here.
 */
export function awsRights(statements: Statement[], hasBoundary: boolean): Right[] {
  const rights: Right[] = [];
  const add = (over: string, action: string, text: string): boolean => {
    const found = verdict(statements, action);
    if (!found) return false;
    const certainty = hasBoundary && found.certainty === 'certain' ? 'conditional' : found.certainty;
    rights.push({
      over,
      certainty,
      level: found.level,
      because: `policy allows ${text}${found.note}${hasBoundary ? ', permission boundary not evaluated' : ''}`,
    });
    return certainty !== 'unknown';
  };
  if (add('control', ANY_IAM, 'iam:* on *') && rights.at(-1)!.certainty === 'certain') return rights;
  const content = add('content', ANY_ACTION, '* on *');
  if (!content || rights.at(-1)!.certainty !== 'certain') {
    const seen = new Set<string>();
    for (const {over, action} of CONTROL_ACTIONS) {
      if (!seen.has(over) && add(over, action, `${action} on *`)) seen.add(over);
    }
  }
  const escalation = ESCALATION_ACTIONS.find((action) => verdict(statements, action) !== null);
  if (escalation !== undefined && !rights.some(({over}) => over === 'control')) {
    rights.push({
      over: 'control',
      certainty: 'unknown',
      level: 0,
      because: `policy allows ${escalation}: whether more rights follow is not evaluated`,
    });
  }
  return rights;
}

/**
 * Whether identity policies let their holder assume a role: the surest allow that covers the role's ARN, after denies.
 * Null = nothing allows it.
 */
export function mayAssume(statements: Statement[], roleArn: string, hasBoundary: boolean): Verdict | null {
  const on = statements.filter((statement) => coversResource(statement, roleArn));
  // Statements that do not name the role are gone, so those left speak about all that is asked for.
  const found = verdict(
    on.map((statement) => ({...statement, resources: ['*'], notResources: []})),
    'sts:AssumeRole',
  );
  if (found === null || !hasBoundary || found.certainty === 'unknown') return found;
  return {...found, certainty: 'conditional', note: `${found.note}, permission boundary not evaluated`};
}

function coversResource({resources, notResources}: Statement, arn: string): boolean {
  if (notResources.length > 0) return !notResources.some((pattern) => actionMatches(pattern, arn));
  return resources.some((pattern) => actionMatches(pattern, arn));
}

export interface Verdict {
  certainty: Certainty;
  level: 0 | 1;
  note: string;
}

/** Best allow for an action after denies; null = not allowed. */
function verdict(statements: Statement[], action: string): Verdict | null {
  let best: Verdict | null = null;
  for (const statement of statements) {
    if (statement.effect !== 'Allow' || !covers(statement, action)) continue;
    const everywhere = statement.notResources.length === 0 && statement.resources.includes('*');
    const guarded = statement.conditionKeys.some((key) => GUARD_KEYS.has(key));
    const found: Verdict = !everywhere
      ? {certainty: 'unknown', level: 0, note: ', on some resources only'}
      : statement.conditionKeys.length > 0
        ? {
            certainty: 'conditional',
            level: guarded ? 1 : 0,
            note: `, if ${statement.conditionKeys.join(', ')}`,
          }
        : {certainty: 'certain', level: 0, note: ''};
    if (best === null || RANK[found.certainty] < RANK[best.certainty]) best = found;
  }
  if (best === null) return null;
  for (const statement of statements) {
    if (statement.effect !== 'Deny' || !touches(statement, action)) continue;
    const whole =
      covers(statement, action) && statement.resources.includes('*') && statement.conditionKeys.length === 0;
    if (whole) return null;
    if (best.certainty !== 'certain') continue;
    const guarded = statement.conditionKeys.some((key) => GUARD_KEYS.has(key));
    best = {
      certainty: 'conditional',
      level: guarded ? 1 : 0,
      note: `, limited by a deny${statement.conditionKeys.length > 0 ? ` on ${statement.conditionKeys.join(', ')}` : ''}`,
    };
  }
  return best;
}

const RANK: Record<Certainty, number> = {certain: 0, conditional: 1, unknown: 2};

/** Whether the statement speaks for the whole of the action (or of the probe's action class). */
function covers(statement: Statement, action: string): boolean {
  if (statement.notActions.length > 0) {
    if (action === ANY_IAM)
      return !statement.notActions.some((p) => p === '*' || service(p) === 'iam' || service(p) === '*');
    return !statement.notActions.some((p) => actionMatches(p, action));
  }
  return statement.actions.some((p) => actionMatches(p, action));
}

/**
 * Whether a deny takes away at least a part that matters: for the IAM probe any IAM action, for the content probe only denies
 * of everything (losing one service does not undo control of the rest).
 */
function touches(statement: Statement, action: string): boolean {
  if (action === ANY_IAM) {
    return statement.notActions.length > 0
      ? !statement.notActions.some((p) => p === '*' || p.toLowerCase() === 'iam:*')
      : statement.actions.some((p) => service(p) === '*' || service(p) === 'iam');
  }
  return covers(statement, action);
}

function service(pattern: string): string {
  const colon = pattern.indexOf(':');
  return colon < 0 ? pattern : pattern.slice(0, colon).toLowerCase();
}
