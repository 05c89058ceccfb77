import type {ConditionTest, ParsedPolicy, PrincipalTest, Statement} from './types.ts';
import {LONGEST_PATTERN} from './wildcard.ts';

/**
 * Reads a policy document. Never fails: a statement that cannot be read becomes one that may or may not apply, so that no
 * answer is surer than the document.
 * @param document decoded JSON
 * @param name how the policy is called in explanations
 */
export function parsePolicy(document: unknown, name = 'policy'): ParsedPolicy {
  const problems: string[] = [];
  const raw = own(document, 'Statement');
  if (!isRecord(document) || raw === undefined) {
    problems.push(`${name}: not a policy document`);
    return {name, statements: unreadPair(name, 0, problems[0]!), problems};
  }
  const variables = own(document, 'Version') === '2012-10-17';
  const statements = (Array.isArray(raw) ? raw : [raw]).flatMap((item: unknown, index) =>
    readStatement(item, {name, index, variables, problems}),
  );
  return {name, statements, problems};
}

/**
 * A policy that is attached but whose document is not in the source.
 * @param mayDeny false where the document is known to hold no deny (most AWS managed policies)
 */
export function missingPolicy(name: string, mayDeny = true): ParsedPolicy {
  const why = `${name}: document not in the source`;
  const pair = unreadPair(name, 0, why);
  return {name, statements: mayDeny ? pair : pair.slice(0, 1), problems: []};
}

interface At {
  name: string;
  index: number;
  variables: boolean;
  problems: string[];
}

function readStatement(item: unknown, at: At): Statement[] {
  const {name, index, variables, problems} = at;
  const sid = own(item, 'Sid');
  const label = typeof sid === 'string' && sid !== '' ? sid : `#${index + 1}`;
  const fail = (what: string): Statement[] => {
    const why = `${name}, statement ${label}: ${what}`;
    problems.push(why);
    const pair = unreadPair(name, index, why);
    return effect === 'Allow' || effect === 'Deny' ? pair.filter((half) => half.effect === effect) : pair;
  };
  const effect = own(item, 'Effect');
  if (effect !== 'Allow' && effect !== 'Deny') return fail('Effect is neither Allow nor Deny');
  const actions = either(item, 'Action', 'NotAction');
  if (actions === null) return fail('Action cannot be read');
  // A trust policy speaks of the role it hangs on and names no resource.
  const resources =
    own(item, 'Resource') === undefined && own(item, 'NotResource') === undefined
      ? {texts: ['*'], negated: false}
      : either(item, 'Resource', 'NotResource');
  if (resources === null) return fail('Resource cannot be read');
  const principal = readPrincipal(item);
  if (principal === 'broken') return fail('Principal cannot be read');
  const conditions = readConditions(own(item, 'Condition'));
  if (conditions === null) return fail('Condition cannot be read');
  if ([...actions.texts, ...resources.texts].some((text) => text.length > LONGEST_PATTERN))
    return fail('a pattern is longer than AWS accepts');
  return [
    {
      effect,
      sid: typeof sid === 'string' && sid !== '' ? sid : null,
      policy: name,
      index,
      actions: actions.texts.map((text) => text.toLowerCase()),
      notActions: actions.negated,
      resources: resources.texts,
      notResources: resources.negated,
      principal,
      conditions,
      variables,
      unread: null,
    },
  ];
}

/** Both halves of what could stand where nothing was read. */
function unreadPair(policy: string, index: number, unread: string): Statement[] {
  return (['Allow', 'Deny'] as const).map((effect) => ({
    effect,
    sid: null,
    policy,
    index,
    actions: ['*'],
    notActions: false,
    resources: ['*'],
    notResources: false,
    principal: {negated: false, entries: [{type: '*', value: '*'}]},
    conditions: [],
    variables: false,
    unread,
  }));
}

