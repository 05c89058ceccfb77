import type {Answer, Request, Statement} from './types.ts';
import {describeTest} from './conditions.ts';
import type {Lookup} from './context.ts';
import {type Place, type World, applies, testValue} from './evaluate.ts';
import type {Gathered, Relevant} from './gather.ts';
import {ANY} from './probe.ts';
import {NO, OPEN, YES} from './tri.ts';

/** Names of statements shown of one sort. */
const SHOWN = 3;

interface Asked {
  request: Request;
  decision: Answer['decision'];
  level: 0 | 1;
  world: World;
  lookup: Lookup;
}

/** The deciding statements in words, and the inputs that are missing. */
export function explain(gathered: Gathered, asked: Asked): Pick<Answer, 'because' | 'missing'> {
  const because = asked.decision === 'deny' ? whyNot(gathered, asked) : why(gathered, asked);
  const missing = new Set<string>();
  if (asked.decision === 'depends') {
    const {identity, boundary, session, scps, grants, denies} = gathered;
    for (const {statement} of [identity, boundary ?? [], session ?? [], ...scps, grants, denies].flat()) {
      if (statement.unread !== null) missing.add(statement.unread);
    }
    if (gathered.unreadKeyPolicy) missing.add('key policy: not in the source');
  }
  return {because, missing: [...missing]};
}

/** `statement AllowAll of policy X`. */
export function describeStatement({sid, policy, index}: Statement): string {
  return `statement ${sid ?? `#${index + 1}`} of ${policy}`;
}

/** One line for an answer: `allowed by statement AllowAll of X, if aws:SourceIp ipaddress 10.0.0.0/8`. */
export function describeAnswer(answer: Answer): string {
  const guard = answer.level === 1 && answer.certainty === 'certain' ? ' after a second proof' : '';
  const head = {allow: `allowed${guard}`, depends: 'may be allowed', deny: 'not allowed'}[answer.decision];
  return answer.because.length === 0 ? head : `${head}: ${answer.because.join('; ')}`;
}

function why(gathered: Gathered, {world, lookup, request}: Asked): string[] {
  const lines: string[] = [];
  const say = (list: readonly Relevant[], place: Place, words: string): void => {
    const found = surest(list, place, world, lookup);
    if (found) lines.push(`${words} ${describeStatement(found.statement)}${ifs(found, world, lookup)}`);
  };
  const grants = gathered.grants.filter(({naming}) => naming !== 'account');
  const ownWords = 'allowed by';
  const own = surest(gathered.identity, 'grant', world, lookup);
  const direct = surest(grants, 'grant', world, lookup);
  if (direct && (!own || !gathered.sameAccount)) say(grants, 'grant', 'resource policy allows by');
  if (own) say(gathered.identity, 'grant', ownWords);
  else if (gathered.who.kind === 'root') lines.push('root user of the account');
  if (gathered.needsResourcePolicy || !gathered.sameAccount) {
    const handed = gathered.grants.filter(({naming}) => naming === 'account');
    if (!direct) say(handed, 'grant', 'account is trusted by');
  }
  for (const [list, name] of limitsOf(gathered)) {
    const found = surest(list, 'limit', world, lookup);
    if (found && applies(found, 'limit', world, lookup) === OPEN)
      lines.push(`${name} allows by ${describeStatement(found.statement)}${ifs(found, world, lookup)}`);
  }
  const limits = gathered.denies.filter(
    (deny) => deny.statement.unread !== null || deny.statement.conditions.length > 0 || deny.base === OPEN,
  );
  for (const deny of limits.slice(0, SHOWN)) {
    lines.push(`limited by ${describeStatement(deny.statement)} (deny${denyText(deny, request)})`);
  }
  if (limits.length > SHOWN) lines.push(`and ${limits.length - SHOWN} more denies`);
  return lines;
}

function whyNot(gathered: Gathered, {world, lookup, request}: Asked): string[] {
  const action = plain(request.action);
  const denied = gathered.denies.filter((deny) => applies(deny, 'grant', world, lookup) === YES);
  if (denied.length > 0) {
    return denied
      .slice(0, SHOWN)
      .map((deny) => `denied by ${describeStatement(deny.statement)}${denyText(deny, request)}`);
  }
  for (const [list, name] of limitsOf(gathered)) {
    if (surest(list, 'limit', world, lookup) === null) return [`${name} does not allow ${action}`];
  }
  const {kind} = gathered.who;
  const isOutside = kind === 'anonymous' || kind === 'service';
  if (!isOutside && kind !== 'root' && kind !== 'account') {
    const own = surest(gathered.identity, 'grant', world, lookup);
    if (own === null) {
      return gathered.identity.length === 0
        ? [`no statement allows ${action} on ${plain(request.resource)}`]
        : gathered.identity
            .slice(0, SHOWN)
            .map(({statement}) => `conditions of ${describeStatement(statement)} do not hold`);
    }
  }
  return [`the policy of ${plain(request.resource)} does not allow it`];
}

function limitsOf(gathered: Gathered): [Relevant[], string][] {
  const {boundary, session, scps, names} = gathered;
  return [
    ...(boundary ? [[boundary, `permission boundary ${names.boundary}`] as [Relevant[], string]] : []),
    ...(session ? [[session, 'session policy'] as [Relevant[], string]] : []),
    ...scps.map((level, index): [Relevant[], string] => [level, `SCP ${names.scps[index] ?? ''}`]),
  ];
}

function surest(list: readonly Relevant[], place: Place, world: World, lookup: Lookup): Relevant | null {
  let best: Relevant | null = null;
  let bestValue: number = NO;
  for (const relevant of list) {
    const value = applies(relevant, place, world, lookup);
    if (value > bestValue) {
      best = relevant;
      bestValue = value;
      if (value === YES) break;
    }
  }
  return best;
}

/** Conditions that do not hold by themselves. */
function ifs({statement, base}: Relevant, world: World, lookup: Lookup): string {
  if (statement.unread !== null) return ` (${statement.unread})`;
  const open = statement.conditions.filter(
    (test) => !lookup(test.key).known || testValue(test, statement, world, lookup) !== YES,
  );
  const parts = open.slice(0, SHOWN).map((test) => describeTest(test));
  if (base === OPEN && open.length === 0) parts.push('the policy variable or principal fits');
  return parts.length === 0 ? '' : `, if ${parts.join(' and ')}`;
}

function denyText({statement, base}: Relevant, {resource}: Request): string {
  if (statement.unread !== null) return `: ${statement.unread}`;
  const tests = statement.conditions.slice(0, SHOWN).map((test) => describeTest(test));
  const when = tests.length === 0 ? '' : ` when ${tests.join(' and ')}`;
  const part = base === OPEN && resource.includes('\u0001') ? ' on a part of it' : '';
  return `${part}${when}`;
}

function plain(text: string): string {
  return text.replaceAll(ANY, '*');
}
