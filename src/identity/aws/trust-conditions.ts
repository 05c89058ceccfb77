import type {Statement} from './policy/index.ts';

/** Whom a statement for everyone is left to by its conditions. */
export interface Narrowed {
  organisations: string[];
  accounts: string[];
  arns: string[];
  text: string;
}

const EQUAL = new Set(['stringequals', 'stringequalsignorecase', 'stringlike', 'arnequals', 'arnlike']);

/** Organisations a statement is limited to. */
export function exactOrganisations(statement: Statement): string[] {
  return exact(statement, 'aws:principalorgid', /[*?$]/);
}

function exact({conditions}: Statement, key: string, open: RegExp): string[] {
  return conditions.flatMap((test) => {
    const tight = test.key === key && EQUAL.has(test.operator) && !test.ifExists && test.quantifier !== 'all';
    return !tight || test.values.some((value) => open.test(value)) ? [] : [...test.values];
  });
}

/** Null = not limited to organisations, accounts or principals. */
export function narrowing(statement: Statement): Narrowed | null {
  const organisations = exactOrganisations(statement);
  const accounts = exact(statement, 'aws:principalaccount', /[*?$]/);
  // A pattern of ARNs limits as well where it names the account.
  const arns = exact(statement, 'aws:principalarn', /^(?!arn:[^:]*:(?:iam|sts)::\d{12}:)/);
  if (organisations.length + accounts.length + arns.length === 0) return null;
  const text = [...organisations, ...accounts, ...arns].join(', ');
  // With several keys all must hold: the smallest set is enough.
  if (arns.length > 0) return {organisations: [], accounts: [], arns, text};
  return accounts.length > 0
    ? {organisations: [], accounts, arns: [], text}
    : {organisations, accounts, arns: [], text};
}

/** Keys that tell askers apart: what one of them may, another may not. */
const BY_ASKER =
  /^aws:(?:principal(?!orgid$|account$|isawsservice$)|userid$|username$|multifactorauth|tokenissuetime$|requesttag\/|tagkeys$)/;

/** True when the same answer holds for every principal of an account. */
export function sameForAll({conditions}: Statement): boolean {
  return conditions.every(({key}) => !BY_ASKER.test(key));
}

/** An external id is asked for; it stops a vendor's other customers, not who robs the vendor. */
export function asksExternalId({conditions}: Statement): boolean {
  return conditions.some(
    ({key, operator, ifExists}) => key === 'sts:externalid' && EQUAL.has(operator) && !ifExists,
  );
}
