import type {PolicyCase, Verdict} from './case.ts';

/**
 * The documented evaluation logic of AWS, written down as slowly and simply as possible and sharing nothing with the product:
 * one fully known request at a time, and every combination of what is not known is tried.
 *
 * "Allow" means: whatever the open keys are, the requester finds values for the keys it may set so that the request goes
 * through. "Deny" means: it never does.
 */
export function referenceVerdict(given: PolicyCase): Verdict {
  const coin = {next: 0};
  const policies = readAll(given, coin);
  const opens = product(given.open).flatMap((context) =>
    flips(coin.next).map((flipped) => ({context, flipped})),
  );
  const choices = product(given.settable);
  const base = {...fromCaller(given), ...lower(given.known)};
  const asksForProof = /multifactor/i.test(JSON.stringify(given));
  let sometimes = false;
  let always = true;
  let alwaysWithMfa = true;
  for (const {context, flipped} of opens) {
    const works = (mfa: Context): boolean =>
      choices.some((chosen) => {
        return allowed(given, policies, {...base, ...context, ...chosen, ...mfa}, flipped);
      });
    const {kind} = given.caller;
    // Where no policy asks for a second proof one try is enough.
    const keyless = kind === 'anonymous' || kind === 'service' || !asksForProof;
    const plain =
      (!keyless && works(mfaContext(null))) ||
      ((kind !== 'role' || !asksForProof) && works(mfaContext('absent')));
    const proven = plain || (!keyless && works(mfaContext('true')));
    always &&= plain;
    alwaysWithMfa &&= proven;
    sometimes ||= proven;
    if (sometimes && !alwaysWithMfa) break;
  }
  if (always) return {decision: 'allow', level: 0};
  if (alwaysWithMfa) return {decision: 'allow', level: 1};
  return {decision: sometimes ? 'depends' : 'deny', level: 0};
}

type Context = Record<string, string[] | null>;
type Json = Record<string, unknown>;

function mfaContext(state: 'true' | 'absent' | null): Context {
  const present = state === 'absent' ? null : [state ?? 'false'];
  return {'aws:multifactorauthpresent': present, 'aws:multifactorauthage': state === 'true' ? ['1'] : null};
}

/** What AWS itself puts into the context about the caller. */
function fromCaller({caller}: PolicyCase): Context {
  const arn = caller.arn === null ? null : [caller.arn];
  const name = caller.kind === 'user' && caller.arn !== null ? [caller.arn.split('/').at(-1)!] : null;
  return {
    'aws:principalarn': arn,
    'aws:principalaccount': caller.account === null ? null : [caller.account],
    'aws:username': name,
    'aws:principalisawsservice': [String(caller.kind === 'service')],
  };
}

// --- The flow chart, for one request that is wholly known ---

interface Policies {
  identity: Stmt[];
  boundary: Stmt[] | null;
  session: Stmt[] | null;
  scps: Stmt[][];
  rcps: Stmt[][];
  resource: Stmt[];
}

function readAll(given: PolicyCase, coin: {next: number}): Policies {
  const read = (documents: unknown[]): Stmt[] =>
    documents.flatMap((document) => statements(document, given, coin));
  return {
    identity: read(given.identity),
    boundary: given.boundary === null ? null : read([given.boundary]),
    session: given.session === null ? null : read(given.session),
    scps: given.scps.map(read),
    rcps: given.rcps.map(read),
    resource: given.resourcePolicy === null ? [] : read([given.resourcePolicy]),
  };
}