/** `Action` or `NotAction`; null = neither, both, empty or not texts. */
function either(item: unknown, plain: string, negated: string): {texts: string[]; negated: boolean} | null {
  const one = own(item, plain);
  const other = own(item, negated);
  if ((one === undefined) === (other === undefined)) return null;
  const texts = textList(one ?? other, false);
  return texts === null || texts.length === 0 ? null : {texts, negated: one === undefined};
}

function readPrincipal(item: unknown): PrincipalTest | null | 'broken' {
  const plain = own(item, 'Principal');
  const negated = own(item, 'NotPrincipal');
  if (plain === undefined && negated === undefined) return null;
  if (plain !== undefined && negated !== undefined) return 'broken';
  const raw = plain ?? negated;
  const isNegated = plain === undefined;
  if (raw === '*') return {negated: isNegated, entries: [{type: '*', value: '*'}]};
  if (typeof raw === 'string') return {negated: isNegated, entries: [{type: 'AWS', value: raw}]};
  if (!isRecord(raw)) return 'broken';
  const entries: PrincipalTest['entries'][number][] = [];
  for (const [kind, value] of Object.entries(raw)) {
    const texts = textList(value);
    const type = PRINCIPAL_TYPES.find((known) => known === kind);
    if (texts === null || (type === undefined && kind !== '*')) return 'broken';
    for (const text of texts) {
      const everyone = kind === '*' || (kind === 'AWS' && text === '*');
      entries.push(everyone ? {type: '*', value: '*'} : {type: type ?? 'AWS', value: text});
    }
  }
  return {negated: isNegated, entries};
}

const PRINCIPAL_TYPES = ['AWS', 'Federated', 'Service', 'CanonicalUser'] as const;

const OPERATORS = new Set(
  [
    ...['Equals', 'NotEquals', 'EqualsIgnoreCase', 'NotEqualsIgnoreCase', 'Like', 'NotLike'].map(
      (name) => `String${name}`,
    ),
    ...['Equals', 'NotEquals', 'Like', 'NotLike'].map((name) => `Arn${name}`),
    ...['Numeric', 'Date'].flatMap((kind) =>
      ['Equals', 'NotEquals', 'LessThan', 'LessThanEquals', 'GreaterThan', 'GreaterThanEquals'].map(
        (name) => kind + name,
      ),
    ),
    'Bool',
    'BinaryEquals',
    'IpAddress',
    'NotIpAddress',
    'Null',
  ].map((name) => name.toLowerCase()),
);

function readConditions(raw: unknown): ConditionTest[] | null {
  if (raw === undefined || raw === null) return [];
  if (!isRecord(raw)) return null;
  const tests: ConditionTest[] = [];
  for (const [written, keys] of Object.entries(raw)) {
    const form = /^(?:for(all|any)values?:)?(.+?)(ifexists)?$/.exec(written.toLowerCase());
    const operator = form?.[2];
    if (!form || operator === undefined || !OPERATORS.has(operator) || !isRecord(keys)) return null;
    for (const [keyName, value] of Object.entries(keys)) {
      const values = textList(value);
      if (values === null || values.some((text) => text.length > LONGEST_PATTERN)) return null;
      tests.push({
        operator,
        ifExists: form[3] !== undefined && operator !== 'null',
        quantifier: form[1] === undefined ? null : form[1] === 'all' ? 'all' : 'any',
        key: keyName.toLowerCase(),
        keyName,
        values,
      });
    }
  }
  return tests;
}

/** A text or a list of texts. @param scalars numbers and truth values are written out */
function textList(value: unknown, scalars = true): string[] | null {
  const list: unknown[] = Array.isArray(value) ? value : [value];
  const texts: string[] = [];
  for (const item of list) {
    const fits =
      typeof item === 'string' || (scalars && (typeof item === 'number' || typeof item === 'boolean'));
    if (!fits) return null;
    texts.push(String(item));
  }
  return texts;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function own(value: unknown, key: string): unknown {
  return isRecord(value) && Object.hasOwn(value, key) ? value[key] : undefined;
}
