import {type Statement, asRecord, texts} from './statements.ts';
import type {BuildContext} from '../context.ts';
import {canonicalRoot} from '../root-ids.ts';

/** Condition keys that turn a trust in everyone into a trust in an organisation or in accounts. */
export const NARROWING: ReadonlySet<string> = new Set(['aws:principalorgid', 'aws:principalaccount']);

export interface Narrowed {
  organisations: string[];
  accounts: string[];
  text: string;
}

/** Whom a statement for everyone is left to by its conditions; null = not limited to organisations or accounts. */
export function narrowing(statement: Statement): Narrowed | null {
  const organisations = exactValues(statement, 'aws:principalorgid');
  const accounts = exactValues(statement, 'aws:principalaccount');
  if (organisations.length === 0 && accounts.length === 0) return null;
  // With both keys both must hold: the accounts are the smaller set.
  const text = [...organisations, ...accounts].join(', ');
  return accounts.length > 0 ? {organisations: [], accounts, text} : {organisations, accounts, text};
}

/** Account numbers a narrowed trust speaks of: named ones, and the members of the organisations in the inventory. */
export function accountsIn({awsAccounts}: BuildContext, {organisations, accounts}: Narrowed): string[] {
  const roots = new Set(organisations.map((id) => canonicalRoot(`aws-org:${id}`)));
  const members = [...awsAccounts].flatMap(([number, {root}]) =>
    root !== null && roots.has(canonicalRoot(root)) ? [number] : [],
  );
  return [...new Set([...members, ...accounts])].sort();
}

/** Values that a key must be equal to; empty when it may be absent, only differ or match a pattern. */
function exactValues({condition}: Statement, key: string): string[] {
  return Object.entries(asRecord(condition)).flatMap(([operator, keys]) =>
    /^string(?:equals(?:ignorecase)?|like)$/i.test(operator)
      ? Object.entries(asRecord(keys)).flatMap(([name, value]) => {
          const wanted = name.toLowerCase() === key ? texts(value) : [];
          return wanted.some((text) => /[*?$]/.test(text)) ? [] : wanted;
        })
      : [],
  );
}