function allowed(given: PolicyCase, policies: Policies, context: Context, flipped: boolean[]): boolean {
  const {identity, boundary, session, scps, rcps, resource} = policies;
  const service = given.action.split(':')[0]!.toLowerCase();
  const rcpApplies = ['s3', 'sts', 'sqs', 'kms', 'secretsmanager'].includes(service);
  const speaks = (stmt: Stmt): boolean => stmtMatches(stmt, given, context, flipped);
  const denies = (list: Stmt[]): boolean =>
    list.some((stmt) => effectOf(stmt, flipped) === 'Deny' && speaks(stmt));
  const allows = (list: Stmt[]): boolean =>
    list.some((stmt) => effectOf(stmt, flipped) === 'Allow' && speaks(stmt));

  // 1. An explicit deny anywhere ends it.
  if (denies(identity) || (boundary && denies(boundary)) || (session && denies(session))) return false;
  if (scps.some(denies) || (rcpApplies && rcps.some(denies))) return false;
  if (denies(resource.filter((stmt) => hitsPrincipal(stmt, given)))) return false;

  // 2. Every level of the organisation must allow.
  if (!scps.every(allows)) return false;

  // 3. What does the resource policy say about this caller?
  let grantsEveryone = false;
  let grantsSelf = false;
  let grantsAccount = false;
  for (const stmt of resource) {
    if (effectOf(stmt, flipped) !== 'Allow' || !speaks(stmt)) continue;
    const named = naming(stmt, given);
    if (named === 'everyone') grantsEveryone = true;
    if (named === 'self') grantsSelf = true;
    if (named === 'account') grantsAccount = true;
  }
  const {kind} = given.caller;
  if (kind === 'anonymous' || kind === 'service') return grantsEveryone || grantsSelf;

  const inBoundary = boundary === null || allows(boundary);
  const inSession = session === null || allows(session);
  const own = kind === 'root' || allows(identity);

  if (given.caller.account !== given.resourceAccount) {
    return own && inBoundary && inSession && (grantsEveryone || grantsSelf || grantsAccount);
  }
  // 4. Same account: a direct grant stands beside the identity policies.
  if (grantsEveryone) return true;
  if (grantsSelf && kind === 'user' && session === null) return true;
  if (grantsSelf && inBoundary && inSession) return true;
  const needsResourcePolicy = service === 'kms' || given.action.toLowerCase().startsWith('sts:assumerole');
  if (needsResourcePolicy && !grantsAccount) return false;
  return own && inBoundary && inSession;
}

// --- Reading ---

interface Stmt {
  raw: Json;
  version: boolean;
  /** Could not be read: which coin decides on it. */
  coin: number | null;
}

/** What cannot be read as either: heads it allows, tails it denies. */
function effectOf({raw, coin}: Stmt, flipped: boolean[]): 'Allow' | 'Deny' {
  const effect = raw['Effect'];
  if (effect === 'Allow' || effect === 'Deny') return effect;
  return flipped[coin!]! ? 'Allow' : 'Deny';
}

function rawStatements(document: unknown): Json[] {
  const raw = (document as Json)['Statement'];
  return (Array.isArray(raw) ? raw : [raw]) as Json[];
}

function isReadable(raw: Json): boolean {
  const effect = raw['Effect'] === 'Allow' || raw['Effect'] === 'Deny';
  const action = 'Action' in raw ? raw['Action'] : raw['NotAction'];
  return effect && (typeof action === 'string' || Array.isArray(action));
}

function statements(document: unknown, given: PolicyCase, coin: {next: number}): Stmt[] {
  const version = (document as Json)['Version'] === '2012-10-17';
  return rawStatements(document).flatMap((raw): Stmt[] => {
    if (!isReadable(raw)) return [{raw, version, coin: coin.next++}];
    return namesAction(raw, given.action.toLowerCase()) ? [{raw, version, coin: null}] : [];
  });
}

function namesAction(raw: Json, action: string): boolean {
  const named = (key: string): boolean => list(raw[key]).some((p) => like(p.toLowerCase(), action));
  return 'Action' in raw ? named('Action') : !named('NotAction');
}

function list(value: unknown): string[] {
  if (value === undefined) return [];
  return (Array.isArray(value) ? value : [value]).map(String);
}

