import type {Finding} from '../../model/common.ts';
import type {ExceptionRecord, RuleInfo} from '../../model/policy.ts';
import type {Setting} from '../profile/profile.ts';
import {DEFAULT_TERMS, SEVERITIES, type ExceptionTerms} from '../profile/terms.ts';
import type {CompiledException} from './compile.ts';

/** From this many days before its end an exception is announced. */
const SOON_DAYS = 30;
const DAY = 86_400_000;

/**
 * Whether an exception holds at `now`, and what must be said about it. It holds to the end of `expiresOn` (UTC). Void
 * exceptions (no approval for a severe rule, too long a term, granted in the future) have no effect, like expired ones.
 */
export function exceptionState(
  exception: CompiledException,
  rules: readonly RuleInfo[],
  now: Date,
  terms: ExceptionTerms = {},
): {status: Exclude<ExceptionRecord['status'], 'ignored'>; findings: Finding[]} {
  const {source} = exception;
  const end = Date.parse(source.expiresOn) + DAY;
  const granted = source.createdOn === undefined ? null : Date.parse(source.createdOn);
  const refused = refusals(exception, rules);
  const faults = [
    ...(refused.length > 0 && refused.length === exception.rules.length ? refused : []),
    ...approvalFaults(exception, rules, terms),
    ...termFaults(exception, granted, now, terms),
  ];
  const findings = [
    ...new Set([...faults, ...refused]),
    ...selfApproval(exception, faults.length > 0),
    ...softRules(exception, rules),
  ];
  if (end <= now.getTime()) return {status: 'expired', findings: [expired(exception), ...findings]};
  if (faults.length > 0) return {status: 'void', findings};
  const days = Math.ceil((end - now.getTime()) / DAY);
  if (days <= SOON_DAYS) findings.push(endsSoon(exception, days));
  return {status: 'in-force', findings};
}

/** Rules a profile made mandatory: no exception covers them. */
function refusals(exception: CompiledException, rules: readonly RuleInfo[]): Finding[] {
  return exception.rules.flatMap((rule): Finding[] => {
    const {id, enforcement, overrides} = rules[rule]!;
    if (enforcement !== 'mandatory') return [];
    const by = overrides?.find(({field}) => field === 'enforcement');
    const place = by?.place.file === undefined ? '' : ` at ${by.place.file}:${by.place.line ?? 1}`;
    return [
      {
        code: 'BH-EXC-014',
        severity: 'high',
        message: `exception ${exception.id} has no effect on ${id}: profile ${by?.profile ?? '?'} makes the rule mandatory${place}`,
        where: {...exception.document.place(['spec', 'rules']), id: exception.id},
        remedy: 'Meet the rule, or take it out of the exception; whoever owns the profile can change it.',
      },
    ];
  });
}

function approvalFaults(
  exception: CompiledException,
  rules: readonly RuleInfo[],
  {approverSeverity}: ExceptionTerms,
): Finding[] {
  const {owner, approvedBy = []} = exception.source;
  const least = SEVERITIES.indexOf(approverSeverity?.value ?? DEFAULT_TERMS.approverSeverity);
  const severe = exception.rules
    .map((rule) => rules[rule]!)
    .filter(({severity}) => SEVERITIES.indexOf(severity) >= least);
  if (severe.length === 0 || approvedBy.some((name) => !samePerson(name, owner))) return [];
  const [first] = severe;
  const lack = approvedBy.length === 0 ? 'nobody approved it' : 'only its owner approved it';
  return [
    {
      code: 'BH-EXC-006',
      severity: 'high',
      message: `exception ${exception.id} has no effect: ${first!.id} is of severity ${first!.severity}, and ${lack}${setBy(approverSeverity)}`,
      where: {...exception.document.place(['spec', 'approvedBy']), id: exception.id},
      remedy: 'Name under `approvedBy` somebody other than the owner who approved it.',
    },
  ];
}

