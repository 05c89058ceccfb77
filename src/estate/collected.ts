import type {Estate} from '../model/estate.ts';

/** Whether an API was read to its end for an account (all its regions that are in use, where the ledger tells regions). */
export type Collected = (api: string, account: string) => boolean;

/** What is known of one API in one account. */
interface Reading {
  /** A complete line that speaks of the account as a whole. */
  whole: boolean;
  regions: Set<string>;
  partial: boolean;
}

/**
 * Tells "known to be absent" from "not collected": only where this answers true may a thing of that API that is not in
 * the estate be called absent. Ask once per run, then as often as you like.
 *
 * Ledger scopes of AWS: `<account>`, `<account>/<region>`, an ARN, or `*` when the file names no account, which counts
 * only while the estate holds a single account. A list that was empty is in the ledger with 0 rows.
 * APIs are named as the AWS CLI names them: `glue get-dev-endpoints`, `lambda list-functions`. Anything short of a
 * complete reading (a left-over page token, one region of several) is no proof of absence.
 */
export function collectedIndex(estate: Pick<Estate, 'ledger' | 'containers' | 'workloads'>): Collected {
  const accounts = estate.containers.flatMap(({id}) => accountOf(id) ?? []);
  const only = new Set(accounts).size === 1 ? accounts[0] : undefined;
  const readings = new Map<string, Reading>();
  const inUse = regionsInUse(estate);
  for (const {api, scope, status} of estate.ledger) {
    const {account, region} = parts(scope);
    const owner = account ?? (scope === '*' ? only : undefined);
    if (owner === undefined) continue;
    const key = `${api} ${owner}`;
    let reading = readings.get(key);
    if (!reading) readings.set(key, (reading = {whole: false, regions: new Set(), partial: false}));
    if (status !== 'complete') reading.partial = true;
    else if (region === null) reading.whole = true;
    else reading.regions.add(region);
  }
  return (api, account) => {
    const number = accountOf(account) ?? account;
    const reading = readings.get(`${api} ${number}`);
    if (!reading || reading.partial) return false;
    if (reading.whole) return true;
    return [...(inUse.get(number) ?? [])].every((region) => reading.regions.has(region));
  };
}

/** {@link collectedIndex} for a single question. `account` is its number or container id. */
export function wasCollected(
  estate: Pick<Estate, 'ledger' | 'containers' | 'workloads'>,
  api: string,
  account: string,
): boolean {
  return collectedIndex(estate)(api, account);
}

/** Regions an account is known to use: of its workloads, and of any list that was read region by region. */
function regionsInUse({ledger, workloads}: Pick<Estate, 'ledger' | 'workloads'>): Map<string, Set<string>> {
  const inUse = new Map<string, Set<string>>();
  const add = (account: string | null, region: string | null): void => {
    if (account === null || region === null) return;
    const known = inUse.get(account);
    if (known) known.add(region);
    else inUse.set(account, new Set([region]));
  };
  for (const {cloud, container, region} of workloads) {
    if (cloud === 'aws' && container !== null) add(accountOf(container), region);
  }
  for (const {scope} of ledger) {
    const {account, region} = parts(scope);
    add(account, region);
  }
  return inUse;
}

function parts(scope: string): {account: string | null; region: string | null} {
  const plain = /^(\d{12})(?:\/([a-z]{2}(?:-[a-z]+)+-\d+))?$/.exec(scope);
  if (plain) return {account: plain[1] ?? null, region: plain[2] ?? null};
  // Answers about one object carry its ARN; that one object was read says nothing about the rest of the account.
  return {account: null, region: null};
}

function accountOf(id: string): string | null {
  return /^(?:aws-account:)?(\d{12})$/.exec(id)?.[1] ?? null;
}