function stmtMatches(
  {raw, version, coin}: Stmt,
  given: PolicyCase,
  context: Context,
  flipped: boolean[],
): boolean {
  if (coin !== null) return raw['Effect'] === 'Allow' || raw['Effect'] === 'Deny' ? flipped[coin]! : true;
  const namesResource = (key: string): boolean =>
    list(raw[key]).some((pattern) => {
      const filled = fill(pattern, version, context);
      return filled !== null && likeCells(filled, given.resource);
    });
  if ('Resource' in raw && !namesResource('Resource')) return false;
  if ('NotResource' in raw && namesResource('NotResource')) return false;
  return Object.entries((raw['Condition'] ?? {}) as Json).every(([operator, keys]) =>
    Object.entries(keys as Json).every(([key, values]) =>
      test(operator, context[key.toLowerCase()] ?? null, list(values), version, context),
    ),
  );
}

// --- Principals ---

function principalEntries(stmt: Stmt): string[] | null {
  const principal = stmt.raw['Principal'];
  if (principal === undefined) return null;
  if (typeof principal === 'string') return [principal];
  return Object.values(principal as Json).flatMap(list);
}

/** How a statement of the resource policy names the caller; the closest way counts. */
function naming(stmt: Stmt, {caller}: PolicyCase): 'everyone' | 'self' | 'account' | null {
  if (stmt.coin !== null) return 'everyone';
  const entries = principalEntries(stmt) ?? [];
  if (entries.includes('*')) return 'everyone';
  if (caller.service !== undefined && entries.includes(caller.service)) return 'self';
  if (caller.arn !== null && entries.includes(caller.arn)) return 'self';
  const account = caller.account;
  if (account !== null && (entries.includes(account) || entries.includes(`arn:aws:iam::${account}:root`))) {
    return caller.kind === 'root' ? 'self' : 'account';
  }
  return null;
}

function hitsPrincipal(stmt: Stmt, given: PolicyCase): boolean {
  return naming(stmt, given) !== null;
}

// --- Conditions ---

function test(
  written: string,
  context: string[] | null,
  values: string[],
  version: boolean,
  all: Context,
): boolean {
  let operator = written.toLowerCase();
  let quantifier = '';
  const colon = operator.indexOf(':');
  if (colon > 0) {
    quantifier = operator.slice(0, colon);
    operator = operator.slice(colon + 1);
  }
  if (operator === 'null') return values.some((value) => (value === 'true') === (context === null));
  const ifExists = operator.endsWith('ifexists');
  if (ifExists) operator = operator.slice(0, -8);
  if (context === null && ifExists) return true;
  const negated = operator.includes('not');
  const positive = operator.replace('not', '');
  const one = (value: string): boolean => {
    const matches = values.some((pattern) => compare(positive, value, pattern, version, all));
    return negated ? !matches : matches;
  };
  if (quantifier === 'forallvalues') return (context ?? []).every(one);
  if (quantifier === 'foranyvalue') return (context ?? []).some(one);
  if (context === null) return negated;
  return one(context[0]!);
}

function compare(operator: string, value: string, pattern: string, version: boolean, all: Context): boolean {
  const filled = fill(pattern, version, all);
  if (filled === null) return false;
  const literal = filled.map(({text}) => text).join('');
  switch (operator) {
    case 'stringequals':
      return literal === value;
    case 'stringequalsignorecase':
      return literal.toLowerCase() === value.toLowerCase();
    case 'stringlike':
      return likeCells(filled, value);
    case 'arnlike':
    case 'arnequals':
      return arnLike(filled, value);
    case 'bool':
      return literal.toLowerCase() === value.toLowerCase();
    case 'numericequals':
      return Number(value) === Number(literal);
    case 'numericlessthan':
      return Number(value) < Number(literal);
    case 'numericlessthanequals':
      return Number(value) <= Number(literal);
    case 'numericgreaterthan':
      return Number(value) > Number(literal);
    case 'numericgreaterthanequals':
      return Number(value) >= Number(literal);
    case 'dategreaterthan':
      return Date.parse(value) > Date.parse(literal);
    case 'datelessthan':
      return Date.parse(value) < Date.parse(literal);
    case 'ipaddress':
      return inRange(value, literal);
    default:
      throw new Error(`the reference knows no ${operator}`);
  }
}