/** Who asks for more than the default does. */
function setBy(setting: Setting<unknown> | undefined): string {
  if (!setting) return '';
  const {profile, place} = setting;
  return ` (profile ${profile}${place.file === undefined ? '' : `, ${place.file}:${place.line ?? 1}`})`;
}

function termFaults(
  exception: CompiledException,
  granted: number | null,
  now: Date,
  {maxDays}: ExceptionTerms,
): Finding[] {
  const most = maxDays?.value ?? DEFAULT_TERMS.maxDays;
  const {createdOn, expiresOn} = exception.source;
  const place = (field: string) => ({...exception.document.place(['spec', field]), id: exception.id});
  if (granted !== null && granted > now.getTime()) {
    return [
      {
        code: 'BH-EXC-011',
        severity: 'high',
        message: `exception ${exception.id} has no effect before ${createdOn}, the day it is granted`,
        where: place('createdOn'),
        remedy: 'Correct `createdOn`, or wait for that day.',
      },
    ];
  }
  const days = Math.round((Date.parse(expiresOn) - (granted ?? startOfDay(now))) / DAY);
  if (days <= most) return [];
  return [
    {
      code: 'BH-EXC-007',
      severity: 'high',
      message: `exception ${exception.id} has no effect: its term is ${days} days, at most ${most} are allowed${setBy(maxDays)}`,
      where: place('expiresOn'),
      remedy: `Let it end within ${most} days of ${createdOn ?? 'today'}, and renew it when it is still needed.`,
    },
  ];
}

/** For rules below high, approval by the owner alone is allowed, but worth a word. */
function selfApproval(exception: CompiledException, told: boolean): Finding[] {
  const {owner, approvedBy = []} = exception.source;
  if (told || !approvedBy.some((name) => samePerson(name, owner))) return [];
  return [
    {
      code: 'BH-EXC-005',
      severity: 'low',
      message: `exception ${exception.id}: its owner ${owner} is among those who approved it`,
      where: {...exception.document.place(['spec', 'approvedBy']), id: exception.id},
      remedy: 'Let somebody else approve it.',
    },
  ];
}

function softRules(exception: CompiledException, rules: readonly RuleInfo[]): Finding[] {
  const soft = exception.rules
    .map((rule) => rules[rule]!)
    .filter(({effect}) => effect !== 'forbid' && effect !== 'require');
  return soft.map(({id, effect}) => ({
    code: 'BH-EXC-012',
    severity: 'low',
    message: `exception ${exception.id} does not change a plan through ${id}: effect ${effect} removes no site`,
    where: {...exception.document.place(['spec', 'rules']), id: exception.id},
    remedy: 'Change the weight of the rule in a profile, or remove it from the exception.',
  }));
}

function expired(exception: CompiledException): Finding {
  const {expiresOn, owner} = exception.source;
  return {
    code: 'BH-EXC-001',
    severity: 'high',
    message: `exception ${exception.id} of ${owner} ended on ${expiresOn} and has no effect any more`,
    where: {...exception.document.place(['spec', 'expiresOn']), id: exception.id},
    remedy: 'Meet the rule, or have the exception approved again with a new term.',
  };
}

function endsSoon(exception: CompiledException, days: number): Finding {
  const {expiresOn, owner} = exception.source;
  return {
    code: 'BH-EXC-002',
    severity: 'info',
    message: `exception ${exception.id} of ${owner} ends on ${expiresOn}, in ${days} ${days === 1 ? 'day' : 'days'}`,
    where: {...exception.document.place(['spec', 'expiresOn']), id: exception.id},
    remedy: 'Meet the rule by then, or have the exception approved again.',
  };
}

function samePerson(a: string, b: string): boolean {
  return a.trim().toLowerCase() === b.trim().toLowerCase();
}

function startOfDay(now: Date): number {
  return Math.floor(now.getTime() / DAY) * DAY;
}