function inRange(address: string, range: string): boolean {
  const bits = (text: string): string =>
    text
      .split('.')
      .map((part) => Number(part).toString(2).padStart(8, '0'))
      .join('');
  const [network, length = '32'] = range.split('/');
  return bits(address).slice(0, Number(length)) === bits(network!).slice(0, Number(length));
}

// --- Patterns: a list of cells, each one character that is a wildcard or stands for itself ---

interface Cell {
  text: string;
  wild: boolean;
}

function cells(text: string, wild: boolean): Cell[] {
  return text.split('').map((char) => ({text: char, wild: wild && (char === '*' || char === '?')}));
}

/** Policy variables replaced; null = one of them has no value. */
function fill(pattern: string, version: boolean, context: Context): Cell[] | null {
  if (!version) return cells(pattern, true);
  const parts: Cell[] = [];
  let rest = pattern;
  for (;;) {
    const found = /\$\{([^}]*)\}/.exec(rest);
    if (!found) return [...parts, ...cells(rest, true)];
    parts.push(...cells(rest.slice(0, found.index), true));
    rest = rest.slice(found.index + found[0].length);
    const inside = found[1]!.trim();
    if (inside === '*' || inside === '?' || inside === '$') {
      parts.push(...cells(inside, false));
      continue;
    }
    const named = /^([^,]+?)\s*(?:,\s*'(.*)')?$/.exec(inside)!;
    const values = context[named[1]!.toLowerCase()] ?? null;
    if (values === null && named[2] === undefined) return null;
    parts.push(...cells(values === null ? named[2]! : values[0]!, false));
  }
}

function like(pattern: string, text: string): boolean {
  return likeCells(cells(pattern, true), text);
}

const answered = new Map<string, boolean>();

/** The same few patterns are asked in every combination. */
function likeCells(pattern: Cell[], text: string): boolean {
  const key = `${pattern.map((cell) => (cell.wild ? `\0${cell.text}` : cell.text)).join('')}\n${text}`;
  let result = answered.get(key);
  if (result === undefined) answered.set(key, (result = byPrefixes(pattern, text)));
  return result;
}

/** By dynamic programming over all prefixes. */
function byPrefixes(pattern: Cell[], text: string): boolean {
  let row = [true, ...Array.from({length: text.length}, () => false)];
  for (const cell of pattern) {
    const next: boolean[] = [];
    for (let end = 0; end <= text.length; end++) {
      if (cell.wild && cell.text === '*') next.push(row[end]! || (end > 0 && next[end - 1]!));
      else if (end === 0) next.push(false);
      else next.push(row[end - 1]! && (cell.wild || cell.text === text[end - 1]));
    }
    row = next;
  }
  return row[text.length]!;
}

function arnLike(pattern: Cell[], value: string): boolean {
  const split = <T>(items: T[], isColon: (item: T) => boolean): T[][] => {
    const parts: T[][] = [[]];
    for (const item of items) {
      if (isColon(item) && parts.length < 6) parts.push([]);
      else parts.at(-1)!.push(item);
    }
    return parts;
  };
  const patterns = split(pattern, (cell) => cell.text === ':');
  const values = split(value.split(''), (char) => char === ':');
  if (patterns.length !== 6 || values.length !== 6) return false;
  return patterns.every((part, index) => likeCells(part, values[index]!.join('')));
}

// --- All combinations ---

function product(domains: Record<string, (string[] | null)[]>): Context[] {
  return Object.entries(domains).reduce<Context[]>(
    (found, [key, values]) =>
      found.flatMap((context) => values.map((value) => ({...context, [key.toLowerCase()]: value}))),
    [{}],
  );
}

function flips(count: number): boolean[][] {
  return count === 0
    ? [[]]
    : flips(count - 1).flatMap((rest) => [
        [...rest, true],
        [...rest, false],
      ]);
}

function lower(context: Context): Context {
  return Object.fromEntries(Object.entries(context).map(([key, value]) => [key.toLowerCase(), value]));
}
